"""What an assistant can do: read the latest messages, and write to a contact.

Only with what the user lets assistants see. Ordering, cancelling, deleting and
writing to any number are not for assistants.
"""

from typing import override

import probatio

from homeassistant.components.homeassistant.exposed_entities import async_should_expose
from homeassistant.components.llm import LLMTools
from homeassistant.components.notify.const import (
    ATTR_MESSAGE,
    DOMAIN as NOTIFY_DOMAIN,
    SERVICE_SEND_MESSAGE,
)
from homeassistant.components.sensor.const import DOMAIN as SENSOR_DOMAIN
from homeassistant.const import ATTR_ENTITY_ID
from homeassistant.core import HomeAssistant, State, callback
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.llm import (
    LLM_API_ASSIST,
    LLMContext,
    Tool,
    ToolAnnotations,
    ToolInput,
    ToolResult,
)
from homeassistant.util.json import JsonValueType

from .const import DOMAIN

ATTR_CONTACT = "contact"
MESSAGE = "latest_sms"
CONTACT = "contact"


class GetLatestMessages(Tool):
    """Lets an assistant read the latest message of each number."""

    name = f"{DOMAIN}__get_latest_messages"
    title = "Get latest text messages"
    description = (
        "Returns the latest text message of each phone number of the house: whom it"
        " was exchanged with, in which direction, when, and what it says. Use it for"
        " questions like 'Did anybody text me?'"
    )
    annotations = ToolAnnotations(
        read_only=True, destructive=False, idempotent=True, open_world=False
    )
    integration = DOMAIN
    parameters = probatio.Schema({})

    @override
    async def async_call(
        self, hass: HomeAssistant, tool_input: ToolInput, llm_context: LLMContext
    ) -> ToolResult:
        """Return the messages."""
        messages: list[JsonValueType] = [
            {"number": state.name}
            | {
                name: state.attributes.get(name)
                for name in ("contact", "direction", "time", "message")
            }
            for state in exposed(hass, llm_context, SENSOR_DOMAIN, MESSAGE)
        ]
        return ToolResult(data={"messages": messages})


class SendMessage(Tool):
    """Lets an assistant write to a contact."""

    name = f"{DOMAIN}__send_message"
    title = "Send a text message"
    description = (
        "Sends a text message to one of the user's contacts. Use it only when the"
        " user asks for a message to be sent, and with the words they want."
    )
    annotations = ToolAnnotations(destructive=False, open_world=True)
    integration = DOMAIN

    def __init__(self, names: list[str]) -> None:
        """Offer the contacts by name."""
        self.parameters = probatio.Schema(
            {
                probatio.Required(ATTR_CONTACT): probatio.In(names),
                probatio.Required(ATTR_MESSAGE): str,
            }
        )

    @override
    async def async_call(
        self, hass: HomeAssistant, tool_input: ToolInput, llm_context: LLMContext
    ) -> ToolResult:
        """Send the message, once."""
        wanted = self.parameters(tool_input.tool_args)
        for state in exposed(hass, llm_context, NOTIFY_DOMAIN, CONTACT):
            if state.name == wanted[ATTR_CONTACT]:
                await hass.services.async_call(
                    NOTIFY_DOMAIN,
                    SERVICE_SEND_MESSAGE,
                    {
                        ATTR_ENTITY_ID: state.entity_id,
                        ATTR_MESSAGE: wanted[ATTR_MESSAGE],
                    },
                    context=llm_context.context,
                    blocking=True,
                )
                return ToolResult(data={"sent": True})
        return ToolResult(data={"error": "There is no such contact"}, error=True)


def exposed(
    hass: HomeAssistant, llm_context: LLMContext, domain: str, key: str
) -> list[State]:
    """Return the states of our entities of one sort that an assistant may see."""
    registry = er.async_get(hass)
    return [
        state
        for state in hass.states.async_all(domain)
        if (entry := registry.async_get(state.entity_id))
        and entry.platform == DOMAIN
        and entry.translation_key == key
        and llm_context.assistant
        and async_should_expose(hass, llm_context.assistant, state.entity_id)
    ]


@callback
def async_get_tools(
    hass: HomeAssistant, llm_context: LLMContext, api_id: str
) -> LLMTools | None:
    """Return what an assistant can do with what it may see."""
    if api_id != LLM_API_ASSIST:
        return None
    tools: list[Tool] = []
    if exposed(hass, llm_context, SENSOR_DOMAIN, MESSAGE):
        tools.append(GetLatestMessages())
    people = exposed(hass, llm_context, NOTIFY_DOMAIN, CONTACT)
    if people:
        tools.append(SendMessage([state.name for state in people]))
    return LLMTools(tools=tools) if tools else None
