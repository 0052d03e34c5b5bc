"""Base class of the coordinators."""

from abc import abstractmethod
from datetime import timedelta
import logging
from typing import Any, Final, override

from homeassistant.config_entries import ConfigEntry
from homeassistant.exceptions import ConfigEntryAuthFailed
from homeassistant.helpers.update_coordinator import DataUpdateCoordinator, UpdateFailed

from ..api.errors import VoipmsAuthError, VoipmsError, VoipmsRateLimitError
from ..const import DOMAIN, LOGGER
from ..errors import sentence
from .context import AccountContext

_POLLS: Final = LOGGER.getChild("polls")
# Health logs the end of an outage once for all coordinators.
_POLLS.addFilter(lambda record: record.levelno != logging.INFO)

BACK_OFF: Final = timedelta(minutes=2)
"""Minimum interval after a rate limit, which VoIP.ms counts by the minute."""


class VoipmsCoordinator[DataT](DataUpdateCoordinator[DataT]):
    """Coordinator of one part of an account."""

    config_entry: ConfigEntry[Any]

    def __init__(
        self,
        context: AccountContext,
        name: str,
        interval: timedelta,
    ) -> None:
        """Initialize the coordinator."""
        super().__init__(
            context.hass,
            _POLLS,
            config_entry=context.entry,
            name=name,
            update_interval=interval,
            always_update=False,
        )
        self.client = context.client
        self.health = context.health

    async def async_begin(self) -> None:
        """Refresh for the first time; a failure leaves the entities unavailable."""
        await self._async_refresh(log_failures=False)

    @override
    async def _async_refresh(
        self,
        log_failures: bool = True,
        raise_on_auth_failed: bool = False,
        scheduled: bool = False,
        raise_on_entry_error: bool = False,
    ) -> None:
        """Refresh; failures are logged for the account as a whole."""
        await super()._async_refresh(
            False, raise_on_auth_failed, scheduled, raise_on_entry_error
        )
        if self.last_update_success:
            self.health.async_recovered(self)
        elif log_failures:
            self.health.async_failed(self)

    @override
    async def _async_update_data(self) -> DataT:
        """Fetch the data, translating errors."""
        try:
            return await self._fetch()
        except VoipmsError as err:
            await self.health.diagnose(self.client, err)
            key, placeholders = sentence(err)
            translation: dict[str, Any] = {
                "translation_domain": DOMAIN,
                "translation_key": key,
                "translation_placeholders": placeholders,
            }
            if isinstance(err, VoipmsAuthError):
                raise ConfigEntryAuthFailed(**translation) from err
            if isinstance(err, VoipmsRateLimitError) and self.update_interval:
                wait = max(BACK_OFF, self.update_interval)
                translation["retry_after"] = wait.total_seconds()
            raise UpdateFailed(**translation) from err

    @abstractmethod
    async def _fetch(self) -> DataT:
        """Fetch the data. Raises a VoipmsError."""
