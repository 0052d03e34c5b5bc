"""Remove secrets from replies: passwords, PINs, callback and webhook addresses."""

import re
from typing import Any, Final

_SECRET: Final = re.compile(
    r"(?:\w+_)?"
    r"(?:pass(?:word|wd)?|pin|secret|token|api_key"
    r"|webhook(?:_url)?|url_callback|callback_url|smpp_(?:url|user))"
    r"(?:_confirm)?",
    re.IGNORECASE,
)
_NOT_SECRET: Final = frozenset({"has_port_out_pin", "skip_password"})
"""Flags that are named after a secret."""


def is_secret(field: str) -> bool:
    """Return True if a field of a reply holds a secret."""
    return field not in _NOT_SECRET and _SECRET.fullmatch(field) is not None


def without_secrets(value: Any) -> Any:
    """Return a reply, or a part of one, without secrets."""
    if isinstance(value, dict):
        return {
            name: without_secrets(item)
            for name, item in value.items()
            if not is_secret(name)
        }
    if isinstance(value, list):
        return [without_secrets(item) for item in value]
    return value
