"""Kinds of parameters that are texts, secrets, IDs or codes."""

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
        # The text may be a message, so the error does not quote it.
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
    """A password, which no error quotes."""

    secret = True


@dataclass(frozen=True, slots=True)
class Pattern(Kind):
    """Text that matches a pattern; `like` is an example for the error."""

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
    """A secret web address, which no error quotes."""

    pattern: str = r"https?://[^\s/]\S*"
    like: str = "https://example.com/messages"
    secret: bool = True


@dataclass(frozen=True, slots=True)
class Digits(Kind):
    """From `minimum` to `maximum` digits, with leading zeros."""

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
    """Secret digits, which no error quotes."""

    minimum: int = 1
    maximum: int = 20
    secret = True


@dataclass(frozen=True, slots=True)
class Id(Kind):
    """The numeric ID of a record."""

    @override
    def to_wire(self, value: Any) -> str | None:
        text = str(value).strip()
        if not re.fullmatch(r"\d{1,20}", text, re.ASCII):
            raise invalid("invalid_id", value)
        return text


@dataclass(frozen=True, slots=True)
class Code(Kind):
    """A short code of VoIP.ms: FL, wav49, 100001_VoIP."""

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
