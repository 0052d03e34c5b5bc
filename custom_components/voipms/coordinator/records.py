"""Base class of the coordinators of records that have devices."""

from datetime import timedelta
from typing import Any, override

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr

from ..api.models import Record
from ..const import DOMAIN
from .base import VoipmsCoordinator
from .context import AccountContext


class RecordsCoordinator[RecordT: Record](VoipmsCoordinator[dict[str, RecordT]]):
    """Coordinator of the records of one model by their key, each with a device.

    A record that is missing from one reply is kept; one that is missing from two
    replies in a row is gone, and its device is removed.
    """

    def __init__(
        self,
        context: AccountContext,
        model: type[RecordT],
        name: str,
        interval: timedelta,
    ) -> None:
        """Initialize the coordinator without records."""
        super().__init__(context, name, interval)
        self.data = {}
        self.fetched = False
        """Whether the records have been fetched at least once."""
        self._model = model
        self._missing: set[str] = set()
        self._fingerprint: int | None = None
        """The fingerprint of a reply that says nothing new; None if every reply may."""

    def identifier(self, key: str) -> str:
        """Return the identifier of the device of a record."""
        return identifier(self._model, self.config_entry, key)

    def owner(self, record: RecordT) -> str:
        """Return the prefix of the unique IDs of a record's entities.

        Numbers and sub-accounts are unique at VoIP.ms, mailboxes only in an account.
        """
        return record.key if record.unique else self.identifier(record.key)

    @override
    async def _fetch(self) -> dict[str, RecordT]:
        """Fetch all records, and remove the devices of those that are gone."""
        fetched = await self.client.records_if_changed(self._model, self._fingerprint)
        if fetched is None:
            return self.data
        self._fingerprint = None
        self.fetched = True
        found = fetched.by_key
        devices = devices_by_key(self.hass, self.config_entry, self._model)
        missing = (self.data.keys() | devices.keys()) - found.keys()
        # A record that cannot be read may be one that is missing.
        gone = missing & self._missing if fetched.is_complete else set()
        for key in gone & devices.keys():
            dr.async_get(self.hass).async_remove_device(devices[key])
        self._missing = missing
        for key in missing - gone:
            if key in self.data:
                found[key] = self.data[key]
        if not missing:
            self._fingerprint = fetched.fingerprint
        return found


def identifier(model: type[Record], entry: ConfigEntry[Any], key: str) -> str:
    """Return the identifier of the device of a record."""
    return f"{entry.entry_id}_{model.singular}_{key}"


def devices_by_key(
    hass: HomeAssistant, entry: ConfigEntry[Any], model: type[Record]
) -> dict[str, str]:
    """Return the IDs of the devices of a model's records by their key."""
    devices = dr.async_entries_for_config_entry(dr.async_get(hass), entry.entry_id)
    prefix = identifier(model, entry, "")
    return {
        name.removeprefix(prefix): device.id
        for device in devices
        for domain, name in device.identifiers
        if domain == DOMAIN and name.startswith(prefix)
    }
