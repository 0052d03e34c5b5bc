"""What the integration takes, compared with the least that it could take."""

from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]

LATENCY = 0.1
"""How long a simulated VoIP.ms takes to answer, where that matters."""


@dataclass(frozen=True, kw_only=True)
class Result:
    """One line of the table."""

    what: str
    unit: str
    floor: float | None
    measured: float
    limit: float
    """How much may be measured: so many times the floor, or so many where there is none."""
    more: str = ""

    @property
    def value(self) -> float:
        """Return what the limit is about: the ratio, or what was measured."""
        return self.measured / self.floor if self.floor else self.measured

    @property
    def is_reached(self) -> bool:
        """Tell whether it is as good as it has to be."""
        return self.value <= self.limit
