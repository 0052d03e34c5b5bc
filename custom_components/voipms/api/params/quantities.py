"""Kinds of parameters that are numbers or dates."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any, Final, override

from .base import Kind, invalid

_MAX_DIGITS: Final = 12
"""Maximum number of integer digits of any price, time or quantity."""


@dataclass(frozen=True, slots=True)
class Amount(Kind):
    """A number between two bounds, in steps; whole if the steps are."""

    minimum: float = 0
    maximum: float | None = None
    step: float | None = None

    @override
    def to_wire(self, value: Any) -> str | None:
        try:
            number = Decimal(str(value).strip())
        except InvalidOperation:
            raise invalid("invalid_number", value) from None
        if (
            isinstance(value, bool)
            or not number.is_finite()
            or number.adjusted() > _MAX_DIGITS
        ):
            raise invalid("invalid_number", value)
        self._check(number)
        whole = self.step is not None and float(self.step).is_integer()
        return str(int(number)) if whole else format(number, "f")

    def _check(self, number: Decimal) -> None:
        """Raise an error for a number out of range or between steps."""
        low = Decimal(str(self.minimum))
        if self.maximum is None:
            if number < low:
                raise invalid("too_small", number, minimum=low)
        elif not low <= number <= Decimal(str(self.maximum)):
            raise invalid("out_of_range", number, minimum=low, maximum=self.maximum)
        if self.step is not None and number % Decimal(str(self.step)):
            raise invalid("wrong_step", number, step=self.step)


@dataclass(frozen=True, slots=True)
class Integer(Amount):
    """A whole number: an hour, a priority, a quantity."""

    step: float | None = 1


@dataclass(frozen=True, slots=True)
class Seconds(Amount):
    """A duration in seconds."""

    step: float | None = 1


@dataclass(frozen=True, slots=True)
class UtcOffset(Integer):
    """An offset from UTC, in hours."""

    minimum: float = -12
    maximum: float | None = 13


@dataclass(frozen=True, slots=True)
class Price(Amount):
    """An amount of money, in US dollars."""


@dataclass(frozen=True, slots=True)
class Date(Kind):
    """A date, in US Eastern time."""

    @override
    def to_wire(self, value: Any) -> str | None:
        if isinstance(value, datetime):
            value = value.date()
        try:
            return date.fromisoformat(str(value).strip()).isoformat()
        except ValueError:
            raise invalid("invalid_date", value) from None
