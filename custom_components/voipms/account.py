"""What runs for one account, and how its functions are called."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from homeassistant.config_entries import ConfigEntry
from homeassistant.exceptions import HomeAssistantError

from .api import FUNCTIONS, Function, Group, Routing, VoipmsWriter
from .api.errors import VoipmsConnectionError, VoipmsInvalidValueError
from .api.kinds import Routing as RoutingKind
from .const import DOMAIN
from .coordinator import DirectoryCoordinator, NumbersCoordinator
from .errors import translated
from .messages import MessagesCoordinator

type VoipmsConfigEntry = ConfigEntry[VoipmsAccount]


@dataclass(slots=True)
class VoipmsAccount:
    """What runs for one account while its config entry is loaded."""

    writer: VoipmsWriter
    numbers: NumbersCoordinator
    messages: MessagesCoordinator
    directory: DirectoryCoordinator
    device_id: str

    async def async_run(
        self, function: Function, params: Mapping[str, str]
    ) -> dict[str, Any]:
        """Call a function with wire parameters, and refresh what shows its effect.

        Raises a translated HomeAssistantError.
        """
        try:
            with translated():
                await self._check_routings(function, params)
                if function.changes_number and params["did"] in self.numbers.data:
                    return await self.numbers.async_write(function, params)
                reply = await self.writer.run(function, params)
        except HomeAssistantError as err:
            if function.group is Group.READ or not was_sent(err):
                raise
            await self._refresh(function, params)
            raise outcome_unknown(function, err) from err
        await self._refresh(function, params)
        return reply

    async def _check_routings(
        self, function: Function, params: Mapping[str, str]
    ) -> None:
        """Refuse a routing that leads nowhere, as far as the directory can tell."""
        for param in function.params:
            if param.name not in params or not isinstance(param.kind, RoutingKind):
                continue
            routing = Routing.parse(params[param.name])
            if not self.directory.data.knows(routing):
                await self.directory.async_refresh_of(routing.header)
            if not self.directory.data.knows(routing):
                raise VoipmsInvalidValueError(
                    "unknown_routing", field=param.name, value=str(routing)
                )

    async def _refresh(self, function: Function, params: Mapping[str, str]) -> None:
        """Fetch again what a function may have changed."""
        if "getDIDsInfo" in function.shows:
            if function.group is Group.DELETE:
                self.numbers.async_expect_gone(params["did"])
            await self.numbers.async_refresh()
        if "getSMS" in function.shows:
            if function.group is Group.DELETE:
                await self.messages.async_look_back()
            else:
                await self.messages.async_refresh()
        await self.directory.async_refresh_sources(function.shows)


def was_sent(err: HomeAssistantError) -> bool:
    """Tell whether a call that failed may have been carried out all the same."""
    return isinstance(err.__cause__, VoipmsConnectionError) and err.__cause__.sent


def outcome_unknown(function: Function, err: HomeAssistantError) -> HomeAssistantError:
    """Return the error for a call that was sent and not answered."""
    readers = [FUNCTIONS[reader].action for reader in function.shows]
    return HomeAssistantError(
        translation_domain=DOMAIN,
        translation_key="outcome_unknown",
        translation_placeholders={
            "action": f"{DOMAIN}.{function.action}",
            "check": f"{DOMAIN}.{readers[0]}" if readers else "https://voip.ms",
            "reason": str(err.__cause__),
        },
    )
