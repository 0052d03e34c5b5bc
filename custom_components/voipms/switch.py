"""Switches of VoIP.ms numbers: do not disturb and settings."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Final, override

from homeassistant.components.switch import SwitchEntity, SwitchEntityDescription
from homeassistant.const import EntityCategory
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .account import VoipmsConfigEntry
from .api import Did, setting_of
from .const import DOMAIN
from .entity import RecordEntityDescription, SettingEntity, async_follow

PARALLEL_UPDATES = 0

ROUTING: Final = setting_of("routing")


@dataclass(frozen=True, kw_only=True)
class NumberSwitchDescription(RecordEntityDescription[Did], SwitchEntityDescription):
    """Describes a setting that is on or off; its key is the field of the record."""


DO_NOT_DISTURB = (RecordEntityDescription[Did](key="do_not_disturb"),)

SETTINGS = (
    NumberSwitchDescription(
        key="cnam",
        entity_category=EntityCategory.CONFIG,
        entity_registry_enabled_default=False,
    ),
    NumberSwitchDescription(
        key="record_calls",
        entity_category=EntityCategory.CONFIG,
        entity_registry_enabled_default=False,
        has_fn=lambda number: number.record_calls is not None,
    ),
    NumberSwitchDescription(
        key="sms_enabled",
        entity_category=EntityCategory.CONFIG,
        entity_registry_enabled_default=False,
        # Turning it off must not remove the switch.
        has_fn=lambda number: number.sms_available is not False,
    ),
    NumberSwitchDescription(
        key="sms_email_enabled",
        entity_category=EntityCategory.CONFIG,
        entity_registry_enabled_default=False,
        has_fn=lambda number: number.has_messages,
    ),
    NumberSwitchDescription(
        key="sms_forward_enabled",
        entity_category=EntityCategory.CONFIG,
        entity_registry_enabled_default=False,
        has_fn=lambda number: number.has_messages,
    ),
)


async def async_setup_entry(
    hass: HomeAssistant,
    entry: VoipmsConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Set up the switches of an account's numbers."""
    numbers = entry.runtime_data.numbers
    async_follow(entry, async_add_entities, numbers, DO_NOT_DISTURB, DoNotDisturbSwitch)
    async_follow(entry, async_add_entities, numbers, SETTINGS, SettingSwitch)


class DoNotDisturbSwitch(SettingEntity, SwitchEntity):
    """Switch that routes calls elsewhere, and back to where they went before."""

    @override
    async def async_added_to_hass(self) -> None:
        """Suggest aliases when the entity is added."""
        await super().async_added_to_hass()
        self._suggest_aliases()

    @callback
    def _suggest_aliases(self) -> None:
        """Suggest aliases as people would say them: do not disturb for the office line.

        Assist only knows names, and nobody says the digits of a number. Suggested once,
        so that the user can change or remove them.
        """
        entry, number = self.registry_entry, self.record
        if not entry or not number or not number.description or DOMAIN in entry.options:
            return
        spoken = [
            f"{self.name} for {number.description}",
            f"{self.name} for the {number.description} line",
        ]
        registry = er.async_get(self.hass)
        registry.async_update_entity(entry.entity_id, aliases=[*entry.aliases, *spoken])
        registry.async_update_entity_options(
            entry.entity_id, DOMAIN, {"aliases_suggested": True}
        )

    @property
    @override
    def is_on(self) -> bool:
        """Return True if do not disturb is on."""
        return self.account.do_not_disturb.is_on(self.did)

    @override
    async def async_turn_on(self, **kwargs: Any) -> None:
        """Turn do not disturb on."""
        await self._turn(self.account.do_not_disturb.async_turn_on)

    @override
    async def async_turn_off(self, **kwargs: Any) -> None:
        """Turn do not disturb off."""
        await self._turn(self.account.do_not_disturb.async_turn_off)

    async def _turn(self, turn: Callable[[str], Awaitable[None]]) -> None:
        """Change the routing; if the outcome is unknown, refresh the number."""
        async with self.account.async_handle_errors(ROUTING.function, {}):
            await turn(self.did)


class SettingSwitch(SettingEntity, SwitchEntity):
    """Switch of a setting of a number."""

    entity_description: NumberSwitchDescription

    @property
    @override
    def is_on(self) -> bool | None:
        """Return True if the setting is on."""
        return None if self.setting is None else bool(self.setting)

    @override
    async def async_turn_on(self, **kwargs: Any) -> None:
        """Turn the setting on."""
        await self._set(True)

    @override
    async def async_turn_off(self, **kwargs: Any) -> None:
        """Turn the setting off."""
        await self._set(False)

    async def _set(self, value: bool) -> None:
        """Change the setting."""
        await self.account.async_change(self.did, self.entity_description.key, value)
