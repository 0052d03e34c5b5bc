"""The messages of an account: polled, and delivered once each."""

import asyncio
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from operator import itemgetter
from pathlib import Path
from time import monotonic
from typing import Any, Final, override

from homeassistant.components.event import DOMAIN as EVENT_DOMAIN
from homeassistant.config_entries import ConfigEntry
from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.start import async_at_started
from homeassistant.helpers.storage import STORAGE_DIR
from homeassistant.util import dt as dt_util

from .. import issues
from ..api import Direction, Message, VoipmsWriter
from ..api.history import read_messages
from ..api.models import CLOCK_DIFFERENCE, EASTERN, eastern_today
from ..api.phone import display
from ..const import DOMAIN, LOGGER
from .base import Health, VoipmsCoordinator
from .ledger import Ledger, digest
from .numbers import NumbersCoordinator

MESSAGES_INTERVAL: Final = timedelta(minutes=1)
CALLED_INTERVAL: Final = timedelta(minutes=15)
"""How often to look although VoIP.ms calls when a message comes."""
CALL_LATENESS: Final = timedelta(minutes=2)
GATHER: Final = 0.01
CALLS_AT_ONCE: Final = 5
CALLS_PERIOD: Final = 15.0
"""A few calls within so many seconds are answered at once; more of them wait."""
SLICE: Final = 500
"""How many new messages are read in one step of the event loop."""
HISTORY: Final = timedelta(days=89)
"""How far back the latest message of a number is looked for."""
OVERLAP: Final = timedelta(days=1)

EASTERN_STANDARD: Final = "-5"
"""The offset with which VoIP.ms answers in Eastern wall time, all year round."""

type MessageListener = Callable[[Message], None]
type Identity = tuple[str, ...]
type Fresh = tuple[int, str, Message]
"""A new message behind what it is recognised by, in the window and in the ledger."""

IDENTITY: Final = ("id", "date", "type", "did", "contact", "message")
_identity: Final = itemgetter(*IDENTITY)


def ledger_of(hass: HomeAssistant, entry: ConfigEntry[Any]) -> Ledger:
    """Return the ledger of an account's messages."""
    name = f"{DOMAIN}.{entry.entry_id}.messages"
    return Ledger(Path(hass.config.path(STORAGE_DIR, name)))


class MessagesCoordinator(VoipmsCoordinator[dict[str, Message]]):
    """The latest message of each number; every new one goes to who listens.

    A message goes from `_waiting` to the listeners of its number and into the ledger
    in one step of the event loop. Those of a number that nobody listens to yet wait.
    """

    def __init__(
        self,
        hass: HomeAssistant,
        entry: ConfigEntry[Any],
        writer: VoipmsWriter,
        health: Health,
        numbers: NumbersCoordinator,
    ) -> None:
        """Start without messages."""
        super().__init__(hass, entry, writer, health, "messages", MESSAGES_INTERVAL)
        self.data = {}
        self._numbers = numbers
        self._ledger = ledger_of(hass, entry)
        self._past_wanted = True
        self._looked_at: datetime | None = None
        self._window: set[int] = set()
        self._latest: dict[str, int] = {}
        self._waiting: dict[str, tuple[date, Message]] = {}
        self._message_listeners: dict[str, list[MessageListener]] = {}
        self._asked_for: set[str] = set()
        self._started = False
        self._covers: Callable[[str], bool] | None = None
        self._since = dt_util.utcnow()
        self._called_at: dict[str, datetime] = {}
        self._silent: set[str] = set()
        self._call_waits = False
        self._answering: asyncio.Task[None] | None = None
        self._answers: list[float] = []

    # --- Being called ------------------------------------------------------------

    @callback
    def async_expect_calls(self, covers: Callable[[str], bool]) -> None:
        """Rely on VoIP.ms to call when a message comes to a number that is covered."""
        self._covers = covers
        self._since = dt_util.utcnow()
        issues.async_clear(self.hass, self.config_entry, issues.CALLBACK_MISSING)
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
        self._called_at[did] = dt_util.utcnow()
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
        reliable = (
            self._covers is not None
            and self.last_update_success
            and not self._silent
            and all(
                self._covers(did)
                for did, number in self._numbers.data.items()
                if number.sms_available and number.sms_enabled
            )
        )
        interval = CALLED_INTERVAL if reliable else MESSAGES_INTERVAL
        if interval != self.update_interval:
            self.update_interval = interval
            self._schedule_refresh()

    def _judge(self, message: Message) -> None:
        """Tell by a new message whether VoIP.ms calls when it should."""
        if (
            self._covers is None
            or message.direction is not Direction.RECEIVED
            or message.time < self._since
        ):
            return
        called_at = self._called_at.get(message.did)
        if called_at and called_at >= message.time - CALL_LATENESS:
            self._silent.discard(message.did)
        elif dt_util.utcnow() - message.time > CALL_LATENESS:
            self._silent.add(message.did)
        else:
            return
        self._show_silence()
        self._pace()

    def _show_silence(self) -> None:
        """Tell the user of the numbers whose calls do not come."""
        if not self._silent:
            issues.async_clear(self.hass, self.config_entry, issues.CALLBACK_MISSING)
            return
        issues.async_raise(
            self.hass,
            self.config_entry,
            issues.CALLBACK_MISSING,
            placeholders={"number": ", ".join(map(display, sorted(self._silent)))},
        )

    @override
    async def async_shutdown(self) -> None:
        """Stop, and let go of the ledger."""
        await super().async_shutdown()
        await self.hass.async_add_executor_job(self._ledger.close)

    # --- Fetching ----------------------------------------------------------------

    @override
    async def _fetch(self) -> dict[str, Message]:
        """Fetch what came since the horizon; the first time, the past as well."""
        if not self._ledger.is_open:
            await self.hass.async_add_executor_job(self._ledger.open)
        looking_at = dt_util.utcnow()
        today = eastern_today()
        horizon = self._ledger.horizon
        start = horizon or today - OVERLAP
        if not self._past_wanted:
            data = await self._take(await self._ask(start, today), start)
        if self._past_wanted:
            self._window.clear()
            everything = await self._ask(min(start, today - HISTORY), today)
            data = await self._take(everything, None)
            self._past_wanted = False
        self._looked_at = looking_at - CLOCK_DIFFERENCE
        self.async_deliver()
        # What waits is not accounted for: after a crash it must be asked for again.
        days = [day for day, _ in self._waiting.values()]
        accounted = min([today - OVERLAP, *days])
        if horizon != accounted:
            await self.hass.async_add_executor_job(self._ledger.move, accounted)
        return data

    async def _ask(self, start: date, end: date) -> list[Mapping[str, Any]]:
        """Fetch the messages of some days."""
        return await read_messages(
            self.client,
            "getSMS",
            {
                "from": start.isoformat(),
                "to": end.isoformat(),
                "timezone": EASTERN_STANDARD,
                "all_messages": "1",
            },
        )

    async def _take(
        self, found: Iterable[Mapping[str, Any]], start: date | None
    ) -> dict[str, Message]:
        """Sort out what is new; return the latest message of each number.

        Rows that were there at the last poll are recognised and not read again.
        Without `start`, what is known of the past is put together anew.
        """
        await asyncio.sleep(0)  # decoding a long answer was a step of its own
        window = {recognise(row): row for row in found}
        fresh = await self._read_new(window)
        self._window = set(window)
        self._receive(fresh)
        return self._show(fresh, start)

    async def _read_new(self, window: Mapping[int, Mapping[str, Any]]) -> list[Fresh]:
        """Read the rows that were not there before, in the order in which they came.

        Thousands of them, as at the first start, do not hold anybody up.
        """
        fresh: list[Fresh] = []
        new = [key for key in window if key not in self._window]
        for count, key in enumerate(new, 1):
            try:
                message = Message.from_row(window[key])
            except KeyError, ValueError:
                LOGGER.debug("VoIP.ms sent a message that cannot be read")
            else:
                fresh.append((key, digest(identify(window[key])), message))
            if count % SLICE == 0:
                await asyncio.sleep(0)
        return in_order(fresh)

    def _receive(self, fresh: Iterable[Fresh]) -> None:
        """Let new messages wait for delivery; those before the first start do not."""
        horizon = self._ledger.horizon
        for _, key, message in fresh:
            day = message.eastern_day
            if horizon is None:
                self._ledger.enter(key, day)
            elif day >= horizon and key not in self._ledger:
                self._waiting[key] = (day, message)
                self._judge(message)

    def _show(self, fresh: Iterable[Fresh], start: date | None) -> dict[str, Message]:
        """Return the latest message of each number.

        If one that was shown has been deleted at VoIP.ms, the past is wanted again.
        """
        if start is None:
            self._latest.clear()
        data = {} if start is None else self.data.copy()
        for did, key in self._latest.items():
            if start and key not in self._window and data[did].eastern_day >= start:
                self._past_wanted = True
        for key, _, message in fresh:
            if (shown := data.get(message.did)) is None or shown.order < message.order:
                data[message.did] = message
                self._latest[message.did] = key
        return data

    async def async_look_back(self) -> None:
        """Fetch again, the past as well: something of it may have been deleted."""
        self._past_wanted = True
        await self.async_refresh()

    # --- Delivering --------------------------------------------------------------

    @callback
    def async_start(self) -> None:
        """Begin to deliver when the automations are there to listen, too."""

        @callback
        def begin(_: HomeAssistant) -> None:
            """Deliver what has waited, and what comes from now on."""
            self._started = True
            self.async_deliver()

        self.config_entry.async_on_unload(async_at_started(self.hass, begin))

    @callback
    def async_listen(self, did: str, listener: MessageListener) -> CALLBACK_TYPE:
        """Have a function called with each new message of a number, in order."""
        listeners = self._message_listeners.setdefault(did, [])
        listeners.append(listener)
        self.async_deliver()

        @callback
        def stop() -> None:
            listeners.remove(listener)
            if not listeners:
                self._message_listeners.pop(did, None)

        return stop

    @callback
    def async_deliver(self) -> None:
        """Hand out what waits and has somebody to hand it to."""
        if not self._started:
            return
        for key, (day, message) in list(self._waiting.items()):
            listeners = self._message_listeners.get(message.did)
            if listeners is None and not self._is_unheard(message.did):
                continue
            del self._waiting[key]
            for listener in listeners or ():
                listener(message)
            self._ledger.enter(key, day)

    def _is_unheard(self, did: str) -> bool:
        """Tell whether nobody is going to listen to a number.

        A number that is not known may be a new one, which is worth one look.
        """
        if number := self._numbers.data.get(did):
            if not number.sms_available:
                return True
            registry = er.async_get(self.hass)
            entity_id = registry.async_get_entity_id(EVENT_DOMAIN, DOMAIN, f"{did}_sms")
            entity = registry.async_get(entity_id) if entity_id else None
            return entity is not None and entity.disabled
        if did in self._asked_for:
            return True
        self._asked_for.add(did)
        self.config_entry.async_create_background_task(
            self.hass, self._numbers.async_refresh(), f"{DOMAIN} look for a new number"
        )
        return False


def in_order(found: Iterable[Fresh]) -> list[Fresh]:
    """Sort messages as they came; VoIP.ms lists the newest first.

    It writes wall time, in which one hour of autumn comes twice. A message of that
    hour is of the second if those that came after it allow that.
    """
    next_time = dt_util.utcnow() + CALL_LATENESS
    ordered: list[Fresh] = []
    for seen, key, message in found:
        second = message.time.astimezone(EASTERN).replace(fold=1).astimezone(UTC)
        if message.time < second <= next_time:
            message = replace(message, time=second)
        next_time = min(next_time, message.time)
        ordered.append((seen, key, message))
    return sorted(ordered, key=lambda item: item[2].order)


def identify(row: Mapping[str, Any]) -> Identity:
    """Return what tells a message from every other one.

    Not the id alone, since SMS and MMS are counted apart. Nothing that changes while
    a message stays the same: delivery state, addresses of media.
    """
    return tuple(str(row.get(key)) for key in IDENTITY)


def recognise(row: Mapping[str, Any]) -> int:
    """Return by what a row is recognised while it is in the window."""
    try:
        return hash(_identity(row))
    except KeyError, TypeError:
        return hash(identify(row))
