"""What VoIP.ms says, as typed values that compare by value.

The service writes numbers, flags and dates as text, differently from function to
function; `""`, `-1` and `0000-00-00` mean "not set". Reading here is tolerant: what
cannot be read counts as not set, and unknown fields are left out.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from enum import StrEnum
from functools import lru_cache
from typing import Any, Final, Self, override
from zoneinfo import ZoneInfo

from mashumaro import DataClassDictMixin, field_options
from mashumaro.config import BaseConfig

from .errors import VoipmsInvalidValueError
from .phone import normalize, to_own

EASTERN: Final = ZoneInfo("America/New_York")
"""The zone in which VoIP.ms keeps its days and writes its times."""

_UNSET: Final = frozenset({"", "-1", "0000-00-00", "0000-00-00 00:00:00"})


def rows(value: Any) -> list[Mapping[str, Any]]:
    """Return the records of a list, which VoIP.ms may write as a bare object.

    What is no record is left out, so that it does not cost the others.
    """
    if isinstance(value, Mapping):
        value = [value]
    if not isinstance(value, list):
        return []
    return [row for row in value if isinstance(row, Mapping)]


def _text(value: Any) -> str:
    """Read a text; a missing one is empty."""
    return "" if value is None else str(value)


def _flag(value: Any) -> bool:
    """Read a flag, written 1, "1", "yes" or true."""
    return str(value).lower() in {"1", "yes", "true", "on"}


def _integer(value: Any) -> int | None:
    """Read a whole number, or None where none is set."""
    try:
        return None if str(value) in _UNSET else int(value)
    except TypeError, ValueError:
        return None


def _day(value: Any) -> date | None:
    """Read a day, or None where none is set."""
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError:
        return None


def _moment(value: Any) -> datetime | None:
    """Read a time of US Eastern clocks, or None where none is set."""
    try:
        return eastern_to_utc(str(value))
    except ValueError:
        return None


def eastern_to_utc(text: str) -> datetime:
    """Convert the wall time of US Eastern clocks by the rules of the zone."""
    return datetime.fromisoformat(text).replace(tzinfo=EASTERN).astimezone(UTC)


@lru_cache(maxsize=4096)
def _contact(value: Any) -> str:
    """Read a phone number; the same number always reads the same."""
    text = str(value)
    return text if len(text) == 10 and text.isdecimal() else normalize(text)


class _Record(DataClassDictMixin):
    """A record of a reply: its types say how its fields are read."""

    class Config(BaseConfig):
        """How each type is read."""

        serialization_strategy = {  # noqa: RUF012
            str: {"deserialize": _text},
            bool: {"deserialize": _flag},
            int | None: {"deserialize": _integer},
            date | None: {"deserialize": _day},
            datetime | None: {"deserialize": _moment},
        }


# --- Routing ---------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Routing:
    """Where calls go: a header that says what kind of place, and a record there."""

    header: str
    record: str = ""

    @classmethod
    def parse(cls, value: object) -> Self:
        """Read header:record, split at the first colon (a SIP URI holds more).

        Headers not known here pass, since VoIP.ms has more than it documents.
        Raises VoipmsInvalidValueError for what cannot be a routing.
        """
        header, colon, record = str(value).strip().partition(":")
        routing = cls(header.strip().lower(), record.strip())
        if routing == cls("none"):
            return routing
        if not colon or not routing.header.isalpha() or not routing.record:
            raise VoipmsInvalidValueError("invalid_routing", value=str(value))
        if routing.header == "sys" and routing not in SYSTEM_ROUTINGS:
            raise VoipmsInvalidValueError(
                "invalid_system_routing",
                value=str(value),
                choices=", ".join(str(known) for known in SYSTEM_ROUTINGS),
            )
        return routing

    @override
    def __str__(self) -> str:
        """Return the routing as VoIP.ms writes it."""
        return f"{self.header}:{self.record}"


SYSTEM_ROUTINGS: Final[Mapping[Routing, str]] = {
    Routing("sys", "hangup"): "System: hang up",
    Routing("sys", "busy"): "System: busy",
    Routing("sys", "noservice"): "System: not in service",
    Routing("sys", "disconnected"): "System: disconnected",
    Routing("sys", "dtmf"): "System: DTMF test",
    Routing("sys", "echo"): "System: echo test",
    Routing("none"): "System: no action",
}
"""The routings that every account has, in words."""


# --- Numbers ---------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Did(_Record):
    """A number (DID) of the account, as getDIDsInfo describes it.

    The record's secrets (port-out PIN, SMPP password) are not read.
    """

    did: str = field(metadata=field_options(deserialize=to_own))
    description: str = ""
    routing: str = ""
    sms_available: bool = False
    sms_enabled: bool = False


# --- Messages --------------------------------------------------------------------


class Direction(StrEnum):
    """Which way a message went, seen from the account."""

    RECEIVED = "received"
    SENT = "sent"


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

    @classmethod
    def from_row(cls, row: Mapping[str, Any]) -> Self:
        """Read a row of getSMS. Raises KeyError or ValueError for a broken one."""
        return cls(
            id=str(row["id"]),
            did=to_own(row["did"]),
            contact=_contact(row["contact"]),
            direction=Direction.SENT if str(row["type"]) == "0" else Direction.RECEIVED,
            text=_text(row.get("message")),
            time=eastern_to_utc(str(row["date"])),
            media=_media(row),
        )

    @property
    def order(self) -> tuple[datetime, int, str]:
        """Return what sorts messages as they came."""
        return (self.time, int(self.id) if self.id.isdecimal() else 0, self.id)

    @property
    def eastern_day(self) -> date:
        """Return the day on which VoIP.ms files the message."""
        return self.time.astimezone(EASTERN).date()


def _media(row: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the addresses of a message's media, each once."""
    listed = row.get("media")
    if isinstance(listed, Mapping):
        listed = list(listed.values())
    if not isinstance(listed, list):
        listed = []
    columns = [row.get(f"col_media{index}") for index in (1, 2, 3)]
    urls = [url for url in (*columns, *listed) if isinstance(url, str) and url]
    return tuple(dict.fromkeys(urls))
