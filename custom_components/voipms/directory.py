"""The directory: names of the destinations and servers of an account."""

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
"""The translated names of types of destinations and of those of the system."""


@callback
def async_words(hass: HomeAssistant) -> Words:
    """Return the names of destinations in the language of Home Assistant."""
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
    """Return the full names of destinations: type, name and description."""
    names = {}
    for each in destinations:
        name = f"{word} {each.name}".strip()
        names[each.routing] = (
            f"{name} ({each.description})" if each.description else name
        )
    return names


@dataclass(frozen=True)
class Directory:
    """Routings as VoIP.ms writes them with their unique names."""

    names: Mapping[str, str] = field(default_factory=dict)
    headers: frozenset[str] = frozenset()
    """The headers of which all destinations are known."""

    servers: Mapping[str, str] = field(default_factory=dict)
    """The names of the servers (POPs) by their number."""

    @classmethod
    def of(
        cls,
        found: Mapping[str, Mapping[Routing, str]],
        words: Words,
        servers: Mapping[str, str] | None = None,
    ) -> Self:
        """Return the directory of destinations that were found, by their header.

        Destinations with the same name are distinguished by their ID.
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
        """Return the names of all destinations."""
        return list(self.names.values())

    @cached_property
    def server_options(self) -> list[str]:
        """Return the names of all servers."""
        return list(self.servers.values())

    def knows(self, routing: Routing) -> bool:
        """Return False if the destination of a routing is known not to exist."""
        return routing.header not in self.headers or str(routing) in self.names
