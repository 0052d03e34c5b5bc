"""How far each user has read each conversation, kept across restarts."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Final, TypedDict

from homeassistant.auth import EVENT_USER_REMOVED
from homeassistant.core import CALLBACK_TYPE, Event, HomeAssistant, callback
from homeassistant.helpers.storage import Store
from homeassistant.util import dt as dt_util
from homeassistant.util.hass_dict import HassKey

from ..api import Direction
from ..const import DOMAIN
from .conversations import Kept, Thread, received_after

VERSION: Final = 1
SAVE_DELAY: Final = 10.0
LATEST: Final = timedelta(days=2)
"""What comes later than that is history that VoIP.ms could not list before."""


class Mark(TypedDict):
    """How far one conversation has been read."""

    time: str
    late: list[str]
    """The keys of messages that came later than others which had been read."""


class Marks(TypedDict):
    """How far a user has read."""

    since: str
    """When they first looked; what is older counts as read."""
    read: dict[str, Mark]


class ReadMarks:
    """How far each user has read each conversation of any account."""

    def __init__(self, hass: HomeAssistant) -> None:
        """Initialize with nothing read."""
        self._store = Store[dict[str, Marks]](hass, VERSION, f"{DOMAIN}.read")
        self._users: dict[str, Marks] = {}
        self._listeners: dict[str, list[Callable[[str, Thread], None]]] = {}
        hass.bus.async_listen(EVENT_USER_REMOVED, self._on_user_removed)

    async def async_load(self) -> None:
        """Read what is stored."""
        self._users = await self._store.async_load() or {}

    @callback
    def async_listen(
        self, user_id: str, listener: Callable[[str, Thread], None]
    ) -> CALLBACK_TYPE:
        """Have a function called with the account and the thread that a user read."""
        listeners = self._listeners.setdefault(user_id, [])
        listeners.append(listener)

        @callback
        def stop() -> None:
            listeners.remove(listener)

        return stop

    @callback
    def async_begin(self, user_id: str) -> Marks:
        """Return how far a user has read; at first, everything is."""
        if (marks := self._users.get(user_id)) is None:
            marks = Marks(since=dt_util.utcnow().isoformat(), read={})
            self._users[user_id] = marks
            self._save()
        return marks

    def unread(
        self, user_id: str, entry_id: str, thread: Thread, messages: Iterable[Kept]
    ) -> int:
        """Return how many of the messages a user has not read, newest first."""
        marks = self.async_begin(user_id)
        mark = marks["read"].get(_name(entry_id, thread))
        time = datetime.fromisoformat(mark["time"] if mark else marks["since"])
        return received_after(messages, time) + len(mark["late"] if mark else ())

    @callback
    def async_read(
        self, user_id: str, entry_id: str, thread: Thread, time: datetime
    ) -> None:
        """Count a conversation as read up to a time."""
        marks = self.async_begin(user_id)
        name = _name(entry_id, thread)
        before = marks["read"].get(name)
        since = before["time"] if before else marks["since"]
        latest = max(time, datetime.fromisoformat(since))
        mark = Mark(time=latest.isoformat(), late=[])
        if before == mark:
            return
        marks["read"][name] = mark
        self._save()
        for listener in self._listeners.get(user_id, []).copy():
            listener(entry_id, thread)

    @callback
    def async_arrived(self, entry_id: str, kept: Kept) -> None:
        """Note a new message; it may be older than what has been read.

        The clock of VoIP.ms may be behind, and it lists some messages late.
        """
        if kept.message.direction is not Direction.RECEIVED:
            return
        time = kept.message.time
        if dt_util.utcnow() - time > LATEST:
            return
        name = _name(entry_id, kept.thread)
        for marks in self._users.values():
            mark = marks["read"].get(name) or Mark(time=marks["since"], late=[])
            if time <= datetime.fromisoformat(mark["time"]):
                mark["late"].append(kept.key)
                marks["read"][name] = mark
                self._save()

    @callback
    def async_removed(self, entry_id: str, kept: Kept) -> None:
        """Forget a message that was deleted."""
        for marks in self._users.values():
            mark = marks["read"].get(_name(entry_id, kept.thread))
            if mark and kept.key in mark["late"]:
                mark["late"].remove(kept.key)
                self._save()

    @callback
    def async_forget_account(self, entry_id: str) -> None:
        """Forget the conversations of an account that has been removed."""
        for marks in self._users.values():
            for name in [n for n in marks["read"] if n.startswith(f"{entry_id}|")]:
                del marks["read"][name]
                self._save()

    async def async_remove(self) -> None:
        """Remove what is stored."""
        self._users.clear()
        await self._store.async_remove()

    @callback
    def _on_user_removed(self, event: Event[dict[str, str]]) -> None:
        """Forget a user."""
        if self._users.pop(event.data["user_id"], None):
            self._save()

    def _save(self) -> None:
        """Write to disk soon."""
        self._store.async_delay_save(lambda: self._users, SAVE_DELAY)


def _name(entry_id: str, thread: Thread) -> str:
    """Return what stands for a conversation."""
    return f"{entry_id}|{thread.did}|{thread.contact}"


DATA_READ_MARKS: Final[HassKey[ReadMarks]] = HassKey(f"{DOMAIN}_read_marks")
