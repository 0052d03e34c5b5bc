"""Triggers of VoIP.ms."""

from collections.abc import Mapping
from typing import Any, Final, override

import probatio

from homeassistant.components.event import DOMAIN as EVENT_DOMAIN
from homeassistant.components.event.const import EventEntityStateAttribute
from homeassistant.const import CONF_OPTIONS
from homeassistant.core import HomeAssistant, State
from homeassistant.helpers import config_validation as cv, entity_registry as er
from homeassistant.helpers.automation import DomainSpec
from homeassistant.helpers.trigger import (
    ENTITY_STATE_TRIGGER_SCHEMA,
    NotTriggeredReasonReporter,
    StatelessEntityTriggerBase,
    Trigger,
    TriggerConfig,
)

from .api import Direction
from .api.phone import normalize
from .const import DOMAIN

CONF_SENDER: Final = "sender"
CONF_TEXT: Final = "text"

MESSAGE_RECEIVED_SCHEMA: Final = ENTITY_STATE_TRIGGER_SCHEMA.extend(
    {
        probatio.Optional(CONF_OPTIONS, default=dict): {
            probatio.Optional(CONF_SENDER): probatio.All(cv.ensure_list, [cv.string]),
            probatio.Optional(CONF_TEXT): cv.string,
        }
    }
)


class MessageReceivedTrigger(StatelessEntityTriggerBase):
    """Trigger for received messages."""

    _domain_specs: Mapping[str, DomainSpec] = {EVENT_DOMAIN: DomainSpec()}
    _schema = MESSAGE_RECEIVED_SCHEMA

    def __init__(self, hass: HomeAssistant, config: TriggerConfig) -> None:
        """Initialize the trigger."""
        super().__init__(hass, config)
        options: Mapping[str, Any] = self._options
        self._senders = {normalize(sender) for sender in options.get(CONF_SENDER, ())}
        self._text = str(options.get(CONF_TEXT, "")).casefold()

    @override
    def entity_filter(self, entities: set[str]) -> set[str]:
        """Filter the entities of a target: the messages of numbers."""
        registry = er.async_get(self._hass)
        return {
            entity_id
            for entity_id in super().entity_filter(entities)
            if (entry := registry.async_get(entity_id))
            and entry.platform == DOMAIN
            and entry.translation_key == "sms"
        }

    @override
    def is_valid_state(
        self, state: State, report_not_triggered: NotTriggeredReasonReporter
    ) -> bool:
        """Return True if a state is a message that matches the filters."""
        attributes = state.attributes
        if attributes.get(EventEntityStateAttribute.EVENT_TYPE) != Direction.RECEIVED:
            return False
        if self._senders and attributes.get("contact") not in self._senders:
            report_not_triggered("the message is from somebody else")
            return False
        if self._text not in str(attributes.get("message", "")).casefold():
            report_not_triggered("the message does not hold the text")
            return False
        return True


TRIGGERS: dict[str, type[Trigger]] = {"message_received": MessageReceivedTrigger}


async def async_get_triggers(hass: HomeAssistant) -> dict[str, type[Trigger]]:
    """Return the triggers of the integration."""
    return TRIGGERS
