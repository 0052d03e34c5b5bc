"""What the user has to mend: told, mended from the dialog, gone when it is mended."""

from collections.abc import Callable, Coroutine
from typing import Any

from aiohttp.test_utils import TestClient
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.voipms.const import CONF_CALLBACK, CONF_DND_ROUTING, DOMAIN
from homeassistant.config_entries import ConfigEntryState, ConfigSubentryData
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import ServiceValidationError
from homeassistant.helpers import issue_registry as ir

from ..conftest import CABIN, HOME, NEIGHBOR, OFFICE, Later, serve_http, set_up
from ..simulator import Account, Simulator

type Post = Callable[..., Coroutine[Any, Any, dict[str, Any]]]

ANN = ConfigSubentryData(
    data={"name": "Ann", "number": NEIGHBOR, "did": HOME},
    subentry_type="contact",
    title="Ann",
    unique_id=NEIGHBOR,
)


@pytest.fixture
async def post(hass: HomeAssistant, hass_client: ClientSessionGenerator) -> Post:
    """Return what sends a dialog's requests, as the frontend does."""
    await serve_http(hass, "repairs")
    client: TestClient[Any, Any] = await hass_client()

    async def send(path: str = "", **body: Any) -> dict[str, Any]:
        response = await client.post(f"/api/repairs/issues/fix{path}", json=body)
        assert response.status == 200
        result: dict[str, Any] = await response.json()
        await hass.async_block_till_done(wait_background_tasks=True)
        return result

    return send


def told(hass: HomeAssistant) -> dict[str, ir.IssueEntry]:
    """Return what the user is told to mend, by its key."""
    return {
        str(issue.translation_key): issue
        for (domain, _), issue in ir.async_get(hass).issues.items()
        if domain == DOMAIN
    }


async def open_dialog(hass: HomeAssistant, post: Post, key: str) -> dict[str, Any]:
    """Open the dialog of the one thing that there is to mend."""
    assert set(told(hass)) == {key}
    return await post(handler=DOMAIN, issue_id=told(hass)[key].issue_id)


async def submit(post: Post, dialog: dict[str, Any], **answers: Any) -> dict[str, Any]:
    """Send a dialog off."""
    return await post(f"/{dialog['flow_id']}", **answers)


@pytest.mark.parametrize("during", ["set-up", "operation"])
@pytest.mark.parametrize(
    ("key", "attribute"),
    [("ip_not_enabled", "ip_enabled"), ("api_not_enabled", "api_enabled")],
)
async def test_locked_out(
    hass: HomeAssistant,
    later: Later,
    post: Post,
    account: Account,
    entry: MockConfigEntry,
    key: str,
    attribute: str,
    during: str,
) -> None:
    """Who is locked out is told the address, and is back when the dialog says so."""
    if during == "operation":
        await set_up(hass, entry)
    setattr(account, attribute, False)
    if during == "operation":
        await later(minutes=6)
    else:
        assert not await hass.config_entries.async_setup(entry.entry_id)
    dialog = await open_dialog(hass, post, key)
    if key == "ip_not_enabled":
        assert dialog["description_placeholders"]["address"] == "127.0.0.1"

    dialog = await submit(post, dialog)
    assert dialog["errors"] == {"base": key}
    setattr(account, attribute, True)
    assert (await submit(post, dialog))["type"] == "create_entry"
    assert entry.state is ConfigEntryState.LOADED
    assert told(hass) == {}


async def test_address_that_was_not_told_at_first(
    hass: HomeAssistant,
    post: Post,
    account: Account,
    entry: MockConfigEntry,
    simulator: Simulator,
) -> None:
    """The dialog shows the address as it is when the dialog is opened."""
    simulator.faults.add("http_503", method="getIP", times=1)
    account.ip_enabled = False
    assert not await hass.config_entries.async_setup(entry.entry_id)
    dialog = await open_dialog(hass, post, "ip_not_enabled_unseen")
    assert dialog["description_placeholders"]["address"] == "127.0.0.1"


@pytest.mark.parametrize("attribute", ["ip_enabled", "api_enabled"])
async def test_let_in_again(
    hass: HomeAssistant,
    later: Later,
    loaded: MockConfigEntry,
    account: Account,
    attribute: str,
) -> None:
    """Who lets Home Assistant in at VoIP.ms need not touch the dialog."""
    setattr(account, attribute, False)
    await later(minutes=6)
    assert len(told(hass)) == 1
    setattr(account, attribute, True)
    await later(minutes=6)
    assert told(hass) == {}


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        ("status:invalid_did", "refused"),
        ("status:never_heard_of", "refused"),
        ("status:invalid_credentials", "invalid_auth"),
        ("http_503", "cannot_connect"),
    ],
)
async def test_something_else_is_in_the_way(
    hass: HomeAssistant,
    post: Post,
    account: Account,
    entry: MockConfigEntry,
    simulator: Simulator,
    fault: str,
    error: str,
) -> None:
    """The dialog says what is in the way now, in words that it has."""
    account.api_enabled = False
    assert not await hass.config_entries.async_setup(entry.entry_id)
    dialog = await open_dialog(hass, post, "api_not_enabled")
    simulator.faults.add(fault)
    assert (await submit(post, dialog))["errors"] == {"base": error}


@pytest.mark.parametrize("keep", [True, False])
async def test_no_external_url(
    hass: HomeAssistant,
    post: Post,
    account: Account,
    entry: MockConfigEntry,
    keep: bool,
) -> None:
    """Without an address on the Internet the callback waits for one, or is given up."""
    hass.config_entries.async_update_entry(entry, options={CONF_CALLBACK: True})
    await set_up(hass, entry)
    dialog = await open_dialog(hass, post, "no_external_url")
    await submit(post, dialog, callback=keep)
    assert bool(told(hass)) is keep
    assert entry.options[CONF_CALLBACK] is keep

    await hass.config.async_update(external_url="https://example.com")
    await hass.async_block_till_done(wait_background_tasks=True)
    assert told(hass) == {}
    called = account.dids[OFFICE]["sms_url_callback"]
    assert called.startswith("https://example.com/") is keep


async def test_another_external_url(
    hass: HomeAssistant, account: Account, entry: MockConfigEntry
) -> None:
    """When Home Assistant moves, VoIP.ms is told the new address."""
    await hass.config.async_update(external_url="https://example.com")
    hass.config_entries.async_update_entry(entry, options={CONF_CALLBACK: True})
    await set_up(hass, entry)
    await hass.config.async_update(external_url="https://example.org")
    await hass.async_block_till_done(wait_background_tasks=True)
    assert account.dids[HOME]["sms_url_callback"].startswith("https://example.org/")


@pytest.mark.parametrize("keep", [True, False])
async def test_callback_that_does_not_come(
    hass: HomeAssistant,
    later: Later,
    post: Post,
    account: Account,
    entry: MockConfigEntry,
    keep: bool,
) -> None:
    """A message without a call is noticed; the callback is set again or given up."""
    await hass.config.async_update(external_url="https://example.com")
    hass.config_entries.async_update_entry(entry, options={CONF_CALLBACK: True})
    await set_up(hass, entry)
    await later(minutes=6)
    account.receive(HOME, NEIGHBOR, "nobody calls")
    await later(minutes=16)
    dialog = await open_dialog(hass, post, "callback_missing")
    assert dialog["description_placeholders"]["number"] == "(555) 123-0001"

    account.dids[HOME]["sms_url_callback"] = "https://example.net/lost"
    await submit(post, dialog, callback=keep)
    assert told(hass) == {}
    assert entry.options[CONF_CALLBACK] is keep
    called = account.dids[HOME]["sms_url_callback"]
    assert called.startswith("https://example.com/") is keep


@pytest.fixture
async def pointless(
    hass: HomeAssistant, account: Account, entry: MockConfigEntry
) -> MockConfigEntry:
    """Set the account up with do not disturb pointing at nothing."""
    options = {CONF_DND_ROUTING: "vm:9999"}
    hass.config_entries.async_update_entry(entry, options=options)
    await set_up(hass, entry)
    return entry


async def test_target_gone(
    hass: HomeAssistant,
    post: Post,
    pointless: MockConfigEntry,
    account: Account,
) -> None:
    """Do not disturb that points at nothing gets a new place from the dialog."""
    dialog = await open_dialog(hass, post, "do_not_disturb_target_gone")
    assert dialog["description_placeholders"]["target"] == "vm:9999"
    await submit(post, dialog, do_not_disturb_routing="vm:1001")
    assert told(hass) == {}
    await hass.services.async_call(
        "switch",
        "turn_on",
        {"entity_id": "switch.555_123_0000_office_do_not_disturb"},
        blocking=True,
    )
    assert account.dids[OFFICE]["routing"] == "vm:1001"


async def test_target_is_back(
    hass: HomeAssistant, later: Later, pointless: MockConfigEntry, account: Account
) -> None:
    """A target that is there again needs no mending."""
    account.add_voicemail(9999, name="Back")
    await later(minutes=11)
    assert told(hass) == {}


@pytest.fixture
async def with_ann(
    hass: HomeAssistant, later: Later, account: Account, simulator: Simulator
) -> MockConfigEntry:
    """Set up an account with a contact whose number then goes."""
    entry = MockConfigEntry(
        domain=DOMAIN,
        version=2,
        title="VoIP.ms",
        unique_id="demo@example.com",
        data={
            "username": "demo@example.com",
            "password": "demo-password",
            "url": simulator.url,
            "webhook_id": "the-id",
        },
        subentries_data=[ANN],
    )
    entry.add_to_hass(hass)
    await set_up(hass, entry)
    assert told(hass) == {}
    account.kept = account.dids.pop(HOME)  # type: ignore[attr-defined]
    for _ in range(2):
        await later(minutes=6)
    return entry


async def test_contacts_number_gone(
    hass: HomeAssistant, post: Post, with_ann: MockConfigEntry, account: Account
) -> None:
    """A contact whose number is gone is written to from another, that can."""
    dialog = await open_dialog(hass, post, "contact_number_gone")
    assert dialog["description_placeholders"]["contact"] == "Ann"
    options = dialog["data_schema"][0]["selector"]["select"]["options"]
    assert [option["value"] for option in options] == [OFFICE]
    assert CABIN in account.dids  # which cannot send
    await submit(post, dialog, did=OFFICE)
    assert told(hass) == {}
    await hass.services.async_call(
        "notify",
        "send_message",
        {"entity_id": "notify.ann", "message": "hello"},
        blocking=True,
    )
    assert account.sent[-1].did == OFFICE


async def test_contacts_number_is_back(
    hass: HomeAssistant, later: Later, with_ann: MockConfigEntry, account: Account
) -> None:
    """A number that comes back needs no mending."""
    assert set(told(hass)) == {"contact_number_gone"}
    account.dids[HOME] = account.kept  # type: ignore[attr-defined]
    await later(minutes=6)
    assert told(hass) == {}


async def test_contact_gone(hass: HomeAssistant, with_ann: MockConfigEntry) -> None:
    """A contact that is removed needs no mending."""
    [subentry_id] = with_ann.subentries
    hass.config_entries.async_remove_subentry(with_ann, subentry_id)
    await hass.async_block_till_done()
    assert told(hass) == {}


@pytest.mark.parametrize("key", ["do_not_disturb_target_gone", "contact_number_gone"])
async def test_not_connected(
    hass: HomeAssistant,
    post: Post,
    with_ann: MockConfigEntry,
    simulator: Simulator,
    key: str,
) -> None:
    """While the account is not connected, a dialog that offers a choice says so."""
    options = {CONF_DND_ROUTING: "vm:9999"}
    hass.config_entries.async_update_entry(with_ann, options=options)
    await hass.async_block_till_done()
    issue = told(hass)[key]
    await hass.config_entries.async_unload(with_ann.entry_id)
    result = await post(handler=DOMAIN, issue_id=issue.issue_id)
    assert (result["type"], result["reason"]) == ("abort", "not_loaded")


async def test_removing_the_account_takes_everything_back(
    hass: HomeAssistant, with_ann: MockConfigEntry
) -> None:
    """Nothing is left to mend of an account that is gone."""
    assert told(hass)
    await hass.config_entries.async_remove(with_ann.entry_id)
    assert told(hass) == {}


@pytest.mark.usefixtures("entity_registry_enabled_by_default")
async def test_settings_that_are_not_shown(
    hass: HomeAssistant,
    post: Post,
    account: Account,
    entry: MockConfigEntry,
    simulator: Simulator,
) -> None:
    """A change that would reset a setting that nobody sees waits until one agrees."""
    simulator.unseen = {"webhook", "webhook_enabled", "dialmode"}
    account.dids[OFFICE]["webhook"] = "https://example.com/hook"
    hass.config_entries.async_update_entry(entry, options={CONF_CALLBACK: False})
    await set_up(hass, entry)
    messages = {"entity_id": "switch.555_123_0000_office_messages"}

    async def turn_off() -> None:
        await hass.services.async_call("switch", "turn_off", messages, blocking=True)

    with pytest.raises(ServiceValidationError, match="webhook_enable, webhook, dial"):
        await turn_off()
    assert account.dids[OFFICE]["sms_enabled"] == "1"
    assert account.dids[OFFICE]["webhook"] == "https://example.com/hook"
    dialog = await open_dialog(hass, post, "settings_unknown")
    fields = dialog["description_placeholders"]["fields"]
    assert fields == "webhook_enable, webhook, dialmode"

    assert (await submit(post, dialog))["type"] == "create_entry"
    assert told(hass) == {}
    assert entry.options[CONF_CALLBACK] is False
    await turn_off()
    assert account.dids[OFFICE]["sms_enabled"] == "0"


async def test_settings_that_are_shown_after_all(
    hass: HomeAssistant,
    account: Account,
    entry: MockConfigEntry,
    simulator: Simulator,
) -> None:
    """What a number is known to have is not reset, whoever agreed to it before."""
    hass.config_entries.async_update_entry(entry, options={"resets": ["dialmode"]})
    await set_up(hass, entry)
    data = {"did": OFFICE, "email_enabled": True}
    await hass.services.async_call(DOMAIN, "set_sms", data, blocking=True)
    simulator.faults.add("lacking", method="getDIDsInfo", field="dialmode", times=1)
    with pytest.raises(ServiceValidationError, match="dialmode"):
        await hass.services.async_call(DOMAIN, "set_sms", data, blocking=True)
