"""Notify entities of VoIP.ms: contacts."""

from typing import override

from homeassistant.components.notify import NotifyEntity, NotifyEntityDescription
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .account import VoipmsConfigEntry
from .contacts import Contact, async_follow_contacts, contact_device, identifier
from .messages.mailing import Recipient
from .messages.sending import async_send

PARALLEL_UPDATES = 0

CONTACT = NotifyEntityDescription(key="sms", name=None, translation_key="contact")


async def async_setup_entry(
    hass: HomeAssistant,
    entry: VoipmsConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Set up the notify entities of an account's contacts."""
    async_follow_contacts(
        hass, entry, async_add_entities, lambda *contact: [ContactNotify(*contact)]
    )


class ContactNotify(NotifyEntity):
    """Notify entity of a contact."""

    _attr_has_entity_name = True
    entity_description = CONTACT

    def __init__(
        self, entry: VoipmsConfigEntry, subentry_id: str, contact: Contact
    ) -> None:
        """Initialize the entity on the device of the contact."""
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
