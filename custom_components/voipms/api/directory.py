"""The directory: what a number of the account can be routed to, in words."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final, Self

from .models import SYSTEM_ROUTINGS, Mailbox, Routing, SubAccount
from .phone import display

type Destinations = Mapping[Routing, str]
type _Row = Mapping[str, Any]


def _named(what: str, name: object, description: object = "") -> str:
    """Return a destination in words: what it is, its name, its description."""
    words = f"{what} {name}".strip()
    return f"{words} ({description})" if description else words


@dataclass(frozen=True, slots=True)
class Source:
    """One function that lists destinations, and how to read its rows."""

    header: str
    record: str
    name: Callable[[_Row], str]

    def destinations(self, rows: Iterable[_Row]) -> Destinations:
        """Return what the rows offer; a row without an id offers nothing."""
        return {
            Routing(self.header, str(row[self.record])): self.name(row)
            for row in rows
            if row.get(self.record)
        }


SOURCES: Final[Mapping[str, Source]] = {
    "getForwardings": Source(
        "fwd",
        "forwarding",
        lambda row: _named(
            "Forwarding",
            display(str(row.get("phone_number", ""))),
            row.get("description"),
        ),
    ),
    "getRingGroups": Source(
        "grp", "ring_group", lambda row: _named("Ring group", row.get("name", ""))
    ),
    "getIVRs": Source("ivr", "ivr", lambda row: _named("IVR", row.get("name", ""))),
    "getQueues": Source(
        "queue", "queue", lambda row: _named("Queue", row.get("queue_name", ""))
    ),
    "getTimeConditions": Source(
        "tc",
        "timecondition",
        lambda row: _named("Time condition", row.get("name", "")),
    ),
    "getRecordings": Source(
        "recording", "value", lambda row: _named("Recording", row.get("description"))
    ),
    "getSIPURIs": Source(
        "sip",
        "sipuri",
        lambda row: _named("SIP URI", row.get("uri", ""), row.get("description")),
    ),
    "getCallbacks": Source(
        "cb",
        "callback",
        lambda row: _named(
            "Callback", display(str(row.get("number", ""))), row.get("description")
        ),
    ),
    "getDISAs": Source("disa", "disa", lambda row: _named("DISA", row.get("name", ""))),
}
"""The functions that list what a number can be routed to, beside its phones.

Call huntings are missing: VoIP.ms does not say under which header they are routed
to, so one that a number uses shows as the raw value.
"""


def sub_accounts(records: Iterable[SubAccount]) -> Destinations:
    """Return the sub-accounts as destinations, and the main account they belong to.

    The main account is on no list; its number begins the name of each sub-account.
    """
    names = {
        Routing("account", record.account): _named(
            "Sub-account", record.account, record.description
        )
        for record in records
    }
    owners = {routing.record.partition("_")[0] for routing in names}
    return {
        Routing("account", owner): f"Main account {owner}" for owner in owners
    } | names


def mailboxes(records: Iterable[Mailbox]) -> Destinations:
    """Return the voicemail boxes as destinations."""
    return {
        Routing("vm", record.mailbox): _named("Voicemail", record.mailbox, record.name)
        for record in records
    }


@dataclass(frozen=True)
class Directory:
    """What can be routed to: routings as VoIP.ms writes them, each with its name.

    No two names are the same, so a name stands for a routing.
    """

    names: Mapping[str, str] = field(default_factory=dict)
    headers: frozenset[str] = frozenset()
    """The headers whose every destination is known."""

    servers: Mapping[str, str] = field(default_factory=dict)
    """The servers (POP) that a number can live on, by their number, with their name."""

    @classmethod
    def of(
        cls, found: Mapping[str, Destinations], servers: Mapping[str, str] | None = None
    ) -> Self:
        """Put together the destinations that were found, by their header.

        Destinations of the same name get their record beside it.
        """
        names = {
            routing: name
            for destinations in (*found.values(), SYSTEM_ROUTINGS)
            for routing, name in destinations.items()
        }
        for mark in (lambda routing: routing.record, str):
            count = Counter(names.values())
            names = {
                routing: name if count[name] == 1 else f"{name} [{mark(routing)}]"
                for routing, name in names.items()
            }
        return cls(
            {str(routing): name for routing, name in names.items()},
            frozenset(found),
            servers or {},
        )

    @cached_property
    def options(self) -> list[str]:
        """Return every name."""
        return list(self.names.values())

    @cached_property
    def server_options(self) -> list[str]:
        """Return the name of every server."""
        return list(self.servers.values())

    def routing(self, name: str) -> str:
        """Return the routing of a name; what is none of them is a routing itself."""
        return self._routings.get(name, name)

    @cached_property
    def _routings(self) -> Mapping[str, str]:
        """Return the names the other way round."""
        return {name: routing for routing, name in self.names.items()}

    def name(self, routing: str) -> str:
        """Return a routing in words, or as it is if nobody knows it."""
        return self.names.get(routing, routing)

    def knows(self, routing: Routing) -> bool:
        """Tell whether a routing leads somewhere, as far as can be told."""
        return routing.header not in self.headers or str(routing) in self.names
