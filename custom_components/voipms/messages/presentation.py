"""Accounts, conversations and messages as cards get them, for one user."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from functools import lru_cache
from math import inf
from time import monotonic
from typing import Any, Final

from homeassistant.auth.models import User
from homeassistant.components.http.auth import async_sign_path
from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import device_registry as dr

from ..account import VoipmsAccount, VoipmsConfigEntry
from ..api import Did, phone
from ..api.messages import DeliveryState
from ..const import DOMAIN
from ..contacts import contacts
from ..coordinator import devices_by_key
from ..errors import not_loaded
from ..permissions import async_may_read, async_may_send
from .conversations import Kept, Thread
from .media_cache import DATA_MEDIA
from .media_paths import name_of, path_of
from .outbox import DATA_OUTBOX
from .read_marks import DATA_READ_MARKS

SIGNED_FOR: Final = timedelta(days=1)

type Json = dict[str, Any]

display: Final = lru_cache(maxsize=4096)(phone.display)


class Presentation:
    """Says what there is in the words of the card, as far as a user may read it."""

    def __init__(
        self, hass: HomeAssistant, user: User, refresh_token_id: str | None
    ) -> None:
        """Initialize for a user and how they signed in."""
        self._hass = hass
        self._user = user
        self._refresh_token_id = refresh_token_id
        self._signed: dict[str, tuple[float, str]] = {}
        """Signed paths: a new signature would have the browser load a picture anew."""

    def may_read(self, did: str) -> bool:
        """Return True if the user may read the messages of a number."""
        return async_may_read(self._hass, self._user, did)

    # --- Accounts ----------------------------------------------------------------

    @callback
    def account(self, entry: VoipmsConfigEntry) -> Json:
        """Return an account, which may not be loaded."""
        shared = {
            "config_entry_id": entry.entry_id,
            "title": entry.title,
            "may_delete": self._user.is_admin,
        }
        if entry.state is not ConfigEntryState.LOADED:
            return {
                **shared,
                "available": False,
                "error": str(not_loaded(entry.title)),
                "numbers": [],
                "contacts": [],
            }
        account = entry.runtime_data
        problem = account.messages.last_exception
        available = account.messages.last_update_success
        return {
            **shared,
            "available": available,
            "error": None if available else str(problem or ""),
            "numbers": self._numbers(account),
            "contacts": [
                {
                    "name": contact.name,
                    "number": contact.number,
                    "display": display(contact.number),
                    "did": contact.did,
                }
                for contact in contacts(entry).values()
            ],
        }

    def _numbers(self, account: VoipmsAccount) -> list[Json]:
        """Return the numbers of an account, those of old messages as well."""
        known = account.numbers.data
        threads = account.messages.conversations.threads
        devices = devices_by_key(self._hass, account.numbers.config_entry, Did)
        dids = {did: None for did, number in known.items() if number.has_messages}
        dids |= dict.fromkeys(thread.did for thread in threads)
        return [
            {
                "did": did,
                "name": self._name(account, did, devices.get(did)),
                "display": display(did),
                "can_send": (number := known.get(did)) is not None
                and number.has_messages
                and number.sms_enabled
                and async_may_send(self._hass, self._user, did),
                "active": number is not None,
            }
            for did in dids
            if self.may_read(did)
        ]

    def _name(self, account: VoipmsAccount, did: str, device_id: str | None) -> str:
        """Return what people call a number."""
        device = dr.async_get(self._hass).async_get(device_id) if device_id else None
        if device and device.name_by_user:
            return device.name_by_user
        number = account.numbers.data.get(did)
        return (number and number.description) or display(did)

    # --- Conversations -----------------------------------------------------------

    @callback
    def conversations(
        self, entry: VoipmsConfigEntry, threads: Iterable[Thread]
    ) -> list[Json]:
        """Return conversations of an account, newest first."""
        names = self._names(entry)
        found = entry.runtime_data.messages.conversations.threads
        readable: dict[str, bool] = {}
        shown = []
        for thread in threads:
            if thread.did not in readable:
                readable[thread.did] = self.may_read(thread.did)
            if readable[thread.did] and (messages := found.get(thread)):
                shown.append((thread, messages))
        shown.sort(key=lambda item: item[1][-1].order, reverse=True)
        return [
            self._conversation(entry, thread, messages, names)
            for thread, messages in shown
        ]

    def _names(self, entry: VoipmsConfigEntry) -> dict[str, str]:
        """Return the names of contacts by their number; the account's own come first."""
        entries = self._hass.config_entries.async_entries(DOMAIN)
        names: dict[str, str] = {}
        for each in sorted(entries, key=lambda other: other is not entry):
            for contact in contacts(each).values():
                names.setdefault(contact.number, contact.name)
        return names

    def _conversation(
        self,
        entry: VoipmsConfigEntry,
        thread: Thread,
        messages: Sequence[Kept],
        names: dict[str, str],
    ) -> Json:
        """Return one conversation."""
        marks = self._hass.data[DATA_READ_MARKS]
        return {
            "id": conversation_id(entry, thread),
            "config_entry_id": entry.entry_id,
            "did": thread.did,
            "contact": thread.contact,
            "name": names.get(thread.contact),
            "display": display(thread.contact),
            "last": self.message(entry, messages[-1]),
            "unread": marks.unread(
                self._user.id, entry.entry_id, thread, reversed(messages)
            ),
        }

    # --- Messages ----------------------------------------------------------------

    @callback
    def message(self, entry: VoipmsConfigEntry, kept: Kept) -> Json:
        """Return one message."""
        message = kept.message
        delivery = message.delivery
        return {
            "key": kept.key,
            "id": message.id,
            "kind": kept.kind,
            "config_entry_id": entry.entry_id,
            "did": message.did,
            "contact": message.contact,
            "direction": message.direction.value,
            "text": message.text,
            "time": message.time.isoformat(),
            "media": [
                self._medium(entry, kept, index, address)
                for index, address in enumerate(message.media)
            ],
            "delivery": None if delivery is DeliveryState.UNKNOWN else delivery.value,
            "request_id": self._hass.data[DATA_OUTBOX].request_of(entry.entry_id, kept),
        }

    def _medium(
        self, entry: VoipmsConfigEntry, kept: Kept, index: int, address: str
    ) -> Json:
        """Return one medium, with the address at which the browser may load it."""
        return {
            "url": self._sign(path_of(entry.entry_id, kept.key, index)),
            "type": self._hass.data[DATA_MEDIA].type_of(kept, index),
            "name": name_of(address, index),
        }

    def _sign(self, path: str) -> str:
        """Return a path with a signature, the same one for half of its time."""
        now = monotonic()
        at, signed = self._signed.get(path, (-inf, ""))
        if now - at > SIGNED_FOR.total_seconds() / 2:
            signed = async_sign_path(
                self._hass, path, SIGNED_FOR, refresh_token_id=self._refresh_token_id
            )
            self._signed[path] = (now, signed)
        return signed


def conversation_id(entry: VoipmsConfigEntry, thread: Thread) -> str:
    """Return what stands for a conversation."""
    return f"{entry.entry_id}|{thread.did}|{thread.contact}"
