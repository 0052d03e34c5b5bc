"""Signing in to an account, for the first time and again."""

from datetime import timedelta
from typing import Any
from unittest.mock import ANY

import pytest
from pytest_homeassistant_custom_component.common import async_fire_time_changed

from custom_components.voipms.const import CONF_ADVANCED, DOMAIN
from homeassistant.config_entries import (
    SOURCE_REAUTH,
    SOURCE_USER,
    ConfigEntryState,
    ConfigFlowResult,
)
from homeassistant.const import CONF_PASSWORD, CONF_URL, CONF_USERNAME, CONF_WEBHOOK_ID
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
from homeassistant.util import dt as dt_util

from .conftest import EMAIL, OFFICE, PASSWORD, arrival, device_of, make_entry
from .simulator import Account, Simulator


def answers(
    url: str, username: str = EMAIL, password: str = PASSWORD
) -> dict[str, Any]:
    """Return what a person fills in."""
    return {
        CONF_USERNAME: username,
        CONF_PASSWORD: password,
        CONF_ADVANCED: {CONF_URL: url},
    }


async def start(hass: HomeAssistant) -> ConfigFlowResult:
    """Begin to add an account."""
    result = await hass.config_entries.flow.async_init(
        DOMAIN, context={"source": SOURCE_USER}
    )
    assert result["type"] is FlowResultType.FORM
    assert result["errors"] == {}
    return result


async def submit(
    hass: HomeAssistant, result: ConfigFlowResult, data: dict[str, Any]
) -> ConfigFlowResult:
    """Send the form off."""
    result = await hass.config_entries.flow.async_configure(result["flow_id"], data)
    await hass.async_block_till_done()
    return result


async def test_sign_in(
    hass: HomeAssistant, simulator: Simulator, account: Account
) -> None:
    """An account that signs in is set up, with its numbers."""
    result = await submit(hass, await start(hass), answers(simulator.url))

    assert result["type"] is FlowResultType.CREATE_ENTRY
    assert result["title"] == EMAIL
    assert result["result"].unique_id == EMAIL
    assert result["data"] == {
        CONF_USERNAME: EMAIL,
        CONF_PASSWORD: PASSWORD,
        CONF_URL: simulator.url,
        CONF_WEBHOOK_ID: ANY,
    }
    assert result["result"].state is ConfigEntryState.LOADED
    assert hass.states.get("select.555_123_0000_office_routing")


async def test_the_vendors_address_is_the_default(
    hass: HomeAssistant,
) -> None:
    """Who does not open the advanced section reaches VoIP.ms itself."""
    result = await start(hass)
    filled = result["data_schema"](
        {CONF_USERNAME: "a", CONF_PASSWORD: "b", "advanced": {}}
    )
    assert filled[CONF_ADVANCED][CONF_URL] == "https://voip.ms/api/v1/rest.php"


@pytest.mark.parametrize(
    "password", ["pass word", " leading", "trailing ", "ñandú ☎ &=%+"]
)
async def test_any_password_works(
    hass: HomeAssistant, simulator: Simulator, password: str
) -> None:
    """A password may hold spaces and letters of any alphabet."""
    simulator.add_account(EMAIL, password)
    result = await submit(
        hass, await start(hass), answers(simulator.url, password=password)
    )
    assert result["type"] is FlowResultType.CREATE_ENTRY
    assert result["data"][CONF_PASSWORD] == password


async def test_capitals_in_the_address_do_not_matter(
    hass: HomeAssistant, simulator: Simulator, account: Account
) -> None:
    """An e-mail address is the same in capitals and with spaces around it."""
    result = await submit(
        hass, await start(hass), answers(simulator.url, " Demo@Example.COM ")
    )
    assert result["result"].unique_id == EMAIL

    result = await submit(
        hass, await start(hass), answers(simulator.url, "DEMO@example.com")
    )
    assert result["type"] is FlowResultType.ABORT
    assert result["reason"] == "already_configured"


@pytest.mark.parametrize("ending", ["", "/", "/api/v1/rest.php", " "])
async def test_address_of_a_relay(
    hass: HomeAssistant, simulator: Simulator, account: Account, ending: str
) -> None:
    """The address of a relay works with and without the API's path."""
    result = await submit(hass, await start(hass), answers(simulator.base_url + ending))
    assert result["type"] is FlowResultType.CREATE_ENTRY
    assert result["data"][CONF_URL] == simulator.url


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        ("status:invalid_credentials", "invalid_auth"),
        ("status:missing_credentials", "invalid_auth"),
        ("status:ip_not_enabled", "ip_not_enabled"),
        ("status:api_not_enabled", "api_not_enabled"),
        ("status:api_limit_exceeded", "rate_limit"),
        ("status:method_maintenance", "maintenance"),
        ("status:never_heard_of", "refused"),
        ("status:limit_reached", "refused"),
        ("reset", "cannot_connect"),
        ("http_500", "cannot_connect"),
        ("http_403", "cannot_connect"),
        ("cloudflare", "cannot_connect"),
        ("truncated", "cannot_connect"),
        ("empty_body", "cannot_connect"),
        ("wrong_top", "cannot_connect"),
        ("no_status", "cannot_connect"),
    ],
)
async def test_refused_then_accepted(
    hass: HomeAssistant,
    simulator: Simulator,
    account: Account,
    fault: str,
    error: str,
) -> None:
    """What went wrong is said in the form, which works once it is put right."""
    simulator.faults.add(fault)
    result = await submit(hass, await start(hass), answers(simulator.url))
    assert result["type"] is FlowResultType.FORM
    assert result["errors"] == {"base": error}
    assert hass.config_entries.async_entries(DOMAIN) == []

    simulator.faults.clear()
    result = await submit(hass, result, answers(simulator.url))
    assert result["type"] is FlowResultType.CREATE_ENTRY


async def test_the_reason_of_a_refusal_is_said(
    hass: HomeAssistant, simulator: Simulator, account: Account
) -> None:
    """A code is shown in words, and one that nobody foresaw as it is."""
    simulator.faults.add("status:limit_reached", times=1)
    result = await submit(hass, await start(hass), answers(simulator.url))
    reason = result["description_placeholders"]["reason"]
    assert reason.startswith("VoIP.ms refused: ")
    assert reason.endswith(" (limit_reached)")

    simulator.faults.add("status:never_heard_of")
    result = await submit(hass, result, answers(simulator.url))
    assert "never_heard_of" in result["description_placeholders"]["reason"]


async def test_refused_connection_then_accepted(
    hass: HomeAssistant, simulator: Simulator, account: Account
) -> None:
    """While nobody listens at the address, the form says so and stays filled in."""
    await simulator.stop()
    result = await submit(hass, await start(hass), answers(simulator.url))
    assert result["errors"] == {"base": "cannot_connect"}
    suggested = {
        str(key): key.description["suggested_value"]
        for key in result["data_schema"].schema
        if key.description
    }
    assert suggested[CONF_USERNAME] == EMAIL

    await simulator.start()
    result = await submit(hass, result, answers(simulator.url))
    assert result["type"] is FlowResultType.CREATE_ENTRY


async def test_no_answer_in_time(
    hass: HomeAssistant, simulator: Simulator, account: Account
) -> None:
    """An address that takes the call and never answers is given up after a while."""
    simulator.faults.add("timeout")
    result = await start(hass)
    pending = hass.async_create_task(submit(hass, result, answers(simulator.url)))
    await arrival(simulator, "getBalance")
    async_fire_time_changed(hass, dt_util.utcnow() + timedelta(seconds=61))
    assert (await pending)["errors"] == {"base": "cannot_connect"}


@pytest.mark.parametrize(
    "url", ["ftp://voip.ms/", "voip.ms", "https://", "not an address", "http://[::"]
)
async def test_address_that_is_none(
    hass: HomeAssistant, simulator: Simulator, account: Account, url: str
) -> None:
    """What cannot be called by HTTP is refused without trying."""
    result = await submit(hass, await start(hass), answers(url))
    assert result["errors"] == {"base": "invalid_url"}

    result = await submit(hass, result, answers(simulator.url))
    assert result["type"] is FlowResultType.CREATE_ENTRY


async def test_two_accounts(
    hass: HomeAssistant, simulator: Simulator, account: Account
) -> None:
    """Two accounts live side by side, each with its own numbers."""
    other = simulator.add_account("other@example.com", "secret", number="300003")
    other.add_did("5559990000", description="OTHER", sms_enabled=True)
    await submit(hass, await start(hass), answers(simulator.url))
    result = await submit(
        hass, await start(hass), answers(simulator.url, "other@example.com", "secret")
    )

    assert result["type"] is FlowResultType.CREATE_ENTRY
    assert device_of(hass, OFFICE).config_entry_id != result["result"].entry_id
    assert device_of(hass, "5559990000").config_entry_id == result["result"].entry_id


async def test_account_without_numbers(
    hass: HomeAssistant, simulator: Simulator, empty_account: Account
) -> None:
    """An account that has no number yet can be added."""
    result = await submit(hass, await start(hass), answers(simulator.url))
    assert result["type"] is FlowResultType.CREATE_ENTRY
    assert result["result"].state is ConfigEntryState.LOADED
    assert hass.states.async_all("select") == []


async def test_sign_in_again(
    hass: HomeAssistant, simulator: Simulator, account: Account
) -> None:
    """A new API password is tried until VoIP.ms takes it, then the account is back."""
    entry = make_entry(hass, simulator)
    account.password = "new password"
    assert not await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done()
    [flow] = hass.config_entries.flow.async_progress()
    assert flow["context"]["source"] == SOURCE_REAUTH
    assert flow["step_id"] == "reauth_confirm"

    result = await submit(hass, flow, {CONF_PASSWORD: "wrong"})
    assert result["type"] is FlowResultType.FORM
    assert result["errors"] == {"base": "invalid_auth"}
    assert result["description_placeholders"]["account"] == EMAIL

    result = await submit(hass, result, {CONF_PASSWORD: "new password"})
    assert result["type"] is FlowResultType.ABORT
    assert result["reason"] == "reauth_successful"
    assert entry.data[CONF_PASSWORD] == "new password"
    assert entry.state is ConfigEntryState.LOADED
