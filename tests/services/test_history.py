"""Looking up messages of any range of days."""

from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

from freezegun.api import FrozenDateTimeFactory
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.voipms.const import DOMAIN
from homeassistant.core import HomeAssistant

from ..conftest import NEIGHBOR, OFFICE, set_up
from ..simulator import Account, Simulator

NOW = datetime(2026, 6, 15, 17, tzinfo=UTC)
TODAY = date(2026, 6, 15)
DAYS = 400

type Ask = Callable[..., Awaitable[list[str]]]


@pytest.fixture
async def ask(
    hass: HomeAssistant,
    empty_account: Account,
    entry: MockConfigEntry,
    freezer: FrozenDateTimeFactory,
) -> Ask:
    """Have a number with a message on each day for more than a year; ask for some."""
    freezer.move_to(NOW)
    empty_account.add_did(OFFICE, sms_enabled=True)
    for days in range(DAYS):
        at = NOW - timedelta(days=days)
        empty_account.receive(OFFICE, NEIGHBOR, f"day {days}", at=at)
    await set_up(hass, entry)

    async def get(action: str = "get_sms", **data: Any) -> list[str]:
        reply = await hass.services.async_call(
            DOMAIN, action, data, blocking=True, return_response=True
        )
        assert reply
        return [row["message"] for row in reply["sms"]]

    return get


def ago(days: int) -> str:
    """Return a day of the past as a person writes it."""
    return (TODAY - timedelta(days=days)).isoformat()


def texts(first: int, last: int) -> list[str]:
    """Return the messages of some days, newest first."""
    return [f"day {days}" for days in range(last, first + 1)]


@pytest.mark.parametrize("days", [0, 1, 49, 50, 51, 88, 89, 90, 91, 179, 180, 365, 399])
async def test_any_range(ask: Ask, days: int) -> None:
    """Each message of a range comes once, newest first, at every seam."""
    assert await ask(did=OFFICE, **{"from": ago(days)}) == texts(days, 0)


async def test_a_range_of_the_past(ask: Ask) -> None:
    """A range need not end today."""
    found = await ask(did=OFFICE, **{"from": ago(300), "to": ago(100)})
    assert found == texts(300, 100)


@pytest.mark.parametrize("limit", [1, 89, 90, 91, 100, 1000])
async def test_limit(ask: Ask, simulator: Simulator, limit: int) -> None:
    """The limit is that of the whole range; the newest come first."""
    simulator.clear_calls()
    found = await ask(did=OFFICE, limit=limit, **{"from": ago(399)})
    assert found == texts(399, 0)[:limit]
    assert len(simulator.calls_of("getSMS")) == min(5, 1 + (limit - 1) // 90)


async def test_more_than_a_limit_holds(ask: Ask, empty_account: Account) -> None:
    """A day of very many messages loses none."""
    for number in range(11_000):
        empty_account.receive(OFFICE, NEIGHBOR, str(number), at=NOW)
    assert len(await ask(did=OFFICE, **{"from": ago(1)})) == 11_002


async def test_one_message_comes_once(ask: Ask, empty_account: Account) -> None:
    """One that is asked for by its ID is not doubled by a long range."""
    wanted = empty_account.messages[-1]
    assert await ask(sms=wanted.id, **{"from": ago(365)}) == ["day 0"]


async def test_pictures_of_a_year(ask: Ask, empty_account: Account) -> None:
    """Picture messages are looked up in the same way."""
    at = NOW - timedelta(days=200)
    empty_account.receive(OFFICE, NEIGHBOR, "old", media=["https://x.example/1"], at=at)
    assert await ask("get_mms", **{"from": ago(365)}) == ["old"]
    assert len(await ask(all_messages=True, **{"from": ago(399)})) == DAYS + 1


async def test_today_without_a_range(ask: Ask) -> None:
    """Without a range the messages of today come."""
    assert await ask() == ["day 0"]
