"""Text entities of VoIP.ms: settings of numbers."""

from dataclasses import dataclass
from typing import override

from homeassistant.components.text import TextEntity, TextEntityDescription
from homeassistant.const import EntityCategory
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .account import VoipmsConfigEntry
from .api import Did
from .entity import RecordEntityDescription, SettingEntity, async_follow, state_text
from .services.permissions import async_check_setting

PARALLEL_UPDATES = 0


@dataclass(frozen=True, kw_only=True)
class SettingTextDescription(RecordEntityDescription[Did], TextEntityDescription):
    """Describes a text setting; its key is the field of the record."""


SETTINGS = (
    SettingTextDescription(
        key="note",
        entity_category=EntityCategory.CONFIG,
        native_max=49,
    ),
    SettingTextDescription(
        key="callerid_prefix",
        entity_category=EntityCategory.CONFIG,
        entity_registry_enabled_default=False,
        native_max=19,
    ),
    SettingTextDescription(
        key="sms_email",
        entity_category=EntityCategory.CONFIG,
        entity_registry_enabled_default=False,
        has_fn=lambda number: number.has_messages,
    ),
    SettingTextDescription(
        key="sms_forward",
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
    """Set up the texts of an account's numbers."""
    async_follow(
        entry, async_add_entities, entry.runtime_data.numbers, SETTINGS, SettingText
    )


class SettingText(SettingEntity, TextEntity):
    """Text entity of a setting of a number."""

    entity_description: SettingTextDescription

    @property
    @override
    def native_value(self) -> str | None:
        """Return the setting, as much of it as a state can hold."""
        setting: str | None = self.setting
        return setting and state_text(setting)

    @property
    @override
    def native_max(self) -> int:
        """Return how long the words may be: what is there now is never too long."""
        return max(self.entity_description.native_max, len(self.native_value or ""))

    @override
    async def async_set_value(self, value: str) -> None:
        """Change the setting; an empty text clears it."""
        if value == self.native_value:
            value = self.setting  # what is shown may be cut short or quoted
        field = self.entity_description.key
        await async_check_setting(self.hass, self._context, field, value)
        await self.account.async_change(self.did, field, value)
