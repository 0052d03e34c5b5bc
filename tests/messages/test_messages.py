"""Messages are shown, and each leads to one event: not to none, and not to two."""

from datetime import UTC, datetime, timedelta

from freezegun.api import FrozenDateTimeFactory
import pytest
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    async_fire_time_changed,
)
from syrupy.assertion import SnapshotAssertion

from homeassistant.core import HomeAssistant, State
from homeassistant.helpers import entity_registry as er
from homeassistant.setup import async_setup_component

from ..conftest import HOME, NEIGHBOR, OFFICE, Heard, Later, set_up, unload, written
from ..simulator import Account, Simulator

LATEST = "sensor.555_123_0000_office_latest_message"
EVENT = "event.555_123_0000_office_message"
PICTURE = "https://example.com/cat.jpg"

# Noon in New York, so that nobody meets midnight by accident.
pytestmark = pytest.mark.freeze_time("2026-11-20 17:00:00+00:00")


def latest(hass: HomeAssistant, entity_id: str = LATEST) -> State:
    """Return the state that shows the latest message of a number."""
    state = hass.states.get(entity_id)
    assert state
    return state


# --- What is shown -----------------------------------------------------------------


async def test_latest_message(
    hass: HomeAssistant,
    later: Later,
    account: Account,
    loaded: MockConfigEntry,
    snapshot: SnapshotAssertion,
) -> None:
    """The latest message and its event tell all there is to know about it."""
    account.receive(OFFICE, NEIGHBOR, "Look at this!", media=[PICTURE])
    await later(minutes=1)
    assert latest(hass) == snapshot(name="sensor")
    event = hass.states.get(EVENT)
    attributes = dict(event.attributes)
    assert attributes.pop("entity_picture").startswith(attributes["pictures"][0])
    event = State(EVENT, event.state, attributes)
    assert event == snapshot(name="event")


@pytest.mark.parametrize(
    "text",
    [
        "\N{GRINNING FACE}",
        "\N{WAVING HAND SIGN}\N{EMOJI MODIFIER FITZPATRICK TYPE-4} Grüße, 你好",
        "\"double\" 'single' `back` {{ 1 + 1 }} <b>&amp;</b>",
        "one\ntwo\r\n\n  three\t\\n",
        "0",
        "x" * 255,
        "x" * 256,
        "y" * 1600,
        "\N{GRINNING FACE}" * 800,
    ],
    ids=lambda text: f"{text[:12]}-{len(text)}",
)
async def test_any_text(
    hass: HomeAssistant,
    later: Later,
    account: Account,
    loaded: MockConfigEntry,
    text: str,
) -> None:
    """A text shows as far as a state can hold it, and is whole in the attribute."""
    account.receive(OFFICE, NEIGHBOR, text)
    await later(minutes=1)
    assert latest(hass).state == text[:255]
    assert latest(hass).attributes["message"] == text
    assert hass.states.get(EVENT).attributes["message"] == text


async def test_picture_without_words(
    hass: HomeAssistant, later: Later, account: Account, loaded: MockConfigEntry
) -> None:
    """A picture without words shows as what it is."""
    account.receive(
        OFFICE, NEIGHBOR, "", media=[PICTURE, PICTURE + "?2", PICTURE + "?3"]
    )
    await later(minutes=1)
    assert latest(hass).state == "MMS"
    assert latest(hass).attributes["message"] == ""
    assert len(latest(hass).attributes["media"]) == 3


async def test_number_without_any_message(
    hass: HomeAssistant, empty_account: Account, entry: MockConfigEntry
) -> None:
    """A number that never had a message shows that nothing is known."""
    empty_account.add_did(OFFICE, description="OFFICE", sms_enabled=True)
    await set_up(hass, entry)
    assert latest(hass).state == "unknown"


@pytest.mark.parametrize(
    "contact", ["5550100111", "15550100111", "+15550100111", "(555) 010-0111"]
)
async def test_one_contact_in_one_spelling(
    hass: HomeAssistant,
    later: Later,
    account: Account,
    loaded: MockConfigEntry,
    contact: str,
) -> None:
    """However VoIP.ms writes a contact's number, it reads the same."""
    account.receive(OFFICE, contact, "Hello")
    await later(minutes=1)
    assert latest(hass).attributes["contact"] == "5550100111"


@pytest.mark.parametrize("contact", ["22000", "BANK", "011442079460000"])
async def test_contact_that_is_no_number_of_here(
    hass: HomeAssistant,
    later: Later,
    account: Account,
    loaded: MockConfigEntry,
    contact: str,
) -> None:
    """Short codes, names and foreign numbers stay what they are."""
    account.receive(OFFICE, contact, "Your code is 123456")
    await later(minutes=1)
    assert latest(hass).attributes["contact"] == contact


@pytest.mark.parametrize(
    "simulator_options", [{"values": "native"}, {"bare_single": True}]
)
async def test_ways_of_writing(
    hass: HomeAssistant,
    heard: Heard,
    later: Later,
    account: Account,
    entry: MockConfigEntry,
) -> None:
    """However VoIP.ms writes values, messages read the same and come once."""
    account.messages.clear()
    await set_up(hass, entry)
    account.receive(OFFICE, NEIGHBOR, "12345")
    await later(minutes=1)
    await later(minutes=1)
    assert heard() == [("received", "12345")]
    assert latest(hass).state == "12345"
    assert latest(hass).attributes["contact"] == NEIGHBOR


async def test_deleted_at_the_portal(
    hass: HomeAssistant,
    heard: Heard,
    later: Later,
    account: Account,
    loaded: MockConfigEntry,
) -> None:
    """If the latest message is deleted, the one before it shows, without an event."""
    del account.messages[-1]
    await later(minutes=1)
    await later(minutes=1)
    assert latest(hass).state == "Great, I will pick it up tonight."
    assert heard() == []

    account.messages[:] = [m for m in account.messages if m.did != OFFICE]
    await later(minutes=1)
    await later(minutes=1)
    assert latest(hass).state == "unknown"
    assert heard() == []


async def test_only_the_number_that_got_a_message_is_written(
    hass: HomeAssistant, later: Later, account: Account, loaded: MockConfigEntry
) -> None:
    """A text to one number writes no state of another."""
    events = written(hass)
    account.receive(OFFICE, NEIGHBOR, "Hello")
    await later(minutes=1)
    assert {event.data["entity_id"] for event in events} == {LATEST, EVENT}
    assert len(events) == 2


# --- Events ------------------------------------------------------------------------


async def test_event_for_each_message_in_order(
    hass: HomeAssistant,
    heard: Heard,
    later: Later,
    account: Account,
    loaded: MockConfigEntry,
) -> None:
    """Messages of one poll come one by one, in the order in which they were written."""
    at = datetime(2026, 11, 20, 17, 0, 10, tzinfo=UTC)
    account.receive(OFFICE, NEIGHBOR, "third", at=at + timedelta(seconds=20))
    account.receive(OFFICE, NEIGHBOR, "first", at=at)
    account.send(OFFICE, NEIGHBOR, "second", at=at + timedelta(seconds=10))
    account.receive(OFFICE, NEIGHBOR, "same second, 1", at=at + timedelta(seconds=30))
    account.receive(OFFICE, NEIGHBOR, "same second, 2", at=at + timedelta(seconds=30))
    await later(minutes=1)
    assert heard() == [
        ("received", "first"),
        ("sent", "second"),
        ("received", "third"),
        ("received", "same second, 1"),
        ("received", "same second, 2"),
    ]
    assert latest(hass).state == "same second, 2"


async def test_automation_for_each_message(
    hass: HomeAssistant, later: Later, account: Account, loaded: MockConfigEntry
) -> None:
    """An automation runs for each message, even for two of the same words."""
    assert await async_setup_component(
        hass,
        "automation",
        {
            "automation": {
                "triggers": {"trigger": "state", "entity_id": EVENT},
                "mode": "queued",
                "actions": {
                    "event": "noted",
                    "event_data": {
                        "text": "{{ trigger.to_state.attributes.message }}",
                        "from": "{{ trigger.to_state.attributes.contact }}",
                    },
                },
            }
        },
    )
    noted = []
    hass.bus.async_listen("noted", lambda event: noted.append(event.data["text"]))
    account.receive(OFFICE, NEIGHBOR, "Ding")
    account.receive(OFFICE, NEIGHBOR, "Ding")
    await later(minutes=1)
    account.receive(OFFICE, NEIGHBOR, "Dong")
    await later(minutes=1)
    assert noted == ["Ding", "Ding", "Dong"]


async def test_history_gives_no_events(
    hass: HomeAssistant, heard: Heard, later: Later, loaded: MockConfigEntry
) -> None:
    """What was there before the account was added is shown but not announced."""
    await later(minutes=1)
    await later(days=2)
    assert heard() == []
    assert hass.states.get(EVENT).state == "unknown"


async def test_message_while_home_assistant_was_down(
    hass: HomeAssistant,
    heard: Heard,
    later: Later,
    account: Account,
    loaded: MockConfigEntry,
) -> None:
    """What came while Home Assistant was down is announced when it is back, once."""
    account.receive(OFFICE, NEIGHBOR, "before")
    await later(minutes=1)
    await unload(hass, loaded)
    account.receive(OFFICE, NEIGHBOR, "meanwhile")
    account.send(HOME, NEIGHBOR, "from the portal")
    await set_up(hass, loaded)
    assert heard() == [
        ("received", "before"),
        ("received", "meanwhile"),
        ("sent", "from the portal"),
    ]
    await unload(hass, loaded)
    await set_up(hass, loaded)
    await later(minutes=1)
    assert len(heard()) == 3


@pytest.mark.parametrize("days", [1, 3, 30])
async def test_long_absence(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    heard: Heard,
    account: Account,
    loaded: MockConfigEntry,
    days: int,
) -> None:
    """Nothing is lost however long Home Assistant was away."""
    await unload(hass, loaded)
    for _ in range(days):
        freezer.tick(timedelta(days=1))
        account.receive(OFFICE, NEIGHBOR, f"day {len(account.messages)}")
    await set_up(hass, loaded)
    assert len(heard()) == days
    await unload(hass, loaded)
    await set_up(hass, loaded)
    assert len(heard()) == days


async def test_outage_of_a_day(
    heard: Heard,
    later: Later,
    account: Account,
    loaded: MockConfigEntry,
    simulator: Simulator,
) -> None:
    """What came while VoIP.ms did not answer for more than a day is not lost."""
    simulator.faults.add("http_503")
    expected = []
    for hour in range(0, 30, 3):
        account.receive(OFFICE, NEIGHBOR, f"hour {hour}")
        expected.append(("received", f"hour {hour}"))
        await later(hours=3)
    assert heard() == []
    simulator.faults.clear()
    await later(minutes=5)
    assert heard() == expected
    await later(minutes=1)
    assert heard() == expected


async def test_sms_and_mms_of_one_id(
    hass: HomeAssistant,
    heard: Heard,
    later: Later,
    account: Account,
    loaded: MockConfigEntry,
) -> None:
    """SMS and MMS are counted apart, so two with one id are two messages."""
    account.receive(OFFICE, NEIGHBOR, "text", id=500)
    account.receive(OFFICE, NEIGHBOR, "picture", media=[PICTURE], id=500)
    await later(minutes=1)
    assert sorted(heard()) == [("received", "picture"), ("received", "text")]


async def test_same_words_twice(
    hass: HomeAssistant,
    heard: Heard,
    later: Later,
    account: Account,
    loaded: MockConfigEntry,
) -> None:
    """Two messages that differ in nothing but their id are two messages."""
    account.receive(OFFICE, NEIGHBOR, "Are you there?")
    account.receive(OFFICE, NEIGHBOR, "Are you there?")
    await later(minutes=1)
    assert len(heard()) == 2


async def test_delivery_state_is_no_new_message(
    hass: HomeAssistant,
    heard: Heard,
    later: Later,
    account: Account,
    loaded: MockConfigEntry,
) -> None:
    """A message whose delivery is confirmed later is still the same message."""
    message = account.send(OFFICE, NEIGHBOR, "On my way")
    await later(minutes=1)
    message.carrier_status = "Delivered"
    await later(minutes=1)
    await unload(hass, loaded)
    await set_up(hass, loaded)
    assert heard() == [("sent", "On my way")]


@pytest.mark.parametrize("count", [51, 300])
async def test_many_at_once(
    hass: HomeAssistant,
    heard: Heard,
    later: Later,
    account: Account,
    loaded: MockConfigEntry,
    count: int,
) -> None:
    """A busy minute loses nothing, though VoIP.ms lists 50 unless told otherwise."""
    for number in range(count):
        account.receive(OFFICE, NEIGHBOR, f"{number}")
    await later(minutes=1)
    assert heard() == [("received", f"{number}") for number in range(count)]


@pytest.mark.usefixtures("loaded")
async def test_broken_row(
    hass: HomeAssistant,
    heard: Heard,
    later: Later,
    account: Account,
    simulator: Simulator,
) -> None:
    """Rows that cannot be read do not cost the others."""
    simulator.faults.add("bad_record", method="getSMS")
    for number in range(5):
        account.receive(OFFICE, NEIGHBOR, f"{number}")
    await later(minutes=1)
    assert heard() == [("received", f"{number}") for number in range(5)]
    assert latest(hass).state == "4"


@pytest.mark.usefixtures("loaded")
async def test_poll_that_fails_is_made_up_for(
    hass: HomeAssistant,
    heard: Heard,
    later: Later,
    account: Account,
    simulator: Simulator,
) -> None:
    """What came during a poll that failed comes with the next one."""
    simulator.faults.add("truncated", method="getSMS", times=1)
    account.receive(OFFICE, NEIGHBOR, "lost?")
    await later(minutes=1)
    assert latest(hass).state == "unavailable"
    await later(minutes=1)
    assert heard() == [("received", "lost?")]
    assert latest(hass).state == "lost?"


async def test_disabled_event_entity(
    hass: HomeAssistant,
    heard: Heard,
    later: Later,
    account: Account,
    loaded: MockConfigEntry,
) -> None:
    """Who disables the event entity and enables it later is not flooded."""
    registry = er.async_get(hass)
    registry.async_update_entity(EVENT, disabled_by=er.RegistryEntryDisabler.USER)
    await unload(hass, loaded)
    await set_up(hass, loaded)
    account.receive(OFFICE, NEIGHBOR, "unheard")
    await later(minutes=1)
    assert latest(hass).state == "unheard"
    registry.async_update_entity(EVENT, disabled_by=None)
    await unload(hass, loaded)
    await set_up(hass, loaded)
    account.receive(OFFICE, NEIGHBOR, "heard")
    await later(minutes=1)
    assert heard() == [("received", "heard")]


async def test_text_to_a_number_that_is_not_there(
    heard: Heard,
    later: Later,
    account: Account,
    loaded: MockConfigEntry,
    simulator: Simulator,
) -> None:
    """A text to a number given up long ago is looked into once, and harms nothing."""
    account.add_did("5551239999", sms_enabled=True)
    account.receive("5551239999", NEIGHBOR, "Anybody?")
    account.remove_did("5551239999")
    account.receive(OFFICE, NEIGHBOR, "You there?")
    simulator.clear_calls()
    for _ in range(3):
        await later(minutes=1)
    assert heard() == [("received", "You there?")]
    assert len(simulator.calls_of("getDIDsInfo")) == 1


@pytest.mark.parametrize(
    ("fields", "there"),
    [
        ({"sms_available": None, "sms_enabled": "1"}, True),
        ({"sms_available": "", "sms_enabled": "1"}, True),
        ({"sms_available": None, "sms_enabled": "0"}, False),
        ({"sms_available": "1", "sms_enabled": "0"}, True),
        ({"sms_available": "0", "sms_enabled": "1"}, False),
    ],
)
async def test_accounts_that_are_not_told_who_can_text(
    hass: HomeAssistant,
    account: Account,
    entry: MockConfigEntry,
    fields: dict[str, str | None],
    there: bool,
) -> None:
    """Where it is not said whether a number can have messages, one that takes them can."""
    account.dids[OFFICE] = {
        name: value
        for name, value in (account.dids[OFFICE] | fields).items()
        if value is not None
    }
    await set_up(hass, entry)
    assert (hass.states.get(EVENT) is not None) is there
    assert (hass.states.get(LATEST) is not None) is there
    switch = er.async_get(hass).async_get("switch.555_123_0000_office_messages")
    assert (switch is not None) is (fields["sms_available"] != "0")


# --- Time --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "moment",
    [
        "2026-03-08T06:59:59+00:00",  # 01:59:59 EST
        "2026-03-08T07:00:00+00:00",  # 03:00:00 EDT
        "2026-03-08T12:00:00+00:00",
        "2026-07-01T04:00:00+00:00",  # midnight EDT
        "2026-11-01T05:00:00+00:00",  # 01:00:00 EDT, which comes twice
        "2026-11-01T05:30:00+00:00",
        "2026-11-01T07:00:00+00:00",  # 02:00:00 EST
        "2026-12-31T23:59:59+00:00",
        "2028-02-29T17:00:00+00:00",
    ],
)
async def test_clock_changes(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    account: Account,
    entry: MockConfigEntry,
    moment: str,
) -> None:
    """The time of a message is right on both sides of a change of the clocks."""
    at = datetime.fromisoformat(moment)
    freezer.move_to(at + timedelta(minutes=10))
    account.messages.clear()
    account.receive(OFFICE, NEIGHBOR, "What time is it?", at=at)
    await set_up(hass, entry)
    assert latest(hass).attributes["time"] == moment


@pytest.mark.parametrize("moment", ["2026-03-08 06:58:00", "2026-11-01 05:58:00"])
async def test_polls_across_a_clock_change(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    heard: Heard,
    later: Later,
    account: Account,
    entry: MockConfigEntry,
    moment: str,
) -> None:
    """A message a minute across a change of the clocks: each comes once, in order."""
    freezer.move_to(moment)
    account.messages.clear()
    await set_up(hass, entry)
    for minute in range(5):
        account.receive(OFFICE, NEIGHBOR, f"minute {minute}")
        await later(minutes=1)
        assert latest(hass).state == f"minute {minute}"
    assert [text for _, text in heard()] == [f"minute {minute}" for minute in range(5)]


@pytest.mark.parametrize(
    "midnight",
    ["2026-11-21 05:00:00", "2026-07-01 04:00:00", "2027-01-01 05:00:00"],
)
async def test_polls_across_eastern_midnight(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    heard: Heard,
    account: Account,
    entry: MockConfigEntry,
    midnight: str,
) -> None:
    """The turn of the day at VoIP.ms loses nothing and repeats nothing."""
    turn = datetime.fromisoformat(midnight).replace(tzinfo=UTC)
    freezer.move_to(turn - timedelta(seconds=40))
    account.messages.clear()
    await set_up(hass, entry)
    account.receive(OFFICE, NEIGHBOR, "yesterday", at=turn - timedelta(seconds=5))
    account.receive(OFFICE, NEIGHBOR, "today", at=turn + timedelta(seconds=5))
    for _ in range(3):
        freezer.tick(timedelta(minutes=1))
        async_fire_time_changed(hass)
        await hass.async_block_till_done(wait_background_tasks=True)
    assert heard() == [("received", "yesterday"), ("received", "today")]


async def test_late_arrival(
    hass: HomeAssistant,
    heard: Heard,
    later: Later,
    account: Account,
    loaded: MockConfigEntry,
) -> None:
    """A message that VoIP.ms lists late, dated before others, still comes."""
    account.receive(OFFICE, NEIGHBOR, "in time")
    await later(minutes=10)
    written_at = datetime(2026, 11, 20, 16, 30, tzinfo=UTC)
    account.receive(OFFICE, NEIGHBOR, "late", at=written_at)
    await later(minutes=1)
    assert heard() == [("received", "in time"), ("received", "late")]
    assert latest(hass).state == "in time"
