"""The options: where do not disturb sends calls."""

from typing import Any

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.voipms.const import CONF_DND_ROUTING
from homeassistant.config_entries import ConfigEntryState, ConfigFlowResult
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType, InvalidData

from .conftest import OFFICE, set_up, unload
from .simulator import Account, Simulator

SWITCH = "switch.555_123_0000_office_do_not_disturb"
BEFORE = "account:100001_VoIP"


async def turn(hass: HomeAssistant, way: str) -> None:
    """Turn do not disturb of the office on or off."""
    data = {"entity_id": SWITCH}
    await hass.services.async_call("switch", f"turn_{way}", data, blocking=True)


async def ask(hass: HomeAssistant, entry: MockConfigEntry) -> ConfigFlowResult:
    """Open the options."""
    return await hass.config_entries.options.async_init(entry.entry_id)


async def answer(
    hass: HomeAssistant, flow: ConfigFlowResult, target: str
) -> ConfigFlowResult:
    """Choose where do not disturb sends calls."""
    done = await hass.config_entries.options.async_configure(
        flow["flow_id"], {CONF_DND_ROUTING: target}
    )
    await hass.async_block_till_done(wait_background_tasks=True)
    return done


def offered(flow: ConfigFlowResult) -> dict[str, str]:
    """Return what can be chosen, by the name it is shown with."""
    fields: dict[Any, Any] = flow["data_schema"].schema
    options = fields[CONF_DND_ROUTING].config["options"]
    return {option["label"]: option["value"] for option in options}


def suggested(flow: ConfigFlowResult) -> str:
    """Return what is chosen when the options open."""
    (key,) = (key for key in flow["data_schema"].schema if key == CONF_DND_ROUTING)
    return (key.description or {}).get("suggested_value") or key.default()


async def test_choices(hass: HomeAssistant, loaded: MockConfigEntry) -> None:
    """Everything that a number can be routed to can be chosen, by its name."""
    flow = await ask(hass, loaded)
    assert flow["type"] is FlowResultType.FORM
    choices = offered(flow)
    assert choices["Voicemail 1001 (Home)"] == "vm:1001"
    assert choices["System: busy"] == suggested(flow) == "sys:busy"
    routing = hass.states.get("select.555_123_0000_office_routing")
    assert list(choices) == routing.attributes["options"]


@pytest.mark.parametrize("target", ["vm:1002", "sys:hangup", "grp:4768"])
async def test_takes_effect(
    hass: HomeAssistant, loaded: MockConfigEntry, account: Account, target: str
) -> None:
    """From then on calls are sent there, and the options show it."""
    done = await answer(hass, await ask(hass, loaded), target)
    assert done["type"] is FlowResultType.CREATE_ENTRY
    assert loaded.state is ConfigEntryState.LOADED
    await turn(hass, "on")
    assert account.dids[OFFICE]["routing"] == target
    assert hass.states.get(SWITCH).state == "on"
    await turn(hass, "off")
    assert account.dids[OFFICE]["routing"] == BEFORE
    assert suggested(await ask(hass, loaded)) == target


async def test_chosen_while_on(
    hass: HomeAssistant, loaded: MockConfigEntry, account: Account
) -> None:
    """A number that is sent away already stays where it is, on, until it is put back."""
    await turn(hass, "on")
    await answer(hass, await ask(hass, loaded), "vm:1002")
    assert account.dids[OFFICE]["routing"] == "sys:busy"
    assert hass.states.get(SWITCH).state == "on"
    await turn(hass, "off")
    assert account.dids[OFFICE]["routing"] == BEFORE
    assert hass.states.get(SWITCH).state == "off"


async def test_not_on_the_list(hass: HomeAssistant, loaded: MockConfigEntry) -> None:
    """What is not on the list cannot be chosen."""
    with pytest.raises(InvalidData):
        await answer(hass, await ask(hass, loaded), "vm:9999")
    assert CONF_DND_ROUTING not in loaded.options


@pytest.mark.parametrize("why", ["unloaded", "VoIP.ms does not answer"])
async def test_not_loaded(
    hass: HomeAssistant,
    account: Account,
    entry: MockConfigEntry,
    simulator: Simulator,
    why: str,
) -> None:
    """Without a connection there is nothing to choose from, and it says so."""
    if why == "unloaded":
        await set_up(hass, entry)
        await unload(hass, entry)
    else:
        simulator.faults.add("http_500")
        await hass.config_entries.async_setup(entry.entry_id)
        assert entry.state is ConfigEntryState.SETUP_RETRY
    flow = await ask(hass, entry)
    assert flow["type"] is FlowResultType.ABORT
    assert flow["reason"] == "not_loaded"


async def test_disconnected_meanwhile(
    hass: HomeAssistant, loaded: MockConfigEntry
) -> None:
    """An account that was taken down while somebody chose keeps what it had."""
    flow = await ask(hass, loaded)
    await unload(hass, loaded)
    done = await answer(hass, flow, "vm:1002")
    assert (done["type"], done["reason"]) == (FlowResultType.ABORT, "not_loaded")
    assert CONF_DND_ROUTING not in loaded.options
