"""Latency from a callback to its event, and from an action to its select."""

import asyncio
from collections.abc import Awaitable, Callable
from statistics import median
from time import perf_counter

from homeassistant.core import HomeAssistant

from . import LATENCY, Result
from .home import WEBHOOK_ID, entity_of, home, prepare, set_up, watch
from .service import CONTACT, Service, did_at, serving

REPETITIONS = 5
"""As many callbacks as the integration handles without delay."""
LIMIT = 1.2
DID = did_at(0)
ROUTINGS = ("account:200002_phone1", "sys:busy")


async def measure() -> list[Result]:
    """Measure both, compared with one request."""
    async with serving(3, 100) as service, home() as hass:
        await prepare(hass, "webhook")
        await hass.http.start()
        await set_up(hass, service)
        await service.latency(LATENCY)
        floors, events, selects = [], [], []
        for number in range(REPETITIONS):
            began = perf_counter()
            await service.ask("getBalance")
            floors.append(perf_counter() - began)
            events.append(await _callback_to_event(hass, service))
            routing = ROUTINGS[number % 2]
            selects.append(await _action_to_select(hass, routing))
            await hass.async_block_till_done(wait_background_tasks=True)
    names = ("callback to event", "action set_did_routing to changed select")
    return [
        Result(
            what=name,
            unit="ms",
            floor=median(floors) * 1000,
            measured=median(times) * 1000,
            limit=LIMIT,
        )
        for name, times in zip(names, (events, selects), strict=True)
    ]


async def _until_changed(
    hass: HomeAssistant, entity_id: str, act: Callable[[], Awaitable[object]]
) -> float:
    """Return the time from an action until a state has changed."""
    changed = asyncio.Event()
    ends: list[float] = []

    def listen(event_id: str) -> None:
        if event_id == entity_id:
            ends.append(perf_counter())
            changed.set()

    stop = watch(hass, lambda event: listen(event.data["entity_id"]))
    began = perf_counter()
    await act()
    async with asyncio.timeout(10):
        await changed.wait()
    stop()
    return ends[0] - began


async def _callback_to_event(hass: HomeAssistant, service: Service) -> float:
    """Receive a message and call the webhook as VoIP.ms does."""
    await service.do("receive", did=DID, contact=CONTACT, message="Hello")
    url = f"http://127.0.0.1:{hass.http.server_port}/api/webhook/{WEBHOOK_ID}?to={DID}"

    async def call() -> None:
        async with service.session.get(url) as response:
            assert await response.text() == "ok"

    return await _until_changed(hass, entity_of(hass, "event", f"{DID}_sms"), call)


async def _action_to_select(hass: HomeAssistant, routing: str) -> float:
    """Change the routing of a number."""

    async def act() -> None:
        await hass.services.async_call(
            "voipms", "set_did_routing", {"did": DID, "routing": routing}
        )

    select = entity_of(hass, "select", f"{DID}_routing")
    return await _until_changed(hass, select, act)
