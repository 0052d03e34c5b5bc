"""Messages of before those that are polled, fetched when somebody scrolls back."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util

from ..api.models import EASTERN, eastern_today
from ..const import DOMAIN
from .conversations import Conversations, Kept, Thread, latest, start_of
from .identity import Listed

DAYS: Final = timedelta(days=90)
"""What VoIP.ms answers at once."""
KEPT: Final = 4
"""How many stretches of days are kept, which may be those of several readers."""
EMPTY_AT_THE_END: Final = 4
"""So many stretches without a message mean that there is nothing older."""
FIRST_DAY: Final = date(2010, 1, 1)
"""VoIP.ms had no messages before."""

type Stretch = Mapping[Thread, Sequence[Kept]]
type Fetch = Callable[[date, date], Awaitable[Sequence[Listed]]]


@dataclass(frozen=True, slots=True)
class Page:
    """A part of a conversation, oldest message first."""

    messages: Sequence[Kept]
    has_more: bool
    before: datetime | None
    """What to ask for next."""


class Archive:
    """Reads conversations backwards: what is listed first, then older stretches."""

    def __init__(
        self, hass: HomeAssistant, conversations: Conversations, fetch: Fetch
    ) -> None:
        """Initialize with nothing fetched."""
        self._hass = hass
        self._conversations = conversations
        self._fetch = fetch
        self._stretches: dict[date, asyncio.Task[Stretch]] = {}
        self._are_empty: dict[date, bool] = {}
        self._found: dict[str, Kept] = {}
        """Messages by their key: those that have media."""

    def get(self, key: str) -> Kept | None:
        """Return a message that has been read, by its key."""
        for task in self._stretches.values():
            if task.done() and not task.cancelled() and not task.exception():
                for messages in task.result().values():
                    for kept in messages:
                        if kept.key == key:
                            return kept
        return self._found.get(key)

    def forget(self) -> None:
        """Fetch anew what is asked for from now on."""
        self._stretches.clear()

    async def async_page(
        self, thread: Thread, before: datetime | None, limit: int
    ) -> Page:
        """Return the last messages of a conversation before a time.

        What is listed costs no call, what is older one for each stretch of days, which
        may have no message of the conversation. Raises a VoipmsError.
        """
        since = self._conversations.since or eastern_today()
        begin = start_of(since)
        if before is None or before > begin:
            messages = self._conversations.threads.get(thread, ())
            found, has_more = latest(messages, before, limit)
            if found or before is None:
                return self._page(found, has_more, begin)
            before = begin
        day = (before - timedelta.resolution).astimezone(EASTERN).date()
        stretches = (since - timedelta(days=1) - day) // DAYS
        first = since - (stretches + 1) * DAYS
        stretch = await self._async_stretch(first)
        found, has_more = latest(stretch.get(thread, ()), before, limit)
        return self._page(found, has_more, start_of(first))

    def _page(self, found: Sequence[Kept], has_more: bool, begin: datetime) -> Page:
        """Return a page; what is older than `begin` is another stretch."""
        if has_more:
            return Page(found, True, found[0].message.time)
        if self._is_end(begin.astimezone(EASTERN).date()):
            return Page(found, False, None)
        return Page(found, True, begin)

    def _is_end(self, day: date) -> bool:
        """Return True if there is nothing older than a day."""
        return day <= FIRST_DAY or any(
            day <= each + EMPTY_AT_THE_END * DAYS
            and all(
                self._are_empty.get(each + number * DAYS)
                for number in range(EMPTY_AT_THE_END)
            )
            for each in self._are_empty
        )

    async def _async_stretch(self, first: date) -> Stretch:
        """Return the messages of a stretch of days, fetched once."""
        task = self._stretches.pop(first, None)
        if task is None or (task.done() and (task.cancelled() or task.exception())):
            # Somebody else may wait for it when the one who asked first is gone.
            task = self._hass.async_create_background_task(
                self._async_fetch(first), f"{DOMAIN} older messages"
            )
        self._stretches[first] = task
        while len(self._stretches) > KEPT:
            del self._stretches[next(iter(self._stretches))]
        return await asyncio.shield(task)

    async def _async_fetch(self, first: date) -> Stretch:
        """Fetch the messages of a stretch of days. Raises a VoipmsError."""
        started = dt_util.utcnow()
        listed = await self._fetch(first, first + DAYS - timedelta(days=1))
        stretch: dict[Thread, list[Kept]] = {}
        for kept in await self._conversations.async_read(listed):
            if kept.leg_of or kept.message.time > started:
                continue
            stretch.setdefault(kept.thread, []).append(kept)
            if kept.message.media:
                self._found[kept.key] = kept
        self._are_empty[first] = not stretch
        return stretch
