"""What the calls of an account can be routed to, as the functions that list it say."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from .models import Mailbox, Routing, SubAccount
from .phone import display

type _Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Destination:
    """A place that calls can be routed to, by the name its owner gave it."""

    routing: Routing
    name: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """A function that lists destinations, and the fields of its rows."""

    header: str
    record: str
    name: str = ""
    description: str = ""
    is_phone: bool = False

    def destinations(self, rows: Iterable[_Row]) -> list[Destination]:
        """Return what the rows offer; a row without an ID offers nothing."""
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
        """Return the name of a row, a phone number as people write it."""
        name = str(row.get(self.name) or "")
        return display(name) if self.is_phone else name


SOURCES: Final[Mapping[str, Source]] = {
    "getForwardings": Source(
        "fwd", "forwarding", "phone_number", "description", is_phone=True
    ),
    "getRingGroups": Source("grp", "ring_group", "name"),
    "getIVRs": Source("ivr", "ivr", "name"),
    "getQueues": Source("queue", "queue", "queue_name"),
    "getTimeConditions": Source("tc", "timecondition", "name"),
    "getRecordings": Source("recording", "value", "description"),
    "getSIPURIs": Source("sip", "sipuri", "uri", "description"),
    "getCallbacks": Source("cb", "callback", "number", "description", is_phone=True),
    "getDISAs": Source("disa", "disa", "name"),
}
"""The functions that list destinations, beside the sub-accounts and mailboxes.

Call huntings are missing: VoIP.ms does not say under which header they are routed
to, so one that a number uses shows as the raw value.
"""


def sub_accounts(records: Iterable[SubAccount]) -> list[Destination]:
    """Return the sub-accounts as destinations."""
    return [
        Destination(
            Routing("account", record.account), record.account, record.description
        )
        for record in records
    ]


def main_accounts(records: Iterable[SubAccount]) -> list[Destination]:
    """Return the main account that sub-accounts belong to.

    It is on no list; its number begins the name of each sub-account.
    """
    owners = dict.fromkeys(record.account.partition("_")[0] for record in records)
    return [Destination(Routing("account", owner), owner) for owner in owners]


def mailboxes(records: Iterable[Mailbox]) -> list[Destination]:
    """Return the mailboxes as destinations."""
    return [
        Destination(Routing("vm", record.mailbox), record.mailbox, record.name)
        for record in records
    ]
