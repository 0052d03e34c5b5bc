"""Contacts: each is a subentry of the account that writes to them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Final, Self

from homeassistant.config_entries import (
    SIGNAL_CONFIG_ENTRY_CHANGED,
    ConfigEntry,
    ConfigEntryChange,
    ConfigSubentry,
)
from homeassistant.const import CONF_NAME
from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.helpers.device_registry import AnyDeviceEntry, DeviceInfo
from homeassistant.helpers.dispatcher import async_dispatcher_connect
from homeassistant.helpers.entity import Entity
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .account import VoipmsConfigEntry
from .api.phone import normalize
from .const import CONF_DID, CONF_NUMBER, DOMAIN, MANUFACTURER

SUBENTRY_TYPE: Final = "contact"
MODEL: Final = "Contact"


@dataclass(frozen=True, slots=True)
class Contact:
    """A person, the number they are reached at, and the number to write from."""

    name: str
    number: str
    did: str

    @classmethod
    def of(cls, subentry: ConfigSubentry) -> Self:
        """Read a subentry."""
        data = subentry.data
        return cls(data[CONF_NAME], data[CONF_NUMBER], data[CONF_DID])


def contacts(entry: ConfigEntry[Any]) -> dict[str, Contact]:
    """Return the contacts of an account by the id of their subentry."""
    return {
        subentry_id: Contact.of(subentry)
        for subentry_id, subentry in entry.subentries.items()
        if subentry.subentry_type == SUBENTRY_TYPE
    }


def contact_device(
    entry: VoipmsConfigEntry, subentry_id: str, contact: Contact
) -> DeviceInfo:
    """Return the device of a person."""
    return DeviceInfo(
        identifiers={(DOMAIN, identifier(entry, subentry_id))},
        manufacturer=MANUFACTURER,
        model=MODEL,
        name=contact.name,
        via_device_id=entry.runtime_data.device_id,
    )


def contact_of(entry: VoipmsConfigEntry, device: AnyDeviceEntry) -> Contact | None:
    """Return the person that a device stands for."""
    for subentry_id, contact in contacts(entry).items():
        if (DOMAIN, identifier(entry, subentry_id)) in device.identifiers:
            return contact
    return None


def identifier(entry: VoipmsConfigEntry, subentry_id: str) -> str:
    """Return what tells the device of a person from all others."""
    return f"{entry.entry_id}_{SUBENTRY_TYPE}_{subentry_id}"


def contact_name(
    hass: HomeAssistant, entry: ConfigEntry[Any], number: str
) -> str | None:
    """Return the name of whom a number is of, or None if that is nobody known.

    The contacts of the account itself come before those of other accounts.
    """
    others = [
        each for each in hass.config_entries.async_entries(DOMAIN) if each is not entry
    ]
    for each in (entry, *others):
        for contact in contacts(each).values():
            if normalize(contact.number) == number:
                return contact.name
    return None


@callback
def async_on_contacts_changed(
    hass: HomeAssistant, entry: ConfigEntry[Any], action: CALLBACK_TYPE
) -> CALLBACK_TYPE:
    """Call a function when the config entry of an account changes."""

    @callback
    def changed(change: ConfigEntryChange, changed_entry: ConfigEntry[Any]) -> None:
        if changed_entry is entry and change is ConfigEntryChange.UPDATED:
            action()

    return async_dispatcher_connect(hass, SIGNAL_CONFIG_ENTRY_CHANGED, changed)


@callback
def async_follow_contacts(
    hass: HomeAssistant,
    entry: VoipmsConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
    build: Callable[[VoipmsConfigEntry, str, Contact], Iterable[Entity]],
) -> None:
    """Add the entities of every contact, and of those added later."""
    added: set[str] = set()

    @callback
    def add() -> None:
        """Add the entities of contacts that are new."""
        known = contacts(entry)
        added.intersection_update(known)
        for subentry_id in [each for each in known if each not in added]:
            added.add(subentry_id)
            async_add_entities(
                build(entry, subentry_id, known[subentry_id]),
                config_subentry_id=subentry_id,
            )

    add()
    entry.async_on_unload(async_on_contacts_changed(hass, entry, add))
