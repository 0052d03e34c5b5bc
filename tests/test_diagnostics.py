"""What helps with a bug report, and what is left out of it."""

from typing import Any

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.voipms.const import CONF_CLOUDHOOK_URL, CONF_DND_ROUTING, DOMAIN
from homeassistant.components.system_health import get_info
from homeassistant.config_entries import ConfigSubentryData
from homeassistant.const import CONF_URL
from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr
from homeassistant.setup import async_setup_component

from .conftest import EMAIL, ENTRY_ID, HOME, OFFICE, WEBHOOK_ID, Later, set_up
from .simulator import Account, Simulator, seed

FOREIGN = "5550100999"
SECRET = (
    *seed.SECRETS,
    EMAIL,
    WEBHOOK_ID,
    "cloud-address",
    "relay-password",
    # People, their numbers, and what they wrote
    "Ann Onymous",
    *(seed.NEIGHBOR, seed.DENTIST, seed.FRIEND, FOREIGN, "5550100900", "5550100901"),
    "Any time after six",
    "We made it",
    "in the meantime",
    "ALEX NEIGHBOR",
    # What a number's fields say
    "Main number",
    "someone@example.com",
    "example.net",
    "pbx.example.com",
    "PREFIX",
)
DEVICES = {
    "Account": ENTRY_ID,
    "Phone number": f"{ENTRY_ID}_number_{OFFICE}",
    "Sub-account": f"{ENTRY_ID}_sub_account_100001_VoIP",
    "Mailbox": f"{ENTRY_ID}_mailbox_1001",
    "Contact": f"{ENTRY_ID}_contact_ann",
}


@pytest.fixture
async def entry(
    hass: HomeAssistant, later: Later, account: Account, simulator: Simulator
) -> MockConfigEntry:
    """Set up an account that is full of what nobody else should know."""
    account.dids[OFFICE] |= {
        "sms_forward": FOREIGN,
        "sms_forward_enabled": "1",
        "sms_email": "someone@example.com",
        "sms_url_callback": "https://example.net/callback",
        "callerid_prefix": "PREFIX",
        "routing": "sip:5551230000@pbx.example.com",
        "failover_busy": f"phone:{FOREIGN}",
    }
    entry = MockConfigEntry(
        domain=DOMAIN,
        version=2,
        entry_id=ENTRY_ID,
        title="VoIP.ms",
        unique_id=EMAIL,
        data={
            "username": EMAIL,
            "password": "demo-password",
            CONF_URL: simulator.url.replace("://", "://me:relay-password@"),
            "webhook_id": WEBHOOK_ID,
            CONF_CLOUDHOOK_URL: "https://hooks.example.com/cloud-address",
        },
        options={CONF_DND_ROUTING: f"phone:{FOREIGN}"},
        subentries_data=[
            ConfigSubentryData(
                data={"name": "Ann Onymous", "number": FOREIGN, "did": HOME},
                subentry_id="ann",
                subentry_type="contact",
                title="Ann Onymous",
                unique_id=FOREIGN,
            )
        ],
    )
    entry.add_to_hass(hass)
    for component in ("webhook", "diagnostics"):
        assert await async_setup_component(hass, component, {})
    await set_up(hass, entry)
    account.receive(HOME, FOREIGN, "in the meantime")
    await later(minutes=1)
    return entry


async def download(
    hass_client: ClientSessionGenerator,
    entry: MockConfigEntry,
    device: dr.DeviceEntry | None = None,
) -> dict[str, Any]:
    """Download a file as a user does; see that it tells nothing that it must not."""
    path = f"/api/diagnostics/config_entry/{entry.entry_id}"
    client = await hass_client()
    response = await client.get(f"{path}/device/{device.id}" if device else path)
    assert response.status == 200
    text = await response.text()
    assert [secret for secret in SECRET if secret in text] == []
    data: dict[str, Any] = (await response.json())["data"]
    return data


async def test_account(
    hass_client: ClientSessionGenerator, entry: MockConfigEntry
) -> None:
    """The file of an account says what it has and how its polls are doing."""
    data = await download(hass_client, entry)
    assert data["options"] == {CONF_DND_ROUTING: "phone:**REDACTED**"}
    assert data["contacts"] == 1
    assert (data["sub_accounts"], data["mailboxes"]) == (3, 2)
    assert {poll["name"]: poll["last_update_success"] for poll in data["coordinators"]}
    assert data["directory"]["ivr"] == 1
    office = next(number for number in data["numbers"] if number["did"] == OFFICE)
    assert office["routing"] == "sip:**REDACTED**"
    assert office["failover_busy"] == "phone:**REDACTED**"
    assert office["failover_noanswer"] == "vm:1001"
    assert office["sms_enabled"] is True


@pytest.mark.parametrize(("model", "identifier"), DEVICES.items(), ids=DEVICES)
async def test_device(
    hass: HomeAssistant,
    hass_client: ClientSessionGenerator,
    entry: MockConfigEntry,
    model: str,
    identifier: str,
) -> None:
    """The file of a device says what it is, and how its entities are doing."""
    device = next(
        device
        for device in dr.async_get(hass).devices
        if (DOMAIN, identifier) in device.identifiers
    )
    data = await download(hass_client, entry, device)
    assert data["model"] == model
    assert data["entities"]
    assert all(
        each["available"] for each in data["entities"] if not each["disabled_by"]
    )
    assert (data["number"] or {}).get("did") == (
        OFFICE if model == "Phone number" else None
    )


async def test_during_an_outage(
    hass_client: ClientSessionGenerator,
    later: Later,
    entry: MockConfigEntry,
    simulator: Simulator,
) -> None:
    """The file says which polls fail, and of which kind the error is."""
    simulator.faults.add("status:api_limit_exceeded", method="getSMS")
    await later(minutes=2)
    data = await download(hass_client, entry)
    failing = {
        poll["name"]: poll["last_exception"]
        for poll in data["coordinators"]
        if not poll["last_update_success"]
    }
    assert failing == {"messages": "VoipmsRateLimitError"}
    assert data["rate_limited_at"]


async def test_account_that_cannot_be_set_up(
    hass: HomeAssistant,
    hass_client: ClientSessionGenerator,
    entry: MockConfigEntry,
    simulator: Simulator,
) -> None:
    """There is a file, for the account and a device, also when nothing works."""
    simulator.faults.add("http_503")
    await hass.config_entries.async_reload(entry.entry_id)
    data = await download(hass_client, entry)
    assert (data["state"], data["reason"]) == ("setup_retry", "cannot_connect")
    [device, *_] = dr.async_entries_for_config_entry(dr.async_get(hass), entry.entry_id)
    assert (await download(hass_client, entry, device))["state"] == "setup_retry"


async def test_system_health(
    hass: HomeAssistant, later: Later, entry: MockConfigEntry, simulator: Simulator
) -> None:
    """The system's health says whether VoIP.ms answers and when it had too much."""
    assert await async_setup_component(hass, "system_health", {})

    async def health() -> dict[str, Any]:
        return dict((await get_info(hass))[DOMAIN])

    assert await health() == {"api": "ok", "accounts": 1, "rate_limited": "–"}
    simulator.faults.add("status:api_limit_exceeded", times=1)
    await later(minutes=2)
    assert (await health())["rate_limited"].startswith("20")
    await simulator.stop()
    assert (await health())["api"] == "Failed: unreachable"
