"""Values that are given and hold nothing, where a guess would cost something."""

from collections.abc import Mapping
from typing import Any, Final

from .errors import VoipmsInvalidValueError
from .params import Flag, Kind

_PLACEHOLDERS: Final = frozenset(
    {"", "maybe", "nan", "none", "null", "unavailable", "undefined", "unknown"}
)
"""What is left where a template or a state had no value."""
_TEMPLATE_MARKS: Final = ("{{", "{%", "{#")


def check_given(name: str, value: Any, kind: Kind | None = None) -> None:
    """Refuse a value that stands for none, such as what a failed template leaves.

    Words that the parameter takes pass as they are written. Raises
    VoipmsInvalidValueError, which names the field.
    """
    text = str(value)
    if (
        value is None
        or isinstance(value, (Mapping, list, tuple, set))
        or any(mark in text for mark in _TEMPLATE_MARKS)
        or (_is_placeholder(text) and not _takes(kind, text))
    ):
        raise VoipmsInvalidValueError("nothing_given", field=name, value=text)


def _is_placeholder(text: str) -> bool:
    """Return True if a text is a word for no value."""
    return text.strip().lower() in _PLACEHOLDERS


def _takes(kind: Kind | None, text: str) -> bool:
    """Return True if a kind of values has this word, or refuses it in its own words."""
    if isinstance(kind, Flag):
        return bool(text.strip())
    return text in getattr(kind, "words", ())
