"""The table of API functions, one module for each family.

What calls are checked by, services.yaml and the README's list all derive from it. The
words that people read stand in translations/en.json, the icons in icons.json.
"""

from collections.abc import Mapping
from typing import Final

from . import account, callers, destinations, menus, messages, numbers, ordering, queues
from .model import Function, Group, Param, Update, group_of

__all__ = ["ACTIONS", "FUNCTIONS", "Function", "Group", "Param", "Update", "group_of"]

FUNCTIONS: Final[Mapping[str, Function]] = {
    function.method: function
    for family in (
        numbers,
        messages,
        destinations,
        menus,
        queues,
        callers,
        ordering,
        account,
    )
    for function in family.FUNCTIONS
}
"""Every function, by its name on the wire."""

ACTIONS: Final[Mapping[str, Function]] = {
    function.action: function for function in FUNCTIONS.values() if function.action
}
"""The functions that have an action, by the name of the action."""
