"""The sensors of the account and of its mailboxes."""

from datetime import datetime
from decimal import Decimal

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from homeassistant.const import Platform
from homeassistant.core import HomeAssistant, State
from homeassistant.helpers import device_registry as dr

from .conftest import CheckEntities, Later, make_entry, set_up
from .simulator import Account, Simulator

BALANCE = "sensor.voip_ms_balance"


SPENT = "sensor.voip_ms_spent_today"


CALLS = "sensor.voip_ms_calls_today"


LATEST = "sensor.voip_ms_latest_call"


NEW, URGENT = (
    "sensor.voicemail_home_new_voicemails",
    "sensor.voicemail_home_urgent_voicemails",
)


def state_of(hass: HomeAssistant, entity_id: str) -> State:
    """Return the state of an entity."""
    state = hass.states.get(entity_id)
    assert state
    return state


def shown(hass: HomeAssistant, *entity_ids: str) -> list[str]:
    """Return what entities show."""
    return [state_of(hass, entity_id).state for entity_id in entity_ids]


def devices(hass: HomeAssistant, entry: MockConfigEntry, model: str) -> set[str | None]:
    """Return the names of the devices of one model."""
    registry = dr.async_get(hass)
    return {
        device.name
        for device in dr.async_entries_for_config_entry(registry, entry.entry_id)
        if device.model == model
    }


@pytest.mark.usefixtures("entity_registry_enabled_by_default")
@pytest.mark.freeze_time("2026-11-20 17:00:00+00:00")
def test_entities(check_entities: CheckEntities) -> None:
    """Each entity of the platform is as in the snapshot."""
    check_entities(Platform.SENSOR)


@pytest.mark.freeze_time("2026-11-20 17:00:00+00:00")
async def test_balance(
    hass: HomeAssistant, later: Later, loaded: MockConfigEntry, account: Account
) -> None:
    """What is left and what today took shows in dollars, a quarter of an hour later."""
    assert shown(hass, BALANCE, SPENT, CALLS) == ["24.680000", "0.02760", "3"]
    assert state_of(hass, BALANCE).attributes["unit_of_measurement"] == "USD"
    assert state_of(hass, SPENT).attributes["unit_of_measurement"] == "USD"

    account.balance = Decimal("-1.5")
    account.add_call(total="0.05")
    await later(minutes=15)
    assert shown(hass, BALANCE, SPENT, CALLS) == ["-1.500000", "0.07760", "4"]


@pytest.mark.freeze_time("2026-11-20 17:00:00+00:00")
async def test_a_new_day(
    hass: HomeAssistant, later: Later, loaded: MockConfigEntry
) -> None:
    """What was spent today begins anew at midnight where VoIP.ms is."""
    assert state_of(hass, SPENT).attributes["last_reset"] == "2026-11-20T00:00:00-05:00"
    await later(hours=12)
    assert shown(hass, SPENT, CALLS) == ["0.00000", "0"]
    assert state_of(hass, SPENT).attributes["last_reset"] == "2026-11-21T00:00:00-05:00"
    assert "last_reset" not in state_of(hass, BALANCE).attributes


async def test_no_money_is_told(
    hass: HomeAssistant,
    later: Later,
    account: Account,
    entry: MockConfigEntry,
    simulator: Simulator,
) -> None:
    """Without an answer the balance is unavailable, the rest is not, and it comes back."""
    simulator.faults.add("http_500", method="getBalance")
    await set_up(hass, entry)
    assert shown(hass, BALANCE, SPENT, CALLS) == ["unavailable"] * 3
    assert state_of(hass, LATEST).state != "unavailable"
    simulator.faults.clear()
    await later(minutes=15)
    assert shown(hass, BALANCE, CALLS) == ["24.680000", "3"]


async def test_money_that_cannot_be_read(
    hass: HomeAssistant, account: Account, entry: MockConfigEntry, simulator: Simulator
) -> None:
    """What makes no sense is unknown, and everything else works."""
    simulator.faults.add("wrong_types", method="getBalance")
    await set_up(hass, entry)
    assert shown(hass, BALANCE, SPENT, CALLS) == ["unknown"] * 3
    assert state_of(hass, LATEST).attributes["disposition"] == "answered"


async def test_latest_call(
    hass: HomeAssistant, loaded: MockConfigEntry, account: Account
) -> None:
    """The latest call shows when it was, who called and what became of it."""
    state = state_of(hass, LATEST)
    began = account.cdr[0]["at"].replace(microsecond=0)
    assert datetime.fromisoformat(state.state) == began
    assert {
        key: state.attributes[key]
        for key in ("direction", "caller", "destination", "disposition", "duration")
    } == {
        "direction": "inbound",
        "caller": '"ALEX NEIGHBOR" <5550100111>',
        "destination": "5551230000",
        "disposition": "answered",
        "duration": 184,
    }


async def test_voicemails(
    hass: HomeAssistant, later: Later, loaded: MockConfigEntry, account: Account
) -> None:
    """New and urgent voicemails are counted, ten minutes later at most."""
    assert shown(hass, NEW, URGENT) == ["2", "0"]
    assert state_of(hass, "sensor.voicemail_office_new_voicemails").state == "0"
    account.families["voicemails"]["1001"] |= {"new": "3", "urgent": "1"}
    await later(minutes=10)
    assert shown(hass, NEW, URGENT) == ["3", "1"]


async def test_same_mailbox_of_two_accounts(
    hass: HomeAssistant, loaded: MockConfigEntry, simulator: Simulator
) -> None:
    """Two accounts with a mailbox 1001 each have a device each."""
    other = simulator.add_account("other@example.com", "secret", number="300003")
    other.add_voicemail(1001, name="Cottage", new=5)
    second = make_entry(hass, simulator, "other@example.com", "secret", "01OTHER")
    await set_up(hass, second)
    assert devices(hass, second, "Mailbox") == {"Voicemail Cottage"}
    assert shown(hass, "sensor.voicemail_cottage_new_voicemails", NEW) == ["5", "2"]

    assert await hass.config_entries.async_remove(second.entry_id)
    await hass.async_block_till_done()
    assert devices(hass, loaded, "Mailbox") == {"Voicemail Home", "Voicemail Office"}
    assert state_of(hass, NEW).state == "2"
