"""Which messages are known: the latest of each number and contact, and what they say."""

from collections.abc import Iterable
from dataclasses import replace
from enum import StrEnum
from typing import Final

from ..api.messages import Direction, Message

KEPT: Final = 10_000
"""How many messages are kept to be quoted."""

type Key = tuple[str, str, str, str]
type Place = tuple[LatestOf, str]
"""Of what, and of which number, a message may be the latest."""


class LatestOf(StrEnum):
    """Of what the latest message is kept."""

    NUMBER = "number"
    """Of a number of the account, received or sent."""
    CONTACT = "contact"
    """Exchanged with somebody, by any number of the account."""
    SENT_TO = "sent_to"
    """Sent to somebody, by any number of the account and from wherever."""


def places(message: Message) -> list[Place]:
    """Return of what a message may be the latest."""
    found = [(LatestOf.NUMBER, message.did), (LatestOf.CONTACT, message.contact)]
    if message.direction is Direction.SENT:
        found.append((LatestOf.SENT_TO, message.contact))
    return found


class RecentMessages:
    """The messages of the last weeks, so that Activity can quote them.

    It shows what the recorder has kept of an event of the bus, and that is not the text,
    which would be in the database twice.
    """

    def __init__(self) -> None:
        """Initialize without messages."""
        self._messages: dict[Key, Message] = {}

    def keep(self, message: Message) -> None:
        """Keep a message, or what is said of it anew."""
        key = _key(message)
        if known := self._messages.get(key):
            message = replace(
                message,
                text=message.text or known.text,
                media=message.media or known.media,
            )
        self._messages[key] = message
        if len(self._messages) > KEPT:
            del self._messages[next(iter(self._messages))]

    def find(
        self, did: str, contact: str, message_id: str, time: str
    ) -> Message | None:
        """Return a message if it is still known. Safe to call from any thread."""
        return self._messages.get((did, contact, message_id, time))

    def retain(self, messages: Iterable[Message]) -> None:
        """Forget all other messages, which have been deleted at VoIP.ms."""
        listed = set(map(_key, messages))
        self._messages = {
            key: message for key, message in self._messages.items() if key in listed
        }


def _key(message: Message) -> Key:
    """Return what tells a message from others; ids of SMS and MMS are counted apart."""
    return message.did, message.contact, message.id, message.time.isoformat()
