"""What happens when an account is disabled or removed."""

from pathlib import Path
from typing import Any

from homeassistant.config_entries import (
    SIGNAL_CONFIG_ENTRY_CHANGED,
    ConfigEntry,
    ConfigEntryChange,
    ConfigEntryState,
)
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.dispatcher import async_dispatcher_connect
from homeassistant.helpers.storage import STORAGE_DIR

from . import do_not_disturb, undo
from .account import make_client
from .const import CONF_RESETS, DOMAIN
from .do_not_disturb import RoutingChanges
from .messages import push, url_callback
from .messages.url_callback import CallbackChanges
from .migration import data_of
from .repairs import issues


@callback
def async_setup(hass: HomeAssistant) -> None:
    """Restore the numbers of accounts that are disabled, now and from now on.

    An account that could not be set up is not unloaded when it is disabled, so the
    state of the entry is what tells.
    """

    @callback
    def changed(change: ConfigEntryChange, entry: ConfigEntry[Any]) -> None:
        """Restore the numbers of an account that has just been disabled."""
        if (
            entry.domain == DOMAIN
            and change is ConfigEntryChange.UPDATED
            and entry.disabled_by
            and entry.state is ConfigEntryState.NOT_LOADED
        ):
            issues.async_clear_all(hass, entry)
            hass.async_create_task(_async_undo(hass, entry), f"{DOMAIN} disable")

    async_dispatcher_connect(hass, SIGNAL_CONFIG_ENTRY_CHANGED, changed)
    for entry in hass.config_entries.async_entries(DOMAIN):
        if entry.disabled_by:
            hass.async_create_background_task(
                _async_undo(hass, entry), f"{DOMAIN} restore numbers"
            )


async def async_remove(hass: HomeAssistant, entry: ConfigEntry[Any]) -> None:
    """Restore the numbers of an account, and remove what Home Assistant keeps of it."""
    issues.async_clear_all(hass, entry)
    try:
        await _async_undo(hass, entry)
    finally:
        for store in (url_callback.store_of, do_not_disturb.store_of):
            await store(hass, entry).async_remove()
        await hass.async_add_executor_job(_remove_files, hass, entry)
        await push.async_remove_cloudhook(hass, entry)


async def _async_undo(hass: HomeAssistant, entry: ConfigEntry[Any]) -> None:
    """Restore the numbers of an account, if its entry says whose it is."""
    if (data := data_of(entry)) is None:
        return
    client = make_client(hass, data, entry.options.get(CONF_RESETS, ()))
    changes = (RoutingChanges(hass, entry), CallbackChanges(hass, entry))
    await undo.async_undo(hass, entry, client, changes)


def _remove_files(hass: HomeAssistant, entry: ConfigEntry[Any]) -> None:
    """Remove the files of an account, copies of damaged ones included."""
    folder = Path(hass.config.path(STORAGE_DIR))
    for path in folder.glob(f"{DOMAIN}.{entry.entry_id}.*"):
        path.unlink(missing_ok=True)
