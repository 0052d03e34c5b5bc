"""Listing messages of any range of days, all of them.

VoIP.ms lists 50 messages unless told otherwise, refuses ranges of more than about
three months, and may list fewer messages than it has, whatever limit it is given.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, timedelta
import logging
from typing import Any, Final

from .client import VoipmsClient
from .messages import read_media
from .models import Did, rows

_LOGGER = logging.getLogger(__name__)

LONGEST: Final = timedelta(days=90)
DAY: Final = timedelta(days=1)
LIMIT: Final = 20_000
GROWTH: Final = 4
LIST: Final = "sms"
ONE: Final = frozenset({"sms", "mms"})
"""Parameters that ask for one message, whatever its day."""
EASTERN_STANDARD: Final = "-5"
"""The offset with which VoIP.ms answers in Eastern wall time, all year round."""
ROUND: Final = 50
"""A multiple of it may be a cap of VoIP.ms's own."""
MANY: Final = 200
"""Any number from it on may be a cap."""

type Row = Mapping[str, Any]
type Params = Mapping[str, str]


async def read_messages(client: VoipmsClient, method: str, params: Params) -> list[Row]:
    """Call getSMS or getMMS as often as it takes; return the rows, newest first.

    `limit` is that of the whole. Raises a VoipmsError.
    """
    return await MessageReader(client).read(method, params)


class MessageReader:
    """Lists the messages of an account."""

    def __init__(self, client: VoipmsClient) -> None:
        """Initialize without knowing of a cap."""
        self._client = client
        self._cap: int | None = None
        """How many rows a reply had that lacked some."""
        self._complete: dict[str, tuple[int, Row, Row]] = {}
        """The replies of each function that were found to lack none."""

    async def sms(
        self, start: date, end: date, is_known: Callable[[Row], bool]
    ) -> list[Row]:
        """Return the messages of some days. Raises a VoipmsError."""
        params = _days(start, end) | {"timezone": EASTERN_STANDARD}
        params["all_messages"] = "1"
        return await self.read("getSMS", params, is_known)

    async def mms(
        self, start: date, end: date, is_known: Callable[[Row], bool]
    ) -> list[Row]:
        """Return the picture messages of some days. Raises a VoipmsError."""
        params = _days(start, end) | {"timezone": EASTERN_STANDARD}
        return await self.read("getMMS", params, is_known)

    async def media(self, message_id: str) -> tuple[str, ...] | None:
        """Return the media of a message, or None for one that can have none.

        Raises a VoipmsError.
        """
        reply = await self._client.call("getMediaMMS", {"id": message_id})
        return read_media(reply) if "media" in reply or read_media(reply) else None

    async def read(
        self,
        method: str,
        params: Params,
        is_known: Callable[[Row], bool] | None = None,
    ) -> list[Row]:
        """Call a function as often as it takes; return the rows, newest first.

        `is_known` tells rows that were listed before. Raises a VoipmsError.
        """
        wanted = int(params["limit"]) if "limit" in params else None
        found: list[Row] = []
        for days in self._ranges(params):
            part = {**params, **days}
            listed = await self._call(method, part, wanted)
            short = wanted is None or len(listed) < wanted
            if short and await self._is_cut(method, part, listed, is_known):
                listed = await self._read_parts(method, part, listed)
            found += listed
            if wanted is not None and len(found) >= wanted:
                return found[:wanted]
        return found

    def _ranges(self, params: Params) -> Iterator[Params]:
        """Split a range of days into ranges that are not refused, the latest first."""
        if "from" not in params or not ONE.isdisjoint(params):
            yield {}
            return
        first, last = self._range(params)
        while last - first >= LONGEST:
            start = last - LONGEST + DAY
            yield _days(start, last)
            last = start - DAY
        yield _days(first, last)

    def _range(self, params: Params) -> tuple[date, date]:
        """Return the first and the last day of a range."""
        today = self._client.clock.today()
        first, last = params.get("from"), params.get("to")
        return (
            date.fromisoformat(first) if first else today,
            date.fromisoformat(last) if last else today,
        )

    async def _call(
        self, method: str, params: Params, wanted: int | None = None
    ) -> list[Row]:
        """Read a range; the limit grows until it cuts nothing off."""
        limit = wanted or LIMIT
        while True:
            reply = await self._client.call(method, {**params, "limit": str(limit)})
            found = rows(reply[LIST])
            if wanted is not None or len(found) < limit:
                return found
            limit *= GROWTH

    # --- A cap of VoIP.ms's own --------------------------------------------------

    async def _is_cut(
        self,
        method: str,
        params: Params,
        found: list[Row],
        is_known: Callable[[Row], bool] | None,
    ) -> bool:
        """Return True if VoIP.ms has more rows than it lists.

        If the oldest was listed before, so was all that may have been cut off.
        """
        count = len(found)
        if count < ROUND or not ONE.isdisjoint(params):
            return False
        if self._complete.get(method) == (count, found[0], found[-1]):
            return False
        is_usual = count != self._cap and count % ROUND
        if is_usual and (count < MANY or (is_known and is_known(found[-1]))):
            return False
        if await self._has_more(method, params, found):
            _LOGGER.debug("VoIP.ms lists %s messages at once and no more", count)
            self._cap = count
            return True
        self._complete[method] = (count, found[0], found[-1])
        return False

    async def _has_more(self, method: str, params: Params, found: list[Row]) -> bool:
        """Ask for the days at whose end something may have been cut off."""
        first, last = self._range(params)
        days = [day for row in found if first <= (day := _day(row, last)) <= last]
        if first < last and days:
            start, end = first, last
            if days[0] >= days[-1]:  # newest first, so the oldest are cut off
                end = min(*days, last - DAY)
            else:
                start = max(*days, first + DAY)
            listed = sum(start <= day <= end for day in days)
            asked = await self._call(method, {**params, **_days(start, end)})
            if len(asked) > listed:
                return True
            if days[0] != days[-1]:
                return False
            params = {**params, **_days(days[0], days[0])}
        while parts := await self._parts_of_a_day(params, found):
            counts = [len(await self._call(method, part)) for part in parts]
            if sum(counts) > len(found):
                return True
            if max(counts) < len(found):
                break
            params = parts[counts.index(max(counts))]
        return False

    async def _read_parts(
        self, method: str, params: Params, found: list[Row]
    ) -> list[Row]:
        """Ask for smaller and smaller parts until none of them is cut."""
        first, last = self._range(params)
        if first < last:
            middle = first + (last - first) // 2
            parts: list[Params] = [
                {**params, **_days(middle + DAY, last)},
                {**params, **_days(first, middle)},
            ]
        else:
            parts = await self._parts_of_a_day(params, found)
        if not parts:
            _LOGGER.warning("VoIP.ms does not list all messages of %s", first)
            return found
        merged: list[Row] = []
        for part in parts:
            listed = await self._call(method, part)
            if len(listed) >= (self._cap or LIMIT):
                listed = await self._read_parts(method, part, listed)
            merged += listed
        if first < last:
            return merged
        merged += [row for row in found if row not in merged]
        return sorted(merged, key=lambda row: str(row.get("date")), reverse=True)

    async def _parts_of_a_day(
        self, params: Params, found: Iterable[Row]
    ) -> list[Params]:
        """Split the messages of a day: by direction, by number, by contact."""
        if "type" not in params:
            return [{**params, "type": direction} for direction in ("1", "0")]
        if "did" not in params:
            reply = await self._client.call(Did.method)
            numbers = [str(row["did"]) for row in rows(reply["dids"]) if "did" in row]
            return [{**params, "did": did} for did in numbers]
        if "contact" not in params:
            contacts = {str(row.get("contact")) for row in found}
            return [{**params, "contact": contact} for contact in sorted(contacts)]
        return []


def _days(start: date, end: date) -> dict[str, str]:
    """Return the parameters of a range of days."""
    return {"from": start.isoformat(), "to": end.isoformat()}


def _day(row: Row, default: date) -> date:
    """Return the day of a row."""
    try:
        return date.fromisoformat(str(row.get("date"))[:10])
    except ValueError:
        return default
