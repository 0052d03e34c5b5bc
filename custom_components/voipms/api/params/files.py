"""Pictures and recordings."""

from base64 import b64decode
import binascii
from dataclasses import dataclass
import re
from typing import Any, override

from ..errors import VoipmsInvalidValueError
from .base import Kind


def _is_base64(text: str) -> bool:
    """Tell whether a text is something encoded in Base64."""
    try:
        return bool(b64decode(text, validate=True))
    except ValueError, binascii.Error:
        return False


@dataclass(frozen=True, slots=True)
class Base64(Kind):
    """A file, encoded in Base64. Line breaks in it do no harm."""

    @override
    def to_wire(self, value: Any) -> str | None:
        text = "".join(str(value).split())
        if not _is_base64(text):
            raise VoipmsInvalidValueError("invalid_base64")
        return text


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
