"""From what a person writes to what goes out: a function's parameters, checked."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from .errors import VoipmsInvalidValueError
from .functions import Function
from .functions.model import Param


def to_wire(
    function: Function, values: Mapping[str, Any], *, later: Collection[str] = ()
) -> dict[str, str]:
    """Return the parameters of a call in their wire form.

    Values of None and parameters that are not given are not sent; an empty text
    clears what may be empty. Those of `later` may be missing, since the caller adds
    them. Raises VoipmsInvalidValueError, which
    names the field, for what would be refused.
    """
    known = {param.name: param for param in function.params}
    given = {name: value for name, value in values.items() if value is not None}
    for name in given:
        if name not in known:
            raise VoipmsInvalidValueError(
                "unknown_field", field=name, fields=", ".join(known) or "none"
            )
    for param in _needed(function, given):
        if param.name not in given and param.name not in later:
            raise VoipmsInvalidValueError("missing_field", field=param.name)
    wire = {name: convert(known[name], value) for name, value in given.items()}
    return {name: value for name, value in wire.items() if value is not None}


def _needed(function: Function, given: Mapping[str, Any]) -> Iterator[Param]:
    """Return the parameters that this call cannot do without.

    One that changes a record needs only what finds the record.
    """
    update = function.update
    if update is None or (update.creates and update.id not in given):
        yield from (param for param in function.params if param.required)
        return
    finders = {update.id, *update.by.values()}
    yield from (param for param in function.params if param.name in finders)


def convert(param: Param, value: Any) -> str | None:
    """Convert one value; an error names the field, and quotes no secret."""
    if value == "" and not param.required:
        return ""
    try:
        return param.kind.to_wire(value)
    except VoipmsInvalidValueError as err:
        details = err.placeholders | {"field": param.name}
        if param.kind.secret:
            details["value"] = "***"
        raise VoipmsInvalidValueError(err.key, **details) from None
