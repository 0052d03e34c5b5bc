"""Monitoring of the SMS URL callback."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any, Final

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant, callback

from ..api import Did, Direction, Message
from ..api.clock import ServiceClock
from ..api.phone import display
from ..repairs import issues

LATENESS: Final = timedelta(minutes=2)
"""How much later than its message a call may come."""


class CallbackWatch:
    """Monitors by new messages whether the callbacks are reliable."""

    def __init__(
        self, hass: HomeAssistant, entry: ConfigEntry[Any], clock: ServiceClock
    ) -> None:
        """Initialize without expecting calls."""
        self._hass = hass
        self._entry = entry
        self._clock = clock
        self._covers: Callable[[str], bool] | None = None
        self._since = self._clock.now()
        self._called_at: dict[str, datetime] = {}
        self._silent: set[str] = set()

    @callback
    def async_expect(self, covers: Callable[[str], bool]) -> None:
        """Expect calls for the messages of the numbers that are covered."""
        self._covers = covers
        self._since = self._clock.now()
        issues.async_clear(self._hass, self._entry, issues.CALLBACK_MISSING)

    @callback
    def async_called(self, did: str) -> None:
        """Note a call for a number."""
        self._called_at[did] = self._clock.now()

    def is_reliable(self, numbers: Iterable[Did]) -> bool:
        """Return True if each message to some numbers makes a call."""
        covers = self._covers
        return (
            covers is not None
            and not self._silent
            and all(
                covers(number.did)
                for number in numbers
                if number.has_messages and number.sms_enabled
            )
        )

    @callback
    def async_check(self, message: Message) -> bool:
        """Check a new message; return True if the reliability may have changed."""
        if (
            self._covers is None
            or message.direction is not Direction.RECEIVED
            or message.time < self._since
        ):
            return False
        called_at = self._called_at.get(message.did)
        if called_at and called_at >= message.time - LATENESS:
            self._silent.discard(message.did)
        elif self._clock.now() - message.time > LATENESS:
            self._silent.add(message.did)
        else:
            return False
        self._update_issue()
        return True

    def _update_issue(self) -> None:
        """Raise or clear the issue about missing callbacks."""
        if not self._silent:
            issues.async_clear(self._hass, self._entry, issues.CALLBACK_MISSING)
            return
        issues.async_raise(
            self._hass,
            self._entry,
            issues.CALLBACK_MISSING,
            placeholders={"number": ", ".join(map(display, sorted(self._silent)))},
        )
