"""What a contact's device shows: their number, and what was written."""

from datetime import datetime
from typing import Any, override

from homeassistant.components.sensor import (
    SensorDeviceClass,
    SensorEntity,
    SensorEntityDescription,
)
from homeassistant.const import EntityCategory
from homeassistant.core import callback
from homeassistant.helpers.entity import Entity
from homeassistant.helpers.update_coordinator import CoordinatorEntity

from .account import VoipmsConfigEntry
from .api import Message
from .api.phone import display, normalize
from .contacts import Contact, contact_device, identifier
from .coordinator import MessagesCoordinator, NumbersCoordinator, VoipmsCoordinator
from .entity import UNRECORDED, message_attributes, message_state
from .messages.recent import LatestOf

LATEST_MESSAGE = SensorEntityDescription(key="contact_message")
LAST_WRITTEN_TO = SensorEntityDescription(
    key="last_written_to", device_class=SensorDeviceClass.TIMESTAMP
)
NUMBER = SensorEntityDescription(
    key="contact_number", entity_category=EntityCategory.DIAGNOSTIC
)
WRITTEN_FROM = SensorEntityDescription(
    key="written_from", entity_category=EntityCategory.DIAGNOSTIC
)


def contact_sensors(
    entry: VoipmsConfigEntry, subentry_id: str, contact: Contact
) -> list[Entity]:
    """Return the sensors of a contact."""
    account = entry.runtime_data
    parts = (entry, subentry_id, contact)
    return [
        ContactMessageSensor(account.messages, *parts, LATEST_MESSAGE),
        LastWrittenToSensor(account.messages, *parts, LAST_WRITTEN_TO),
        ContactNumberSensor(account.numbers, *parts, NUMBER),
        WrittenFromSensor(account.numbers, *parts, WRITTEN_FROM),
    ]


class ContactSensor[CoordinatorT: VoipmsCoordinator[Any]](
    CoordinatorEntity[CoordinatorT], SensorEntity
):
    """A sensor of a contact, which writes its state only when that changes."""

    _attr_has_entity_name = True

    def __init__(
        self,
        coordinator: CoordinatorT,
        entry: VoipmsConfigEntry,
        subentry_id: str,
        contact: Contact,
        description: SensorEntityDescription,
    ) -> None:
        """Initialize the sensor on the contact's device."""
        super().__init__(coordinator)
        self.contact = contact
        self.entity_description = description
        self._attr_translation_key = description.key
        self._attr_unique_id = f"{identifier(entry, subentry_id)}_{description.key}"
        self._attr_device_info = contact_device(entry, subentry_id, contact)
        self._shown = (self.available, self._source)

    @property
    def _source(self) -> object:
        """Return what the state is made from."""
        return self.native_value

    @callback
    @override
    def _handle_coordinator_update(self) -> None:
        """Write a state only if it says something else."""
        if (now := (self.available, self._source)) != self._shown:
            self._shown = now
            self.async_write_ha_state()


class ContactMessageSensor(ContactSensor[MessagesCoordinator]):
    """The text of the latest message from or to a contact, by any of our numbers."""

    _unrecorded_attributes = UNRECORDED

    @property
    @override
    def _source(self) -> Message | None:
        """Return the message."""
        return self.coordinator.latest(LatestOf.CONTACT, normalize(self.contact.number))

    @property
    @override
    def native_value(self) -> str | None:
        """Return the text, as much of it as a state can hold."""
        return message_state(self._source)

    @property
    @override
    def extra_state_attributes(self) -> dict[str, Any] | None:
        """Return the whole message."""
        if (message := self._source) is None:
            return None
        return {"did": message.did} | message_attributes(message, self.contact.name)


class LastWrittenToSensor(ContactSensor[MessagesCoordinator]):
    """When a contact was last written to: from here, a phone, or voip.ms itself."""

    @property
    @override
    def native_value(self) -> datetime | None:
        """Return the time of the latest message that was sent."""
        message = self.coordinator.latest(
            LatestOf.SENT_TO, normalize(self.contact.number)
        )
        return message.time if message else None


class ContactNumberSensor(ContactSensor[NumbersCoordinator]):
    """The number of a contact."""

    @property
    @override
    def native_value(self) -> str:
        """Return the number as people write it."""
        return display(self.contact.number)

    @property
    @override
    def available(self) -> bool:
        """Return True, since nobody has to be asked."""
        return True


class WrittenFromSensor(ContactSensor[NumbersCoordinator]):
    """The number of the account that a contact is written from."""

    @property
    @override
    def native_value(self) -> str:
        """Return the number as people write it, with its description."""
        did = self.contact.did
        number = self.coordinator.data.get(did)
        return f"{display(did)} {number.description if number else ''}".strip()

    @property
    @override
    def available(self) -> bool:
        """Return True: whom it is written from does not change when nobody answers."""
        return True
