"""Noticing that something points at what is gone."""

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
    """Look now, and whenever the numbers or the destinations change."""
    account = entry.runtime_data

    @callback
    def look() -> None:
        """Look at everything that points somewhere."""
        _look_at_target(hass, entry)
        _look_at_contacts(hass, entry)

    @callback
    def changed(change: ConfigEntryChange, changed_entry: ConfigEntry[Any]) -> None:
        """Look again when something about the account has changed."""
        if changed_entry is entry and change is ConfigEntryChange.UPDATED:
            look()

    for coordinator in (account.numbers, account.directory):
        entry.async_on_unload(coordinator.async_add_listener(look))
    entry.async_on_unload(
        async_dispatcher_connect(hass, SIGNAL_CONFIG_ENTRY_CHANGED, changed)
    )
    look()


def _look_at_target(hass: HomeAssistant, entry: VoipmsConfigEntry) -> None:
    """See whether do not disturb sends calls to something that is there."""
    account = entry.runtime_data
    target = account.do_not_disturb.target
    if account.directory.data.knows(Routing.parse(target)):
        issues.async_clear(hass, entry, issues.DND_TARGET_GONE)
    else:
        issues.async_raise(
            hass, entry, issues.DND_TARGET_GONE, placeholders={"target": target}
        )


def _look_at_contacts(hass: HomeAssistant, entry: VoipmsConfigEntry) -> None:
    """See whether the numbers that contacts are written to from are there."""
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
