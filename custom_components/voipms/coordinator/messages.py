"""The messages of an account: polled, and the latest of each number kept."""

import asyncio
from collections.abc import Callable, Collection, Iterable
from datetime import date, datetime, timedelta
from time import monotonic
from typing import Any, Final, override

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant, callback
from homeassistant.util import dt as dt_util

from ..api import Message, VoipmsWriter
from ..api.errors import VoipmsError
from ..api.history import read_messages
from ..api.models import CLOCK_DIFFERENCE, eastern_today
from ..const import DOMAIN, LOGGER
from ..messages.callback_watch import CallbackWatch
from ..messages.conversations import Conversations
from ..messages.delivery import Delivery
from ..messages.identity import Base, Listed
from ..messages.ledger import ledger_of
from ..messages.listing import Listing, Row, is_readable, join_legs
from ..messages.pictures import Pictures
from .base import Health, VoipmsCoordinator
from .numbers import NumbersCoordinator

MESSAGES_INTERVAL: Final = timedelta(minutes=1)
CALLED_INTERVAL: Final = timedelta(minutes=15)
"""How often to look although VoIP.ms calls when a message comes."""
MMS_INTERVAL: Final = timedelta(minutes=14, seconds=30)
"""How often to ask getMMS, too: every quarter of an hour, whichever poll that is."""
GATHER: Final = 0.01
CALLS_AT_ONCE: Final = 5
CALLS_PERIOD: Final = 15.0
"""A few calls within so many seconds are answered at once; more of them wait."""
HISTORY: Final = timedelta(days=89)
"""How far back the latest message of a number is looked for."""
OVERLAP: Final = timedelta(days=1)
MMS_ARREARS: Final = timedelta(days=7)
"""How long days are asked for again because getMMS does not answer."""

EASTERN_STANDARD: Final = "-5"
"""The offset with which VoIP.ms answers in Eastern wall time, all year round."""


class MessagesCoordinator(VoipmsCoordinator[dict[str, Message]]):
    """The latest message of each number, as well as it is known.

    What is new goes to `delivery`.
    """

    def __init__(
        self,
        hass: HomeAssistant,
        entry: ConfigEntry[Any],
        writer: VoipmsWriter,
        health: Health,
        numbers: NumbersCoordinator,
    ) -> None:
        """Initialize without messages."""
        super().__init__(hass, entry, writer, health, "messages", MESSAGES_INTERVAL)
        self.data = {}
        self._numbers = numbers
        self._ledger = ledger_of(hass, entry)
        self.delivery = Delivery(hass, entry, self._ledger, numbers)
        self._callback_watch = CallbackWatch(hass, entry)
        self._pictures = Pictures(
            hass, entry, self.client, self._on_media, self._on_no_media
        )
        self._listing = Listing()
        self.conversations = Conversations()
        self._shown: dict[str, Listed] = {}
        self._past_wanted = True
        self._mms_asked_at: datetime | None = None
        self._mms_until: date | None = None
        """The day up to which getMMS has said what there is."""
        self._mms_history_before: datetime | None = None
        """What getMMS lists from before is no news, since it did not answer then."""
        self._call_waits = False
        self._answering: asyncio.Task[None] | None = None
        self._answers: list[float] = []

    # --- Being called ------------------------------------------------------------

    @callback
    def async_expect_calls(self, covers: Callable[[str], bool]) -> None:
        """Rely on VoIP.ms to call when a message comes to a number that is covered."""
        self._callback_watch.async_expect(covers)
        for coordinator in (self._numbers, self):
            self.config_entry.async_on_unload(
                coordinator.async_add_listener(self._pace)
            )
        self._pace()

    @callback
    def async_called(self, did: str) -> None:
        """Look for messages now, since VoIP.ms says that there are some.

        Calls that come while one is answered are answered by one more look.
        """
        if did not in self._numbers.data:
            return
        self._callback_watch.async_called(did)
        self._call_waits = True
        if self._answering is None or self._answering.done():
            self._answering = self.config_entry.async_create_background_task(
                self.hass, self._answer(), f"{DOMAIN} callback"
            )

    async def _answer(self) -> None:
        """Look as long as somebody calls, but not without end."""
        while self._call_waits:
            await asyncio.sleep(self._patience())
            self._call_waits = False
            await self.async_refresh()

    def _patience(self) -> float:
        """Return how many seconds a call has to wait for its answer.

        The first few are answered at once, after the moment that gathers a burst.
        Those that go on and on get an answer every few seconds.
        """
        now = monotonic()
        self._answers = [at for at in self._answers if now - at < CALLS_PERIOD]
        wait = GATHER
        if len(self._answers) >= CALLS_AT_ONCE:
            wait = max(wait, CALLS_PERIOD / CALLS_AT_ONCE)
        self._answers.append(now + wait)
        return wait

    @callback
    def _pace(self) -> None:
        """Poll rarely while the calls of all numbers can be relied on."""
        reliable = self.last_update_success and self._callback_watch.is_reliable(
            self._numbers.data.values()
        )
        interval = CALLED_INTERVAL if reliable else MESSAGES_INTERVAL
        if interval != self.update_interval:
            self.update_interval = interval
            self._schedule_refresh()

    @override
    async def async_shutdown(self) -> None:
        """Stop, and let go of the ledger."""
        await super().async_shutdown()
        self._pictures.async_stop()
        self.delivery.async_stop()
        await self.hass.async_add_executor_job(self._ledger.close)

    # --- Fetching ----------------------------------------------------------------

    @override
    async def _fetch(self) -> dict[str, Message]:
        """Fetch what came since the horizon; the first time, the past as well."""
        if not self._ledger.is_open:
            await self.hass.async_add_executor_job(self._ledger.open)
        today = eastern_today()
        horizon = self._ledger.horizon
        start = horizon or today - OVERLAP
        if not self._past_wanted:
            await self._look(start, today)
        if self._past_wanted:
            await self._look_back(min(start, today - HISTORY), today)
        self.delivery.async_deliver()
        if horizon != (accounted := self._accounted(today)):
            await self.hass.async_add_executor_job(self._ledger.move, accounted)
        return self._latest()

    def _accounted(self, today: date) -> date:
        """Return the day from which on everything has to be asked for again.

        What waits is not accounted for: after a crash it must be asked for again. So
        must what getMMS alone lists and could not say.
        """
        heard = self._mms_until
        if heard is None and (horizon := self._ledger.horizon):
            heard = horizon + OVERLAP
        complete = min(today, max(heard or today, today - MMS_ARREARS))
        return min([complete - OVERLAP, *self.delivery.days])

    async def _look(self, start: date, today: date) -> None:
        """Look for what is new."""
        await self._take(await self._ask_both(start, today), (start, today))
        for shown in self._shown.values():
            # If one that is shown has been deleted at VoIP.ms, the past is wanted.
            if shown.row not in self._listing and shown.message.eastern_day >= start:
                self._past_wanted = True

    async def _look_back(self, start: date, today: date) -> None:
        """Put together anew what is known of the past."""
        self._mms_asked_at = None
        found = await self._ask_both(start, today)
        self._listing.forget()
        await self._take(found, (start, today), afresh=True)
        self._past_wanted = False

    async def _ask_both(
        self, start: date, today: date
    ) -> tuple[list[Row], list[Row] | None]:
        """Ask getSMS for some days; now and then getMMS as well, which may list more."""
        asked_at, now = self._mms_asked_at, dt_util.utcnow()
        if asked_at and timedelta() <= now - asked_at < MMS_INTERVAL:
            return await self._ask("getSMS", start, today), None
        self._mms_asked_at = now
        by_mms = asyncio.create_task(self._ask_for_mms(start, today))
        try:
            return await self._ask("getSMS", start, today), await by_mms
        finally:
            by_mms.cancel()

    async def _ask(self, method: str, start: date, end: date) -> list[Row]:
        """Fetch the messages of some days."""
        params = {
            "from": start.isoformat(),
            "to": end.isoformat(),
            "timezone": EASTERN_STANDARD,
        }
        if method == "getSMS":
            params["all_messages"] = "1"
        return await read_messages(self.client, method, params)

    async def _ask_for_mms(self, start: date, end: date) -> list[Row] | None:
        """Fetch the MMS of some days, or None if they cannot be fetched."""
        try:
            found = await self._ask("getMMS", start, end)
        except VoipmsError as err:
            LOGGER.debug("Picture messages could not be fetched: %s", err)
            return None
        return None if found and not any(map(is_readable, found)) else found

    async def async_read_past(self, start: date, end: date) -> list[Listed]:
        """Fetch the messages of days before those that are polled, which are no news.

        Raises a VoipmsError.
        """
        found = await self._ask("getSMS", start, end)
        look = await Listing().read(found, await self._ask_for_mms(start, end))
        await join_legs(
            look.listed, lambda _: True, lambda _: False, self._which_are_mms
        )
        return look.listed

    async def _which_are_mms(self, listed: Collection[Listed]) -> frozenset[Base]:
        """Return which of some messages getMMS knows."""
        days = [each.message.eastern_day for each in listed]
        found = await self._ask_for_mms(min(days), max(days))
        look = await Listing().read([], found or [])
        return frozenset(each.base for each in look.listed)

    # --- Sorting out -------------------------------------------------------------

    async def _take(
        self,
        found: tuple[list[Row], list[Row] | None],
        days: tuple[date, date],
        *,
        afresh: bool = False,
    ) -> None:
        """Sort out what is new, let it wait for delivery, and show the latest.

        The rest is one step: a look that is broken off has not been.
        """
        look = await self._listing.read(*found)
        await join_legs(
            look.listed,
            self.delivery.is_settled,
            self._ledger.__contains__,
            self._which_are_mms,
        )
        kept = await self.conversations.async_read(look.listed)
        self._listing.keep(look)
        self.conversations.async_list(kept, self._listing, *days)
        mms_answered = found[1] is not None
        if self._ledger.horizon is None and not mms_answered:
            self._mms_history_before = dt_util.utcnow() - CLOCK_DIFFERENCE
        for each in look.listed:
            self._take_one(each)
        if mms_answered:
            self._mms_until = eastern_today()
            self._mms_history_before = None
        before = self._shown
        if afresh:
            self._shown = {}
        self._show(look.listed)
        for did, shown in self._shown.items():
            if (was := before.get(did)) and was is not shown and was.key == shown.key:
                shown.take(was)  # its media may have been looked up

    def _is_history(self, listed: Listed) -> bool:
        """Return True if a message was there before the account was added."""
        if self._ledger.horizon is None:
            return True
        before = self._mms_history_before
        return bool(before and listed.by_mms and listed.message.time < before)

    def _take_one(self, listed: Listed) -> None:
        """Have a message delivered if it is new, and its pictures looked up."""
        is_new = False
        if self._is_history(listed):
            self.delivery.async_enter_history(listed)
        else:
            is_new = self.delivery.async_take(listed)
        if is_new and self._callback_watch.async_judge(listed.message):
            self._pace()
        if listed.message.media:
            self._pictures.async_forget(listed)
        elif listed.lacks_media and not listed.is_leg:
            if is_new:
                self.delivery.async_hold(listed)
            if is_new or self._pictures.is_recent(listed):
                self._pictures.async_want(listed)

    def _show(self, listed: Iterable[Listed]) -> None:
        """Show the latest message of each number, in its best spelling."""
        for each in listed:
            did = each.message.did
            shown = self._shown.get(did)
            if shown is not None and shown.key == each.key:
                shown.take(each)
                shown.row = each.row
            elif shown is None or (
                not each.is_leg and shown.message.order < each.message.order
            ):
                self._shown[did] = each

    def _latest(self) -> dict[str, Message]:
        """Return the latest message of each number."""
        return {did: shown.message for did, shown in self._shown.items()}

    @callback
    def _on_media(self, listed: Listed) -> None:
        """Deliver and show media that have been looked up."""
        self.conversations.async_take([listed])
        self.delivery.async_take(listed)
        self.delivery.async_deliver()
        shown = self._shown.get(listed.message.did)
        if shown and shown.key == listed.key:
            shown.take(listed)
            self.data = self._latest()
            self.async_update_listeners()

    @callback
    def _on_no_media(self, listed: Listed) -> None:
        """Deliver a message that is no MMS."""
        self.delivery.async_release(listed)

    async def async_look_back(self) -> None:
        """Fetch again, the past as well: something of it may have been deleted."""
        self._past_wanted = True
        await self.async_refresh()
