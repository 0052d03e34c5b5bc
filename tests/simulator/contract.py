"""What the service accepts: which parameters a function takes and what may be in them."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
import json
from pathlib import Path
import re
from typing import Any

FACTS = Path(__file__).with_name("contract.json")
LANGUAGES = ("en", "es", "fr")
LOCALE = re.compile(r"[a-z]{2,3}-[A-Z0-9]{2,3}")
FOLDERS = ("INBOX", "Old", "Urgent", "Family", "Friends", "Work")
HEADERS = (
    *("account", "fwd", "vm", "sip", "grp", "ivr", "sys", "recording"),
    *("queue", "cb", "tc", "disa", "none", "did", "phone"),
)
MEMBER = re.compile(r"(account|fwd|sip):[^,;\s]+(,([1-9]|[1-5]\d|60)(,[01])?)?")
CHOICE = re.compile(r"[0-9*#ti]+\s*=\s*\w+:\S*")
DATA_URI = re.compile(r"data:([\w.+-]+/[\w.+-]+)?;base64,(.+)", re.DOTALL)

Spec = dict[str, Any]


class Refusal(Exception):
    """The service says no, with one of its status codes."""

    def __init__(self, status: str) -> None:
        """Keep the code that the reply will carry."""
        super().__init__(status)
        self.status = status


@dataclass(slots=True)
class Checked:
    """A call measured against the contract."""

    params: dict[str, str] = field(default_factory=dict)
    emptied: set[str] = field(default_factory=set)
    """Parameters that came with nothing in them."""
    held: set[str] = field(default_factory=set)
    """Parameters that came with what the record holds."""
    status: str | None = None
    violations: list[str] = field(default_factory=list)

    def refuse(self, status: str, violation: str) -> None:
        """Note what is wrong; the first finding decides the status."""
        self.status = self.status or status
        self.violations.append(violation)


class Contract:
    """The transcribed facts of all functions."""

    def __init__(self) -> None:
        """Read the transcription."""
        facts = json.loads(FACTS.read_text(encoding="utf-8"))
        self.methods: dict[str, dict[str, Any]] = facts["methods"]
        self.statuses = frozenset(facts["statuses"])
        self._aliases: dict[str, str] = facts["aliases"]
        self._missing: dict[str, str] = facts["missing"]
        self._invalid: dict[str, str] = facts["invalid"]

    def resolve(self, method: str) -> str | None:
        """Return the function's own name, if there is such a function."""
        method = self._aliases.get(method, method)
        return method if method in self.methods else None

    def params_of(self, method: str) -> dict[str, Spec]:
        """Return what a function takes."""
        params: dict[str, Spec] = self.methods[method]["params"]
        return params

    def invalid(self, param: str) -> str:
        """Return the code for a wrong value of a parameter."""
        return self._invalid.get(param, "invalid_parameter")

    def check(
        self, method: str, sent: dict[str, str], held: Mapping[str, str] = {}
    ) -> Checked:
        """Measure a call; empty values count as not sent.

        What the record holds (by its parameter) is taken back, whatever it is, unless
        the service is known to refuse it.
        """
        specs = self.params_of(method)
        aliases = {
            spec["alias"]: name for name, spec in specs.items() if "alias" in spec
        }
        checked = Checked()
        for name, value in sent.items():
            if (own := aliases.get(name, name)) not in specs:
                checked.refuse("invalid_parameter", f"{method}.{name}: unknown")
            elif value != "":
                checked.params[own] = value
            else:
                checked.emptied.add(own)
        for name, spec in specs.items():
            if spec.get("required") and not checked.params.get(name, "").strip():
                code = self._missing.get(name, "missing_params")
                checked.refuse(code, f"{method}.{name}: missing")
        for name, value in checked.params.items():
            if held.get(name) == value and value not in specs[name].get("refused", ()):
                checked.held.add(name)
            elif not valid(specs[name], value):
                checked.refuse(self.invalid(name), f"{method}.{name}: invalid")
            elif (other := specs[name].get("same")) and count(value) != count(
                checked.params.get(other, "")
            ):
                checked.refuse("invalid_numbermembers", f"{method}.{name}: count")
        return checked


def count(value: str, separator: str = ";") -> int:
    """Count the items of a list in text."""
    return len(items(value, separator))


def items(value: str, separator: str = ";") -> list[str]:
    """Split a list in text; a separator at the end adds nothing."""
    return [part for item in value.split(separator) if (part := item.strip())]


def valid(spec: Spec, value: str) -> bool:
    """Return True if a value fits what the contract says of its parameter."""
    if separator := spec.get("separator"):
        parts = items(value, separator)
        one = {key: item for key, item in spec.items() if key != "separator"}
        limit: int = spec.get("items", 1000)
        return 0 < len(parts) <= limit and all(valid(one, p) for p in parts)
    words: list[str] = spec.get("words", [])
    if value in spec.get("refused", ()):
        return False
    return value in words or _KINDS[spec["kind"]](spec, value)


def _text(spec: Spec, value: str) -> bool:
    length: int = spec.get("length", 10_000)
    return len(value) <= length


def _number(spec: Spec, value: str, pattern: str) -> bool:
    if not re.fullmatch(pattern, value, re.ASCII):
        return False
    try:
        number = Decimal(value)
    except InvalidOperation:
        return False
    return (
        number >= Decimal(str(spec.get("min", "-Infinity")))
        and number <= Decimal(str(spec.get("max", "Infinity")))
        and ("step" not in spec or number % Decimal(str(spec["step"])) == 0)
    )


def _date(spec: Spec, value: str) -> bool:
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value, re.ASCII):
        return False
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


def _matches(pattern: str, value: str) -> bool:
    return re.fullmatch(pattern, value, re.ASCII | re.DOTALL) is not None


def _base64(value: str) -> bool:
    try:
        return bool(base64.b64decode(value, validate=True))
    except binascii.Error:
        return False


def _media(spec: Spec, value: str) -> bool:
    if data := DATA_URI.fullmatch(value):
        return _base64(data[2])
    return _matches(r"https?://\S+", value)


_KINDS: dict[str, Callable[[Spec, str], bool]] = {
    "text": _text,
    "id": lambda spec, value: _matches(r"\d{1,20}", value),
    "integer": lambda spec, value: _number(spec, value, r"-?\d+"),
    "decimal": lambda spec, value: _number(spec, value, r"-?\d+(\.\d+)?"),
    "flag": lambda spec, value: value in ("0", "1"),
    "yesno": lambda spec, value: value in ("yes", "no"),
    "true": lambda spec, value: value == "true",
    "choice": lambda spec, value: value in spec["choices"],
    "pattern": lambda spec, value: _matches(spec["pattern"], value),
    "date": _date,
    "did": lambda spec, value: _matches(r"\d{10}", value),
    "phone": lambda spec, value: _matches(r"\d{3,20}", value),
    "email": lambda spec, value: (
        re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", value) is not None
    ),
    "url": lambda spec, value: _matches(r"https?://[^\s/]\S*", value),
    "base64": lambda spec, value: _base64(value),
    "media": _media,
    "language": lambda spec, value: value in LANGUAGES,
    "locale": lambda spec, value: LOCALE.fullmatch(value) is not None,
    "folder": lambda spec, value: value in FOLDERS,
    "recording": lambda spec, value: _matches(r"\d+", value),
    "music": lambda spec, value: _matches(r"[\w-]+", value),
    "routing": lambda spec, value: _matches(r"[a-z0-9_]+:.*", value),
    "members": lambda spec, value: all(MEMBER.fullmatch(part) for part in items(value)),
    "choices": lambda spec, value: all(CHOICE.fullmatch(part) for part in items(value)),
}
