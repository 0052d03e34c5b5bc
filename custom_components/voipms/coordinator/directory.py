"""The destinations that numbers can be routed to, and the servers."""

from collections.abc import Collection, Coroutine
from datetime import timedelta
from typing import Any, Final, override

from homeassistant.core import callback

from ..api.destinations import (
    ACCOUNT,
    MAILBOX,
    SOURCES,
    Destination,
    mailboxes,
    main_accounts,
    sub_accounts,
)
from ..api.errors import VoipmsError
from ..api.models import Mailbox, SubAccount
from ..const import LOGGER
from ..directory import MAIN_ACCOUNT, Directory, async_words, named
from ..gather import async_gather
from .base import VoipmsCoordinator
from .context import AccountContext
from .records import RecordsCoordinator

INTERVAL: Final = timedelta(hours=12)
RETRY: Final = timedelta(minutes=15)
"""Interval after some of the sources could not be fetched."""
SERVERS: Final = "servers"
"""The source that lists the servers; all others are headers of routings."""


class DirectoryCoordinator(VoipmsCoordinator[Directory]):
    """Coordinator of the directory.

    Sub-accounts and mailboxes are taken from their own coordinators.
    """

    def __init__(
        self,
        context: AccountContext,
        sub_account_records: RecordsCoordinator[SubAccount],
        mailbox_records: RecordsCoordinator[Mailbox],
    ) -> None:
        """Initialize the coordinator with an empty directory."""
        super().__init__(context, "directory", INTERVAL)
        self.data = Directory()
        self._sub_accounts = sub_account_records
        self._mailboxes = mailbox_records
        self._found: dict[str, list[Destination]] = {}
        self._servers: dict[str, str] = {}
        self._failed: set[str] = set()

    @callback
    def async_follow(self) -> None:
        """Follow the sub-accounts and mailboxes."""
        for coordinator in (self._sub_accounts, self._mailboxes):
            self.config_entry.async_on_unload(
                coordinator.async_add_listener(self._async_show)
            )
        self._async_show()

    @override
    async def _fetch(self) -> Directory:
        """Fetch all sources, or those that failed the last time.

        A source that fails keeps its destinations. If all of them fail, the outage is
        one of VoIP.ms.
        """
        try:
            await self._fetch_sources(self._failed or [*SOURCES, SERVERS])
        finally:
            self.update_interval = RETRY if self._failed else INTERVAL
        return self._directory()

    async def async_refresh_of(self, header: str) -> None:
        """Fetch the destinations of a header again."""
        if header == ACCOUNT:
            await self._sub_accounts.async_refresh()
        elif header == MAILBOX:
            await self._mailboxes.async_refresh()
        elif header in SOURCES:
            await self.async_refresh_sources([header])

    async def async_refresh_sources(self, headers: Collection[str]) -> None:
        """Fetch the destinations of some headers again."""
        try:
            await self._fetch_sources(headers)
        except VoipmsError as err:
            LOGGER.debug("The directory could not be refreshed: %s", err)
        self._async_show()

    @callback
    def _async_show(self) -> None:
        """Update the data if it has changed."""
        if (directory := self._directory()) != self.data:
            self.data = directory
            self.async_update_listeners()

    def _directory(self) -> Directory:
        """Return the directory of all destinations."""
        words = async_words(self.hass)
        found = {
            header: named(self._found[header], words.get(header, ""))
            for header in SOURCES
            if header in self._found
        }
        # Not fetched yet is not the same as empty.
        if self._sub_accounts.fetched:
            records = list(self._sub_accounts.data.values())
            found[ACCOUNT] = named(
                main_accounts(records), words.get(MAIN_ACCOUNT, "")
            ) | named(sub_accounts(records), words.get(ACCOUNT, ""))
        if self._mailboxes.fetched:
            found[MAILBOX] = named(
                mailboxes(self._mailboxes.data.values()), words.get(MAILBOX, "")
            )
        return Directory.of(found, words, self._servers)

    async def _fetch_sources(self, names: Collection[str]) -> None:
        """Fetch some sources; raise a VoipmsError if all of them failed."""
        sources = set(names) - {SERVERS}
        calls: dict[str, Coroutine[Any, Any, None]] = {
            name: self._fetch_destinations(name) for name in sources
        }
        if SERVERS in names:
            calls[SERVERS] = self._fetch_servers()
        fetched, errors = await async_gather(calls)
        if errors and not fetched:
            raise next(iter(errors.values()))
        self._failed = (self._failed - fetched.keys()) | errors.keys()

    async def _fetch_destinations(self, header: str) -> None:
        """Fetch the destinations of a header."""
        self._found[header] = await self.client.destinations(SOURCES[header])

    async def _fetch_servers(self) -> None:
        """Fetch the servers."""
        self._servers = await self.client.servers()
