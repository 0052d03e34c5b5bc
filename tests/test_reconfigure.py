"""Signing in again, and changing what an account is reached with."""

from typing import Any

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.voipms.const import CONF_ADVANCED
from homeassistant.config_entries import ConfigEntryState, ConfigFlowResult
from homeassistant.const import CONF_PASSWORD, CONF_URL, CONF_USERNAME
from homeassistant.core import HomeAssistant

from .conftest import EMAIL, PASSWORD
from .simulator import Account, Simulator

BEFORE = "https://relay.example.com/api/v1/rest.php"


async def submit(
    hass: HomeAssistant, result: ConfigFlowResult, answers: dict[str, Any]
) -> ConfigFlowResult:
    """Send a form off."""
    result = await hass.config_entries.flow.async_configure(result["flow_id"], answers)
    await hass.async_block_till_done(wait_background_tasks=True)
    return result


def answers(
    url: str, username: str = EMAIL, password: str = PASSWORD
) -> dict[str, Any]:
    """Return what a person fills in."""
    return {
        CONF_USERNAME: username,
        CONF_PASSWORD: password,
        CONF_ADVANCED: {CONF_URL: url},
    }


@pytest.fixture
def moved(hass: HomeAssistant, entry: MockConfigEntry) -> MockConfigEntry:
    """Return an account that was reached at another address, with another password."""
    data = {**entry.data, CONF_PASSWORD: "old password", CONF_URL: BEFORE}
    hass.config_entries.async_update_entry(entry, data=data)
    return entry


@pytest.mark.parametrize("username", [EMAIL, "Demo@Example.COM "])
async def test_reconfigure(
    hass: HomeAssistant,
    simulator: Simulator,
    account: Account,
    moved: MockConfigEntry,
    username: str,
) -> None:
    """A new password and a new address are tried, kept and used."""
    form = await moved.start_reconfigure_flow(hass)
    fields = form["data_schema"].schema
    shown = [*fields, *fields[CONF_ADVANCED].schema.schema]
    assert {
        str(key): key.description["suggested_value"] for key in shown if key.description
    } == {CONF_USERNAME: EMAIL, CONF_URL: BEFORE}

    before = dict(moved.data)
    result = await submit(hass, form, answers(simulator.base_url, username))
    assert result["reason"] == "reconfigure_successful"
    assert moved.data == {
        **before,
        CONF_USERNAME: username.strip(),
        CONF_PASSWORD: PASSWORD,
        CONF_URL: simulator.url,
    }
    assert moved.unique_id == EMAIL
    assert moved.state is ConfigEntryState.LOADED


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({CONF_PASSWORD: "wrong"}, "invalid_auth"),
        ({CONF_ADVANCED: {CONF_URL: "ftp://voip.ms/"}}, "invalid_url"),
        ({CONF_ADVANCED: {CONF_URL: "file:///etc/passwd"}}, "invalid_url"),
        ({CONF_ADVANCED: {CONF_URL: "javascript:alert(1)"}}, "invalid_url"),
        ({CONF_ADVANCED: {CONF_URL: "http://127.0.0.1:1/"}}, "cannot_connect"),
    ],
)
async def test_reconfigure_wrongly(
    hass: HomeAssistant,
    simulator: Simulator,
    account: Account,
    moved: MockConfigEntry,
    changed: dict[str, Any],
    error: str,
) -> None:
    """What does not work changes nothing; the form stays until it does."""
    before = dict(moved.data)
    form = await moved.start_reconfigure_flow(hass)
    result = await submit(hass, form, {**answers(simulator.url), **changed})
    assert result["errors"] == {"base": error}
    assert moved.data == before

    result = await submit(hass, result, answers(simulator.url))
    assert result["reason"] == "reconfigure_successful"


async def test_reconfigure_to_another_account(
    hass: HomeAssistant, simulator: Simulator, account: Account, moved: MockConfigEntry
) -> None:
    """The numbers of one account cannot become those of another."""
    simulator.add_account("other@example.com", "secret")
    before = dict(moved.data)
    form = await moved.start_reconfigure_flow(hass)
    result = await submit(
        hass, form, answers(simulator.url, "other@example.com", "secret")
    )
    assert result["reason"] == "wrong_account"
    assert moved.data == before
    assert simulator.calls == []


async def test_sign_in_again(
    hass: HomeAssistant, simulator: Simulator, account: Account, loaded: MockConfigEntry
) -> None:
    """Only the password can be changed, and nothing but the password changes."""
    other = simulator.add_account("other@example.com", "their password")
    before = dict(loaded.data)
    account.password = "new password"
    form = await loaded.start_reauth_flow(hass)
    assert [str(key) for key in form["data_schema"].schema] == [CONF_PASSWORD]

    result = await submit(hass, form, {CONF_PASSWORD: other.password})
    assert result["errors"] == {"base": "invalid_auth"}
    result = await submit(hass, result, {CONF_PASSWORD: "new password"})
    assert result["reason"] == "reauth_successful"
    assert loaded.data == {**before, CONF_PASSWORD: "new password"}
    assert loaded.state is ConfigEntryState.LOADED
