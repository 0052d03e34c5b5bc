"""VoIP.ms: the phone numbers of an account, their messages and their routing."""

import asyncio

from homeassistant.const import CONF_PASSWORD, CONF_URL, CONF_USERNAME, Platform
from homeassistant.core import HomeAssistant
from homeassistant.helpers import config_validation as cv, device_registry as dr
from homeassistant.helpers.aiohttp_client import async_get_clientsession
from homeassistant.helpers.typing import ConfigType

from .account import VoipmsAccount, VoipmsConfigEntry
from .api import VoipmsClient, VoipmsWriter
from .const import DOMAIN
from .coordinator import DirectoryCoordinator, NumbersCoordinator
from .entity import account_device
from .messages import MessagesCoordinator, ledger_of
from .services import async_setup_services

PLATFORMS = [Platform.EVENT, Platform.SELECT, Platform.SENSOR]

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
    writer = VoipmsWriter(client)
    numbers = NumbersCoordinator(hass, entry, writer)
    messages = MessagesCoordinator(hass, entry, writer, numbers)
    directory = DirectoryCoordinator(hass, entry, writer)
    # All are waited for, so that none goes on after a failure of another.
    results = await asyncio.gather(
        *(
            coordinator.async_config_entry_first_refresh()
            for coordinator in (numbers, messages, directory)
        ),
        return_exceptions=True,
    )
    for result in results:
        if result is not None:
            raise result

    device = dr.async_get(hass).async_get_or_create(
        config_entry_id=entry.entry_id, **account_device(entry)
    )
    entry.runtime_data = VoipmsAccount(writer, numbers, messages, directory, device.id)
    await hass.config_entries.async_forward_entry_setups(entry, PLATFORMS)
    messages.async_start()
    return True


async def async_unload_entry(hass: HomeAssistant, entry: VoipmsConfigEntry) -> bool:
    """Take an account down."""
    return await hass.config_entries.async_unload_platforms(entry, PLATFORMS)


async def async_remove_entry(hass: HomeAssistant, entry: VoipmsConfigEntry) -> None:
    """Remove what is kept on disk for an account."""
    await hass.async_add_executor_job(ledger_of(hass, entry).remove)
