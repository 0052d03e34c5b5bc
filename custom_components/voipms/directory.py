"""The destinations of an account by the names that people choose them by."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final, Self

from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.translation import async_get_cached_translations

from .api import Routing
from .api.destinations import Destination
from .api.models import SYSTEM_ROUTINGS
from .const import DOMAIN

MAIN_ACCOUNT: Final = "main_account"

type Words = Mapping[str, str]
"""What each sort of destination is called, and each destination of the system."""


@callback
def async_words(hass: HomeAssistant) -> Words:
    """Return what destinations are called in Home Assistant's language."""
    prefix = f"component.{DOMAIN}.selector.destination.options."
    translations = async_get_cached_translations(
        hass, hass.config.language, "selector", DOMAIN
    )
    return {
        key.removeprefix(prefix): text
        for key, text in translations.items()
        if key.startswith(prefix)
    }


def key_of(routing: Routing) -> str:
    """Return the translation key of a destination of the system, such as sys_busy."""
    return str(routing).strip(":").replace(":", "_")


def named(destinations: Iterable[Destination], word: str) -> dict[Routing, str]:
    """Return destinations in words: what they are, their names and descriptions."""
    names = {}
    for each in destinations:
        name = f"{word} {each.name}".strip()
        names[each.routing] = (
            f"{name} ({each.description})" if each.description else name
        )
    return names


@dataclass(frozen=True)
class Directory:
    """What can be routed to: routings as VoIP.ms writes them, each with its name.

    No two names are the same, so a name stands for a routing.
    """

    names: Mapping[str, str] = field(default_factory=dict)
    headers: frozenset[str] = frozenset()
    """The headers whose every destination is known."""

    servers: Mapping[str, str] = field(default_factory=dict)
    """The servers (POP) that a number can live on, by their number, with their name."""

    @classmethod
    def of(
        cls,
        found: Mapping[str, Mapping[Routing, str]],
        words: Words,
        servers: Mapping[str, str] | None = None,
    ) -> Self:
        """Put together the destinations that were found, by their header.

        Destinations of the same name get their record beside it.
        """
        system = {
            routing: words.get(key_of(routing), "") for routing in SYSTEM_ROUTINGS
        }
        names = {
            routing: name or str(routing)
            for destinations in (*found.values(), system)
            for routing, name in destinations.items()
        }
        for distinction in (lambda routing: routing.record, str):
            count = Counter(names.values())
            names = {
                routing: name
                if count[name] == 1
                else f"{name} [{distinction(routing)}]"
                for routing, name in names.items()
            }
        return cls(
            {str(routing): name for routing, name in names.items()},
            frozenset(found),
            servers or {},
        )

    @cached_property
    def options(self) -> list[str]:
        """Return every name."""
        return list(self.names.values())

    @cached_property
    def server_options(self) -> list[str]:
        """Return the name of every server."""
        return list(self.servers.values())

    def knows(self, routing: Routing) -> bool:
        """Return True if a routing leads somewhere, as far as can be told."""
        return routing.header not in self.headers or str(routing) in self.names
