"""Sending messages: to one or several, short or long, with pictures."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.voipms.api.errors import VoipmsRefusedError
from custom_components.voipms.api.phone import display
from custom_components.voipms.api.sms import size
from custom_components.voipms.const import DOMAIN
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError
from homeassistant.helpers import device_registry as dr

from ..conftest import (
    CABIN,
    HOME,
    NEIGHBOR,
    OFFICE,
    Heard,
    Later,
    device_of,
    make_entry,
    set_up,
)
from ..simulator import Account, Message, Simulator, seed

PEOPLE = {"Ann": NEIGHBOR, "Bob": seed.FRIEND, "Eve": seed.DENTIST}

type Send = Callable[..., Awaitable[list[Message]]]


@pytest.fixture
async def send(hass: HomeAssistant, loaded: MockConfigEntry, account: Account) -> Send:
    """Return what sends, and returns what VoIP.ms has sent then."""

    async def call(action: str = "send_sms", **data: Any) -> list[Message]:
        known = len(account.sent)
        wanted = {"did": OFFICE, "message": "hello", **data}
        await hass.services.async_call(
            DOMAIN,
            action,
            {name: value for name, value in wanted.items() if value is not None},
            blocking=True,
        )
        return sorted(account.sent[known:], key=lambda message: message.order)

    return call


def add_people(hass: HomeAssistant, entry: MockConfigEntry, did: str = HOME) -> None:
    """Give an account contacts."""
    from types import MappingProxyType

    from homeassistant.config_entries import ConfigSubentry

    for name, number in PEOPLE.items():
        hass.config_entries.async_add_subentry(
            entry,
            ConfigSubentry(
                data=MappingProxyType({"name": name, "number": number, "did": did}),
                subentry_type="contact",
                title=name,
                unique_id=number,
            ),
        )


def device_named(hass: HomeAssistant, name: str, entry: MockConfigEntry) -> str:
    """Return the device of a contact."""
    [found] = [
        device.id
        for device in dr.async_entries_for_config_entry(
            dr.async_get(hass), entry.entry_id
        )
        if device.name == name
    ]
    return found


def key(error: pytest.ExceptionInfo[HomeAssistantError]) -> str | None:
    """Return which sentence an error shows; the sentence itself must be there."""
    assert error.value.translation_domain == DOMAIN
    assert "translation" not in str(error.value)
    return error.value.translation_key


# --- Who gets it ---------------------------------------------------------------------


@pytest.mark.parametrize(
    "dst",
    [
        [NEIGHBOR, seed.FRIEND],
        f"{NEIGHBOR};{seed.FRIEND}",
        ["(555) 010-0111", "+1 555 010 0333"],
        [NEIGHBOR, seed.FRIEND, "1-555-010-0111"],
        f"{NEIGHBOR}, {seed.FRIEND}",
        "(555) 010-0111; +1 555 010 0333;",
        f"{NEIGHBOR}\n{seed.FRIEND}\n",
        [f"{NEIGHBOR},{seed.FRIEND}", seed.FRIEND],
    ],
)
async def test_several_numbers(send: Send, dst: Any) -> None:
    """A message goes to each number once, in order."""
    sent = await send(dst=dst)
    assert [(m.did, m.contact, m.message) for m in sent] == [
        (OFFICE, NEIGHBOR, "hello"),
        (OFFICE, seed.FRIEND, "hello"),
    ]


async def test_contacts(
    hass: HomeAssistant, loaded: MockConfigEntry, send: Send
) -> None:
    """Contacts are written to from their own number, unless another one is given."""
    add_people(hass, loaded)
    await hass.async_block_till_done()
    ann, bob = (device_named(hass, name, loaded) for name in ("Ann", "Bob"))
    sent = await send(did=None, contact=ann)
    assert [(m.did, m.contact) for m in sent] == [(HOME, NEIGHBOR)]
    sent = await send(did=None, contact=[ann, bob, ann])
    assert [(m.did, m.contact) for m in sent] == [
        (HOME, NEIGHBOR),
        (HOME, seed.FRIEND),
    ]
    sent = await send(contact=[ann, bob])
    assert {m.did for m in sent} == {OFFICE}


async def test_numbers_and_contacts(
    hass: HomeAssistant, loaded: MockConfigEntry, send: Send
) -> None:
    """Numbers and contacts can be mixed; who is both gets it once."""
    add_people(hass, loaded)
    await hass.async_block_till_done()
    people = [device_named(hass, name, loaded) for name in ("Ann", "Eve")]
    for sender in ({"did": OFFICE}, {"did": None, "device_id": office(hass)}):
        sent = await send(dst=[seed.FRIEND, NEIGHBOR], contact=people, **sender)
        assert [(m.did, m.contact) for m in sent] == [
            (OFFICE, seed.FRIEND),
            (OFFICE, NEIGHBOR),
            (OFFICE, seed.DENTIST),
        ]


def office(hass: HomeAssistant) -> str:
    """Return the device of a number."""
    device = device_of(hass, OFFICE)
    assert device
    return device.id


async def test_pictures_to_contacts(
    hass: HomeAssistant, loaded: MockConfigEntry, send: Send
) -> None:
    """A picture goes to contacts, too."""
    add_people(hass, loaded)
    await hass.async_block_till_done()
    ann = device_named(hass, "Ann", loaded)
    url = "https://example.com/door.jpg"
    [message] = await send("send_mms", did=None, contact=[ann], media1=url)
    assert (message.contact, message.media) == (NEIGHBOR, [url])


async def test_a_number_is_no_contact(
    hass: HomeAssistant, send: Send, account: Account
) -> None:
    """The device of a number is refused where a contact is wanted."""
    with pytest.raises(ServiceValidationError) as error:
        await send(contact=office(hass))
    assert key(error) == "device_not_a_contact"


async def test_contacts_of_two_accounts(
    hass: HomeAssistant, loaded: MockConfigEntry, simulator: Simulator, send: Send
) -> None:
    """Contacts of different accounts cannot get one message."""
    other_account = simulator.add_account("other@example.com", "secret", number="7")
    other_account.add_did("5559990000", sms_enabled=True)
    other = make_entry(hass, simulator, "other@example.com", "secret", "01OTHER")
    await set_up(hass, other)
    add_people(hass, loaded)
    add_people(hass, other, "5559990000")
    await hass.async_block_till_done()
    people = [device_named(hass, "Ann", each) for each in (loaded, other)]
    for sender in (None, OFFICE):
        with pytest.raises(ServiceValidationError) as error:
            await send(did=sender, contact=people)
        assert key(error) == "several_accounts"
    assert other_account.sent == []


@pytest.mark.parametrize(
    ("data", "wrong"),
    [
        ({"did": None}, "missing_field"),
        ({}, "no_recipient"),
        ({"did": None, "dst": NEIGHBOR}, "missing_field"),
        ({"dst": "nobody"}, "invalid_phone_number"),
        ({"dst": []}, "missing_field"),
        ({"dst": NEIGHBOR, "did": CABIN}, "no_messages_here"),
        ({"dst": NEIGHBOR, "did": "5559999999"}, "unknown_did"),
        ({"dst": NEIGHBOR, "message": ""}, "missing_field"),
        ({"dst": NEIGHBOR, "message": "  \n"}, "missing_field"),
        ({"dst": NEIGHBOR, "message": "x" * 2049}, "message_too_long"),
        ({"dst": NEIGHBOR, "message": "é" * 1025}, "message_too_long"),
        ({"dst": [NEIGHBOR, "555-010-XXXX"]}, "invalid_phone_number"),
        ({"dst": f"{NEIGHBOR}, (555) 010-XXXX"}, "invalid_phone_number"),
        ({"dst": [NEIGHBOR, "22"]}, "invalid_phone_number"),
        ({"dst": "22000"}, "takes_no_messages"),
        ({"dst": "+44 20 7946 0000"}, "takes_no_messages"),
        ({"dst": NEIGHBOR, "long_text": "shout"}, "invalid_choice"),
    ],
)
async def test_refused_before_anything_is_sent(
    send: Send, simulator: Simulator, data: dict[str, Any], wrong: str
) -> None:
    """What cannot be sent is refused in words, and nothing goes out."""
    with pytest.raises(ServiceValidationError) as error:
        await send(**data)
    assert key(error) == wrong
    assert simulator.calls_of("sendSMS") + simulator.calls_of("sendMMS") == []


async def test_a_number_whose_messages_are_off(
    send: Send, account: Account, later: Later, simulator: Simulator
) -> None:
    """A number that could send and may not says what to do."""
    account.dids[OFFICE]["sms_enabled"] = "0"
    await later(minutes=6)
    with pytest.raises(ServiceValidationError) as error:
        await send(dst=NEIGHBOR)
    assert key(error) == "messages_off"
    assert simulator.calls_of("sendSMS") == []


# --- Who does not get it -------------------------------------------------------------

EVERYBODY = [NEIGHBOR, seed.FRIEND, seed.DENTIST]
FAILED = "VoIP.ms refused: The text message could not be sent"
ABROAD = "+44 20 7946 0000"


def reached(account: Account, known: int) -> list[str]:
    """Return who got a message."""
    return [message.contact for message in account.sent[known:]]


@pytest.mark.parametrize("bad", [0, 1, 2])
async def test_one_bad_recipient(
    send: Send, simulator: Simulator, account: Account, bad: int
) -> None:
    """Who cannot be reached keeps nobody else from the message, and is named."""
    known = len(account.sent)
    simulator.unreachable[EVERYBODY[bad]] = "sms_failed"
    with pytest.raises(HomeAssistantError) as error:
        await send(dst=EVERYBODY)
    assert key(error) == "partly_sent"
    good = [number for number in EVERYBODY if number != EVERYBODY[bad]]
    assert reached(account, known) == good
    first, second = map(display, good)
    assert f"sent to {first}, {second}, but not to" in str(error.value)
    assert f"{display(EVERYBODY[bad])}: {FAILED}" in str(error.value)


async def test_each_bad_recipient_is_named(send: Send, simulator: Simulator) -> None:
    """Each of several has a reason of its own, also one that is not even called."""
    simulator.unreachable |= {NEIGHBOR: "sms_failed", seed.DENTIST: "invalid_dst"}
    with pytest.raises(HomeAssistantError) as error:
        await send(dst=[NEIGHBOR, "22000", seed.FRIEND, ABROAD, seed.DENTIST])
    said = str(error.value)
    assert "sent to (555) 010-0333, but not to" in said
    assert f"- (555) 010-0111: {FAILED}" in said
    assert "- 22000: 22000 cannot receive messages from VoIP.ms" in said
    assert f"- {ABROAD}: {ABROAD} cannot receive messages from VoIP.ms" in said
    assert f"- {display(seed.DENTIST)}: VoIP.ms refused: The destination" in said
    assert [call.params["dst"] for call in simulator.calls_of("sendSMS")] == EVERYBODY


async def test_nobody_gets_it(
    hass: HomeAssistant, send: Send, simulator: Simulator
) -> None:
    """If nobody got it, there is nothing to return, and all are named."""
    simulator.unreachable |= dict.fromkeys(EVERYBODY, "sms_failed")
    data = {"did": OFFICE, "dst": EVERYBODY, "message": "hello"}
    for wants in (True, False):
        with pytest.raises(HomeAssistantError) as error:
            await hass.services.async_call(
                DOMAIN, "send_sms", data, blocking=True, return_response=wants
            )
        assert key(error) == "not_sent"
        assert all(display(number) in str(error.value) for number in EVERYBODY)
    with pytest.raises(HomeAssistantError) as error:
        await send(dst=NEIGHBOR)
    assert key(error) == "status_sms_failed"
    simulator.faults.add("status:limit_reached", method="sendSMS", times=1)
    with pytest.raises(HomeAssistantError) as error:
        await send(dst=NEIGHBOR)
    assert key(error) == "status_limit_reached"
    assert isinstance(error.value.__cause__, VoipmsRefusedError)


async def test_the_response_lists_both_sorts(
    hass: HomeAssistant, loaded: MockConfigEntry, simulator: Simulator, account: Account
) -> None:
    """Who asks for a response is told who got it and who did not, without an error."""
    simulator.unreachable[seed.FRIEND] = "sms_failed"

    async def call(dst: list[str]) -> Any:
        return await hass.services.async_call(
            DOMAIN,
            "send_sms",
            {"did": OFFICE, "dst": dst, "message": "hello"},
            blocking=True,
            return_response=True,
        )

    response = await call(EVERYBODY)
    first, second = account.sent[-2:]
    assert [each["dst"] for each in response["messages"]] == [NEIGHBOR, seed.DENTIST]
    assert [each["sms"] for each in response["messages"]] == [first.id, second.id]
    [failed] = response["failed"]
    assert failed["dst"] == seed.FRIEND
    assert failed["reason"].startswith(FAILED)

    response = await call([NEIGHBOR, seed.DENTIST])
    assert len(response["messages"]) == 2
    assert response["failed"] == []


@pytest.mark.parametrize("action", ["send_sms", "send_mms"])
async def test_the_response_for_one(
    hass: HomeAssistant, loaded: MockConfigEntry, account: Account, action: str
) -> None:
    """The response for one recipient is what VoIP.ms replied, and nothing else."""
    response = await hass.services.async_call(
        DOMAIN,
        action,
        {"did": OFFICE, "dst": NEIGHBOR, "message": "hello"},
        blocking=True,
        return_response=True,
    )
    assert response == {action.removeprefix("send_"): account.sent[-1].id}


STOPS = {
    "limit": "status:limit_reached",
    "funds": "status:non_sufficient_funds",
    "password": "status:invalid_credentials",
    "address": "status:ip_not_enabled",
    "api": "status:api_not_enabled",
    "rate": "status:api_limit_exceeded",
    "maintenance": "status:method_maintenance",
}


@pytest.mark.parametrize("wants", [True, False])
@pytest.mark.parametrize("fault", STOPS.values(), ids=STOPS)
async def test_what_concerns_the_account_stops(
    hass: HomeAssistant,
    loaded: MockConfigEntry,
    simulator: Simulator,
    account: Account,
    fault: str,
    wants: bool,
) -> None:
    """What would fail for everybody stops at once; the error says who got it."""
    known = len(account.sent)
    simulator.unreachable[NEIGHBOR] = "sms_failed"
    simulator.faults.add("slow", method="sendSMS", times=2, seconds=0)
    simulator.faults.add(fault, method="sendSMS", times=1)
    data = {"did": OFFICE, "dst": [*EVERYBODY, "5550100999"], "message": "hello"}
    with pytest.raises(HomeAssistantError) as error:
        await hass.services.async_call(
            DOMAIN, "send_sms", data, blocking=True, return_response=wants
        )
    assert key(error) == "sending_stopped"
    assert reached(account, known) == [seed.FRIEND]
    assert len(simulator.calls_of("sendSMS")) == 3
    _, sent, failed = str(error.value).replace("Not sent", "Sent").split("Sent to: ")
    assert sent == "(555) 010-0333\n"
    assert failed.splitlines()[1:] == [
        f"- (555) 010-0111: {failed.splitlines()[1].partition(': ')[2]}",
        f"- {display(seed.DENTIST)}",
        "- (555) 010-0999",
    ]


@pytest.mark.parametrize("fault", ["http_503", "lost_reply"])
async def test_nobody_knows_of_one(
    send: Send, simulator: Simulator, account: Account, fault: str
) -> None:
    """Of one whose call was not answered nobody knows, and the error says so."""
    known = len(account.sent)
    simulator.faults.add("slow", method="sendSMS", times=1, seconds=0)
    simulator.faults.add(fault, method="sendSMS", times=1)
    with pytest.raises(HomeAssistantError) as error:
        await send(dst=EVERYBODY)
    assert key(error) == "sending_broke_off"
    said = str(error.value)
    assert "Sent to: (555) 010-0111\nPossibly sent to: (555) 010-0333\n" in said
    assert said.endswith(f"Not sent to: \n- {display(seed.DENTIST)}")
    assert seed.DENTIST not in reached(account, known)


async def test_nobody_knows_of_the_last(send: Send, simulator: Simulator) -> None:
    """If it is the last one of whom nobody knows, there is nobody left without."""
    simulator.faults.add("slow", method="sendSMS", times=1, seconds=0)
    simulator.faults.add("lost_reply", method="sendSMS", times=1)
    with pytest.raises(HomeAssistantError) as error:
        await send(dst=[NEIGHBOR, seed.FRIEND])
    assert key(error) == "sending_broke_off"
    assert "Possibly sent to: (555) 010-0333\nNot sent to: –" in str(error.value)


async def test_no_connection(send: Send, simulator: Simulator) -> None:
    """Without a connection nobody has it, and the error says so."""
    await simulator.stop()
    broken = "outcome_unknown"
    while broken == "outcome_unknown":  # by the connections that were open
        with pytest.raises(HomeAssistantError) as error:
            await send(dst=NEIGHBOR)
        broken = key(error) or ""
    assert broken == "cannot_connect"
    with pytest.raises(HomeAssistantError) as error:
        await send(dst=EVERYBODY)
    assert key(error) == "sending_stopped"
    assert "Sent to: –\n" in str(error.value)
    assert all(f"- {display(number)}" in str(error.value) for number in EVERYBODY)


async def test_a_number_that_may_not_send(
    hass: HomeAssistant, loaded: MockConfigEntry, simulator: Simulator, send: Send
) -> None:
    """What concerns the number to send from is asked once, and not for other numbers."""
    add_people(hass, loaded)
    await hass.async_block_till_done()
    people = [device_named(hass, name, loaded) for name in PEOPLE]
    simulator.faults.add("status:sms_apply_regulations", method="sendSMS", times=1)
    with pytest.raises(HomeAssistantError) as error:
        await send(did=None, contact=people)
    assert key(error) == "not_sent"
    assert all(display(number) in str(error.value) for number in PEOPLE.values())
    assert len(simulator.calls_of("sendSMS")) == 1


async def test_a_failure_between_two_parts(
    hass: HomeAssistant, send: Send, simulator: Simulator
) -> None:
    """If only a part of a long text went out, the error says so."""
    for fault, wrong in (("sms_failed", "partly_sent"), ("limit_reached", "sending_s")):
        simulator.faults.add("slow", method="sendSMS", times=1, seconds=0)
        simulator.faults.add(f"status:{fault}", method="sendSMS", times=1)
        with pytest.raises(HomeAssistantError) as error:
            await send(dst=NEIGHBOR, message="word " * 60, long_text="split")
        assert (key(error) or "").startswith(wrong)
        said = str(error.value)
        assert "(555) 010-0111 (1/2)" in said
        assert "- (555) 010-0111" in said


async def test_what_was_sent_is_an_event(
    send: Send, heard: Heard, hass: HomeAssistant
) -> None:
    """What is sent shows at once."""
    await send(dst=NEIGHBOR, message="on my way")
    await hass.async_block_till_done()
    assert heard() == [("sent", "on my way")]


# --- Long texts ----------------------------------------------------------------------

FACE = "\N{GRINNING FACE}"
FAMILY = "\u200d".join("\U0001f468\U0001f469\U0001f467\U0001f466")
LENGTHS = [
    ("0", "sms"),
    ("a" * 160, "sms"),
    ("a" * 161, "mms"),
    ("[]" * 80, "sms"),
    ("“" + "a" * 100, "sms"),
    ("é" * 80, "sms"),
    ("é" * 80 + "a", "mms"),
    ("ж" * 80, "sms"),
    ("中" * 53, "sms"),
    ("中" * 60, "mms"),
    (FACE * 40, "sms"),
    (FACE * 40 + "a", "mms"),
    ("Réunion reportée à jeudi. " * 6, "mms"),
    ("a" * 2048, "mms"),
    ("é" * 1024, "mms"),
]


@pytest.mark.parametrize(("text", "kind"), LENGTHS, ids=range(len(LENGTHS)))
async def test_how_a_text_goes(
    send: Send, simulator: Simulator, text: str, kind: str
) -> None:
    """What 160 bytes hold goes as SMS, a longer text as MMS, whole either way."""
    [message] = await send(dst=NEIGHBOR, message=text)
    assert (message.kind, message.message) == (kind, text)
    calls = simulator.calls_of("sendSMS") + simulator.calls_of("sendMMS")
    assert len(calls) == 1


async def test_a_zero(hass: HomeAssistant, loaded: MockConfigEntry, send: Send) -> None:
    """The text 0 is a text, also as a number and to a contact."""
    for action, zero in (("send_sms", 0), ("send_mms", "0")):
        [message] = await send(action, dst=NEIGHBOR, message=zero)
        assert message.message == "0"
    add_people(hass, loaded)
    await hass.async_block_till_done()
    [message] = await send(
        did=None, contact=device_named(hass, "Ann", loaded), message="0"
    )
    assert message.message == "0"


SENTENCES = " ".join(f"word{number}" for number in range(60))


@pytest.mark.parametrize(
    "text",
    [
        SENTENCES,
        SENTENCES.replace("word30", f"w{FACE}30"),
        "x" * 500,
        FACE * 100,
        "€" * 200,
        "é" * 300,
        "short\n" * 60,
        "short\r\n" * 60,
        " " * 200 + "after a long gap",
        f"{'a' * 160} {'b' * 160}",
        f"a\u00a0{'b' * 159} c",
    ],
    ids=range(11),
)
async def test_split(send: Send, text: str) -> None:
    """On request a long text goes as several SMS: in order, whole, between words."""
    sent = await send(dst=NEIGHBOR, message=text, long_text="split")
    parts = [message.message for message in sent]
    assert {message.kind for message in sent} == {"sms"}
    assert all(part and size(part) <= 160 for part in parts)
    assert "".join("".join(parts).split()) == "".join(text.split())
    if max(map(size, text.split())) < 60:
        assert " ".join(parts).split() == text.split()


@pytest.mark.parametrize("text", ["\ud83d\ude00", "torn \ud83d"], ids=["pair", "half"])
async def test_halves_of_characters(send: Send, text: str) -> None:
    """What came in halves is put together; half a character alone is no obstacle."""
    [message] = await send(dst=NEIGHBOR, message=text)
    assert message.message == (FACE if text.startswith("\ud83d") else "torn \ufffd")


# --- What VoIP.ms counts otherwise ---------------------------------------------------

QUOTES = "It's \"all\" 'right', isn't it? " * 5


async def test_too_long_after_all(
    send: Send, simulator: Simulator, caplog: pytest.LogCaptureFixture
) -> None:
    """What VoIP.ms finds too long goes as MMS, once, which only the debug log says."""
    simulator.quotes_twice = True
    caplog.set_level("DEBUG", "custom_components.voipms")
    sent = await send(dst=EVERYBODY, message=QUOTES)
    assert [(m.kind, m.contact, m.message) for m in sent] == [
        ("mms", number, QUOTES) for number in EVERYBODY
    ]
    assert len(simulator.calls_of("sendSMS")) == 1
    [line] = [record for record in caplog.records if "too long" in record.message]
    assert (line.levelname, "isn't" in line.message) == ("DEBUG", False)


async def test_a_part_is_too_long_after_all(send: Send, simulator: Simulator) -> None:
    """A part that VoIP.ms finds too long goes in two; the others as they are."""
    simulator.quotes_twice = True
    plain = " ".join(["plain"] * 26)
    sent = await send(dst=NEIGHBOR, message=f"{plain} {QUOTES}", long_text="split")
    assert {message.kind for message in sent} == {"sms"}
    parts = [message.message for message in sent]
    assert " ".join(parts).split() == f"{plain} {QUOTES}".split()
    refused = len(simulator.calls_of("sendSMS")) - len(parts)
    assert 0 < refused < len(parts)


async def test_a_short_text_is_too_long_after_all(
    send: Send, simulator: Simulator
) -> None:
    """Also one that one SMS should hold goes as several if that is wanted."""
    simulator.quotes_twice = True
    sent = await send(dst=NEIGHBOR, message="'" * 150, long_text="split")
    assert [message.message for message in sent] == ["'" * 75] * 2


@pytest.mark.parametrize("way", ["mms", "split"])
async def test_too_long_either_way(
    send: Send, simulator: Simulator, account: Account, way: str
) -> None:
    """The other way is tried once, and then the error says what is wrong."""
    known = len(account.sent)
    for method in ("sendSMS", "sendMMS"):
        simulator.faults.add("status:sms_toolong", method=method)
    with pytest.raises(HomeAssistantError) as error:
        await send(dst=NEIGHBOR, message="two words", long_text=way)
    assert key(error) == "status_sms_toolong"
    assert reached(account, known) == []
    calls = simulator.calls_of("sendSMS") + simulator.calls_of("sendMMS")
    assert len(calls) == 2


async def test_one_character_too_long(send: Send, simulator: Simulator) -> None:
    """What cannot be split is not tried again."""
    simulator.faults.add("status:sms_toolong", method="sendSMS")
    with pytest.raises(HomeAssistantError) as error:
        await send(dst=NEIGHBOR, message=FAMILY, long_text="split")
    assert key(error) == "status_sms_toolong"
    assert len(simulator.calls_of("sendSMS")) == 1


# --- Pictures ------------------------------------------------------------------------


async def test_received_pictures_are_attributes(
    hass: HomeAssistant, later: Later, loaded: MockConfigEntry, account: Account
) -> None:
    """The addresses of received pictures are on the event and on the sensor."""
    urls = [f"https://media.example/{number}.jpg" for number in (1, 2, 3)]
    account.receive(OFFICE, NEIGHBOR, "look", media=urls)
    await later(minutes=1)
    shown = [
        state
        for state in hass.states.async_all(("event", "sensor"))
        if state.attributes.get("media") and state.attributes["message"] == "look"
    ]
    assert {state.domain for state in shown} == {"event", "sensor"}
    assert all(state.attributes["media"] == urls for state in shown)
