"""Amounts, counts and days."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal as Number, InvalidOperation
from typing import Any, Final, override

from .base import Kind, Selector, invalid

_BEYOND_REASON: Final = 12
"""No price, time or quantity has more digits than this before its point."""


def _plain(text: str) -> int | float:
    """Return a bound as YAML would write it."""
    number = float(text)
    return int(number) if number.is_integer() else number


@dataclass(frozen=True, slots=True)
class Amount(Kind):
    """A decimal number between two bounds, in steps: a price, a pause."""

    minimum: str = "0"
    maximum: str | None = None
    step: str | None = None
    unit: str | None = None

    @override
    def to_wire(self, value: Any) -> str | None:
        try:
            number = Number(str(value).strip())
        except InvalidOperation:
            raise invalid("invalid_number", value) from None
        if (
            isinstance(value, bool)
            or not number.is_finite()
            or number.adjusted() > _BEYOND_REASON
        ):
            raise invalid("invalid_number", value)
        self._check(number)
        return format(number, "f")

    def _check(self, number: Number) -> None:
        """Refuse a number outside the bounds or between the steps."""
        low = Number(self.minimum)
        if self.maximum is None:
            if number < low:
                raise invalid("too_small", number, minimum=low)
        elif not low <= number <= Number(self.maximum):
            raise invalid("out_of_range", number, minimum=low, maximum=self.maximum)
        if self.step is not None and number % Number(self.step):
            raise invalid("wrong_step", number, step=self.step)

    @property
    @override
    def selector(self) -> Selector:
        number: dict[str, Any] = {"mode": "box", "min": _plain(self.minimum)}
        if self.maximum is not None:
            number["max"] = _plain(self.maximum)
        number["step"] = _plain(self.step) if self.step else "any"
        if self.unit:
            number["unit_of_measurement"] = self.unit
        return {"number": number}


@dataclass(frozen=True, slots=True)
class Integer(Kind):
    """A whole number between two bounds, in steps: seconds, hours, a quantity."""

    minimum: int = 0
    maximum: int | None = None
    step: int = 1
    unit: str | None = None

    @property
    def _amount(self) -> Amount:
        return Amount(
            str(self.minimum),
            None if self.maximum is None else str(self.maximum),
            str(self.step),
            self.unit,
        )

    @override
    def to_wire(self, value: Any) -> str | None:
        wire = self._amount.to_wire(value)
        return wire if wire is None else str(int(Number(wire)))

    @property
    @override
    def selector(self) -> Selector:
        return self._amount.selector


@dataclass(frozen=True, slots=True)
class Date(Kind):
    """A day; VoIP.ms counts days in US Eastern time."""

    @override
    def to_wire(self, value: Any) -> str | None:
        if isinstance(value, datetime):
            value = value.date()
        try:
            return date.fromisoformat(str(value).strip()).isoformat()
        except ValueError:
            raise invalid("invalid_date", value) from None

    @property
    @override
    def selector(self) -> Selector:
        return {"date": None}
