"""The coordinator of an account's messages."""

import asyncio
from collections.abc import Callable, Collection, Iterable
from datetime import date, datetime, timedelta
from time import monotonic
from typing import Final, override

from homeassistant.core import callback

from ..api import Message
from ..api.errors import VoipmsError
from ..api.history import MessageReader, Row
from ..api.models import CLOCK_DIFFERENCE, EASTERN
from ..const import LOGGER
from ..messages.callback_queue import CallbackQueue
from ..messages.callback_watch import CallbackWatch
from ..messages.conversations import Conversations
from ..messages.days import LATEST, Days
from ..messages.delivery import Delivery
from ..messages.identity import Base, Listed
from ..messages.ledger import Condition, ledger_of
from ..messages.listing import Listing, is_readable, join_legs
from ..messages.pictures import Pictures
from ..messages.recent import LatestOf, Place, RecentMessages, places
from ..messages.reports import Reports
from .base import VoipmsCoordinator
from .context import AccountContext
from .numbers import NumbersCoordinator

MESSAGES_INTERVAL: Final = timedelta(minutes=1)
CALLBACK_INTERVAL: Final = timedelta(minutes=15)
"""How often to poll although VoIP.ms calls when a message comes."""
WHOLE_INTERVAL: Final = 870.0
"""How many seconds pass until all days are asked for, of getMMS, too."""
UNKNOWN_CHECKPOINT: Final = timedelta(days=1)
"""How old a message may be that is delivered if nothing tells what was."""

type Rows = tuple[list[Row], list[Row] | None]
"""What getSMS lists, and getMMS, if it was asked and has answered."""


class MessagesCoordinator(VoipmsCoordinator[dict[Place, Message]]):
    """Coordinator of the messages: its data are the latest of each number and contact.

    What is new goes to `delivery`.
    """

    def __init__(
        self,
        context: AccountContext,
        numbers: NumbersCoordinator,
    ) -> None:
        """Initialize the coordinator."""
        super().__init__(context, "messages", MESSAGES_INTERVAL)
        hass, entry = context.hass, context.entry
        self.data = {}
        self._numbers = numbers
        self._reader = MessageReader(self.client)
        self._days = Days(self.client.clock)
        self._ledger = ledger_of(hass, entry)
        self._reports = Reports(hass, entry)
        self.delivery = Delivery(
            hass, entry, self._ledger, numbers, self.client.clock, self._reports
        )
        self._callback_watch = CallbackWatch(hass, entry, self.client.clock)
        self._callbacks = CallbackQueue(hass, entry, self.async_refresh)
        self._pictures = Pictures(
            hass, entry, self._reader, self._on_media, self._on_no_media
        )
        self._listing = Listing()
        self.conversations = Conversations()
        self._shown: dict[Place, Listed] = {}
        self.recent = RecentMessages()
        self._is_history_wanted = True
        self._whole_at: float | None = None
        self._delivered_until: datetime | None = None
        """What is from before is not delivered, since the ledger was lost."""
        self._no_pictures_before: datetime | None = None
        """What getMMS lists from before is no news, since it did not answer then."""

    # --- Callbacks ---------------------------------------------------------------

    @callback
    def async_expect_calls(self, covers: Callable[[str], bool]) -> None:
        """Rely on VoIP.ms to call when a message comes to a number that is covered."""
        self._callback_watch.async_expect(covers)
        for coordinator in (self._numbers, self):
            self.config_entry.async_on_unload(
                coordinator.async_add_listener(self._set_interval)
            )
        self._set_interval()

    @callback
    def async_called(self, did: str) -> None:
        """Refresh, since VoIP.ms says that there are messages for a number."""
        if did in self._numbers.data:
            self._callback_watch.async_called(did)
            self._callbacks.async_add()

    @callback
    def _set_interval(self) -> None:
        """Poll rarely while the calls of all numbers can be relied on."""
        reliable = self.last_update_success and self._callback_watch.is_reliable(
            self._numbers.data.values()
        )
        interval = CALLBACK_INTERVAL if reliable else MESSAGES_INTERVAL
        if interval != self.update_interval:
            self.update_interval = interval
            self._schedule_refresh()

    @override
    async def async_shutdown(self) -> None:
        """Stop polling, and close the ledger."""
        await super().async_shutdown()
        self._pictures.async_stop()
        self.delivery.async_stop()
        await self._ledger.async_close(self._checkpoint())

    # --- Fetching ----------------------------------------------------------------

    @override
    async def _fetch(self) -> dict[Place, Message]:
        """Fetch what may be new; the first time, the history as well."""
        if not self._ledger.is_loaded:
            await self._load()
        if not self._is_history_wanted:
            await self._fetch_news()
        if self._is_history_wanted:
            await self._fetch_history()
        if not self._ledger.is_open:
            await self._save()  # what is delivered next is saved at once
        self.delivery.async_polled()
        self.delivery.async_deliver()
        await self._save()
        return self._latest()

    async def _load(self) -> None:
        """Load the ledger, and decide what to deliver if it is not whole."""
        ledger = self._ledger
        await ledger.async_load()
        self._no_pictures_before = ledger.no_pictures_before
        self._days.newest = ledger.checkpoint
        self._reports.async_condition(ledger.condition)
        if ledger.condition is Condition.LOST:
            self._delivered_until = (
                ledger.checkpoint or self.client.clock.now() - UNKNOWN_CHECKPOINT
            )
            self._no_pictures_before = self._delivered_until
            if ledger.cutoff is None:
                day = self._delivered_until.astimezone(EASTERN).date()
                ledger.cutoff = day - LATEST

    async def _save(self) -> None:
        """Save from which day on messages are delivered."""
        ledger = self._ledger
        await ledger.async_save(
            self._days.cutoff(ledger.cutoff, self.delivery.days),
            self._no_pictures_before,
            self._checkpoint(),
        )
        self._reports.async_saved(ledger.error)

    def _checkpoint(self) -> datetime | None:
        """Return the time up to which everything has been delivered."""
        newest, waiting = self._days.newest, self.delivery.times
        if newest is None or not waiting:
            return newest
        return min(newest, min(waiting) - timedelta(seconds=1))

    async def _fetch_news(self) -> None:
        """Fetch what may be new."""
        asked_at = self._whole_at
        is_whole = asked_at is None or not 0 <= monotonic() - asked_at < WHOLE_INTERVAL
        start = self._days.start(self._ledger.cutoff, is_whole=is_whole)
        end = self._days.end
        rows = await self._ask(start, end, is_whole)
        await self._sort(rows, (start, end), is_whole=is_whole)
        for shown in self._shown.values():
            # If it has been deleted at VoIP.ms, the one before it is looked for.
            if shown.row not in self._listing and shown.message.eastern_day >= start:
                self._is_history_wanted = True

    async def _fetch_history(self) -> None:
        """Fetch all that is shown or may be new."""
        end = self._days.end
        start = self._days.start(None, is_whole=True)
        start = min(start, self._ledger.cutoff or start)
        rows = await self._ask(start, end, True)
        self._listing.forget()
        await self._sort(rows, (start, end), is_whole=True, afresh=True)
        self._is_history_wanted = False

    async def _ask(self, start: date, end: date, is_whole: bool) -> Rows:
        """Ask getSMS for some days; if for all, getMMS as well, which may list more."""
        ask, known = self._reader.sms, self._listing.is_known
        if not is_whole:
            return await ask(start, end, known), None
        if not self.last_update_success:
            # One call is enough to see whether VoIP.ms answers again.
            rows = await ask(start, end, known), await self._ask_for_mms(start, end)
        else:
            by_mms = asyncio.create_task(self._ask_for_mms(start, end))
            try:
                rows = await ask(start, end, known), await by_mms
            finally:
                by_mms.cancel()
        self._whole_at = monotonic()
        self._days.note_all(rows[0])
        return rows

    async def _ask_for_mms(self, start: date, end: date) -> list[Row] | None:
        """Return the MMS of some days, or None if they cannot be fetched."""
        try:
            found = await self._reader.mms(start, end, self._listing.is_known_mms)
        except VoipmsError as err:
            LOGGER.debug("Picture messages could not be fetched: %s", err)
            return None
        return None if found and not any(map(is_readable, found)) else found

    async def async_read_past(self, start: date, end: date) -> list[Listed]:
        """Fetch the messages of days before those that are polled, which are no news.

        Raises a VoipmsError.
        """
        found = await self._reader.sms(start, end, lambda _: False)
        by_mms = await self._ask_for_mms(start, end)
        reading = await Listing().read(found, by_mms, self._days.now)
        await join_legs(
            reading.listed, lambda _: True, lambda _: False, self._which_are_mms
        )
        return reading.listed

    async def _which_are_mms(self, listed: Collection[Listed]) -> frozenset[Base]:
        """Return which of some messages getMMS lists."""
        days = [each.message.eastern_day for each in listed]
        found = await self._ask_for_mms(min(days), max(days))
        reading = await Listing().read([], found or [], self._days.now)
        return frozenset(each.base for each in reading.listed)

    # --- Sorting -----------------------------------------------------------------

    async def _sort(
        self,
        rows: Rows,
        days: tuple[date, date],
        *,
        is_whole: bool,
        afresh: bool = False,
    ) -> None:
        """Tell what is new, have it delivered, and show the latest.

        Nothing is remembered of an attempt that is interrupted.
        """
        reading = await self._listing.read(*rows, self._days.now)
        await join_legs(
            reading.listed,
            self.delivery.is_settled,
            self._ledger.__contains__,
            self._which_are_mms,
        )
        kept = await self.conversations.async_read(reading.listed)
        self._listing.keep(reading, is_whole=is_whole)
        self.conversations.async_list(kept, self._listing, rows[0], days)
        self._days.note((each.message for each in reading.listed), days[1])
        mms_answered = rows[1] is not None
        if self._ledger.cutoff is None and not mms_answered:
            self._no_pictures_before = self.client.clock.now() - CLOCK_DIFFERENCE
        for each in reading.listed:
            self._take(each)
        self._delivered_until = None
        if mms_answered:
            self._no_pictures_before = None
        before = self._shown
        if afresh:
            self._shown = {}
            self.recent.retain(each.message for each in reading.listed)
        self._show(reading.listed)
        for place, shown in self._shown.items():
            if (was := before.get(place)) and was is not shown and was.key == shown.key:
                shown.take(was)  # its media may have been looked up

    def _is_history(self, listed: Listed) -> bool:
        """Return True if a message was there before, and is not to be delivered."""
        time = listed.message.time
        if self._delivered_until is not None:
            return time <= self._delivered_until
        if self._ledger.cutoff is None:
            return True
        before = self._no_pictures_before
        return bool(before and listed.by_mms and time < before)

    def _take(self, listed: Listed) -> None:
        """Have a message delivered if it is new, and its pictures looked up."""
        self.recent.keep(listed.message)
        is_new = False
        if self._is_history(listed):
            self.delivery.async_enter_history(listed)
        else:
            is_new = self.delivery.async_take(listed)
        if is_new and self._callback_watch.async_check(listed.message):
            self._set_interval()
        if listed.message.media:
            self._pictures.async_forget(listed)
        elif listed.lacks_media and not listed.is_leg:
            if is_new:
                self.delivery.async_hold(listed)
            if is_new or self._pictures.is_recent(listed, self._days.now):
                self._pictures.async_look_up(listed)

    def _show(self, listed: Iterable[Listed]) -> None:
        """Show the latest message of each number and contact, in its best spelling."""
        for each in listed:
            for place in places(each.message):
                shown = self._shown.get(place)
                if shown is not None and shown.key == each.key:
                    shown.take(each)
                    shown.row = each.row
                elif shown is None or (
                    not each.is_leg and shown.message.order < each.message.order
                ):
                    self._shown[place] = each

    def _latest(self) -> dict[Place, Message]:
        """Return the latest message of each number and contact."""
        return {place: shown.message for place, shown in self._shown.items()}

    def latest(self, of: LatestOf, number: str) -> Message | None:
        """Return the latest message of a number or a contact."""
        return self.data.get((of, number))

    @callback
    def _on_media(self, listed: Listed) -> None:
        """Deliver and show media that have been looked up."""
        self.conversations.async_take([listed])
        self.delivery.async_take(listed)
        self.delivery.async_deliver()
        self.recent.keep(listed.message)
        for place in places(listed.message):
            if (shown := self._shown.get(place)) and shown.key == listed.key:
                shown.take(listed)
        if self.data != (latest := self._latest()):
            self.data = latest
            self.async_update_listeners()

    @callback
    def _on_no_media(self, listed: Listed) -> None:
        """Deliver a message that is no MMS."""
        self.delivery.async_release(listed)

    async def async_look_back(self) -> None:
        """Fetch the history as well: something of it may have been deleted."""
        self._is_history_wanted = True
        await self.async_refresh()
