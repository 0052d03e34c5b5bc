"""What measures: processor time, blocks of the event loop, writing of states."""

import asyncio
from collections.abc import Awaitable, Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass
import gc
from statistics import median
from time import perf_counter, process_time
from typing import Any
from unittest.mock import patch

from homeassistant.core import StateMachine


@dataclass
class Meter:
    """What something took."""

    cpu: float = 0
    """Seconds of processor time of this process, all threads together."""
    wall: float = 0
    """Seconds that went by."""
    block: float = 0
    """The longest time for which the event loop could do nothing else."""
    writes: int = 0
    """How often a state was written, changed or not."""


def middle(meters: list[Meter], of: Callable[[Meter], float]) -> float:
    """Return the median of something measured several times."""
    return median(of(meter) for meter in meters)


@contextmanager
def measuring() -> Generator[Meter]:
    """Measure what happens in the context, with the garbage of before out of the way."""
    meter = Meter()
    run = asyncio.Handle._run  # noqa: SLF001
    write = StateMachine.async_set_internal

    def timed_run(handle: asyncio.Handle) -> None:
        began = perf_counter()
        run(handle)
        meter.block = max(meter.block, perf_counter() - began)

    def counted_write(*args: Any) -> None:
        meter.writes += 1
        write(*args)

    gc.collect()
    with (
        patch.object(asyncio.Handle, "_run", timed_run),
        patch.object(StateMachine, "async_set_internal", counted_write),
    ):
        began, cpu = perf_counter(), process_time()
        yield meter
        meter.cpu, meter.wall = process_time() - cpu, perf_counter() - began


async def measured(what: Callable[[], Awaitable[object]]) -> Meter:
    """Do something and return what it took."""
    with measuring() as meter:
        await asyncio.sleep(0)  # so that what follows is a step of the loop's own
        await what()
    return meter


def timed(what: Callable[[], object]) -> float:
    """Return the processor time of something short."""
    began = process_time()
    kept = what()
    took = process_time() - began
    del kept
    return took
