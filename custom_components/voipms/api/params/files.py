"""Kinds of parameters that are files."""

from base64 import b64decode
import binascii
from dataclasses import dataclass
import re
from typing import Any, override

from ..errors import VoipmsInvalidValueError
from .base import Kind


def _is_base64(text: str) -> bool:
    """Return True if a text is Base64 of at least one byte."""
    try:
        return bool(b64decode(text, validate=True))
    except ValueError, binascii.Error:
        return False


@dataclass(frozen=True, slots=True)
class Base64(Kind):
    """A file in Base64, with or without line breaks."""

    @override
    def to_wire(self, value: Any) -> str | None:
        text = "".join(str(value).split())
        if not _is_base64(text):
            raise VoipmsInvalidValueError("invalid_base64")
        return text


@dataclass(frozen=True, slots=True)
class Media(Kind):
    """A picture or file: a web address or a data URI."""

    @override
    def to_wire(self, value: Any) -> str | None:
        text = str(value).strip()
        head, comma, data = text.partition(";base64,")
        if not re.fullmatch(r"https?://\S+", text) and not (
            comma and re.fullmatch(r"data:[\w.+/-]*", head) and _is_base64(data)
        ):
            raise VoipmsInvalidValueError("invalid_media")
        return text
