"""The clock of VoIP.ms, which may be right when that of Home Assistant is not."""

from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime
from time import monotonic

from .models import EASTERN


class ServiceClock:
    """Tells the time by the Date header of the latest reply.

    A computer without a battery starts with the time of its last shutdown, or of its
    image. Until a reply says better, its time is all there is.
    """

    def __init__(self) -> None:
        """Initialize without a reply."""
        self._read: tuple[datetime, float] | None = None

    def read(self, header: str | None) -> None:
        """Read the Date header of a reply, which may be missing or broken."""
        try:
            time = parsedate_to_datetime(header or "").astimezone(UTC)
        except ValueError, OverflowError:
            return
        self._read = (time, monotonic())

    def now(self) -> datetime:
        """Return the time."""
        if self._read is None:
            return datetime.now(UTC)
        time, read_at = self._read
        return time + timedelta(seconds=monotonic() - read_at)

    def today(self) -> date:
        """Return the day that it is for VoIP.ms."""
        return self.now().astimezone(EASTERN).date()
