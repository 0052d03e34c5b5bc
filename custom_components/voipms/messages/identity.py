"""Identity of messages, regardless of how VoIP.ms spells them.

A message is its id, its second, its direction and its two numbers. Its text is not
part of it, since the same message may be spelled differently later: an entity
is resolved, a cut emoji is whole, an empty text is filled.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from html import unescape
import re
from typing import Any, Final, Self
from unicodedata import normalize

import orjson

from ..api.messages import DeliveryState, Direction, Message
from .ledger import digest

_ENTITY: Final = re.compile(r"&#?\w{1,31};")
_SECOND: Final = len("2026-01-01 00:00:00")

type Base = tuple[str, ...]
"""Who a message is, but for one of the same id that was counted apart."""


@dataclass(slots=True, kw_only=True)
class Listed:
    """A message as answers of VoIP.ms list it."""

    message: Message
    base: Base
    folded: str
    """The text as it compares equal when it is spelled anew."""
    row: int
    """The fingerprint of its row."""
    by_mms: bool
    """Whether only getMMS lists it."""
    is_mms: bool
    may_be_mms: bool
    is_known: bool
    """Whether the row was listed before and says nothing new."""
    key: str = ""
    """What stands for the message in the ledger."""
    is_leg: bool = False
    """Whether it is a group message that another row stands for."""
    leg_of: str = ""
    """The key of that other row, if it is listed."""

    @classmethod
    def from_row(
        cls,
        row: Mapping[str, Any],
        row_fingerprint: int,
        *,
        by_mms: bool,
        is_known: bool,
    ) -> Self:
        """Read a row. Raises a LookupError, ValueError, TypeError or OverflowError."""
        message = Message.from_row(row)
        is_mms = by_mms or bool(message.media)
        return cls(
            message=message,
            base=(
                message.id,
                str(row["date"])[:_SECOND],
                message.direction,
                message.did,
                message.contact,
            ),
            folded=fold(message.text),
            row=row_fingerprint,
            by_mms=by_mms,
            is_mms=is_mms,
            may_be_mms=is_mms or not message.text or "col_media1" in row,
            is_known=is_known,
        )

    @property
    def leg(self) -> Base:
        """Return what the legs of one group message have in common."""
        return (*self.base[1:], self.folded)

    @property
    def leg_key(self) -> str:
        """Return the ledger key of the group message."""
        return digest(("leg", *self.leg))

    @property
    def media_key(self) -> str:
        """Return the ledger key of the media."""
        return f"{self.key}m"

    def tell_apart(self, ordinal: int) -> None:
        """Set the key, by the position among messages with the same base."""
        self.key = digest((*self.base, ordinal) if ordinal else self.base)

    def is_same(self, other: Listed) -> bool:
        """Return True if a row of the same base means the same message.

        One function spells a message in one way. Two of them may spell it in two, but
        a text without media and media without a text are not one message.
        """
        if self.by_mms == other.by_mms:
            return self.folded == other.folded
        mine, theirs = self.message, other.message
        if bool(mine.media) != bool(theirs.media) and bool(mine.text) != bool(
            theirs.text
        ):
            return False
        return agree(self.folded, other.folded)

    def take(self, other: Listed) -> None:
        """Merge another row of the same message."""
        self.message = replace(
            self.message,
            text=_better_text(self, other),
            media=max(self.message.media, other.message.media, key=len),
            delivery=(
                self.message.delivery
                if other.message.delivery is DeliveryState.UNKNOWN
                else other.message.delivery
            ),
        )
        self.by_mms = self.by_mms and other.by_mms
        self.is_mms = self.is_mms or other.is_mms
        self.may_be_mms = self.may_be_mms or other.may_be_mms

    @property
    def lacks_media(self) -> bool:
        """Return True if media may still come."""
        return (
            self.may_be_mms
            and not self.message.media
            and self.message.direction is Direction.RECEIVED
        )


def fingerprint(row: Mapping[str, Any]) -> int:
    """Return a fingerprint that is equal for equal rows."""
    return hash(orjson.dumps(row))


def fold(text: str) -> str:
    """Return a text without all in which its spellings differ.

    Of a text without letters and digits, such as an emoji, everything counts.
    """
    whole = normalize("NFKC", unescape(text)).casefold()
    return "".join(filter(str.isalnum, whole)) or whole.strip()


def agree(folded: str, other: str) -> bool:
    """Return True if two texts can be one: equal, cut short, or with letters lost."""
    first, second = (
        "".join(char for char in text if char.isascii() and char.isalnum())
        for text in (folded, other)
    )
    return first.startswith(second) or second.startswith(first)


def _better_text(old: Listed, new: Listed) -> str:
    """Return the better of two spellings; the old one if they are equally good."""
    texts = (old.message.text, new.message.text)
    if old.by_mms == new.by_mms:
        return max(texts, key=lambda text: (*_soundness(text), len(text)))
    # getMMS loses emoji, which may make a text longer: 😀 becomes ??.
    sms, mms = reversed(texts) if old.by_mms else texts
    is_cut = mms.startswith(sms)
    return mms if is_cut or _soundness(mms) > _soundness(sms) else sms


def _soundness(text: str) -> tuple[bool, int]:
    """Return what sorts texts by what is broken in them."""
    return bool(text), -text.count("\N{REPLACEMENT CHARACTER}") - len(
        _ENTITY.findall(text)
    )
