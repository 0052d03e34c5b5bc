"""Which days of messages to ask for, and which of them may still be news."""

from collections.abc import Collection, Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Final

from ..api.clock import ServiceClock
from ..api.history import Row
from ..api.messages import Message
from ..api.models import EASTERN

LATEST: Final = timedelta(days=7)
"""How late VoIP.ms may list a message that is delivered all the same."""
HISTORY: Final = timedelta(days=89)
"""How far back the latest message of a number is looked for."""
LONGEST_POLL: Final = timedelta(days=80)
SHORTEST_POLL: Final = timedelta(days=1)
BUSY: Final = 500
"""How many listed messages make an account busy: not all are asked for every minute."""
WRONG_CLOCK: Final = timedelta(days=31)
"""How far the host's clock may be ahead of the one that replies tell."""


class Days:
    """Decides by what VoIP.ms lists and what time it says it is.

    The clock of the host may be weeks behind after a start, or ahead for a while, and
    what replies tell may be wrong, too. So the days that are asked for end with the
    latest day that anything speaks of, and the cutoff date follows the newest message.
    """

    def __init__(self, clock: ServiceClock) -> None:
        """Initialize without a message."""
        self._clock = clock
        self.newest: datetime | None = None
        """The time of the newest message that is known."""
        self.is_busy = False

    @property
    def now(self) -> datetime:
        """Return the time."""
        return self._clock.now()

    @property
    def end(self) -> date:
        """Return the last day to ask for."""
        now = self.now
        host = min(datetime.now(UTC), now + WRONG_CLOCK)
        return _day(max(now, host, self.newest or now))

    def start(self, cutoff: date | None, *, is_whole: bool) -> date:
        """Return the first day to ask for: of all that may be news, or of the latest."""
        today = _day(self.now)
        if cutoff is None:
            return today - HISTORY
        if is_whole:
            return cutoff
        if self.is_busy and self.newest:
            return max(cutoff, min(today, _day(self.newest)) - SHORTEST_POLL)
        return max(cutoff, today - LONGEST_POLL)

    def note_all(self, rows: Collection[Row]) -> None:
        """Note how much is listed of all days that may be news."""
        since = (_day(self.newest or self.now) - LATEST).isoformat()
        recent = sum(str(row.get("date")) >= since for row in rows)
        self.is_busy = recent > BUSY

    def note(self, messages: Iterable[Message], end: date) -> None:
        """Note the newest message of the days up to the last that was asked for."""
        times = [each.time for each in messages if each.eastern_day <= end]
        if times:
            newest = max(times)
            self.newest = max(newest, self.newest or newest)

    def cutoff(self, cutoff: date | None, waiting: Iterable[date]) -> date:
        """Return the day from which on messages may be news.

        It only moves forward, and not past what waits for delivery.
        """
        moved = _day(min(self.now, datetime.now(UTC))) - HISTORY
        if self.newest:
            moved = max(moved, _day(self.newest) - LATEST)
        moved = min([moved, *waiting])
        return max(moved, cutoff or moved)


def _day(time: datetime) -> date:
    """Return the day on which VoIP.ms files a time."""
    return time.astimezone(EASTERN).date()
