"""Telling the user when messages may be repeated or come late."""

from datetime import datetime
from typing import Any, Final

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant, callback
from homeassistant.util import dt as dt_util

from ..const import LOGGER
from ..repairs import issues
from .ledger import Condition

AT_ONCE: Final = 3
"""How many late messages of one poll are not merely late at the carrier."""


class Reports:
    """Reports, in the log and among the repairs, what else nobody would notice."""

    def __init__(self, hass: HomeAssistant, entry: ConfigEntry[Any]) -> None:
        """Initialize with nothing to report."""
        self._hass = hass
        self._entry = entry
        self._count = 0
        self._span: tuple[datetime, datetime] | None = None

    @callback
    def async_condition(self, condition: Condition) -> None:
        """Report a ledger that does not tell all messages that were delivered."""
        if condition in (Condition.DAMAGED, Condition.LOST):
            LOGGER.warning(
                "The file of delivered messages of %s was damaged, out of date or "
                "missing; some messages may be repeated",
                self._entry.title,
            )
            issues.async_raise(self._hass, self._entry, issues.MESSAGES_REPEATED)

    @callback
    def async_saved(self, error: OSError | None) -> None:
        """Report whether the ledger could be saved."""
        if error is None:
            issues.async_clear(self._hass, self._entry, issues.MESSAGES_NOT_SAVED)
        else:
            issues.async_raise(
                self._hass,
                self._entry,
                issues.MESSAGES_NOT_SAVED,
                placeholders={"reason": error.strerror or str(error)},
            )

    @callback
    def async_late(self, times: list[datetime], *, is_first: bool) -> None:
        """Report messages that were delivered long after they were written."""
        if not times or (not is_first and len(times) < AT_ONCE):
            return
        first, last = self._span or (times[0], times[0])
        first, last = min(first, *times), max(last, *times)
        self._span = (first, last)
        self._count += len(times)
        words = [f"{dt_util.as_local(time):%Y-%m-%d %H:%M}" for time in (first, last)]
        LOGGER.warning(
            "Messages to %s delivered late: %s, written from %s to %s",
            self._entry.title,
            self._count,
            *words,
        )
        issues.async_raise(
            self._hass,
            self._entry,
            issues.MESSAGES_LATE,
            placeholders={
                "count": str(self._count),
                "first": words[0],
                "last": words[1],
            },
        )
