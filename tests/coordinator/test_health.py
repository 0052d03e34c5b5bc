"""What is told of an outage, and what its end clears."""

import asyncio
import logging

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.voipms.const import DOMAIN
from homeassistant.core import HomeAssistant
from homeassistant.helpers import issue_registry as ir

from ..conftest import Later, arrival
from ..simulator import Account, Simulator


def told(hass: HomeAssistant) -> set[str | None]:
    """Return the keys of the issues that are raised."""
    return {
        issue.translation_key
        for issue in ir.async_get(hass).issues.values()
        if issue.domain == DOMAIN
    }


@pytest.mark.parametrize(
    ("attribute", "key"),
    [("ip_enabled", "ip_not_enabled"), ("api_enabled", "api_not_enabled")],
)
async def test_locked_out_twice(
    hass: HomeAssistant,
    loaded: MockConfigEntry,
    account: Account,
    later: Later,
    attribute: str,
    key: str,
) -> None:
    """Who is locked out a second time is told a second time."""
    for _ in range(2):
        setattr(account, attribute, False)
        await later(minutes=6)
        assert told(hass) == {key}
        setattr(account, attribute, True)
        await later(minutes=6)
        assert told(hass) == set()


async def test_let_in_while_the_address_is_asked_for(
    hass: HomeAssistant,
    loaded: MockConfigEntry,
    account: Account,
    simulator: Simulator,
) -> None:
    """An issue that is raised after the next success is cleared by the one after it."""
    numbers, balance = loaded.runtime_data.numbers, loaded.runtime_data.balance
    simulator.latencies["getIP"] = 0.3
    account.ip_enabled = False
    refused = hass.async_create_task(numbers.async_refresh())
    await arrival(simulator, "getIP")
    account.ip_enabled = True
    await balance.async_refresh()
    await refused
    assert told(hass) == {"ip_not_enabled"}
    await balance.async_refresh()
    assert told(hass) == set()


async def test_the_address_is_asked_for_once_at_a_time(
    hass: HomeAssistant,
    loaded: MockConfigEntry,
    account: Account,
    simulator: Simulator,
) -> None:
    """Coordinators that are refused together raise one issue after one question."""
    simulator.latencies["getIP"] = 0.2
    simulator.clear_calls()
    account.ip_enabled = False
    data = loaded.runtime_data
    parts = (data.numbers, data.balance, data.calls, data.mailboxes)
    await asyncio.gather(*(part.async_refresh() for part in parts))
    assert told(hass) == {"ip_not_enabled"}
    assert len(simulator.calls_of("getIP")) == 1


async def test_a_failed_set_up_is_left_to_home_assistant(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    simulator: Simulator,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Home Assistant logs why an account is not set up; the account adds nothing."""
    simulator.faults.add("http_503")
    assert not await hass.config_entries.async_setup(entry.entry_id)
    lines = [
        record.name
        for record in caplog.records
        if DOMAIN in record.name and record.levelno > logging.INFO
    ]
    assert lines == []
    assert "not ready yet" in caplog.text


async def test_each_line_is_about_the_account(
    hass: HomeAssistant,
    loaded: MockConfigEntry,
    simulator: Simulator,
    later: Later,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """A coordinator logs nothing by itself, neither a failure nor its end."""
    simulator.faults.add("http_503", method="getBalance")
    await later(hours=1)
    simulator.faults.clear()
    await later(hours=1)
    lines = [
        record.getMessage().partition(":")[0]
        for record in caplog.records
        if record.name.startswith("custom_components.voipms")
        and record.levelno > logging.DEBUG
    ]
    assert lines == [
        "Fetching the balance of VoIP.ms from VoIP.ms failed",
        "VoIP.ms answers again for VoIP.ms",
    ]
