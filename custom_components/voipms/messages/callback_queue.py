"""Answering the calls of VoIP.ms: at once, but not without end."""

import asyncio
from collections.abc import Awaitable, Callable
from time import monotonic
from typing import Any, Final

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant, callback

from ..const import DOMAIN

DEBOUNCE: Final = 0.01
CALLS_AT_ONCE: Final = 5
CALLS_PERIOD: Final = 15.0
"""A few calls within so many seconds are answered at once; more of them wait."""


class CallbackQueue:
    """Refreshes when VoIP.ms calls. Calls that come meanwhile share one refresh."""

    def __init__(
        self,
        hass: HomeAssistant,
        entry: ConfigEntry[Any],
        refresh: Callable[[], Awaitable[None]],
    ) -> None:
        """Initialize without a call."""
        self._hass = hass
        self._entry = entry
        self._refresh = refresh
        self._is_waiting = False
        self._task: asyncio.Task[None] | None = None
        self._times: list[float] = []

    @callback
    def async_add(self) -> None:
        """Answer a call."""
        self._is_waiting = True
        if self._task is None or self._task.done():
            self._task = self._entry.async_create_background_task(
                self._hass, self._answer(), f"{DOMAIN} callback"
            )

    async def _answer(self) -> None:
        """Refresh until no call waits."""
        while self._is_waiting:
            await asyncio.sleep(self._delay())
            self._is_waiting = False
            await self._refresh()

    def _delay(self) -> float:
        """Return how many seconds a call waits: some are answered at once."""
        now = monotonic()
        self._times = [time for time in self._times if abs(now - time) < CALLS_PERIOD]
        delay = DEBOUNCE
        if len(self._times) >= CALLS_AT_ONCE:
            delay = max(delay, CALLS_PERIOD / CALLS_AT_ONCE)
        self._times.append(now + delay)
        return delay
