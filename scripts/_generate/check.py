"""Missing and unused translations and icons."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from custom_components.voipms.api.destinations import SOURCES
from custom_components.voipms.api.models import SYSTEM_ROUTINGS
from custom_components.voipms.directory import MAIN_ACCOUNT, key_of

from . import ICONS, ROOT, TRANSLATIONS, Tree
from .selectors import LEGAL_KEY
from .services import SECTION

STATUS: Final = "exceptions.status_"
"""Prefix of the translation keys of status codes."""
DESTINATIONS: Final = frozenset(
    {
        "account",
        MAIN_ACCOUNT,
        "vm",
        *SOURCES,
        *map(key_of, SYSTEM_ROUTINGS),
    }
)
"""System routings, which are translated wherever a routing is shown."""


def missing_words(words: Tree, actions: Tree, statuses: Iterable[str]) -> list[str]:
    """Return the problems of the English translations, one sentence for each key."""
    needed = {f"{STATUS}{status.lower()}.message" for status in statuses}
    needed |= {f"selector.destination.options.{key}" for key in DESTINATIONS}
    for action, config in actions.items():
        needed.update(_action(f"services.{action}", config["fields"]))
    used = ("services.", "selector.", STATUS)
    found = {key for key in _leaves(words) if key.startswith(used)}
    return _compare(TRANSLATIONS, needed, found)


def missing_icons(icons: Tree, actions: Tree) -> list[str]:
    """Return the problems of the icons of actions, one sentence for each key."""
    needed = {f"services.{action}.service" for action in actions}
    found = {key for key in _leaves(icons) if key.startswith("services.")}
    return _compare(ICONS, needed, found)


def _action(path: str, fields: Tree) -> Iterator[str]:
    """Return the translation keys of an action."""
    yield from (f"{path}.name", f"{path}.description")
    shown = {name: field for name, field in fields.items() if name != SECTION}
    if SECTION in fields:
        yield f"{path}.sections.{SECTION}.name"
        shown |= fields[SECTION]["fields"]
    for name, field in shown.items():
        yield from (f"{path}.fields.{name}.{text}" for text in ("name", "description"))
        select = field["selector"].get("select") or {}
        if key := select.get("translation_key"):
            yield from (
                f"selector.{key}.options.{option}"
                for option in select["options"]
                if LEGAL_KEY.fullmatch(option)
            )


def _leaves(tree: Tree, path: str = "") -> Iterator[str]:
    """Return the paths of all non-empty texts."""
    for key, value in tree.items():
        if isinstance(value, dict):
            yield from _leaves(value, f"{path}{key}.")
        elif value:
            yield f"{path}{key}"


def _compare(path: Path, needed: set[str], found: set[str]) -> list[str]:
    """Return a sentence for each missing or unused key."""
    name = path.relative_to(ROOT)
    return [
        *(f"{name}: {key} is missing." for key in sorted(needed - found)),
        *(f"{name}: {key} is left over." for key in sorted(found - needed)),
    ]
