"""The numbers of the account, and the one place that changes them."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import fields, replace
from datetime import timedelta
from functools import partial
from typing import Any, Final, override

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import device_registry as dr

from ..api import Did, Function, VoipmsWriter
from ..api.errors import VoipmsUnknownSettingsError
from ..const import DOMAIN
from ..repairs import issues
from .base import Health, RecordsCoordinator, identifier
from .moves import async_take_over

INTERVAL: Final = timedelta(minutes=5)


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
        self._given_up: set[str] = set()
        """Numbers that another account lists, too, and has taken over."""

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
        self._mark = None
        if did in self.data:
            self.data = {key: row for key, row in self.data.items() if key != did}
            self.async_update_listeners()

    @callback
    def async_expect_gone(self, did: str) -> None:
        """Believe at once, not at the second look, that a number is gone."""
        self._missing.add(did)
        self._mark = None

    async def async_write(
        self, function: Function, params: Mapping[str, str]
    ) -> dict[str, Any]:
        """Change a number: shown at once, then read back.

        Raises a VoipmsError, also when what VoIP.ms says afterwards is not what was
        asked for.
        """
        show = partial(self._show, params["did"])
        try:
            return await self.writer.run(function, params, show)
        except VoipmsUnknownSettingsError as err:
            self._tell_of(err)
            raise

    async def async_reroute(
        self, did: str, choose: Callable[[str], Awaitable[str | None]]
    ) -> None:
        """Route a number by where it is routed to now; see VoipmsWriter.reroute."""
        await self.writer.reroute(did, choose, partial(self._show, did))

    @callback
    def _tell_of(self, err: VoipmsUnknownSettingsError) -> None:
        """Ask whether settings that VoIP.ms never returns may be reset."""
        if err.unseen:
            issues.async_raise(
                self.hass,
                self.config_entry,
                issues.SETTINGS_UNKNOWN,
                placeholders=err.placeholders,
            )

    @callback
    def _show(self, did: str, now: Mapping[str, Any]) -> None:
        """Show what is known of a number now, unless it is gone."""
        if (number := self.data.get(did)) is None:
            return
        parsed = Did.from_dict({**now, "did": did})
        names = {each.name for each in fields(Did)} & now.keys() - {"did"}
        self._replace(
            replace(number, **{name: getattr(parsed, name) for name in names})
        )

    def _replace(self, number: Did) -> None:
        """Show a number as it is now."""
        self._changed.add(number.did)
        self._mark = None
        if self.data.get(number.did) != number:
            self.data = {**self.data, number.did: number}
            self.async_update_listeners()


def did_of(device: dr.AnyDeviceEntry, entry: ConfigEntry[Any]) -> str | None:
    """Return the number that a device stands for."""
    prefix = identifier(Did, entry, "")
    for domain, name in device.identifiers:
        if domain == DOMAIN and name.startswith(prefix):
            return name.removeprefix(prefix)
    return None
