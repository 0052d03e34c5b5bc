"""Meters for CPU time, event loop blocks, and state writes."""

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
    """A measurement."""

    cpu: float = 0
    """CPU time of this process in seconds, for all threads."""
    wall: float = 0
    """Elapsed time in seconds."""
    block: float = 0
    """The longest block of the event loop in seconds."""
    writes: int = 0
    """Number of state writes."""


def middle(meters: list[Meter], of: Callable[[Meter], float]) -> float:
    """Return the median of several measurements."""
    return median(of(meter) for meter in meters)


@contextmanager
def measuring() -> Generator[Meter]:
    """Measure the context, after collecting garbage."""
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
    """Run a function and return its measurement."""
    with measuring() as meter:
        await asyncio.sleep(0)  # start a new step of the event loop
        await what()
    return meter


def timed(what: Callable[[], object]) -> float:
    """Return the CPU time of a short function."""
    began = process_time()
    kept = what()
    took = process_time() - began
    del kept
    return took
