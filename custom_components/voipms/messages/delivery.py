"""Delivering messages: each to whoever listens to its number, once."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final

from homeassistant.components.event import DOMAIN as EVENT_DOMAIN
from homeassistant.config_entries import ConfigEntry
from homeassistant.core import CALLBACK_TYPE, HassJob, HomeAssistant, callback
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.event import async_call_later
from homeassistant.helpers.start import async_at_started
from homeassistant.helpers.update_coordinator import DataUpdateCoordinator

from ..api import Did, Direction, Message
from ..const import DOMAIN
from .identity import Listed
from .ledger import Ledger

MEDIA_RECEIVED: Final = "media_received"
"""The event of media that came after their message had been delivered without them."""
MEDIA_WAIT: Final = 30.0
"""How many seconds a message waits for its media."""

type MessageListener = Callable[[str, Message], None]
"""Called with the type of an event, and the message."""


@dataclass(slots=True)
class Waiting:
    """What has not been delivered yet."""

    listed: Listed
    event_type: str
    day: date
    is_held: bool = False
    """Whether it waits for its media."""
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
    """Hands out what is new: to the listeners of its number and into the ledger.

    Both happen in one step of the event loop. What is for a number that nobody listens
    to yet waits. A message that may have pictures waits for them for some seconds; what
    the same person wrote after it waits behind it, so that a conversation keeps its
    order. Other conversations, and what was sent, pass.
    """

    def __init__(
        self,
        hass: HomeAssistant,
        entry: ConfigEntry[Any],
        ledger: Ledger,
        numbers: DataUpdateCoordinator[dict[str, Did]],
    ) -> None:
        """Initialize with nothing to deliver."""
        self._hass = hass
        self._entry = entry
        self._ledger = ledger
        self._numbers = numbers
        self._waiting: dict[str, Waiting] = {}
        self._listeners: dict[str, list[MessageListener]] = {}
        self._releases: dict[str, CALLBACK_TYPE] = {}
        self._asked_for: set[str] = set()
        self._started = False

    @property
    def days(self) -> list[date]:
        """Return the days of what waits."""
        return [waiting.day for waiting in self._waiting.values()]

    def is_settled(self, listed: Listed) -> bool:
        """Return True if a message has been delivered, waits, or will never be."""
        horizon = self._ledger.horizon
        return (
            listed.key in self._ledger
            or listed.key in self._waiting
            or horizon is None
            or listed.message.eastern_day < horizon
        )

    @callback
    def async_enter_history(self, listed: Listed) -> None:
        """Enter a message that was there before anybody listened."""
        day = listed.message.eastern_day
        self._ledger.enter(listed.key, day, listed.media_key)

    @callback
    def async_take(self, listed: Listed) -> bool:
        """Take in a message as it is listed; return True if it is a new one."""
        if listed.key in self._ledger:
            self._take_media(listed)
            return False
        if waiting := self._waiting.get(listed.key):
            self._learn(waiting, listed)
            return False
        if self.is_settled(listed):
            return False
        day = listed.message.eastern_day
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
            self._ledger.enter(listed.key, day, listed.media_key)

    def _take_media(self, listed: Listed) -> None:
        """Let media wait that were not there when their message was delivered."""
        message, key = listed.message, listed.media_key
        if not message.media or message.direction is not Direction.RECEIVED:
            return
        if waiting := self._waiting.get(key):
            self._learn(waiting, listed)
        elif key not in self._ledger:
            self._waiting[key] = Waiting(listed, MEDIA_RECEIVED, message.eastern_day)

    def _learn(self, waiting: Waiting, listed: Listed) -> None:
        """Learn what is said anew of something that waits."""
        waiting.listed.take(listed)
        if waiting.listed.message.media:
            self._let_go(waiting)

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
            self._let_go(waiting)
            self.async_deliver()

    def _let_go(self, waiting: Waiting) -> None:
        """Let a message go when it is its turn."""
        waiting.is_held = False
        if cancel := self._releases.pop(waiting.listed.key, None):
            cancel()

    @callback
    def async_stop(self) -> None:
        """Release nothing any more: what waits is delivered after the next start."""
        for cancel in self._releases.values():
            cancel()
        self._releases.clear()

    # --- Handing out -------------------------------------------------------------

    @callback
    def async_start(self) -> None:
        """Begin to deliver when the automations are there to listen, too."""

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
        """Hand out what waits and has somebody to hand it to."""
        if not self._started:
            return
        held: set[tuple[str, str]] = set()
        for name, waiting in list(self._waiting.items()):
            message = waiting.listed.message
            listeners = self._listeners.get(message.did)
            if listeners is None and not self._is_unheard(message.did):
                continue
            conversation = (message.did, message.contact)
            if waiting.is_held or (
                conversation in held and message.direction is Direction.RECEIVED
            ):
                held.add(conversation)
                continue
            del self._waiting[name]
            for listener in listeners or ():
                listener(waiting.event_type, message)
            first, *more = waiting.entries
            self._ledger.enter(first, waiting.day, *more)

    def _is_unheard(self, did: str) -> bool:
        """Return True if nobody is going to listen to a number.

        A number that is not known may be a new one, which is worth one look.
        """
        if number := self._numbers.data.get(did):
            if not number.has_messages:
                return True
            registry = er.async_get(self._hass)
            entity_id = registry.async_get_entity_id(EVENT_DOMAIN, DOMAIN, f"{did}_sms")
            entity = registry.async_get(entity_id) if entity_id else None
            return entity is not None and entity.disabled
        if did in self._asked_for:
            return True
        self._asked_for.add(did)
        self._entry.async_create_background_task(
            self._hass, self._numbers.async_refresh(), f"{DOMAIN} look for a new number"
        )
        return False
