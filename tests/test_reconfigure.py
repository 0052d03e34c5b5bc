"""Signing in again, and changing what an account is reached with."""

from typing import Any

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.voipms.const import CONF_ADVANCED
from homeassistant.config_entries import ConfigEntryState, ConfigFlowResult
from homeassistant.const import CONF_PASSWORD, CONF_URL, CONF_USERNAME
from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr, entity_registry as er

from .conftest import EMAIL, OFFICE, PASSWORD, make_entry, set_up
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
    """An account of which nothing is known cannot become another."""
    simulator.add_account("other@example.com", "secret")
    before = dict(moved.data)
    form = await moved.start_reconfigure_flow(hass)
    result = await submit(
        hass, form, answers(simulator.url, "other@example.com", "secret")
    )
    assert result["reason"] == "wrong_account"
    assert moved.data == before
    assert moved.unique_id == EMAIL


NEW = "new@example.com"


@pytest.mark.parametrize("without", ["nothing", "sub-accounts", "numbers"])
async def test_reconfigure_after_the_address_changed(
    hass: HomeAssistant,
    simulator: Simulator,
    account: Account,
    entry: MockConfigEntry,
    without: str,
) -> None:
    """An account is known by its sub-accounts or numbers, and stays what it is."""
    if without == "sub-accounts":
        account.sub_accounts.clear()
    for did in list(account.dids) if without == "numbers" else ():
        account.remove_did(did)
    await set_up(hass, entry)
    entities = set(er.async_get(hass).entities)
    devices = {device.id for device in dr.async_get(hass).devices}

    account.email = NEW
    form = await entry.start_reconfigure_flow(hass)
    result = await submit(hass, form, answers(simulator.url, "New@example.com"))
    assert result["reason"] == "reconfigure_successful"
    assert entry.unique_id == NEW
    assert entry.data[CONF_USERNAME] == "New@example.com"
    assert entry.state is ConfigEntryState.LOADED
    assert set(er.async_get(hass).entities) == entities
    assert {device.id for device in dr.async_get(hass).devices} == devices


async def test_reconfigure_with_numbers_as_the_service_writes_them(
    hass: HomeAssistant, simulator: Simulator, account: Account, loaded: MockConfigEntry
) -> None:
    """A number is the same as a number of JSON; a broken row costs no other."""
    account.email = NEW
    account.sub_accounts.clear()
    rows: list[Any] = [{"did": int(OFFICE)}, {"did": "?"}, {}, None]
    simulator.answers["getDIDsInfo"] = {"status": "success", "dids": rows}
    form = await loaded.start_reconfigure_flow(hass)
    result = await submit(hass, form, answers(simulator.url, NEW))
    assert result["reason"] == "reconfigure_successful"


@pytest.mark.parametrize("known_by", ["sub-accounts", "numbers"])
async def test_reconfigure_to_an_account_with_other_things(
    hass: HomeAssistant,
    simulator: Simulator,
    account: Account,
    entry: MockConfigEntry,
    known_by: str,
) -> None:
    """Another account is not taken, not even one that a number has moved to."""
    other = simulator.add_account(NEW, "secret", number="300003")
    if known_by == "numbers":
        account.sub_accounts.clear()
        other.add_did("5559990000")
    await set_up(hass, entry)
    if known_by == "sub-accounts":
        other.add_sub_account("300003_VoIP")
        other.dids[OFFICE] = account.dids.pop(OFFICE)
    before = dict(entry.data)
    form = await entry.start_reconfigure_flow(hass)
    result = await submit(hass, form, answers(simulator.url, NEW, "secret"))
    assert result["reason"] == "wrong_account"
    assert entry.data == before
    assert entry.unique_id == EMAIL


async def test_reconfigure_to_an_account_that_is_there_already(
    hass: HomeAssistant, simulator: Simulator, account: Account, loaded: MockConfigEntry
) -> None:
    """Two entries cannot stand for one account."""
    simulator.add_account(NEW, "secret")
    make_entry(hass, simulator, NEW, "secret", "other")
    form = await loaded.start_reconfigure_flow(hass)
    result = await submit(hass, form, answers(simulator.url, NEW, "secret"))
    assert result["reason"] == "already_configured"
    assert loaded.unique_id == EMAIL


async def test_reconfigure_when_it_cannot_be_compared(
    hass: HomeAssistant, simulator: Simulator, account: Account, loaded: MockConfigEntry
) -> None:
    """If VoIP.ms does not list what there is, the form says so and waits."""
    account.email = NEW
    simulator.faults.add("http_503", method="getSubAccounts")
    form = await loaded.start_reconfigure_flow(hass)
    result = await submit(hass, form, answers(simulator.url, NEW))
    assert result["errors"] == {"base": "cannot_connect"}
    simulator.faults.clear()
    result = await submit(hass, result, answers(simulator.url, NEW))
    assert result["reason"] == "reconfigure_successful"


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
