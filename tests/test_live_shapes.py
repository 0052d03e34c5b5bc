"""Replies in the forms in which the live service writes them, through the whole set-up.

Each is laid down at the simulator as it is, beside an account that is otherwise as it
should be. What is right for it is what a user sees: states, events, responses, dialogs.
"""

from collections.abc import Iterator
import logging
from typing import Any

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.voipms.const import CONF_ADVANCED, DOMAIN
from homeassistant.config_entries import SOURCE_USER, ConfigEntryState
from homeassistant.const import CONF_PASSWORD, CONF_URL, CONF_USERNAME
from homeassistant.core import HomeAssistant, State
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import (
    device_registry as dr,
    entity_registry as er,
    issue_registry as ir,
)
from homeassistant.setup import async_setup_component

from .conftest import (
    EMAIL,
    HOME,
    NEIGHBOR,
    OFFICE,
    PASSWORD,
    WEBHOOK_ID,
    Later,
    set_up,
    written,
)
from .simulator import Account, Simulator

# Eleven in the morning in New York.
NOW = "2026-10-02 15:00:00+00:00"
pytestmark = pytest.mark.freeze_time(NOW)

ALEX, BEA = NEIGHBOR, "5550100222"


@pytest.fixture(autouse=True)
def quiet(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """See that nothing of all this is worth a warning or a traceback."""
    yield
    assert [
        record.getMessage()
        for record in caplog.get_records("call")
        if record.levelno > logging.INFO
        and (record.exc_info or DOMAIN in record.name)
        # The web server of the tests stumbles over a clock that stands still.
        and not record.name.startswith("aiohttp")
    ] == []


def answered(**content: Any) -> dict[str, Any]:
    """Return the reply to a function that was carried out."""
    return {"status": "success", **content}


def state_of(hass: HomeAssistant, platform: str, unique_id: str) -> State | None:
    """Return the state of an entity by what tells it apart."""
    entities = er.async_get(hass)
    entity_id = entities.async_get_entity_id(platform, DOMAIN, unique_id)
    return hass.states.get(entity_id) if entity_id else None


def value_of(hass: HomeAssistant, platform: str, unique_id: str) -> str | None:
    """Return what an entity shows, or None where there is none."""
    state = state_of(hass, platform, unique_id)
    return state.state if state else None


async def act(hass: HomeAssistant, action: str, **data: Any) -> Any:
    """Call an action and return its response."""
    return await hass.services.async_call(
        DOMAIN, action, data, blocking=True, return_response=True
    )


async def call_api(hass: HomeAssistant, method: str, **parameters: Any) -> Any:
    """Call a function that has no action of its own."""
    return await act(hass, "call_api", method=method, parameters=parameters)


# --- The account -------------------------------------------------------------------


async def test_balance(
    hass: HomeAssistant, account: Account, simulator: Simulator, entry: MockConfigEntry
) -> None:
    """Sums are texts with more digits than a price has, and a count is a number."""
    simulator.answers["getBalance"] = answered(
        balance={
            "current_balance": "21.40375",
            "spent_total": "812.55",
            "calls_total": "3100",
            "time_total": "140:02:59",
            "spent_today": "0.00000",
            "calls_today": 0,
            "time_today": "0:00:00",
        }
    )
    await set_up(hass, entry)
    for key, value in (("balance", 21.40375), ("spent_today", 0), ("calls_today", 0)):
        shown = value_of(hass, "sensor", f"{entry.entry_id}_{key}")
        assert float(str(shown)) == pytest.approx(value)


async def test_address_that_is_not_enabled(
    hass: HomeAssistant, account: Account, simulator: Simulator, entry: MockConfigEntry
) -> None:
    """A refusal comes with a sentence; the repair names the address."""
    refusal = {"status": "ip_not_enabled", "message": "Not from this address"}
    for method in ("getBalance", "getDIDsInfo"):
        simulator.answers[method] = refusal
    simulator.answers["getIP"] = answered(ip="198.51.100.23")
    await hass.config_entries.async_setup(entry.entry_id)
    assert entry.state is ConfigEntryState.SETUP_RETRY
    [issue] = [
        issue for issue in ir.async_get(hass).issues.values() if issue.domain == DOMAIN
    ]
    assert issue.translation_key == "ip_not_enabled"
    assert issue.translation_placeholders["address"] == "198.51.100.23"


SOAP = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<SOAP-ENV:Envelope><SOAP-ENV:Body>'
    "<SOAP-ENV:Fault><faultcode>SOAP-ENV:Client</faultcode><faultstring>No</faultstring>"
    "</SOAP-ENV:Fault></SOAP-ENV:Body></SOAP-ENV:Envelope>"
)
NO_JSON = ["error code: 522", SOAP, "", "<html><body>Just a moment</body></html>", "[]"]


@pytest.mark.parametrize("text", NO_JSON, ids=range(len(NO_JSON)))
async def test_what_is_no_reply(
    hass: HomeAssistant,
    account: Account,
    simulator: Simulator,
    entry: MockConfigEntry,
    text: str,
) -> None:
    """What stands between says something of its own; the set-up is tried again."""
    simulator.answers["getDIDsInfo"] = text
    await hass.config_entries.async_setup(entry.entry_id)
    assert entry.state is ConfigEntryState.SETUP_RETRY
    assert entry.error_reason_translation_key == "cannot_connect"
    simulator.answers.clear()
    assert await hass.config_entries.async_reload(entry.entry_id)


@pytest.mark.parametrize("text", NO_JSON, ids=range(len(NO_JSON)))
async def test_sign_in_at_what_is_no_reply(
    hass: HomeAssistant, account: Account, simulator: Simulator, text: str
) -> None:
    """The dialog says that VoIP.ms was not reached, and stays."""
    simulator.answers["getBalance"] = text
    form = await hass.config_entries.flow.async_init(
        DOMAIN, context={"source": SOURCE_USER}
    )
    filled = {
        CONF_USERNAME: EMAIL,
        CONF_PASSWORD: PASSWORD,
        CONF_ADVANCED: {CONF_URL: simulator.url},
    }
    form = await hass.config_entries.flow.async_configure(form["flow_id"], filled)
    assert form["errors"] == {"base": "cannot_connect"}
    simulator.answers.clear()
    result = await hass.config_entries.flow.async_configure(form["flow_id"], filled)
    assert result["type"] == "create_entry"
    await hass.async_block_till_done(wait_background_tasks=True)


async def test_transactions(
    hass: HomeAssistant, loaded: MockConfigEntry, simulator: Simulator
) -> None:
    """A response is what the service says, misspelled names and ranges of days too."""
    row = {
        "date": "2026-09-01 to 2026-09-30",
        "uniqueid": "n/a",
        "type": "Monthly",
        "description": "DID",
        "ammount": "-1.35",
    }
    simulator.answers["getTransactionHistory"] = answered(transactions=[row])
    response = await call_api(
        hass, "getTransactionHistory", date_from="2026-09-01", date_to="2026-09-30"
    )
    assert response == {"transactions": [row]}


# --- Numbers -----------------------------------------------------------------------


def number(did: object, **changed: Any) -> dict[str, Any]:
    """Return a number as it is listed, with the fields that all accounts have."""
    return {
        "did": did,
        "description": "Reception",
        "routing": "account:100001_VoIP",
        "failover_busy": "none:",
        "failover_unreachable": "none:",
        "failover_noanswer": "none:",
        "voicemail": "0",
        "pop": "54",
        "dialtime": "45",
        "cnam": "1",
        "e911": "0",
        "callerid_prefix": "",
        "note": "",
        "billing_type": "1",
        "next_billing": "2026-10-11",
        "order_date": "2021-02-03 14:15:16",
        "reseller_account": "0",
        "reseller_next_billing": "0000-00-00",
        "reseller_monthly": "0.00000000",
        "reseller_minute": "0.00000000",
        "reseller_setup": "0.00000000",
        "sms_enabled": "1",
        "sms_email": "someone@example.com",
        "sms_email_enabled": "1",
        "sms_forward": "",
        "sms_forward_enabled": "0",
        "sms_url_callback": "",
        "sms_url_callback_enabled": "1",
        "sms_url_callback_retry": "1",
    } | changed


async def set_up_with(
    hass: HomeAssistant,
    simulator: Simulator,
    entry: MockConfigEntry,
    method: str,
    **content: Any,
) -> None:
    """Set the account up with a reply laid down."""
    simulator.answers[method] = answered(**content)
    await set_up(hass, entry)
    assert entry.state is ConfigEntryState.LOADED


def has_messages(hass: HomeAssistant, did: str) -> bool:
    """Return True if a number has the entities of messages."""
    found = {
        state_of(hass, platform, f"{did}_{key}") is not None
        for platform, key in (("event", "sms"), ("sensor", "latest_sms"))
    }
    [answer] = found
    return answer


@pytest.mark.parametrize("enabled", ["0", "1", 1])
async def test_number_that_does_not_say_whether_it_has_messages(
    hass: HomeAssistant,
    account: Account,
    simulator: Simulator,
    entry: MockConfigEntry,
    enabled: object,
) -> None:
    """Then it has them if they are switched on."""
    dids = [number(OFFICE, sms_enabled=enabled)]
    await set_up_with(hass, simulator, entry, "getDIDsInfo", dids=dids)
    assert has_messages(hass, OFFICE) is (enabled != "0")
    assert value_of(hass, "select", f"{OFFICE}_routing") == (
        "Sub-account 100001_VoIP (Kitchen phone)"
    )


async def test_number_with_everything(
    hass: HomeAssistant, account: Account, simulator: Simulator, entry: MockConfigEntry
) -> None:
    """Flags are texts here and numbers there; what is secret is nowhere to be seen."""
    row = number(
        OFFICE,
        e911="1",
        voicemail="1001",
        webhook="https://example.org/theirs",
        webhook_enabled="1",
        dialmode="1",
        inbound_dialing_mode="10 digits",
        sms_available=1,
        mms_available="1",
        port_out_pin="9753",
        record_calls="0",
        smpp_enabled="0",
        smpp_url="",
        smpp_user="",
        smpp_pass="smpp-secret",
        sms_sipaccount="",
        sms_sipaccount_enabled="0",
        transcribe="0",
        transcription_locale="en-US",
        transcription_email="",
        transcription_sentiment="0",
        voicemail_threshold="0",
    )
    await set_up_with(hass, simulator, entry, "getDIDsInfo", dids=[row])
    assert has_messages(hass, OFFICE)
    assert value_of(hass, "number", f"{OFFICE}_dialtime") == "45"
    assert value_of(hass, "binary_sensor", f"{OFFICE}_e911") == "on"
    assert value_of(hass, "sensor", f"{OFFICE}_next_billing") == "2026-10-11"
    states = str([state.as_dict() for state in hass.states.async_all()])
    assert "9753" not in states
    assert "smpp-secret" not in states


async def test_numbers_of_json(
    hass: HomeAssistant, account: Account, simulator: Simulator, entry: MockConfigEntry
) -> None:
    """A number may be written as one; what is left out is not known."""
    dids = [
        {
            "did": int(OFFICE),
            "description": "Main",
            "sms_available": 1,
            "sms_enabled": "0",
        },
        {"did": HOME, "description": "", "sms_available": "0", "sms_enabled": "1"},
    ]
    await set_up_with(hass, simulator, entry, "getDIDsInfo", dids=dids)
    assert has_messages(hass, OFFICE)
    assert not has_messages(hass, HOME)
    assert value_of(hass, "number", f"{OFFICE}_dialtime") == "unknown"
    names = {device.name for device in dr.async_get(hass).devices}
    assert {"(555) 123-0000 Main", "(555) 123-0001"} <= names


@pytest.mark.parametrize(
    "servers",
    [
        [
            {
                "server_name": "New York 7",
                "server_shortname": "New York",
                "server_hostname": "newyork7.voip.ms",
                "server_ip": "198.51.100.66",
                "server_country": "USA",
                "server_pop": "73",
                "server_recommended": 1,
            }
        ],
        [{"server_name": "New York 7", "server_pop": "73"}],
    ],
    ids=["full", "minimal"],
)
@pytest.mark.usefixtures("entity_registry_enabled_by_default")
async def test_servers(
    hass: HomeAssistant,
    account: Account,
    simulator: Simulator,
    entry: MockConfigEntry,
    servers: list[dict[str, Any]],
) -> None:
    """A server needs no more than a name and a number."""
    account.dids[OFFICE]["pop"] = "73"
    await set_up_with(hass, simulator, entry, "getServersInfo", servers=servers)
    assert value_of(hass, "select", f"{OFFICE}_pop") == "New York 7"


# --- What calls are routed to ------------------------------------------------------


@pytest.mark.parametrize(
    ("method", "status"),
    [
        ("getForwardings", "no_forwarding"),
        ("getPhonebook", "no_phonebook"),
        ("getSubAccounts", "no_account"),
        ("getSubAccounts", "no_subaccount"),
        ("getVoicemails", "no_mailbox"),
        ("getCDR", "no_cdr"),
        ("getSMS", "no_sms"),
        ("getMMS", "no_mms"),
        ("getDIDsInfo", "no_did"),
    ],
)
async def test_nothing_there(
    hass: HomeAssistant,
    account: Account,
    simulator: Simulator,
    entry: MockConfigEntry,
    method: str,
    status: str,
) -> None:
    """That a list is empty is no error, even if a sentence says so."""
    simulator.answers[method] = {"status": status, "message": "There are none"}
    await set_up(hass, entry)
    assert entry.state is ConfigEntryState.LOADED
    shown = {state.state for state in hass.states.async_all()}
    assert "unavailable" not in shown
    options = state_of(hass, "select", f"{OFFICE}_routing")
    if method == "getForwardings":
        assert not [each for each in options.attributes["options"] if "orward" in each]
    response = await call_api(hass, method)
    assert [value for value in response.values() if value] == []


def sub_account(id: str, account: str, **changed: Any) -> dict[str, Any]:
    """Return a sub-account as it is listed."""
    return {
        "id": id,
        "account": account,
        "username": account.partition("_")[2],
        "description": "",
        "protocol": "1",
        "auth_type": "1",
        "password": "sip-secret",
        "ip": "",
        "device_type": "2",
        "callerid_number": "",
        "allowed_codecs": "ulaw;g729",
        "nat": "yes",
        "reseller_nextbilling": "0000-00-00",
    } | changed


async def test_sub_account_that_is_listed_twice(
    hass: HomeAssistant, account: Account, simulator: Simulator, entry: MockConfigEntry
) -> None:
    """Two rows of one name are one phone."""
    accounts = [
        sub_account("7001", "100001_x"),
        sub_account("7002", "100001_x"),
        sub_account("7003", "100001_y"),
    ]
    simulator.answers["getRegistrationStatus"] = answered(registered="no")
    await set_up_with(hass, simulator, entry, "getSubAccounts", accounts=accounts)
    names = [
        device.name
        for device in dr.async_get(hass).devices
        if device.model == "Sub-account"
    ]
    assert sorted(names) == ["100001_x", "100001_y"]
    options = state_of(hass, "select", f"{OFFICE}_routing").attributes["options"]
    assert len([each for each in options if "100001_x" in each]) == 1


async def test_mailbox(
    hass: HomeAssistant, account: Account, simulator: Simulator, entry: MockConfigEntry
) -> None:
    """A mailbox is what it holds; its PIN is nowhere to be seen."""
    row = {
        "mailbox": "1001",
        "name": "Reception",
        "password": "8642",
        "skip_password": "1",
        "email": "a@example.com",
        "attach_message": "yes",
        "delete_message": "no",
        "say_time": "yes",
        "timezone": "America/New_York",
        "say_callerid": "yes",
        "play_instructions": "u",
        "language": "en",
        "new": "0",
        "urgent": "0",
        "email_attachment_format": "wav49",
        "unavailable_message_recording": "",
    }
    await set_up_with(hass, simulator, entry, "getVoicemails", voicemails=[row])
    assert value_of(hass, "sensor", f"{entry.entry_id}_mailbox_1001_new") == "0"
    states = str([state.as_dict() for state in hass.states.async_all()])
    assert "8642" not in states


@pytest.mark.parametrize("registered", [True, False])
async def test_registration(
    hass: HomeAssistant,
    account: Account,
    simulator: Simulator,
    entry: MockConfigEntry,
    registered: bool,
) -> None:
    """A phone that is not signed in has no list of places."""
    place = {
        "server_name": "New York 7",
        "server_shortname": "newyork7",
        "server_hostname": "newyork7.voip.ms",
        "server_ip": "198.51.100.66",
        "server_country": "US",
        "server_pop": "73",
        "register_ip": "203.0.113.40",
        "register_port": "5060",
        "register_next": "2026-10-02 11:02:00",
    }
    answer = answered(registered="yes" if registered else "no")
    if registered:
        answer["registrations"] = [place]
    simulator.answers["getRegistrationStatus"] = answer
    await set_up(hass, entry)
    phone = state_of(hass, "binary_sensor", "100001_VoIP_registration")
    assert phone.state == ("on" if registered else "off")
    if registered:
        assert phone.attributes["server"] == "New York 7"
        assert phone.attributes["address"] == "203.0.113.40"


# --- Calls -------------------------------------------------------------------------


def cdr(uniqueid: str, **changed: Any) -> dict[str, Any]:
    """Return a call as it is listed: half of it in numbers."""
    return {
        "date": "2026-10-02 10:06:37",
        "callerid": f'"Alex" <{ALEX}>',
        "destination": OFFICE,
        "description": "Inbound DID",
        "account": "100001_VoIP",
        "disposition": "ANSWERED",
        "duration": "00:00:22",
        "seconds": 22,
        "rate": "0.00900000",
        "total": 0.0033,
        "uniqueid": uniqueid,
    } | changed


IN, OUT = {"destination_type": "IN:TOLL"}, {"destination_type": "OUT:USA"}
CALLS = {
    "inbound": ([cdr("77001", **IN)], ["inbound"]),
    "inbound without a type": ([cdr("77001")], ["inbound"]),
    "outbound": (
        [
            cdr(
                "129x41i8c",
                **OUT,
                description="Outbound",
                ip="203.0.113.9",
                useragent="A phone",
                call_logs="",
            )
        ],
        ["outbound"],
    ),
    "two rows of one call": (
        [
            cdr("1001", **IN, callerid=f'"+1{ALEX}" <+1{ALEX}>'),
            cdr("1002", **IN, callerid=ALEX),
        ],
        ["inbound"],
    ),
    "two calls of one second": (
        [cdr("1001", **IN), cdr("1002", **IN, callerid=BEA)],
        ["inbound", "inbound"],
    ),
}


@pytest.mark.parametrize(("listed", "events"), CALLS.values(), ids=CALLS)
async def test_calls(
    hass: HomeAssistant,
    later: Later,
    account: Account,
    simulator: Simulator,
    entry: MockConfigEntry,
    listed: list[dict[str, Any]],
    events: list[str],
) -> None:
    """A call is one event, of its direction, with what is known of it."""
    simulator.answers["getCDR"] = {"status": "no_cdr"}
    await set_up(hass, entry)
    states = written(hass)
    simulator.answers["getCDR"] = answered(cdr=listed)
    for _ in range(3):
        await later(minutes=6)
    fired = [
        event.data["new_state"].attributes
        for event in states
        if event.data["entity_id"].startswith("event.")
        and event.data["new_state"].attributes.get("disposition")
    ]
    assert [each["event_type"] for each in fired] == events
    assert fired[0]["duration"] == 22
    assert fired[0]["disposition"] == "answered"
    latest = value_of(hass, "sensor", f"{entry.entry_id}_latest_call")
    assert latest == "2026-10-02T14:06:37+00:00"


# --- Messages ----------------------------------------------------------------------


def sms(id: object, message: str, **changed: Any) -> dict[str, Any]:
    """Return a message as getSMS lists it."""
    return {
        "id": id,
        "date": "2026-10-02 11:00:30",
        "type": "1",
        "did": OFFICE,
        "contact": ALEX,
        "message": message,
    } | changed


type Said = list[tuple[str, str, str]]

MESSAGES: dict[str, tuple[list[dict[str, Any]], Said]] = {
    "short code": (
        [sms("1", "Your code is 4711", contact="29283", carrier_status="")],
        [("received", "29283", "Your code is 4711")],
    ),
    "sent": (
        [sms("2", "ok", type="0", carrier_status="Message delivered to handset.")],
        [("sent", ALEX, "ok")],
    ),
    "empty media": (
        [sms("3", "yo", carrier_status="received", media=[])],
        [("received", ALEX, "yo")],
    ),
    "backslashes": (
        [sms("4", r"l\'accès \"ici\"")],
        [("received", ALEX, 'l\'accès "ici"')],
    ),
    "plus signs": ([sms("5", "hello+there")], [("received", ALEX, "hello+there")]),
    "same text, same second": (
        [sms("6", "hi"), sms("7", "hi")],
        [("received", ALEX, "hi"), ("received", ALEX, "hi")],
    ),
    "with a country code": (
        [sms("8", "hi", did=f"+1{OFFICE}", contact=f"+1{ALEX}")],
        [("received", ALEX, "hi")],
    ),
    "in numbers": (
        [sms(9, "hi", type=1, did=int(OFFICE), contact=int(ALEX))],
        [("received", ALEX, "hi")],
    ),
}


def said(states: list[Any]) -> Said:
    """Return the messages among written states: direction, contact and text."""
    return [
        (shown["event_type"], shown["contact"], shown["message"])
        for event in states
        if event.data["entity_id"].startswith("event.")
        and "contact" in (shown := event.data["new_state"].attributes)
    ]


@pytest.mark.parametrize(("listed", "expected"), MESSAGES.values(), ids=MESSAGES)
async def test_messages(
    hass: HomeAssistant,
    later: Later,
    account: Account,
    simulator: Simulator,
    entry: MockConfigEntry,
    listed: list[dict[str, Any]],
    expected: Said,
) -> None:
    """A message is one event, in the words that were written."""
    simulator.answers["getSMS"] = {"status": "no_sms", "message": "There are none"}
    simulator.answers["getMMS"] = {"status": "no_mms"}
    await set_up(hass, entry)
    states = written(hass)
    simulator.answers["getSMS"] = answered(sms=listed)
    for _ in range(3):
        await later(minutes=1)
    assert said(states) == expected
    assert value_of(hass, "sensor", f"{OFFICE}_latest_sms") == expected[-1][2]


BASE = "https://voip.ms/media"
PICTURES: dict[str, tuple[dict[str, Any], list[str]]] = {
    "columns": (
        {"col_media1": f"{BASE}/a/1.jpg", "col_media2": "", "col_media3": ""},
        [f"{BASE}/a/1.jpg"],
    ),
    "column and list": (
        {"col_media1": f"{BASE}/a/1.jpg", "media": [f"{BASE}/a/1.jpg"]},
        [f"{BASE}/a/1.jpg"],
    ),
    "five columns": (
        {f"col_media{index}": f"{BASE}/a/{index}.jpg" for index in range(1, 6)},
        [f"{BASE}/a/{index}.jpg" for index in range(1, 6)],
    ),
    "list with blanks": ({"media": [f"{BASE}/a/1.jpeg", "", ""]}, [f"{BASE}/a/1.jpeg"]),
    "relative path": ({"media": ["media/a/1.jpg"]}, [f"{BASE}/a/1.jpg"]),
    "relative and absolute": (
        {"col_media1": "media/a/1.jpg", "media": [f"{BASE}/a/1.jpg"]},
        [f"{BASE}/a/1.jpg"],
    ),
}


@pytest.mark.parametrize("function", ["getSMS", "getMMS"])
@pytest.mark.parametrize(("fields", "media"), PICTURES.values(), ids=PICTURES)
async def test_pictures(
    hass: HomeAssistant,
    later: Later,
    account: Account,
    simulator: Simulator,
    entry: MockConfigEntry,
    function: str,
    fields: dict[str, Any],
    media: list[str],
) -> None:
    """A picture message has all its pictures, each once, whichever function lists it."""
    simulator.answers["getSMS"] = {"status": "no_sms"}
    simulator.answers["getMMS"] = {"status": "no_mms"}
    await set_up(hass, entry)
    states = written(hass)
    simulator.answers[function] = answered(sms=[sms("10", "look", **fields)])
    for _ in range(20):
        await later(minutes=1)
    assert said(states) == [("received", ALEX, "look")]
    latest = state_of(hass, "sensor", f"{OFFICE}_latest_sms")
    assert latest.attributes["media"] == media


@pytest.mark.parametrize("empty", [None, ""])
@pytest.mark.parametrize(
    "found", [{"1": f"{BASE}/k/1.jpeg"}, [f"{BASE}/k/1.jpeg"]], ids=["map", "list"]
)
async def test_pictures_that_come_later(
    hass: HomeAssistant,
    later: Later,
    account: Account,
    simulator: Simulator,
    entry: MockConfigEntry,
    empty: str | None,
    found: Any,
) -> None:
    """A row without media is looked up, whether its pictures are numbered or listed."""
    simulator.answers["getSMS"] = {"status": "no_sms"}
    await set_up(hass, entry)
    states = written(hass)
    row = sms("11", "look", col_media1=empty, media=empty)
    simulator.answers["getSMS"] = simulator.answers["getMMS"] = answered(sms=[row])
    simulator.answers["getMediaMMS"] = answered(media=found)
    for _ in range(5):
        await later(minutes=1)
    assert {text for _, _, text in said(states)} == {"look"}
    latest = state_of(hass, "sensor", f"{OFFICE}_latest_sms")
    assert latest.attributes["media"] == [f"{BASE}/k/1.jpeg"]


@pytest.mark.parametrize("kind", ["SMS", "MMS"])
async def test_webhook_of_the_portal(
    hass: HomeAssistant,
    hass_client_no_auth: ClientSessionGenerator,
    later: Later,
    account: Account,
    simulator: Simulator,
    entry: MockConfigEntry,
    kind: str,
) -> None:
    """A call of the portal has the message looked up, once; its own words are not used."""
    assert await async_setup_component(hass, "webhook", {})
    await set_up(hass, entry)
    states = written(hass)
    arrived = account.receive(OFFICE, ALEX, "yo")
    body = {
        "data": {
            "id": 123,
            "event_type": "message.received",
            "record_type": "event",
            "payload": {
                "id": int(arrived["id"]),
                "record_type": "message",
                "from": {"phone_number": ALEX},
                "to": [{"phone_number": OFFICE, "status": "webhook_delivered"}],
                "text": "words of the call",
                "received_at": "2026-10-02T15:00:30.000+00:00",
                "type": kind,
                "media": [{"url": f"{BASE}/a/1.jpg"}] if kind == "MMS" else [],
            },
        }
    }
    client = await hass_client_no_auth()
    for _ in range(2):
        response = await client.post(f"/api/webhook/{WEBHOOK_ID}", json=body)
        assert (response.status, await response.text()) == (200, "ok")
        await later(seconds=5)
    assert said(states) == [("received", ALEX, "yo")]


# --- Actions -----------------------------------------------------------------------


READERS: dict[str, tuple[str, dict[str, Any]]] = {
    "getCallAccounts": (
        "",
        {
            "call_accounts": [
                {"value": "all", "description": "All"},
                {"value": "100001", "description": "100001"},
            ]
        },
    ),
    "getCallerIDFiltering": (
        "get_caller_id_filtering",
        {
            "filtering": [
                {
                    "filtering": "20915",
                    "callerid": "900XXXXXXX",
                    "did": "all",
                    "routing": "sys:hangup",
                    "failover_unreachable": "",
                    "failover_busy": "",
                    "failover_noanswer": "",
                    "note": "",
                }
            ]
        },
    ),
    "getConference": (
        "",
        {
            "conference": [
                {
                    "conference": "100",
                    "name": "weekly",
                    "description": "",
                    "members": "",
                    "max_members": "Unlimited",
                    "sound_join": "",
                    "language": "en",
                }
            ]
        },
    ),
    "getPhonebook": (
        "get_phonebook",
        {
            "phonebooks": [
                {
                    "phonebook": "3107",
                    "speed_dial": "*7501",
                    "name": "Alex",
                    "number": ALEX,
                    "callerid": "",
                    "note": "",
                    "group": "2",
                    "group_name": "n",
                },
                {"phonebook": 3108, "speed_dial": "", "name": "Bea", "number": BEA},
            ]
        },
    ),
}


@pytest.mark.parametrize("method", READERS)
async def test_readers(
    hass: HomeAssistant,
    account: Account,
    simulator: Simulator,
    entry: MockConfigEntry,
    method: str,
) -> None:
    """What a list holds is what the response says, before and after the set-up."""
    action, content = READERS[method]
    await set_up_with(hass, simulator, entry, method, **content)
    assert await call_api(hass, method) == content
    if action:
        assert await act(hass, action) == content


@pytest.mark.parametrize("id", [112275629, "112275629"], ids=["number", "text"])
@pytest.mark.parametrize(("action", "key"), [("send_sms", "sms"), ("send_mms", "mms")])
async def test_sent(
    hass: HomeAssistant,
    loaded: MockConfigEntry,
    simulator: Simulator,
    action: str,
    key: str,
    id: object,
) -> None:
    """The id of what was sent may be a number."""
    method = "sendSMS" if key == "sms" else "sendMMS"
    simulator.answers[method] = answered(**{key: id})
    response = await act(hass, action, did=OFFICE, dst=ALEX, message="hello")
    assert str(id) in str(response)
    assert len(simulator.calls_of(method)) == 1


async def test_too_soon(
    hass: HomeAssistant, loaded: MockConfigEntry, simulator: Simulator
) -> None:
    """What VoIP.ms refuses because of its pace is said, and nothing else happens."""
    simulator.answers["setSMS"] = {"status": "sms_wait_message"}
    with pytest.raises(HomeAssistantError) as error:
        await act(hass, "set_sms", did=OFFICE, enable=True)
    assert error.value.translation_key == "status_sms_wait_message"


async def test_sub_account_that_was_made(
    hass: HomeAssistant, loaded: MockConfigEntry, simulator: Simulator
) -> None:
    """The response says what was made."""
    made = {"id": "7004", "account": "100001_z"}
    simulator.answers["createSubAccount"] = answered(**made)
    response = await call_api(hass, "createSubAccount", username="z", password="Ab1Ab1")
    assert response == made


async def test_deleted(
    hass: HomeAssistant, loaded: MockConfigEntry, simulator: Simulator
) -> None:
    """An empty body is how the service says that something is gone."""
    simulator.answers["delConference"] = ""
    assert await act(hass, "delete_conference", conference="100") == {}
