"""What is delivered does not depend on the clock of the host."""

from datetime import UTC, datetime, timedelta

from freezegun.api import FrozenDateTimeFactory
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from homeassistant.core import HomeAssistant

from ..conftest import NEIGHBOR, OFFICE, Heard, Later, set_up, unload
from ..simulator import Account, Simulator

NOON = datetime(2026, 11, 20, 17, tzinfo=UTC)
WEEKS = [timedelta(weeks=-4), timedelta(days=30), timedelta(days=-400)]

pytestmark = pytest.mark.freeze_time(NOON)


def received(*texts: str) -> list[tuple[str, str]]:
    """Return what is heard when some texts come."""
    return [("received", text) for text in texts]


def jump(freezer: FrozenDateTimeFactory, simulator: Simulator, span: timedelta) -> None:
    """Have the clock of the host jump, and not that of the service."""
    freezer.tick(span)
    simulator.clock_offset -= span


@pytest.mark.parametrize("header", ["service", "host", ""])
@pytest.mark.parametrize("span", WEEKS, ids=["behind", "ahead", "a year behind"])
@pytest.mark.parametrize("restart", [True, False], ids=["restart", "running"])
async def test_a_clock_that_is_wrong_for_a_while(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    heard: Heard,
    later: Later,
    account: Account,
    loaded: MockConfigEntry,
    simulator: Simulator,
    header: str,
    span: timedelta,
    restart: bool,
) -> None:
    """Nothing is repeated and nothing is lost, whatever the host believes."""
    simulator.date_header = header
    for day in range(3):
        account.receive(OFFICE, NEIGHBOR, f"day {day}")
        await later(days=1)
    if restart:
        await unload(hass, loaded)
    jump(freezer, simulator, span)
    if restart:
        await set_up(hass, loaded)
    account.receive(OFFICE, NEIGHBOR, "meanwhile")
    for _ in range(3):
        await later(minutes=1)
    if header == "service" and (restart or span.days > 0):
        assert heard() == received("day 0", "day 1", "day 2", "meanwhile")
    jump(freezer, simulator, -span)
    if restart or span.days > 0:  # the timers of the test do not go back
        await unload(hass, loaded)
        await set_up(hass, loaded)
    account.receive(OFFICE, NEIGHBOR, "after")
    for _ in range(20):
        await later(minutes=1)
    assert heard() == received("day 0", "day 1", "day 2", "meanwhile", "after")


@pytest.mark.parametrize("span", WEEKS, ids=["behind", "ahead", "a year behind"])
async def test_first_set_up_with_a_wrong_clock(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    heard: Heard,
    later: Later,
    account: Account,
    entry: MockConfigEntry,
    simulator: Simulator,
    span: timedelta,
) -> None:
    """What was there at first is history, also if the host has not got to it yet."""
    jump(freezer, simulator, span)
    await set_up(hass, entry)
    await later(minutes=1)
    await unload(hass, entry)
    jump(freezer, simulator, -span)
    account.receive(OFFICE, NEIGHBOR, "new")
    await set_up(hass, entry)
    await later(minutes=1)
    assert heard() == received("new")


async def test_a_year_without_a_message(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    heard: Heard,
    later: Later,
    account: Account,
    entry: MockConfigEntry,
    simulator: Simulator,
) -> None:
    """However long nobody writes, a poll is one call, and the next message comes."""
    account.messages.clear()
    await set_up(hass, entry)
    for _ in range(12):
        await later(days=30)
    await later(minutes=1)
    simulator.clear_calls()
    await later(minutes=1)
    assert len(simulator.calls_of("getSMS")) == 1
    account.receive(OFFICE, NEIGHBOR, "at last")
    await later(minutes=1)
    assert heard() == received("at last")


@pytest.mark.parametrize("days", [0, 1, 3, 6.9])
async def test_listed_late(
    hass: HomeAssistant,
    heard: Heard,
    later: Later,
    account: Account,
    loaded: MockConfigEntry,
    days: float,
) -> None:
    """A message that is listed days after it was written comes when it is listed."""
    account.receive(OFFICE, NEIGHBOR, "in time")
    await later(minutes=1)
    at = NOON - timedelta(days=days)
    account.receive(OFFICE, NEIGHBOR, "late", at=at)
    await later(minutes=1)
    await unload(hass, loaded)
    account.receive(OFFICE, NEIGHBOR, "late as well", at=at)
    await set_up(hass, loaded)
    await later(minutes=1)
    assert heard() == received("in time", "late", "late as well")


async def test_listed_late_on_a_busy_account(
    heard: Heard,
    later: Later,
    account: Account,
    loaded: MockConfigEntry,
    simulator: Simulator,
) -> None:
    """Where very much is listed, only the latest days are asked for every minute."""
    for number in range(600):
        at = NOON - timedelta(days=1 + number / 200)
        account.send(OFFICE, NEIGHBOR, f"{number}", at=at)
    await later(minutes=16)
    simulator.clear_calls()
    await later(minutes=1)
    [poll] = simulator.calls_of("getSMS")
    assert poll.params["from"] == "2026-11-19"
    account.receive(OFFICE, NEIGHBOR, "late", at=NOON - timedelta(days=5))
    for _ in range(16):
        await later(minutes=1)
    assert heard()[600:] == received("late")
