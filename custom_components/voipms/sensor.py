"""The latest message of a number."""

from dataclasses import dataclass
from typing import Any, Final, override

from homeassistant.components.sensor import SensorEntity, SensorEntityDescription
from homeassistant.const import MAX_LENGTH_STATE_STATE
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .account import VoipmsAccount, VoipmsConfigEntry
from .api import Message
from .entity import (
    NumberEntity,
    NumberEntityDescription,
    async_follow_numbers,
    message_attributes,
)
from .messages import MessagesCoordinator

PARALLEL_UPDATES = 0

NO_TEXT: Final = "MMS"
"""What a picture without words shows as."""


@dataclass(frozen=True, kw_only=True)
class MessageDescription(NumberEntityDescription, SensorEntityDescription):
    """Describes a sensor of a number's messages."""


MESSAGES = (
    MessageDescription(key="latest_sms", has_fn=lambda number: number.sms_available),
)


async def async_setup_entry(
    hass: HomeAssistant,
    entry: VoipmsConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Set up the sensors of an account's numbers."""
    async_follow_numbers(entry, async_add_entities, MESSAGES, LatestMessageSensor)


class LatestMessageSensor(NumberEntity[MessagesCoordinator], SensorEntity):
    """The text of the latest message of a number, received or sent."""

    def __init__(
        self, account: VoipmsAccount, did: str, description: MessageDescription
    ) -> None:
        """Follow the account's messages."""
        super().__init__(account.messages, account, did, description)
        self._shown = (account.messages.last_update_success, self._message)

    @property
    def _message(self) -> Message | None:
        """Return the number's latest message."""
        return self.coordinator.data.get(self.did)

    @callback
    @override
    def _handle_coordinator_update(self) -> None:
        """Write a state only if it is this number that got a message."""
        now = (self.coordinator.last_update_success, self._message)
        if now != self._shown:
            self._shown = now
            self.async_write_ha_state()

    @property
    @override
    def native_value(self) -> str | None:
        """Return the text, as much of it as a state can hold."""
        if (message := self._message) is None:
            return None
        return message.text[:MAX_LENGTH_STATE_STATE] or NO_TEXT

    @property
    @override
    def extra_state_attributes(self) -> dict[str, Any] | None:
        """Return the whole message."""
        return message_attributes(self._message) if self._message else None
