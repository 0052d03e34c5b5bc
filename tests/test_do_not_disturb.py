"""Do not disturb sends a number's calls away, and puts back where they went before."""

import asyncio
from copy import deepcopy
from typing import Any

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.voipms.const import CONF_DND_ROUTING, DOMAIN
from homeassistant.components import conversation
from homeassistant.core import Context, HomeAssistant
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError
from homeassistant.helpers import entity_registry as er
from homeassistant.setup import async_setup_component

from .conftest import CABIN, HOME, OFFICE, Later, arrival, set_up, unload
from .simulator import Account, Simulator

SWITCH = "switch.555_123_0000_office_do_not_disturb"
HOME_SWITCH = "switch.555_123_0001_home_do_not_disturb"
CABIN_SWITCH = "switch.555_123_0002_cabin_do_not_disturb"
BEFORE = "account:100001_VoIP"
BUSY = "sys:busy"
STORE = "voipms.01VOIPMSTESTENTRY000000000.do_not_disturb"


async def turn(hass: HomeAssistant, way: str, entity_id: str = SWITCH) -> None:
    """Turn the switch of a number on or off."""
    data = {"entity_id": entity_id}
    await hass.services.async_call("switch", f"turn_{way}", data, blocking=True)


def shown(hass: HomeAssistant, entity_id: str = SWITCH) -> str:
    """Return what the switch of a number shows."""
    state = hass.states.get(entity_id)
    assert state
    return state.state


async def restart(hass: HomeAssistant, entry: MockConfigEntry) -> None:
    """Take the account down and set it up again."""
    await unload(hass, entry)
    await set_up(hass, entry)


# --- On and off --------------------------------------------------------------------


async def test_on_and_off(
    hass: HomeAssistant, loaded: MockConfigEntry, account: Account
) -> None:
    """On sends the calls away, off puts back where they went before."""
    assert shown(hass) == "off"
    await turn(hass, "on")
    assert account.dids[OFFICE]["routing"] == BUSY
    assert shown(hass) == "on"
    assert hass.states.get("select.555_123_0000_office_routing").state == "System: busy"

    await turn(hass, "off")
    assert account.dids[OFFICE]["routing"] == BEFORE
    assert shown(hass) == "off"


async def test_only_the_routing_changes(
    hass: HomeAssistant, loaded: MockConfigEntry, account: Account
) -> None:
    """Nothing else of the number changes, and nothing of the other numbers."""
    before = deepcopy(account.dids)
    await turn(hass, "on")
    assert account.dids == {**before, OFFICE: before[OFFICE] | {"routing": BUSY}}
    await turn(hass, "off")
    assert account.dids == before


@pytest.mark.parametrize("target", ["vm:1001", "sys:hangup", "recording:7567"])
async def test_target(
    hass: HomeAssistant, account: Account, entry: MockConfigEntry, target: str
) -> None:
    """Calls are sent where the options say."""
    hass.config_entries.async_update_entry(entry, options={CONF_DND_ROUTING: target})
    await set_up(hass, entry)
    await turn(hass, "on")
    assert account.dids[OFFICE]["routing"] == target
    assert shown(hass) == "on"
    await turn(hass, "off")
    assert account.dids[OFFICE]["routing"] == BEFORE


async def test_on_again(
    hass: HomeAssistant, loaded: MockConfigEntry, account: Account, simulator: Simulator
) -> None:
    """Turning on what is on does not forget where calls went before."""
    await turn(hass, "on")
    await turn(hass, "on")
    assert len(simulator.calls_of("setDIDRouting")) == 1
    await turn(hass, "off")
    assert account.dids[OFFICE]["routing"] == BEFORE


async def test_off_again(
    hass: HomeAssistant, loaded: MockConfigEntry, account: Account, simulator: Simulator
) -> None:
    """Turning off what is off changes nothing."""
    await turn(hass, "off")
    assert simulator.calls_of("setDIDRouting") == []
    assert account.dids[OFFICE]["routing"] == BEFORE


@pytest.mark.parametrize(("way", "now"), [("on", BUSY), ("off", BEFORE)])
async def test_as_it_should_be_already(
    hass: HomeAssistant,
    loaded: MockConfigEntry,
    account: Account,
    simulator: Simulator,
    way: str,
    now: str,
) -> None:
    """A number that somebody has routed there already is left alone, and shown."""
    if way == "off":
        await turn(hass, "on")
    account.dids[OFFICE]["routing"] = now
    simulator.clear_calls()
    await turn(hass, way)
    assert simulator.calls_of("setDIDRouting") == []
    assert shown(hass) == way


# --- Restarts ----------------------------------------------------------------------


async def test_restart(
    hass: HomeAssistant,
    hass_storage: dict[str, Any],
    loaded: MockConfigEntry,
    account: Account,
) -> None:
    """After a restart it is still on, and still known where calls went before."""
    await turn(hass, "on")
    await restart(hass, loaded)
    assert shown(hass) == "on"
    await turn(hass, "off")
    assert account.dids[OFFICE]["routing"] == BEFORE
    assert hass_storage[STORE]["data"] == {}


async def test_what_is_on_disk(
    hass: HomeAssistant,
    hass_storage: dict[str, Any],
    account: Account,
    entry: MockConfigEntry,
) -> None:
    """What an earlier Home Assistant wrote down is put back by a later one."""
    hass_storage[STORE] = {
        "version": 1,
        "key": STORE,
        "data": {OFFICE: {"before": "vm:1002", "target": BUSY}},
    }
    account.dids[OFFICE]["routing"] = BUSY
    await set_up(hass, entry)
    assert shown(hass) == "on"
    await turn(hass, "off")
    assert account.dids[OFFICE]["routing"] == "vm:1002"


async def test_written_down_first(
    hass: HomeAssistant,
    hass_storage: dict[str, Any],
    loaded: MockConfigEntry,
    simulator: Simulator,
) -> None:
    """Where calls went is on disk before they are sent away, should the power fail."""
    simulator.latencies["setDIDRouting"] = 0.2
    turning = hass.async_create_task(turn(hass, "on"))
    await arrival(simulator, "setDIDRouting")
    assert hass_storage[STORE]["data"] == {OFFICE: {"before": BEFORE, "target": BUSY}}
    await turning


async def test_removed_account(
    hass: HomeAssistant, hass_storage: dict[str, Any], loaded: MockConfigEntry
) -> None:
    """Nothing stays on disk of an account that is removed."""
    await turn(hass, "on")
    assert STORE in hass_storage
    await hass.config_entries.async_remove(loaded.entry_id)
    assert STORE not in hass_storage


# --- Changes elsewhere -------------------------------------------------------------


@pytest.mark.parametrize("noticed", ["not yet", "by a poll", "after a restart"])
async def test_routed_elsewhere_meanwhile(
    hass: HomeAssistant,
    later: Later,
    loaded: MockConfigEntry,
    account: Account,
    noticed: str,
) -> None:
    """Off does not overwrite a routing that somebody chose at the portal meanwhile."""
    await turn(hass, "on")
    account.dids[OFFICE]["routing"] = "vm:1002"
    if noticed == "by a poll":
        await later(minutes=5)
        assert shown(hass) == "off"
    elif noticed == "after a restart":
        await restart(hass, loaded)
        assert shown(hass) == "off"
    await turn(hass, "off")
    assert account.dids[OFFICE]["routing"] == "vm:1002"
    assert shown(hass) == "off"


async def test_routed_elsewhere_before(
    hass: HomeAssistant, loaded: MockConfigEntry, account: Account
) -> None:
    """What counts is where calls go when it is turned on, not at the last poll."""
    account.dids[OFFICE]["routing"] = "vm:1002"
    await turn(hass, "on")
    await turn(hass, "off")
    assert account.dids[OFFICE]["routing"] == "vm:1002"


@pytest.mark.parametrize("restarted", [False, True])
async def test_sent_away_by_somebody_else(
    hass: HomeAssistant,
    hass_storage: dict[str, Any],
    later: Later,
    loaded: MockConfigEntry,
    account: Account,
    restarted: bool,
) -> None:
    """Calls sent to the target at the portal show as on, and off puts back."""
    account.dids[OFFICE]["routing"] = BUSY
    await later(minutes=5)
    assert shown(hass) == "on"
    if restarted:
        await later(seconds=1)
        await restart(hass, loaded)
    await turn(hass, "off")
    assert account.dids[OFFICE]["routing"] == BEFORE
    assert shown(hass) == "off"


@pytest.mark.parametrize("first", ["on", "refused"])
async def test_the_last_place_counts(
    hass: HomeAssistant,
    later: Later,
    loaded: MockConfigEntry,
    account: Account,
    simulator: Simulator,
    first: str,
) -> None:
    """What was before an earlier do not disturb, or before a failed one, is past."""
    if first == "refused":
        simulator.faults.add("status:invalid_routing", method="setDIDRouting", times=1)
        with pytest.raises(HomeAssistantError):
            await turn(hass, "on")
    else:
        await turn(hass, "on")
    account.dids[OFFICE]["routing"] = "vm:1002"
    await later(minutes=5)
    account.dids[OFFICE]["routing"] = BUSY
    await later(minutes=5)
    assert shown(hass) == "on"
    await turn(hass, "off")
    assert account.dids[OFFICE]["routing"] == "vm:1002"


async def test_nothing_known(
    hass: HomeAssistant, account: Account, entry: MockConfigEntry
) -> None:
    """If nobody knows where calls went, off says so and what to do."""
    account.dids[CABIN]["routing"] = BUSY
    await set_up(hass, entry)
    assert shown(hass, CABIN_SWITCH) == "on"
    with pytest.raises(ServiceValidationError, match="not known") as error:
        await turn(hass, "off", CABIN_SWITCH)
    assert error.value.translation_key == "unknown_before"
    assert account.dids[CABIN]["routing"] == BUSY
    assert shown(hass, CABIN_SWITCH) == "on"


# --- At the same moment ------------------------------------------------------------


async def test_on_twice_at_once(
    hass: HomeAssistant, loaded: MockConfigEntry, account: Account, simulator: Simulator
) -> None:
    """Of two who turn it on at once, neither takes the target for what was before."""
    simulator.latency = 0.05
    await asyncio.gather(turn(hass, "on"), turn(hass, "on"))
    assert shown(hass) == "on"
    await turn(hass, "off")
    assert account.dids[OFFICE]["routing"] == BEFORE


async def test_two_numbers_at_once(
    hass: HomeAssistant, loaded: MockConfigEntry, account: Account, simulator: Simulator
) -> None:
    """Each number gets back its own; what changed at the portal just before, too."""
    simulator.latency = 0.05
    account.dids[OFFICE]["routing"] = "vm:1002"
    simulator.latencies["setDIDRouting"] = 0.2
    await asyncio.gather(
        turn(hass, "on"), turn(hass, "on", HOME_SWITCH), turn(hass, "on", CABIN_SWITCH)
    )
    assert {row["routing"] for row in account.dids.values()} == {BUSY}
    assert shown(hass) == shown(hass, HOME_SWITCH) == shown(hass, CABIN_SWITCH) == "on"
    await asyncio.gather(
        turn(hass, "off"),
        turn(hass, "off", HOME_SWITCH),
        turn(hass, "off", CABIN_SWITCH),
    )
    assert {did: row["routing"] for did, row in account.dids.items()} == {
        OFFICE: "vm:1002",
        HOME: "vm:1001",
        CABIN: "sys:noservice",
    }


@pytest.mark.parametrize("first", ["switch", "action"])
async def test_with_the_action_at_once(
    hass: HomeAssistant,
    loaded: MockConfigEntry,
    account: Account,
    simulator: Simulator,
    first: str,
) -> None:
    """Whoever is first, what the action asked for is where calls go in the end."""
    simulator.latency = 0.05
    routed = {"did": OFFICE, "routing": "vm:1002"}
    calls = [
        turn(hass, "on"),
        hass.services.async_call(DOMAIN, "set_did_routing", routed, blocking=True),
    ]
    await asyncio.gather(
        *(calls if first == "switch" else reversed(calls)), return_exceptions=True
    )
    assert shown(hass) == ("on" if account.dids[OFFICE]["routing"] == BUSY else "off")
    await turn(hass, "off")
    assert account.dids[OFFICE]["routing"] == "vm:1002"


async def test_an_action_in_between(
    hass: HomeAssistant, loaded: MockConfigEntry, account: Account, simulator: Simulator
) -> None:
    """A routing that is set while the switch looks where calls go is not lost."""
    simulator.clear_calls()
    simulator.faults.add("slow", method="getDIDsInfo", times=1, seconds=0.3)
    turning = hass.async_create_task(turn(hass, "on"))
    await arrival(simulator, "getDIDsInfo")
    routed = {"did": OFFICE, "routing": "vm:1002"}
    await hass.services.async_call(DOMAIN, "set_did_routing", routed, blocking=True)
    await asyncio.gather(turning, return_exceptions=True)
    assert account.dids[OFFICE]["routing"] == "vm:1002"
    assert shown(hass) == "off"
    await turn(hass, "off")
    assert account.dids[OFFICE]["routing"] == "vm:1002"


async def test_another_number_in_between(
    hass: HomeAssistant, loaded: MockConfigEntry, account: Account, simulator: Simulator
) -> None:
    """News of another number does not mix up where this one's calls went."""
    account.dids[OFFICE]["routing"] = "vm:1002"
    simulator.faults.add("slow", method="setDIDRouting", times=1, seconds=0.3)
    turning = hass.async_create_task(turn(hass, "on"))
    await arrival(simulator, "setDIDRouting")
    await turn(hass, "on", HOME_SWITCH)
    await turning
    await turn(hass, "off")
    assert account.dids[OFFICE]["routing"] == "vm:1002"


# --- Failures ----------------------------------------------------------------------


@pytest.mark.parametrize("way", ["on", "off"])
@pytest.mark.parametrize(
    ("fault", "done", "key"),
    [
        ("status:invalid_routing", False, "refused"),
        ("http_503", False, "outcome_unknown"),
        ("reset", False, "outcome_unknown"),
        ("lost_reply", True, "outcome_unknown"),
        ("truncated", True, "outcome_unknown"),
    ],
)
async def test_failed_write(
    hass: HomeAssistant,
    loaded: MockConfigEntry,
    account: Account,
    simulator: Simulator,
    way: str,
    fault: str,
    done: bool,
    key: str,
) -> None:
    """After a write that failed the switch shows what is true, and works again."""
    if way == "off":
        await turn(hass, "on")
    simulator.faults.add(fault, method="setDIDRouting", times=1)
    with pytest.raises(HomeAssistantError) as error:
        await turn(hass, way)
    assert error.value.translation_key == key
    is_on = (way == "on") is done
    assert account.dids[OFFICE]["routing"] == (BUSY if is_on else BEFORE)
    assert shown(hass) == ("on" if is_on else "off")

    await turn(hass, way)
    assert shown(hass) == way
    await turn(hass, "off")
    assert account.dids[OFFICE]["routing"] == BEFORE


@pytest.mark.parametrize("way", ["on", "off"])
@pytest.mark.parametrize("fault", ["http_503", "reset", "truncated", "wrong_types"])
async def test_failed_read(
    hass: HomeAssistant,
    loaded: MockConfigEntry,
    account: Account,
    simulator: Simulator,
    way: str,
    fault: str,
) -> None:
    """Without knowing where calls go now nothing is sent, and nothing is in doubt."""
    if way == "off":
        await turn(hass, "on")
    before = account.dids[OFFICE]["routing"]
    simulator.clear_calls()
    simulator.faults.add(fault, method="getDIDsInfo", times=1)
    with pytest.raises(HomeAssistantError) as error:
        await turn(hass, way)
    assert error.value.translation_key == "cannot_connect"
    assert simulator.calls_of("setDIDRouting") == []
    assert account.dids[OFFICE]["routing"] == before
    assert shown(hass) == ("on" if way == "off" else "off")


async def test_accepted_but_not_done(
    hass: HomeAssistant, loaded: MockConfigEntry, account: Account, simulator: Simulator
) -> None:
    """If VoIP.ms says yes and does nothing, the switch does not pretend."""
    simulator.latencies["getDIDsInfo"] = 0.2
    turning = hass.async_create_task(turn(hass, "on"))
    await arrival(simulator, "setDIDRouting")
    await arrival(simulator, "getDIDsInfo", 3)
    account.dids[OFFICE]["routing"] = BEFORE
    with pytest.raises(HomeAssistantError) as error:
        await turning
    assert error.value.translation_key == "not_applied"
    assert shown(hass) == "off"


# --- By voice ----------------------------------------------------------------------


async def say(hass: HomeAssistant, words: str) -> str:
    """Say something to the voice assistant; return what it answers."""
    answer = await conversation.async_converse(hass, words, None, Context())
    await hass.async_block_till_done()
    return str(answer.response.speech["plain"]["speech"])


@pytest.mark.parametrize(
    ("words", "did"),
    [
        ("turn on do not disturb for the office line", OFFICE),
        ("Turn on Do Not Disturb for OFFICE.", OFFICE),
        ("switch on do not disturb for the home line", HOME),
    ],
)
async def test_voice(
    hass: HomeAssistant, account: Account, entry: MockConfigEntry, words: str, did: str
) -> None:
    """A voice assistant knows the switch by what people call the number."""
    assert await async_setup_component(hass, "homeassistant", {})
    assert await async_setup_component(hass, "conversation", {})
    await set_up(hass, entry)
    before = {key: row["routing"] for key, row in account.dids.items()}
    await say(hass, words)
    assert {key: row["routing"] for key, row in account.dids.items()} == {
        **before,
        did: BUSY,
    }
    await say(hass, words.lower().replace(" on ", " off "))
    assert {key: row["routing"] for key, row in account.dids.items()} == before


async def test_aliases_are_the_users(
    hass: HomeAssistant, loaded: MockConfigEntry
) -> None:
    """Aliases that somebody removed do not come back."""
    registry = er.async_get(hass)
    suggested = [
        each for each in registry.async_get(SWITCH).aliases if isinstance(each, str)
    ]
    assert suggested == [
        "Do not disturb for OFFICE",
        "Do not disturb for the OFFICE line",
    ]
    registry.async_update_entity(SWITCH, aliases=["Peace"])
    await restart(hass, loaded)
    assert registry.async_get(SWITCH).aliases == ["Peace"]


async def test_no_aliases_without_a_name(
    hass: HomeAssistant, empty_account: Account, entry: MockConfigEntry
) -> None:
    """A number that nobody named gets its aliases when somebody names it."""
    empty_account.add_did(OFFICE, routing="vm:1001")
    await set_up(hass, entry)
    registry = er.async_get(hass)
    switch = "switch.555_123_0000_do_not_disturb"
    assert [
        each for each in registry.async_get(switch).aliases if isinstance(each, str)
    ] == []
    empty_account.dids[OFFICE]["description"] = "Shop"
    await restart(hass, entry)
    assert "Do not disturb for Shop" in registry.async_get(switch).aliases
