"""Setting the SMS URL callback when something fails, and its address in the cloud."""

import logging
from typing import Any
from unittest.mock import AsyncMock, patch

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.voipms.const import CONF_CALLBACK, CONF_CLOUDHOOK_URL
from homeassistant.core import HomeAssistant
from homeassistant.helpers.dispatcher import async_dispatcher_send

from ..conftest import HOME, OFFICE, WEBHOOK_ID, Later, set_up, unload
from ..simulator import Account, Simulator

CALLED = "sms_url_callback"
CLOUDHOOK = "https://hooks.example.net/cloud"


@pytest.fixture
async def wanted(
    hass: HomeAssistant, account: Account, entry: MockConfigEntry
) -> MockConfigEntry:
    """Return an account that is to be called; it is not set up yet."""
    await hass.config.async_update(external_url="https://example.com")
    hass.config_entries.async_update_entry(entry, options={CONF_CALLBACK: True})
    return entry


def calling(account: Account) -> set[str]:
    """Return the numbers that call."""
    return {did for did, row in account.dids.items() if WEBHOOK_ID in row[CALLED]}


def warned(caplog: pytest.LogCaptureFixture) -> int:
    """Return how often the log warns that callbacks could not be set."""
    return sum(
        record.levelno == logging.WARNING and "could not be set" in record.getMessage()
        for record in caplog.records
    )


async def test_programming_error(
    hass: HomeAssistant,
    wanted: MockConfigEntry,
    account: Account,
    later: Later,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """A fault of the integration shows in the log once with its traceback."""
    with patch(
        "custom_components.voipms.coordinator.NumbersCoordinator.async_set_url_callback",
        side_effect=KeyError("a fault"),
    ) as write:
        await set_up(hass, wanted)
        tries = write.call_count
        for _ in range(5):
            await later(minutes=6)
        assert write.call_count == tries
    [record] = [each for each in caplog.records if each.exc_info]
    assert "KeyError: 'a fault'" in caplog.text
    assert record.name.startswith("custom_components.voipms")
    assert calling(account) == set()

    await unload(hass, wanted)
    await set_up(hass, wanted)
    assert calling(account) == {OFFICE, HOME}


async def test_long_outage(
    hass: HomeAssistant,
    wanted: MockConfigEntry,
    account: Account,
    simulator: Simulator,
    later: Later,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """An outage is logged once, and retried ever more seldom, but at least hourly."""
    simulator.faults.add("http_503", method="setSMS")
    await set_up(hass, wanted)
    counts = []
    for _ in range(4):
        simulator.clear_calls()
        for _ in range(12):
            await later(minutes=10)
        counts.append(len(simulator.calls_of("setSMS")) / len((OFFICE, HOME)))
    assert counts[0] >= 6
    assert counts[1:] == [2, 2, 2]
    assert warned(caplog) == 1

    simulator.faults.clear()
    for _ in range(7):
        await later(minutes=10)
    assert calling(account) == {OFFICE, HOME}
    simulator.faults.add("http_503", method="setSMS", times=1)
    account.add_did("5551230009", description="NEW", sms_enabled=True)
    await later(minutes=6)
    assert warned(caplog) == 2
    await later(minutes=3)
    assert "5551230009" in calling(account)


async def test_new_number_during_the_wait(
    hass: HomeAssistant,
    wanted: MockConfigEntry,
    account: Account,
    simulator: Simulator,
    later: Later,
) -> None:
    """A number that is added does not wait for the retry of others."""
    simulator.faults.add("http_503", method="setSMS")
    await set_up(hass, wanted)
    for _ in range(11):
        await later(minutes=10)
    simulator.faults.clear()
    account.add_did("5551230009", description="NEW", sms_enabled=True)
    await later(minutes=6)
    assert calling(account) == {"5551230009"}


@pytest.fixture
def cloud(hass: HomeAssistant) -> Any:
    """Pretend that Home Assistant Cloud is set up, and not connected yet."""
    from homeassistant.components import cloud

    hass.config.components.add("cloud")
    with (
        patch.object(cloud, "async_is_logged_in", return_value=True),
        patch.object(cloud, "async_active_subscription", return_value=True),
        patch.object(
            cloud, "async_create_cloudhook", side_effect=cloud.CloudNotConnected
        ),
        patch.object(cloud, "async_delete_cloudhook", AsyncMock()),
    ):
        yield cloud


async def test_cloud(
    hass: HomeAssistant, wanted: MockConfigEntry, account: Account, cloud: Any
) -> None:
    """The cloudhook is used from when the cloud is connected, and deleted at the end."""
    await set_up(hass, wanted)
    assert account.dids[OFFICE][CALLED].startswith("https://example.com/")

    cloud.async_create_cloudhook.side_effect = None
    cloud.async_create_cloudhook.return_value = CLOUDHOOK
    state = cloud.CloudConnectionState.CLOUD_CONNECTED
    async_dispatcher_send(hass, cloud.SIGNAL_CLOUD_CONNECTION_STATE, state)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert account.dids[OFFICE][CALLED].startswith(f"{CLOUDHOOK}?")
    assert wanted.data[CONF_CLOUDHOOK_URL] == CLOUDHOOK

    await hass.config_entries.async_remove(wanted.entry_id)
    cloud.async_delete_cloudhook.assert_awaited_once_with(hass, WEBHOOK_ID)
    assert account.dids[OFFICE][CALLED] == ""
