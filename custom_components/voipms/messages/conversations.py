"""The messages of an account by conversation: what the coordinator's lists hold.

They stay in memory, so that a card opens without a call. A message takes some 600
bytes beside its text; a year of ten messages a day is two megabytes.
"""

import asyncio
from bisect import insort
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from operator import attrgetter
from sys import intern
from typing import Final, NamedTuple

from homeassistant.core import CALLBACK_TYPE, callback

from ..api import Direction, Message
from ..api.history import MANY, Row
from ..api.models import EASTERN, eastern_to_utc
from .identity import Listed
from .listing import Listing

SLICE: Final = 500
"""How many messages are read in one step of the event loop."""
LONGEST_WINDOW: Final = timedelta(days=120)
"""How far back messages are kept before those that are no longer listed go."""

_by_order: Final = attrgetter("order")


class Thread(NamedTuple):
    """A conversation: one of the account's numbers, and whom it is with."""

    did: str
    contact: str


@dataclass(slots=True)
class Kept:
    """A message as it is kept for the card."""

    key: str
    message: Message
    row: int
    """By what the row that says so is recognized."""
    by_mms: bool
    is_mms: bool
    may_be_mms: bool
    leg_of: str = ""
    """The key of the message that stands for this one of a group message."""

    @classmethod
    def of(cls, listed: Listed) -> Kept:
        """Return a message as it is listed."""
        message = listed.message
        is_leg = listed.is_leg and listed.leg_of != listed.key
        return cls(
            listed.key,
            replace(message, did=intern(message.did), contact=intern(message.contact)),
            listed.row,
            listed.by_mms,
            listed.is_mms,
            listed.may_be_mms,
            listed.leg_of if is_leg else "",
        )

    @property
    def thread(self) -> Thread:
        """Return the conversation that the message belongs to."""
        return thread_of(self.message)

    @property
    def order(self) -> tuple[datetime, int, str]:
        """Return what sorts messages as they came."""
        return self.message.order

    @property
    def kind(self) -> str | None:
        """Return what the message went as, or None where it is not known."""
        if self.is_mms:
            return "mms"
        return None if self.may_be_mms else "sms"

    def with_news(self, listed: Listed) -> Kept:
        """Return the message with what another look says of it."""
        known = Listed(
            message=self.message,
            base=(),
            folded="",
            row=self.row,
            by_mms=self.by_mms,
            is_mms=self.is_mms,
            may_be_mms=self.may_be_mms,
            is_known=True,
            key=self.key,
        )
        known.take(listed)
        # The time of the hour that comes twice may be known better by now.
        known.message = replace(known.message, time=listed.message.time)
        known.row = listed.row
        known.is_leg, known.leg_of = listed.is_leg, listed.leg_of
        return Kept.of(known)


@dataclass(slots=True)
class Changes:
    """What a look at the messages changed."""

    messages: list[Kept] = field(default_factory=list)
    """New or changed ones."""
    new: set[str] = field(default_factory=set)
    """The keys of new ones."""
    removed: list[Kept] = field(default_factory=list)

    @property
    def threads(self) -> set[Thread]:
        """Return the conversations in which something changed."""
        return {kept.thread for kept in (*self.messages, *self.removed)}

    def __bool__(self) -> bool:
        """Return True if something changed."""
        return bool(self.messages or self.removed)


type Listener = Callable[[Changes], None]


class Conversations:
    """The listed messages of an account, by conversation, and who follows them."""

    def __init__(self) -> None:
        """Initialize without messages."""
        self.since: date | None = None
        """The first day whose messages are all here; None until they are fetched."""
        self._messages: dict[str, Kept] = {}
        self._threads: dict[Thread, list[Kept]] = {}
        self._listeners: list[Listener] = []

    @property
    def threads(self) -> Mapping[Thread, Sequence[Kept]]:
        """Return the messages of each conversation, oldest first."""
        return self._threads

    def get(self, key: str) -> Kept | None:
        """Return a message by its key."""
        return self._messages.get(key)

    def legs(self, key: str) -> list[Kept]:
        """Return the other messages of a group message."""
        return [kept for kept in self._messages.values() if kept.leg_of == key]

    def find(self, message: Message) -> Kept | None:
        """Return what is kept of a message that an event or a sensor has."""
        for kept in reversed(self._threads.get(thread_of(message), [])):
            if kept.message.time < message.time:
                break
            if (kept.message.id, kept.message.direction) == (
                message.id,
                message.direction,
            ) and kept.message.media == message.media:
                return kept
        return None

    @callback
    def async_listen(self, listener: Listener) -> CALLBACK_TYPE:
        """Have a function called with what changes."""
        self._listeners.append(listener)

        @callback
        def stop() -> None:
            self._listeners.remove(listener)

        return stop

    async def async_read(self, listed: Sequence[Listed]) -> list[Kept]:
        """Read many messages without holding anybody up."""
        found: list[Kept] = []
        for count, each in enumerate(listed, 1):
            found.append(self._read(each))
            if count % SLICE == 0:
                await asyncio.sleep(0)
        return found

    def _read(self, listed: Listed) -> Kept:
        """Return a message with what was known of it before."""
        if known := self._messages.get(listed.key):
            return known.with_news(listed)
        return Kept.of(listed)

    @callback
    def async_take(self, listed: Iterable[Listed]) -> None:
        """Take in messages that are new, or listed in another way."""
        self._tell(self._put(map(self._read, listed)))

    @callback
    def async_list(
        self,
        found: Iterable[Kept],
        listing: Listing,
        rows: Sequence[Row],
        days: tuple[date, date],
    ) -> None:
        """Take in what was found among all messages of some days.

        What is here and not listed any more has been deleted.
        """
        start, end = days
        changes = self._put(found)
        begin = start_of(start)
        if len(rows) >= MANY:
            # VoIP.ms may have left out older ones.
            begin = max(begin, _oldest(rows) or begin)
        for thread in list(self._threads.values()):
            for kept in reversed(thread):
                if kept.message.time < begin:
                    break
                if kept.row not in listing:
                    changes.removed.append(kept)
        for kept in changes.removed:
            self._drop(kept)
        if self.since is None or start < self.since:
            self.since = start
        elif end - self.since > LONGEST_WINDOW:
            self._forget_before(end - timedelta(days=89))
        self._tell(changes)

    @callback
    def async_remove(self, keys: Iterable[str]) -> None:
        """Remove messages that have been deleted."""
        changes = Changes()
        for key in keys:
            if kept := self._messages.get(key):
                self._drop(kept)
                changes.removed.append(kept)
        self._tell(changes)

    def _put(self, found: Iterable[Kept]) -> Changes:
        """Keep messages; return which of them say something new."""
        changes = Changes()
        for kept in found:
            known = self._messages.get(kept.key)
            self._messages[kept.key] = kept
            if known is None:
                if not kept.leg_of:
                    self._insert(kept)
                    changes.new.add(kept.key)
                    changes.messages.append(kept)
                continue
            if not known.leg_of:
                self._take_out(known)
            if not kept.leg_of:
                self._insert(kept)
                known.row = kept.row
                if known != kept:
                    changes.messages.append(kept)
            elif not known.leg_of:
                changes.removed.append(kept)
        return changes

    def _insert(self, kept: Kept) -> None:
        """Insert a message at its place in its conversation."""
        thread = self._threads.setdefault(kept.thread, [])
        if not thread or thread[-1].order <= kept.order:
            thread.append(kept)
        else:
            insort(thread, kept, key=_by_order)

    def _take_out(self, kept: Kept) -> None:
        """Take a message out of its conversation."""
        thread = self._threads[kept.thread]
        position = next(
            index
            for index in range(len(thread) - 1, -1, -1)
            if thread[index].key == kept.key
        )
        del thread[position]
        if not thread:
            del self._threads[kept.thread]

    def _drop(self, kept: Kept) -> None:
        """Forget a message."""
        known = self._messages.pop(kept.key, None)
        if known and not known.leg_of:
            self._take_out(known)

    def _forget_before(self, day: date) -> None:
        """Forget what is too old to be kept in memory."""
        begin = start_of(day)
        for kept in list(self._messages.values()):
            if kept.message.time < begin:
                self._drop(kept)
        self.since = day

    def _tell(self, changes: Changes) -> None:
        """Tell those who follow the messages what changed."""
        if changes:
            for listener in self._listeners.copy():
                listener(changes)


def _oldest(rows: Sequence[Row]) -> datetime | None:
    """Return the time of the oldest of some rows."""
    try:
        return eastern_to_utc(min(str(row["date"]) for row in rows))
    except LookupError, ValueError:
        return None


def thread_of(message: Message) -> Thread:
    """Return the conversation that a message belongs to."""
    return Thread(message.did, message.contact)


def start_of(day: date) -> datetime:
    """Return when a day begins for VoIP.ms."""
    return datetime.combine(day, time(), EASTERN).astimezone(UTC)


def latest(
    messages: Sequence[Kept], before: datetime | None, limit: int
) -> tuple[Sequence[Kept], bool]:
    """Return the last messages before a time, and whether there are older ones.

    Messages of one second stay together.
    """
    end = len(messages)
    if before is not None:
        while end and messages[end - 1].message.time >= before:
            end -= 1
    begin = max(0, end - limit)
    while 0 < begin < end and (
        messages[begin - 1].message.time == messages[begin].message.time
    ):
        begin -= 1
    return messages[begin:end], begin > 0


def received_after(messages: Iterable[Kept], moment: datetime) -> int:
    """Return how many messages were received after a time; the newest come first."""
    count = 0
    for kept in messages:
        if kept.message.time <= moment:
            break
        count += kept.message.direction is Direction.RECEIVED
    return count
