"""What Activity says of messages and calls, and what the recorder keeps of them."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.components.recorder.common import (
    async_wait_recording_done,
)
from pytest_homeassistant_custom_component.typing import (
    RecorderInstanceContextManager,
    WebSocketGenerator,
)
from sqlalchemy import text as sql

from custom_components.voipms.const import DOMAIN, EVENT_CALL, EVENT_MESSAGE
from homeassistant.components.recorder import Recorder, get_instance
from homeassistant.components.recorder.util import session_scope
from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component
from homeassistant.util import dt as dt_util

from .conftest import NEIGHBOR, OFFICE, Later, set_up, unload
from .simulator import Account, seed
from .test_contacts import add

EVENT = "event.555_123_0000_office_message"
CALL = "event.voip_ms_call"
LINE = "(555) 123-0000 OFFICE"
PICTURE = "https://media.example.com/cake.jpg"
FILM = "https://media.example.com/cake.mp4"

type Entry = dict[str, Any]
type Activity = Callable[[str], Awaitable[list[Entry]]]


@pytest.fixture
async def mock_recorder_before_hass(
    async_test_recorder: RecorderInstanceContextManager,
) -> None:
    """Prepare the database before Home Assistant is there."""


@pytest.fixture
async def house(
    recorder_mock: Recorder, hass: HomeAssistant, loaded: MockConfigEntry
) -> MockConfigEntry:
    """Set up the account, Activity, and a contact of the name of Alex."""
    assert await async_setup_component(hass, "logbook", {})
    await add(hass, loaded, name="Alex", number=NEIGHBOR, did=OFFICE)
    return loaded


@pytest.fixture
def later(hass: HomeAssistant, later: Later) -> Later:
    """Let time pass when nothing is under way, which would meet its timeout."""

    async def pass_time(**span: float) -> None:
        await hass.async_block_till_done(wait_background_tasks=True)
        await later(**span)

    return pass_time


@pytest.fixture
def activity(hass: HomeAssistant, hass_ws_client: WebSocketGenerator) -> Activity:
    """Return what asks for the entries of an entity that somebody has put in words."""

    async def entries(entity_id: str) -> list[Entry]:
        await async_wait_recording_done(hass)
        client = await hass_ws_client()
        await client.send_json_auto_id(
            {
                "type": "logbook/get_events",
                "start_time": (dt_util.utcnow() - timedelta(days=9)).isoformat(),
                "end_time": (dt_util.utcnow() + timedelta(minutes=1)).isoformat(),
                "entity_ids": [entity_id],
            }
        )
        answer = await client.receive_json()
        return [entry for entry in answer["result"] if "message" in entry]

    return entries


async def test_received(
    hass: HomeAssistant,
    house: MockConfigEntry,
    account: Account,
    later: Later,
    activity: Activity,
) -> None:
    """Activity says who wrote what: by name, or by number as people write it."""
    account.receive(OFFICE, NEIGHBOR, "Are you open?")
    account.receive(OFFICE, seed.FRIEND, "Me <b>too</b>")
    account.receive(OFFICE, "22000", "Your code is 123456")
    await later(minutes=1)
    entries = await activity(EVENT)
    assert {entry["message"] for entry in entries} == {
        "Alex wrote: Are you open?",
        "(555) 010-0333 wrote: Me <b>too</b>",
        "22000 wrote: Your code is 123456",
    }
    for entry in entries:
        assert entry["name"] == LINE
        assert entry["domain"] == DOMAIN
        assert entry["entity_id"] == EVENT


async def test_sent(
    hass: HomeAssistant,
    house: MockConfigEntry,
    account: Account,
    later: Later,
    activity: Activity,
) -> None:
    """Activity says to whom the house has written, and what."""
    await hass.services.async_call(
        "notify",
        "send_message",
        {"entity_id": "notify.alex", "message": "We are"},
        blocking=True,
    )
    account.send(OFFICE, seed.FRIEND, "From the portal")
    account.send(OFFICE, NEIGHBOR, "", media=[PICTURE])
    await later(minutes=1)
    await later(minutes=15)
    assert {entry["message"] for entry in await activity(EVENT)} == {
        "Wrote to Alex: We are",
        "Wrote to (555) 010-0333: From the portal",
        "Sent a picture to Alex",
    }


@pytest.mark.parametrize(
    ("text", "media", "words"),
    [
        ("", [PICTURE], "Alex sent a picture"),
        ("", [PICTURE, f"{PICTURE}?2"], "Alex sent 2 pictures"),
        ("", [FILM], "Alex sent a video"),
        ("", [PICTURE, FILM], "Alex sent 2 attachments"),
        ("", ["https://media.example.com/x"], "Alex sent a picture"),
        ("Look", [PICTURE], "Alex wrote: Look (with a picture)"),
        ("x" * 501, [], f"Alex wrote: {'x' * 500}…"),
    ],
)
async def test_pictures(
    house: MockConfigEntry,
    account: Account,
    later: Later,
    activity: Activity,
    text: str,
    media: list[str],
    words: str,
) -> None:
    """A picture without a text is said to be one; a long text is cut short."""
    account.receive(OFFICE, NEIGHBOR, text, media=media)
    await later(minutes=1)
    assert [entry["message"] for entry in await activity(EVENT)] == [words]


async def test_pictures_that_come_late(
    house: MockConfigEntry, account: Account, later: Later, activity: Activity
) -> None:
    """Of pictures that come after their message, Activity says that they came."""
    account.receive_message(
        OFFICE, NEIGHBOR, "Look", media=[PICTURE], mms=True, media_after=120
    )
    for _ in range(20):
        await later(seconds=30)
    first, second = await activity(EVENT)
    assert first["message"] == "Alex wrote: Look (with a picture)"
    assert second["message"] == "A picture from Alex arrived"


async def test_after_a_restart(
    hass: HomeAssistant,
    house: MockConfigEntry,
    account: Account,
    later: Later,
    activity: Activity,
) -> None:
    """What was written before a restart is still quoted; while unloaded, it is not."""
    account.receive(OFFICE, NEIGHBOR, "Are you open?")
    await later(minutes=1)
    await unload(hass, house)
    [entry] = await activity(EVENT)
    assert entry["message"] == "Alex wrote a message"
    await set_up(hass, house)
    [entry] = await activity(EVENT)
    assert entry["message"] == "Alex wrote: Are you open?"


async def test_deleted(
    hass: HomeAssistant,
    house: MockConfigEntry,
    account: Account,
    later: Later,
    activity: Activity,
) -> None:
    """A message that is deleted at VoIP.ms is not quoted any more."""
    row = account.receive(OFFICE, NEIGHBOR, "Are you open?")
    await later(minutes=1)
    await hass.services.async_call(
        DOMAIN, "delete_sms", {"id": row["id"]}, blocking=True
    )
    await hass.async_block_till_done(wait_background_tasks=True)
    [entry] = await activity(EVENT)
    assert entry["message"] == "Alex wrote a message"


@pytest.mark.parametrize(
    ("call", "words"),
    [
        ({"disposition": "ANSWERED", "seconds": 120}, "Call from Alex, 2 minutes"),
        ({"disposition": "NO ANSWER", "seconds": 0}, "Missed call from Alex"),
        ({"disposition": "BUSY", "seconds": 0}, "Missed call from Alex (busy)"),
        (
            {"callerid": f'"SOMEBODY" <{seed.FRIEND}>', "seconds": 3660},
            "Call from (555) 010-0333, 1 hour 1 minute",
        ),
        ({"callerid": '"Anonymous" <>', "seconds": 1}, "Call from Anonymous, 1 second"),
        ({"callerid": "", "seconds": 45}, "Call from an unknown number, 45 seconds"),
        (
            {
                "callerid": f'"OFFICE" <{OFFICE}>',
                "destination": f"1{NEIGHBOR}",
                "description": "Outbound",
                "destination_type": "",
                "seconds": 3600,
            },
            "Call to Alex, 1 hour",
        ),
        (
            {
                "callerid": f'"OFFICE" <{OFFICE}>',
                "destination": seed.FRIEND,
                "description": "Outbound",
                "destination_type": "",
                "disposition": "NO ANSWER",
                "seconds": 0,
            },
            "Call to (555) 010-0333, no answer",
        ),
    ],
)
async def test_calls(
    house: MockConfigEntry,
    account: Account,
    later: Later,
    activity: Activity,
    call: dict[str, Any],
    words: str,
) -> None:
    """Activity says who called or was called, how long, and whether it was answered."""
    account.add_call(**{"callerid": f'"ALEX N" <{NEIGHBOR}>', **call})
    await later(minutes=6)
    [entry] = await activity(CALL)
    assert entry["message"] == words
    assert entry["name"] == "VoIP.ms"


async def test_events_of_others(
    hass: HomeAssistant,
    house: MockConfigEntry,
    activity: Activity,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """An event that somebody else fires, or of an account that is gone, does no harm."""
    for event in (EVENT_MESSAGE, EVENT_CALL):
        hass.bus.async_fire(event, {"entity_id": EVENT, "config_entry_id": "gone"})
    assert [entry["message"] for entry in await activity(EVENT)] == [
        "an unknown number wrote a message",
        "Missed call from an unknown number",
    ]
    assert "Error with" not in caplog.text


async def test_recorded_once(
    hass: HomeAssistant, house: MockConfigEntry, account: Account, later: Later
) -> None:
    """The recorder keeps a message and its media once: with its event."""
    words = ("Are you open? " * 30).strip()
    account.receive(OFFICE, NEIGHBOR, words, media=[PICTURE])
    await later(minutes=1)
    await async_wait_recording_done(hass)

    def dump() -> list[str]:
        with session_scope(hass=hass, read_only=True) as session:
            return [
                str(value)
                for query in (
                    "SELECT shared_attrs FROM state_attributes",
                    "SELECT shared_data FROM event_data",
                    "SELECT state FROM states",
                )
                for value in session.execute(sql(query)).scalars()
            ]

    kept = await get_instance(hass).async_add_executor_job(dump)
    for once in (words, PICTURE):
        [found] = [each for each in kept if once in each]
        assert '"event_type":"received"' in found
    state = hass.states.get("sensor.555_123_0000_office_latest_message")
    assert state
    assert state.attributes["message"] == words
    assert state.attributes["media"] == [PICTURE]
