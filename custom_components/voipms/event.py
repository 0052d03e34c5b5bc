"""Event entities of VoIP.ms: messages and calls."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final, override

from homeassistant.components.event import EventEntity, EventEntityDescription
from homeassistant.components.http.auth import async_sign_path
from homeassistant.const import ATTR_ENTITY_PICTURE
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .account import VoipmsAccount, VoipmsConfigEntry
from .activity import async_show_call, async_show_message
from .api import Did, Direction, Message
from .api.models import Call, CallDirection
from .contacts import contact_name
from .coordinator import CallsCoordinator, MessagesCoordinator
from .entity import (
    AccountEntity,
    DidEntity,
    RecordEntityDescription,
    async_follow,
    call_attributes,
    message_attributes,
)
from .messages.delivery import MEDIA_RECEIVED

PARALLEL_UPDATES = 0

PICTURE_VALIDITY: Final = timedelta(days=30)
"""How long the picture of the last event can be loaded after the event or a restart."""
ATTR_PICTURES: Final = "pictures"


@dataclass(frozen=True, kw_only=True)
class MessageEventDescription(RecordEntityDescription[Did], EventEntityDescription):
    """Describes the events of a number's messages."""


MESSAGES = (
    MessageEventDescription(
        key="sms",
        event_types=[*(direction.value for direction in Direction), MEDIA_RECEIVED],
        has_fn=lambda number: number.has_messages,
    ),
)
CALLS = EventEntityDescription(
    key="call", event_types=[direction.value for direction in CallDirection]
)


async def async_setup_entry(
    hass: HomeAssistant,
    entry: VoipmsConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Set up the event entities of an account and its numbers."""
    account = entry.runtime_data
    async_add_entities([CallEvent(account.calls, entry, CALLS)])
    async_follow(entry, async_add_entities, account.numbers, MESSAGES, MessageEvent)


class MessageEvent(DidEntity[MessagesCoordinator], EventEntity):
    """Event entity of the messages of a number: each once, each conversation in order."""

    _unrecorded_attributes = frozenset({ATTR_ENTITY_PICTURE})

    def __init__(
        self, account: VoipmsAccount, did: str, description: MessageEventDescription
    ) -> None:
        """Initialize the event entity."""
        super().__init__(account.messages, account, did, description)

    @override
    async def async_added_to_hass(self) -> None:
        """Listen for messages; those that are waiting are delivered now."""
        await super().async_added_to_hass()
        self._show_picture()
        self.async_on_remove(
            self.coordinator.delivery.async_listen(self.did, self._handle_message)
        )

    @callback
    def _handle_message(self, event_type: str, message: Message) -> None:
        """Trigger the event of a message, or of media that arrived after it."""
        name = contact_name(self.hass, self.coordinator.config_entry, message.contact)
        attributes = message_attributes(message, name)
        attributes[ATTR_PICTURES] = self.account.picture_paths(message)
        self._trigger_event(event_type, attributes)
        self._show_picture()
        self.async_write_ha_state()
        async_show_message(self, event_type, message)

    @callback
    def _show_picture(self) -> None:
        """Show the first picture of the last event as the picture of the entity."""
        pictures = self.state_attributes.get(ATTR_PICTURES)
        self._attr_entity_picture = (
            async_sign_path(
                self.hass, pictures[0], PICTURE_VALIDITY, use_content_user=True
            )
            if pictures
            else None
        )

    @callback
    @override
    def _handle_coordinator_update(self) -> None:
        """Ignore polls: the state changes with messages only."""

    @property
    @override
    def available(self) -> bool:
        """Return True if the number exists.

        While VoIP.ms does not answer, the last event stays what it was. An event
        that follows "unavailable" would not start automations.
        """
        return self.record is not None


class CallEvent(AccountEntity[CallsCoordinator], EventEntity):
    """Event entity of the calls that have ended."""

    @override
    async def async_added_to_hass(self) -> None:
        """Listen for calls."""
        await super().async_added_to_hass()
        self.async_on_remove(self.coordinator.async_listen(self._handle_call))

    @callback
    def _handle_call(self, call: Call) -> None:
        """Trigger the event of a call."""
        name = contact_name(
            self.hass, self.coordinator.config_entry, call.caller_number
        )
        self._trigger_event(call.direction.value, call_attributes(call, name))
        self.async_write_ha_state()
        async_show_call(self, call)

    @callback
    @override
    def _handle_coordinator_update(self) -> None:
        """Ignore polls: the state changes with calls only."""

    @property
    @override
    def available(self) -> bool:
        """Return True, so that the last event stays; see MessageEvent."""
        return True
