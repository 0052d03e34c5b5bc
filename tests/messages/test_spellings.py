"""A message is who it is, however VoIP.ms spells it."""

from datetime import UTC, datetime
from typing import Any

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from homeassistant.core import HomeAssistant, State

from ..conftest import HOME, NEIGHBOR, OFFICE, Heard, Later, set_up, unload, written
from ..simulator import Account, Simulator

LATEST = "sensor.555_123_0000_office_latest_message"
EVENT = "event.555_123_0000_office_message"
PICTURE, OTHER = "https://voip.ms/media/k/a.jpg", "https://voip.ms/media/k/b.jpg"
AT = datetime(2026, 11, 20, 16, 59, 30, tzinfo=UTC)
BROKEN_EMOJI = "\N{REPLACEMENT CHARACTER}"
CAT = "\N{CAT FACE}"

# Noon in New York, so that nobody meets midnight by accident.
pytestmark = pytest.mark.freeze_time("2026-11-20 17:00:00+00:00")


def latest(hass: HomeAssistant) -> State:
    """Return the state that shows the latest message of the office."""
    state = hass.states.get(LATEST)
    assert state
    return state


async def quarter(later: Later) -> None:
    """Let a quarter of an hour pass, and a bit."""
    await later(minutes=15)
    for _ in range(2):
        await later(minutes=1)


# --- Spelled anew --------------------------------------------------------------------

SPELLINGS: list[tuple[dict[str, Any], dict[str, Any], str]] = [
    ({"message": "Q&amp;A &quot;now&quot;"}, {"message": 'Q&A "now"'}, 'Q&A "now"'),
    ({"message": "Hi \ud83d"}, {"message": f"Hi {CAT}"}, f"Hi {CAT}"),
    ({"message": f"Hi {BROKEN_EMOJI}"}, {"message": f"Hi {CAT}"}, f"Hi {CAT}"),
    ({"message": f"Hi {CAT}"}, {"message": "Hi \ud83d"}, f"Hi {CAT}"),
    ({"message": ""}, {"message": "Hello"}, "Hello"),
    ({"message": "Hello"}, {"message": ""}, "Hello"),
    ({"message": "l\\'acc\u00e8s"}, {"message": "l'acc\u00e8s"}, "l'acc\u00e8s"),
    ({"message": "Hello wor"}, {"message": "Hello world"}, "Hello world"),
    ({"message": "Hello"}, {"message": "Hello", "contact": f"+1{NEIGHBOR}"}, "Hello"),
    ({"message": "Hello", "did": f"+1{OFFICE}"}, {"message": "Hello"}, "Hello"),
    ({"message": "Hello"}, {"message": "Hello", "did": f"1{OFFICE}", "id": 5}, "Hello"),
    ({"message": "Hello"}, {"message": "Hello", "new_field": [1]}, "Hello"),
]


@pytest.mark.parametrize(("before", "after", "shown"), SPELLINGS, ids=range(12))
@pytest.mark.parametrize("restart", [False, True], ids=["running", "restarted"])
async def test_spelled_anew(
    hass: HomeAssistant,
    heard: Heard,
    later: Later,
    account: Account,
    loaded: MockConfigEntry,
    before: dict[str, Any],
    after: dict[str, Any],
    shown: str,
    restart: bool,
) -> None:
    """However a message is spelled later, it is no other, and its best spelling shows."""
    message = account.receive_message(OFFICE, NEIGHBOR, "x", id=5)
    message.written = before
    await later(minutes=1)
    assert len(heard()) == 1
    message.written = after
    if restart:
        await unload(hass, loaded)
        await set_up(hass, loaded)
    await later(minutes=1)
    assert len(heard()) == 1
    if not restart:
        assert latest(hass).state == shown
    assert latest(hass).attributes["contact"] == NEIGHBOR
    events = written(hass)
    message.written = before
    await later(minutes=1)
    message.written = after
    await later(minutes=1)
    assert len(heard()) == 1
    if not restart:
        assert events == [], "it flaps"


@pytest.mark.usefixtures("loaded")
async def test_spelled_otherwise_by_get_mms(
    hass: HomeAssistant, heard: Heard, later: Later, account: Account
) -> None:
    """What getMMS spells worse neither comes twice nor shows."""
    for text, theirs in (
        (f"Look {CAT}{CAT}", "Look ????????"),
        ("Réunion & co", "R?union &amp;amp; co"),
        (CAT, ""),
        ("你好", "??"),
        ('He said "no"', "He said &quot;no&quot;"),
    ):
        picture = account.receive_message(OFFICE, NEIGHBOR, text, media=[PICTURE])
        picture.written_by_mms = {"message": theirs, "contact": f"+1{NEIGHBOR}"}
        await quarter(later)
        assert heard()[-1] == ("received", text)
        assert latest(hass).state == text
    assert len(heard()) == 5


@pytest.mark.usefixtures("loaded")
@pytest.mark.parametrize(
    ("written_text", "shown"),
    [
        ('l\\\'accès \\"ici\\"', 'l\'accès "ici"'),
        ("l\\&#039;accès &amp; plus", "l'accès & plus"),
        ("&amp;amp; once", "&amp; once"),
        ("\\\\' once", "\\' once"),
        ("a < b &amp; c > d", "a < b &amp; c > d"),
        ("C:\\new\\table", "C:\\new\\table"),
        ("Tom &amp; Jerry &lt;3", "Tom & Jerry <3"),
        ("half \ud83d a face", f"half {BROKEN_EMOJI} a face"),
        ("whole \ud83d\ude00", "whole \N{GRINNING FACE}"),
    ],
    ids=range(9),
)
async def test_what_is_shown(
    hass: HomeAssistant,
    heard: Heard,
    later: Later,
    account: Account,
    written_text: str,
    shown: str,
) -> None:
    """Entities and backslashes before quotes are resolved once; half an emoji is one sign."""
    account.receive(OFFICE, NEIGHBOR, "x").clear()
    account.messages[-1].message = written_text
    account.receive(HOME, NEIGHBOR, "beside")
    await later(minutes=1)
    assert sorted(heard()) == sorted([("received", shown), ("received", "beside")])
    assert latest(hass).state == shown


@pytest.mark.usefixtures("loaded")
@pytest.mark.parametrize("field", ["id", "date", "type", "did", "contact", "message"])
@pytest.mark.parametrize("value", [None, [], {}, "", "9999-12-31 23:59:59", "?" * 5000])
async def test_one_bad_record(
    heard: Heard, later: Later, account: Account, field: str, value: Any
) -> None:
    """A record of which a field is anything costs no other."""
    account.receive_message(HOME, NEIGHBOR, "bad").written = {field: value}
    account.receive(OFFICE, NEIGHBOR, "good")
    await later(minutes=1)
    await later(seconds=31)
    assert ("received", "good") in heard()


# --- One or two ----------------------------------------------------------------------


@pytest.mark.usefixtures("loaded")
@pytest.mark.parametrize("picture", [{"media": [PICTURE]}, {"mms": True}], ids=str)
@pytest.mark.parametrize("texts", [("one", "two"), ("one", "")])
@pytest.mark.parametrize("lists_all", [True, False])
@pytest.mark.parametrize("turns", [("sms", "mms"), ("mms", "sms"), ("both",)], ids=str)
async def test_ids_are_counted_apart(
    hass: HomeAssistant,
    heard: Heard,
    later: Later,
    account: Account,
    picture: dict[str, Any],
    texts: tuple[str, str],
    lists_all: bool,
    turns: tuple[str, ...],
) -> None:
    """A text and a picture of the same id, second and person are two messages."""
    if "mms" in picture and texts[1] == "" and not lists_all:
        pytest.skip("a text and a message of nothing cannot be told apart")
    account.all_lists_mms = lists_all
    for turn in turns:
        if turn in ("sms", "both"):
            account.receive(OFFICE, NEIGHBOR, texts[0], id=500, at=AT)
        if turn in ("mms", "both"):
            account.receive(OFFICE, NEIGHBOR, texts[1], id=500, at=AT, **picture)
        await quarter(later)
    wanted = {("received", text) for text in texts}
    assert set(heard()) == wanted
    assert len(heard()) == len(wanted)


@pytest.mark.parametrize("later_leg", [False, True], ids=["together", "later"])
@pytest.mark.parametrize("restart", [False, True], ids=["running", "restarted"])
@pytest.mark.parametrize("lists_all", [True, False], ids=["getSMS", "getMMS"])
@pytest.mark.parametrize("media", [(), (PICTURE,)], ids=["words", "picture"])
async def test_legs_of_a_group(
    hass: HomeAssistant,
    heard: Heard,
    later: Later,
    account: Account,
    loaded: MockConfigEntry,
    later_leg: bool,
    restart: bool,
    lists_all: bool,
    media: tuple[str, ...],
) -> None:
    """The legs of a group message are one event, whenever each of them is listed."""
    account.all_lists_mms = lists_all
    legs = account.receive_group(OFFICE, NEIGHBOR, "group hi", 3, at=AT, media=media)
    if not media:
        for leg in legs:  # as if it were a text
            leg.written = {"col_media1": "", "media": []}
    if later_leg:
        account.messages.remove(legs[0])
        await quarter(later)
        if restart:
            await unload(hass, loaded)
        account.messages.append(legs[0])
        account.messages.sort()
        if restart:
            await set_up(hass, loaded)
    elif restart:
        await unload(hass, loaded)
        await set_up(hass, loaded)
    await quarter(later)
    assert heard() == [("received", "group hi")]
    assert latest(hass).attributes["media"] == list(media)
    await unload(hass, loaded)
    await set_up(hass, loaded)
    await later(minutes=1)
    assert heard() == [("received", "group hi")]


async def test_legs_that_wait_over_a_restart(
    hass: HomeAssistant,
    heard: Heard,
    later: Later,
    account: Account,
    loaded: MockConfigEntry,
) -> None:
    """Legs are not taken for delivered before the one that stands for them is."""
    account.receive_group(OFFICE, NEIGHBOR, "group hi", 3, at=AT)
    await later(minutes=1)
    await unload(hass, loaded)
    assert heard() == []
    await set_up(hass, loaded)
    await later(seconds=31)
    await later(minutes=1)
    assert heard() == [("received", "group hi")]


@pytest.mark.usefixtures("loaded")
async def test_a_leg_after_its_sibling_was_deleted(
    heard: Heard, later: Later, account: Account
) -> None:
    """A leg is known as one also when the other is listed no more."""
    legs = account.receive_group(
        OFFICE, NEIGHBOR, "group hi", 2, at=AT, media=[PICTURE]
    )
    account.messages.remove(legs[1])
    await later(minutes=1)
    account.messages[account.messages.index(legs[0])] = legs[1]
    await later(minutes=1)
    assert heard() == [("received", "group hi")]


@pytest.mark.usefixtures("loaded")
async def test_the_picture_of_one_leg(
    hass: HomeAssistant, heard: Heard, later: Later, account: Account
) -> None:
    """If only one leg has the picture, the message has it."""
    legs = account.receive_group(OFFICE, NEIGHBOR, "look", 2, at=AT)
    legs[1].media.append(PICTURE)
    await later(minutes=1)
    assert heard() == [("received", "look")]
    state = hass.states.get(EVENT)
    assert state and state.attributes["media"] == [PICTURE]
    assert latest(hass).attributes["media"] == [PICTURE]


@pytest.mark.usefixtures("loaded")
@pytest.mark.parametrize("together", [True, False])
async def test_two_texts_of_the_same_words(
    heard: Heard, later: Later, account: Account, simulator: Simulator, together: bool
) -> None:
    """Texts of one second that differ in their id only are two; which, is asked once."""
    simulator.clear_calls()
    account.receive(OFFICE, NEIGHBOR, "ok", at=AT)
    if not together:
        await later(minutes=1)
    account.receive(OFFICE, NEIGHBOR, "ok", at=AT)
    for _ in range(5):
        await later(minutes=1)
    assert heard() == [("received", "ok")] * 2
    assert len(simulator.calls_of("getMMS")) == 1


@pytest.mark.usefixtures("loaded")
async def test_if_nobody_says_what_they_are(
    heard: Heard, later: Later, account: Account, simulator: Simulator
) -> None:
    """A repeat is better than a loss."""
    simulator.faults.add("http_503", method="getMMS")
    for leg in account.receive_group(OFFICE, NEIGHBOR, "group hi", 2, at=AT):
        leg.written = {"media": []}
        leg.kind = "sms"
    await later(minutes=1)
    assert heard() == [("received", "group hi")] * 2


@pytest.mark.usefixtures("loaded")
async def test_emoji_of_one_second(
    heard: Heard, later: Later, account: Account
) -> None:
    """Two pictures with different emoji are two messages."""
    for text in (CAT, "\N{DOG FACE}"):
        account.receive(OFFICE, NEIGHBOR, text, at=AT, media=[PICTURE])
    await later(minutes=1)
    assert len(heard()) == 2


# --- What became of it ---------------------------------------------------------------


@pytest.mark.usefixtures("loaded")
@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ("Message delivered to handset.", "delivered"),
        ("DELIVERED", "delivered"),
        ("DELIVRD", "delivered"),
        ("Message failed.", "failed"),
        ("Delivery failed", "failed"),
        ("Undelivered", "failed"),
        ("UNDELIV", "failed"),
        ("Message could not be delivered to handset", "failed"),
        ("Rejected by carrier", "failed"),
        ("Message expired", "failed"),
        ("Not yet delivered", "unknown"),
        ("Queued for delivery", "unknown"),
        ("Information not available", "unknown"),
        ("sent", "unknown"),
        ("", "unknown"),
        (None, "unknown"),
        (7, "unknown"),
    ],
)
async def test_delivery(
    hass: HomeAssistant,
    heard: Heard,
    later: Later,
    account: Account,
    status: Any,
    expected: str,
) -> None:
    """What the carrier reports of a sent message shows when it comes, without an event."""
    message = account.send(OFFICE, NEIGHBOR, "On my way")
    message.carrier_status = ""
    await later(minutes=1)
    assert latest(hass).attributes["delivery"] == "unknown"
    message.carrier_status = status
    await later(minutes=1)
    assert latest(hass).attributes["delivery"] == expected
    message.carrier_status = ""
    await later(minutes=1)
    assert latest(hass).attributes["delivery"] == expected
    assert heard() == [("sent", "On my way")]


@pytest.mark.usefixtures("loaded")
async def test_no_delivery_of_what_was_received(
    hass: HomeAssistant, later: Later, account: Account
) -> None:
    """A message that was received says nothing of its delivery."""
    account.receive_message(OFFICE, NEIGHBOR, "Hi").carrier_status = "delivered"
    await later(minutes=1)
    assert "delivery" not in latest(hass).attributes
