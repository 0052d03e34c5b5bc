"""The account of a config entry: its coordinators, and calls of API functions."""

import asyncio
from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any, Final

from homeassistant.config_entries import ConfigEntry
from homeassistant.const import CONF_PASSWORD, CONF_URL, CONF_USERNAME
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.aiohttp_client import async_get_clientsession
from homeassistant.helpers.device_registry import DeviceInfo

from .api import (
    FUNCTIONS,
    Function,
    Group,
    Message,
    Routing,
    VoipmsClient,
    change_of,
    group_of,
    phone,
)
from .api.destinations import headers_of
from .api.errors import (
    VoipmsConnectionError,
    VoipmsInvalidValueError,
    VoipmsNotAppliedError,
)
from .api.models import Mailbox, Record, SubAccount
from .api.params import Routing as RoutingKind
from .const import CONF_RESETS, DOMAIN
from .coordinator import (
    AccountContext,
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
from .errors import OutcomeUnknownError, translated
from .messages.archive import Archive
from .messages.conversations import Kept
from .messages.media_paths import picture_paths

type VoipmsConfigEntry = ConfigEntry[VoipmsAccount]


SUB_ACCOUNTS_INTERVAL: Final = timedelta(minutes=30)
MAILBOXES_INTERVAL: Final = timedelta(minutes=10)


def make_client(
    hass: HomeAssistant, data: Mapping[str, Any], resets: Iterable[str] = ()
) -> VoipmsClient:
    """Return the client of an account by the data of its config entry.

    `resets` are the parameters whose reset the user has agreed to.
    """
    return VoipmsClient(
        async_get_clientsession(hass),
        data[CONF_USERNAME],
        data[CONF_PASSWORD],
        url=data[CONF_URL],
        resets=frozenset(resets),
    )


class VoipmsAccount:
    """The account of a loaded config entry."""

    def __init__(self, hass: HomeAssistant, entry: VoipmsConfigEntry) -> None:
        """Initialize the account without fetching anything."""
        self.hass = hass
        self.client = make_client(hass, entry.data, entry.options.get(CONF_RESETS, ()))
        self.health = Health(hass, entry)
        context = AccountContext(hass, entry, self.client, self.health)
        self.numbers = NumbersCoordinator(context)
        self.sub_accounts = RecordsCoordinator(
            context, SubAccount, "sub-accounts", SUB_ACCOUNTS_INTERVAL
        )
        self.mailboxes = RecordsCoordinator(
            context, Mailbox, "mailboxes", MAILBOXES_INTERVAL
        )
        self.messages = MessagesCoordinator(context, self.numbers)
        self.archive = Archive(
            hass, self.messages.conversations, self.messages.async_read_past
        )
        self.directory = DirectoryCoordinator(
            context, self.sub_accounts, self.mailboxes
        )
        self.balance = BalanceCoordinator(context)
        self.calls = CallsCoordinator(context)
        self.registrations = RegistrationsCoordinator(context)
        self.do_not_disturb = DoNotDisturb(hass, entry, self.numbers)
        self.device_id = ""
        self.devices: dict[str, tuple[Record, DeviceInfo]] = {}
        """The devices of records by their identifier, with the record described."""

    async def async_begin(self) -> None:
        """Fetch the numbers, then everything else.

        The first call finds out whether VoIP.ms can be reached, so that an outage does
        not cost many. Raises ConfigEntryNotReady or ConfigEntryAuthFailed.
        """
        await self.numbers.async_config_entry_first_refresh()
        separate = (self.numbers, self.registrations)
        rest = [each for each in self.coordinators if each not in separate]
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
        """Return all coordinators."""
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
        """Start what depends on the entities."""
        self.messages.delivery.async_start()
        # Only registrations that an entity shows are fetched.
        self.registrations.config_entry.async_create_background_task(
            self.hass, self.registrations.async_refresh(), f"{DOMAIN} registrations"
        )

    async def async_change(self, did: str, field: str, value: object) -> None:
        """Change one setting of a number, by the field of its record.

        Raises a translated HomeAssistantError.
        """
        with translated():
            function, params = change_of(did, field, value)
        await self.async_run(function, params)

    async def async_run(
        self, function: Function, params: Mapping[str, str], *, refresh: bool = True
    ) -> dict[str, Any]:
        """Call a function with wire parameters, and refresh what shows its effect.

        Raises a translated HomeAssistantError.
        """
        async with self.async_handle_errors(function, params, refresh=refresh):
            await self._check_routings(function, params)
            did = function.changed_number(params)
            if did is not None and did in self.numbers.data:
                return await self.numbers.async_run(did, function, params)
            reply = await self.client.run(function, params)
        if refresh:
            await self._refresh(function, params)
        return reply

    async def async_call(
        self, method: str, params: Mapping[str, str], *, action: str
    ) -> dict[str, Any]:
        """Call any function of the API as it is, for an action.

        Raises a translated HomeAssistantError.
        """
        with translated():
            try:
                return await self.client.call(method, params)
            except VoipmsConnectionError as err:
                if group_of(method) is Group.READ or not err.sent:
                    raise
                raise OutcomeUnknownError(err, action) from err

    @asynccontextmanager
    async def async_handle_errors(
        self, function: Function, params: Mapping[str, str], *, refresh: bool = True
    ) -> AsyncIterator[None]:
        """Translate the errors of a call, and refresh what it may have changed."""
        with translated():
            try:
                yield
            except VoipmsNotAppliedError:
                if refresh:
                    await self._refresh(function, params)
                raise
            except VoipmsConnectionError as err:
                if function.group is Group.READ or not err.sent:
                    raise
                if refresh:
                    await self._refresh(function, params)
                readers = [FUNCTIONS[reader].action for reader in function.shows]
                raise OutcomeUnknownError(
                    err, function.action or function.method, *readers[:1]
                ) from err

    async def _check_routings(
        self, function: Function, params: Mapping[str, str]
    ) -> None:
        """Raise an error for a routing whose destination does not exist."""
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
        """Refresh what a function may have changed."""
        is_deleted = function.group is Group.DELETE
        if function.shows_numbers:
            if is_deleted and (did := function.number_of(params)):
                self.numbers.async_expect_gone(did)
            await self.numbers.async_refresh()
        if function.shows_messages:
            if is_deleted:
                await self.messages.async_look_back()
            else:
                await self.messages.async_refresh()
        await self.directory.async_refresh_sources(headers_of(function.shows))
