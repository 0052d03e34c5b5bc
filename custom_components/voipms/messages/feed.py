"""What an open card is told: everything at first, and from then on what changes."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from homeassistant.config_entries import (
    SIGNAL_CONFIG_ENTRY_CHANGED,
    ConfigEntry,
    ConfigEntryChange,
    ConfigEntryState,
)
from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.helpers.dispatcher import async_dispatcher_connect

from ..account import VoipmsConfigEntry
from ..const import DOMAIN
from .conversations import Changes, Thread
from .media_cache import DATA_MEDIA
from .presentation import Json, Presentation, conversation_id
from .read_marks import DATA_READ_MARKS


class Feed:
    """Follows the accounts for one card."""

    def __init__(
        self,
        hass: HomeAssistant,
        presentation: Presentation,
        user_id: str,
        entry_id: str | None,
        send: Callable[[Json], None],
    ) -> None:
        """Initialize for all accounts, or for one."""
        self._hass = hass
        self._presentation = presentation
        self._user_id = user_id
        self._entry_id = entry_id
        self._send = send
        self._stops: list[CALLBACK_TYPE] = []
        self._followed: dict[str, list[CALLBACK_TYPE]] = {}
        self._accounts: dict[str, Json] = {}
        """The accounts as they were last told."""

    @property
    def _entries(self) -> list[VoipmsConfigEntry]:
        """Return the accounts of the card."""
        return [
            entry
            for entry in self._hass.config_entries.async_entries(
                DOMAIN, include_disabled=False
            )
            if self._entry_id in (None, entry.entry_id)
        ]

    @property
    def is_empty(self) -> bool:
        """Return True if none of the accounts is loaded."""
        return not any(map(_is_loaded, self._entries))

    @callback
    def async_start(self) -> None:
        """Tell everything, and follow what changes."""
        marks = self._hass.data[DATA_READ_MARKS]
        self._stops = [
            async_dispatcher_connect(
                self._hass, SIGNAL_CONFIG_ENTRY_CHANGED, self._on_entry
            ),
            marks.async_listen(self._user_id, self._on_read),
            self._hass.data[DATA_MEDIA].async_listen(self._on_media),
        ]
        self._tell_everything()

    @callback
    def async_stop(self) -> None:
        """Follow nothing any more."""
        for stop in self._stops:
            stop()
        for entry_id in list(self._followed):
            self._leave(entry_id)

    def _tell_everything(self) -> None:
        """Send a snapshot."""
        conversations: list[Json] = []
        self._accounts = {}
        for entry in self._entries:
            self._accounts[entry.entry_id] = self._presentation.account(entry)
            if _is_loaded(entry):
                self._follow(entry)
                threads = entry.runtime_data.messages.conversations.threads
                conversations += self._presentation.conversations(entry, threads)
        conversations.sort(key=lambda each: each["last"]["time"], reverse=True)
        self._send(
            {
                "snapshot": True,
                "accounts": list(self._accounts.values()),
                "conversations": conversations,
            }
        )

    def _follow(self, entry: VoipmsConfigEntry) -> None:
        """Follow a loaded account."""
        if entry.entry_id in self._followed:
            return
        account = entry.runtime_data
        on_account = partial(self._tell_account, entry)
        self._followed[entry.entry_id] = [
            account.messages.async_add_listener(on_account),
            account.numbers.async_add_listener(on_account),
            account.messages.conversations.async_listen(
                partial(self._on_changes, entry)
            ),
        ]

    def _leave(self, entry_id: str) -> None:
        """Follow an account no more."""
        for stop in self._followed.pop(entry_id, ()):
            stop()

    # --- What changes ------------------------------------------------------------

    @callback
    def _on_entry(self, change: ConfigEntryChange, entry: ConfigEntry[Any]) -> None:
        """Tell of an account that was loaded, unloaded, removed or changed."""
        if entry.domain != DOMAIN or self._entry_id not in (None, entry.entry_id):
            return
        if _is_loaded(entry):
            was_followed = entry.entry_id in self._followed
            # Contacts, of which names come, are a part of the entry.
            if not was_followed or change is ConfigEntryChange.UPDATED:
                self._tell_everything()
            return
        self._leave(entry.entry_id)
        if entry.entry_id not in {each.entry_id for each in self._entries}:
            self._tell_everything()
        else:
            self._tell_account(entry)

    @callback
    def _tell_account(self, entry: VoipmsConfigEntry) -> None:
        """Tell of an account if something changed."""
        account = self._presentation.account(entry)
        before = self._accounts.get(entry.entry_id)
        if before and not _is_loaded(entry):
            # The card keeps what it shows, by the names that it knows.
            account |= {name: before[name] for name in ("numbers", "contacts")}
        if before != account:
            self._accounts[entry.entry_id] = account
            self._send({"accounts": [account]})

    @callback
    def _on_changes(self, entry: VoipmsConfigEntry, changes: Changes) -> None:
        """Tell of new, changed and deleted messages."""
        readable = {
            did: self._presentation.may_read(did)
            for did in {thread.did for thread in changes.threads}
        }
        threads = [each for each in changes.threads if readable[each.did]]
        messages = [kept for kept in changes.messages if readable[kept.message.did]]
        removed = [kept for kept in changes.removed if readable[kept.message.did]]
        if not threads:
            return
        kept_threads = entry.runtime_data.messages.conversations.threads
        event: Json = {
            "conversations": self._presentation.conversations(entry, threads)
        }
        if messages:
            event["messages"] = [
                self._presentation.message(entry, kept) for kept in messages
            ]
        if removed:
            event["removed_messages"] = [kept.key for kept in removed]
        if gone := [each for each in threads if each not in kept_threads]:
            event["removed"] = [conversation_id(entry, each) for each in gone]
        self._send(event)

    @callback
    def _on_read(self, entry_id: str, thread: Thread) -> None:
        """Tell that a conversation was read, by the same user somewhere."""
        self._tell_conversations(entry_id, [thread])

    @callback
    def _on_media(self, entry_id: str, key: str) -> None:
        """Tell what a medium has turned out to be."""
        entry = self._loaded(entry_id)
        if entry is None:
            return
        kept = entry.runtime_data.message(key)
        if kept and self._presentation.may_read(kept.message.did):
            self._send({"messages": [self._presentation.message(entry, kept)]})

    def _tell_conversations(self, entry_id: str, threads: Iterable[Thread]) -> None:
        """Tell of conversations of an account."""
        if (entry := self._loaded(entry_id)) is not None and (
            conversations := self._presentation.conversations(entry, threads)
        ):
            self._send({"conversations": conversations})

    def _loaded(self, entry_id: str) -> VoipmsConfigEntry | None:
        """Return an account of the card if it is loaded."""
        for entry in self._entries:
            if entry.entry_id == entry_id and _is_loaded(entry):
                return entry
        return None


def _is_loaded(entry: ConfigEntry[Any]) -> bool:
    """Return True if an account is loaded."""
    return entry.state is ConfigEntryState.LOADED
