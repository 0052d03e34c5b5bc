"""VoIP.ms lists fewer messages than it has, whatever limit it is given."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.voipms.const import DOMAIN
from homeassistant.core import HomeAssistant

from .conftest import HOME, NEIGHBOR, OFFICE, Heard, Later
from .simulator import Account, Simulator

NOON = datetime(2026, 11, 20, 17, tzinfo=UTC)

pytestmark = pytest.mark.freeze_time(NOON)

type Ask = Callable[..., Awaitable[list[str]]]


@pytest.fixture
def ask(hass: HomeAssistant, loaded: MockConfigEntry) -> Ask:
    """Return what asks for messages."""

    async def get(action: str = "get_sms", **data: Any) -> list[str]:
        reply = await hass.services.async_call(
            DOMAIN, action, data, blocking=True, return_response=True
        )
        assert reply
        return [row["message"] for row in reply["sms"]]

    return get


@pytest.mark.parametrize(
    ("cap", "span"), [(777, 0.5), (1000, 0.5), (300, 20), (50, 200), (1000, 200)]
)
async def test_all_are_listed(
    ask: Ask, account: Account, simulator: Simulator, cap: int, span: float
) -> None:
    """Each message comes once, newest first, whatever the cap."""
    account.messages.clear()
    count = 1500
    for number in range(count):
        at = NOON - timedelta(days=span) * number / count
        account.receive(
            (OFFICE, HOME)[number % 2], f"55501{number % 89:05}", "x", at=at
        )
        account.messages[0].message = f"{number}"
    simulator.row_cap = cap
    start = (NOON - timedelta(days=span)).date().isoformat()
    found = await ask(**{"from": start})
    assert len(found) == count
    assert found == [f"{number}" for number in range(count)]
    assert (await ask(limit=1200, **{"from": start}))[:1200] == found[:1200]


@pytest.mark.parametrize("cap", [50, 100, 1000])
async def test_a_burst(
    heard: Heard,
    later: Later,
    account: Account,
    ask: Ask,
    simulator: Simulator,
    cap: int,
) -> None:
    """More new messages than are listed at once come all, in order."""
    simulator.row_cap = cap
    for number in range(cap + cap // 2):
        account.receive((OFFICE, HOME)[number % 2], NEIGHBOR, f"{number}")
    await later(minutes=1)
    assert heard() == [("received", f"{number}") for number in range(cap + cap // 2)]


@pytest.mark.parametrize("count", [49, 50, 100, 213, 700])
async def test_one_call_at_rest(
    later: Later, account: Account, ask: Ask, simulator: Simulator, count: int
) -> None:
    """A number of messages that might be a cap is looked into once."""
    account.messages.clear()
    for number in range(count):
        account.receive(OFFICE, NEIGHBOR, f"{number}")
    await later(minutes=1)
    simulator.clear_calls()
    for _ in range(3):
        await later(minutes=1)
    assert len(simulator.calls_of("getSMS")) == 3
