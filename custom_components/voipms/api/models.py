"""Models of what VoIP.ms returns; they compare by value.

VoIP.ms writes numbers, flags and dates as text, differently from function to function;
`""`, `-1` and `0000-00-00` mean "not set". Values that cannot be read count as not set,
and unknown fields are ignored.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
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
"""The time zone of VoIP.ms."""

CLOCK_DIFFERENCE: Final = timedelta(minutes=2)
"""How far the clocks of VoIP.ms and of this machine may be apart."""

_UNSET: Final = frozenset({"", "-1", "0000-00-00", "0000-00-00 00:00:00"})


def rows(value: Any) -> list[Mapping[str, Any]]:
    """Return the records of a list, which VoIP.ms may write as a single object.

    Everything that is not a record is left out.
    """
    if isinstance(value, dict):
        value = [value]
    if not isinstance(value, list):
        return []
    return [row for row in value if isinstance(row, dict)]


def read_text(value: Any) -> str:
    """Read a text; empty if there is none."""
    return "" if value is None or isinstance(value, (dict, list)) else str(value)


def _flag(value: Any) -> bool:
    """Read a flag, written 1, "1", "yes" or true."""
    return str(value).lower() in {"1", "yes", "true", "on"}


def _known_flag(value: Any) -> bool | None:
    """Read a flag, or None where it is not set."""
    return None if value is None or value == "" else _flag(value)


def _integer(value: Any) -> int | None:
    """Read an integer, or None where it is not set."""
    try:
        return None if str(value) in _UNSET else int(value)
    except TypeError, ValueError:
        return None


def _decimal(value: Any) -> Decimal | None:
    """Read an amount of money, or None where it is not set."""
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _day(value: Any) -> date | None:
    """Read a date, or None where it is not set."""
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError:
        return None


def _moment(value: Any) -> datetime | None:
    """Read a US Eastern wall time, or None where it is not set."""
    try:
        return eastern_to_utc(str(value))
    except ValueError:
        return None


def eastern_to_utc(text: str) -> datetime:
    """Convert a US Eastern wall time to UTC.

    In the hour that is repeated in autumn, the first one is meant. Raises ValueError.
    """
    return datetime.fromisoformat(text).replace(tzinfo=EASTERN).astimezone(UTC)


def eastern_today() -> date:
    """Return the current date in US Eastern time, the time zone of VoIP.ms."""
    return datetime.now(EASTERN).date()


@lru_cache(maxsize=4096)
def read_contact(value: Any) -> str:
    """Read the number of the other party in its normalized form."""
    text = str(value)
    return text if len(text) == 10 and text.isdecimal() else normalize(text)


class _Typed(DataClassDictMixin):
    """Base class of models that are read by the types of their fields."""

    class Config(BaseConfig):
        """Configuration of the deserialization."""

        lazy_compilation = True  # at the first reply, not when imported
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
    """Base class of the records that a function lists.

    `method` is the function, `singular` the name of such a record, and `unique` True
    if its key is unique at VoIP.ms and not only in the account.
    """

    method: ClassVar[str]
    singular: ClassVar[str]
    unique: ClassVar[bool] = True

    @property
    def key(self) -> str:
        """Return the identifier of the record among those of its model."""
        raise NotImplementedError


# --- Routing ---------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Routing:
    """The routing of calls: the type of the destination (header), and which one."""

    header: str
    record: str = ""

    @classmethod
    def parse(cls, value: object) -> Self:
        """Parse header:record at the first colon, since a SIP URI contains more.

        Unknown headers are accepted, since VoIP.ms has more than it documents. Raises
        VoipmsInvalidValueError for what cannot be a routing.
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
        """Return True if the routing names no person: one of the system, or an ID."""
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
class UrlCallback:
    """The SMS URL callback of a number: what VoIP.ms requests for each message."""

    url: str = field(repr=False)
    enabled: bool
    retry: bool
    """Whether VoIP.ms repeats the request until it is answered with "ok"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Did(Record):
    """A number (DID) of the account, as returned by getDIDsInfo.

    `dialtime` is in seconds, `reseller_monthly` in US dollars, `billing_type` 1 (per
    minute) or 2 (flat). Routings and failovers are header:record. Fields that not
    every account has are None where they are missing. Secrets (port-out PIN, SMPP
    password) are not read.
    """

    method: ClassVar = "getDIDsInfo"
    singular: ClassVar = "number"

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
    def url_callback(self) -> UrlCallback:
        """Return the SMS URL callback."""
        return UrlCallback(
            url=self.sms_url_callback,
            enabled=self.sms_url_callback_enabled,
            retry=self.sms_url_callback_retry,
        )

    def updated(self, record: Mapping[str, Any]) -> Self:
        """Return the number with the fields that a record of getDIDsInfo has."""
        now = self.from_dict({**record, "did": self.did})
        names = {each.name for each in fields(self)} & record.keys() - {"did"}
        return replace(self, **{name: getattr(now, name) for name in names})

    @property
    def has_messages(self) -> bool:
        """Return True if the number supports messages.

        VoIP.ms does not tell every account; then it is True if messages are enabled.
        """
        if self.sms_available is None:
            return self.sms_enabled
        return self.sms_available


# --- Sub-accounts and mailboxes ----------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class SubAccount(Record):
    """A sub-account, as returned by getSubAccounts. Its SIP password is not read."""

    method: ClassVar = "getSubAccounts"
    singular: ClassVar = "sub_account"

    account: str
    description: str = ""

    @property
    @override
    def key(self) -> str:
        """Return the user name of the sub-account."""
        return self.account


@dataclass(frozen=True, slots=True, kw_only=True)
class Mailbox(Record):
    """A mailbox, as returned by getVoicemails. Its PIN is not read.

    `new` and `urgent` are counts of voicemails.
    """

    method: ClassVar = "getVoicemails"
    singular: ClassVar = "mailbox"
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
    """The registration of a sub-account: server, and IP address of the phone."""

    registered: bool = False
    server: str = ""
    address: str = ""

    @classmethod
    def from_reply(cls, reply: Mapping[str, Any]) -> Self:
        """Read the reply of getRegistrationStatus."""
        places = rows(reply.get("registrations")) or [{}]
        return cls(
            registered=_flag(reply.get("registered")),
            server=read_text(places[0].get("server_name")),
            address=read_text(places[0].get("register_ip")),
        )


# --- Money and calls ---------------------------------------------------------------


class CallDirection(StrEnum):
    """Direction of a call, seen from the account."""

    INBOUND = "inbound"
    OUTBOUND = "outbound"


@dataclass(frozen=True, slots=True, kw_only=True)
class Balance(_Typed):
    """The balance of the account and the cost of today, in US dollars."""

    current_balance: Decimal | None = None
    spent_today: Decimal | None = None
    calls_today: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A call that has ended, as returned by getCDR.

    `time` is when it began, in UTC, and `duration` in seconds.
    """

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
        """Read a row of getCDR. Raises KeyError or ValueError if it is broken."""
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
        """Return the sort key for chronological order."""
        return (self.time, self.id)

    @property
    def caller_number(self) -> str:
        """Return the number of the caller in its normalized form."""
        return read_contact(self._caller[1])

    @property
    def caller_name(self) -> str:
        """Return the name of the caller; empty if it is only the number."""
        name = self._caller[0]
        return "" if read_contact(name) == self.caller_number else name

    @property
    def _caller(self) -> tuple[str, str]:
        """Split the caller into its name and its number."""
        name, opened, number = self.caller.rpartition("<")
        if opened and number.endswith(">"):
            return name.strip(' "'), number.removesuffix(">").strip()
        return "", self.caller.strip()


def _call_direction(row: Mapping[str, Any]) -> CallDirection:
    """Return the direction of a call, which some accounts only find in the text."""
    kind = read_text(row.get("destination_type")) or read_text(row.get("description"))
    if kind.upper().startswith(("IN:", "INBOUND")):
        return CallDirection.INBOUND
    return CallDirection.OUTBOUND
