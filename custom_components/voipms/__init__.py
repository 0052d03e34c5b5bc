"""VoIP.ms: the phone numbers of an account, their messages and their routing."""

from homeassistant.const import CONF_PASSWORD, CONF_URL, CONF_USERNAME, Platform
from homeassistant.core import HomeAssistant
from homeassistant.helpers import config_validation as cv, device_registry as dr
from homeassistant.helpers.aiohttp_client import async_get_clientsession
from homeassistant.helpers.typing import ConfigType

from .account import VoipmsAccount, VoipmsConfigEntry
from .api import VoipmsClient
from .const import DOMAIN
from .coordinator.messages import ledger_of
from .do_not_disturb import store_of
from .entity import account_device
from .services import async_setup_services

PLATFORMS = [
    Platform.BINARY_SENSOR,
    Platform.EVENT,
    Platform.NUMBER,
    Platform.SELECT,
    Platform.SENSOR,
    Platform.SWITCH,
    Platform.TEXT,
]

CONFIG_SCHEMA = cv.config_entry_only_config_schema(DOMAIN)


async def async_setup(hass: HomeAssistant, config: ConfigType) -> bool:
    """Register the actions."""
    async_setup_services(hass)
    return True


async def async_setup_entry(hass: HomeAssistant, entry: VoipmsConfigEntry) -> bool:
    """Set up an account."""
    client = VoipmsClient(
        async_get_clientsession(hass),
        entry.data[CONF_USERNAME],
        entry.data[CONF_PASSWORD],
        url=entry.data[CONF_URL],
    )
    account = VoipmsAccount(hass, entry, client)
    await account.async_begin()

    device = dr.async_get(hass).async_get_or_create(
        config_entry_id=entry.entry_id, **account_device(entry)
    )
    account.device_id = device.id
    entry.runtime_data = account
    await hass.config_entries.async_forward_entry_setups(entry, PLATFORMS)
    account.async_start()
    return True


async def async_unload_entry(hass: HomeAssistant, entry: VoipmsConfigEntry) -> bool:
    """Take an account down."""
    return await hass.config_entries.async_unload_platforms(entry, PLATFORMS)


async def async_remove_entry(hass: HomeAssistant, entry: VoipmsConfigEntry) -> None:
    """Remove what is kept on disk for an account."""
    await hass.async_add_executor_job(ledger_of(hass, entry).remove)
    await store_of(hass, entry).async_remove()
