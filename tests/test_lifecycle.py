"""Unloading, reloading and removing leave nothing behind."""

import asyncio
from collections import Counter
from copy import deepcopy
import gc
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.voipms.const import CONF_CALLBACK, DOMAIN
from homeassistant.config_entries import ConfigSubentry
from homeassistant.core import HomeAssistant
from homeassistant.helpers import (
    device_registry as dr,
    entity_registry as er,
    issue_registry as ir,
)

from .conftest import HOME, NEIGHBOR, OFFICE, WEBHOOK_ID, Later, set_up, unload
from .simulator import Account, Simulator

SWITCH = "switch.555_123_0001_home_do_not_disturb"


@pytest.fixture
async def everything(
    hass: HomeAssistant, account: Account, entry: MockConfigEntry
) -> MockConfigEntry:
    """Set an account up with all that can be switched on."""
    account.dids[HOME] |= {
        "sms_url_callback": "https://example.net/theirs",
        "sms_url_callback_enabled": "1",
    }
    await hass.config.async_update(external_url="https://example.com")
    hass.config_entries.async_update_entry(entry, options={CONF_CALLBACK: True})
    ann = ConfigSubentry(
        data=MappingProxyType({"name": "Ann", "number": NEIGHBOR, "did": OFFICE}),
        subentry_type="contact",
        title="Ann",
        unique_id=NEIGHBOR,
    )
    hass.config_entries.async_add_subentry(entry, ann)
    return entry


def own_objects() -> Counter[str]:
    """Return how many objects there are of each class of the integration."""
    gc.collect()
    return Counter(
        type(each).__qualname__
        for each in gc.get_objects()
        if type(each).__module__.startswith("custom_components.voipms")
    )


def own_tasks() -> list[str]:
    """Return the names of tasks that belong to the integration."""
    return [
        task.get_name() for task in asyncio.all_tasks() if DOMAIN in task.get_name()
    ]


def kept(hass: HomeAssistant, hass_storage: dict[str, Any]) -> list[str]:
    """Return what the integration keeps on disk."""
    paths = Path(hass.config.path(".storage")).glob(f"{DOMAIN}.*")
    stored = [key for key in hass_storage if key.startswith(f"{DOMAIN}.")]
    return [*(path.name for path in paths), *stored]


async def test_unload(
    hass: HomeAssistant, later: Later, everything: MockConfigEntry, simulator: Simulator
) -> None:
    """An account that is unloaded listens to nothing and calls nobody."""
    await hass.config_entries.async_setup(everything.entry_id)
    await unload(hass, everything)
    listeners = hass.bus.async_listeners()
    await set_up(hass, everything)
    await unload(hass, everything)

    assert hass.bus.async_listeners() == listeners
    assert own_tasks() == []
    assert WEBHOOK_ID not in hass.data["webhook"]
    simulator.clear_calls()
    await later(hours=13)
    assert simulator.calls == []


async def test_unload_in_the_middle_of_it(
    hass: HomeAssistant, everything: MockConfigEntry, simulator: Simulator
) -> None:
    """An account can be unloaded while polls, writes and callbacks are on their way."""
    simulator.latencies = dict.fromkeys(
        ("setSMS", "getRegistrationStatus", "getSMS"), 0.2
    )
    assert await hass.config_entries.async_setup(everything.entry_id)
    everything.runtime_data.messages.async_called(OFFICE)
    await unload(hass, everything)
    assert own_tasks() == []


async def test_reloads_do_not_add_up(
    hass: HomeAssistant, empty_account: Account, entry: MockConfigEntry
) -> None:
    """Fifty reloads leave as many objects and listeners as two do."""
    empty_account.add_did(OFFICE, sms_enabled=True)
    empty_account.add_sub_account("Desk")
    await set_up(hass, entry)

    async def reload(times: int) -> tuple[Counter[str], dict[str, int]]:
        for _ in range(times):
            assert await hass.config_entries.async_reload(entry.entry_id)
            await hass.async_block_till_done(wait_background_tasks=True)
        return own_objects(), dict(hass.bus.async_listeners())

    assert await reload(48) == await reload(2)


@pytest.mark.parametrize("loaded_before", [True, False])
async def test_remove(
    hass: HomeAssistant,
    everything: MockConfigEntry,
    account: Account,
    hass_storage: dict[str, Any],
    loaded_before: bool,
) -> None:
    """An account that is removed is gone here, and as it was before at VoIP.ms."""
    before = deepcopy(account.dids)
    await set_up(hass, everything)
    await hass.services.async_call(
        "switch", "turn_on", {"entity_id": SWITCH}, blocking=True
    )
    await hass.services.async_call(
        "switch", "turn_off", {"entity_id": SWITCH}, blocking=True
    )
    assert account.dids != before
    assert len(kept(hass, hass_storage)) == 4
    if not loaded_before:
        await unload(hass, everything)
    await hass.config_entries.async_remove(everything.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)

    assert account.dids == before
    assert kept(hass, hass_storage) == []
    assert hass.states.async_all() == []
    assert not dr.async_entries_for_config_entry(
        dr.async_get(hass), everything.entry_id
    )
    assert not er.async_entries_for_config_entry(
        er.async_get(hass), everything.entry_id
    )
    assert {domain for domain, _ in ir.async_get(hass).issues} <= {"homeassistant"}
    assert own_tasks() == []


async def test_remove_while_nothing_answers(
    hass: HomeAssistant,
    everything: MockConfigEntry,
    simulator: Simulator,
    hass_storage: dict[str, Any],
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Who removes an account that cannot be reached is told what stays behind."""
    await set_up(hass, everything)
    await simulator.stop()
    await hass.config_entries.async_remove(everything.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert "could not be put back" in caplog.text
    assert kept(hass, hass_storage) == []
