"""What an account costs: at rest, and of a size that few have."""

from collections import Counter
from datetime import timedelta

from freezegun.api import FrozenDateTimeFactory
import pytest
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    async_fire_time_changed,
)

from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr

from ..conftest import Heard, Later, make_entry, set_up, written
from ..simulator import Simulator, seed


async def test_large_account(
    hass: HomeAssistant, later: Later, heard: Heard, simulator: Simulator
) -> None:
    """A thousand numbers, 200 phones and 10,000 messages set up, run and change."""
    account = seed.large_account(simulator)
    entry: MockConfigEntry = make_entry(
        hass, simulator, account.email, account.password
    )
    await set_up(hass, entry)
    assert entry.state is ConfigEntryState.LOADED
    devices = dr.async_entries_for_config_entry(dr.async_get(hass), entry.entry_id)
    assert len(devices) == 1 + 1000 + 200
    assert heard() == []
    latest = hass.states.get("sensor.555_200_0999_number_999_latest_message")
    assert latest.state == "Message 9999"

    account.receive("5552000007", "5550200001", "one more")
    simulator.clear_calls()
    await later(minutes=1)
    assert heard() == [("received", "one more")]
    assert len(simulator.calls_of("getSMS")) == 1

    for did in list(account.dids)[:10]:
        account.remove_did(did)
    for _ in range(2):
        await later(minutes=6)
    devices = dr.async_entries_for_config_entry(dr.async_get(hass), entry.entry_id)
    assert len(devices) == 1 + 990 + 200


@pytest.mark.usefixtures("entity_registry_enabled_by_default")
async def test_calls_at_rest(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    loaded: MockConfigEntry,
    simulator: Simulator,
) -> None:
    """With everything on, an hour costs a hundred calls, and one a phone each quarter."""
    events = written(hass)
    simulator.clear_calls()
    for _ in range(120):
        freezer.tick(timedelta(seconds=30))
        async_fire_time_changed(hass)
        await hass.async_block_till_done(wait_background_tasks=True)
    calls = Counter(call.method for call in simulator.calls)
    assert calls.pop("getRegistrationStatus") <= 12
    assert 0 < calls.total() <= 100
    assert events == []
