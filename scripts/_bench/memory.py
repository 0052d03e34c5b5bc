"""Memory that the integration keeps, compared with the replies of VoIP.ms.

Python's tracemalloc counts every allocation that is still there after a set-up and two
polls. Two accounts of different size give what each number or message adds. What lines
of the integration allocated is its own; what Home Assistant allocated for its entities,
their states and their places in the registries is shown beside it, less what it
allocates for as many bare entities.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from functools import partial
import gc
import tracemalloc
from typing import Any

import orjson

from homeassistant.core import HomeAssistant

from . import ROOT, Result
from .bare import Spec
from .home import home, prepare, set_up, set_up_bare, specs_of
from .poll import bodies
from .service import serving

OWN = (f"{ROOT / 'custom_components' / 'voipms'}/*", "<string>")
"""The code of the integration, including what mashumaro generates."""
LIMIT = 2
SIZES = (100, 400)
FEW, MANY = 0, 10_000


@dataclass
class Kept:
    """Memory in use, in bytes."""

    decoded: int
    own: int
    everything: int
    specs: list[Spec] = field(default_factory=list)


async def measure() -> list[Result]:
    """Measure the memory of a number and of a message."""
    # The first item also pays for what is allocated once.
    numbers = [await _kept_of(size, 0, 0) for size in (SIZES[0], *SIZES)][1:]
    messages = [await _kept_of(10, size, 1) for size in (FEW, FEW, MANY)][1:]
    return [
        _result("number", SIZES[1] - SIZES[0], *numbers),
        _result("message in the window", MANY - FEW, *messages),
    ]


def _result(what: str, more: int, small: Kept, large: Kept) -> Result:
    """Return the memory of one more item."""
    beyond = (large.everything - small.everything) / more
    return Result(
        what=f"memory for a {what}",
        unit="bytes",
        floor=(large.decoded - small.decoded) / more,
        measured=(large.own - small.own) / more,
        limit=LIMIT,
        more=f"with Home Assistant's, beyond bare entities: {beyond:.0f}",
    )


def _decoded(body: bytes) -> int:
    """Return the memory of a decoded reply."""
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    reply = orjson.loads(body)
    size = tracemalloc.get_traced_memory()[0] - before
    tracemalloc.stop()
    del reply
    return size


async def _kept_of(numbers: int, messages: int, reply: int) -> Kept:
    """Set an account up, and as many bare entities; decode one of its replies."""
    async with serving(numbers, messages) as service:
        kept = await _kept(lambda hass: set_up(hass, service))
        bare = await _kept(partial(set_up_bare, specs=kept.specs))
        kept.everything -= bare.everything
        kept.decoded = _decoded((await bodies(service))[reply])
    return kept


async def _kept(begin: Callable[[HomeAssistant], Awaitable[Any]]) -> Kept:
    """Return the memory added by a setup and two polls."""
    async with home() as hass:
        await prepare(hass, "webhook")
        gc.collect()
        tracemalloc.start()
        entry = await begin(hass)
        await hass.async_block_till_done(wait_background_tasks=True)
        for _ in range(2 if entry else 0):
            await entry.runtime_data.numbers.async_refresh()
            await entry.runtime_data.messages.async_refresh()
        gc.collect()
        snapshot = tracemalloc.take_snapshot()
        tracemalloc.stop()
        specs = specs_of(hass)
    own = snapshot.filter_traces([tracemalloc.Filter(True, name) for name in OWN])
    return Kept(0, _size(own), _size(snapshot), specs)


def _size(snapshot: tracemalloc.Snapshot) -> int:
    """Return the total size of a snapshot."""
    return sum(trace.size for trace in snapshot.traces)
