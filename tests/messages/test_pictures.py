"""Pictures that come late, are listed elsewhere or are written oddly are not lost."""

from collections.abc import Callable
import logging
from typing import Any

import pytest
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    async_mock_service,
)

from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component

from ..conftest import (
    HOME,
    NEIGHBOR,
    OFFICE,
    Heard,
    Later,
    is_message,
    set_up,
    unload,
    written,
)
from ..simulator import Account, Simulator
from ..simulator.seed import FRIEND

LATEST = "sensor.555_123_0000_office_latest_message"
EVENT = "event.555_123_0000_office_message"
CAT, DOG = "https://voip.ms/media/k/cat.jpg", "https://voip.ms/media/k/dog.jpg"
NEVER = 10**9

type Told = Callable[[], list[tuple[str, str, list[str]]]]

# Noon in New York, so that nobody meets midnight by accident.
pytestmark = pytest.mark.freeze_time("2026-11-20 17:00:00+00:00")


@pytest.fixture
def told(hass: HomeAssistant) -> Told:
    """Return the events of messages so far: type, text and media."""
    events = written(hass)

    def messages() -> list[tuple[str, str, list[str]]]:
        return [
            (found["event_type"], found["message"], found["media"])
            for event in events
            if is_message(state := event.data["new_state"])
            and not ((old := event.data["old_state"]) and old.state == "unavailable")
            for found in [state.attributes]
        ]

    return messages


def media(hass: HomeAssistant) -> list[str]:
    """Return the media of the latest message of the office."""
    state = hass.states.get(LATEST)
    assert state
    found: list[str] = state.attributes["media"]
    return found


# --- Late ----------------------------------------------------------------------------


@pytest.mark.usefixtures("loaded")
@pytest.mark.parametrize("text", ["", "Look at this!"])
async def test_the_event_waits(
    hass: HomeAssistant, told: Told, later: Later, account: Account, text: str
) -> None:
    """Pictures that come within half a minute come with the event of their message."""
    account.receive(OFFICE, NEIGHBOR, text, media=[CAT], media_after=75)
    await later(minutes=1)
    state = hass.states.get(LATEST)
    assert state and state.state == (text or "MMS")
    assert (told(), media(hass)) == ([], [])
    for _ in range(4):
        await later(seconds=6)
    assert told() == [("received", text, [CAT])]
    assert media(hass) == [CAT]
    for _ in range(12):
        await later(minutes=1)
    assert len(told()) == 1


@pytest.mark.usefixtures("loaded")
async def test_at_once(
    told: Told, later: Later, account: Account, simulator: Simulator
) -> None:
    """Pictures that are only not listed yet are looked up, and nothing waits."""
    account.receive(OFFICE, NEIGHBOR, "", media=[CAT, DOG], listed_after=NEVER)
    await later(minutes=1)
    assert told() == [("received", "", [CAT, DOG])]
    assert len(simulator.calls_of("getMediaMMS")) == 1


@pytest.mark.usefixtures("loaded")
@pytest.mark.parametrize("listed_after", [None, NEVER], ids=["listed", "looked up"])
async def test_pictures_after_the_event(
    hass: HomeAssistant,
    told: Told,
    later: Later,
    account: Account,
    listed_after: float | None,
) -> None:
    """After half a minute the event comes without pictures, which then have their own."""
    runs = async_mock_service(hass, "test", "run")
    assert await async_setup_component(
        hass,
        "automation",
        {
            "automation": {
                "triggers": {
                    "trigger": "voipms.message_received",
                    "target": {"entity_id": EVENT},
                },
                "actions": {"action": "test.run"},
            }
        },
    )
    account.receive(
        OFFICE,
        NEIGHBOR,
        "Look!",
        media=[CAT],
        media_after=150,
        listed_after=listed_after,
    )
    await later(minutes=1)
    await later(seconds=29)
    assert told() == []
    await later(seconds=2)
    assert told() == [("received", "Look!", [])]
    for _ in range(20):
        await later(minutes=1)
    assert told() == [("received", "Look!", []), ("media_received", "Look!", [CAT])]
    assert media(hass) == [CAT]
    assert len(runs) == 1


@pytest.mark.usefixtures("loaded")
async def test_looks_are_few_and_quiet(
    told: Told,
    later: Later,
    account: Account,
    simulator: Simulator,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Pictures that never come cost a few calls; that they fail is no error."""
    simulator.faults.add("http_503", method="getMediaMMS")
    account.receive(OFFICE, NEIGHBOR, "", media=[CAT], media_after=NEVER)
    for _ in range(80):
        await later(seconds=30)
    assert told() == [("received", "", [])]
    assert 3 <= len(simulator.calls_of("getMediaMMS")) <= 8
    assert [
        r for r in caplog.records if r.levelno > logging.INFO and "voip" in r.name
    ] == []


@pytest.mark.usefixtures("loaded")
async def test_listed_although_the_looks_fail(
    told: Told, later: Later, account: Account, simulator: Simulator
) -> None:
    """Pictures that a poll lists come with the event, or after it, once."""
    simulator.faults.add("reset", method="getMediaMMS")
    account.receive(OFFICE, NEIGHBOR, "", media=[CAT], media_after=200)
    for _ in range(8):
        await later(minutes=1)
    assert told() == [("received", "", []), ("media_received", "", [CAT])]


# --- Not held up ---------------------------------------------------------------------


@pytest.mark.usefixtures("loaded")
async def test_a_text_does_not_wait(
    told: Told, later: Later, account: Account, simulator: Simulator
) -> None:
    """A text without pictures comes at once, and nothing is looked up for it."""
    account.receive(OFFICE, NEIGHBOR, "Only words")
    await later(seconds=30)
    account.send(OFFICE, NEIGHBOR, "", mms=True)
    await later(seconds=30)
    assert told() == [("received", "Only words", []), ("sent", "", [])]
    assert simulator.calls_of("getMediaMMS") == []


@pytest.mark.usefixtures("loaded")
async def test_a_text_that_looks_like_an_mms(
    told: Told, later: Later, account: Account, simulator: Simulator
) -> None:
    """Where each row has columns for media, a text comes as soon as it is known as one."""
    text = account.receive_message(OFFICE, NEIGHBOR, "Only words")
    text.written = {"col_media1": "", "col_media2": "", "media": ""}
    await later(minutes=1)
    assert told() == [("received", "Only words", [])]
    assert len(simulator.calls_of("getMediaMMS")) == 1


@pytest.mark.usefixtures("loaded")
async def test_conversations_keep_their_order(
    told: Told, later: Later, account: Account
) -> None:
    """What the same person wrote after a picture waits for it; nobody else does."""
    account.receive(OFFICE, NEIGHBOR, "picture", mms=True)
    account.receive(OFFICE, NEIGHBOR, "What do you think?")
    account.send(OFFICE, NEIGHBOR, "One moment")
    account.receive(OFFICE, FRIEND, "Hello")
    account.receive(HOME, NEIGHBOR, "Anybody home?")
    await later(minutes=1)
    assert [text for _, text, _ in told()] == ["One moment", "Hello", "Anybody home?"]
    await later(seconds=31)
    assert [text for _, text, _ in told()[3:]] == ["picture", "What do you think?"]


# --- Restarts ------------------------------------------------------------------------


async def test_restart_while_it_waits(
    hass: HomeAssistant,
    told: Told,
    later: Later,
    account: Account,
    loaded: MockConfigEntry,
) -> None:
    """A message that waits for its pictures comes once, although one restarts."""
    account.receive(OFFICE, NEIGHBOR, "", media=[CAT], media_after=80)
    await later(minutes=1)
    await unload(hass, loaded)
    await later(seconds=30)
    assert told() == []
    await set_up(hass, loaded)
    await unload(hass, loaded)
    await set_up(hass, loaded)
    await later(minutes=1)
    assert told() == [("received", "", [CAT])]


@pytest.mark.parametrize("down", [60, 3600])
async def test_restart_before_the_pictures(
    hass: HomeAssistant,
    told: Told,
    later: Later,
    account: Account,
    loaded: MockConfigEntry,
    down: int,
) -> None:
    """Pictures that come while Home Assistant is down are told of, once."""
    account.receive(OFFICE, NEIGHBOR, "", media=[CAT], media_after=100)
    await later(minutes=1)
    await later(seconds=31)
    assert told() == [("received", "", [])]
    await unload(hass, loaded)
    await later(seconds=down)
    for _ in range(2):
        await set_up(hass, loaded)
        await later(minutes=1)
        await unload(hass, loaded)
    assert told() == [("received", "", []), ("media_received", "", [CAT])]


async def test_pictures_of_the_past(
    hass: HomeAssistant,
    told: Told,
    later: Later,
    account: Account,
    entry: MockConfigEntry,
) -> None:
    """Pictures of a message from before the account was added are shown, not told."""
    account.receive(
        OFFICE, NEIGHBOR, "", media=[CAT], media_after=20, listed_after=NEVER
    )
    await set_up(hass, entry)
    for _ in range(4):
        await later(seconds=20)
    assert told() == []
    assert media(hass) == [CAT]


# --- Written oddly -------------------------------------------------------------------


@pytest.mark.usefixtures("loaded")
@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ({"col_media1": CAT, "col_media2": "", "media": [CAT]}, [CAT]),
        ({"media": ["media/k/cat.jpg", CAT, "/media/k/dog.jpg"]}, [CAT, DOG]),
        ({"col_media1": "media/k/dog.jpg", "media": [DOG, "", None]}, [DOG]),
        ({"media": {"1": CAT, "2": DOG}}, [CAT, DOG]),
        ({"media": {"10": DOG, "9": CAT}}, [CAT, DOG]),
        ({"media": f" {CAT} "}, [CAT]),
        ({"media": [{"url": CAT}, {"url": DOG, "type": "image/jpeg"}]}, [CAT, DOG]),
        (
            {f"col_media{n}": f"media/{n}.jpg" for n in range(1, 13)},
            [f"https://voip.ms/media/{n}.jpg" for n in range(1, 13)],
        ),
        (
            {
                "media": [
                    *("javascript:alert(1)", "data:image/png;base64,aGk=", "file:///x"),
                    *("https://", "http://[x", "ftp://x.example/a", 7, [[CAT]]),
                ]
            },
            [CAT],
        ),
        (
            {"media": ["//voip.ms/media/k/cat.jpg", "media.php?map=0123456789abcdef"]},
            [CAT, "https://voip.ms/media.php?map=0123456789abcdef"],
        ),
    ],
    ids=range(10),
)
async def test_forms_of_media(
    told: Told,
    later: Later,
    account: Account,
    row: dict[str, Any],
    expected: list[str],
) -> None:
    """However media are listed, each is there once, under an address that can be opened."""
    blank = {"col_media1": "", "col_media2": None, "media": ""}
    picture = account.receive_message(OFFICE, NEIGHBOR, "Look", mms=True)
    picture.written = blank | row
    await later(minutes=1)
    assert told() == [("received", "Look", expected)]


@pytest.mark.usefixtures("loaded")
async def test_more_than_three(told: Told, later: Later, account: Account) -> None:
    """Six pictures of a message are six, looked up or listed."""
    pictures = [f"media/k/{number}.jpg" for number in range(6)]
    wanted = [f"https://voip.ms/{path}" for path in pictures]
    account.receive(OFFICE, NEIGHBOR, "listed", media=pictures)
    account.receive(OFFICE, NEIGHBOR, "looked up", media=pictures, listed_after=NEVER)
    await later(minutes=1)
    assert [found for _, _, found in told()] == [wanted, wanted]


# --- Listed elsewhere ----------------------------------------------------------------


@pytest.mark.usefixtures("loaded")
async def test_what_only_get_mms_lists(
    hass: HomeAssistant,
    told: Told,
    later: Later,
    account: Account,
    simulator: Simulator,
) -> None:
    """Picture messages that getSMS leaves out are found within a quarter of an hour."""
    account.all_lists_mms = False
    account.receive(OFFICE, NEIGHBOR, "left out", media=[CAT])
    account.receive(OFFICE, NEIGHBOR, "text")
    await later(minutes=1)
    assert [text for _, text, _ in told()] == ["text"]
    simulator.clear_calls()
    for _ in range(45):
        await later(minutes=1)
    assert sorted(told()) == [
        ("received", "left out", [CAT]),
        ("received", "text", []),
    ]
    assert len(simulator.calls_of("getMMS")) == 3
    assert media(hass) == []


async def test_left_out_while_down(
    hass: HomeAssistant,
    told: Told,
    later: Later,
    account: Account,
    loaded: MockConfigEntry,
) -> None:
    """Set-up asks both functions; what is listed by one or the other comes once."""
    account.all_lists_mms = False
    await unload(hass, loaded)
    account.receive(OFFICE, NEIGHBOR, "left out", media=[CAT])
    await set_up(hass, loaded)
    assert told() == [("received", "left out", [CAT])]
    assert media(hass) == [CAT]
    account.all_lists_mms = True
    for _ in range(20):
        await later(minutes=1)
    account.all_lists_mms = False
    for _ in range(20):
        await later(minutes=1)
    await unload(hass, loaded)
    await set_up(hass, loaded)
    assert len(told()) == 1
    assert media(hass) == [CAT]


async def test_history_that_get_sms_leaves_out(
    hass: HomeAssistant,
    told: Told,
    later: Later,
    account: Account,
    entry: MockConfigEntry,
    simulator: Simulator,
) -> None:
    """It is shown, and not told, also if getMMS does not answer at first."""
    account.all_lists_mms = False
    simulator.faults.add("http_503", method="getMMS", times=1)
    account.receive(OFFICE, NEIGHBOR, "past", media=[CAT])
    await later(minutes=5)
    await set_up(hass, entry)
    for _ in range(20):
        await later(minutes=1)
    assert told() == []
    assert media(hass) == [CAT]
    account.receive(OFFICE, NEIGHBOR, "present", media=[DOG])
    for _ in range(20):
        await later(minutes=1)
    assert told() == [("received", "present", [DOG])]


@pytest.mark.usefixtures("loaded")
@pytest.mark.parametrize(
    "fault", ["http_503", "truncated", "status:invalid_method", "wrong_types"]
)
async def test_get_mms_fails(
    hass: HomeAssistant,
    heard: Heard,
    later: Later,
    account: Account,
    simulator: Simulator,
    fault: str,
) -> None:
    """A failure of getMMS costs nothing that getSMS says, and nothing for ever."""
    account.all_lists_mms = False
    simulator.faults.add(fault, method="getMMS")
    account.receive(OFFICE, NEIGHBOR, "left out", mms=True)
    for number in range(80):
        account.receive(OFFICE, FRIEND, f"hour {number}")
        await later(hours=1)
    assert heard() == [("received", f"hour {number}") for number in range(80)]
    simulator.faults.clear()
    await later(hours=1)
    await later(minutes=1)
    assert heard()[80:] == [("received", "left out")]


@pytest.mark.usefixtures("loaded")
async def test_pictures_that_only_get_mms_lists(
    hass: HomeAssistant, told: Told, later: Later, account: Account
) -> None:
    """A text that turns out to be a picture message gets its pictures, by their event."""
    picture = account.receive_message(OFFICE, NEIGHBOR, "Look", media=[CAT])
    picture.written = {"media": [], "col_media1": ""}
    picture.written_by_mms = {"media": [CAT]}
    account.messages.remove(picture)
    account.receive(OFFICE, NEIGHBOR, "other")
    picture.written.pop("col_media1")
    picture.kind = "sms"
    account.messages.append(picture)
    await later(minutes=1)
    assert ("received", "Look", []) in told()
    picture.kind = "mms"
    account.all_lists_mms = False
    for _ in range(20):
        await later(minutes=1)
    assert told()[2:] == [("media_received", "Look", [CAT])]
