"""Sending messages: to one or several, short or long, with pictures."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.voipms.api.texting import fits_sms, split
from custom_components.voipms.const import DOMAIN
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError
from homeassistant.helpers import device_registry as dr

from .conftest import (
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
from .simulator import Account, Message, Simulator, seed

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
        ({"dst": NEIGHBOR, "message": "x" * 2049}, "too_long"),
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


@pytest.mark.parametrize("fault", ["status:sms_failed", "http_503", "lost_reply"])
async def test_a_failure_half_way(
    send: Send, simulator: Simulator, account: Account, fault: str
) -> None:
    """If something goes wrong on the way, the error says who had the message."""
    account.daily_limit = 100
    simulator.latencies["sendSMS"] = 0.01
    known = len(account.sent)
    simulator.faults.add("slow", method="sendSMS", times=1, seconds=0)
    simulator.faults.add(fault, method="sendSMS", times=1)
    with pytest.raises(HomeAssistantError) as error:
        await send(dst=[NEIGHBOR, seed.FRIEND, seed.DENTIST])
    assert key(error) == "partly_sent"
    assert "sent to (555) 010-0111, but not to (555) 010-0333" in str(error.value)
    assert seed.DENTIST not in {message.contact for message in account.sent[known:]}


async def test_a_failure_between_two_parts(send: Send, simulator: Simulator) -> None:
    """If only a part of a long text went out, the error says so."""
    simulator.faults.add("slow", method="sendSMS", times=1, seconds=0)
    simulator.faults.add("status:sms_failed", method="sendSMS", times=1)
    with pytest.raises(HomeAssistantError) as error:
        await send(dst=NEIGHBOR, message="word " * 60, long_text="split")
    assert "sent to (555) 010-0111 (1/2), but not to (555) 010-0111" in str(error.value)


async def test_what_was_sent_is_an_event(
    send: Send, heard: Heard, hass: HomeAssistant
) -> None:
    """What is sent shows at once."""
    await send(dst=NEIGHBOR, message="on my way")
    await hass.async_block_till_done()
    assert heard() == [("sent", "on my way")]


# --- Long texts ----------------------------------------------------------------------

EMOJI = "\N{GRINNING FACE}"
LENGTHS = [
    ("a" * 160, "sms"),
    ("a" * 161, "mms"),
    ("a" * 158 + "€", "sms"),
    ("a" * 159 + "€", "mms"),
    ("[]" * 40, "sms"),
    ("[]" * 40 + "{", "mms"),
    ("é" * 160, "sms"),
    ("ő" * 70, "sms"),
    ("ő" * 71, "mms"),
    ("a" * 68 + EMOJI, "sms"),
    ("a" * 69 + EMOJI, "mms"),
    ("a" * 2048, "mms"),
]


@pytest.mark.parametrize(("text", "kind"), LENGTHS, ids=range(len(LENGTHS)))
async def test_how_a_text_goes(send: Send, text: str, kind: str) -> None:
    """A text that one SMS holds goes as SMS, a longer one as MMS, whole either way."""
    [message] = await send(dst=NEIGHBOR, message=text)
    assert (message.kind, message.message) == (kind, text)


SENTENCES = " ".join(f"word{number}" for number in range(60))


@pytest.mark.parametrize(
    "text",
    [
        SENTENCES,
        SENTENCES.replace("word30", f"w{EMOJI}30"),
        "x" * 500,
        f"{EMOJI}" * 100,
        "€" * 200,
        "short\n" * 60,
        " " * 200 + "after a long gap",
        f"{'a' * 160} {'b' * 160}",
    ],
    ids=range(8),
)
async def test_split(send: Send, text: str) -> None:
    """On request a long text goes as several SMS: in order, whole, between words."""
    sent = await send(dst=NEIGHBOR, message=text, long_text="split")
    parts = [message.message for message in sent]
    assert {message.kind for message in sent} == {"sms"}
    assert all(part and fits_sms(part) for part in parts)
    assert "".join("".join(parts).split()) == "".join(text.split())
    if max(map(len, text.split())) < 60:
        assert " ".join(parts).split() == text.split()


def test_split_wastes_nothing() -> None:
    """Each part is paid for, so a part is as full as it can be."""
    assert split(f"{'a' * 160} {'b' * 160}") == ["a" * 160, "b" * 160]


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
