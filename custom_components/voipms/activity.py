"""Events for Activity, which logbook.py describes."""

from typing import Any

from homeassistant.const import ATTR_DEVICE_ID, ATTR_ENTITY_ID
from homeassistant.core import callback
from homeassistant.helpers.update_coordinator import CoordinatorEntity

from .api import Message
from .api.models import Call
from .const import EVENT_CALL, EVENT_MESSAGE
from .coordinator import VoipmsCoordinator


@callback
def async_show_message[CoordinatorT: VoipmsCoordinator[Any]](
    entity: CoordinatorEntity[CoordinatorT], event_type: str, message: Message
) -> None:
    """Fire the event of a message. Its text stays in the state of the event entity."""
    _fire(
        entity,
        EVENT_MESSAGE,
        {
            "type": event_type,
            "did": message.did,
            "contact": message.contact,
            "id": message.id,
            "time": message.time.isoformat(),
        },
    )


@callback
def async_show_call[CoordinatorT: VoipmsCoordinator[Any]](
    entity: CoordinatorEntity[CoordinatorT], call: Call
) -> None:
    """Fire the event of a call."""
    _fire(
        entity,
        EVENT_CALL,
        {
            "type": call.direction.value,
            "caller": call.caller_number,
            "caller_name": call.caller_name,
            "destination": call.destination,
            "disposition": call.disposition,
            "duration": call.duration,
            "id": call.id,
            "time": call.time.isoformat(),
        },
    )


def _fire[CoordinatorT: VoipmsCoordinator[Any]](
    entity: CoordinatorEntity[CoordinatorT], event: str, data: dict[str, Any]
) -> None:
    """Fire an event of an entity and its device."""
    device = entity.device_entry
    entity.hass.bus.async_fire(
        event,
        {
            ATTR_ENTITY_ID: entity.entity_id,
            ATTR_DEVICE_ID: device.id if device else None,
            "config_entry_id": entity.coordinator.config_entry.entry_id,
            **data,
        },
    )
