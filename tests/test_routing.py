"""Where calls go: chosen on a dashboard, or by an action."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    async_fire_time_changed,
)
from syrupy.assertion import SnapshotAssertion

from custom_components.voipms.const import DOMAIN
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError
from homeassistant.setup import async_setup_component
from homeassistant.util import dt as dt_util

from .conftest import (
    CABIN,
    HOME,
    OFFICE,
    Later,
    arrival,
    device_of,
    make_entry,
    set_up,
    written,
)
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


async def route(hass: HomeAssistant, **data: Any) -> None:
    """Call the action that sets a routing."""
    await hass.services.async_call(DOMAIN, "set_did_routing", data, blocking=True)


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
    assert "not known" in str(error.value)
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


# --- The action --------------------------------------------------------------------


@pytest.mark.parametrize(
    "spelling",
    [
        "5551230001",
        5551230001,
        "(555) 123-0001",
        "555-123-0001",
        "555.123.0001",
        "+1 555 123 0001",
        "15551230001",
        " +15551230001 ",
    ],
)
async def test_number_in_any_spelling(
    hass: HomeAssistant, loaded: MockConfigEntry, account: Account, spelling: object
) -> None:
    """A number may be written as people write it."""
    await route(hass, did=spelling, routing="sys:busy")
    assert account.dids[HOME]["routing"] == "sys:busy"
    assert shown(hass, "select.555_123_0001_home_routing") == "System: busy"


@pytest.mark.parametrize("in_list", [False, True])
async def test_number_by_its_device(
    hass: HomeAssistant, loaded: MockConfigEntry, account: Account, in_list: bool
) -> None:
    """A number may be given by its device."""
    device_id = device_of(hass, HOME).id
    await route(
        hass, device_id=[device_id] if in_list else device_id, routing="sys:busy"
    )
    assert account.dids[HOME]["routing"] == "sys:busy"


@pytest.mark.parametrize("spelling", ["SYS:busy", " sys:busy ", "sys: busy"])
async def test_routing_in_loose_spelling(
    hass: HomeAssistant, loaded: MockConfigEntry, account: Account, spelling: str
) -> None:
    """Capitals and spaces around a routing do not matter."""
    await route(hass, did=OFFICE, routing=spelling)
    assert account.dids[OFFICE]["routing"] == "sys:busy"


async def test_from_an_automation(
    hass: HomeAssistant, loaded: MockConfigEntry, account: Account
) -> None:
    """An automation routes one number when another changes."""
    assert await async_setup_component(
        hass,
        "automation",
        {
            "automation": {
                "triggers": {"trigger": "state", "entity_id": SELECT, "to": None},
                "actions": {
                    "action": "voipms.set_did_routing",
                    "data": {
                        "did": "(555) 123-0002",
                        "routing": "{{ trigger.to_state.attributes.routing }}",
                    },
                },
            }
        },
    )
    await choose(hass, "Voicemail 1002 (Office)")
    await hass.async_block_till_done(wait_background_tasks=True)
    assert account.dids[CABIN]["routing"] == "vm:1002"
    assert shown(hass, "select.555_123_0002_cabin_routing") == "Voicemail 1002 (Office)"


async def test_from_a_script(
    hass: HomeAssistant, loaded: MockConfigEntry, account: Account
) -> None:
    """A script routes by device, and by entity, in one go."""
    assert await async_setup_component(
        hass,
        "script",
        {
            "script": {
                "night": {
                    "sequence": [
                        {
                            "action": "voipms.set_did_routing",
                            "data": {
                                "device_id": device_of(hass, HOME).id,
                                "routing": "sys:hangup",
                            },
                        },
                        {
                            "action": "select.select_option",
                            "target": {"entity_id": SELECT},
                            "data": {"option": "System: busy"},
                        },
                    ]
                }
            }
        },
    )
    await hass.services.async_call("script", "night", blocking=True)
    assert account.dids[HOME]["routing"] == "sys:hangup"
    assert account.dids[OFFICE]["routing"] == "sys:busy"


@pytest.mark.parametrize(
    ("data", "key", "says"),
    [
        ({"did": OFFICE, "routing": "vm:4711"}, "unknown_routing", "vm:4711"),
        ({"did": OFFICE, "routing": "account:999_No"}, "unknown_routing", "999_No"),
        ({"did": OFFICE, "routing": "sys:bussy"}, "invalid_system_routing", "sys:busy"),
        ({"did": OFFICE, "routing": "busy"}, "invalid_routing", "busy"),
        ({"did": OFFICE, "routing": ":1"}, "invalid_routing", "routing"),
        ({"did": OFFICE, "routing": "vm:"}, "invalid_routing", "routing"),
        ({"did": "5559999999", "routing": "sys:busy"}, "unknown_did", "5559999999"),
        ({"did": "12345", "routing": "sys:busy"}, "unknown_did", "12345"),
        ({"did": "+442079460000", "routing": "sys:busy"}, "unknown_did", "4420"),
        ({"routing": "sys:busy"}, "missing_field", "did"),
        ({"did": OFFICE}, "missing_field", "routing"),
        (
            {"did": OFFICE, "device_id": "x", "routing": "sys:busy"},
            "did_and_device",
            "not both",
        ),
        ({"device_id": ["x", "y"], "routing": "sys:busy"}, "one_device", "one"),
    ],
)
async def test_what_cannot_be_right(
    hass: HomeAssistant,
    loaded: MockConfigEntry,
    simulator: Simulator,
    data: dict[str, Any],
    key: str,
    says: str,
) -> None:
    """A mistake is explained, and no number is touched."""
    with pytest.raises(ServiceValidationError) as error:
        await route(hass, **data)
    assert error.value.translation_key == key
    assert says in str(error.value)
    assert simulator.calls_of("setDIDRouting") == []


async def test_device_of_the_account(
    hass: HomeAssistant, loaded: MockConfigEntry, simulator: Simulator
) -> None:
    """The account's device is no number, and the error says so by its name."""
    with pytest.raises(ServiceValidationError, match=r"VoIP\.ms") as error:
        await route(
            hass, device_id=device_of(hass, loaded.entry_id).id, routing="sys:busy"
        )
    assert error.value.translation_key == "device_not_a_number"
    assert simulator.calls_of("setDIDRouting") == []


async def test_destination_made_a_moment_ago(
    hass: HomeAssistant, loaded: MockConfigEntry, account: Account
) -> None:
    """A ring group made at the portal just now can be used, and shows its name."""
    account.add("ring_groups", id=77, name="Weekend")
    await route(hass, did=OFFICE, routing="grp:77")
    assert account.dids[OFFICE]["routing"] == "grp:77"
    assert shown(hass) == "Ring group Weekend"


async def test_several_accounts(
    hass: HomeAssistant,
    loaded: MockConfigEntry,
    account: Account,
    simulator: Simulator,
) -> None:
    """The number alone says which of several accounts is meant."""
    other = simulator.add_account("other@example.com", "secret", number="300003")
    other.add_did("5559990000", routing="sys:busy")
    entry = make_entry(hass, simulator, other.email, "secret", "other")
    await set_up(hass, entry)

    await route(hass, did="5559990000", routing="sys:hangup")
    assert other.dids["5559990000"]["routing"] == "sys:hangup"
    await route(hass, did=OFFICE, routing="sys:echo")
    assert account.dids[OFFICE]["routing"] == "sys:echo"
    await route(
        hass, config_entry_id="other", did="5559990000", routing="sys:disconnected"
    )
    assert other.dids["5559990000"]["routing"] == "sys:disconnected"

    with pytest.raises(ServiceValidationError) as error:
        await route(hass, config_entry_id="other", did=OFFICE, routing="sys:busy")
    assert error.value.translation_key == "unknown_did"
    assert account.dids[OFFICE]["routing"] == "sys:echo"


async def test_account_that_is_not_loaded(
    hass: HomeAssistant, loaded: MockConfigEntry
) -> None:
    """An action for an account that is not loaded says so."""
    assert await hass.config_entries.async_unload(loaded.entry_id)
    with pytest.raises(ServiceValidationError):
        await route(hass, did=OFFICE, routing="sys:busy")
    with pytest.raises(ServiceValidationError):
        await route(hass, device_id=device_of(hass, HOME).id, routing="sys:busy")
