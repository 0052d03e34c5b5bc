"""Numbers that move from one account to another while both are set up."""

from typing import Any

from homeassistant.config_entries import ConfigEntry, ConfigEntryState
from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr, entity_registry as er
from homeassistant.helpers.entity_platform import async_get_platforms

from ..api import Did
from ..const import DOMAIN, LOGGER
from .records import devices_by_key, identifier


async def async_take_over(
    hass: HomeAssistant, entry: ConfigEntry[Any], did: str
) -> None:
    """Take a number over from the account that had it before, with its history."""
    for other in hass.config_entries.async_entries(DOMAIN):
        if other is entry:
            continue
        device_id = devices_by_key(hass, other, Did).get(did)
        if device_id is not None:
            await _unload_entities(hass, other, device_id)
        if other.state is ConfigEntryState.LOADED:
            other.runtime_data.numbers.async_give_up(did)
        if device_id is not None:
            _move_device(hass, device_id, entry, did)
            LOGGER.info("A number has moved from %s to %s", other.title, entry.title)


async def _unload_entities(
    hass: HomeAssistant, entry: ConfigEntry[Any], device_id: str
) -> None:
    """Unload the entities of a device; they stay in the registry."""
    for platform in async_get_platforms(hass, DOMAIN):
        if platform.config_entry is not entry:
            continue
        for entity_id, entity in list(platform.entities.items()):
            registered = entity.registry_entry
            if registered and registered.device_id == device_id:
                await platform.async_remove_entity(entity_id)


def _move_device(
    hass: HomeAssistant, device_id: str, entry: ConfigEntry[Any], did: str
) -> None:
    """Move a device and its entities to another account."""
    devices, entities = dr.async_get(hass), er.async_get(hass)
    if did in devices_by_key(hass, entry, Did):
        devices.async_remove_device(device_id)
        return
    for entity in er.async_entries_for_device(
        entities, device_id, include_disabled_entities=True
    ):
        if entity.platform == DOMAIN:
            entities.async_update_entity(
                entity.entity_id, config_entry_id=entry.entry_id
            )
    devices.async_update_device(
        device_id,
        new_config_entry_id=entry.entry_id,
        new_identifiers={(DOMAIN, identifier(Did, entry, did))},
    )
