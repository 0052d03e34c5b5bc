"""The account's money and calls, its phones and its mailboxes, kept up to date."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from freezegun.api import FrozenDateTimeFactory
import pytest
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    async_fire_time_changed,
)

from homeassistant.core import Event, HomeAssistant, State, callback
from homeassistant.helpers import device_registry as dr, entity_registry as er

from .conftest import CABIN, Later, arrival, make_entry, set_up, unload, written
from .simulator import Account, Simulator, seed

BALANCE = "sensor.voip_ms_balance"
SPENT = "sensor.voip_ms_spent_today"
CALLS = "sensor.voip_ms_calls_today"
LATEST = "sensor.voip_ms_latest_call"
EVENT = "event.voip_ms_call"
KITCHEN = "binary_sensor.kitchen_phone_registration"
DESK = "binary_sensor.office_desk_registration"
MOBILE = "binary_sensor.mobile_app_registration"
NEW, URGENT = (
    "sensor.voicemail_home_new_voicemails",
    "sensor.voicemail_home_urgent_voicemails",
)
SUB_ACCOUNT = "100001_VoIP"

type Told = list[tuple[str, str, str]]


def state_of(hass: HomeAssistant, entity_id: str) -> State:
    """Return the state of an entity."""
    state = hass.states.get(entity_id)
    assert state
    return state


def shown(hass: HomeAssistant, *entity_ids: str) -> list[str]:
    """Return what entities show."""
    return [state_of(hass, entity_id).state for entity_id in entity_ids]


def devices(hass: HomeAssistant, entry: MockConfigEntry, model: str) -> set[str | None]:
    """Return the names of the devices of one model."""
    registry = dr.async_get(hass)
    return {
        device.name
        for device in dr.async_entries_for_config_entry(registry, entry.entry_id)
        if device.model == model
    }


# --- Money -------------------------------------------------------------------------


@pytest.mark.freeze_time("2026-11-20 17:00:00+00:00")
async def test_balance(
    hass: HomeAssistant, later: Later, loaded: MockConfigEntry, account: Account
) -> None:
    """What is left and what today took shows in dollars, a quarter of an hour later."""
    assert shown(hass, BALANCE, SPENT, CALLS) == ["24.680000", "0.02760", "3"]
    assert state_of(hass, BALANCE).attributes["unit_of_measurement"] == "USD"
    assert state_of(hass, SPENT).attributes["unit_of_measurement"] == "USD"

    account.balance = Decimal("-1.5")
    account.add_call(total="0.05")
    await later(minutes=15)
    assert shown(hass, BALANCE, SPENT, CALLS) == ["-1.500000", "0.07760", "4"]


@pytest.mark.freeze_time("2026-11-20 17:00:00+00:00")
async def test_a_new_day(
    hass: HomeAssistant, later: Later, loaded: MockConfigEntry
) -> None:
    """What was spent today begins anew at midnight where VoIP.ms is."""
    assert state_of(hass, SPENT).attributes["last_reset"] == "2026-11-20T00:00:00-05:00"
    await later(hours=12)
    assert shown(hass, SPENT, CALLS) == ["0.00000", "0"]
    assert state_of(hass, SPENT).attributes["last_reset"] == "2026-11-21T00:00:00-05:00"
    assert "last_reset" not in state_of(hass, BALANCE).attributes


async def test_no_money_is_told(
    hass: HomeAssistant,
    later: Later,
    account: Account,
    entry: MockConfigEntry,
    simulator: Simulator,
) -> None:
    """Without an answer the balance is unavailable, the rest is not, and it comes back."""
    simulator.faults.add("http_500", method="getBalance")
    await set_up(hass, entry)
    assert shown(hass, BALANCE, SPENT, CALLS) == ["unavailable"] * 3
    assert state_of(hass, LATEST).state != "unavailable"
    simulator.faults.clear()
    await later(minutes=15)
    assert shown(hass, BALANCE, CALLS) == ["24.680000", "3"]


async def test_money_that_cannot_be_read(
    hass: HomeAssistant, account: Account, entry: MockConfigEntry, simulator: Simulator
) -> None:
    """What makes no sense is unknown, and everything else works."""
    simulator.faults.add("wrong_types", method="getBalance")
    await set_up(hass, entry)
    assert shown(hass, BALANCE, SPENT, CALLS) == ["unknown"] * 3
    assert state_of(hass, LATEST).attributes["disposition"] == "answered"


# --- Calls -------------------------------------------------------------------------


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


async def test_latest_call(
    hass: HomeAssistant, loaded: MockConfigEntry, account: Account
) -> None:
    """The latest call shows when it was, who called and what became of it."""
    state = state_of(hass, LATEST)
    began = account.cdr[0]["at"].replace(microsecond=0)
    assert datetime.fromisoformat(state.state) == began
    assert {
        key: state.attributes[key]
        for key in ("direction", "caller", "destination", "disposition", "duration")
    } == {
        "direction": "inbound",
        "caller": '"ALEX NEIGHBOR" <5550100111>',
        "destination": "5551230000",
        "disposition": "answered",
        "duration": 184,
    }


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


# --- Mailboxes ---------------------------------------------------------------------


async def test_voicemails(
    hass: HomeAssistant, later: Later, loaded: MockConfigEntry, account: Account
) -> None:
    """New and urgent voicemails are counted, ten minutes later at most."""
    assert shown(hass, NEW, URGENT) == ["2", "0"]
    assert state_of(hass, "sensor.voicemail_office_new_voicemails").state == "0"
    account.families["voicemails"]["1001"] |= {"new": "3", "urgent": "1"}
    await later(minutes=10)
    assert shown(hass, NEW, URGENT) == ["3", "1"]


async def test_same_mailbox_of_two_accounts(
    hass: HomeAssistant, loaded: MockConfigEntry, simulator: Simulator
) -> None:
    """Two accounts with a mailbox 1001 each have a device each."""
    other = simulator.add_account("other@example.com", "secret", number="300003")
    other.add_voicemail(1001, name="Cottage", new=5)
    second = make_entry(hass, simulator, "other@example.com", "secret", "01OTHER")
    await set_up(hass, second)
    assert devices(hass, second, "Mailbox") == {"Voicemail Cottage"}
    assert shown(hass, "sensor.voicemail_cottage_new_voicemails", NEW) == ["5", "2"]

    assert await hass.config_entries.async_remove(second.entry_id)
    await hass.async_block_till_done()
    assert devices(hass, loaded, "Mailbox") == {"Voicemail Home", "Voicemail Office"}
    assert state_of(hass, NEW).state == "2"


# --- Phones ------------------------------------------------------------------------


async def test_registration(hass: HomeAssistant, loaded: MockConfigEntry) -> None:
    """Each phone shows whether it is signed in, and where."""
    assert shown(hass, KITCHEN, DESK, MOBILE) == ["on", "on", "off"]
    kitchen = state_of(hass, KITCHEN)
    assert kitchen.attributes["device_class"] == "connectivity"
    assert kitchen.attributes["server"] == "Chicago 1, IL"
    assert kitchen.attributes["address"] == "198.51.100.21"


async def test_registration_changes(
    hass: HomeAssistant, later: Later, loaded: MockConfigEntry, account: Account
) -> None:
    """A phone that goes offline shows within a quarter of an hour."""
    account.unregister(SUB_ACCOUNT)
    account.register("100001_Mobile", server_pop="1", register_ip="203.0.113.9")
    for _ in range(15):
        await later(minutes=1)
    assert shown(hass, KITCHEN, DESK, MOBILE) == ["off", "on", "on"]
    assert state_of(hass, MOBILE).attributes["address"] == "203.0.113.9"


async def test_asked_slowly(
    hass: HomeAssistant, later: Later, loaded: MockConfigEntry, simulator: Simulator
) -> None:
    """Each phone is asked about once in a quarter of an hour."""
    for _ in range(60):
        await later(minutes=1)
    asked = Counter(
        call.params["account"] for call in simulator.calls_of("getRegistrationStatus")
    )
    assert asked == {"100001_VoIP": 5, "100001_Desk": 5, "100001_Mobile": 5}


async def test_asked_together(
    hass: HomeAssistant, account: Account, entry: MockConfigEntry, simulator: Simulator
) -> None:
    """The phones are asked about at the same time, not one after the other."""
    simulator.latencies["getRegistrationStatus"] = 0.5
    setting_up = hass.async_create_task(set_up(hass, entry))
    await arrival(simulator, "getRegistrationStatus", 3)
    assert {call.status for call in simulator.calls_of("getRegistrationStatus")} == {""}
    await setting_up


@pytest.mark.parametrize("disabled", [{KITCHEN}, {KITCHEN, DESK, MOBILE}], ids=len)
async def test_not_asked_when_disabled(
    hass: HomeAssistant,
    later: Later,
    loaded: MockConfigEntry,
    simulator: Simulator,
    disabled: set[str],
) -> None:
    """A phone whose entity is disabled costs no call."""
    registry = er.async_get(hass)
    for entity_id in disabled:
        registry.async_update_entity(
            entity_id, disabled_by=er.RegistryEntryDisabler.USER
        )
    await unload(hass, loaded)
    simulator.clear_calls()
    await set_up(hass, loaded)
    for _ in range(30):
        await later(minutes=1)
    asked = {
        call.params["account"] for call in simulator.calls_of("getRegistrationStatus")
    }
    assert asked == ({"100001_Desk", "100001_Mobile"} if len(disabled) == 1 else set())


async def test_many_phones(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    simulator: Simulator,
) -> None:
    """Of 200 phones no more than 20 are asked about in a minute, and each in its turn."""
    seed.large_account(simulator, numbers=1, sub_accounts=200, messages=0)
    entry = make_entry(hass, simulator, "large@example.com", "large-password")
    await set_up(hass, entry)
    for _ in range(60):
        freezer.tick(timedelta(seconds=30))
        async_fire_time_changed(hass)
        await hass.async_block_till_done(wait_background_tasks=True)
    calls = simulator.calls_of("getRegistrationStatus")
    minute = timedelta(minutes=1)
    busiest = max(
        sum(call.at <= other.at < call.at + minute for other in calls) for call in calls
    )
    assert busiest == 20
    asked = Counter(call.params["account"] for call in calls)
    assert len(asked) == 200
    assert set(asked.values()) <= {2, 3}


async def test_phones_that_are_not_told_about(
    hass: HomeAssistant, later: Later, simulator: Simulator
) -> None:
    """Phones that VoIP.ms does not tell about keep nobody else waiting."""
    account = seed.large_account(simulator, numbers=1, sub_accounts=60, messages=0)
    entry = make_entry(hass, simulator, "large@example.com", "large-password")
    await set_up(hass, entry)
    for number in range(20, 40):
        del account.sub_accounts[f"200002_phone{number:03}"]
    for _ in range(2):
        await later(minutes=1)
        states = Counter(
            state.state for state in hass.states.async_all("binary_sensor")
        )
        assert states["unavailable"] == 0
    assert state_of(hass, "binary_sensor.phone_19_registration").state == "off"
    assert state_of(hass, "binary_sensor.phone_20_registration").state == "unknown"
    assert state_of(hass, "binary_sensor.phone_59_registration").state == "off"


@pytest.mark.parametrize("fault", ["http_500", "status:api_limit_exceeded"])
async def test_phones_during_an_outage(
    hass: HomeAssistant,
    later: Later,
    loaded: MockConfigEntry,
    simulator: Simulator,
    fault: str,
) -> None:
    """While VoIP.ms does not answer nobody knows, and nobody asks more often."""
    simulator.faults.add(fault, method="getRegistrationStatus")
    for _ in range(15):
        await later(minutes=1)
    assert shown(hass, KITCHEN, DESK, MOBILE) == ["unavailable"] * 3
    assert len(simulator.calls_of("getRegistrationStatus")) == 6
    simulator.faults.clear()
    for _ in range(17):  # after too many calls it waits two minutes longer
        await later(minutes=1)
    assert shown(hass, KITCHEN, DESK, MOBILE) == ["on", "on", "off"]


# --- Coming and going --------------------------------------------------------------


async def test_new_sub_account(
    hass: HomeAssistant, later: Later, loaded: MockConfigEntry, account: Account
) -> None:
    """A sub-account made at the portal gets its device and is asked about."""
    account.add_sub_account("Garage", description="Garage phone")
    account.register("100001_Garage")
    await later(minutes=30)
    await later(minutes=1)
    assert "Garage phone" in devices(hass, loaded, "Sub-account")
    assert state_of(hass, "binary_sensor.garage_phone_registration").state == "on"


async def test_first_sub_account(
    hass: HomeAssistant, later: Later, empty_account: Account, entry: MockConfigEntry
) -> None:
    """The first sub-account of an account is followed as well."""
    await set_up(hass, entry)
    empty_account.add_sub_account("Garage", description="Garage phone")
    empty_account.register("100001_Garage")
    await later(minutes=30)
    await later(minutes=1)
    assert state_of(hass, "binary_sensor.garage_phone_registration").state == "on"


async def test_new_mailbox(
    hass: HomeAssistant, later: Later, loaded: MockConfigEntry, account: Account
) -> None:
    """A mailbox made at the portal gets its device."""
    account.add_voicemail(1003, name="Garage", new=1)
    await later(minutes=10)
    assert "Voicemail Garage" in devices(hass, loaded, "Mailbox")
    assert state_of(hass, "sensor.voicemail_garage_new_voicemails").state == "1"


GOING = [
    ("sub_accounts", SUB_ACCOUNT, "Sub-account", "Kitchen phone", KITCHEN, 30),
    ("mailboxes", "1001", "Mailbox", "Voicemail Home", NEW, 10),
    (
        *("dids", CABIN, "Phone number", "(555) 123-0002 CABIN"),
        *("switch.555_123_0002_cabin_do_not_disturb", 5),
    ),
]


@pytest.mark.parametrize(
    ("kind", "key", "model", "name", "entity_id", "minutes"), GOING
)
async def test_gone(
    hass: HomeAssistant,
    later: Later,
    loaded: MockConfigEntry,
    account: Account,
    kind: str,
    key: str,
    model: str,
    name: str,
    entity_id: str,
    minutes: int,
) -> None:
    """What is missing once stays; what is missing twice loses its device, others stay."""
    held = (
        account.families["voicemails"]
        if kind == "mailboxes"
        else getattr(account, kind)
    )
    others = devices(hass, loaded, model) - {name}
    assert others
    del held[key]
    await later(minutes=minutes)
    assert name in devices(hass, loaded, model)
    assert hass.states.get(entity_id)
    await later(minutes=minutes)
    assert devices(hass, loaded, model) == others
    assert hass.states.get(entity_id) is None


async def test_two_sub_accounts_of_one_name(
    hass: HomeAssistant, later: Later, account: Account, entry: MockConfigEntry
) -> None:
    """Two rows of one name are one phone, and keep no other from going."""
    row = account.sub_accounts[SUB_ACCOUNT]
    account.doubled_sub_accounts.append(row | {"id": "1", "description": "Double"})
    await set_up(hass, entry)
    names = {"Kitchen phone", "Office desk", "Mobile app"}
    assert devices(hass, entry, "Sub-account") == names
    del account.sub_accounts["100001_Desk"]
    for _ in range(2):
        await later(minutes=30)
    assert devices(hass, entry, "Sub-account") == names - {"Office desk"}


async def test_the_last_sub_accounts(
    hass: HomeAssistant,
    later: Later,
    loaded: MockConfigEntry,
    account: Account,
    simulator: Simulator,
) -> None:
    """An account without sub-accounts says so in one of two ways."""
    simulator.faults.add("status:no_subaccount", method="getSubAccounts")
    for _ in range(2):
        await later(minutes=30)
    assert devices(hass, loaded, "Sub-account") == set()


@pytest.mark.parametrize(
    ("method", "model", "minutes"),
    [
        ("getSubAccounts", "Sub-account", 30),
        ("getVoicemails", "Mailbox", 10),
        ("getDIDsInfo", "Phone number", 5),
    ],
)
async def test_one_empty_answer(
    hass: HomeAssistant,
    later: Later,
    loaded: MockConfigEntry,
    simulator: Simulator,
    method: str,
    model: str,
    minutes: int,
) -> None:
    """One answer that says there is nothing at all removes nothing."""
    before = devices(hass, loaded, model)
    simulator.faults.add("empty_list", method=method, times=1)
    for _ in range(3):
        await later(minutes=minutes)
    assert devices(hass, loaded, model) == before
    assert "unavailable" not in {state.state for state in hass.states.async_all()}


# --- What it costs -----------------------------------------------------------------


@pytest.mark.usefixtures("entity_registry_enabled_by_default")
async def test_calls_at_rest(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    loaded: MockConfigEntry,
    simulator: Simulator,
) -> None:
    """With everything on, an hour costs a hundred calls, and one a phone each quarter."""
    events = written(hass)
    simulator.clear_calls()
    for _ in range(120):
        freezer.tick(timedelta(seconds=30))
        async_fire_time_changed(hass)
        await hass.async_block_till_done(wait_background_tasks=True)
    calls = Counter(call.method for call in simulator.calls)
    assert calls.pop("getRegistrationStatus") <= 12
    assert 0 < calls.total() <= 100
    assert events == []
