"""The numbers of the account, and the one place that changes them."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import fields, replace
from datetime import timedelta
from typing import Any, Final, override

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant, callback
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import device_registry as dr

from ..api import Did, Function, VoipmsWriter
from ..api.errors import VoipmsError
from ..const import DOMAIN
from .base import Health, RecordsCoordinator, identifier

INTERVAL: Final = timedelta(minutes=5)

SECRETS: Final = {each.name for each in fields(Did) if not each.repr}
"""Fields that are not shown, not even in an error."""


class NumbersCoordinator(RecordsCoordinator[Did]):
    """The numbers (DIDs) of the account. Everything that changes one goes through."""

    def __init__(
        self,
        hass: HomeAssistant,
        entry: ConfigEntry[Any],
        writer: VoipmsWriter,
        health: Health,
    ) -> None:
        """Start without numbers."""
        super().__init__(hass, entry, writer, health, model=Did, interval=INTERVAL)
        self._changed: set[str] = set()

    @override
    async def _fetch(self) -> dict[str, Did]:
        """Fetch all numbers.

        A change that was made while the answer was on its way is newer than it.
        """
        self._changed.clear()
        found = await super()._fetch()
        for did in self._changed & self.data.keys():
            found[did] = self.data[did]
            self._mark = None
        return found

    @callback
    def async_expect_gone(self, did: str) -> None:
        """Believe at once, not at the second look, that a number is gone."""
        self._missing.add(did)
        self._mark = None

    async def async_write(
        self, function: Function, params: Mapping[str, str]
    ) -> dict[str, Any]:
        """Change a number: shown at once, then read back.

        Raises a VoipmsError when VoIP.ms refuses, and a HomeAssistantError when what
        it says afterwards is not what was asked for.
        """
        reply = await self.writer.run(function, params)
        await self._show(
            params["did"],
            {field_of(function, name): value for name, value in params.items()},
        )
        return reply

    async def async_reroute(
        self, did: str, choose: Callable[[str], Awaitable[str | None]]
    ) -> None:
        """Route a number by where it is routed to now; see VoipmsWriter.reroute."""
        await self._show(did, {"routing": await self.writer.reroute(did, choose)})

    async def _show(self, did: str, changed: Mapping[str, str]) -> None:
        """Show a change, and see whether VoIP.ms says the same."""
        names = {each.name for each in fields(Did)} & changed.keys() - {"did"}
        parsed = Did.from_dict({**changed, "did": did})
        wanted = replace(
            self.data[did], **{name: getattr(parsed, name) for name in names}
        )
        self._replace(wanted)
        try:
            now, _ = self._read(await self.client.call("getDIDsInfo", {"did": did}))
        except VoipmsError:
            return  # done, and shown; the next poll looks again
        if did not in now:
            return
        self._replace(now[did])
        for name in names - SECRETS:
            self._compare(name, getattr(wanted, name), getattr(now[did], name))

    def _replace(self, number: Did) -> None:
        """Show a number as it is now."""
        self._changed.add(number.did)
        self._mark = None
        if self.data.get(number.did) != number:
            self.data = {**self.data, number.did: number}
            self.async_update_listeners()

    def _compare(self, name: str, wanted: object, current: object) -> None:
        """Say so if VoIP.ms did not do what it said it did."""
        if wanted != current:
            raise HomeAssistantError(
                translation_domain=DOMAIN,
                translation_key="not_applied",
                translation_placeholders={
                    "field": name,
                    "wanted": str(wanted),
                    "current": str(current),
                },
            )


def field_of(function: Function, param: str) -> str:
    """Return the record's field that a parameter of a function writes."""
    return function.update.fields.get(param, param) if function.update else param


def did_of(device: dr.AnyDeviceEntry, entry: ConfigEntry[Any]) -> str | None:
    """Return the number that a device stands for."""
    prefix = identifier(Did, entry, "")
    for domain, name in device.identifiers:
        if domain == DOMAIN and name.startswith(prefix):
            return name.removeprefix(prefix)
    return None
