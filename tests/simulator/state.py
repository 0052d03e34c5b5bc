"""What an account holds: numbers, things to route to, messages, calls."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Set as AbstractSet
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from .blanks import DID_BLANK, SUB_ACCOUNT_BLANK
from .families import FAMILIES

EASTERN = ZoneInfo("America/New_York")
Row = dict[str, str]


@dataclass
class Clock:
    """The clock of the service, which need not agree with that of the host."""

    offset: timedelta = timedelta()


CLOCK = Clock()


def now() -> datetime:
    """Return the present moment, by the clock of the service."""
    return datetime.now(UTC) + CLOCK.offset


def today() -> date:
    """Return the day it is where the service counts its days."""
    return now().astimezone(EASTERN).date()


def midnight(day: date) -> datetime:
    """Return the moment a day of the service begins."""
    return datetime.combine(day, time(), EASTERN).astimezone(UTC)


@lru_cache(maxsize=1 << 16)
def wall_time(at: datetime, timezone: int = -5) -> str:
    """Write a moment as the service does: the offset asked for, plus Eastern daylight saving."""
    saving = at.astimezone(EASTERN).dst() or timedelta()
    return (
        f"{at.astimezone(UTC) + timedelta(hours=timezone) + saving:%Y-%m-%d %H:%M:%S}"
    )


def text(value: object) -> str:
    """Write a value as the service stores it."""
    return str(int(value)) if isinstance(value, bool) else str(value)


@dataclass(order=True)
class Message:
    """A text message, one way or the other."""

    at: datetime
    order: int
    id: str = field(compare=False)
    kind: str = field(compare=False)
    """`sms` or `mms`."""
    type: str = field(compare=False)
    """`1` received, `0` sent."""
    did: str = field(compare=False)
    contact: str = field(compare=False)
    message: str = field(compare=False)
    media: list[str] = field(compare=False, default_factory=list)
    carrier_status: str = field(compare=False, default="Information not available")
    media_from: datetime | None = field(compare=False, default=None)
    """When `getMediaMMS` begins to tell the media; at once without one."""
    listed_from: datetime | None = field(compare=False, default=None)
    """When the lists begin to show the media; with `getMediaMMS` without one."""
    written: dict[str, Any] = field(compare=False, default_factory=dict)
    """Fields that are listed otherwise than they are, as the service spells them anew."""
    written_by_mms: dict[str, Any] = field(compare=False, default_factory=dict)
    """The same for `getMMS`, which spells texts in a way of its own."""

    def row(
        self,
        timezone: int = -5,
        *,
        media: bool = False,
        base: str = "",
        by_mms: bool = False,
    ) -> dict[str, Any]:
        """Return the message as `getSMS` or `getMMS` lists it."""
        row: dict[str, Any] = {
            "id": self.id,
            "date": wall_time(self.at, timezone),
            "type": self.type,
            "did": self.did,
            "contact": self.contact,
            "message": self.message,
            "carrier_status": self.carrier_status,
        }
        if media:
            urls = self.media_urls(base) if self._is_listed else []
            if self.kind == "mms":
                padded = [*urls, *[""] * (3 - len(urls))]
                row |= {f"col_media{n}": url for n, url in enumerate(padded, 1)}
            row["media"] = urls
        return row | self.written | (self.written_by_mms if by_mms else {})

    @property
    def _is_listed(self) -> bool:
        """Return True if the lists show the media."""
        begin = self.listed_from or self.media_from
        return begin is None or begin <= now()

    def media_urls(self, base: str) -> list[str]:
        """Return where the media can be fetched; what the service keeps itself is at `base`."""
        return [base + item if item.startswith("/") else item for item in self.media]

    def told_media(self, base: str) -> list[str]:
        """Return the media that `getMediaMMS` tells by now."""
        late = self.media_from is not None and self.media_from > now()
        return [] if late else self.media_urls(base)


class Account:
    """A customer of the service."""

    def __init__(
        self,
        email: str,
        password: str,
        *,
        number: str = "100001",
        balance: str = "25.00",
        daily_limit: int = 100,
        ip_enabled: bool = True,
        api_enabled: bool = True,
    ) -> None:
        """Open an empty account."""
        self.email = email
        self.password = password
        self.number = number
        self.balance = Decimal(balance)
        self.daily_limit = daily_limit
        self.ip_enabled = ip_enabled
        self.api_enabled = api_enabled
        self.dids: dict[str, Row] = {}
        self.sub_accounts: dict[str, Row] = {}
        self.doubled_sub_accounts: list[Row] = []
        """Rows that are listed besides, of a name that another row has, too."""
        self.families: dict[str, dict[str, Row]] = {name: {} for name in FAMILIES}
        self.registrations: dict[str, list[Row]] = {}
        self.recording_files: dict[str, str] = {}
        self.voicemail_messages: list[Row] = []
        self.music: dict[str, Row] = {}
        self.locations: list[Row] = []
        self.vpri_dids: dict[str, list[str]] = {}
        self.messages: list[Message] = []
        self.all_lists_mms = True
        """Whether `getSMS` with `all_messages` lists MMS; of some accounts it does not."""
        self.cdr: list[dict[str, Any]] = []
        self.transactions: list[Row] = []
        self.sms_changed: dict[str, datetime] = {}
        self._ids: dict[str, int] = {}
        self._sent: list[datetime] = []

    def values_of(
        self, fields: AbstractSet[str]
    ) -> list[tuple[dict[str, Row], str, dict[str, str]]]:
        """Return what some fields of all records hold, and where."""
        if not fields:
            return []
        return [
            (rows, key, {name: row[name] for name in fields & row.keys()})
            for rows in (self.dids, *self.families.values())
            for key, row in rows.items()
        ]

    def next_id(self, counter: str, first: int) -> str:
        """Count up."""
        self._ids[counter] = self._ids.get(counter, first - 1) + 1
        return str(self._ids[counter])

    # Numbers

    def add_did(self, did: str, **fields: object) -> Row:
        """Give the account a number."""
        row: Row = {
            "did": did,
            **DID_BLANK,
            "order_date": wall_time(now()),
            "next_billing": (today() + timedelta(days=30)).isoformat(),
        }
        row |= {key: text(value) for key, value in fields.items()}
        self.dids[did] = row
        return row

    def remove_did(self, did: str) -> None:
        """Take a number away."""
        del self.dids[did]

    # Things that calls can be routed to

    def add(self, family: str, *, id: object = None, **fields: object) -> Row:
        """Add a thing of a family; the id is the next one unless told."""
        kind = FAMILIES[family]
        rows = self.families[family]
        key = str(id) if id is not None else self.next_id(family, kind.first)
        while id is None and key in rows:
            key = self.next_id(family, kind.first)
        row = {kind.id: key, **kind.blank}
        row |= {name: text(value) for name, value in fields.items()}
        rows[key] = row
        return row

    def add_forwarding(self, **fields: object) -> Row:
        """Add a forwarding."""
        return self.add("forwardings", **fields)

    def add_voicemail(self, mailbox: object = None, **fields: object) -> Row:
        """Add a voicemail box."""
        return self.add("voicemails", id=mailbox, **fields)

    def add_recording(
        self, description: str, data: str = "UklGRg==", **fields: object
    ) -> Row:
        """Add a recording with its sound as base64."""
        row = self.add("recordings", description=description, **fields)
        self.recording_files[row["value"]] = data
        return row

    def add_sub_account(
        self, username: str, *, id: object = None, **fields: object
    ) -> Row:
        """Add a sub-account; its name is the account's number and the username."""
        row = {
            "id": str(id) if id is not None else self.next_id("sub_accounts", 99785),
            "account": f"{self.number}_{username}",
            "username": username,
            **SUB_ACCOUNT_BLANK,
        }
        row |= {key: text(value) for key, value in fields.items()}
        self.sub_accounts[row["account"]] = row
        return row

    def register(self, account: str, **fields: str) -> None:
        """Connect a device to a sub-account, at a server."""
        self.registrations.setdefault(account, []).append(
            {
                "server_pop": "1",
                "register_ip": "198.51.100.7",
                "register_port": "5060",
                "register_next": wall_time(now() + timedelta(minutes=30)),
                "register_protocol": "SIP",
                "register_transport": "UDP",
                **fields,
            }
        )

    def unregister(self, account: str) -> None:
        """Disconnect all devices of a sub-account."""
        self.registrations.pop(account, None)

    # Messages

    def receive(
        self,
        did: str,
        contact: str,
        message: str,
        *,
        media: Iterable[str] = (),
        at: datetime | None = None,
        id: object = None,
        **options: Any,
    ) -> dict[str, Any]:
        """Let a text arrive, and return it as it will be listed."""
        return self.receive_message(
            did, contact, message, media=media, at=at, id=id, **options
        ).row()

    def receive_message(
        self,
        did: str,
        contact: str,
        message: str,
        *,
        media: Iterable[str] = (),
        at: datetime | None = None,
        id: object = None,
        mms: bool = False,
        media_after: float | None = None,
        listed_after: float | None = None,
    ) -> Message:
        """Let a text arrive; its media can be told and listed so many seconds later."""
        if did not in self.dids:
            raise ValueError(f"{did} is no number of this account")
        if self.dids[did]["sms_enabled"] != "1":
            raise ValueError(f"messages are off for {did}")
        kind = "mms" if mms else "sms"
        arrived = self._keep(
            "1", (did, contact, message), media, at=at, id=id, kind=kind
        )
        if media_after is not None:
            arrived.media_from = now() + timedelta(seconds=media_after)
        if listed_after is not None:
            arrived.listed_from = now() + timedelta(seconds=listed_after)
        return arrived

    def receive_group(
        self, did: str, contact: str, message: str, legs: int = 2, **options: Any
    ) -> list[Message]:
        """Let a group message arrive, which is listed once for each of its legs."""
        at = options.pop("at", None) or now()
        return [
            self.receive_message(did, contact, message, at=at, mms=True, **options)
            for _ in range(legs)
        ]

    def send(
        self,
        did: str,
        contact: str,
        message: str,
        *,
        media: Iterable[str] = (),
        mms: bool = False,
        at: datetime | None = None,
        id: object = None,
    ) -> Message:
        """Note a sent text."""
        kind = "mms" if mms else "sms"
        return self._keep("0", (did, contact, message), media, at=at, id=id, kind=kind)

    def _keep(
        self,
        direction: str,
        words: tuple[str, str, str],
        media: Iterable[str],
        *,
        at: datetime | None,
        id: object,
        kind: str = "sms",
    ) -> Message:
        kind = "mms" if (kept := list(media)) else kind
        did, contact, message = words
        arrival = Message(
            at=(at or now()).astimezone(UTC),
            order=int(self.next_id("message_order", 1)),
            id=str(id) if id is not None else self.next_id(kind, 111120),
            kind=kind,
            type=direction,
            did=did,
            contact=contact,
            message=message,
            media=kept,
        )
        insort(self.messages, arrival)
        return arrival

    def between(self, first: date, last: date) -> list[Message]:
        """Return the messages of some days, both included, oldest first."""
        low = bisect_left(
            self.messages, midnight(first), key=lambda message: message.at
        )
        high = bisect_left(
            self.messages,
            midnight(last + timedelta(days=1)),
            key=lambda message: message.at,
        )
        return self.messages[low:high]

    @property
    def sent(self) -> list[Message]:
        """Return the messages that were sent."""
        return [message for message in self.messages if message.type == "0"]

    def note_sending(self) -> bool:
        """Count a message against the daily limit; tell whether it still fits."""
        start = midnight(today())
        self._sent = self._sent[bisect_right(self._sent, start) :]
        if len(self._sent) >= self.daily_limit:
            return False
        self._sent.append(now())
        return True

    # Calls

    def add_call(self, **fields: Any) -> dict[str, Any]:
        """Add a row to the call records; `at` is the moment, `seconds` the length."""
        at: datetime = (fields.pop("at", None) or now()).astimezone(UTC)
        seconds = int(fields.pop("seconds", 60))
        row: dict[str, Any] = {
            "at": at,
            "callerid": '"SAM SAMPLE" <5550001111>',
            "destination": next(iter(self.dids), "5551230000"),
            "description": "Inbound DID",
            "account": self.number,
            "disposition": "ANSWERED",
            "duration": f"{timedelta(seconds=seconds)!s:0>8}",
            "seconds": str(seconds),
            "rate": "0.00900000",
            "total": "0.00900000",
            "uniqueid": self.next_id("cdr", 128238059),
            "destination_type": "IN:USA",
            "call_logs": "",
        }
        row |= {key: text(value) for key, value in fields.items()}
        self.cdr.append(row)
        return row
