"""The actions: what they send, what they return, and what they refuse."""

from typing import Any

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry, MockUser
import voluptuous as vol

from custom_components.voipms.const import DOMAIN
from homeassistant.config_entries import SOURCE_REAUTH
from homeassistant.core import Context, HomeAssistant
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError
from homeassistant.setup import async_setup_component

from ..conftest import (
    CABIN,
    HOME,
    NEIGHBOR,
    OFFICE,
    Heard,
    device_of,
    make_entry,
    set_up,
)
from ..simulator import Account, Simulator

LATEST = "sensor.555_123_0000_office_latest_message"
TEXT = {"did": OFFICE, "dst": NEIGHBOR, "message": "The laundry is done."}

# Noon in New York, so that nobody meets midnight by accident.
pytestmark = pytest.mark.freeze_time("2026-11-20 17:00:00+00:00")


async def call(
    hass: HomeAssistant,
    action: str,
    /,
    context: Context | None = None,
    returns: bool = True,
    **data: Any,
) -> Any:
    """Call an action and return its response."""
    return await hass.services.async_call(
        DOMAIN, action, data, blocking=True, context=context, return_response=returns
    )


# --- Sending -----------------------------------------------------------------------


async def test_send_sms(
    hass: HomeAssistant,
    loaded: MockConfigEntry,
    account: Account,
    simulator: Simulator,
    heard: Heard,
) -> None:
    """A text is sent once, as written, and shows at once."""
    response = await call(hass, "send_sms", **TEXT)
    [sent] = simulator.calls_of("sendSMS")
    assert sent.params == TEXT
    assert response == {"sms": account.sent[-1].id}
    assert heard() == [("sent", "The laundry is done.")]
    assert hass.states.get(LATEST).state == "The laundry is done."
    assert hass.states.get(LATEST).attributes["direction"] == "sent"


@pytest.mark.parametrize(
    "text",
    [
        "x" * 160,
        "\N{GRINNING FACE}" * 35,
        "two\nlines",
        '{{ not a template }} & <b>"quotes"</b> 100 %',
        "ñandú",
        "0",
    ],
)
async def test_text_arrives_as_written(
    hass: HomeAssistant, loaded: MockConfigEntry, account: Account, text: str
) -> None:
    """Whatever is in a text that fits an SMS, it arrives unchanged."""
    await call(hass, "send_sms", **TEXT | {"message": text}, returns=False)
    assert (account.sent[-1].kind, account.sent[-1].message) == ("sms", text)


@pytest.mark.parametrize(
    "dst", ["(555) 010-0111", "+1 555 010 0111", 5550100111, "1-555-010-0111"]
)
async def test_recipient_in_any_spelling(
    hass: HomeAssistant, loaded: MockConfigEntry, account: Account, dst: object
) -> None:
    """The recipient may be written as people write numbers."""
    await call(hass, "send_sms", **TEXT | {"dst": dst})
    assert account.sent[-1].contact == NEIGHBOR


async def test_send_from_a_device(
    hass: HomeAssistant, loaded: MockConfigEntry, account: Account
) -> None:
    """The number to send from may be given by its device."""
    device_id = device_of(hass, HOME).id
    await call(hass, "send_sms", device_id=device_id, dst=NEIGHBOR, message="Hi")
    assert account.sent[-1].did == HOME


async def test_message_between_two_own_numbers(
    hass: HomeAssistant, loaded: MockConfigEntry, heard: Heard
) -> None:
    """A text from one own number to another is one event for each."""
    await call(hass, "send_sms", did=OFFICE, dst=HOME, message="Test")
    assert sorted(heard()) == [("received", "Test"), ("sent", "Test")]


@pytest.mark.parametrize(
    ("fault", "says"),
    [
        ("status:limit_reached", "limit_reached"),
        ("status:sms_failed", "sms_failed"),
        ("status:never_heard_of", "never_heard_of"),
        ("status:api_limit_exceeded", "Wait a minute"),
        ("status:ip_not_enabled", "public IP"),
    ],
)
async def test_sending_is_refused(
    hass: HomeAssistant,
    loaded: MockConfigEntry,
    simulator: Simulator,
    fault: str,
    says: str,
) -> None:
    """What VoIP.ms says against it is in the error; it is not tried again."""
    simulator.faults.add(fault, method="sendSMS")
    with pytest.raises(HomeAssistantError, match=says) as error:
        await call(hass, "send_sms", **TEXT)
    assert error.value.translation_domain == DOMAIN
    assert len(simulator.calls_of("sendSMS")) == 1


@pytest.mark.parametrize(
    ("fault", "arrived"), [("lost_reply", 1), ("truncated", 1), ("reset", 0)]
)
async def test_outcome_of_sending_is_unknown(
    hass: HomeAssistant,
    loaded: MockConfigEntry,
    account: Account,
    simulator: Simulator,
    heard: Heard,
    fault: str,
    arrived: int,
) -> None:
    """A text without an answer is not sent again; what became of it is looked up."""
    before = len(account.sent)
    simulator.faults.add(fault, method="sendSMS")
    with pytest.raises(HomeAssistantError) as error:
        await call(hass, "send_sms", **TEXT)
    assert error.value.translation_key == "outcome_unknown"
    assert "voipms.get_sms" in str(error.value)
    assert len(simulator.calls_of("sendSMS")) == 1
    assert len(account.sent) - before == len(heard()) == arrived


# --- Reading -----------------------------------------------------------------------


async def test_get_sms(
    hass: HomeAssistant, loaded: MockConfigEntry, simulator: Simulator
) -> None:
    """Messages are listed as VoIP.ms writes them, without the status."""
    fields = {"did": OFFICE, "from": "2026-11-17", "to": "2026-11-20", "type": "1"}
    response = await call(hass, "get_sms", **fields)
    assert list(response) == ["sms"]
    assert [row["message"] for row in response["sms"]] == [
        "Any time after six.",
        "A parcel for you is at our place.",
        "Your appointment is on Friday at 9:30.",
    ]


async def test_get_sms_without_any(
    hass: HomeAssistant, loaded: MockConfigEntry
) -> None:
    """No messages is an empty list, not an error."""
    response = await call(hass, "get_sms", did=CABIN, **{"from": "2026-11-20"})
    assert response == {"sms": []}


@pytest.mark.parametrize("simulator_options", [{}, {"bare_single": True}])
async def test_get_dids_info(
    hass: HomeAssistant, loaded: MockConfigEntry, account: Account
) -> None:
    """Numbers come as a list, even if it is only one."""
    response = await call(hass, "get_dids_info")
    assert [row["did"] for row in response["dids"]] == [OFFICE, HOME, CABIN]
    response = await call(hass, "get_dids_info", did="(555) 123-0000")
    assert [row["did"] for row in response["dids"]] == [OFFICE]


async def test_response_in_a_script(
    hass: HomeAssistant, loaded: MockConfigEntry, account: Account
) -> None:
    """A script can use what an action returned."""
    sequence = [
        {
            "action": "voipms.get_dids_info",
            "data": {},
            "response_variable": "numbers",
        },
        {
            "action": "voipms.send_sms",
            "data": TEXT | {"message": "{{ numbers.dids[0].description }}"},
            "response_variable": "sent",
        },
        {"stop": "done", "response_variable": "sent"},
    ]
    config = {"script": {"ask": {"sequence": sequence}}}
    assert await async_setup_component(hass, "script", config)
    response = await hass.services.async_call(
        "script", "ask", blocking=True, return_response=True
    )
    assert response == {"sms": account.sent[-1].id}
    assert account.sent[-1].message == "OFFICE"


async def test_reading_always_returns(
    hass: HomeAssistant, loaded: MockConfigEntry
) -> None:
    """An action that only reads is pointless without its response, and says so."""
    with pytest.raises(ServiceValidationError):
        await call(hass, "get_sms", returns=False)


# --- Deleting ----------------------------------------------------------------------


async def test_delete_sms(
    hass: HomeAssistant,
    loaded: MockConfigEntry,
    account: Account,
    heard: Heard,
    hass_admin_user: MockUser,
) -> None:
    """A deleted text is gone, and the one before it shows."""
    message = account.messages[-1]
    assert hass.states.get(LATEST).state == message.message
    context = Context(user_id=hass_admin_user.id)
    response = await call(hass, "delete_sms", context, id=message.id)
    assert response == {}
    assert message not in account.messages
    assert hass.states.get(LATEST).state == "Great, I will pick it up tonight."
    assert heard() == []


async def test_deleting_without_a_user(
    hass: HomeAssistant, loaded: MockConfigEntry, account: Account
) -> None:
    """An automation may delete."""
    message = account.messages[-1]
    await call(hass, "delete_sms", id=message.id, returns=False)
    assert message not in account.messages


async def test_empty_answer_to_a_delete(
    hass: HomeAssistant, loaded: MockConfigEntry, simulator: Simulator, account: Account
) -> None:
    """VoIP.ms has been seen to delete without a word, which is a success."""
    simulator.faults.add("empty_body", method="deleteSMS")
    assert await call(hass, "delete_sms", id=account.messages[-1].id) == {}


# --- What cannot be right ----------------------------------------------------------

PARCEL = {"did": OFFICE, "dst": NEIGHBOR}
WRONG: list[tuple[str, dict[str, Any], str, str]] = [
    ("send_sms", PARCEL, "missing_field", "message"),
    ("send_sms", PARCEL | {"message": ""}, "missing_field", "message"),
    ("send_sms", {"did": OFFICE, "message": "x"}, "no_recipient", "dst"),
    ("send_sms", {"dst": NEIGHBOR, "message": "x"}, "missing_field", "did"),
    ("send_sms", TEXT | {"dst": None}, "no_recipient", "dst"),
    ("send_sms", TEXT | {"colour": "red"}, "unknown_field", "colour"),
    ("send_sms", TEXT | {"dst": "call me"}, "invalid_phone_number", "dst"),
    ("send_sms", TEXT | {"dst": "555-010-XXXX"}, "invalid_phone_number", "XXXX"),
    ("send_sms", TEXT | {"did": "555-123-XXXX"}, "invalid_did", "did"),
    ("get_sms", {"contact": "555010XXXX"}, "invalid_phone_number", "contact"),
    (
        "set_phonebook",
        {"name": "Jane", "number": "(555) 010-XXXX"},
        "invalid_phone_number",
        "number",
    ),
    (
        "set_phonebook",
        {"name": "Jane", "number": NEIGHBOR, "callerid": "Jane <555-010-XXXX>"},
        "invalid_phone_number",
        "callerid",
    ),
    ("send_sms", TEXT | {"dst": "12"}, "invalid_phone_number", "dst"),
    ("send_sms", TEXT | {"message": "é" * 1025}, "message_too_long", "2050 bytes"),
    ("send_mms", TEXT | {"message": "é" * 1025}, "message_too_long", "2050 bytes"),
    ("send_sms", TEXT | {"did": "5559999999"}, "unknown_did", "did"),
    ("send_sms", TEXT | {"message": "x" * 2049}, "message_too_long", "2049 bytes"),
    ("send_sms", TEXT | {"message": ["x"]}, "invalid_text", "message"),
    ("send_sms", TEXT | {"did": CABIN}, "no_messages_here", "(555) 123-0002"),
    ("get_sms", {"from": "yesterday"}, "invalid_date", "from"),
    ("get_sms", {"from": "2026-02-30"}, "invalid_date", "from"),
    ("get_sms", {"to": "30/03/2026"}, "invalid_date", "to"),
    ("get_sms", {"type": "inbound"}, "invalid_choice", "type"),
    ("get_sms", {"limit": "many"}, "invalid_number", "limit"),
    ("get_sms", {"limit": 0}, "too_small", "limit"),
    ("get_sms", {"limit": 1.5}, "wrong_step", "limit"),
    ("get_sms", {"timezone": 14}, "out_of_range", "timezone"),
    ("get_sms", {"all_messages": "perhaps"}, "invalid_flag", "all_messages"),
    ("get_sms", {"all_messages": 2}, "invalid_flag", "all_messages"),
    ("get_sms", {"sms": "1;2"}, "invalid_id", "sms"),
    ("delete_sms", {}, "missing_field", "id"),
    ("delete_sms", {"id": True}, "invalid_id", "id"),
    ("delete_sms", {"id": "5", "device_id": "x"}, "device_not_wanted", "delete_sms"),
    ("set_sms", {"did": OFFICE, "enable": "maybe"}, "invalid_flag", "enable"),
    ("set_did_info", {"did": OFFICE, "dialtime": "long"}, "invalid_number", "dialtime"),
    ("set_did_info", {"did": OFFICE, "voicemail_threshold": 61}, "out_of_range", "60"),
    ("set_did_info", {"did": OFFICE, "voicemail_threshold": 7}, "wrong_step", "5"),
]


@pytest.mark.parametrize(("action", "data", "key", "says"), WRONG)
async def test_wrong_fields(
    hass: HomeAssistant,
    loaded: MockConfigEntry,
    simulator: Simulator,
    action: str,
    data: dict[str, Any],
    key: str,
    says: str,
) -> None:
    """A mistake is named with its field, before anything is sent."""
    simulator.clear_calls()
    with pytest.raises(ServiceValidationError) as error:
        await call(hass, action, **data)
    assert error.value.translation_key == key
    assert says in str(error.value)
    assert "{" not in str(error.value)
    assert simulator.calls == []


async def test_no_secret_is_quoted_back(
    hass: HomeAssistant, loaded: MockConfigEntry
) -> None:
    """A wrong password or PIN is refused without repeating it."""
    for data in (
        {"did": OFFICE, "port_out_pin": ["my secret"]},
        {"did": OFFICE, "port_out_pin": "my secret", "dialtime": "long"},
    ):
        with pytest.raises(ServiceValidationError) as error:
            await call(hass, "set_did_info", **data)
        assert "my secret" not in str(error.value)
        assert "my secret" not in str(error.value.translation_placeholders)


# --- Changing one thing of many ----------------------------------------------------


async def test_change_of_one_setting(
    hass: HomeAssistant, loaded: MockConfigEntry, account: Account
) -> None:
    """What is not given stays as it is, though VoIP.ms resets what is left out."""
    before = dict(account.dids[OFFICE])
    await call(hass, "set_did_info", did=OFFICE, note="Front desk")
    await call(hass, "set_sms", did=OFFICE, email_enabled=True)
    assert account.dids[OFFICE] == before | {
        "note": "Front desk",
        "sms_email_enabled": "1",
    }


@pytest.mark.parametrize("fault", ["bad_record", "wrong_types", "empty_list"])
async def test_what_cannot_be_read_is_not_written_back(
    hass: HomeAssistant,
    loaded: MockConfigEntry,
    account: Account,
    simulator: Simulator,
    fault: str,
) -> None:
    """A change keeps the other settings, or is not made at all."""
    before = dict(account.dids[OFFICE])
    simulator.faults.add(fault, method="getDIDsInfo", times=1)
    try:
        await call(hass, "set_did_info", did=OFFICE, note="Front desk")
    except HomeAssistantError:
        assert account.dids[OFFICE] == before
    else:
        assert account.dids[OFFICE] == before | {"note": "Front desk"}


# --- Any function, and which account -----------------------------------------------


async def test_call_api(
    hass: HomeAssistant, loaded: MockConfigEntry, simulator: Simulator
) -> None:
    """Any function of VoIP.ms can be called by its name."""
    response = await call(
        hass, "call_api", method="getBalance", parameters={"advanced": True}
    )
    assert response["balance"]["current_balance"]
    assert "status" not in response
    assert simulator.calls[-1].params == {"advanced": "1"}


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"method": "get Balance"},
        {"method": "getBalance", "parameters": {"api_password": "x"}},
        {"method": "getBalance", "parameters": {"method": "delSubAccount"}},
        {"method": "getBalance", "parameters": {"advanced": ["x"]}},
    ],
)
async def test_call_api_with_nonsense(
    hass: HomeAssistant,
    loaded: MockConfigEntry,
    simulator: Simulator,
    data: dict[str, Any],
) -> None:
    """Neither credentials nor another function can be slipped in."""
    simulator.clear_calls()
    with pytest.raises(vol.Invalid):
        await call(hass, "call_api", **data)
    assert simulator.calls == []


async def test_several_accounts(
    hass: HomeAssistant, loaded: MockConfigEntry, simulator: Simulator
) -> None:
    """With several accounts, an action that names no number needs to be told which."""
    other = simulator.add_account("other@example.com", "secret", number="300003")
    other.add_did("5559990000")
    await set_up(hass, make_entry(hass, simulator, other.email, "secret", "other"))

    with pytest.raises(ServiceValidationError):
        await call(hass, "get_dids_info")
    response = await call(hass, "get_dids_info", config_entry_id="other")
    assert [row["did"] for row in response["dids"]] == ["5559990000"]
    response = await call(hass, "get_dids_info", did=OFFICE)
    assert [row["did"] for row in response["dids"]] == [OFFICE]


async def test_unknown_account(hass: HomeAssistant, loaded: MockConfigEntry) -> None:
    """An account that does not exist is an error of its own."""
    with pytest.raises(ServiceValidationError):
        await call(hass, "get_dids_info", config_entry_id="no such entry")


async def test_password_refused_during_an_action(
    hass: HomeAssistant, loaded: MockConfigEntry, account: Account
) -> None:
    """When the password stops working, an action says what to do."""
    account.password = "changed"
    with pytest.raises(HomeAssistantError, match="Sign in again"):
        await call(hass, "send_sms", **TEXT)
    [flow] = hass.config_entries.flow.async_progress()
    assert flow["context"]["source"] == SOURCE_REAUTH
