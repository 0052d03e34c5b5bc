"""Health of an account: outages in the log, and what only the user can fix."""

from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant, callback
from homeassistant.util import dt as dt_util

from ..api import VoipmsClient
from ..api.errors import (
    VoipmsApiNotEnabledError,
    VoipmsError,
    VoipmsIpNotEnabledError,
    VoipmsRateLimitError,
)
from ..const import DOMAIN, LOGGER
from ..repairs import issues

if TYPE_CHECKING:
    from .base import VoipmsCoordinator

BLOCKS: Final[dict[type[VoipmsError], str]] = {
    VoipmsIpNotEnabledError: issues.IP_NOT_ENABLED,
    VoipmsApiNotEnabledError: issues.API_NOT_ENABLED,
}
"""Errors that the user has to fix at VoIP.ms, by the issue about them."""


class Health:
    """The health of an account.

    An outage affects all coordinators; it is logged once when it begins and once when
    it ends.
    """

    def __init__(self, hass: HomeAssistant, entry: ConfigEntry[Any]) -> None:
        """Initialize the health."""
        self._hass = hass
        self._entry = entry
        self._failing: dict[str, VoipmsCoordinator[Any]] = {}
        self._tried_again: set[str] = set()
        self._diagnosed: set[str] = set()
        self.rate_limited_at: datetime | None = None

    @callback
    def async_failed(self, coordinator: VoipmsCoordinator[Any]) -> None:
        """Handle a coordinator that could not fetch."""
        if not self._failing:
            LOGGER.warning(
                "Fetching the %s of %s from VoIP.ms failed: %s",
                coordinator.name,
                self._entry.title,
                coordinator.last_exception,
            )
        self._failing[coordinator.name] = coordinator

    @callback
    def async_recovered(self, coordinator: VoipmsCoordinator[Any]) -> None:
        """Handle a coordinator that has fetched.

        The first one to recover refreshes the others, once: some would wait for hours.
        """
        self._diagnosed.clear()
        for key in BLOCKS.values():
            issues.async_clear(self._hass, self._entry, key)
        self._tried_again.discard(coordinator.name)
        if self._failing.pop(coordinator.name, None) is None:
            return
        if not self._failing:
            LOGGER.warning("VoIP.ms answers again for %s", self._entry.title)
        for name in self._failing.keys() - self._tried_again:
            self._tried_again.add(name)
            self._entry.async_create_background_task(
                self._hass, self._failing[name].async_refresh(), f"{DOMAIN} {name}"
            )

    async def diagnose(self, client: VoipmsClient, err: VoipmsError) -> None:
        """Raise an issue if only the user can fix an error."""
        if isinstance(err, VoipmsRateLimitError):
            self.rate_limited_at = dt_util.utcnow()
        if (key := BLOCKS.get(type(err))) is None:
            return
        if key in self._diagnosed or issues.async_is_raised(
            self._hass, self._entry, key
        ):
            return
        self._diagnosed.add(key)
        if key != issues.IP_NOT_ENABLED:
            issues.async_raise(self._hass, self._entry, key)
            return
        address = await own_address(client)
        issues.async_raise(
            self._hass,
            self._entry,
            key,
            words=key if address else issues.IP_NOT_ENABLED_UNSEEN,
            placeholders={"address": address},
        )


async def own_address(client: VoipmsClient) -> str:
    """Return the public IP address that VoIP.ms sees, or an empty text."""
    try:
        return await client.own_ip()
    except VoipmsError:
        return ""
