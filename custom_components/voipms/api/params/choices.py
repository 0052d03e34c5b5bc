"""Yes and no, one of a few, one or the other, several."""

from collections.abc import Sequence
from dataclasses import dataclass
import re
from typing import Any, Final, override

from .base import Kind, invalid

_TRUE: Final = frozenset({"1", "true", "yes", "y", "on"})
_FALSE: Final = frozenset({"0", "false", "no", "n", "off"})


@dataclass(frozen=True, slots=True)
class Flag(Kind):
    """Yes or no, written 1 or 0 on the wire."""

    empty = None
    on: str = "1"
    off: str = "0"

    @override
    def to_wire(self, value: Any) -> str | None:
        text = str(value).strip().lower()
        if text in _TRUE:
            return self.on
        if text in _FALSE:
            return self.off
        raise invalid("invalid_flag", value)


@dataclass(frozen=True, slots=True)
class YesNo(Flag):
    """Yes or no, written out on the wire."""

    on: str = "yes"
    off: str = "no"


@dataclass(frozen=True, slots=True)
class TrueSwitch(Flag):
    """Yes or no, where the wire knows only "true" and silence."""

    on: str = "true"
    off: str = ""

    @override
    def to_wire(self, value: Any) -> str | None:
        return Flag.to_wire(self, value) or None


class Choice(Kind):
    """One of a few values, in capitals or not."""

    def __init__(self, *options: str) -> None:
        """Initialize the choice."""
        self.options = options

    @override
    def to_wire(self, value: Any) -> str | None:
        text = str(value).strip()
        words = frozenset({text.lower()})
        if isinstance(value, bool):  # YAML reads a bare yes, no or ON as one
            words = frozenset(filter(str.isalpha, _TRUE if value else _FALSE))
        for option in self.options:
            if option.lower() in words:
                return option
        raise invalid("invalid_choice", value, choices=", ".join(self.options))


class Either(Kind):
    """A value of another kind, or one of a few words in its place.

    What has the form of `pattern`, like sip:2563, passes as it is.
    """

    def __init__(self, kind: Kind, *words: str, pattern: str = "(?!)") -> None:
        """Initialize the kind, and what is accepted in place of its values."""
        self.kind = kind
        self.words = words
        self.pattern = pattern

    @override
    def to_wire(self, value: Any) -> str | None:
        text = str(value).strip()
        if text.lower() in self.words:
            return text.lower()
        if re.fullmatch(self.pattern, text, re.ASCII):
            return text
        return self.kind.to_wire(value)


@dataclass(frozen=True, slots=True)
class Joined(Kind):
    """Several values of one kind: a list, or the joined text that VoIP.ms uses."""

    kind: Kind
    separator: str = ";"
    at_most: int | None = None

    @override
    def to_wire(self, value: Any) -> str | None:
        if isinstance(value, str):
            value = value.split(self.separator)
        elif not isinstance(value, Sequence):
            value = [value]
        parts = [self.kind.to_wire(item) for item in value if str(item).strip()]
        if self.at_most is not None and len(parts) > self.at_most:
            raise invalid("too_many", value, count=len(parts), maximum=self.at_most)
        return self.separator.join(part for part in parts if part is not None)
