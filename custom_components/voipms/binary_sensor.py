"""Binary sensors of VoIP.ms: registrations and settings of numbers."""

from dataclasses import dataclass
from typing import Any, override

from homeassistant.components.binary_sensor import (
    BinarySensorEntity,
    BinarySensorEntityDescription,
)
from homeassistant.components.binary_sensor.const import BinarySensorDeviceClass
from homeassistant.const import EntityCategory
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .account import VoipmsAccount, VoipmsConfigEntry
from .api import Did
from .api.models import Registration, SubAccount
from .coordinator import RegistrationsCoordinator
from .entity import RecordEntity, RecordEntityDescription, SettingEntity, async_follow

PARALLEL_UPDATES = 0


@dataclass(frozen=True, kw_only=True)
class RegistrationDescription(
    RecordEntityDescription[SubAccount], BinarySensorEntityDescription
):
    """Describes whether a sub-account's phone is signed in."""


@dataclass(frozen=True, kw_only=True)
class NumberBinarySensorDescription(
    RecordEntityDescription[Did], BinarySensorEntityDescription
):
    """Describes what is so or not of a number; its key is the record's field."""


REGISTRATION = (
    RegistrationDescription(
        key="registration", device_class=BinarySensorDeviceClass.CONNECTIVITY
    ),
)
NUMBERS = (
    NumberBinarySensorDescription(
        key="e911", entity_category=EntityCategory.DIAGNOSTIC
    ),
)


async def async_setup_entry(
    hass: HomeAssistant,
    entry: VoipmsConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Set up the binary sensors of an account's phones and numbers."""
    account = entry.runtime_data
    async_follow(
        entry,
        async_add_entities,
        account.sub_accounts,
        REGISTRATION,
        RegistrationSensor,
    )
    async_follow(
        entry, async_add_entities, account.numbers, NUMBERS, NumberBinarySensor
    )


class RegistrationSensor(
    RecordEntity[RegistrationsCoordinator, SubAccount], BinarySensorEntity
):
    """Binary sensor of the registration of a sub-account."""

    def __init__(
        self, account: VoipmsAccount, line: str, description: RegistrationDescription
    ) -> None:
        """Initialize; the context has the coordinator fetch the registration."""
        super().__init__(
            account.registrations, account.sub_accounts, account, line, description
        )

    @property
    def _registration(self) -> Registration | None:
        """Return what was last heard of the phone."""
        return self.coordinator.data.get(self.key)

    @property
    @override
    def is_on(self) -> bool | None:
        """Return whether the phone is signed in."""
        return self._registration.registered if self._registration else None

    @property
    @override
    def extra_state_attributes(self) -> dict[str, Any] | None:
        """Return where the phone is signed in."""
        if (registration := self._registration) is None:
            return None
        return {"server": registration.server, "address": registration.address}


class NumberBinarySensor(SettingEntity, BinarySensorEntity):
    """Binary sensor of a number."""

    @property
    @override
    def is_on(self) -> bool | None:
        """Return whether it is so."""
        return None if self.setting is None else bool(self.setting)
