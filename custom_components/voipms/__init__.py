"""The VoIP.ms integration."""

from homeassistant.const import Platform
from homeassistant.core import HomeAssistant
from homeassistant.helpers import config_validation as cv, device_registry as dr
from homeassistant.helpers.typing import ConfigType

from . import removal, undo
from .account import VoipmsAccount, VoipmsConfigEntry
from .areas import NewDevices
from .const import DOMAIN
from .conversations import (
    async_follow_conversations,
    async_forget_conversations,
    async_setup_conversations,
)
from .entity import account_device
from .messages import push, url_callback
from .migration import async_migrate
from .repairs.checks import async_watch
from .services import async_setup_services

PLATFORMS = [
    Platform.BINARY_SENSOR,
    Platform.EVENT,
    Platform.NOTIFY,
    Platform.NUMBER,
    Platform.SELECT,
    Platform.SENSOR,
    Platform.SWITCH,
    Platform.TEXT,
]

CONFIG_SCHEMA = cv.config_entry_only_config_schema(DOMAIN)


async def async_setup(hass: HomeAssistant, config: ConfigType) -> bool:
    """Set up the integration."""
    async_setup_services(hass)
    removal.async_setup(hass)
    await async_setup_conversations(hass)
    return True


async def async_migrate_entry(hass: HomeAssistant, entry: VoipmsConfigEntry) -> bool:
    """Migrate an old entry."""
    return async_migrate(hass, entry)


async def async_setup_entry(hass: HomeAssistant, entry: VoipmsConfigEntry) -> bool:
    """Set up VoIP.ms from a config entry."""
    undo.async_cancel(hass, entry)
    account = VoipmsAccount(hass, entry)
    await account.async_begin()
    device = dr.async_get(hass).async_get_or_create(
        config_entry_id=entry.entry_id, **account_device(entry)
    )
    account.device_id = device.id
    entry.runtime_data = account
    push.async_register(hass, entry)
    async_follow_conversations(hass, entry)
    new_devices = NewDevices(hass, entry)
    await hass.config_entries.async_forward_entry_setups(entry, PLATFORMS)
    new_devices.async_place()
    account.async_start()
    async_watch(hass, entry)
    await url_callback.async_setup(hass, entry)
    return True


async def async_unload_entry(hass: HomeAssistant, entry: VoipmsConfigEntry) -> bool:
    """Unload a config entry."""
    return await hass.config_entries.async_unload_platforms(entry, PLATFORMS)


async def async_remove_entry(hass: HomeAssistant, entry: VoipmsConfigEntry) -> None:
    """Remove a config entry."""
    await removal.async_remove(hass, entry)
    await async_forget_conversations(hass, entry)
