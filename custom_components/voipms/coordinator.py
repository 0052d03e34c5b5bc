"""Who polls what of an account, and how often."""

from abc import abstractmethod
import asyncio
from collections.abc import Collection, Mapping
from dataclasses import fields
from datetime import timedelta
from typing import Any, Final, override

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant, callback
from homeassistant.exceptions import ConfigEntryAuthFailed, HomeAssistantError
from homeassistant.helpers import device_registry as dr
from homeassistant.helpers.update_coordinator import DataUpdateCoordinator, UpdateFailed

from .api import FUNCTIONS, Did, Function, VoipmsWriter
from .api.directory import SOURCES, Destinations, Directory
from .api.errors import VoipmsAuthError, VoipmsError
from .api.models import rows
from .const import DOMAIN, LOGGER
from .errors import sentence

NUMBERS_INTERVAL: Final = timedelta(minutes=5)
DIRECTORY_INTERVAL: Final = timedelta(hours=12)


class VoipmsCoordinator[DataT](DataUpdateCoordinator[DataT]):
    """Polls one part of an account."""

    config_entry: ConfigEntry

    def __init__(
        self,
        hass: HomeAssistant,
        entry: ConfigEntry,
        writer: VoipmsWriter,
        what: str,
        interval: timedelta,
    ) -> None:
        """Prepare to poll; nothing is fetched yet."""
        super().__init__(
            hass,
            LOGGER,
            config_entry=entry,
            name=what,
            update_interval=interval,
            always_update=False,
        )
        self.writer = writer
        self.client = writer.client

    @override
    async def _async_update_data(self) -> DataT:
        """Fetch, and say in the user's language what went wrong."""
        try:
            return await self._fetch()
        except VoipmsError as err:
            key, placeholders = sentence(err)
            kind = (
                ConfigEntryAuthFailed
                if isinstance(err, VoipmsAuthError)
                else UpdateFailed
            )
            raise kind(
                translation_domain=DOMAIN,
                translation_key=key,
                translation_placeholders=placeholders,
            ) from err

    @abstractmethod
    async def _fetch(self) -> DataT:
        """Fetch from VoIP.ms. Raises a VoipmsError."""


class NumbersCoordinator(VoipmsCoordinator[dict[str, Did]]):
    """The numbers (DIDs) of the account, and the one place that changes them."""

    def __init__(
        self, hass: HomeAssistant, entry: ConfigEntry, writer: VoipmsWriter
    ) -> None:
        """Start without numbers."""
        super().__init__(hass, entry, writer, "numbers", NUMBERS_INTERVAL)
        self.data = {}
        self._missing: set[str] = set()
        self._changed: set[str] = set()

    @override
    async def _fetch(self) -> dict[str, Did]:
        """Fetch all numbers; one that is missing once is still believed in."""
        self._changed.clear()
        reply = await self.client.call("getDIDsInfo")
        found = {did.did: did for did in self._read(reply)}
        devices = devices_by_did(self.hass, self.config_entry)
        gone = (self.data.keys() | devices.keys()) - found.keys()
        for did in gone & self._missing & devices.keys():
            dr.async_get(self.hass).async_remove_device(devices[did])
        self._missing, gone_twice = gone, gone & self._missing
        # A change that was made while the answer was on its way is newer than it.
        for did in (gone - gone_twice) | self._changed:
            if did in self.data:
                found[did] = self.data[did]
        return found

    def _read(self, reply: Mapping[str, Any]) -> list[Did]:
        """Read the records of a reply; a broken one does not cost the others."""
        numbers = []
        for row in rows(reply["dids"]):
            try:
                numbers.append(Did.from_dict(dict(row)))
            except ValueError, LookupError, TypeError:
                LOGGER.debug("VoIP.ms sent a number that cannot be read")
        return numbers

    @callback
    def async_expect_gone(self, did: str) -> None:
        """Believe at once, not at the second look, that a number is gone."""
        self._missing.add(did)

    async def async_write(
        self, function: Function, params: Mapping[str, str]
    ) -> dict[str, Any]:
        """Change a number: shown at once, then read back.

        Raises a VoipmsError when VoIP.ms refuses, and a HomeAssistantError when what
        it says afterwards is not what was asked for.
        """
        did = params["did"]
        reply = await self.writer.run(function, params)
        wanted = self._show(did, function, params)
        try:
            now = self._read(await self.client.call("getDIDsInfo", {"did": did}))
        except VoipmsError:
            return reply  # done, and shown; the next poll looks again
        for number in now:
            if number.did == did:
                self._replace(number)
                self._compare(function, params, wanted, number)
        return reply

    def _show(self, did: str, function: Function, params: Mapping[str, str]) -> Did:
        """Show a change before VoIP.ms confirms it; return what should be true."""
        changed = {field_of(function, name): value for name, value in params.items()}
        wanted = Did.from_dict({**self.data[did].to_dict(), **changed})
        self._replace(wanted)
        return wanted

    def _replace(self, number: Did) -> None:
        """Show a number as it is now."""
        self._changed.add(number.did)
        if self.data.get(number.did) != number:
            self.data = {**self.data, number.did: number}
            self.async_update_listeners()

    def _compare(
        self, function: Function, params: Mapping[str, str], wanted: Did, now: Did
    ) -> None:
        """Say so if VoIP.ms did not do what it said it did."""
        known = {each.name for each in fields(Did)}
        for name in params:
            key = field_of(function, name)
            if key in known and getattr(wanted, key) != getattr(now, key):
                raise HomeAssistantError(
                    translation_domain=DOMAIN,
                    translation_key="not_applied",
                    translation_placeholders={
                        "field": name,
                        "wanted": str(getattr(wanted, key)),
                        "current": str(getattr(now, key)),
                    },
                )


def did_of(device: dr.AnyDeviceEntry) -> str | None:
    """Return the number that a device stands for."""
    for domain, identifier in device.identifiers:
        if domain == DOMAIN and identifier.isdecimal():
            return identifier
    return None


def devices_by_did(hass: HomeAssistant, entry: ConfigEntry) -> dict[str, str]:
    """Return the devices of the account's numbers, by number."""
    devices = dr.async_entries_for_config_entry(dr.async_get(hass), entry.entry_id)
    return {did: device.id for device in devices if (did := did_of(device))}


def field_of(function: Function, param: str) -> str:
    """Return the record's field that a parameter of a function writes."""
    return function.update.fields.get(param, param) if function.update else param


class DirectoryCoordinator(VoipmsCoordinator[Directory]):
    """What the account's numbers can be routed to."""

    def __init__(
        self, hass: HomeAssistant, entry: ConfigEntry, writer: VoipmsWriter
    ) -> None:
        """Start with what every account has."""
        super().__init__(hass, entry, writer, "directory", DIRECTORY_INTERVAL)
        self.data = Directory.of({})
        self._found: dict[str, Destinations] = {}

    @override
    async def _fetch(self) -> Directory:
        """Ask every source. One that fails keeps what it said before."""
        await self._ask(SOURCES)
        return Directory.of(self._found)

    async def async_refresh_of(self, header: str) -> None:
        """Ask again for the destinations of one header."""
        await self.async_refresh_sources(
            {name for name, source in SOURCES.items() if source.header == header}
        )

    async def async_refresh_sources(self, methods: Collection[str]) -> None:
        """Ask again those of some functions that are sources."""
        try:
            await self._ask(SOURCES.keys() & methods)
        except VoipmsError as err:
            LOGGER.debug("The directory could not be refreshed: %s", err)
            return
        if (directory := Directory.of(self._found)) != self.data:
            self.async_set_updated_data(directory)

    async def _ask(self, methods: Collection[str]) -> None:
        """Ask sources together. Raises if none of them answered."""
        results = await asyncio.gather(
            *(self.client.call(method) for method in methods), return_exceptions=True
        )
        errors = [result for result in results if isinstance(result, BaseException)]
        for error in errors:
            if not isinstance(error, VoipmsError) or len(errors) == len(results):
                raise error
        for method, result in zip(methods, results, strict=True):
            if not isinstance(result, BaseException):
                records = rows(result[FUNCTIONS[method].lists[0]])
                self._found[method] = SOURCES[method].destinations(records)
