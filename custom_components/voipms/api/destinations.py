"""The destinations that the calls of an account can be routed to."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import KW_ONLY, dataclass
from typing import Any, Final

from .models import Mailbox, Routing, SubAccount
from .phone import display

type _Row = Mapping[str, Any]

ACCOUNT: Final = "account"
MAILBOX: Final = "vm"
"""The headers of routings to sub-accounts and mailboxes."""


@dataclass(frozen=True, slots=True)
class Destination:
    """A destination of calls with its name and description at VoIP.ms."""

    routing: Routing
    name: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """A function that lists destinations: the header of their routing and the fields."""

    method: str
    header: str
    _: KW_ONLY
    record: str
    name: str
    description: str = ""
    is_phone: bool = False

    def destinations(self, rows: Iterable[_Row]) -> list[Destination]:
        """Return the destinations of some rows, leaving out those without an ID."""
        return [
            Destination(
                Routing(self.header, str(row[self.record])),
                self._name(row),
                str(row.get(self.description) or ""),
            )
            for row in rows
            if row.get(self.record)
        ]

    def _name(self, row: _Row) -> str:
        """Return the name of a row; phone numbers as people write them."""
        name = str(row.get(self.name) or "")
        return display(name) if self.is_phone else name


SOURCES: Final[Mapping[str, Source]] = {
    source.header: source
    for source in (
        Source(
            "getForwardings",
            "fwd",
            record="forwarding",
            name="phone_number",
            description="description",
            is_phone=True,
        ),
        Source("getRingGroups", "grp", record="ring_group", name="name"),
        Source("getIVRs", "ivr", record="ivr", name="name"),
        Source("getQueues", "queue", record="queue", name="queue_name"),
        Source("getTimeConditions", "tc", record="timecondition", name="name"),
        Source("getRecordings", "recording", record="value", name="description"),
        Source(
            "getSIPURIs",
            "sip",
            record="sipuri",
            name="uri",
            description="description",
        ),
        Source(
            "getCallbacks",
            "cb",
            record="callback",
            name="number",
            description="description",
            is_phone=True,
        ),
        Source("getDISAs", "disa", record="disa", name="name"),
    )
}
"""Where destinations are listed, by the header of their routing.

Sub-accounts and mailboxes are models of their own. Call huntings are missing, since
VoIP.ms does not document their header; one that a number uses shows as the raw value.
"""


def headers_of(methods: Collection[str]) -> list[str]:
    """Return the headers of the destinations that some functions list."""
    return [header for header, source in SOURCES.items() if source.method in methods]


def sub_accounts(records: Iterable[SubAccount]) -> list[Destination]:
    """Return the sub-accounts as destinations."""
    return [
        Destination(
            Routing(ACCOUNT, record.account), record.account, record.description
        )
        for record in records
    ]


def main_accounts(records: Iterable[SubAccount]) -> list[Destination]:
    """Return the main account of sub-accounts.

    No function lists it; the name of each sub-account begins with its number.
    """
    owners = dict.fromkeys(record.account.partition("_")[0] for record in records)
    return [Destination(Routing(ACCOUNT, owner), owner) for owner in owners]


def mailboxes(records: Iterable[Mailbox]) -> list[Destination]:
    """Return the mailboxes as destinations."""
    return [
        Destination(Routing(MAILBOX, record.mailbox), record.mailbox, record.name)
        for record in records
    ]
