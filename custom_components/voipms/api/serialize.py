"""From what a person writes to what goes out: a function's parameters, checked."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from .errors import VoipmsInvalidValueError
from .functions import Function, Group, Param, Update
from .given import check_given


def to_wire(
    function: Function, values: Mapping[str, Any], *, later: Collection[str] = ()
) -> dict[str, str]:
    """Return the parameters of a call in their wire form.

    Values of None and parameters that are not given are not sent; an empty text
    clears what may be empty. Where a call costs something, both are refused. Those of `later` may be missing, since the caller adds
    them. Raises VoipmsInvalidValueError, which names the field, for what would be
    refused.
    """
    known = {param.name: param for param in function.params}
    for name, value in values.items():
        if name not in known:
            raise VoipmsInvalidValueError(
                "unknown_field", field=name, fields=", ".join(known) or "none"
            )
        if function.costs and (name in later or not _is_missing(known[name], value)):
            check_given(name, value, known[name].kind)
    given = {
        name: value
        for name, value in values.items()
        if value is not None and not (_is_blank(value) and _means_none(function, name))
    }
    for param in _needed(function, given):
        if param.name not in given and param.name not in later:
            raise VoipmsInvalidValueError("missing_field", field=param.name)
    wire = {
        name: text
        for name, value in given.items()
        if (text := convert(known[name], value)) is not None
    }
    check_aligned(function, wire)
    return wire


def check_aligned(function: Function, wire: Mapping[str, str]) -> None:
    """Refuse lists that belong together and are not of the same length."""
    counts = {
        name: sum(1 for item in wire[name].split(";") if item.strip())
        for name in function.aligned
        if name in wire
    }
    if len(set(counts.values())) > 1:
        raise VoipmsInvalidValueError(
            "not_aligned",
            fields=", ".join(counts),
            counts=", ".join(map(str, counts.values())),
        )


def _is_blank(value: Any) -> bool:
    """Return True if a value is an empty text."""
    return isinstance(value, str) and not value.strip()


def _is_missing(param: Param, value: Any) -> bool:
    """Return True if a parameter that is required has no value."""
    return param.required and (value is None or _is_blank(value))


def _means_none(function: Function, name: str) -> bool:
    """Return True if an empty text says the same as leaving the parameter out.

    There is nothing to clear in a look-up, and a record without an ID is a new one.
    """
    update = function.update
    return function.group is Group.READ or (
        update is not None and update.creates and update.id == name
    )


def _needed(function: Function, given: Mapping[str, Any]) -> Iterator[Param]:
    """Return the parameters that this call cannot do without.

    One that changes a record needs only what finds the record.
    """
    update = function.update
    if update is None or not update.partial or _is_new(update, given):
        yield from (param for param in function.params if param.required)
        return
    finders = {update.id, *update.by.values()}
    yield from (param for param in function.params if param.name in finders)


def _is_new(update: Update, given: Mapping[str, Any]) -> bool:
    """Tell whether a call makes a record, since it names none."""
    return update.creates and update.id not in given


def convert(param: Param, value: Any) -> str | None:
    """Convert one value; an error names the field, and quotes no secret."""
    kind = param.kind
    if _is_blank(value) and kind.empty is not None and not param.required:
        return kind.empty
    try:
        wire = None if _is_blank(value) and param.required else kind.to_wire(value)
    except VoipmsInvalidValueError as err:
        details = err.placeholders | {"field": param.name}
        if kind.secret:
            details["value"] = "***"
        raise VoipmsInvalidValueError(err.key, **details) from None
    if param.required and not wire:
        raise VoipmsInvalidValueError("missing_field", field=param.name)
    return wire
