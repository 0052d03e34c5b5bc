"""Detect placeholders given as values, such as the output of a failed template."""

from collections.abc import Mapping
from typing import Any, Final

from .errors import VoipmsInvalidValueError
from .params import Flag, Kind

_PLACEHOLDERS: Final = frozenset(
    {"", "maybe", "nan", "none", "null", "unavailable", "undefined", "unknown"}
)
"""Texts that a template or a state without a value results in."""
_TEMPLATE_MARKS: Final = ("{{", "{%", "{#")


def check_given(name: str, value: Any, kind: Kind | None = None) -> None:
    """Refuse a placeholder that is given as the value of a parameter.

    Options of the parameter are accepted in their exact spelling. Raises
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
    """Return True if a text stands for no value."""
    return text.strip().lower() in _PLACEHOLDERS


def _takes(kind: Kind | None, text: str) -> bool:
    """Return True if a text is an option of a kind, or refused by the kind itself."""
    if isinstance(kind, Flag):
        return bool(text.strip())
    return text in getattr(kind, "words", ())
