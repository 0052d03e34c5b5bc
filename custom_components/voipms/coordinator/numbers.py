"""The numbers of the account, and every change of one."""

from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from typing import Any, Final, override

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import callback
from homeassistant.helpers import device_registry as dr

from ..api import Did, Function, UrlCallback
from ..api.errors import VoipmsUnknownSettingsError
from ..const import DOMAIN
from ..repairs import issues
from .context import AccountContext
from .moves import async_take_over
from .records import RecordsCoordinator, identifier

INTERVAL: Final = timedelta(minutes=5)


class NumbersCoordinator(RecordsCoordinator[Did]):
    """Coordinator of the numbers (DIDs) of the account; changes them as well."""

    def __init__(self, context: AccountContext) -> None:
        """Initialize the coordinator without numbers."""
        super().__init__(context, Did, "numbers", INTERVAL)
        self._changed: set[str] = set()
        self._given_up: set[str] = set()
        """Numbers that another account lists, too, and has taken over."""

    @override
    async def _fetch(self) -> dict[str, Did]:
        """Fetch all numbers, keeping changes that were made meanwhile."""
        self._changed.clear()
        found = await super()._fetch()
        for did in self._changed & self.data.keys():
            found[did] = self.data[did]
            self._fingerprint = None
        self._given_up &= found.keys()
        for did in self._given_up:
            del found[did]
        for did in found.keys() - self.data.keys():
            await async_take_over(self.hass, self.config_entry, did)
        return found

    @callback
    def async_give_up(self, did: str) -> None:
        """Give up a number that another account has taken over."""
        self._given_up.add(did)
        self._missing.discard(did)
        self._fingerprint = None
        if did in self.data:
            self.data = {key: row for key, row in self.data.items() if key != did}
            self.async_update_listeners()

    @callback
    def async_expect_gone(self, did: str) -> None:
        """Expect a number to be gone at the next refresh, not at the second one."""
        self._missing.add(did)
        self._fingerprint = None

    async def async_run(
        self, did: str, function: Function, params: Mapping[str, str]
    ) -> dict[str, Any]:
        """Call a function that changes a number, and show the result.

        Raises a VoipmsError.
        """
        with self._raising_issue():
            return await self.client.run(function, params, partial(self._show, did))

    async def async_reroute(
        self, did: str, choose: Callable[[str], Awaitable[str | None]]
    ) -> None:
        """Change the routing of a number depending on the current one.

        See VoipmsClient.reroute. Raises a VoipmsError.
        """
        await self.client.reroute(did, choose, partial(self._show, did))

    async def async_set_url_callback(self, did: str, url_callback: UrlCallback) -> None:
        """Change the SMS URL callback of a number. Raises a VoipmsError."""
        with self._raising_issue():
            await self.client.set_url_callback(
                did, url_callback, partial(self._show, did)
            )

    @contextmanager
    def _raising_issue(self) -> Iterator[None]:
        """Ask the user whether settings that VoIP.ms does not return may be reset."""
        try:
            yield
        except VoipmsUnknownSettingsError as err:
            if err.unseen:
                issues.async_raise(
                    self.hass,
                    self.config_entry,
                    issues.SETTINGS_UNKNOWN,
                    placeholders=err.placeholders,
                )
            raise

    @callback
    def _show(self, did: str, record: Mapping[str, Any]) -> None:
        """Update a number from its record, unless the number is gone."""
        if (number := self.data.get(did)) is None:
            return
        self._changed.add(did)
        self._fingerprint = None
        if (updated := number.updated(record)) != number:
            self.data = {**self.data, did: updated}
            self.async_update_listeners()


def did_of(device: dr.AnyDeviceEntry, entry: ConfigEntry[Any]) -> str | None:
    """Return the number of a device, or None if it is not the device of one."""
    prefix = identifier(Did, entry, "")
    for domain, name in device.identifiers:
        if domain == DOMAIN and name.startswith(prefix):
            return name.removeprefix(prefix)
    return None
