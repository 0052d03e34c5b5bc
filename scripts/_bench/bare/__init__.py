"""The lower bound: an integration that only adds the entities it is given.

The bench copies what another integration added: as many entities of the same sort,
on as many devices, as many of them disabled.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from homeassistant.components.binary_sensor import BinarySensorEntity
from homeassistant.components.event import EventEntity
from homeassistant.components.notify import NotifyEntity
from homeassistant.components.number import NumberEntity
from homeassistant.components.select import SelectEntity
from homeassistant.components.sensor import SensorEntity
from homeassistant.components.switch import SwitchEntity
from homeassistant.components.text import TextEntity
from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_platform
from homeassistant.helpers.device_registry import DeviceInfo
from homeassistant.helpers.entity import Entity
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

DOMAIN: Final = "bare"


@dataclass(frozen=True, slots=True)
class Spec:
    """An entity to add."""

    platform: str
    unique_id: str
    name: str
    device: str
    enabled: bool


type Specs = Mapping[str, list[Spec]]
"""The entities to add, by platform."""


class BareBinarySensor(BinarySensorEntity):
    """On."""

    _attr_is_on = True


class BareEvent(EventEntity):
    """Nothing has happened."""

    _attr_event_types = ["happened"]  # noqa: RUF012


class BareNumber(NumberEntity):
    """One."""

    _attr_native_value = 1


class BareSelect(SelectEntity):
    """The only choice."""

    _attr_options = ["only"]  # noqa: RUF012
    _attr_current_option = "only"


class BareSensor(SensorEntity):
    """A word."""

    _attr_native_value = "word"


class BareSwitch(SwitchEntity):
    """On."""

    _attr_is_on = True


class BareText(TextEntity):
    """A word."""

    _attr_native_value = "word"


CLASSES: Final[Mapping[str, Callable[[], Entity]]] = {
    "binary_sensor": BareBinarySensor,
    "event": BareEvent,
    "notify": NotifyEntity,
    "number": BareNumber,
    "select": BareSelect,
    "sensor": BareSensor,
    "switch": BareSwitch,
    "text": BareText,
}


async def async_setup_entry(hass: HomeAssistant, entry: ConfigEntry[Specs]) -> bool:
    """Forward to the platforms."""
    entry.runtime_data = hass.data[DOMAIN]
    await hass.config_entries.async_forward_entry_setups(entry, list(CLASSES))
    return True


async def async_add_bare(
    hass: HomeAssistant,
    entry: ConfigEntry[Specs],
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Set up the entities of a platform."""
    platform = entity_platform.async_get_current_platform().domain
    async_add_entities([_build(spec) for spec in entry.runtime_data.get(platform, ())])


def _build(spec: Spec) -> Entity:
    """Return an entity with only a name and a device."""
    entity = CLASSES[spec.platform]()
    entity._attr_has_entity_name = True  # noqa: SLF001
    entity._attr_unique_id = spec.unique_id  # noqa: SLF001
    entity._attr_name = spec.name  # noqa: SLF001
    entity._attr_entity_registry_enabled_default = spec.enabled  # noqa: SLF001
    entity._attr_device_info = DeviceInfo(  # noqa: SLF001
        identifiers={(DOMAIN, spec.device)}, name=spec.device
    )
    return entity
