"""The registration of the sub-accounts."""

from collections import Counter
from datetime import timedelta

from freezegun.api import FrozenDateTimeFactory
import pytest
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    async_fire_time_changed,
)

from homeassistant.const import Platform
from homeassistant.core import HomeAssistant, State
from homeassistant.helpers import entity_registry as er

from .conftest import CheckEntities, Later, arrival, make_entry, set_up, unload
from .simulator import Account, Simulator, seed

KITCHEN = "binary_sensor.kitchen_phone_registration"


DESK = "binary_sensor.office_desk_registration"


MOBILE = "binary_sensor.mobile_app_registration"


SUB_ACCOUNT = "100001_VoIP"


def state_of(hass: HomeAssistant, entity_id: str) -> State:
    """Return the state of an entity."""
    state = hass.states.get(entity_id)
    assert state
    return state


def shown(hass: HomeAssistant, *entity_ids: str) -> list[str]:
    """Return what entities show."""
    return [state_of(hass, entity_id).state for entity_id in entity_ids]


@pytest.mark.usefixtures("entity_registry_enabled_by_default")
@pytest.mark.freeze_time("2026-11-20 17:00:00+00:00")
def test_entities(check_entities: CheckEntities) -> None:
    """Each entity of the platform is as in the snapshot."""
    check_entities(Platform.BINARY_SENSOR)


async def test_registration(hass: HomeAssistant, loaded: MockConfigEntry) -> None:
    """Each phone shows whether it is signed in, and where."""
    assert shown(hass, KITCHEN, DESK, MOBILE) == ["on", "on", "off"]
    kitchen = state_of(hass, KITCHEN)
    assert kitchen.attributes["device_class"] == "connectivity"
    assert kitchen.attributes["server"] == "Chicago 1, IL"
    assert kitchen.attributes["address"] == "198.51.100.21"


async def test_registration_changes(
    hass: HomeAssistant, later: Later, loaded: MockConfigEntry, account: Account
) -> None:
    """A phone that goes offline shows within a quarter of an hour."""
    account.unregister(SUB_ACCOUNT)
    account.register("100001_Mobile", server_pop="1", register_ip="203.0.113.9")
    for _ in range(15):
        await later(minutes=1)
    assert shown(hass, KITCHEN, DESK, MOBILE) == ["off", "on", "on"]
    assert state_of(hass, MOBILE).attributes["address"] == "203.0.113.9"


async def test_asked_slowly(
    hass: HomeAssistant, later: Later, loaded: MockConfigEntry, simulator: Simulator
) -> None:
    """Each phone is asked about once in a quarter of an hour."""
    for _ in range(60):
        await later(minutes=1)
    asked = Counter(
        call.params["account"] for call in simulator.calls_of("getRegistrationStatus")
    )
    assert asked == {"100001_VoIP": 5, "100001_Desk": 5, "100001_Mobile": 5}


async def test_asked_together(
    hass: HomeAssistant, account: Account, entry: MockConfigEntry, simulator: Simulator
) -> None:
    """The phones are asked about at the same time, not one after the other."""
    simulator.latencies["getRegistrationStatus"] = 0.5
    setting_up = hass.async_create_task(set_up(hass, entry))
    await arrival(simulator, "getRegistrationStatus", 3)
    assert {call.status for call in simulator.calls_of("getRegistrationStatus")} == {""}
    await setting_up


@pytest.mark.parametrize("disabled", [{KITCHEN}, {KITCHEN, DESK, MOBILE}], ids=len)
async def test_not_asked_when_disabled(
    hass: HomeAssistant,
    later: Later,
    loaded: MockConfigEntry,
    simulator: Simulator,
    disabled: set[str],
) -> None:
    """A phone whose entity is disabled costs no call."""
    registry = er.async_get(hass)
    for entity_id in disabled:
        registry.async_update_entity(
            entity_id, disabled_by=er.RegistryEntryDisabler.USER
        )
    await unload(hass, loaded)
    simulator.clear_calls()
    await set_up(hass, loaded)
    for _ in range(30):
        await later(minutes=1)
    asked = {
        call.params["account"] for call in simulator.calls_of("getRegistrationStatus")
    }
    assert asked == ({"100001_Desk", "100001_Mobile"} if len(disabled) == 1 else set())


async def test_many_phones(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    simulator: Simulator,
) -> None:
    """Of 200 phones no more than 20 are asked about in a minute, and each in its turn."""
    seed.large_account(simulator, numbers=1, sub_accounts=200, messages=0)
    entry = make_entry(hass, simulator, "large@example.com", "large-password")
    await set_up(hass, entry)
    for _ in range(60):
        freezer.tick(timedelta(seconds=30))
        async_fire_time_changed(hass)
        await hass.async_block_till_done(wait_background_tasks=True)
    calls = simulator.calls_of("getRegistrationStatus")
    minute = timedelta(minutes=1)
    busiest = max(
        sum(call.at <= other.at < call.at + minute for other in calls) for call in calls
    )
    assert busiest == 20
    asked = Counter(call.params["account"] for call in calls)
    assert len(asked) == 200
    assert set(asked.values()) <= {2, 3}


async def test_phones_that_are_not_told_about(
    hass: HomeAssistant, later: Later, simulator: Simulator
) -> None:
    """Phones that VoIP.ms does not tell about keep nobody else waiting."""
    account = seed.large_account(simulator, numbers=1, sub_accounts=60, messages=0)
    entry = make_entry(hass, simulator, "large@example.com", "large-password")
    await set_up(hass, entry)
    for number in range(20, 40):
        del account.sub_accounts[f"200002_phone{number:03}"]
    for _ in range(2):
        await later(minutes=1)
        states = Counter(
            state.state for state in hass.states.async_all("binary_sensor")
        )
        assert states["unavailable"] == 0
    assert state_of(hass, "binary_sensor.phone_19_registration").state == "off"
    assert state_of(hass, "binary_sensor.phone_20_registration").state == "unknown"
    assert state_of(hass, "binary_sensor.phone_59_registration").state == "off"


@pytest.mark.parametrize("fault", ["http_500", "status:api_limit_exceeded"])
async def test_phones_during_an_outage(
    hass: HomeAssistant,
    later: Later,
    loaded: MockConfigEntry,
    simulator: Simulator,
    fault: str,
) -> None:
    """While VoIP.ms does not answer nobody knows, and nobody asks more often."""
    simulator.faults.add(fault, method="getRegistrationStatus")
    for _ in range(15):
        await later(minutes=1)
    assert shown(hass, KITCHEN, DESK, MOBILE) == ["unavailable"] * 3
    assert len(simulator.calls_of("getRegistrationStatus")) == 6
    simulator.faults.clear()
    for _ in range(17):  # after too many calls it waits two minutes longer
        await later(minutes=1)
    assert shown(hass, KITCHEN, DESK, MOBILE) == ["on", "on", "off"]
