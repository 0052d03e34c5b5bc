"""VoIP.ms: the phone numbers of an account, their messages and their routing."""

from homeassistant.const import EVENT_CORE_CONFIG_UPDATE, Platform
from homeassistant.core import Event, HomeAssistant
from homeassistant.helpers import config_validation as cv, device_registry as dr
from homeassistant.helpers.typing import ConfigType

from . import do_not_disturb
from .account import VoipmsAccount, VoipmsConfigEntry, make_writer
from .const import CONF_CALLBACK, DOMAIN
from .conversations import (
    async_follow_conversations,
    async_forget_conversations,
    async_setup_conversations,
)
from .entity import account_device
from .messages import push, url_callback
from .messages.ledger import ledger_of
from .messages.url_callback import Callbacks, async_try_to_put_back
from .migration import async_migrate, data_of
from .repairs import issues
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
    """Set up what all accounts share: the actions, and what the card needs."""
    async_setup_services(hass)
    await async_setup_conversations(hass)
    return True


async def async_migrate_entry(hass: HomeAssistant, entry: VoipmsConfigEntry) -> bool:
    """Take over an entry of an earlier version."""
    return async_migrate(hass, entry)


async def async_setup_entry(hass: HomeAssistant, entry: VoipmsConfigEntry) -> bool:
    """Set up an account."""
    account = VoipmsAccount(hass, entry, make_writer(hass, entry.data, entry.options))
    await account.async_begin()
    device = dr.async_get(hass).async_get_or_create(
        config_entry_id=entry.entry_id, **account_device(entry)
    )
    account.device_id = device.id
    entry.runtime_data = account
    push.async_register(hass, entry)
    async_follow_conversations(hass, entry)
    await hass.config_entries.async_forward_entry_setups(entry, PLATFORMS)
    account.async_start()
    async_watch(hass, entry)
    await _async_set_callbacks(hass, entry)
    return True


async def _async_set_callbacks(hass: HomeAssistant, entry: VoipmsConfigEntry) -> None:
    """Have VoIP.ms call when a message comes, or put back what was there before."""
    account = entry.runtime_data
    issues.async_clear(hass, entry, issues.NO_EXTERNAL_URL)
    if not entry.options.get(CONF_CALLBACK, False):
        for key in (issues.CALLBACK_MISSING, issues.CALLBACK_IGNORED):
            issues.async_clear(hass, entry, key)
        entry.async_create_background_task(
            hass,
            async_try_to_put_back(hass, entry, account.writer),
            f"{DOMAIN} put callbacks back",
        )
        return
    address = await push.async_address(hass, entry)

    async def moved(_: Event) -> None:
        """Begin anew if Home Assistant is reached at another address now."""
        if await push.async_address(hass, entry) != address:
            hass.config_entries.async_schedule_reload(entry.entry_id)

    entry.async_on_unload(hass.bus.async_listen(EVENT_CORE_CONFIG_UPDATE, moved))
    if address:
        callbacks = Callbacks(hass, entry, account.numbers)
        await callbacks.async_begin(address)
        account.messages.async_expect_calls(callbacks.covers)
    else:
        issues.async_raise(hass, entry, issues.NO_EXTERNAL_URL)


async def async_unload_entry(hass: HomeAssistant, entry: VoipmsConfigEntry) -> bool:
    """Take an account down."""
    return await hass.config_entries.async_unload_platforms(entry, PLATFORMS)


async def async_remove_entry(hass: HomeAssistant, entry: VoipmsConfigEntry) -> None:
    """Leave nothing behind, neither here nor at VoIP.ms."""
    if data := data_of(entry):
        await async_try_to_put_back(hass, entry, make_writer(hass, data, entry.options))
    await push.async_remove_cloudhook(hass, entry)
    issues.async_clear_all(hass, entry)
    await async_forget_conversations(hass, entry)
    await hass.async_add_executor_job(ledger_of(hass, entry).remove)
    for store in (url_callback.store_of, do_not_disturb.store_of):
        await store(hass, entry).async_remove()
