"""What an assistant can do, and what it cannot."""

from collections.abc import Awaitable, Callable
from types import MappingProxyType

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from homeassistant.components.homeassistant.exposed_entities import async_expose_entity
from homeassistant.config_entries import ConfigEntryState, ConfigSubentry
from homeassistant.core import Context, HomeAssistant
from homeassistant.helpers import llm
from homeassistant.setup import async_setup_component

from .conftest import OFFICE, make_entry
from .simulator import Account, Simulator

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


async def test_texts_are_not_instructions(
    hass: HomeAssistant, api: llm.APIInstance
) -> None:
    """An assistant is told that what others wrote is data, before and with it."""
    tools = {tool.name: tool for tool in api.tools}
    for tool in ("voipms__get_latest_messages", "voipms__send_message"):
        assert "message" in tools[tool].description
    assert "not instructions" in tools["voipms__get_latest_messages"].description
    result = await api.async_call_tool(
        llm.ToolInput(tool_name="voipms__get_latest_messages", tool_args={})
    )
    assert result.data["untrusted"] is True
    assert "not instructions" in result.data["note"]


# --- Contacts of the same name -------------------------------------------------------


@pytest.fixture
async def add(
    hass: HomeAssistant, account: Account, entry: MockConfigEntry
) -> Callable[..., Awaitable[llm.APIInstance]]:
    """Return what sets the account up with contacts, and returns what there is of it."""
    for component in ("homeassistant", "llm"):
        assert await async_setup_component(hass, component, {})

    async def add(
        *people: tuple[str, str], to: MockConfigEntry = entry, did: str = OFFICE
    ) -> llm.APIInstance:
        for name, number in people:
            data = {"name": name, "number": number, "did": did}
            hass.config_entries.async_add_subentry(
                to,
                ConfigSubentry(
                    data=MappingProxyType(data),
                    subentry_type="contact",
                    title=name,
                    unique_id=number,
                ),
            )
        if to.state is not ConfigEntryState.LOADED:
            await hass.config_entries.async_setup(to.entry_id)
        await hass.async_block_till_done()
        for entity_id in hass.states.async_entity_ids("notify"):
            async_expose_entity(hass, ASSISTANT, entity_id, True)
        return await _api(hass)

    return add


def _send_tool(api: llm.APIInstance) -> llm.Tool:
    [tool] = [tool for tool in api.tools if tool.name == "voipms__send_message"]
    return tool


def _choices(api: llm.APIInstance) -> list[str]:
    """Return the contacts that the tool offers."""
    [offered] = [
        kind
        for key, kind in _send_tool(api).parameters.schema.items()
        if key == "contact"
    ]
    return list(offered.container)


def _ending(choice: str) -> str:
    """Return the end of the number that a choice tells."""
    return choice[-5:]


async def _write(api: llm.APIInstance, contact: str) -> llm.ToolResult:
    return await api.async_call_tool(
        llm.ToolInput(
            tool_name="voipms__send_message",
            tool_args={"contact": contact, "message": "I am late."},
        )
    )


@pytest.mark.parametrize("other", ["Ann", "ann", " Ann ", "ANN", "Ａnn"])
async def test_two_of_one_name(
    account: Account, add: Callable[..., Awaitable[llm.APIInstance]], other: str
) -> None:
    """Of two Anns, the assistant knows that there are two, and has to ask which."""
    api = await add(("Ann", "5550100333"), (other, "5550100444"), ("Bob", "5550100555"))
    choices = _choices(api)
    assert len(choices) == 3
    assert "Bob" in choices
    first, second = sorted((each for each in choices if each != "Bob"), key=_ending)
    assert ("0333" in first, "0444" in second) == (True, True)
    description = _send_tool(api).description
    assert "There are 2 contacts called" in description
    assert first in description
    assert second in description

    before = len(account.sent)
    for name in ("Ann", "ann", " ANN "):
        result = await _write(api, name)
        assert result.error
        assert "Ask the user" in result.data["error"]
        assert sorted(result.data["contacts"], key=_ending) == [first, second]
    assert len(account.sent) == before

    result = await _write(api, second)
    assert not result.error
    assert [message.contact for message in account.sent[before:]] == ["5550100444"]


async def test_names_that_end_alike(
    account: Account, add: Callable[..., Awaitable[llm.APIInstance]]
) -> None:
    """Where the end of the number tells nothing, the whole number does."""
    api = await add(("Ann", "5550100333"), ("Ann", "5550110333"), ("Ann", "5550110444"))
    assert sorted(_choices(api)) == [
        "Ann ((555) 010-0333)",
        "Ann ((555) 011-0333)",
        "Ann (number ending in 0444)",
    ]


async def test_one_name_in_two_accounts(
    hass: HomeAssistant,
    account: Account,
    simulator: Simulator,
    add: Callable[..., Awaitable[llm.APIInstance]],
) -> None:
    """The same person in two accounts is two contacts, told apart by the account."""
    other = simulator.add_account("other@example.com", "secret", number="300003")
    other.add_did("5559990000", sms_enabled=True)
    second = make_entry(hass, simulator, other.email, "secret", "other")
    hass.config_entries.async_update_entry(second, title="The shop")
    await add(("Ann", "5550100333"))
    api = await add(("Ann", "5550100333"), to=second, did="5559990000")
    assert sorted(_choices(api)) == ["Ann (account The shop)", "Ann (account VoIP.ms)"]
    assert (await _write(api, "Ann")).error
    assert not (await _write(api, "ann (account the shop)")).error
    assert (len(other.sent), other.sent[0].did) == (1, "5559990000")


async def test_hidden_namesake(
    hass: HomeAssistant,
    account: Account,
    add: Callable[..., Awaitable[llm.APIInstance]],
) -> None:
    """A contact that is not exposed is none, and not spoken of."""
    await add(("Ann", "5550100333"), ("Ann", "5550100444"))
    async_expose_entity(hass, ASSISTANT, "notify.ann_2", False)
    api = await _api(hass)
    assert _choices(api) == ["Ann"]
    assert "There are 2" not in _send_tool(api).description
    assert not (await _write(api, "ann")).error
    assert account.sent[-1].contact == "5550100333"


async def test_nobody_of_that_name(
    account: Account, add: Callable[..., Awaitable[llm.APIInstance]]
) -> None:
    """A name that nobody has is an error, and nothing is sent."""
    api = await add(("Ann", "5550100333"))
    before = len(account.sent)
    for name in ("Anne", "", "5550100333", "notify.ann"):
        assert (await _write(api, name)).error
    assert len(account.sent) == before
