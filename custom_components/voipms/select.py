"""Select entities of VoIP.ms: routing and other settings of numbers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final, override

from homeassistant.components.select import SelectEntity, SelectEntityDescription
from homeassistant.const import EntityCategory
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .account import VoipmsConfigEntry
from .api import Did
from .directory import Directory
from .entity import RecordEntityDescription, SettingEntity, async_follow
from .services.permissions import async_check_setting

PARALLEL_UPDATES = 0


@dataclass(frozen=True, kw_only=True)
class NumberSelectDescription(RecordEntityDescription[Did], SelectEntityDescription):
    """Describes a setting named by the directory; its key is the field of the record."""

    names_fn: Callable[[Directory], Mapping[str, str]] = lambda directory: (
        directory.names
    )
    options_fn: Callable[[Directory], list[str]] = lambda directory: directory.options
    raw_attribute: str | None = None


SELECTS = (
    NumberSelectDescription(key="routing", raw_attribute="routing"),
    *(
        NumberSelectDescription(
            key=key,
            raw_attribute="routing",
            entity_category=EntityCategory.CONFIG,
            entity_registry_enabled_default=False,
        )
        for key in ("failover_busy", "failover_unreachable", "failover_noanswer")
    ),
    NumberSelectDescription(
        key="pop",
        names_fn=lambda directory: directory.servers,
        options_fn=lambda directory: directory.server_options,
        entity_category=EntityCategory.CONFIG,
        entity_registry_enabled_default=False,
    ),
)

BILLING_TYPES: Final = {"1": "per_minute", "2": "flat"}
BILLING = (
    RecordEntityDescription[Did](
        key="billing_type",
        entity_category=EntityCategory.CONFIG,
        entity_registry_enabled_default=False,
        has_fn=lambda number: str(number.billing_type) in BILLING_TYPES,
    ),
)


async def async_setup_entry(
    hass: HomeAssistant,
    entry: VoipmsConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Set up the selects of an account's numbers."""
    numbers = entry.runtime_data.numbers
    async_follow(entry, async_add_entities, numbers, SELECTS, DirectorySelect)
    async_follow(entry, async_add_entities, numbers, BILLING, BillingSelect)


class DirectorySelect(SettingEntity, SelectEntity):
    """Select entity of destinations or servers, by their names in the directory."""

    entity_description: NumberSelectDescription

    @override
    async def async_added_to_hass(self) -> None:
        """Follow the directory, which has the names."""
        await super().async_added_to_hass()
        self.async_on_remove(
            self.account.directory.async_add_listener(self.async_write_ha_state)
        )

    @property
    def _names(self) -> Mapping[str, str]:
        """Return what can be chosen, and how it is called."""
        return self.entity_description.names_fn(self.account.directory.data)

    @property
    def _value(self) -> str:
        """Return the choice as VoIP.ms writes it."""
        return "" if self.setting is None else str(self.setting)

    @property
    @override
    def current_option(self) -> str | None:
        """Return the name of the choice, or the raw value if it has none."""
        return self._names.get(self._value, self._value) or None

    @property
    @override
    def options(self) -> list[str]:
        """Return everything that can be chosen, and what is chosen now."""
        known = self.entity_description.options_fn(self.account.directory.data)
        value = self._value
        return known if not value or value in self._names else [*known, value]

    @property
    @override
    def extra_state_attributes(self) -> dict[str, Any] | None:
        """Return the raw value, as actions and the vendor's page write it."""
        attribute = self.entity_description.raw_attribute
        return {attribute: self._value} if attribute else None

    @override
    async def async_select_option(self, option: str) -> None:
        """Change the setting."""
        chosen = next(
            (value for value, name in self._names.items() if name == option), option
        )
        await self.account.async_change(self.did, self.entity_description.key, chosen)


class BillingSelect(SettingEntity, SelectEntity):
    """Select entity of the billing type of a number."""

    @property
    @override
    def options(self) -> list[str]:
        """Return the ways of billing."""
        return list(BILLING_TYPES.values())

    @property
    @override
    def current_option(self) -> str | None:
        """Return how the number is billed."""
        return BILLING_TYPES.get(str(self.setting))

    @override
    async def async_select_option(self, option: str) -> None:
        """Change the billing type."""
        chosen = next(code for code, name in BILLING_TYPES.items() if name == option)
        field = self.entity_description.key
        await async_check_setting(self.hass, self._context, field, chosen)
        await self.account.async_change(self.did, field, chosen)
