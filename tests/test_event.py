"""The event of the account: each call that has ended, once and in order."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from homeassistant.const import Platform
from homeassistant.core import Event, HomeAssistant, State, callback

from .conftest import CheckEntities, Later, set_up, unload
from .simulator import Account, Simulator

LATEST = "sensor.voip_ms_latest_call"


EVENT = "event.voip_ms_call"


type Told = list[tuple[str, str, str]]


def state_of(hass: HomeAssistant, entity_id: str) -> State:
    """Return the state of an entity."""
    state = hass.states.get(entity_id)
    assert state
    return state


def shown(hass: HomeAssistant, *entity_ids: str) -> list[str]:
    """Return what entities show."""
    return [state_of(hass, entity_id).state for entity_id in entity_ids]


@pytest.fixture
def told(hass: HomeAssistant) -> Told:
    """Return the calls told by the event from now on: type, outcome and caller."""
    calls: Told = []

    @callback
    def note(event: Event[Any]) -> None:
        """Note a call."""
        state: State | None = event.data["new_state"]
        if event.data["entity_id"] == EVENT and state and "caller" in state.attributes:
            told = state.attributes
            calls.append((told["event_type"], told["disposition"], told["caller"]))

    hass.bus.async_listen("state_changed", note)
    return calls


@pytest.mark.usefixtures("entity_registry_enabled_by_default")
@pytest.mark.freeze_time("2026-11-20 17:00:00+00:00")
def test_entities(check_entities: CheckEntities) -> None:
    """Each entity of the platform is as in the snapshot."""
    check_entities(Platform.EVENT)


async def test_account_without_calls(
    hass: HomeAssistant,
    later: Later,
    empty_account: Account,
    entry: MockConfigEntry,
    told: Told,
) -> None:
    """Of an account without calls the first one is told."""
    await set_up(hass, entry)
    assert shown(hass, LATEST, EVENT) == ["unknown", "unknown"]
    empty_account.add_call(callerid="Ann", seconds=5)
    await later(minutes=6)
    assert told == [("inbound", "answered", "Ann")]
    assert state_of(hass, LATEST).attributes["duration"] == 5


async def test_history_is_not_told(
    hass: HomeAssistant, later: Later, told: Told, loaded: MockConfigEntry
) -> None:
    """Calls from before Home Assistant started are no events, then or later."""
    await later(minutes=6)
    await unload(hass, loaded)
    await set_up(hass, loaded)
    await later(minutes=6)
    assert told == []


async def test_history_that_comes_late(
    hass: HomeAssistant,
    later: Later,
    account: Account,
    entry: MockConfigEntry,
    simulator: Simulator,
    told: Told,
) -> None:
    """Calls that could not be fetched at the start are history all the same."""
    simulator.faults.add("http_500", method="getCDR", times=1)
    await set_up(hass, entry)
    assert state_of(hass, LATEST).state == "unavailable"
    await later(minutes=6)
    assert state_of(hass, LATEST).attributes["duration"] == 184
    assert told == []


@pytest.mark.parametrize(
    ("call", "expected"),
    [
        ({}, ("inbound", "answered", 42)),
        ({"disposition": "NO ANSWER", "seconds": 0}, ("inbound", "no answer", 0)),
        ({"disposition": "BUSY", "seconds": 0}, ("inbound", "busy", 0)),
        ({"disposition": "FAILED", "seconds": 0}, ("inbound", "failed", 0)),
        (
            {"destination_type": "OUT:USA", "destination": "5550100222"},
            ("outbound", "answered", 42),
        ),
    ],
    ids=str,
)
async def test_call(
    hass: HomeAssistant,
    later: Later,
    loaded: MockConfigEntry,
    account: Account,
    call: dict[str, Any],
    expected: tuple[str, str, int],
) -> None:
    """A call that has ended is an event with direction, outcome and duration."""
    row = account.add_call(**{"callerid": "Ann", "seconds": 42, **call})
    await later(minutes=6)
    told = state_of(hass, EVENT).attributes
    assert (told["event_type"], told["disposition"], told["duration"]) == expected
    assert told["direction"] == expected[0]
    assert (told["caller"], told["destination"]) == ("Ann", row["destination"])
    latest = state_of(hass, LATEST)
    assert latest.attributes["id"] == told["id"] == row["uniqueid"]
    assert latest.state == told["time"]


async def test_each_call_once_in_order(
    hass: HomeAssistant,
    later: Later,
    loaded: MockConfigEntry,
    account: Account,
    told: Told,
) -> None:
    """Several calls of one poll are told in the order they began, each once."""
    now = datetime.now(UTC)
    for minutes, caller in ((1, "Third"), (3, "First"), (2, "Second")):
        account.add_call(at=now - timedelta(minutes=minutes), callerid=caller)
    for _ in range(3):
        await later(minutes=6)
    assert [caller for _, _, caller in told] == ["First", "Second", "Third"]


@pytest.mark.parametrize("fault", ["empty_list", "http_500", "truncated", "bad_record"])
async def test_an_answer_in_between(
    hass: HomeAssistant,
    later: Later,
    loaded: MockConfigEntry,
    account: Account,
    simulator: Simulator,
    told: Told,
    fault: str,
) -> None:
    """A failed or empty answer neither loses a call nor tells one again."""
    account.add_call(callerid="Ann")
    await later(minutes=6)
    simulator.faults.add(fault, method="getCDR", times=1)
    account.add_call(callerid="Bob")
    await later(minutes=6)
    await later(minutes=6)
    assert [caller for _, _, caller in told] == ["Ann", "Bob"]
    assert state_of(hass, LATEST).attributes["caller"] == "Bob"


@pytest.mark.freeze_time("2026-11-20 04:50:00+00:00")
async def test_midnight(
    hass: HomeAssistant,
    later: Later,
    loaded: MockConfigEntry,
    account: Account,
    told: Told,
) -> None:
    """A call before midnight that is listed after midnight is told, and once."""
    late = datetime(2026, 11, 20, 4, 58, tzinfo=UTC)
    for _ in range(3):
        await later(minutes=6)
    account.add_call(at=late, callerid="Ann")
    for _ in range(60):
        await later(hours=1)
    assert told == [("inbound", "answered", "Ann")]


async def test_while_nobody_answers(
    hass: HomeAssistant, later: Later, loaded: MockConfigEntry, simulator: Simulator
) -> None:
    """The event keeps its last call through an outage, so automations start after it."""
    simulator.faults.add("http_500")
    await later(minutes=6)
    assert shown(hass, LATEST, EVENT) == ["unavailable", "unknown"]


TWIN = {
    "at": datetime(2026, 11, 20, 16, 50, tzinfo=UTC),
    "seconds": 22,
    "destination": "8455550100",
}


NAMED, PLAIN, LONG = (
    {"callerid": '"John Doe" <5551234567>'},
    {"callerid": "5551234567"},
    {"callerid": '"+15551234567" <+15551234567>'},
)


@pytest.mark.freeze_time("2026-11-20 17:00:00+00:00")
@pytest.mark.parametrize(
    ("first", "second", "caller"),
    [
        (LONG, PLAIN, PLAIN),
        (PLAIN, LONG, PLAIN),
        (PLAIN, NAMED, NAMED),
        (NAMED, LONG, NAMED),
        (PLAIN, PLAIN, PLAIN),
    ],
)
@pytest.mark.parametrize("late", [False, True], ids=["together", "later"])
async def test_two_rows_of_one_call(
    hass: HomeAssistant,
    later: Later,
    loaded: MockConfigEntry,
    account: Account,
    told: Told,
    first: dict[str, str],
    second: dict[str, str],
    caller: dict[str, str],
    late: bool,
) -> None:
    """An inbound call that is listed twice is one; who has a name is shown by it."""
    account.add_call(**TWIN, **first)
    if late:
        await later(minutes=6)
    account.add_call(**TWIN, **second)
    for _ in range(3):
        await later(minutes=6)
    [(direction, _, shown_caller)] = told
    assert direction == "inbound"
    assert shown_caller == (first if late else caller)["callerid"]


@pytest.mark.freeze_time("2026-11-20 17:00:00+00:00")
@pytest.mark.parametrize(
    "other",
    [
        {"callerid": "5551234568"},
        {"seconds": 23},
        {"destination": "8455550101"},
        {"at": TWIN["at"] + timedelta(seconds=1)},
    ],
    ids=str,
)
async def test_two_calls(
    hass: HomeAssistant,
    later: Later,
    loaded: MockConfigEntry,
    account: Account,
    told: Told,
    other: dict[str, Any],
) -> None:
    """Calls that differ in anything are two, and so are outbound ones that do not."""
    account.add_call(**TWIN, **PLAIN)
    account.add_call(**{**TWIN, **PLAIN, **other})
    for _ in range(2):
        account.add_call(**TWIN, **PLAIN, destination_type="OUT:USA")
    await later(minutes=6)
    assert [direction for direction, _, _ in told].count("inbound") == 2
    assert [direction for direction, _, _ in told].count("outbound") == 2


async def test_a_call_that_stays_listed(
    hass: HomeAssistant,
    later: Later,
    loaded: MockConfigEntry,
    account: Account,
    told: Told,
) -> None:
    """However old a call is and whatever clocks do, it is told once while it is listed."""
    call = account.add_call(callerid="Ann")
    for _ in range(10):
        await later(days=1)
        call["at"] += timedelta(days=1)
        account.add_call(callerid="Bob")
        await later(minutes=6)
        call["at"] -= timedelta(days=1)
    assert [caller for _, _, caller in told].count("Bob") == 10
    assert [caller for _, _, caller in told].count("Ann") == 1


async def test_a_call_of_unknown_kind(
    hass: HomeAssistant,
    later: Later,
    loaded: MockConfigEntry,
    account: Account,
    told: Told,
) -> None:
    """Rows that say in words only which way a call went are read, too."""
    for words in ("Inbound DID", "Outbound call"):
        del account.add_call(description=words, callerid=words)["destination_type"]
    await later(minutes=6)
    assert [(way, caller) for way, _, caller in told] == [
        ("inbound", "Inbound DID"),
        ("outbound", "Outbound call"),
    ]
