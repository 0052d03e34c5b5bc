"""The calls of an account."""

from collections.abc import Callable, Collection, Iterable
from datetime import timedelta
from typing import Any, Final, override

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback

from ..api import VoipmsWriter
from ..api.history import EASTERN_STANDARD
from ..api.models import Call, CallDirection, rows
from ..const import LOGGER
from .base import Health, VoipmsCoordinator

INTERVAL: Final = timedelta(minutes=6)
MEMORY: Final = 20_000
"""How many calls are remembered that are not listed any more, as after a broken answer."""
KINDS: Final = ("answered", "noanswer", "busy", "failed")

type CallListener = Callable[[Call], None]


class CallsCoordinator(VoipmsCoordinator[Call | None]):
    """The latest call; every new one goes to who listens.

    VoIP.ms lists a call some time after it has ended. Those that were listed before
    Home Assistant started are history.
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
        self._seen: dict[int, None] | None = None
        """By what calls are recognised; those listed last come last."""
        self._call_listeners: list[CallListener] = []

    @callback
    def async_listen(self, listener: CallListener) -> CALLBACK_TYPE:
        """Have a function called with each new call, in order."""
        self._call_listeners.append(listener)
        return lambda: self._call_listeners.remove(listener)

    @override
    async def _fetch(self) -> Call | None:
        """Fetch the calls of today and yesterday."""
        today = self.client.clock.today()
        reply = await self.client.call(
            "getCDR",
            {
                "date_from": (today - timedelta(days=1)).isoformat(),
                "date_to": today.isoformat(),
                "timezone": EASTERN_STANDARD,
                **dict.fromkeys(KINDS, "1"),
            },
        )
        calls = []
        for row in rows(reply["cdr"]):
            try:
                calls.append(Call.from_row(row))
            except LookupError, ValueError, TypeError, OverflowError:
                LOGGER.debug("VoIP.ms sent a call that cannot be read")
        calls = _without_twins(calls)
        for call in self._sort_out_new(calls):
            for listener in self._call_listeners:
                listener(call)
        return calls[-1] if calls else self.data

    def _sort_out_new(self, calls: Collection[Call]) -> list[Call]:
        """Return the calls that were not there before; at first, that is none.

        One that is listed is never forgotten, and one that is missing from an answer is
        still known when it is back.
        """
        seen = self._seen or {}
        new = [call for call in calls if not any(mark in seen for mark in _marks(call))]
        history = self._seen is None
        listed = {mark: None for call in calls for mark in _marks(call)}
        others = [mark for mark in seen if mark not in listed]
        self._seen = dict.fromkeys(others[-MEMORY:]) | listed
        return [] if history else new


def _marks(call: Call) -> tuple[int, ...]:
    """Return by what a call is recognised: its id, and if it came in, what it was.

    An inbound call can be listed twice, with two ids and two spellings of its caller.
    """
    if call.direction is CallDirection.INBOUND:
        return hash(call.id), hash(_twin(call))
    return (hash(call.id),)


def _twin(call: Call) -> tuple[object, ...]:
    """Return what the two rows of an inbound call have in common."""
    return (call.time, call.destination, call.duration, call.caller_number)


def _without_twins(calls: Iterable[Call]) -> list[Call]:
    """Return each call once, in the order in which they began.

    Of two rows of one call, the one with the caller's name counts, or the plainer one.
    """

    def rank(call: Call) -> tuple[Any, ...]:
        return (not call.caller_name, call.caller.startswith('"'), call.order)

    found: dict[object, Call] = {}
    for call in sorted(calls, key=rank):
        is_inbound = call.direction is CallDirection.INBOUND
        found.setdefault(_twin(call) if is_inbound else call.id, call)
    return sorted(found.values(), key=lambda call: call.order)
