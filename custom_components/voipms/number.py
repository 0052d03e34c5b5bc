"""Number entities of VoIP.ms: the ring time."""

from dataclasses import dataclass
from typing import override

from homeassistant.components.number import (
    NumberDeviceClass,
    NumberEntity,
    NumberEntityDescription,
    NumberMode,
)
from homeassistant.const import EntityCategory, UnitOfTime
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .account import VoipmsConfigEntry
from .api import Did
from .entity import RecordEntityDescription, SettingEntity, async_follow

PARALLEL_UPDATES = 0


@dataclass(frozen=True, kw_only=True)
class SettingNumberDescription(RecordEntityDescription[Did], NumberEntityDescription):
    """Describes a setting that is a number; its key is the record's field."""


SETTINGS = (
    SettingNumberDescription(
        key="dialtime",
        device_class=NumberDeviceClass.DURATION,
        entity_category=EntityCategory.CONFIG,
        native_unit_of_measurement=UnitOfTime.SECONDS,
        native_min_value=1,
        native_max_value=300,
        native_step=1,
        mode=NumberMode.BOX,
    ),
)


async def async_setup_entry(
    hass: HomeAssistant,
    entry: VoipmsConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Set up the numbers to set of an account's phone numbers."""
    async_follow(
        entry, async_add_entities, entry.runtime_data.numbers, SETTINGS, SettingNumber
    )


class SettingNumber(SettingEntity, NumberEntity):
    """Number entity of a setting of a phone number."""

    @property
    @override
    def native_value(self) -> int | None:
        """Return the setting."""
        setting: int | None = self.setting
        return setting

    @override
    async def async_set_native_value(self, value: float) -> None:
        """Change the setting."""
        await self.account.async_change(
            self.did, self.entity_description.key, int(value)
        )
