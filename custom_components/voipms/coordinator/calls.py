"""The calls of an account."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any, Final, override

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.util import dt as dt_util

from ..api import VoipmsWriter
from ..api.models import Call, eastern_today, rows
from ..const import LOGGER
from .base import Health, VoipmsCoordinator
from .messages import EASTERN_STANDARD, OVERLAP

INTERVAL: Final = timedelta(minutes=6)
MEMORY: Final = timedelta(days=3)
"""How long a call is remembered: longer than it is listed."""
KINDS: Final = ("answered", "noanswer", "busy", "failed")

type CallListener = Callable[[Call], None]


class CallsCoordinator(VoipmsCoordinator[Call | None]):
    """The latest call; every new one goes to who listens.

    VoIP.ms lists a call when it has ended. Those that ended before Home Assistant
    started are history.
    """

    def __init__(
        self,
        hass: HomeAssistant,
        entry: ConfigEntry[Any],
        writer: VoipmsWriter,
        health: Health,
    ) -> None:
        """Start without calls."""
        super().__init__(hass, entry, writer, health, "calls", INTERVAL)
        self.data = None
        self._seen: dict[str, datetime] | None = None
        self._call_listeners: list[CallListener] = []

    @callback
    def async_listen(self, listener: CallListener) -> CALLBACK_TYPE:
        """Have a function called with each new call, in order."""
        self._call_listeners.append(listener)
        return lambda: self._call_listeners.remove(listener)

    @override
    async def _fetch(self) -> Call | None:
        """Fetch the calls of today and yesterday."""
        today = eastern_today()
        reply = await self.client.call(
            "getCDR",
            {
                "date_from": (today - OVERLAP).isoformat(),
                "date_to": today.isoformat(),
                "timezone": EASTERN_STANDARD,
                **dict.fromkeys(KINDS, "1"),
            },
        )
        calls = []
        for row in rows(reply["cdr"]):
            try:
                calls.append(Call.from_row(row))
            except KeyError, ValueError:
                LOGGER.debug("VoIP.ms sent a call that cannot be read")
        calls.sort(key=lambda call: call.order)
        for call in self._sort_out_new(calls):
            for listener in self._call_listeners:
                listener(call)
        return calls[-1] if calls else self.data

    def _sort_out_new(self, calls: Iterable[Call]) -> list[Call]:
        """Return the calls that were not there before; at first, that is none.

        One that is missing from an answer is still known when it is back.
        """
        seen = self._seen or {}
        new = [call for call in calls if call.id not in seen]
        history = self._seen is None
        oldest = dt_util.utcnow() - MEMORY
        self._seen = {key: time for key, time in seen.items() if time > oldest}
        self._seen |= {call.id: call.time for call in new}
        return [] if history else new
