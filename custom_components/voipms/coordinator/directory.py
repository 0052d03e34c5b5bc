"""What the account's numbers can be routed to, and the servers they can live on."""

import asyncio
from collections.abc import Collection
from datetime import timedelta
from typing import Any, Final, override

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant, callback

from ..api import FUNCTIONS, VoipmsWriter
from ..api.destinations import (
    SOURCES,
    Destination,
    mailboxes,
    main_accounts,
    sub_accounts,
)
from ..api.errors import VoipmsError
from ..api.models import Mailbox, SubAccount, rows
from ..const import LOGGER
from ..directory import MAIN_ACCOUNT, Directory, async_words, named
from .base import Health, RecordsCoordinator, VoipmsCoordinator

INTERVAL: Final = timedelta(hours=12)
RETRY: Final = timedelta(minutes=15)
"""How soon those are asked again that did not answer."""
SERVERS: Final = "getServersInfo"


class DirectoryCoordinator(VoipmsCoordinator[Directory]):
    """What can be routed to. Sub-accounts and mailboxes come from those who poll them."""

    def __init__(
        self,
        hass: HomeAssistant,
        entry: ConfigEntry[Any],
        writer: VoipmsWriter,
        health: Health,
        sub_account_records: RecordsCoordinator[SubAccount],
        mailbox_records: RecordsCoordinator[Mailbox],
    ) -> None:
        """Start with what every account has."""
        super().__init__(hass, entry, writer, health, "directory", INTERVAL)
        self.data = Directory()
        self._sub_accounts = sub_account_records
        self._mailboxes = mailbox_records
        self._found: dict[str, list[Destination]] = {}
        self._servers: dict[str, str] = {}
        self._unanswered: set[str] = set()

    @callback
    def async_follow(self) -> None:
        """Follow the sub-accounts and mailboxes as they come and go."""
        for coordinator in (self._sub_accounts, self._mailboxes):
            self.config_entry.async_on_unload(
                coordinator.async_add_listener(self._async_show)
            )
        self._async_show()

    @override
    async def _fetch(self) -> Directory:
        """Ask every source. One that fails keeps what it said, and is asked again.

        If none answers it is VoIP.ms that does not, and Health knows when it does.
        """
        try:
            await self._ask(self._unanswered or [*SOURCES, SERVERS])
        finally:
            self.update_interval = RETRY if self._unanswered else INTERVAL
        return self._put_together()

    async def async_refresh_of(self, header: str) -> None:
        """Ask again for the destinations of one header."""
        await self.async_refresh_sources(
            [name for name, source in SOURCES.items() if source.header == header]
        )
        for coordinator, own_header in (
            (self._sub_accounts, "account"),
            (self._mailboxes, "vm"),
        ):
            if header == own_header:
                await coordinator.async_refresh()

    async def async_refresh_sources(self, methods: Collection[str]) -> None:
        """Ask again those of some functions that are sources."""
        try:
            await self._ask([method for method in methods if method in SOURCES])
        except VoipmsError as err:
            LOGGER.debug("The directory could not be refreshed: %s", err)
        self._async_show()

    @callback
    def _async_show(self) -> None:
        """Show what has changed."""
        if (directory := self._put_together()) != self.data:
            self.data = directory
            self.async_update_listeners()

    def _put_together(self) -> Directory:
        """Return the directory of all that was found."""
        words = async_words(self.hass)
        found = {
            header: named(destinations, words.get(header, ""))
            for header, destinations in self._found.items()
        }
        # What could not be fetched yet must not count as empty.
        if self._sub_accounts.fetched:
            records = list(self._sub_accounts.data.values())
            found["account"] = named(
                main_accounts(records), words.get(MAIN_ACCOUNT, "")
            ) | named(sub_accounts(records), words.get("account", ""))
        if self._mailboxes.fetched:
            found["vm"] = named(
                mailboxes(self._mailboxes.data.values()), words.get("vm", "")
            )
        return Directory.of(found, words, self._servers)

    async def _ask(self, methods: Collection[str]) -> None:
        """Ask sources together. Raises if none of them answered."""
        methods = list(methods)
        results = await asyncio.gather(
            *(self.client.call(method) for method in methods), return_exceptions=True
        )
        errors = [result for result in results if isinstance(result, BaseException)]
        for error in errors:
            if not isinstance(error, VoipmsError) or len(errors) == len(results):
                raise error
        self._unanswered.difference_update(methods)
        for method, result in zip(methods, results, strict=True):
            if isinstance(result, BaseException):
                self._unanswered.add(method)
            else:
                self._take(method, result)

    def _take(self, method: str, reply: dict[str, Any]) -> None:
        """Keep what a source said."""
        records = rows(reply[FUNCTIONS[method].lists])
        if source := SOURCES.get(method):
            self._found[source.header] = source.destinations(records)
        else:
            self._servers = {
                str(row["server_pop"]): str(row.get("server_name", ""))
                for row in records
                if "server_pop" in row
            }
