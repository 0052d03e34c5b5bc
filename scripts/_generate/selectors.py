"""Selectors of parameters for services.yaml."""

from collections.abc import Iterable, Mapping
import re
from typing import Any, Final

from custom_components.voipms.api.models import SYSTEM_ROUTINGS
from custom_components.voipms.api.params import (
    Amount,
    Base64,
    Choice,
    Date,
    Did,
    Either,
    Email,
    Flag,
    IvrChoices,
    Joined,
    Kind,
    MessageText,
    PhoneNumber,
    Pin,
    Price,
    Routing,
    Seconds,
    Secret,
    SecretUrl,
    Text,
    UtcOffset,
)

from . import Tree

DEVICE: Final[Tree] = {
    "device": {"filter": {"integration": "voipms", "model": "Phone number"}}
}
CONTACTS: Final[Tree] = {
    "device": {
        "multiple": True,
        "filter": {"integration": "voipms", "model": "Contact"},
    }
}
MEDIA: Final[Tree] = {
    "media": {"accept": ["image/*", "video/*", "audio/*"], "multiple": True}
}
ENTRY: Final[Tree] = {"config_entry": {"integration": "voipms"}}
OBJECT: Final[Tree] = {"object": None}
TEXT: Final[Tree] = {"text": None}

LONG: Final = 255
"""Texts that can be longer than this get a multiline input."""

LEGAL_KEY: Final = re.compile(r"(?!.+[_-]{2})(?![_-])[a-z0-9_-]+(?<![_-])")
"""The translation keys that hassfest accepts."""

TRANSLATION_KEYS: Final[Mapping[str, str | None]] = {
    "agent_announcement": "announcement",
    "announce_position_frecuency": "announcement_interval",
    "caller_announcement": "announcement",
    "frequency_announcement": "announcement_interval",
    "get_did_countries.type": "international_type",
    "get_international_types.type": "international_type",
    "get_join_when_empty_types.type": "when_empty",
    "get_mms.type": "direction",
    "get_sms.type": "direction",
    "if_announce_position_enabled_report_estimated_hold_time": "hold_time",
    "join_announcement": "announcement",
    "join_when_empty": "when_empty",
    "leave_when_empty": "when_empty",
    "maximum_callers": "maximum",
    "maximum_wait_time": "maximum",
    "music": "music_on_hold",
    "queue_language": "language",
    "report_hold_time_agent": "hold_time",
    "retry_timer": "delay",
    "search_vanity.type": None,
    "strategy": "ring_strategy",
    "type": "match",
    "voice_announcement": "announcement",
    "wrapup_time": "delay",
}
"""Translation keys of options, if not the name of the field.

None for options that need no words.
"""


def selector(action: str, name: str, kind: Kind) -> Tree:
    """Return the selector of a field."""
    match kind:
        case Flag():
            return {"boolean": None}
        case Choice():
            return _select(action, name, kind.options)
        case Either() if not kind.words:
            return selector(action, name, kind.kind)
        case Either():
            return _select(action, name, kind.words, custom_value=True)
        case Routing():
            routings = [
                wire
                for wire in map(str, SYSTEM_ROUTINGS)
                if kind.nowhere or wire != kind.empty
            ]
            return _select(action, name, routings, custom_value=True)
        case Amount():
            return {"number": _number(kind)}
        case Date():
            return {"date": None}
        case IvrChoices():
            return OBJECT
        case _:
            return {"text": _text(kind)}


def _select(
    action: str, name: str, options: Iterable[str], *, custom_value: bool = False
) -> Tree:
    """Return a select, with a translation key if possible.

    Kinds read values in capitals or not, and the keys of translations have none.
    """
    offered = [option.lower() for option in options]
    config: Tree = {"custom_value": True} if custom_value else {}
    config["options"] = offered
    key = TRANSLATION_KEYS.get(f"{action}.{name}", TRANSLATION_KEYS.get(name, name))
    if key and any(LEGAL_KEY.fullmatch(option) for option in offered):
        config["translation_key"] = key
    return {"select": config}


def _number(kind: Amount) -> Tree:
    """Return the selector of a number."""
    config: Tree = {"mode": "box", "min": kind.minimum}
    if kind.maximum is not None:
        config["max"] = kind.maximum
    config["step"] = kind.step or "any"
    match kind:
        case Seconds():
            config["unit_of_measurement"] = "seconds"
        case UtcOffset():
            config["unit_of_measurement"] = "hours"
        case Price():
            config["unit_of_measurement"] = "USD"
    return config


def _text(kind: Kind) -> dict[str, Any] | None:
    """Return the selector of a text."""
    match kind:
        case Joined():
            return {"multiple": True}
        case Did() | PhoneNumber():
            return {"type": "tel"}
        case Email():
            return {"type": "email"}
        case SecretUrl():
            return {"type": "url"}
        case Secret() | Pin():
            return {"type": "password"}
        case Base64() | MessageText():
            return {"multiline": True}
        case Text(max_length=int(length)) if length > LONG:
            return {"multiline": True}
        case _:
            return None
