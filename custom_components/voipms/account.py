"""What runs for one account, and how its functions are called."""

import asyncio
from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any, Final

from homeassistant.config_entries import ConfigEntry
from homeassistant.const import CONF_PASSWORD, CONF_URL, CONF_USERNAME
from homeassistant.core import HomeAssistant, callback
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers.aiohttp_client import async_get_clientsession
from homeassistant.helpers.device_registry import DeviceInfo

from .api import (
    FUNCTIONS,
    Function,
    Group,
    Message,
    Routing,
    VoipmsClient,
    VoipmsWriter,
    phone,
    to_wire,
)
from .api.errors import (
    VoipmsConnectionError,
    VoipmsInvalidValueError,
    VoipmsNotAppliedError,
)
from .api.models import Mailbox, Record, SubAccount
from .api.params import Routing as RoutingKind
from .const import CONF_RESETS, DOMAIN
from .coordinator import (
    BalanceCoordinator,
    CallsCoordinator,
    DirectoryCoordinator,
    Health,
    MessagesCoordinator,
    NumbersCoordinator,
    RecordsCoordinator,
    RegistrationsCoordinator,
    VoipmsCoordinator,
)
from .do_not_disturb import DoNotDisturb
from .errors import translated
from .messages.archive import Archive
from .messages.conversations import Kept
from .messages.media_paths import picture_paths

type VoipmsConfigEntry = ConfigEntry[VoipmsAccount]


SUB_ACCOUNTS_INTERVAL: Final = timedelta(minutes=30)
MAILBOXES_INTERVAL: Final = timedelta(minutes=10)


def make_client(hass: HomeAssistant, data: Mapping[str, Any]) -> VoipmsClient:
    """Return the client of an account by the data of its config entry."""
    return VoipmsClient(
        async_get_clientsession(hass),
        data[CONF_USERNAME],
        data[CONF_PASSWORD],
        url=data[CONF_URL],
    )


def make_writer(
    hass: HomeAssistant, data: Mapping[str, Any], options: Mapping[str, Any]
) -> VoipmsWriter:
    """Return what calls the functions of an account."""
    return VoipmsWriter(make_client(hass, data), options.get(CONF_RESETS, ()))


class VoipmsAccount:
    """What runs for one account while its config entry is loaded."""

    def __init__(
        self, hass: HomeAssistant, entry: VoipmsConfigEntry, writer: VoipmsWriter
    ) -> None:
        """Put the parts together; nothing is fetched yet."""
        self.hass = hass
        self.writer = writer
        self.health = Health(hass, entry)
        parts = (hass, entry, self.writer, self.health)
        self.numbers = NumbersCoordinator(*parts)
        self.sub_accounts = RecordsCoordinator(
            *parts, model=SubAccount, interval=SUB_ACCOUNTS_INTERVAL
        )
        self.mailboxes = RecordsCoordinator(
            *parts, model=Mailbox, interval=MAILBOXES_INTERVAL
        )
        self.messages = MessagesCoordinator(*parts, self.numbers)
        self.archive = Archive(
            hass, self.messages.conversations, self.messages.async_read_past
        )
        self.directory = DirectoryCoordinator(*parts, self.sub_accounts, self.mailboxes)
        self.balance = BalanceCoordinator(*parts)
        self.calls = CallsCoordinator(*parts)
        self.registrations = RegistrationsCoordinator(*parts)
        self.do_not_disturb = DoNotDisturb(hass, entry, self.numbers)
        self.device_id = ""
        self.devices: dict[str, tuple[Record, DeviceInfo]] = {}
        """The records' devices by their identifier, and what they were made from."""

    async def async_begin(self) -> None:
        """Fetch the numbers, without which there is no beginning, then all the rest.

        One call finds out whether VoIP.ms can be reached, so that an outage does not
        cost many. Raises ConfigEntryNotReady or ConfigEntryAuthFailed.
        """
        await self.numbers.async_config_entry_first_refresh()
        begun_apart = (self.numbers, self.registrations)
        rest = [each for each in self.coordinators if each not in begun_apart]
        await asyncio.gather(
            *(coordinator.async_begin() for coordinator in rest),
            self.hass.async_add_import_executor_job(phone.load),
        )
        for coordinator in rest:
            if coordinator.last_exception:
                self.health.async_failed(coordinator)
        self.directory.async_follow()
        await self.do_not_disturb.async_load()
        self.do_not_disturb.async_follow()

    def message(self, key: str) -> Kept | None:
        """Return a message by its key, as far as it has been read."""
        return self.messages.conversations.get(key) or self.archive.get(key)

    def picture_paths(self, message: Message) -> list[str]:
        """Return where Home Assistant shows the pictures of a message."""
        entry_id = self.messages.config_entry.entry_id
        return picture_paths(entry_id, self.messages.conversations.find(message))

    @property
    def coordinators(self) -> tuple[VoipmsCoordinator[Any], ...]:
        """Return everything that polls."""
        return (
            self.numbers,
            self.sub_accounts,
            self.mailboxes,
            self.messages,
            self.directory,
            self.balance,
            self.calls,
            self.registrations,
        )

    @callback
    def async_start(self) -> None:
        """Begin what needs the entities to be there."""
        self.messages.delivery.async_start()
        # Which phones are asked about depends on which of them have an entity.
        self.registrations.config_entry.async_create_background_task(
            self.hass, self.registrations.async_refresh(), f"{DOMAIN} registrations"
        )

    async def async_change(
        self, did: str, method: str, name: str, value: object
    ) -> None:
        """Change one setting of a number and nothing else.

        Raises a translated HomeAssistantError.
        """
        function = FUNCTIONS[method]
        with translated():
            params = to_wire(function, {"did": did, name: value})
        await self.async_run(function, params)

    async def async_run(
        self, function: Function, params: Mapping[str, str], *, refresh: bool = True
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
            answered = isinstance(err.__cause__, VoipmsNotAppliedError)
            if function.group is Group.READ or not (answered or was_sent(err)):
                raise
            if refresh:
                await self._refresh(function, params)
            if answered:
                raise
            action = function.action or function.method
            raise outcome_unknown(action, function.shows, err) from err
        if refresh:
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


def outcome_unknown(
    action: str, shows: Iterable[str], err: HomeAssistantError
) -> HomeAssistantError:
    """Return the error for a call that was sent and not answered."""
    readers = [FUNCTIONS[reader].action for reader in shows]
    return HomeAssistantError(
        translation_domain=DOMAIN,
        translation_key="outcome_unknown",
        translation_placeholders={
            "action": f"{DOMAIN}.{action}",
            "check": f"{DOMAIN}.{readers[0]}" if readers else "https://voip.ms",
            "reason": str(err.__cause__),
        },
    )
