"""Setup of an account: waiting time and work for Home Assistant."""

from collections.abc import Awaitable, Callable
import gc
from statistics import median
from time import perf_counter

from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util

from . import LATENCY, Result
from .home import home, prepare, set_up, set_up_bare, specs_of
from .meters import Meter, measured, middle
from .service import Service, serving

SIZES = (3, 30, 300)
MANY = 1000
REPETITIONS = 5
ROUND_TRIPS = 3


async def measure() -> list[Result]:
    """Measure both."""
    return [*[await _waiting(size) for size in SIZES], await _work()]


async def _waiting(numbers: int) -> Result:
    """Measure how many round trips a setup waits for."""
    async with serving(numbers) as service:
        await service.latency(LATENCY)
        floors, waits, walls = [], [], []
        for _ in range(3):
            began = perf_counter()
            await service.ask("getBalance")
            floors.append(perf_counter() - began)
            await service.do("clear_calls")
            began = perf_counter()
            async with home() as hass:
                await prepare(hass, "webhook")
                began = perf_counter()
                await set_up(hass, service)
                walls.append(perf_counter() - began)
            waits.append(await _in_a_row(service) * LATENCY)
    return Result(
        what=f"set-up of {numbers} numbers, time spent waiting",
        unit="s",
        floor=median(floors),
        measured=median(waits),
        limit=ROUND_TRIPS,
        more=f"all of it takes {min(walls):.2f} s",
    )


async def _in_a_row(service: Service) -> int:
    """Return how many calls had to wait for one another.

    Calls that are under way together are waited for together. The sub-accounts are
    asked about one by one when the set-up is over.
    """
    times = sorted(
        dt_util.parse_datetime(call["at"], raise_on_error=True).timestamp()
        for call in await service.show("calls")
        if call["method"] != "getRegistrationStatus"
    )
    count, end = 0, 0.0
    for at in times:
        if at >= end:
            count, end = count + 1, at + LATENCY
    return count


async def _work() -> Result:
    """Compare a large setup with adding as many bare entities."""
    async with serving(MANY) as service:
        async with home() as hass:
            await prepare(hass, "webhook")
            await set_up(hass, service)
            specs = specs_of(hass)
        floors: list[Meter] = []
        subjects: list[Meter] = []
        for _ in range(REPETITIONS):
            floors.append(await _afresh(lambda hass: set_up_bare(hass, specs)))
            subjects.append(await _afresh(lambda hass: set_up(hass, service)))
    return Result(
        what=f"set-up of {MANY} numbers, {len(specs)} entities, processor time",
        unit="s",
        floor=min(meter.cpu for meter in floors),
        measured=min(meter.cpu for meter in subjects),
        limit=1.3,
        more=f"medians {middle(subjects, lambda meter: meter.cpu):.2f} and"
        f" {middle(floors, lambda meter: meter.cpu):.2f} s",
    )


async def _afresh(work: Callable[[HomeAssistant], Awaitable[object]]) -> Meter:
    """Measure work in a new Home Assistant, after collecting garbage."""
    async with home() as hass:
        await prepare(hass, "webhook")
        gc.collect()
        gc.freeze()
        return await measured(lambda: work(hass))
