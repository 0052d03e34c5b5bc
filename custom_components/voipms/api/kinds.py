"""The kinds of values that API functions take.

A kind knows three things: what a person may write (`to_wire` reads it), what goes
out to VoIP.ms (`to_wire` returns it), and which input suits it (`selector`, in the
notation of Home Assistant's services.yaml, which is plain data).
"""

from base64 import b64decode
import binascii
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal as Number, InvalidOperation
import re
from typing import Any, ClassVar, Final, override

from .errors import VoipmsInvalidValueError
from .models import SYSTEM_ROUTINGS, Routing as RoutingValue
from .phone import to_destination, to_did, to_own

type Selector = dict[str, dict[str, Any] | None]

_TRUE: Final = frozenset({"1", "true", "yes", "y", "on"})
_FALSE: Final = frozenset({"0", "false", "no", "n", "off"})
_BEYOND_REASON: Final = 12
"""No price, time or quantity has more digits than this before its point."""


def _invalid(key: str, value: object, **placeholders: object) -> Exception:
    """Return the error for a value, quoted back to the person who wrote it."""
    return VoipmsInvalidValueError(
        key,
        value=str(value),
        **{name: str(text) for name, text in placeholders.items()},
    )


class Kind:
    """What a parameter's values are like."""

    secret: bool = False
    """Whether a value must never be quoted back."""
    empty: ClassVar[str | None] = ""
    """What clears a parameter of this kind; None for one that is never empty."""

    def to_wire(self, value: Any) -> str | None:
        """Return the value as VoIP.ms expects it, or None if it need not be sent.

        Raises VoipmsInvalidValueError for a value that would be refused.
        """
        raise NotImplementedError

    @property
    def selector(self) -> Selector:
        """Return the input that suits this kind."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class Text(Kind):
    """Free text of at most `max_length` characters."""

    max_length: int | None = None
    multiline: bool = False

    @override
    def to_wire(self, value: Any) -> str | None:
        if isinstance(value, (Mapping, list, tuple, bool)):
            raise _invalid("invalid_text", value)
        text = str(value)
        # The text itself, which may be a message, is not quoted back.
        length = len(text)
        if self.max_length is not None and length > self.max_length:
            raise VoipmsInvalidValueError(
                "too_long", length=str(length), maximum=str(self.max_length)
            )
        return text

    @property
    @override
    def selector(self) -> Selector:
        return {"text": {"multiline": True} if self.multiline else None}


@dataclass(frozen=True, slots=True)
class Secret(Text):
    """A password or a PIN: typed hidden, and never quoted back."""

    secret = True

    @property
    @override
    def selector(self) -> Selector:
        return {"text": {"type": "password"}}


@dataclass(frozen=True, slots=True)
class Pattern(Kind):
    """Text of a certain form, of which `example` gives an idea."""

    pattern: str
    example: str
    type: str = "text"
    secret: bool = False

    @override
    def to_wire(self, value: Any) -> str | None:
        text = str(value).strip()
        if isinstance(value, bool) or not re.fullmatch(self.pattern, text, re.ASCII):
            raise _invalid("invalid_form", value, example=self.example)
        return text

    @property
    @override
    def selector(self) -> Selector:
        return {"text": None if self.type == "text" else {"type": self.type}}


@dataclass(frozen=True, slots=True)
class Digits(Kind):
    """From `minimum` to `maximum` digits, of which the first may be zeros."""

    minimum: int
    maximum: int

    @override
    def to_wire(self, value: Any) -> str | None:
        text = str(value).strip()
        low, high = self.minimum, self.maximum
        if not re.fullmatch(rf"\d{{{low},{high}}}", text, re.ASCII):
            count = str(low) if low == high else f"{low}–{high}"
            raise _invalid("invalid_digits", value, length=count)
        return text

    @property
    @override
    def selector(self) -> Selector:
        return {"text": None}


@dataclass(frozen=True, slots=True)
class Pin(Digits):
    """Digits that are a secret: typed hidden, and never quoted back."""

    minimum: int = 1
    maximum: int = 20
    secret = True

    @property
    @override
    def selector(self) -> Selector:
        return {"text": {"type": "password"}}


@dataclass(frozen=True, slots=True)
class Base64(Kind):
    """A file, encoded in Base64. Line breaks in it do no harm."""

    @override
    def to_wire(self, value: Any) -> str | None:
        text = "".join(str(value).split())
        if not _is_base64(text):
            raise VoipmsInvalidValueError("invalid_base64")
        return text

    @property
    @override
    def selector(self) -> Selector:
        return {"text": {"multiline": True}}


@dataclass(frozen=True, slots=True)
class Media(Kind):
    """A picture or file: its web address, or a data URI that holds it."""

    @override
    def to_wire(self, value: Any) -> str | None:
        text = str(value).strip()
        head, comma, data = text.partition(";base64,")
        if not re.fullmatch(r"https?://\S+", text) and not (
            comma and re.fullmatch(r"data:[\w.+/-]*", head) and _is_base64(data)
        ):
            raise VoipmsInvalidValueError("invalid_media")
        return text

    @property
    @override
    def selector(self) -> Selector:
        return {"text": None}


@dataclass(frozen=True, slots=True)
class Contacts(Kind):
    """People whom Home Assistant knows, by their devices. Never sent as they are."""

    @property
    @override
    def selector(self) -> Selector:
        owner = {"integration": "voipms", "model": "Contact"}
        return {"device": {"multiple": True, "filter": owner}}


@dataclass(frozen=True, slots=True)
class MediaItems(Kind):
    """What Home Assistant can read or see. Never sent as it is."""

    @property
    @override
    def selector(self) -> Selector:
        accepted = ["image/*", "video/*", "audio/*"]
        return {"media": {"accept": accepted, "multiple": True}}


def _is_base64(text: str) -> bool:
    """Tell whether a text is something encoded in Base64."""
    try:
        return bool(b64decode(text, validate=True))
    except ValueError, binascii.Error:
        return False


@dataclass(frozen=True, slots=True)
class Did(Kind):
    """A North American number in any usual spelling; ten digits on the wire."""

    @override
    def to_wire(self, value: Any) -> str | None:
        return to_did(value)

    @property
    @override
    def selector(self) -> Selector:
        return {"text": {"type": "tel"}}


@dataclass(frozen=True, slots=True)
class OwnDid(Did):
    """A number of the account. An action also takes its device instead."""

    @override
    def to_wire(self, value: Any) -> str | None:
        return to_own(value)


@dataclass(frozen=True, slots=True)
class PhoneNumber(Kind):
    """Any number that can be called or texted, in any usual spelling."""

    max_length: int = 20

    @override
    def to_wire(self, value: Any) -> str | None:
        wire = to_destination(value)
        if len(wire) > self.max_length:
            raise _invalid("invalid_phone_number", value)
        return wire

    @property
    @override
    def selector(self) -> Selector:
        return {"text": {"type": "tel"}}


@dataclass(frozen=True, slots=True)
class CallerId(PhoneNumber):
    """A number that a call shows, with or without a name: Jane <5551230000>."""

    @override
    def to_wire(self, value: Any) -> str | None:
        name, bracket, number = str(value).strip().removesuffix(">").rpartition("<")
        wire = PhoneNumber.to_wire(self, number)
        return f"{name.strip()} <{wire}>" if bracket else wire


@dataclass(frozen=True, slots=True)
class Routing(Kind):
    """Where a call goes: header:record, such as account:100001_VoIP or sys:busy."""

    empty = "none:"

    @override
    def to_wire(self, value: Any) -> str | None:
        return str(RoutingValue.parse(value))

    @property
    @override
    def selector(self) -> Selector:
        options = [
            {"value": str(routing), "label": label}
            for routing, label in SYSTEM_ROUTINGS.items()
        ]
        return {"select": {"custom_value": True, "options": options}}


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
        raise _invalid("invalid_flag", value)

    @property
    @override
    def selector(self) -> Selector:
        return {"boolean": None}


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


@dataclass(frozen=True, slots=True)
class Id(Kind):
    """The number by which VoIP.ms knows a record."""

    @override
    def to_wire(self, value: Any) -> str | None:
        text = str(value).strip()
        if not re.fullmatch(r"\d{1,20}", text, re.ASCII):
            raise _invalid("invalid_id", value)
        return text

    @property
    @override
    def selector(self) -> Selector:
        return {"text": None}


@dataclass(frozen=True, slots=True)
class Code(Kind):
    """The short word by which VoIP.ms knows something: FL, wav49, 100001_VoIP."""

    @override
    def to_wire(self, value: Any) -> str | None:
        text = str(value).strip()
        if isinstance(value, bool) or not re.fullmatch(r"[\w.@-]+", text):
            raise _invalid("invalid_code", value)
        return text

    @property
    @override
    def selector(self) -> Selector:
        return {"text": None}


@dataclass(frozen=True, slots=True)
class Account(Code):
    """A sub-account, such as 100001_VoIP, also as a routing or with SIP/ before it."""

    @override
    def to_wire(self, value: Any) -> str | None:
        name = str(value).strip().removeprefix("account:").removeprefix("SIP/")
        return Code.to_wire(self, name)


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
            raise _invalid("invalid_number", value) from None
        if (
            isinstance(value, bool)
            or not number.is_finite()
            or number.adjusted() > _BEYOND_REASON
        ):
            raise _invalid("invalid_number", value)
        self._check(number)
        return format(number, "f")

    def _check(self, number: Number) -> None:
        """Refuse a number outside the bounds or between the steps."""
        low = Number(self.minimum)
        if self.maximum is None:
            if number < low:
                raise _invalid("too_small", number, minimum=low)
        elif not low <= number <= Number(self.maximum):
            raise _invalid("out_of_range", number, minimum=low, maximum=self.maximum)
        if self.step is not None and number % Number(self.step):
            raise _invalid("wrong_step", number, step=self.step)

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
            raise _invalid("invalid_date", value) from None

    @property
    @override
    def selector(self) -> Selector:
        return {"date": None}


@dataclass(frozen=True, slots=True)
class Choice(Kind):
    """One of a few values, each with the words that a person reads."""

    options: Mapping[str, str]

    @override
    def to_wire(self, value: Any) -> str | None:
        text = str(value).strip()
        words = frozenset({text.lower()})
        if isinstance(value, bool):  # YAML reads a bare yes, no or ON as one
            words = _TRUE if value else _FALSE
        for option in self.options:
            if option.lower() in words:
                return option
        raise _invalid("invalid_choice", value, choices=", ".join(self.options))

    @property
    @override
    def selector(self) -> Selector:
        options = [{"value": v, "label": label} for v, label in self.options.items()]
        return {"select": {"options": options}}


@dataclass(frozen=True, slots=True)
class Either(Kind):
    """A value of another kind, or one of a few words in its place.

    What has the form of `pattern`, like sip:2563, passes as it is.
    """

    kind: Kind
    words: Mapping[str, str] = field(default_factory=dict)
    pattern: str = "(?!)"

    @override
    def to_wire(self, value: Any) -> str | None:
        text = str(value).strip()
        if text.lower() in self.words:
            return text.lower()
        if re.fullmatch(self.pattern, text, re.ASCII):
            return text
        return self.kind.to_wire(value)

    @property
    @override
    def selector(self) -> Selector:
        if not self.words:
            return self.kind.selector
        options = [{"value": v, "label": label} for v, label in self.words.items()]
        return {"select": {"custom_value": True, "options": options}}


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
            raise _invalid("too_many", value, count=len(parts), maximum=self.at_most)
        return self.separator.join(part for part in parts if part is not None)

    @property
    @override
    def selector(self) -> Selector:
        return {"text": {"multiple": True}}


@dataclass(frozen=True, slots=True)
class Member(Kind):
    """A phone of a ring group: its routing, and perhaps its ring time and press 1."""

    @override
    def to_wire(self, value: Any) -> str | None:
        routing, *options = str(value).split(",")
        wire = str(RoutingValue.parse(routing))
        if len(options) > 2 or not re.fullmatch(r"(account|fwd|sip):\S+", wire):
            raise _invalid("invalid_member", value)
        kinds = (Integer(1, 60), Flag())
        extra = [
            kind.to_wire(option) for kind, option in zip(kinds, options, strict=False)
        ]
        return ",".join([wire, *(str(option) for option in extra)])

    @property
    @override
    def selector(self) -> Selector:
        return {"text": None}


@dataclass(frozen=True, slots=True)
class IvrChoices(Kind):
    """What each key leads to: {1: "sip:5096"}, or 1=sip:5096;2=fwd:20222."""

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
            raise _invalid("invalid_ivr_choices", value)
        return ";".join(
            f"{key.strip()}={RoutingValue.parse(to)}" for key, _, to in pairs
        )

    @property
    @override
    def selector(self) -> Selector:
        return {"object": None}


def _plain(text: str) -> int | float:
    """Return a bound as YAML would write it."""
    number = float(text)
    return int(number) if number.is_integer() else number
