"""Benchmarks of the integration, compared with a lower bound."""

from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]

LATENCY = 0.1
"""The latency of the simulated VoIP.ms, where it matters."""


@dataclass(frozen=True, kw_only=True)
class Result:
    """A row of the table."""

    what: str
    unit: str
    floor: float | None
    measured: float
    limit: float
    """The limit: a multiple of the floor, or an absolute value without a floor."""
    more: str = ""

    @property
    def value(self) -> float:
        """Return the value that the limit applies to."""
        return self.measured / self.floor if self.floor else self.measured

    @property
    def is_reached(self) -> bool:
        """Return True if the limit is met."""
        return self.value <= self.limit
