"""Where calls go: chosen on a dashboard, or by an action."""

import asyncio
from datetime import timedelta

import pytest
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    async_fire_time_changed,
)
from syrupy.assertion import SnapshotAssertion

from homeassistant.const import Platform
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.util import dt as dt_util

from .conftest import CABIN, OFFICE, CheckEntities, Later, arrival, set_up, written
from .settings import state
from .simulator import Account, Simulator

SELECT = "select.555_123_0000_office_routing"
BEFORE = "Sub-account 100001_VoIP (Kitchen phone)"


async def choose(hass: HomeAssistant, option: str, entity_id: str = SELECT) -> None:
    """Choose an option of a number's routing."""
    await hass.services.async_call(
        "select",
        "select_option",
        {"entity_id": entity_id, "option": option},
        blocking=True,
    )


def shown(hass: HomeAssistant, entity_id: str = SELECT) -> str:
    """Return the routing that a number shows."""
    state = hass.states.get(entity_id)
    assert state
    return state.state


def raw(hass: HomeAssistant, entity_id: str = SELECT) -> str:
    """Return the routing that a number shows, as VoIP.ms writes it."""
    state = hass.states.get(entity_id)
    assert state
    return state.attributes["routing"]


def options(hass: HomeAssistant) -> list[str]:
    """Return what a number can be routed to."""
    state = hass.states.get(SELECT)
    assert state
    return state.attributes["options"]


@pytest.mark.usefixtures("entity_registry_enabled_by_default")
@pytest.mark.freeze_time("2026-11-20 17:00:00+00:00")
def test_entities(check_entities: CheckEntities) -> None:
    """Each entity of the platform is as in the snapshot."""
    check_entities(Platform.SELECT)


# --- What there is to choose from --------------------------------------------------


@pytest.mark.usefixtures("loaded")
async def test_options(hass: HomeAssistant, snapshot: SnapshotAssertion) -> None:
    """Everything that a number can be routed to is there, in words."""
    assert options(hass) == snapshot


async def test_options_of_the_same_name(
    hass: HomeAssistant, account: Account, entry: MockConfigEntry
) -> None:
    """Two ring groups of one name are told apart, and each can be chosen."""
    account.add("ring_groups", id=71, name="Family")
    account.add("ring_groups", id=72, name="Family")
    await set_up(hass, entry)
    assert len(options(hass)) == len(set(options(hass)))
    assert {option for option in options(hass) if "Family" in option} == {
        "Ring group Family [71]",
        "Ring group Family [72]",
    }
    await choose(hass, "Ring group Family [72]")
    assert account.dids[OFFICE]["routing"] == "grp:72"
    assert shown(hass) == "Ring group Family [72]"


@pytest.mark.parametrize(
    "routing",
    [
        "did:5551230001",
        "phone:5550100900",
        "newthing:7",
        "sip:unlisted@pbx.example.com:5060",
        "grp:9999",
        "none:",
    ],
)
async def test_routing_that_nobody_knows(
    hass: HomeAssistant, account: Account, entry: MockConfigEntry, routing: str
) -> None:
    """A routing without a name shows as VoIP.ms writes it, and is kept."""
    account.dids[OFFICE]["routing"] = routing
    await set_up(hass, entry)
    assert raw(hass) == routing
    assert shown(hass) in options(hass)
    if routing != "none:":
        assert shown(hass) == routing


async def test_number_without_routing(
    hass: HomeAssistant, account: Account, entry: MockConfigEntry
) -> None:
    """A number that goes nowhere yet can be given a routing."""
    account.dids[OFFICE]["routing"] = ""
    await set_up(hass, entry)
    assert shown(hass) == "unknown"
    await choose(hass, "System: busy")
    assert account.dids[OFFICE]["routing"] == "sys:busy"


async def test_destination_renamed_at_the_portal(
    hass: HomeAssistant, later: Later, loaded: MockConfigEntry, account: Account
) -> None:
    """A new name is shown half a day later, with the routing unchanged."""
    account.sub_accounts["100001_VoIP"]["description"] = "Pantry phone"
    await later(hours=12)
    assert shown(hass) == "Sub-account 100001_VoIP (Pantry phone)"
    assert BEFORE not in options(hass)
    assert raw(hass) == "account:100001_VoIP"


@pytest.mark.usefixtures("loaded")
async def test_destinations_of_one_kind_cannot_be_read(
    hass: HomeAssistant, later: Later, simulator: Simulator
) -> None:
    """A list of destinations that fails keeps what it said before."""
    before = options(hass)
    simulator.faults.add("http_500", method="getVoicemails")
    simulator.faults.add("truncated", method="getQueues")
    await later(hours=12)
    assert options(hass) == before


# --- Choosing ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("option", "routing"),
    [
        ("Main account 100001", "account:100001"),
        ("Sub-account 100001_Desk (Office desk)", "account:100001_Desk"),
        ("Voicemail 1002 (Office)", "vm:1002"),
        ("System: busy", "sys:busy"),
        ("System: no action", "none:"),
    ],
)
async def test_choose(
    hass: HomeAssistant,
    loaded: MockConfigEntry,
    account: Account,
    option: str,
    routing: str,
) -> None:
    """What is chosen is what VoIP.ms is told, and what is shown."""
    await choose(hass, option)
    assert account.dids[OFFICE]["routing"] == routing
    assert shown(hass) == option
    assert raw(hass) == routing


async def test_every_option_can_be_chosen(
    hass: HomeAssistant, loaded: MockConfigEntry, account: Account
) -> None:
    """There is no option that VoIP.ms refuses or that shows as another."""
    for option in options(hass):
        await choose(hass, option)
        assert shown(hass) == option
        assert account.dids[OFFICE]["routing"] == raw(hass)


async def test_only_that_number_changes(
    hass: HomeAssistant, loaded: MockConfigEntry, account: Account
) -> None:
    """The other settings of the number, and the other numbers, stay as they are."""
    before = {did: dict(row) for did, row in account.dids.items()}
    await choose(hass, "System: busy")
    before[OFFICE]["routing"] = "sys:busy"
    assert account.dids == before


async def test_shown_at_once_then_read_back(
    hass: HomeAssistant, loaded: MockConfigEntry, simulator: Simulator
) -> None:
    """The choice shows before it is read back, and is written once."""
    simulator.clear_calls()
    simulator.latencies["getDIDsInfo"] = 0.5
    events = written(hass)
    choosing = hass.async_create_task(choose(hass, "System: busy"))
    await arrival(simulator, "getDIDsInfo")
    assert shown(hass) == "System: busy"

    await choosing
    assert [call.method for call in simulator.calls] == ["setDIDRouting", "getDIDsInfo"]
    states = [e.data["new_state"] for e in events if e.data["entity_id"] == SELECT]
    assert [state.state for state in states] == ["System: busy"]


async def test_refused(
    hass: HomeAssistant, loaded: MockConfigEntry, simulator: Simulator
) -> None:
    """A choice that VoIP.ms refuses is said, and the old one stays."""
    simulator.faults.add("status:invalid_routing", method="setDIDRouting")
    with pytest.raises(HomeAssistantError, match="invalid_routing"):
        await choose(hass, "System: busy")
    assert shown(hass) == BEFORE


async def test_accepted_but_not_done(
    hass: HomeAssistant,
    loaded: MockConfigEntry,
    account: Account,
    simulator: Simulator,
) -> None:
    """When the read-back says otherwise, so does the error, and the truth is shown."""
    simulator.clear_calls()
    simulator.latencies["getDIDsInfo"] = 0.3
    choosing = hass.async_create_task(choose(hass, "System: busy"))
    await arrival(simulator, "getDIDsInfo")
    account.dids[OFFICE]["routing"] = "vm:1001"
    with pytest.raises(HomeAssistantError, match="vm:1001") as error:
        await choosing
    assert error.value.translation_key == "not_applied"
    assert shown(hass) == "Voicemail 1001 (Home)"


async def test_read_back_fails(
    hass: HomeAssistant,
    later: Later,
    loaded: MockConfigEntry,
    account: Account,
    simulator: Simulator,
) -> None:
    """A choice that VoIP.ms took stays shown if only the look afterwards fails."""
    simulator.faults.add("http_500", method="getDIDsInfo", times=1)
    await choose(hass, "System: busy")
    assert shown(hass) == "System: busy"
    await later(minutes=5)
    assert shown(hass) == "System: busy"


async def test_poll_that_began_before_the_change(
    hass: HomeAssistant, loaded: MockConfigEntry, simulator: Simulator
) -> None:
    """An older answer that arrives late does not undo a change."""
    events = written(hass)
    # The poll is answered with the old routing, but slowly.
    simulator.faults.add("slow", method="getDIDsInfo", times=1, seconds=0.5)
    async_fire_time_changed(hass, dt_util.utcnow() + timedelta(minutes=5))
    await arrival(simulator, "getDIDsInfo", 2)
    await choose(hass, "System: busy")
    assert shown(hass) == "System: busy"
    await hass.async_block_till_done(wait_background_tasks=True)
    assert shown(hass) == "System: busy"
    assert len([event for event in events if event.data["entity_id"] == SELECT]) == 1


async def test_two_changes_at_once(
    hass: HomeAssistant, loaded: MockConfigEntry, account: Account
) -> None:
    """Of two changes of a number the later one wins, and both end well."""
    await asyncio.gather(
        choose(hass, "System: busy"),
        choose(hass, "System: hang up"),
        choose(hass, "Voicemail 1001 (Home)", "select.555_123_0002_cabin_routing"),
        return_exceptions=True,
    )
    assert raw(hass) == account.dids[OFFICE]["routing"] == "sys:hangup"
    assert account.dids[CABIN]["routing"] == "vm:1001"


async def test_lost_answer(
    hass: HomeAssistant, loaded: MockConfigEntry, account: Account, simulator: Simulator
) -> None:
    """If the answer is lost, nobody pretends to know, and what is true is shown."""
    simulator.faults.add("lost_reply", method="setDIDRouting", times=1)
    with pytest.raises(HomeAssistantError) as error:
        await choose(hass, "System: busy")
    assert error.value.translation_key == "outcome_unknown"
    assert "did not confirm" in str(error.value)
    assert len(simulator.calls_of("setDIDRouting")) == 1
    assert account.dids[OFFICE]["routing"] == "sys:busy"
    assert shown(hass) == "System: busy"


async def test_lost_question(
    hass: HomeAssistant, loaded: MockConfigEntry, simulator: Simulator
) -> None:
    """If the connection breaks before VoIP.ms acts, the old routing stays shown."""
    simulator.faults.add("reset", method="setDIDRouting", times=1)
    with pytest.raises(HomeAssistantError) as error:
        await choose(hass, "System: busy")
    assert error.value.translation_key == "outcome_unknown"
    assert shown(hass) == BEFORE


async def test_nobody_there(
    hass: HomeAssistant, loaded: MockConfigEntry, simulator: Simulator
) -> None:
    """A call that never left is a plain error, with nothing in doubt."""
    await simulator.stop()
    await asyncio.sleep(0.1)  # until the idle connections are seen to be closed
    with pytest.raises(HomeAssistantError) as error:
        await choose(hass, "System: busy")
    assert error.value.translation_key == "cannot_connect"
    assert shown(hass) == BEFORE


# --- The failovers and the server --------------------------------------------------


@pytest.mark.usefixtures("entity_registry_enabled_by_default")
async def test_failover_like_routing(
    hass: HomeAssistant, every_setting: dict[str, str]
) -> None:
    """A failover offers what the routing offers, and says what VoIP.ms calls it."""
    routing = state(hass, "select.routing")
    for name in ("when_busy", "when_unreachable", "when_unanswered"):
        failover = state(hass, f"select.failover_{name}")
        assert set(routing.attributes["options"]) <= set(failover.attributes["options"])
    assert (
        state(hass, "select.failover_when_unanswered").state == "Voicemail 1001 (Home)"
    )
    failover = state(hass, "select.failover_when_busy")
    assert (failover.state, failover.attributes["routing"]) == (
        "Forwarding (555) 010-0901 (Answering service)",
        "fwd:18636",
    )


@pytest.mark.usefixtures("entity_registry_enabled_by_default")
async def test_server_nobody_knows(
    hass: HomeAssistant, account: Account, entry: MockConfigEntry
) -> None:
    """A server that VoIP.ms does not list shows as its number, beside the others."""
    account.dids[OFFICE]["pop"] = "99"
    await set_up(hass, entry)
    server = state(hass, "select.server_pop")
    assert server.state == "99"
    assert len(server.attributes["options"]) == 13
    assert "London 1, UK" in server.attributes["options"]
