"""The directory: what a number of the account can be routed to, in words."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final, Self

from .models import SYSTEM_ROUTINGS, Routing
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
    "getSubAccounts": Source(
        "account",
        "account",
        lambda row: _named("Sub-account", row["account"], row.get("description")),
    ),
    "getVoicemails": Source(
        "vm",
        "mailbox",
        lambda row: _named("Voicemail", row["mailbox"], row.get("name")),
    ),
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
"""The functions that list what a number can be routed to.

Call huntings are missing: VoIP.ms does not say under which header they are routed
to, so one that a number uses shows as the raw value.
"""


def main_accounts(destinations: Destinations) -> Destinations:
    """Return the main account, which owns the sub-accounts but is on no list."""
    owners = {
        routing.record.partition("_")[0]
        for routing in destinations
        if routing.header == "account"
    }
    return {Routing("account", owner): f"Main account {owner}" for owner in owners}


@dataclass(frozen=True)
class Directory:
    """What can be routed to: routings as VoIP.ms writes them, each with its name.

    No two names are the same, so a name stands for a routing.
    """

    names: Mapping[str, str] = field(default_factory=dict)
    headers: frozenset[str] = frozenset()
    """The headers whose every destination is known."""

    @classmethod
    def of(cls, found: Mapping[str, Destinations]) -> Self:
        """Put together what the sources (by their function) found.

        Destinations of the same name get their record beside it.
        """
        listed = {
            routing: name
            for destinations in found.values()
            for routing, name in destinations.items()
        }
        everything = {**main_accounts(listed), **listed, **SYSTEM_ROUTINGS}
        count = Counter(everything.values())
        return cls(
            {
                str(routing): name if count[name] == 1 else f"{name} [{routing.record}]"
                for routing, name in everything.items()
            },
            frozenset(SOURCES[method].header for method in found),
        )

    @cached_property
    def options(self) -> list[str]:
        """Return every name."""
        return list(self.names.values())

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
