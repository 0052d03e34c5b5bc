"""Finding what is new in the lists of VoIP.ms."""

import asyncio
from collections import defaultdict
from collections.abc import (
    Awaitable,
    Callable,
    Collection,
    Iterable,
    Mapping,
    Set as AbstractSet,
)
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from operator import eq
from typing import Any, Final

from ..api.messages import Direction
from ..api.models import EASTERN
from ..const import LOGGER
from .identity import Base, Listed, agree, fingerprint

SLICE: Final = 500
"""How many messages are read in one step of the event loop."""
UNREADABLE: Final = (LookupError, ValueError, TypeError, OverflowError)
LATENESS: Final = timedelta(minutes=2)
"""How far the clock of VoIP.ms may be ahead."""

type Row = Mapping[str, Any]
type AskForMms = Callable[[Collection[Listed]], Awaitable[frozenset[Base]]]
"""Asks which of some messages are MMS."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What is new in the rows."""

    listed: list[Listed]
    """What is new, and what is listed for the same seconds, as it came."""
    rows: AbstractSet[int]
    mms_rows: AbstractSet[int]
    left_out: Mapping[int, Row]


class Listing:
    """Tells what is new by what was listed before.

    Rows that were listed are recognized by their fingerprints and not read again,
    unless something is new in the same second, to tell whether it is another message.
    """

    def __init__(self) -> None:
        """Initialize with nothing listed."""
        self._rows: AbstractSet[int] = frozenset()
        self._mms_rows: AbstractSet[int] = frozenset()
        self._listed_last: AbstractSet[int] = frozenset()
        self._left_out: Mapping[int, Row] = {}
        """What getMMS lists and getSMS does not."""
        self._doubles: dict[Base, list[str]] = {}
        """The texts of different messages that have one base."""

    def __contains__(self, row: int) -> bool:
        """Return True if a row was listed last time."""
        return row in self._listed_last or row in self._mms_rows

    def is_known(self, row: Row) -> bool:
        """Return True if a row of getSMS was listed before."""
        return fingerprint(row) in self._rows

    def is_known_mms(self, row: Row) -> bool:
        """Return True if a row of getMMS was listed before."""
        return ~fingerprint(row) in self._mms_rows

    def forget(self) -> None:
        """Treat everything as new again."""
        self._rows = self._mms_rows = frozenset()

    def keep(self, reading: Reading, *, is_whole: bool) -> None:
        """Remember what has been read.

        Rows of days that were not asked for this time are not forgotten.
        """
        self._rows = reading.rows if is_whole else self._rows | reading.rows
        self._listed_last, self._mms_rows = reading.rows, reading.mms_rows
        self._left_out = reading.left_out

    async def read(
        self,
        found: Iterable[Row],
        found_by_mms: Iterable[Row] | None,
        now: datetime,
    ) -> Reading:
        """Read the rows of getSMS and getMMS.

        Without an answer of getMMS its last one still holds.
        """
        await asyncio.sleep(0)  # decoding a long answer was a step of its own
        rows = {fingerprint(row): row for row in found}
        by_mms, kept, left_out = self._left_out, self._mms_rows, self._left_out
        if found_by_mms is not None:
            # A row that both functions list alike is one of each.
            by_mms = {~fingerprint(row): row for row in found_by_mms}
            kept, left_out = set(by_mms), _left_out(rows.values(), by_mms)
        seconds = {
            str(row.get("date"))
            for known, found_rows in ((self._rows, rows), (self._mms_rows, by_mms))
            for row_fingerprint, row in found_rows.items()
            if row_fingerprint not in known
        }
        listed: list[Listed] = []
        if seconds:
            listed = await _read(rows, self._rows, seconds, by_mms=False)
            _settle_repeated_hour(listed, now)
            more = await _read(by_mms, self._mms_rows, seconds, by_mms=True)
            _settle_repeated_hour(more, now)
            listed += more
        return Reading(self._tell_apart(listed), set(rows), kept, left_out)

    def _tell_apart(self, listed: Iterable[Listed]) -> list[Listed]:
        """Return each message once, with the key of its own."""
        groups: defaultdict[Base, list[Listed]] = defaultdict(list)
        for each in listed:
            for other in (group := groups[each.base]):
                if other.is_same(each):
                    other.take(each)
                    other.is_known = other.is_known or each.is_known
                    break
            else:
                group.append(each)
        for base, group in groups.items():
            if len(group) > 1 or base in self._doubles:
                self._number(self._doubles.setdefault(base, []), group)
            else:
                group[0].tell_apart(0)
        found = [each for group in groups.values() for each in group]
        return sorted(found, key=lambda each: each.message.order)

    def _number(self, texts: list[str], group: Iterable[Listed]) -> None:
        """Give the messages of one base their numbers, each always the same.

        The ids of SMS and MMS are counted apart, so there can be one of each.
        """
        free = dict(enumerate(texts))
        left = sorted(group, key=lambda each: (not each.is_known, each.folded))
        for fits in (eq, agree):
            for each in left.copy():
                for ordinal, text in free.items():
                    if fits(text, each.folded):
                        each.tell_apart(ordinal)
                        del free[ordinal]
                        left.remove(each)
                        break
        for each in left:
            each.tell_apart(len(texts))
            texts.append(each.folded)


async def join_legs(
    listed: Iterable[Listed],
    is_delivered: Callable[[Listed], bool],
    leg_is_delivered: Callable[[str], bool],
    ask_for_mms: AskForMms,
) -> None:
    """Find the legs of group messages, of which one stands for all.

    Rows that differ in nothing but their id are legs if they are MMS, and several
    messages if they are SMS. If that is not known, it is asked for; without an answer
    they are several, since a repeat is better than a loss.
    """
    groups: defaultdict[Base, list[Listed]] = defaultdict(list)
    for each in listed:
        if each.message.direction is Direction.RECEIVED:
            groups[each.leg].append(each)
    alike = [
        group
        for group in groups.values()
        if len(group) > 1
        or (not is_delivered(group[0]) and leg_is_delivered(group[0].leg_key))
    ]
    doubtful = [
        each
        for group in alike
        if not all(map(is_delivered, group))
        for each in group
        if not each.is_mms
    ]
    if doubtful:
        mms = await ask_for_mms(doubtful)
        for each in doubtful:
            each.is_mms = each.base in mms
    for group in alike:
        legs = [each for each in group if each.is_mms]
        if not legs:
            continue
        media = next((leg.message.media for leg in legs if leg.message.media), ())
        shown = min(legs, key=lambda leg: not is_delivered(leg))
        for leg in legs:
            leg.leg_of = shown.key
            leg.message = replace(leg.message, media=leg.message.media or media)
            leg.is_leg = leg is not shown or (
                not is_delivered(leg) and leg_is_delivered(leg.leg_key)
            )


def _left_out(rows: Iterable[Row], mms_rows: Mapping[int, Row]) -> dict[int, Row]:
    """Return the rows of getMMS that getSMS does not list."""
    listed = set(map(_place, rows))
    return {key: row for key, row in mms_rows.items() if _place(row) not in listed}


def is_readable(row: Row) -> bool:
    """Return True if a row is a message."""
    try:
        Listed.from_row(row, 0, by_mms=True, is_known=False)
    except UNREADABLE:
        return False
    return True


def _place(row: Row) -> tuple[str, str]:
    """Return where a row is found again in the answer of another function."""
    return str(row.get("id")), str(row.get("date"))


async def _read(
    rows: Mapping[int, Row], known: Collection[int], seconds: set[str], *, by_mms: bool
) -> list[Listed]:
    """Read the rows of some seconds, in steps that do not block the event loop."""
    found: list[Listed] = []
    wanted = [item for item in rows.items() if str(item[1].get("date")) in seconds]
    for count, (key, row) in enumerate(wanted, 1):
        try:
            found.append(
                Listed.from_row(row, key, by_mms=by_mms, is_known=key in known)
            )
        except UNREADABLE:
            LOGGER.debug("VoIP.ms sent a message that cannot be read")
        if count % SLICE == 0:
            await asyncio.sleep(0)
    return found


def _settle_repeated_hour(found: Iterable[Listed], now: datetime) -> None:
    """Tell which of the two hours is meant in which clocks go back.

    VoIP.ms writes wall time, and lists the newest message first. A message of the hour
    that comes twice is of the second if those that came after it allow that.
    """
    next_time = now + LATENESS
    for each in found:
        time = each.message.time
        second = time.astimezone(EASTERN).replace(fold=1).astimezone(UTC)
        if time < second <= next_time:
            each.message = replace(each.message, time=second)
        next_time = min(next_time, each.message.time)
