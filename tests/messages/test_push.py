"""Calls to the webhook: answered always, never believed, bounded in number."""

import asyncio
from collections.abc import AsyncGenerator
import gzip
from typing import Any

from aiohttp import ClientSession, web
from aiohttp.test_utils import TestClient
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from homeassistant.core import HomeAssistant

from ..conftest import HOME, NEIGHBOR, OFFICE, Heard, arrival, unload
from ..simulator import Account, Simulator
from .conftest import PATH, quiet

ENABLED = "sms_url_callback_enabled"


async def test_at_once(
    hass: HomeAssistant,
    called: MockConfigEntry,
    heard: Heard,
    simulator: Simulator,
) -> None:
    """A message is there a moment after VoIP.ms has it, after one look."""
    await simulator.receive(OFFICE, NEIGHBOR, "here already")
    await quiet(hass)
    assert heard() == [("received", "here already")]
    assert len(simulator.calls) == 1
    assert [outcome.ok for outcome in simulator.callbacks.outcomes] == [True]


async def test_the_portals_webhook(
    hass: HomeAssistant,
    called: MockConfigEntry,
    account: Account,
    heard: Heard,
    simulator: Simulator,
) -> None:
    """The webhook of the portal works as well as the callback."""
    address = f"{hass.config.external_url}{PATH}"
    account.dids[OFFICE].update(
        {ENABLED: "0", "webhook_enabled": "1", "webhook": address, "dialmode": "2"}
    )
    await simulator.receive(OFFICE, NEIGHBOR, "posted")
    await quiet(hass)
    assert heard() == [("received", "posted")]
    [outcome] = simulator.callbacks.outcomes
    assert (outcome.kind, outcome.body) == ("webhook", "ok")


NESTED = b"[" * 50_000


GARBAGE: list[tuple[str, str, dict[str, Any]]] = [
    ("GET", "", {}),
    ("GET", "?to=", {}),
    ("GET", "?to={TO}", {}),
    ("GET", "?to=5559999999&from=5550100111&message=hi", {}),
    ("GET", "?to=" + "9" * 5000, {}),
    ("GET", "?to=%00%ff%f0%9f%98%80", {}),
    ("POST", "", {"data": b""}),
    ("POST", "", {"data": b"\xff\xfe\x00"}),
    ("POST", "", {"data": NESTED}),
    ("POST", "", {"data": b'{"data": ' * 9000}),
    ("POST", "", {"data": b"9" * 5000}),
    ("POST", "", {"data": b"x" * 3_000_000}),
    ("POST", "", {"json": {"data": {"payload": {"to": "5551230000"}}}}),
    ("POST", "", {"json": {"data": {"payload": {"to": [5551230000, None, []]}}}}),
    ("POST", "", {"json": {"data": {"payload": {"to": [{"phone_number": {}}]}}}}),
    ("POST", "", {"data": b"{}", "headers": {"Content-Type": "text/x; charset=no"}}),
    (
        "POST",
        "",
        {"data": gzip.compress(b"{}")[:9], "headers": {"Content-Encoding": "gzip"}},
    ),
    ("PUT", "", {"data": b"{}"}),
]


@pytest.mark.parametrize(
    ("method", "query", "options"), GARBAGE, ids=range(len(GARBAGE))
)
async def test_it_always_says_ok(
    hass: HomeAssistant,
    called: MockConfigEntry,
    client: TestClient[Any, Any],
    heard: Heard,
    simulator: Simulator,
    caplog: pytest.LogCaptureFixture,
    method: str,
    query: str,
    options: dict[str, Any],
) -> None:
    """Whatever comes, the answer is ok; what names no number costs nothing."""
    response = await client.request(method, PATH + query, **options)
    assert (response.status, await response.text()) == (200, "ok")
    await quiet(hass)
    assert heard() == []
    assert simulator.calls == []
    assert "Error processing webhook" not in caplog.text


async def test_a_long_body_without_a_length(
    hass: HomeAssistant,
    called: MockConfigEntry,
    client: TestClient[Any, Any],
    simulator: Simulator,
) -> None:
    """A body that does not say how long it is, is not read to its end."""

    async def pour() -> AsyncGenerator[bytes]:
        for _ in range(40):
            yield b"x" * 100_000

    response = await client.post(PATH, data=pour())
    assert (response.status, await response.text()) == (200, "ok")
    assert simulator.calls == []


async def test_a_forged_call_makes_no_message(
    hass: HomeAssistant,
    called: MockConfigEntry,
    client: TestClient[Any, Any],
    heard: Heard,
    simulator: Simulator,
) -> None:
    """What a call says is not believed; it only has the messages looked up."""
    forged = f"?to={OFFICE}&from={NEIGHBOR}&message=forged&id=1&media=http://x"
    await client.get(PATH + forged)
    await quiet(hass)
    assert heard() == []
    assert [call.method for call in simulator.calls] == ["getSMS"]


async def test_a_replayed_call_changes_nothing(
    hass: HomeAssistant,
    called: MockConfigEntry,
    heard: Heard,
    simulator: Simulator,
) -> None:
    """The same call again does not bring the same message again."""
    await simulator.receive(OFFICE, NEIGHBOR, "once")
    await quiet(hass)
    url = simulator.callbacks.outcomes[0].url
    async with ClientSession() as session, session.get(url) as response:
        assert await response.text() == "ok"
    await quiet(hass)
    assert heard() == [("received", "once")]


async def test_a_burst_costs_two_looks_at_most(
    hass: HomeAssistant,
    called: MockConfigEntry,
    heard: Heard,
    simulator: Simulator,
) -> None:
    """Twenty messages at once are looked up together."""
    async with asyncio.TaskGroup() as group:
        for number in range(20):
            group.create_task(simulator.receive(HOME, NEIGHBOR, f"burst {number}"))
    await asyncio.sleep(1.5)
    await quiet(hass)
    assert sorted(heard()) == sorted(("received", f"burst {n}") for n in range(20))
    assert len(simulator.calls) <= 2


async def test_calls_that_come_during_a_look(
    hass: HomeAssistant,
    called: MockConfigEntry,
    heard: Heard,
    simulator: Simulator,
) -> None:
    """A message that comes while another is looked up is not missed."""
    simulator.latencies["getSMS"] = 1
    await simulator.receive(HOME, NEIGHBOR, "first")
    await arrival(simulator, "getSMS")
    async with asyncio.TaskGroup() as group:
        for number in range(10):
            group.create_task(simulator.receive(HOME, NEIGHBOR, f"during {number}"))
    await asyncio.sleep(2.2)
    await quiet(hass)
    assert len(heard()) == 11
    assert len(simulator.calls) == 2


async def test_calls_without_end_are_bounded(
    hass: HomeAssistant,
    called: MockConfigEntry,
    client: TestClient[Any, Any],
    simulator: Simulator,
) -> None:
    """Somebody who calls all the time does not have VoIP.ms called all the time."""
    end = asyncio.get_running_loop().time() + 6
    while asyncio.get_running_loop().time() < end:
        assert await (await client.get(f"{PATH}?to={OFFICE}")).text() == "ok"
        await asyncio.sleep(0.01)
    assert 2 <= len(simulator.calls) <= 8
    await unload(hass, called)


async def test_an_unloaded_account_does_not_look(
    hass: HomeAssistant,
    called: MockConfigEntry,
    client: TestClient[Any, Any],
    simulator: Simulator,
) -> None:
    """After unloading, a call comes to nothing."""
    await unload(hass, called)
    simulator.clear_calls()
    assert (await client.get(f"{PATH}?to={OFFICE}")).status == web.Response().status
    await quiet(hass)
    assert simulator.calls == []
