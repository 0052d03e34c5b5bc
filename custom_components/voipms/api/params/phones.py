"""Kinds of parameters that are phone numbers or routings."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
import re
from typing import Any, override

from ..models import Routing as RoutingValue
from ..phone import to_destination, to_did, to_own
from .base import Kind, invalid
from .choices import Flag, Joined
from .quantities import Integer


@dataclass(frozen=True, slots=True)
class Did(Kind):
    """A North American number in any common format; ten digits on the wire."""

    @override
    def to_wire(self, value: Any) -> str | None:
        return to_did(value)


@dataclass(frozen=True, slots=True)
class OwnDid(Did):
    """A number of the account; digits on the wire."""

    @override
    def to_wire(self, value: Any) -> str | None:
        return to_own(value)


@dataclass(frozen=True, slots=True)
class PhoneNumber(Kind):
    """Any number that can be dialed, in any common format."""

    max_length: int = 20

    @override
    def to_wire(self, value: Any) -> str | None:
        wire = to_destination(value)
        if len(wire) > self.max_length:
            raise invalid("invalid_phone_number", value)
        return wire


@dataclass(frozen=True, slots=True)
class PhoneNumbers(Joined):
    """Several phone numbers: a list, or a text with commas, semicolons or lines."""

    kind: Kind = PhoneNumber()

    @override
    def to_wire(self, value: Any) -> str | None:
        listed = value if isinstance(value, (list, tuple)) else [value]
        numbers = [part for item in listed for part in re.split(r"[,;\n]", str(item))]
        return Joined.to_wire(self, numbers)


@dataclass(frozen=True, slots=True)
class CallerId(PhoneNumber):
    """A number that a call shows, with or without a name: Jane <5551230000>."""

    @override
    def to_wire(self, value: Any) -> str | None:
        name, bracket, number = str(value).strip().removesuffix(">").rpartition("<")
        wire = PhoneNumber.to_wire(self, number)
        return f"{name.strip()} <{wire}>" if bracket else wire


@dataclass(frozen=True, slots=True)
class Callers(CallerId):
    """Callers by their number: one, or all whose number has a certain form.

    X is any digit, and * at the end anything: 214XXXXXXX, 800*, *.
    """

    @override
    def to_wire(self, value: Any) -> str | None:
        text = str(value).strip().upper()
        form = r"\d*X[\dX]*|[\dX]*\*"
        if len(text) <= self.max_length and re.fullmatch(form, text, re.ASCII):
            return text
        return CallerId.to_wire(self, value)


@dataclass(frozen=True, slots=True)
class Routing(Kind):
    """A routing: header:record, such as account:100001_VoIP or sys:busy.

    `nowhere` is False if the empty routing (none:) is not allowed.
    """

    empty = "none:"
    nowhere: bool = True

    @override
    def to_wire(self, value: Any) -> str | None:
        wire = str(RoutingValue.parse(value))
        if not self.nowhere and wire == self.empty:
            raise invalid("routing_nowhere", value)
        return wire


@dataclass(frozen=True, slots=True)
class Member(Kind):
    """A member of a ring group: a routing, optionally with ring time and press 1."""

    @override
    def to_wire(self, value: Any) -> str | None:
        routing, *options = str(value).split(",")
        wire = str(RoutingValue.parse(routing))
        if len(options) > 2 or not re.fullmatch(r"(account|fwd|sip):\S+", wire):
            raise invalid("invalid_member", value)
        kinds = (Integer(1, 60), Flag())
        extra = [
            kind.to_wire(option) for kind, option in zip(kinds, options, strict=False)
        ]
        return ",".join([wire, *(str(option) for option in extra)])


@dataclass(frozen=True, slots=True)
class IvrChoices(Kind):
    """The routings of keys: {1: "sip:5096"}, or 1=sip:5096;2=fwd:20222."""

    @override
    def to_wire(self, value: Any) -> str | None:
        if isinstance(value, Mapping):
            value = [f"{key}={routing}" for key, routing in value.items()]
        elif not isinstance(value, Sequence) or isinstance(value, str):
            value = str(value).split(";")
        pairs = [str(part).partition("=") for part in value if str(part).strip()]
        if not pairs or not all(
            re.fullmatch(r"[0-9*#ti]+", key.strip()) and equals
            for key, equals, _ in pairs
        ):
            raise invalid("invalid_ivr_choices", value)
        return ";".join(
            f"{key.strip()}={RoutingValue.parse(to)}" for key, _, to in pairs
        )
