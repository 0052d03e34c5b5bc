"""The numbers of an account become devices and entities, and follow the portal."""

from collections.abc import Callable

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
from syrupy.assertion import SnapshotAssertion

from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr, entity_registry as er

from ..conftest import CABIN, HOME, NEIGHBOR, OFFICE, Later, device_of, set_up, written
from ..simulator import Account, Simulator

NEW = "5551230003"
CORE = {"routing", "latest_sms", "sms"}
SELECT = "select.555_123_0000_office_routing"


def entities_of(hass: HomeAssistant, did: str) -> set[str]:
    """Return which of the routing and the two of the messages a number has."""
    if (device := device_of(hass, did)) is None:
        return set()
    entities = er.async_entries_for_device(er.async_get(hass), device.id)
    return CORE & {entity.unique_id.removeprefix(f"{did}_") for entity in entities}


@pytest.mark.freeze_time("2026-11-20 17:00:00+00:00")
async def test_devices(
    hass: HomeAssistant, loaded: MockConfigEntry, snapshot: SnapshotAssertion
) -> None:
    """The account and what belongs to it are devices, named as people call them."""
    registry = dr.async_get(hass)
    devices = dr.async_entries_for_config_entry(registry, loaded.entry_id)
    names = {device.id: device.name for device in devices}
    assert {
        device.name: {
            "identifiers": device.identifiers,
            "model": device.model,
            "type": device.entry_type,
            "url": device.configuration_url,
            "via": names.get(device.via_device_id),
        }
        for device in sorted(devices, key=lambda device: device.name)
    } == snapshot


@pytest.mark.freeze_time("2026-11-20 17:00:00+00:00")
async def test_entities(
    hass: HomeAssistant, loaded: MockConfigEntry, snapshot: SnapshotAssertion
) -> None:
    """Each number has its routing, and its messages if it can have some."""
    registry = er.async_get(hass)
    entities = er.async_entries_for_config_entry(registry, loaded.entry_id)
    assert {
        entity.entity_id: {
            "unique_id": entity.unique_id,
            "name": entity.original_name,
            "category": entity.entity_category,
            "enabled": entity.disabled_by is None,
            "state": state.state
            if (state := hass.states.get(entity.entity_id))
            else None,
        }
        for entity in sorted(entities, key=lambda entity: entity.entity_id)
    } == snapshot


async def test_number_without_messages(
    hass: HomeAssistant, loaded: MockConfigEntry
) -> None:
    """A number that cannot have messages has no entities for them."""
    assert entities_of(hass, CABIN) == {"routing"}


async def test_number_without_description(
    hass: HomeAssistant, empty_account: Account, entry: MockConfigEntry
) -> None:
    """A number that nobody described is named by itself."""
    empty_account.add_did(OFFICE, sms_available="0")
    await set_up(hass, entry)
    assert device_of(hass, OFFICE).name == "(555) 123-0000"
    assert entities_of(hass, OFFICE) == {"routing"}


async def test_new_number(
    hass: HomeAssistant, later: Later, loaded: MockConfigEntry, account: Account
) -> None:
    """A number ordered at the portal is there five minutes later, working."""
    account.add_did(NEW, description="SHED", routing="vm:1001", sms_enabled=True)
    await later(minutes=5)
    assert device_of(hass, NEW).name == "(555) 123-0003 SHED"
    assert entities_of(hass, NEW) == CORE
    state = hass.states.get("select.555_123_0003_shed_routing")
    assert state.state == "Voicemail 1001 (Home)"


async def test_text_to_a_new_number(
    hass: HomeAssistant,
    later: Later,
    loaded: MockConfigEntry,
    account: Account,
    heard: Callable[[], list[tuple[str, str]]],
) -> None:
    """A text to a number that nobody knew yet brings the number in, and itself."""
    account.add_did(NEW, description="SHED", sms_enabled=True)
    account.receive(NEW, NEIGHBOR, "Is this your new number?")
    await later(minutes=1)
    await later(minutes=1)
    assert entities_of(hass, NEW) == CORE
    assert heard() == [("received", "Is this your new number?")]


async def test_number_missing_once(
    hass: HomeAssistant, later: Later, loaded: MockConfigEntry, account: Account
) -> None:
    """A number missing from one answer is still there, and working."""
    row = account.dids.pop(OFFICE)
    await later(minutes=5)
    assert device_of(hass, OFFICE)
    state = hass.states.get(SELECT)
    assert state.attributes["routing"] == "account:100001_VoIP"

    account.dids[OFFICE] = row | {"routing": "vm:1001"}
    await later(minutes=5)
    state = hass.states.get(SELECT)
    assert state.state == "Voicemail 1001 (Home)"

    del account.dids[OFFICE]
    await later(minutes=5)
    assert device_of(hass, OFFICE)


async def test_number_missing_twice(
    hass: HomeAssistant, later: Later, loaded: MockConfigEntry, account: Account
) -> None:
    """A number that stays away loses its device, the others keep theirs."""
    account.remove_did(OFFICE)
    await later(minutes=5)
    await later(minutes=5)
    assert device_of(hass, OFFICE) is None
    assert hass.states.get(SELECT) is None
    assert device_of(hass, HOME)
    assert hass.states.get("select.555_123_0001_home_routing").state != "unavailable"


async def test_number_that_comes_back(
    hass: HomeAssistant, later: Later, loaded: MockConfigEntry, account: Account
) -> None:
    """A number that was given up and ordered again gets its entities again."""
    row = account.dids.pop(OFFICE)
    await later(minutes=5)
    await later(minutes=5)
    account.dids[OFFICE] = row
    await later(minutes=5)
    assert entities_of(hass, OFFICE) == CORE
    state = hass.states.get(SELECT)
    assert state.state == "Sub-account 100001_VoIP (Kitchen phone)"


async def test_number_that_went_while_home_assistant_was_down(
    hass: HomeAssistant, later: Later, loaded: MockConfigEntry, account: Account
) -> None:
    """A number given up while Home Assistant was down loses its device as well."""
    assert await hass.config_entries.async_unload(loaded.entry_id)
    account.remove_did(OFFICE)
    await set_up(hass, loaded)
    assert device_of(hass, OFFICE)
    await later(minutes=5)
    assert device_of(hass, OFFICE) is None


async def test_all_numbers_missing_once(
    hass: HomeAssistant, later: Later, loaded: MockConfigEntry, simulator: Simulator
) -> None:
    """An answer that says there are no numbers at all is not believed at once."""
    simulator.faults.add("empty_list", method="getDIDsInfo", times=1)
    await later(minutes=5)
    await later(minutes=5)
    assert device_of(hass, OFFICE)
    assert hass.states.get(SELECT).state != "unavailable"


async def test_messages_switched_on_at_the_portal(
    hass: HomeAssistant, later: Later, loaded: MockConfigEntry, account: Account
) -> None:
    """A number that can have messages from now on gets the entities for them."""
    account.dids[CABIN] |= {"sms_available": "1", "sms_enabled": "1"}
    await later(minutes=5)
    assert entities_of(hass, CABIN) == CORE


@pytest.mark.parametrize(
    "simulator_options",
    [
        {"values": "native"},
        {"bare_single": True},
        {"values": "native", "bare_single": True},
    ],
    ids=str,
)
@pytest.mark.parametrize("numbers", [1, 3])
async def test_ways_of_writing(
    hass: HomeAssistant,
    account: Account,
    entry: MockConfigEntry,
    numbers: int,
) -> None:
    """However VoIP.ms writes lists and values, they read the same."""
    for did in list(account.dids)[numbers:]:
        account.remove_did(did)
    await set_up(hass, entry)
    assert device_of(hass, OFFICE).name == "(555) 123-0000 OFFICE"
    assert hass.states.get(SELECT).state == "Sub-account 100001_VoIP (Kitchen phone)"
    latest = hass.states.get("sensor.555_123_0000_office_latest_message")
    assert latest.state == "Any time after six."
    assert [bool(entities_of(hass, did)) for did in (OFFICE, HOME, CABIN)] == [
        number < numbers for number in range(3)
    ]


@pytest.mark.parametrize("when", ["set-up", "poll"])
@pytest.mark.usefixtures("account")
async def test_a_broken_record_does_not_cost_the_others(
    hass: HomeAssistant,
    later: Later,
    entry: MockConfigEntry,
    simulator: Simulator,
    when: str,
) -> None:
    """Records that cannot be read are passed over."""
    if when == "poll":
        await set_up(hass, entry)
    simulator.faults.add("bad_record")
    if when == "set-up":
        await set_up(hass, entry)
    await later(hours=12)
    await later(hours=12)
    registry = dr.async_get(hass)
    assert len(dr.async_entries_for_config_entry(registry, entry.entry_id)) == 9
    for state in hass.states.async_all():
        assert state.state != "unavailable", state
    assert len(hass.states.get(SELECT).attributes["options"]) == 24


async def test_poll_without_news(
    hass: HomeAssistant, later: Later, loaded: MockConfigEntry, simulator: Simulator
) -> None:
    """A poll that finds nothing new writes no state."""
    await later(minutes=5)
    events = written(hass)
    simulator.clear_calls()
    for _ in range(5):
        await later(minutes=5)
    assert len(simulator.calls_of("getDIDsInfo")) == 5
    assert len(simulator.calls_of("getSMS")) == 5
    assert events == []


async def test_only_what_changed_is_written(
    hass: HomeAssistant, later: Later, loaded: MockConfigEntry, account: Account
) -> None:
    """A change of one number at the portal does not write the states of another."""
    events = written(hass)
    account.dids[OFFICE]["routing"] = "sys:busy"
    await later(minutes=5)
    routings = [e.data for e in events if e.data["entity_id"].endswith("_routing")]
    assert [(d["entity_id"], d["new_state"].state) for d in routings] == [
        (SELECT, "System: busy")
    ]
    assert all("_0000_" in event.data["entity_id"] for event in events)
