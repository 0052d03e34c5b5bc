"""Do not disturb, and the settings of a number that are on or off."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, override

from homeassistant.components.switch import SwitchEntity, SwitchEntityDescription
from homeassistant.const import EntityCategory
from homeassistant.core import HomeAssistant, callback
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .account import VoipmsConfigEntry, outcome_unknown, was_sent
from .api import FUNCTIONS, Did
from .const import DOMAIN
from .entity import RecordEntityDescription, SettingEntity, async_follow
from .errors import translated

PARALLEL_UPDATES = 0


@dataclass(frozen=True, kw_only=True)
class NumberSwitchDescription(RecordEntityDescription[Did], SwitchEntityDescription):
    """Describes a setting that is on or off; its key is the record's field."""

    method: str
    param: str


DO_NOT_DISTURB = (RecordEntityDescription[Did](key="do_not_disturb"),)

SETTINGS = (
    NumberSwitchDescription(
        key="cnam",
        method="setDIDInfo",
        param="cnam",
        entity_category=EntityCategory.CONFIG,
        entity_registry_enabled_default=False,
    ),
    NumberSwitchDescription(
        key="record_calls",
        method="setDIDInfo",
        param="record_calls",
        entity_category=EntityCategory.CONFIG,
        entity_registry_enabled_default=False,
        has_fn=lambda number: number.record_calls is not None,
    ),
    NumberSwitchDescription(
        key="sms_enabled",
        method="setSMS",
        param="enable",
        entity_category=EntityCategory.CONFIG,
        entity_registry_enabled_default=False,
        # Off must not take away what turns it on again.
        has_fn=lambda number: number.sms_available is not False,
    ),
    NumberSwitchDescription(
        key="sms_email_enabled",
        method="setSMS",
        param="email_enabled",
        entity_category=EntityCategory.CONFIG,
        entity_registry_enabled_default=False,
        has_fn=lambda number: number.has_messages,
    ),
    NumberSwitchDescription(
        key="sms_forward_enabled",
        method="setSMS",
        param="sms_forward_enable",
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
    """Sends the calls of a number away, and puts back where they went before."""

    @override
    async def async_added_to_hass(self) -> None:
        """Make sure that a voice assistant finds the switch."""
        await super().async_added_to_hass()
        self._suggest_aliases()

    @callback
    def _suggest_aliases(self) -> None:
        """Name the switch as people speak of it: do not disturb for the office line.

        Assist only knows names, and nobody says a number's digits. This is done once;
        from then on the aliases are the user's.
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
        """Return whether the calls are sent away."""
        return self.account.do_not_disturb.is_on(self.did)

    @override
    async def async_turn_on(self, **kwargs: Any) -> None:
        """Send the calls away."""
        await self._turn(self.account.do_not_disturb.async_turn_on)

    @override
    async def async_turn_off(self, **kwargs: Any) -> None:
        """Put back where they went before."""
        await self._turn(self.account.do_not_disturb.async_turn_off)

    async def _turn(self, turn: Callable[[str], Awaitable[None]]) -> None:
        """Turn the switch; if nobody knows whether that worked, look."""
        try:
            with translated():
                await turn(self.did)
        except HomeAssistantError as err:
            if not was_sent(err):
                raise
            await self.account.numbers.async_refresh()
            shown = FUNCTIONS["setDIDRouting"].shows
            raise outcome_unknown("set_did_routing", shown, err) from err


class SettingSwitch(SettingEntity, SwitchEntity):
    """A setting of a number that is on or off."""

    entity_description: NumberSwitchDescription

    @property
    @override
    def is_on(self) -> bool | None:
        """Return whether the setting is on."""
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
        """Change the setting and nothing else."""
        description = self.entity_description
        await self.account.async_change(
            self.did, description.method, description.param, value
        )
