"""Comparing values as VoIP.ms writes them with values as they were sent."""

from contextlib import suppress
from decimal import Decimal, InvalidOperation
from html import unescape
import re
from typing import Any, Final

from .errors import VoipmsInvalidValueError
from .params import Amount, Choice, Flag, Id, Kind, Routing

_NOTHING: Final = frozenset(
    {"", "0", "no", "off", "false", "none", "none:", "-1", "0000-00-00"}
)
_MASK: Final = re.compile(r"[*•]{3,}")
_EXACT: Final = (Amount, Choice, Flag, Id, Routing)
"""Kinds whose values VoIP.ms returns as they were sent."""
_YES: Final = frozenset({"1", "yes", "on", "true"})


def verbatim(kind: Kind, value: Any) -> str | None:
    """Return a value of a record as text that can be sent back.

    None for what cannot be sent back: a list, an object, bytes that are not UTF-8, or
    the asterisks that mask a secret.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        try:
            return kind.to_wire(value) or ""
        except VoipmsInvalidValueError:
            return str(int(value))
    if not isinstance(value, str):
        return None
    if kind.secret and _MASK.fullmatch(value):
        return None
    try:
        value.encode()
    except UnicodeEncodeError:
        return None
    return value


def is_done(kind: Kind, wanted: str, held: str, before: str | None) -> bool:
    """Return True if a record has the wanted value, having had `before`.

    A value that VoIP.ms may rewrite is done if it differs from the one before.
    """
    current = _normalized(kind, held)
    if current == _normalized(kind, wanted):
        return True
    return (
        before is not None
        and not isinstance(kind, _EXACT)
        and current != _normalized(kind, before)
    )


def _normalized(kind: Kind, text: str) -> str:
    """Return the normalized form of a value."""
    plain = unescape(text).strip()
    with suppress(VoipmsInvalidValueError):
        plain = kind.to_wire(plain) or ""
    if isinstance(kind, Amount):
        with suppress(InvalidOperation):
            plain = str(Decimal(plain).normalize())
    plain = plain.casefold()
    if plain in _NOTHING:
        return ""
    if plain in _YES:
        return "1"
    if plain.startswith(("http://", "https://")):
        return plain.partition("?")[0]  # VoIP.ms rewrites the variables behind it
    return plain
