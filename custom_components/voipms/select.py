"""Where the calls of a number go."""

from dataclasses import dataclass
from typing import Any, override

from homeassistant.components.select import SelectEntity, SelectEntityDescription
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .account import VoipmsAccount, VoipmsConfigEntry
from .api import FUNCTIONS
from .coordinator import NumbersCoordinator
from .entity import NumberEntity, NumberEntityDescription, async_follow_numbers

PARALLEL_UPDATES = 0


@dataclass(frozen=True, kw_only=True)
class RoutingDescription(NumberEntityDescription, SelectEntityDescription):
    """Describes one of the places where a number's calls go."""

    method: str


ROUTINGS = (RoutingDescription(key="routing", method="setDIDRouting"),)


async def async_setup_entry(
    hass: HomeAssistant,
    entry: VoipmsConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Set up the selects of an account's numbers."""
    async_follow_numbers(entry, async_add_entities, ROUTINGS, RoutingSelect)


class RoutingSelect(NumberEntity[NumbersCoordinator], SelectEntity):
    """One of the places where a number's calls go, by its readable name."""

    entity_description: RoutingDescription

    def __init__(
        self, account: VoipmsAccount, did: str, description: RoutingDescription
    ) -> None:
        """Follow the number; the directory is followed once there is a state."""
        super().__init__(account.numbers, account, did, description)

    @override
    async def async_added_to_hass(self) -> None:
        """Follow the directory as well, which gives the names."""
        await super().async_added_to_hass()
        self.async_on_remove(
            self.account.directory.async_add_listener(self.async_write_ha_state)
        )

    @property
    def _routing(self) -> str:
        """Return the routing as VoIP.ms writes it."""
        return getattr(self.number, self.entity_description.key, "")

    @property
    @override
    def current_option(self) -> str | None:
        """Return the name of the routing, or the raw value if it has none."""
        return self.account.directory.data.name(self._routing) or None

    @property
    @override
    def options(self) -> list[str]:
        """Return everything the number can be routed to, and where it is now."""
        known = self.account.directory.data.options
        current = self.current_option
        return known if current is None or current in known else [*known, current]

    @property
    @override
    def extra_state_attributes(self) -> dict[str, Any]:
        """Return the raw value, as actions and the vendor's page write it."""
        return {"routing": self._routing}

    @override
    async def async_select_option(self, option: str) -> None:
        """Send the calls there."""
        routing = self.account.directory.data.routing(option)
        await self.account.async_run(
            FUNCTIONS[self.entity_description.method],
            {"did": self.did, self.entity_description.key: routing},
        )
