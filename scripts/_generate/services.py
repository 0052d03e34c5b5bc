"""services.yaml: the actions and their fields."""

from typing import Final

import yaml

from custom_components.voipms.api import ACTIONS, Function
from custom_components.voipms.api.functions import Param
from custom_components.voipms.services import CALL_API
from custom_components.voipms.services.fields import names_a_number
from custom_components.voipms.services.sending import (
    ATTR_CONTACT,
    ATTR_LONG_TEXT,
    ATTR_MEDIA,
    EXTRA_FIELDS,
    LONG_TEXT,
)

from . import Tree
from .examples import example
from .selectors import CONTACTS, DEVICE, ENTRY, MEDIA, OBJECT, TEXT, selector

SECTION: Final = "more"
SECTION_FROM: Final = 5
"""Minimum number of optional fields to collapse into a section."""
UNFOLDED: Final = frozenset({"did", "from", "test", "to"})
"""Optional fields that are not folded away: what nearly every call needs, and what
keeps one from spending money."""

EXTRA_SELECTORS: Final[Tree] = {
    ATTR_CONTACT: CONTACTS,
    ATTR_LONG_TEXT: selector("send_sms", ATTR_LONG_TEXT, LONG_TEXT.kind),
    ATTR_MEDIA: MEDIA,
}
CALL_API_FIELDS: Final[Tree] = {
    "method": {"required": True, "example": "getCallTypes", "selector": TEXT},
    "parameters": {"example": '{"client": "561115"}', "selector": OBJECT},
    "config_entry_id": {"selector": ENTRY},
}


def services() -> Tree:
    """Return every action with its fields."""
    found: Tree = {
        name: {"fields": _form(name, function)} for name, function in ACTIONS.items()
    }
    return {**found, CALL_API: {"fields": CALL_API_FIELDS}}


def _form(action: str, function: Function) -> Tree:
    """Return the fields of an action in the order of the form."""
    seen, folded = _split(function)
    params = {param.name: param for param in function.params}
    made: Tree = {}
    for name in seen:
        made[name] = _field(action, function, name, params.get(name))
        if name == "did" and names_a_number(function):
            made["device_id"] = {"selector": DEVICE}
    if folded:
        made[SECTION] = {
            "collapsed": True,
            "fields": {
                name: _field(action, function, name, params.get(name))
                for name in folded
            },
        }
    return {**made, "config_entry_id": {"selector": ENTRY}}


def _field(action: str, function: Function, name: str, param: Param | None) -> Tree:
    """Return a field; a field without a parameter is not sent to VoIP.ms."""
    made: Tree = {}
    if param and _is_required(function, param):
        made["required"] = True
    if (value := example(action, name)) is not None:
        made["example"] = value
    made["selector"] = (
        selector(action, name, param.kind) if param else EXTRA_SELECTORS[name]
    )
    return made


def field_names(function: Function) -> list[str]:
    """Return the fields in order, with contacts next to recipients."""
    names = [param.name for param in function.params]
    for extra in EXTRA_FIELDS.get(function.method, ()):
        at = names.index("dst") + 1 if extra == ATTR_CONTACT else len(names)
        names.insert(at, extra)
    return names


def _split(function: Function) -> tuple[list[str], list[str]]:
    """Return the visible fields and the collapsed ones."""
    needed = {param.name for param in function.params if param.required}
    if function.update:
        needed.add(function.update.id)
    names = field_names(function)
    seen = [name for name in names if name in needed | UNFOLDED]
    folded = [name for name in names if name not in seen]
    return (seen, folded) if len(folded) >= SECTION_FROM else (seen + folded, [])


def _is_required(function: Function, param: Param) -> bool:
    """Return True if the form requires a field.

    A number may be given by its device, and people to write to as contacts.
    """
    if param.name == "did" and names_a_number(function):
        return False
    if param.name == "dst" and function.method in EXTRA_FIELDS:
        return False
    return is_always_needed(function, param)


def is_always_needed(function: Function, param: Param) -> bool:
    """Return True if every call requires a parameter, even a change."""
    update = function.update
    return param.required and (
        update is None
        or not update.partial
        or param.name in update.by.values()
        or (update.id == param.name and not update.creates)
    )


def as_yaml(actions: Tree) -> str:
    """Return the text of services.yaml."""
    head = "# Written by scripts/generate from the function table in api/functions/.\n"
    return head + yaml.dump(
        actions, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=88
    )


class _Dumper(yaml.SafeDumper):
    """A YAML dumper without anchors that writes None as an empty value."""

    def ignore_aliases(self, data: object) -> bool:
        """Disable anchors."""
        return True


_Dumper.add_representer(
    type(None),
    lambda dumper, _: dumper.represent_scalar("tag:yaml.org,2002:null", ""),
)
