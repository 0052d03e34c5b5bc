"""Texts, secrets, ids and codes."""

from collections.abc import Mapping
from dataclasses import dataclass
import re
from typing import Any, override

from ..errors import VoipmsInvalidValueError
from ..sms import check
from .base import Kind, invalid


@dataclass(frozen=True, slots=True)
class Text(Kind):
    """Free text of at most `max_length` characters."""

    max_length: int | None = None

    @override
    def to_wire(self, value: Any) -> str | None:
        if isinstance(value, (Mapping, list, tuple, bool)):
            raise invalid("invalid_text", value)
        text = str(value)
        # The text itself, which may be a message, is not quoted back.
        length = len(text)
        if self.max_length is not None and length > self.max_length:
            raise VoipmsInvalidValueError(
                "too_long", length=str(length), maximum=str(self.max_length)
            )
        return text


@dataclass(frozen=True, slots=True)
class MessageText(Text):
    """The text of a message, whose length is counted in bytes."""

    @override
    def to_wire(self, value: Any) -> str | None:
        return check(Text.to_wire(self, value) or "")


@dataclass(frozen=True, slots=True)
class Secret(Text):
    """A password, which is never quoted back."""

    secret = True


@dataclass(frozen=True, slots=True)
class Pattern(Kind):
    """Text of a certain form, of which `like` is a sample for the error."""

    pattern: str
    like: str
    secret: bool = False

    @override
    def to_wire(self, value: Any) -> str | None:
        text = str(value).strip()
        if isinstance(value, bool) or not re.fullmatch(self.pattern, text, re.ASCII):
            raise invalid("invalid_form", value, example=self.like)
        return text


@dataclass(frozen=True, slots=True)
class Email(Pattern):
    """An email address."""

    pattern: str = r"[^@\s]+@[^@\s]+\.[^@\s]+"
    like: str = "jane@example.com"


@dataclass(frozen=True, slots=True)
class SecretUrl(Pattern):
    """A web address that only those who know it may call, never quoted back."""

    pattern: str = r"https?://[^\s/]\S*"
    like: str = "https://example.com/messages"
    secret: bool = True


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
            raise invalid("invalid_digits", value, length=count)
        return text


@dataclass(frozen=True, slots=True)
class Pin(Digits):
    """Digits that are a secret, never quoted back."""

    minimum: int = 1
    maximum: int = 20
    secret = True


@dataclass(frozen=True, slots=True)
class Id(Kind):
    """The number by which VoIP.ms knows a record."""

    @override
    def to_wire(self, value: Any) -> str | None:
        text = str(value).strip()
        if not re.fullmatch(r"\d{1,20}", text, re.ASCII):
            raise invalid("invalid_id", value)
        return text


@dataclass(frozen=True, slots=True)
class Code(Kind):
    """The short word by which VoIP.ms knows something: FL, wav49, 100001_VoIP."""

    @override
    def to_wire(self, value: Any) -> str | None:
        text = str(value).strip()
        if isinstance(value, bool) or not re.fullmatch(r"[\w.@-]+", text):
            raise invalid("invalid_code", value)
        return text


@dataclass(frozen=True, slots=True)
class Account(Code):
    """A sub-account, such as 100001_VoIP, also as a routing or with SIP/ before it."""

    @override
    def to_wire(self, value: Any) -> str | None:
        name = str(value).strip().removeprefix("account:").removeprefix("SIP/")
        return Code.to_wire(self, name)
