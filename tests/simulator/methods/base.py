"""How a function of the service is written here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tests.simulator.contract import Refusal

if TYPE_CHECKING:
    from tests.simulator.server import Simulator
    from tests.simulator.state import Account, Row

Reply = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Context:
    """One call, checked against the contract."""

    simulator: Simulator
    account: Account
    method: str
    params: dict[str, str]
    remote: str = "127.0.0.1"
    emptied: frozenset[str] = frozenset()
    """Parameters that came with nothing in them, which clears what they set."""
    held: frozenset[str] = frozenset()
    """Parameters that came with what the record holds already."""

    def get(self, name: str, default: str = "") -> str:
        """Return a parameter; one left out is empty."""
        return self.params.get(name, default)

    def value(self, name: str, blank: str) -> str:
        """Return what a parameter sets: its value, nothing, or the blank if left out."""
        return "" if name in self.emptied else self.get(name, blank)

    @property
    def testing(self) -> bool:
        """Return True if nothing may change."""
        return self.get("test") == "true"

    def own_did(self) -> Row:
        """Return the account's number that the call is about."""
        if (did := self.account.dids.get(self.get("did"))) is None:
            raise Refusal("invalid_did")
        return did


Handler = Callable[[Context], Reply]
HANDLERS: dict[str, Handler] = {}


def handles(*methods: str) -> Callable[[Handler], Handler]:
    """Register what carries out a function."""

    def register(handler: Handler) -> Handler:
        HANDLERS.update(dict.fromkeys(methods, handler))
        return handler

    return register
