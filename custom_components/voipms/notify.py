"""Writing to a person from any automation."""

from typing import override

from homeassistant.components.notify import NotifyEntity, NotifyEntityDescription
from homeassistant.config_entries import (
    SIGNAL_CONFIG_ENTRY_CHANGED,
    ConfigEntry,
    ConfigEntryChange,
)
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.dispatcher import async_dispatcher_connect
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .account import VoipmsConfigEntry
from .contacts import Contact, contact_device, contacts, identifier
from .messages.mailing import Recipient
from .messages.sending import async_send

PARALLEL_UPDATES = 0

CONTACT = NotifyEntityDescription(key="sms", name=None, translation_key="contact")


async def async_setup_entry(
    hass: HomeAssistant,
    entry: VoipmsConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Set up the people that an account writes to, and those who are added later."""
    added: set[str] = set()

    @callback
    def add() -> None:
        """Add those who are new."""
        known = contacts(entry)
        added.intersection_update(known)
        for subentry_id in known.keys() - added:
            added.add(subentry_id)
            async_add_entities(
                [ContactNotify(entry, subentry_id, known[subentry_id])],
                config_subentry_id=subentry_id,
            )

    @callback
    def changed(change: ConfigEntryChange, changed_entry: ConfigEntry) -> None:
        """Look again when something about the account has changed."""
        if changed_entry is entry and change is ConfigEntryChange.UPDATED:
            add()

    add()
    entry.async_on_unload(
        async_dispatcher_connect(hass, SIGNAL_CONFIG_ENTRY_CHANGED, changed)
    )


class ContactNotify(NotifyEntity):
    """Sends a person a text message."""

    _attr_has_entity_name = True
    entity_description = CONTACT

    def __init__(
        self, entry: VoipmsConfigEntry, subentry_id: str, contact: Contact
    ) -> None:
        """Hang the entity on the person's device."""
        self._account = entry.runtime_data
        self._contact = contact
        self._attr_unique_id = f"{identifier(entry, subentry_id)}_{CONTACT.key}"
        self._attr_device_info = contact_device(entry, subentry_id, contact)

    @override
    async def async_send_message(self, message: str, title: str | None = None) -> None:
        """Send a message; a long one goes as MMS."""
        await async_send(
            self._account,
            [Recipient(self._contact.did, self._contact.number)],
            f"{title}\n{message}" if title else message,
        )
