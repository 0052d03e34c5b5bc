"""Delivering messages: each to the listeners of its number, once."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from time import monotonic
from typing import Any, Final

from homeassistant.components.event import DOMAIN as EVENT_DOMAIN
from homeassistant.config_entries import ConfigEntry
from homeassistant.core import CALLBACK_TYPE, HassJob, HomeAssistant, callback
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.event import async_call_later
from homeassistant.helpers.start import async_at_started
from homeassistant.helpers.update_coordinator import DataUpdateCoordinator
from homeassistant.util.hass_dict import HassKey

from ..api import Did, Direction, Message
from ..api.clock import ServiceClock
from ..const import DOMAIN
from .identity import Listed
from .ledger import Ledger
from .reports import Reports

MEDIA_RECEIVED: Final = "media_received"
"""The event of media that came after their message had been delivered without them."""
MEDIA_WAIT: Final = 30.0
"""How many seconds a message waits for its media."""
LISTENER_WAIT: Final = timedelta(days=3).total_seconds()
"""How many seconds a message waits for a listener, as for a number that is new."""
LISTENER_POLLS: Final = 5
"""How many polls it waits at least, however much time seems to have passed."""
LATE: Final = timedelta(days=1)
LATEST: Final = timedelta(days=14)
"""How old a message may be that still waits for a listener."""
STEP: Final = 50
"""How many messages are delivered in one step of the event loop."""

LEDGERS: HassKey[dict[str, Ledger]] = HassKey(f"{DOMAIN}_ledgers")
"""The ledgers of all accounts, since a number can move from one to another."""

type MessageListener = Callable[[str, Message], None]
"""Called with the type of an event, and the message."""

LISTENERS: HassKey[dict[str, list[MessageListener]]] = HassKey(f"{DOMAIN}_listeners")
"""The listeners of each number, whichever account lists its messages.

What came just before a number moved is listed only by the account that had it.
"""


@dataclass(slots=True)
class Waiting:
    """What has not been delivered yet."""

    listed: Listed
    event_type: str
    day: date
    is_held: bool = False
    """Whether it waits for its media."""
    since: float = field(default_factory=monotonic)
    polls: int = 0
    """How many polls it has waited for a listener."""
    legs: set[str] = field(default_factory=set)
    """The keys of what it stands for."""

    @property
    def entries(self) -> list[str]:
        """Return what is entered into the ledger when it is delivered."""
        listed = self.listed
        if self.event_type == MEDIA_RECEIVED:
            return [listed.media_key]
        entries = [listed.key, *self.legs]
        if listed.message.direction is Direction.RECEIVED:
            if listed.message.media:
                entries.append(listed.media_key)
            if listed.is_mms:
                entries.append(listed.leg_key)
        return entries


class Delivery:
    """Deliver what is new, to the listeners of its number and into the ledger.

    Both happen in one step of the event loop. A message to a number without listeners
    waits for one. A message that may have pictures waits for them for some seconds;
    what the same person wrote after it waits behind it, so that a conversation keeps
    its order. Other conversations, and what was sent, do not wait.
    """

    def __init__(
        self,
        hass: HomeAssistant,
        entry: ConfigEntry[Any],
        ledger: Ledger,
        numbers: DataUpdateCoordinator[dict[str, Did]],
        clock: ServiceClock,
        reports: Reports,
    ) -> None:
        """Initialize with nothing to deliver."""
        self._hass = hass
        self._entry = entry
        self._ledger = ledger
        self._numbers = numbers
        self._clock = clock
        self._reports = reports
        self._waiting: dict[str, Waiting] = {}
        self._releases: dict[str, CALLBACK_TYPE] = {}
        self._looked_up: set[str] = set()
        self._started = False
        self._is_finishing = False
        self._delivered: set[str] = set()
        """The numbers of which something has been delivered since the start."""
        self._listeners = hass.data.setdefault(LISTENERS, {})
        self._ledgers = hass.data.setdefault(LEDGERS, {})
        self._ledgers[entry.entry_id] = ledger

    @property
    def days(self) -> list[date]:
        """Return the days of what waits."""
        return [waiting.day for waiting in self._waiting.values()]

    @property
    def times(self) -> list[datetime]:
        """Return the times of what waits."""
        return [waiting.listed.message.time for waiting in self._waiting.values()]

    def is_settled(self, listed: Listed) -> bool:
        """Return True if a message has been delivered, waits, or will never be."""
        cutoff = self._ledger.cutoff
        return (
            listed.key in self._ledger
            or listed.key in self._waiting
            or cutoff is None
            or listed.message.eastern_day < cutoff
        )

    def _is_delivered_elsewhere(self, key: str) -> bool:
        """Return True if the account that had the number before has delivered it."""
        return any(key in ledger for ledger in self._ledgers.values())

    @callback
    def async_enter_history(self, listed: Listed) -> None:
        """Enter a message that was there before anybody listened."""
        day = listed.message.eastern_day
        self._ledger.enter_history(day, (listed.key, listed.media_key))

    @callback
    def async_take(self, listed: Listed) -> bool:
        """Take in a message as it is listed; return True if it is a new one."""
        if listed.key in self._ledger:
            self._take_media(listed)
            return False
        if waiting := self._waiting.get(listed.key):
            self._update(waiting, listed)
            return False
        if self.is_settled(listed):
            return False
        day = listed.message.eastern_day
        if self._is_delivered_elsewhere(listed.key):
            self._ledger.enter(day, (listed.key, listed.media_key))
            return False
        if listed.is_leg:
            self._take_leg(listed)
            return False
        self._waiting[listed.key] = Waiting(listed, listed.message.direction.value, day)
        return True

    def _take_leg(self, listed: Listed) -> None:
        """Have a leg of a group message delivered with the one that stands for it."""
        if waiting := self._waiting.get(listed.leg_of):
            waiting.legs |= {listed.key, listed.media_key}
        else:
            day = listed.message.eastern_day
            self._ledger.enter(day, (listed.key, listed.media_key))

    def _take_media(self, listed: Listed) -> None:
        """Let media wait that were not there when their message was delivered."""
        message, key = listed.message, listed.media_key
        if not message.media or message.direction is not Direction.RECEIVED:
            return
        if waiting := self._waiting.get(key):
            self._update(waiting, listed)
        elif key not in self._ledger:
            self._waiting[key] = Waiting(listed, MEDIA_RECEIVED, message.eastern_day)

    def _update(self, waiting: Waiting, listed: Listed) -> None:
        """Update something that waits by what is listed now."""
        waiting.listed.take(listed)
        if waiting.listed.message.media:
            self._stop_holding(waiting)

    # --- Waiting for media -------------------------------------------------------

    @callback
    def async_hold(self, listed: Listed) -> None:
        """Have a message wait for its media for a while."""
        self._waiting[listed.key].is_held = True

        @callback
        def release(_: datetime) -> None:
            self.async_release(listed)

        self._releases[listed.key] = async_call_later(
            self._hass, MEDIA_WAIT, HassJob(release, cancel_on_shutdown=True)
        )

    @callback
    def async_release(self, listed: Listed) -> None:
        """Have a message wait no longer for its media."""
        if waiting := self._waiting.get(listed.key):
            self._stop_holding(waiting)
            self.async_deliver()

    def _stop_holding(self, waiting: Waiting) -> None:
        """Have a message delivered when it is its turn."""
        waiting.is_held = False
        if cancel := self._releases.pop(waiting.listed.key, None):
            cancel()

    @callback
    def async_stop(self) -> None:
        """Stop delivering: what waits is delivered after the next start."""
        for cancel in self._releases.values():
            cancel()
        self._releases.clear()
        self._started = False
        if self._ledgers.get(self._entry.entry_id) is self._ledger:
            del self._ledgers[self._entry.entry_id]

    # --- Delivering --------------------------------------------------------------

    @callback
    def async_start(self) -> None:
        """Start delivering when the automations are set up, too."""

        @callback
        def begin(_: HomeAssistant) -> None:
            """Deliver what has waited, and what comes from now on."""
            self._started = True
            self.async_deliver()

        self._entry.async_on_unload(async_at_started(self._hass, begin))

    @callback
    def async_listen(self, did: str, listener: MessageListener) -> CALLBACK_TYPE:
        """Have a function called with each new message of a number, in order."""
        listeners = self._listeners.setdefault(did, [])
        listeners.append(listener)
        self.async_deliver()

        @callback
        def stop() -> None:
            listeners.remove(listener)
            if not listeners:
                self._listeners.pop(did, None)

        return stop

    @callback
    def async_deliver(self) -> None:
        """Deliver what waits and has a listener, many messages in several steps."""
        more = self._deliver_some()
        if (more or not self._ledger.is_synced) and not self._is_finishing:
            self._is_finishing = True
            self._entry.async_create_task(
                self._hass, self._finish(), f"{DOMAIN} delivery"
            )

    async def _finish(self) -> None:
        """Deliver the rest, and have the disk keep what was delivered."""
        try:
            more = True
            while more:
                more = self._deliver_some()
                await asyncio.sleep(0)
            await self._ledger.async_sync()
        finally:
            self._is_finishing = False

    @callback
    def async_polled(self) -> None:
        """Count the polls that what is for an unknown number has waited."""
        for waiting in self._waiting.values():
            waiting.polls += 1

    def _deliver_some(self) -> bool:
        """Deliver a few messages; return True if there may be more."""
        if not self._started:
            return False
        held: set[tuple[str, str]] = set()
        late: list[Message] = []
        count = 0
        for name, waiting in list(self._waiting.items()):
            message = waiting.listed.message
            listeners = self._listeners.get(message.did)
            if listeners is None and not self._is_unheard(waiting):
                continue
            conversation = (message.did, message.contact)
            if waiting.is_held or (
                conversation in held and message.direction is Direction.RECEIVED
            ):
                held.add(conversation)
                continue
            del self._waiting[name]
            first, *_ = entries = waiting.entries
            if not self._is_delivered_elsewhere(first):
                for listener in listeners or ():
                    listener(waiting.event_type, message)
                    if self._clock.now() - message.time > LATE:
                        late.append(message)
            self._ledger.enter(waiting.day, entries)
            count += 1
            if count == STEP:
                break
        self._report(late)
        return count == STEP

    def _report(self, late: list[Message]) -> None:
        """Report what is delivered long after it was written."""
        dids = {message.did for message in late}
        is_first = not dids <= self._delivered
        self._delivered |= dids
        times = [message.time for message in late]
        self._reports.async_late(times, is_first=is_first)

    def _is_unheard(self, waiting: Waiting) -> bool:
        """Return True if nobody is going to listen to a message.

        The number may be a new one that is not listed yet. One look-up may find it;
        otherwise it is found when the numbers are polled.
        """
        message = waiting.listed.message
        did = message.did
        if number := self._numbers.data.get(did):
            if not number.has_messages or self._is_disabled(did):
                return True
        elif did not in self._looked_up:
            self._looked_up.add(did)
            self._entry.async_create_background_task(
                self._hass,
                self._numbers.async_refresh(),
                f"{DOMAIN} look for a new number",
            )
        waited = monotonic() - waiting.since
        return waiting.polls >= LISTENER_POLLS and (
            waited >= LISTENER_WAIT or self._clock.now() - message.time > LATEST
        )

    def _is_disabled(self, did: str) -> bool:
        """Return True if the user has disabled the event entity of a number."""
        registry = er.async_get(self._hass)
        entity_id = registry.async_get_entity_id(EVENT_DOMAIN, DOMAIN, f"{did}_sms")
        entity = registry.async_get(entity_id) if entity_id else None
        return entity is not None and entity.disabled
