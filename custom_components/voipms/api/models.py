"""What VoIP.ms says, as typed values that compare by value.

The service writes numbers, flags and dates as text, differently from function to
function; `""`, `-1` and `0000-00-00` mean "not set". Reading here is tolerant: what
cannot be read counts as not set, and unknown fields are left out.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from functools import lru_cache
from typing import Any, ClassVar, Final, Self, override
from zoneinfo import ZoneInfo

from mashumaro import DataClassDictMixin, field_options
from mashumaro.config import BaseConfig

from .errors import VoipmsInvalidValueError
from .phone import normalize, to_own

EASTERN: Final = ZoneInfo("America/New_York")
"""The zone in which VoIP.ms keeps its days and writes its times."""

CLOCK_DIFFERENCE: Final = timedelta(minutes=2)
"""How far the clocks of VoIP.ms and Home Assistant may be apart."""

_UNSET: Final = frozenset({"", "-1", "0000-00-00", "0000-00-00 00:00:00"})


def rows(value: Any) -> list[Mapping[str, Any]]:
    """Return the records of a list, which VoIP.ms may write as a bare object.

    What is no record is left out, so that it does not cost the others.
    """
    if isinstance(value, dict):
        value = [value]
    if not isinstance(value, list):
        return []
    return [row for row in value if isinstance(row, dict)]


def read_text(value: Any) -> str:
    """Read a text; a missing one, or what cannot be one, is empty."""
    return "" if value is None or isinstance(value, (dict, list)) else str(value)


def _flag(value: Any) -> bool:
    """Read a flag, written 1, "1", "yes" or true."""
    return str(value).lower() in {"1", "yes", "true", "on"}


def _known_flag(value: Any) -> bool | None:
    """Read a flag that may not be set."""
    return None if value is None or value == "" else _flag(value)


def _integer(value: Any) -> int | None:
    """Read a whole number, or None where none is set."""
    try:
        return None if str(value) in _UNSET else int(value)
    except TypeError, ValueError:
        return None


def _decimal(value: Any) -> Decimal | None:
    """Read a sum of money, or None where none is given."""
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


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
    """Convert the wall time of US Eastern clocks by the rules of the zone.

    In the hour that comes twice in autumn, the first is meant.
    """
    return datetime.fromisoformat(text).replace(tzinfo=EASTERN).astimezone(UTC)


def eastern_today() -> date:
    """Return the day that it is for VoIP.ms."""
    return datetime.now(EASTERN).date()


@lru_cache(maxsize=4096)
def read_contact(value: Any) -> str:
    """Read a phone number; the same number always reads the same."""
    text = str(value)
    return text if len(text) == 10 and text.isdecimal() else normalize(text)


class _Typed(DataClassDictMixin):
    """Values of a reply, whose types say how they are read."""

    class Config(BaseConfig):
        """How each type is read."""

        lazy_compilation = True  # what reads a reply is made when the first one comes
        serialization_strategy = {  # noqa: RUF012
            str: {"deserialize": read_text},
            bool: {"deserialize": _flag},
            bool | None: {"deserialize": _known_flag},
            int | None: {"deserialize": _integer},
            Decimal | None: {"deserialize": _decimal},
            date | None: {"deserialize": _day},
            datetime | None: {"deserialize": _moment},
        }


class Record(_Typed):
    """One of the records that a function lists.

    `method` is the function, `singular` and `plural` what such records are called,
    `unique` whether a key is unique at VoIP.ms and not only in its account.
    """

    method: ClassVar[str]
    singular: ClassVar[str]
    plural: ClassVar[str]
    unique: ClassVar[bool] = True

    @property
    def key(self) -> str:
        """Return what tells the record from others of its sort."""
        raise NotImplementedError


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

    @property
    def is_harmless(self) -> bool:
        """Tell whether it says nothing about anybody: the system's, or an id."""
        return self in SYSTEM_ROUTINGS or self.record.isdecimal()

    @override
    def __str__(self) -> str:
        """Return the routing as VoIP.ms writes it."""
        return f"{self.header}:{self.record}"


SYSTEM_ROUTINGS: Final = (
    Routing("sys", "hangup"),
    Routing("sys", "busy"),
    Routing("sys", "noservice"),
    Routing("sys", "disconnected"),
    Routing("sys", "dtmf"),
    Routing("sys", "echo"),
    Routing("none"),
)
"""The routings that every account has."""


# --- Numbers ---------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Did(Record):
    """A number (DID) of the account, as getDIDsInfo describes it.

    The record's secrets (port-out PIN, SMPP password) are not read. What not every
    account has is None where it is missing.
    """

    method: ClassVar = "getDIDsInfo"
    singular: ClassVar = "number"
    plural: ClassVar = "numbers"

    did: str = field(metadata=field_options(deserialize=to_own))
    description: str = ""
    routing: str = ""
    failover_busy: str = ""
    failover_unreachable: str = ""
    failover_noanswer: str = ""
    pop: int | None = None
    dialtime: int | None = None
    cnam: bool = False
    e911: bool = False
    callerid_prefix: str = ""
    note: str = ""
    billing_type: int | None = None
    next_billing: date | None = None
    order_date: datetime | None = None
    reseller_account: str = ""
    reseller_monthly: Decimal | None = None
    record_calls: int | None = None
    sms_available: bool | None = None
    sms_enabled: bool = False
    sms_email: str = ""
    sms_email_enabled: bool = False
    sms_url_callback: str = field(default="", repr=False)
    sms_url_callback_enabled: bool = False
    sms_url_callback_retry: bool = False
    sms_forward: str = ""
    sms_forward_enabled: bool = False

    @property
    @override
    def key(self) -> str:
        """Return the number."""
        return self.did

    @property
    def has_messages(self) -> bool:
        """Return True if the number can have messages.

        Some accounts are not told; then a number that takes messages can have them.
        """
        if self.sms_available is None:
            return self.sms_enabled
        return self.sms_available


# --- Lines and mailboxes -----------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class SubAccount(Record):
    """A sub-account, with which a phone signs in. Its SIP password is not read."""

    method: ClassVar = "getSubAccounts"
    singular: ClassVar = "sub_account"
    plural: ClassVar = "sub-accounts"

    account: str
    description: str = ""

    @property
    @override
    def key(self) -> str:
        """Return the name with which the phone signs in."""
        return self.account


@dataclass(frozen=True, slots=True, kw_only=True)
class Mailbox(Record):
    """A voicemail box and how much is in it. Its PIN is not read."""

    method: ClassVar = "getVoicemails"
    singular: ClassVar = "mailbox"
    plural: ClassVar = "mailboxes"
    unique: ClassVar = False

    mailbox: str
    name: str = ""
    new: int | None = None
    urgent: int | None = None

    @property
    @override
    def key(self) -> str:
        """Return the number of the mailbox."""
        return self.mailbox


@dataclass(frozen=True, slots=True, kw_only=True)
class Registration:
    """Whether a sub-account's phone is signed in, and where."""

    registered: bool = False
    server: str = ""
    address: str = ""

    @classmethod
    def from_reply(cls, reply: Mapping[str, Any]) -> Self:
        """Read a reply of getRegistrationStatus."""
        places = rows(reply.get("registrations")) or [{}]
        return cls(
            registered=_flag(reply.get("registered")),
            server=read_text(places[0].get("server_name")),
            address=read_text(places[0].get("register_ip")),
        )


# --- Money and calls ---------------------------------------------------------------


class CallDirection(StrEnum):
    """Which way a call went, seen from the account."""

    INBOUND = "inbound"
    OUTBOUND = "outbound"


@dataclass(frozen=True, slots=True, kw_only=True)
class Balance(_Typed):
    """What is left on the account, and what today cost, in US dollars."""

    current_balance: Decimal | None = None
    spent_today: Decimal | None = None
    calls_today: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A call that has ended, from getCDR."""

    id: str
    direction: CallDirection
    time: datetime
    caller: str
    destination: str
    description: str
    account: str
    disposition: str
    duration: int

    @classmethod
    def from_row(cls, row: Mapping[str, Any]) -> Self:
        """Read a row of getCDR. Raises KeyError or ValueError for a broken one."""
        return cls(
            id=str(row["uniqueid"]),
            direction=_call_direction(row),
            time=eastern_to_utc(str(row["date"])),
            caller=read_text(row.get("callerid")),
            destination=read_text(row.get("destination")),
            description=read_text(row.get("description")),
            account=read_text(row.get("account")),
            disposition=read_text(row.get("disposition")).lower(),
            duration=_integer(row.get("seconds")) or 0,
        )

    @property
    def order(self) -> tuple[datetime, str]:
        """Return what sorts calls as they came."""
        return (self.time, self.id)

    @property
    def caller_number(self) -> str:
        """Return the number of the caller, in the form in which it compares equal."""
        return read_contact(self._caller[1])

    @property
    def caller_name(self) -> str:
        """Return the caller's name; empty if there is none but the number."""
        name = self._caller[0]
        return "" if read_contact(name) == self.caller_number else name

    @property
    def _caller(self) -> tuple[str, str]:
        """Return the name and the number of the caller as VoIP.ms writes them."""
        name, opened, number = self.caller.rpartition("<")
        if opened and number.endswith(">"):
            return name.strip(' "'), number.removesuffix(">").strip()
        return "", self.caller.strip()


def _call_direction(row: Mapping[str, Any]) -> CallDirection:
    """Return which way a call went; rows of some accounts say it in words only."""
    kind = read_text(row.get("destination_type")) or read_text(row.get("description"))
    if kind.upper().startswith(("IN:", "INBOUND")):
        return CallDirection.INBOUND
    return CallDirection.OUTBOUND
