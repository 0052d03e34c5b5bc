"""The calls of an account."""

from collections.abc import Callable, Collection, Iterable
from datetime import timedelta
from typing import Any, Final, override

from homeassistant.core import CALLBACK_TYPE, callback

from ..api.models import Call, CallDirection
from .base import VoipmsCoordinator
from .context import AccountContext

INTERVAL: Final = timedelta(minutes=6)
OVERLAP: Final = timedelta(days=1)
"""How many days before today are fetched, since calls are listed with a delay."""
MAX_UNLISTED: Final = 20_000
"""How many calls are known that are no longer listed, such as after a broken reply."""

type CallListener = Callable[[Call], None]


class CallsCoordinator(VoipmsCoordinator[Call | None]):
    """Coordinator of the calls: its data is the latest, listeners get every new one.

    VoIP.ms lists a call some time after it has ended. Calls that were listed before
    Home Assistant started are not new.
    """

    def __init__(self, context: AccountContext) -> None:
        """Initialize the coordinator without calls."""
        super().__init__(context, "calls", INTERVAL)
        self.data = None
        self._seen: dict[int, None] | None = None
        """The fingerprints of known calls, the most recently listed ones last."""
        self._call_listeners: list[CallListener] = []

    @callback
    def async_listen(self, listener: CallListener) -> CALLBACK_TYPE:
        """Call a listener with each new call, in chronological order."""
        self._call_listeners.append(listener)
        return lambda: self._call_listeners.remove(listener)

    @override
    async def _fetch(self) -> Call | None:
        """Fetch the calls of today and yesterday."""
        today = self.client.clock.today()
        calls = _without_twins(await self.client.calls(today - OVERLAP, today))
        for call in self._new(calls):
            for listener in self._call_listeners:
                listener(call)
        return calls[-1] if calls else self.data

    def _new(self, calls: Collection[Call]) -> list[Call]:
        """Return the calls that are new; none in the first reply.

        A call stays known when it is missing from a reply.
        """
        seen = self._seen or {}
        new = [
            call
            for call in calls
            if not any(each in seen for each in _fingerprints(call))
        ]
        history = self._seen is None
        listed = {each: None for call in calls for each in _fingerprints(call)}
        others = [each for each in seen if each not in listed]
        self._seen = dict.fromkeys(others[-MAX_UNLISTED:]) | listed
        return [] if history else new


def _fingerprints(call: Call) -> tuple[int, ...]:
    """Return the fingerprints of a call.

    An inbound call may be listed twice, with two IDs and two spellings of its caller.
    """
    if call.direction is CallDirection.INBOUND:
        return hash(call.id), hash(_twin(call))
    return (hash(call.id),)


def _twin(call: Call) -> tuple[object, ...]:
    """Return what the two rows of an inbound call have in common."""
    return (call.time, call.destination, call.duration, call.caller_number)


def _without_twins(calls: Iterable[Call]) -> list[Call]:
    """Return each call once, in chronological order.

    Of two rows of a call, the one with the caller's name counts, then the one without
    quotation marks.
    """

    def rank(call: Call) -> tuple[Any, ...]:
        return (not call.caller_name, call.caller.startswith('"'), call.order)

    found: dict[object, Call] = {}
    for call in sorted(calls, key=rank):
        is_inbound = call.direction is CallDirection.INBOUND
        found.setdefault(_twin(call) if is_inbound else call.id, call)
    return sorted(found.values(), key=lambda call: call.order)
