"""The messages of a number, as they come and go."""

from dataclasses import dataclass
from typing import override

from homeassistant.components.event import EventEntity, EventEntityDescription
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .account import VoipmsAccount, VoipmsConfigEntry
from .api import Direction, Message
from .entity import (
    NumberEntity,
    NumberEntityDescription,
    async_follow_numbers,
    message_attributes,
)
from .messages import MessagesCoordinator

PARALLEL_UPDATES = 0


@dataclass(frozen=True, kw_only=True)
class MessageEventDescription(NumberEntityDescription, EventEntityDescription):
    """Describes the events of a number's messages."""


EVENTS = (
    MessageEventDescription(
        key="sms",
        event_types=[direction.value for direction in Direction],
        has_fn=lambda number: number.sms_available,
    ),
)


async def async_setup_entry(
    hass: HomeAssistant,
    entry: VoipmsConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Set up the event entities of an account's numbers."""
    async_follow_numbers(entry, async_add_entities, EVENTS, MessageEvent)


class MessageEvent(NumberEntity[MessagesCoordinator], EventEntity):
    """An event for each message of a number, in order, once."""

    def __init__(
        self, account: VoipmsAccount, did: str, description: MessageEventDescription
    ) -> None:
        """Belong to the account's messages."""
        super().__init__(account.messages, account, did, description)

    @override
    async def async_added_to_hass(self) -> None:
        """Listen for messages; those that waited for this come now."""
        await super().async_added_to_hass()
        self.async_on_remove(
            self.coordinator.async_listen(self.did, self._handle_message)
        )

    @callback
    def _handle_message(self, message: Message) -> None:
        """Fire the event of one message."""
        self._trigger_event(message.direction.value, message_attributes(message))
        self.async_write_ha_state()

    @callback
    @override
    def _handle_coordinator_update(self) -> None:
        """Leave the state alone: it changes with messages, not with polls."""

    @property
    @override
    def available(self) -> bool:
        """Return whether the number is there.

        While VoIP.ms does not answer, the last event stays what it was. An event
        that follows "unavailable" would not start automations.
        """
        return self.number is not None
