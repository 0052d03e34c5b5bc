"""The settings of a number: which function and parameter change which field."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from .functions import FUNCTIONS, Function
from .serialize import to_wire

_FUNCTIONS: Final = ("setDIDRouting", "setDIDPOP", "setDIDInfo", "setSMS")
"""The functions that change settings; the first that has a setting changes it."""


@dataclass(frozen=True, slots=True)
class Setting:
    """A setting of a number: a function and its parameter."""

    function: Function
    param: str


def _settings() -> dict[str, Setting]:
    """Return the settings by the field of the record."""
    found: dict[str, Setting] = {}
    for function in map(FUNCTIONS.__getitem__, _FUNCTIONS):
        assert function.update
        for param in function.update.settings(function.params):
            field = function.update.field_of(param.name)
            found.setdefault(field, Setting(function, param.name))
    return found


_SETTINGS: Final[Mapping[str, Setting]] = _settings()


def setting_of(field: str) -> Setting:
    """Return the setting of a number by the field of its record (see Did)."""
    return _SETTINGS[field]


def change_of(did: str, field: str, value: Any) -> tuple[Function, dict[str, str]]:
    """Return the function and the parameters that change one setting of a number.

    `field` is the name of the setting in the record (see Did); an empty text clears a
    setting that may be empty. Run them with VoipmsClient.run, which keeps all other
    settings. Raises VoipmsInvalidValueError for a value that VoIP.ms would refuse.
    """
    setting = setting_of(field)
    function = setting.function
    return function, to_wire(function, {"did": did, setting.param: value})
