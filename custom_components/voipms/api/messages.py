"""Text messages (SMS) and picture messages (MMS) as VoIP.ms lists them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from html import unescape
import re
from typing import Any, Final, Self
from urllib.parse import urljoin

from yarl import URL

from .models import EASTERN, eastern_to_utc, read_contact, read_text
from .phone import to_own

MEDIA_BASE: Final = "https://voip.ms/"
"""What relative addresses of media are relative to."""

_MEDIA_COLUMN: Final = re.compile(r"col_media(\d{1,9})", re.ASCII)
_ESCAPED_QUOTE: Final = re.compile(r"\\(['\"])")
_LONGEST_ID: Final = 40

_NOT_DELIVERED: Final = re.compile(
    r"\b(?:not|never|cannot|can't|couldn't)\b(?!\s+yet)[^.]*\bdeliver|un-?deliv|non-deliver"
    r"|fail|reject|expir|\berror\b|block|refus|denied|invalid|unreachable|\bdeleted\b",
    re.IGNORECASE,
)
_DELIVERED: Final = re.compile(
    r"(?<!not yet )\bdeliv(?:ere)?d\b|\bdelivrd\b", re.IGNORECASE
)


class Direction(StrEnum):
    """Which way a message went, seen from the account."""

    RECEIVED = "received"
    SENT = "sent"


class DeliveryState(StrEnum):
    """What became of a message that was sent, as far as the carrier tells."""

    DELIVERED = "delivered"
    FAILED = "failed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A text message (SMS) or picture message (MMS), received or sent."""

    id: str
    did: str
    contact: str
    direction: Direction
    text: str
    time: datetime
    media: tuple[str, ...] = ()
    delivery: DeliveryState = DeliveryState.UNKNOWN

    @classmethod
    def from_row(cls, row: Mapping[str, Any]) -> Self:
        """Read a row of getSMS or getMMS.

        Raises LookupError, ValueError, TypeError or OverflowError for a broken one.
        """
        sent = str(row["type"]) == "0"
        return cls(
            id=str(row["id"]),
            did=to_own(row["did"]),
            contact=read_contact(row["contact"]),
            direction=Direction.SENT if sent else Direction.RECEIVED,
            text=clean(read_text(row.get("message"))),
            time=eastern_to_utc(str(row["date"])),
            media=read_media(row),
            delivery=(
                read_delivery(row.get("carrier_status"))
                if sent
                else DeliveryState.UNKNOWN
            ),
        )

    @property
    def order(self) -> tuple[datetime, int, str]:
        """Return what sorts messages as they came."""
        is_number = self.id.isdecimal() and len(self.id) <= _LONGEST_ID
        return (self.time, int(self.id) if is_number else 0, self.id)

    @property
    def eastern_day(self) -> date:
        """Return the day on which VoIP.ms files the message."""
        return self.time.astimezone(EASTERN).date()


def clean(text: str) -> str:
    """Return a text without what some routes of VoIP.ms put into it.

    HTML entities are resolved, and the backslashes before quotes go, once each. A
    text with a bare < or > has not been through HTML; what looks like an entity
    there was written by a person.
    """
    if "&" in text and "<" not in text and ">" not in text:
        text = unescape(text)
    return _ESCAPED_QUOTE.sub(r"\1", text) if "\\" in text else text


def read_delivery(value: Any) -> DeliveryState:
    """Read what the carrier reports of a sent message, in whatever words."""
    words = read_text(value)
    if _NOT_DELIVERED.search(words):
        return DeliveryState.FAILED
    if _DELIVERED.search(words):
        return DeliveryState.DELIVERED
    return DeliveryState.UNKNOWN


def read_media(row: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the addresses of a message's media, each once.

    A row lists them in any number of columns, in `media`, or in both, as whole or
    relative addresses.
    """
    columns = sorted(
        (int(found[1]), name)
        for name in row
        if (found := _MEDIA_COLUMN.fullmatch(name))
    )
    listed = [row[name] for _, name in columns]
    return tuple(dict.fromkeys(_addresses([*listed, row.get("media")])))


def _addresses(value: Any) -> Iterator[str]:
    """Return the web addresses in a value: one, a list, or numbered fields."""
    if isinstance(value, str):
        if address := _address(value.strip()):
            yield address
    elif isinstance(value, Mapping):
        yield from _addresses(value["url"] if "url" in value else _numbered(value))
    elif isinstance(value, list):
        for item in value:
            yield from _addresses(item)


def _numbered(value: Mapping[str, Any]) -> list[Any]:
    """Return the fields of a mapping in the order of their numbers."""

    def number(name: str) -> int:
        return int(name) if name.isdecimal() and len(name) <= _LONGEST_ID else 0

    return [value[name] for name in sorted(value, key=number)]


def _address(value: str) -> str | None:
    """Return a whole web address, or None for what is none."""
    if not value:
        return None
    try:
        address = urljoin(MEDIA_BASE, value)
        url = URL(address)
    except ValueError:
        return None
    is_web = url.scheme in {"http", "https"} and url.host
    return address if is_web and address != MEDIA_BASE else None
