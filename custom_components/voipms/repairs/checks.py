"""Checks for settings that refer to something that no longer exists."""

from typing import Any

from homeassistant.config_entries import (
    SIGNAL_CONFIG_ENTRY_CHANGED,
    ConfigEntry,
    ConfigEntryChange,
)
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.dispatcher import async_dispatcher_connect

from ..account import VoipmsConfigEntry
from ..api import Routing
from ..api.phone import display
from ..contacts import contacts
from . import issues


@callback
def async_watch(hass: HomeAssistant, entry: VoipmsConfigEntry) -> None:
    """Check now, and whenever the numbers, destinations or options change."""
    account = entry.runtime_data

    @callback
    def check() -> None:
        """Check everything that refers to something else."""
        _check_target(hass, entry)
        _check_contacts(hass, entry)

    @callback
    def changed(change: ConfigEntryChange, changed_entry: ConfigEntry[Any]) -> None:
        """Check again when the entry has changed."""
        if changed_entry is entry and change is ConfigEntryChange.UPDATED:
            check()

    for coordinator in (account.numbers, account.directory):
        entry.async_on_unload(coordinator.async_add_listener(check))
    entry.async_on_unload(
        async_dispatcher_connect(hass, SIGNAL_CONFIG_ENTRY_CHANGED, changed)
    )
    check()


def _check_target(hass: HomeAssistant, entry: VoipmsConfigEntry) -> None:
    """Check that the destination of do not disturb exists."""
    account = entry.runtime_data
    target = account.do_not_disturb.target
    if account.directory.data.knows(Routing.parse(target)):
        issues.async_clear(hass, entry, issues.DND_TARGET_GONE)
    else:
        issues.async_raise(
            hass, entry, issues.DND_TARGET_GONE, placeholders={"target": target}
        )


def _check_contacts(hass: HomeAssistant, entry: VoipmsConfigEntry) -> None:
    """Check that the numbers exist that contacts are written to from."""
    numbers = entry.runtime_data.numbers.data
    known = contacts(entry)
    issues.async_clear_others(hass, entry, issues.CONTACT_NUMBER_GONE, known)
    for subentry_id, contact in known.items():
        if contact.did in numbers:
            issues.async_clear(
                hass, entry, issues.CONTACT_NUMBER_GONE, subentry_id=subentry_id
            )
        else:
            issues.async_raise(
                hass,
                entry,
                issues.CONTACT_NUMBER_GONE,
                subentry_id=subentry_id,
                placeholders={"contact": contact.name, "number": display(contact.did)},
            )
