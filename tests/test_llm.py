"""What an assistant can do, and what it cannot."""

from types import MappingProxyType

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from homeassistant.components.homeassistant.exposed_entities import async_expose_entity
from homeassistant.config_entries import ConfigSubentry
from homeassistant.core import Context, HomeAssistant
from homeassistant.helpers import llm
from homeassistant.setup import async_setup_component

from .simulator import Account

ASSISTANT = "conversation"
LATEST = "sensor.555_123_0000_office_latest_message"


@pytest.fixture
async def api(
    hass: HomeAssistant, account: Account, entry: MockConfigEntry
) -> llm.APIInstance:
    """Return what an assistant gets of an account with a contact."""
    for component in ("homeassistant", "llm"):
        assert await async_setup_component(hass, component, {})
    alex = {"name": "Alex", "number": "5550100333", "did": "5551230001"}
    hass.config_entries.async_add_subentry(
        entry,
        ConfigSubentry(
            data=MappingProxyType(alex),
            subentry_type="contact",
            title="Alex",
            unique_id=alex["number"],
        ),
    )
    assert await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done()
    async_expose_entity(hass, ASSISTANT, LATEST, True)
    async_expose_entity(hass, ASSISTANT, "notify.alex", True)
    return await _api(hass)


async def _api(hass: HomeAssistant) -> llm.APIInstance:
    context = llm.LLMContext(
        platform="test",
        context=Context(),
        language="en",
        assistant=ASSISTANT,
        device_id=None,
    )
    return await llm.async_get_api(hass, llm.LLM_API_ASSIST, context)


def _ours(api: llm.APIInstance) -> set[str]:
    return {tool.name for tool in api.tools if tool.name.startswith("voipms__")}


async def test_latest_messages(api: llm.APIInstance) -> None:
    """An assistant can say who wrote last."""
    result = await api.async_call_tool(
        llm.ToolInput(tool_name="voipms__get_latest_messages", tool_args={})
    )
    [message] = result.data["messages"]
    assert message["message"] == "Any time after six."
    assert message["direction"] == "received"


async def test_send_to_a_contact(api: llm.APIInstance, account: Account) -> None:
    """An assistant can write to a contact, from the contact's number."""
    await api.async_call_tool(
        llm.ToolInput(
            tool_name="voipms__send_message",
            tool_args={"contact": "Alex", "message": "I am late."},
        )
    )
    sent = account.sent[-1]
    assert (sent.did, sent.contact, sent.message) == (
        "5551230001",
        "5550100333",
        "I am late.",
    )


async def test_only_what_is_exposed(hass: HomeAssistant, api: llm.APIInstance) -> None:
    """What the user hides from assistants is not there for them."""
    assert _ours(api) == {"voipms__get_latest_messages", "voipms__send_message"}
    for entity_id in (LATEST, "sensor.555_123_0001_home_latest_message", "notify.alex"):
        async_expose_entity(hass, ASSISTANT, entity_id, False)
    assert _ours(await _api(hass)) == set()
