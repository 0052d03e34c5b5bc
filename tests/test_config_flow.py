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
from homeassistant.helpers.translation import async_get_translations
from homeassistant.util import dt as dt_util

from .conftest import EMAIL, OFFICE, PASSWORD, arrival, device_of, make_entry
from .simulator import Account, Simulator

UNSEEN = [
    "  ",
    "\n",
    "\r\n",
    "\t",
    "\N{NO-BREAK SPACE}",
    "\N{NARROW NO-BREAK SPACE}",
    "\N{IDEOGRAPHIC SPACE}",
    "\N{ZERO WIDTH SPACE}",
    "\N{ZERO WIDTH NO-BREAK SPACE}",
    "\N{WORD JOINER}",
    "\N{LEFT-TO-RIGHT MARK}",
    "\N{LINE SEPARATOR}",
    "\N{SOFT HYPHEN}",
    "\0",
    " \N{ZERO WIDTH SPACE}\n\N{NO-BREAK SPACE} ",
]


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


each_step = pytest.mark.parametrize("step", ["user", "reconfigure", "reauth"])


async def dialog(
    hass: HomeAssistant, simulator: Simulator, step: str
) -> tuple[ConfigFlowResult, dict[str, Any]]:
    """Open one of the dialogs that sign in; return it and what is to be filled in."""
    if step == "user":
        return await start(hass), answers(simulator.url)
    entry = make_entry(hass, simulator)
    if step == "reconfigure":
        return await entry.start_reconfigure_flow(hass), answers(simulator.url)
    return await entry.start_reauth_flow(hass), {CONF_PASSWORD: PASSWORD}


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
    assert result["title"] == "VoIP.ms"
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
    "password", ["pass word", "ñandú ☎ &=%+", r".,;:!?@#$%^&*()_+-=[]{}|<>/~"]
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


@each_step
@pytest.mark.parametrize("unseen", UNSEEN, ids=ascii)
async def test_pasted_with_what_cannot_be_seen(
    hass: HomeAssistant, simulator: Simulator, account: Account, step: str, unseen: str
) -> None:
    """What was copied along with an email address and a password is left out."""
    form, filled = await dialog(hass, simulator, step)
    pasted = {
        key: f"{unseen}{value}{unseen}" if isinstance(value, str) else value
        for key, value in filled.items()
    }
    await submit(hass, form, pasted)
    [entry] = hass.config_entries.async_entries(DOMAIN)
    assert entry.state is ConfigEntryState.LOADED
    assert entry.data[CONF_USERNAME] == EMAIL
    assert entry.data[CONF_PASSWORD] == PASSWORD
    assert entry.unique_id == EMAIL


@pytest.mark.parametrize(
    ("username", "password"),
    [(" \n", PASSWORD), (EMAIL, "\N{ZERO WIDTH SPACE}"), ("", "")],
)
async def test_nothing_but_blanks(
    hass: HomeAssistant,
    simulator: Simulator,
    account: Account,
    username: str,
    password: str,
) -> None:
    """A field of blanks is an empty one."""
    result = await submit(
        hass, await start(hass), answers(simulator.url, username, password)
    )
    assert result["errors"] == {"base": "invalid_auth"}
    result = await submit(hass, result, answers(simulator.url))
    assert result["type"] is FlowResultType.CREATE_ENTRY


async def test_capitals_in_the_address_do_not_matter(
    hass: HomeAssistant, simulator: Simulator, account: Account
) -> None:
    """An email address is the same in capitals and with spaces around it."""
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


ADDRESSES = ["203.0.113.7", "2001:0db8:0000:0000:0000:ff00:0042:8329", "2001:db8::1"]


async def shown_address(
    hass: HomeAssistant, form: ConfigFlowResult, filled: dict[str, Any]
) -> str:
    """Return what a dialog says after VoIP.ms did not accept the address."""
    result = await submit(hass, form, filled)
    assert result["type"] is FlowResultType.FORM
    assert result["errors"] == {"base": "ip_not_enabled"}
    words = await async_get_translations(hass, "en", "config", {DOMAIN})
    sentence = words[f"component.{DOMAIN}.config.error.ip_not_enabled"]
    return sentence.format(**result["description_placeholders"])


@each_step
@pytest.mark.parametrize("address", ADDRESSES)
async def test_address_to_enable(
    hass: HomeAssistant,
    simulator: Simulator,
    account: Account,
    step: str,
    address: str,
) -> None:
    """Every dialog shows the address that VoIP.ms sees, and goes on once it is enabled."""
    account.ip_enabled = False
    simulator.answers["getIP"] = {"status": "success", "ip": address}
    form, filled = await dialog(hass, simulator, step)
    said = await shown_address(hass, form, filled)
    assert f"your public IP address ({address}). Add it" in said

    account.ip_enabled = True
    result = await submit(hass, form, filled)
    assert result["type"] is not FlowResultType.FORM
    [entry] = hass.config_entries.async_entries(DOMAIN)
    assert entry.state is ConfigEntryState.LOADED


@pytest.mark.parametrize(
    "answer",
    [
        {"status": "ip_not_enabled", "message": "not for you"},
        {"status": "success"},
        {"status": "success", "ip": None},
        {"status": "success", "ip": ["203.0.113.7"]},
        {"status": "success", "ip": "<b>unknown</b>"},
        "error code: 522",
    ],
    ids=str,
)
async def test_address_that_is_not_told(
    hass: HomeAssistant,
    simulator: Simulator,
    account: Account,
    answer: str | dict[str, Any],
) -> None:
    """If VoIP.ms does not say which address it sees, the sentence does without."""
    account.ip_enabled = False
    simulator.answers["getIP"] = answer
    said = await shown_address(hass, await start(hass), answers(simulator.url))
    assert "your public IP address. Add it" in said


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


async def test_left_half_done(
    hass: HomeAssistant, simulator: Simulator, account: Account
) -> None:
    """A sign-in that somebody gave up does not keep the next one from finishing."""
    left = await submit(
        hass, await start(hass), answers(simulator.url, password="wrong")
    )
    assert left["errors"] == {"base": "invalid_auth"}

    result = await submit(hass, await start(hass), answers(simulator.url))
    assert result["type"] is FlowResultType.CREATE_ENTRY
    assert hass.config_entries.flow.async_progress() == []


async def test_reconfigured_while_a_sign_in_is_half_done(
    hass: HomeAssistant, simulator: Simulator, account: Account
) -> None:
    """Neither does it keep an account from being reconfigured, nor the other way."""
    entry = make_entry(hass, simulator, "old@example.com")
    await submit(hass, await start(hass), answers(simulator.url, password="wrong"))
    form = await entry.start_reconfigure_flow(hass)
    result = await submit(hass, form, answers(simulator.url, password="wrong"))
    assert result["errors"] == {"base": "invalid_auth"}

    result = await submit(hass, await start(hass), answers(simulator.url))
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
    assert [each.title for each in hass.config_entries.async_entries(DOMAIN)] == [
        "VoIP.ms",
        "VoIP.ms 2",
    ]
    assert hass.states.get("sensor.voip_ms_balance")
    assert hass.states.get("sensor.voip_ms_2_balance")
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
