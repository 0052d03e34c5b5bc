"""What all coordinators of an account share."""

from abc import abstractmethod
from datetime import datetime, timedelta
from ipaddress import ip_address
import logging
from typing import Any, Final, override

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant, callback
from homeassistant.exceptions import ConfigEntryAuthFailed
from homeassistant.helpers import device_registry as dr
from homeassistant.helpers.update_coordinator import DataUpdateCoordinator, UpdateFailed
from homeassistant.util import dt as dt_util

from ..api import FUNCTIONS, VoipmsClient, VoipmsWriter
from ..api.errors import (
    VoipmsApiNotEnabledError,
    VoipmsAuthError,
    VoipmsConnectionError,
    VoipmsError,
    VoipmsIpNotEnabledError,
    VoipmsRateLimitError,
)
from ..api.models import Record, rows
from ..const import DOMAIN, LOGGER
from ..errors import sentence
from ..repairs import issues

_POLLS: Final = LOGGER.getChild("polls")
# What the coordinators say one by one when an outage ends, Health says once.
_POLLS.addFilter(lambda record: record.levelno != logging.INFO)

BACK_OFF: Final = timedelta(minutes=2)
"""How long to leave VoIP.ms alone after too many calls; it counts by the minute."""

BLOCKS: Final[dict[type[VoipmsError], str]] = {
    VoipmsIpNotEnabledError: issues.IP_NOT_ENABLED,
    VoipmsApiNotEnabledError: issues.API_NOT_ENABLED,
}
"""What keeps Home Assistant out until the user lets it in at VoIP.ms."""


class Health:
    """How an account is doing: said once when it is not well, and once when it is.

    All coordinators of an account meet the same outage; the log shows it once.
    """

    def __init__(self, hass: HomeAssistant, entry: ConfigEntry[Any]) -> None:
        """Start well."""
        self._hass = hass
        self._entry = entry
        self._failing: dict[str, VoipmsCoordinator[Any]] = {}
        self._tried_again: set[str] = set()
        self._blocked = True  # as an issue of an earlier attempt may say
        self._diagnosed: set[str] = set()
        self.rate_limited_at: datetime | None = None

    @callback
    def async_failed(self, part: VoipmsCoordinator[Any]) -> None:
        """Note that a part could not be fetched."""
        if not self._failing:
            LOGGER.warning(
                "Fetching the %s of %s from VoIP.ms failed: %s",
                part.name,
                self._entry.title,
                part.last_exception,
            )
        self._failing[part.name] = part

    @callback
    def async_recovered(self, part: VoipmsCoordinator[Any]) -> None:
        """Note that a part was fetched.

        The first to recover has the others tried again, once; some would not be for
        hours.
        """
        if self._blocked:
            self._blocked = False
            self._diagnosed.clear()
            for key in BLOCKS.values():
                issues.async_clear(self._hass, self._entry, key)
        self._tried_again.discard(part.name)
        if self._failing.pop(part.name, None) is None:
            return
        if not self._failing:
            LOGGER.warning("VoIP.ms answers again for %s", self._entry.title)
        for name in self._failing.keys() - self._tried_again:
            self._tried_again.add(name)
            self._entry.async_create_background_task(
                self._hass, self._failing[name].async_refresh(), f"{DOMAIN} {name}"
            )

    async def diagnose(self, client: VoipmsClient, err: VoipmsError) -> None:
        """Tell the user of what only they can mend."""
        if isinstance(err, VoipmsRateLimitError):
            self.rate_limited_at = dt_util.utcnow()
        if (key := BLOCKS.get(type(err))) is None:
            return
        self._blocked = True
        if key in self._diagnosed or issues.async_is_raised(
            self._hass, self._entry, key
        ):
            return
        self._diagnosed.add(key)
        if key != issues.IP_NOT_ENABLED:
            issues.async_raise(self._hass, self._entry, key)
            return
        address = await own_address(client)
        self._blocked = True  # also if another part was fetched meanwhile
        issues.async_raise(
            self._hass,
            self._entry,
            key,
            words=key if address else issues.IP_NOT_ENABLED_UNSEEN,
            placeholders={"address": address},
        )


async def own_address(client: VoipmsClient) -> str:
    """Return the public address that VoIP.ms sees; empty if it does not say."""
    try:
        address = str((await client.call("getIP")).get("ip")).strip()
        ip_address(address)
    except VoipmsError, ValueError:
        return ""
    return address


class VoipmsCoordinator[DataT](DataUpdateCoordinator[DataT]):
    """Polls one part of an account."""

    config_entry: ConfigEntry[Any]

    def __init__(
        self,
        hass: HomeAssistant,
        entry: ConfigEntry[Any],
        writer: VoipmsWriter,
        health: Health,
        what: str,
        interval: timedelta,
    ) -> None:
        """Prepare to poll; nothing is fetched yet."""
        super().__init__(
            hass,
            _POLLS,
            config_entry=entry,
            name=what,
            update_interval=interval,
            always_update=False,
        )
        self.writer = writer
        self.client = writer.client
        self.health = health

    async def async_begin(self) -> None:
        """Fetch for the first time; a failure leaves the entities unavailable."""
        await self._async_refresh(log_failures=False)

    @override
    async def _async_refresh(
        self,
        log_failures: bool = True,
        raise_on_auth_failed: bool = False,
        scheduled: bool = False,
        raise_on_entry_error: bool = False,
    ) -> None:
        """Refresh; what fails is logged for the account and not for each part."""
        await super()._async_refresh(
            False, raise_on_auth_failed, scheduled, raise_on_entry_error
        )
        if self.last_update_success:
            self.health.async_recovered(self)
        elif log_failures:
            self.health.async_failed(self)

    @override
    async def _async_update_data(self) -> DataT:
        """Fetch, and say in the user's language what went wrong."""
        try:
            return await self._fetch()
        except VoipmsError as err:
            await self.health.diagnose(self.client, err)
            key, placeholders = sentence(err)
            words: dict[str, Any] = {
                "translation_domain": DOMAIN,
                "translation_key": key,
                "translation_placeholders": placeholders,
            }
            if isinstance(err, VoipmsAuthError):
                raise ConfigEntryAuthFailed(**words) from err
            if isinstance(err, VoipmsRateLimitError) and self.update_interval:
                wait = max(BACK_OFF, self.update_interval)
                words["retry_after"] = wait.total_seconds()
            raise UpdateFailed(**words) from err

    @abstractmethod
    async def _fetch(self) -> DataT:
        """Fetch from VoIP.ms. Raises a VoipmsError."""


class RecordsCoordinator[RecordT: Record](VoipmsCoordinator[dict[str, RecordT]]):
    """Records of one sort, by their key, each with a device of its own.

    One that is missing once is still believed in; one that is missing twice in a row
    is gone, and its device with it.
    """

    def __init__(
        self,
        hass: HomeAssistant,
        entry: ConfigEntry[Any],
        writer: VoipmsWriter,
        health: Health,
        *,
        model: type[RecordT],
        interval: timedelta,
    ) -> None:
        """Start without records."""
        super().__init__(hass, entry, writer, health, model.plural, interval)
        self.data = {}
        self.fetched = False
        """Whether the records are known at all."""
        self._model = model
        self._missing: set[str] = set()
        self._mark: int | None = None
        """By what a reply is recognised that says nothing new; None if any may."""

    def identifier(self, key: str) -> str:
        """Return what tells the device of a record from all others."""
        return identifier(self._model, self.config_entry, key)

    def owner(self, record: RecordT) -> str:
        """Return what the unique ids of a record's entities begin with.

        Numbers and sub-accounts are unique at VoIP.ms, mailboxes in an account.
        """
        return record.key if record.unique else self.identifier(record.key)

    @override
    async def _fetch(self) -> dict[str, RecordT]:
        """Fetch all records; those of which there is no more lose their device."""
        reply, mark = await self.client.call_again(self._model.method, self._mark)
        if reply is None:
            return self.data
        self._mark = None
        found, is_complete = self._read(reply)
        self.fetched = True
        devices = devices_by_key(self.hass, self.config_entry, self._model)
        missing = (self.data.keys() | devices.keys()) - found.keys()
        # What cannot be read may be what is missing.
        gone = missing & self._missing if is_complete else set()
        for key in gone & devices.keys():
            dr.async_get(self.hass).async_remove_device(devices[key])
        self._missing = missing
        for key in missing - gone:
            if key in self.data:
                found[key] = self.data[key]
        if not missing:
            self._mark = mark
        return found

    def _read(self, reply: dict[str, Any]) -> tuple[dict[str, RecordT], bool]:
        """Read the records of a reply; tell whether all of them could be read.

        A broken one does not cost the others. If all are broken it is the reply that
        is, and nothing is believed of it. Of several of one key, the first counts.
        """
        records: dict[str, RecordT] = {}
        listed = reply[FUNCTIONS[self._model.method].lists]
        read = 0
        for row in rows(listed):
            try:
                record = self._model.from_dict(dict(row))
            except ValueError, LookupError, TypeError:
                LOGGER.debug("VoIP.ms sent %s that cannot be read", self.name)
                continue
            if record.key:  # a row of nothing names nobody
                records.setdefault(record.key, record)
                read += 1
        if listed and not records:
            raise VoipmsConnectionError("its answer had an unexpected form")
        return records, read == len(listed)


def identifier(model: type[Record], entry: ConfigEntry[Any], key: str) -> str:
    """Return what tells the device of a record from all others."""
    return f"{entry.entry_id}_{model.singular}_{key}"


def devices_by_key(
    hass: HomeAssistant, entry: ConfigEntry[Any], model: type[Record]
) -> dict[str, str]:
    """Return the devices of the account's records of one sort, by their key."""
    devices = dr.async_entries_for_config_entry(dr.async_get(hass), entry.entry_id)
    prefix = identifier(model, entry, "")
    return {
        name.removeprefix(prefix): device.id
        for device in devices
        for domain, name in device.identifiers
        if domain == DOMAIN and name.startswith(prefix)
    }
