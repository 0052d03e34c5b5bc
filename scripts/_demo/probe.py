"""Helpers of the checks, which compare VoIP.ms and Home Assistant."""

from collections.abc import Awaitable, Callable

from scripts._shared import ScriptError

from .client import Json, until
from .scene import Scene
from .service import Line

type Step = Callable[[Scene], Awaitable[str | None]]
"""A check; if it cannot run here, it returns the reason."""


def expect(found: Json, wanted: Json, what: str) -> None:
    """Raise an error if two values differ."""
    if found != wanted:
        raise ScriptError(f"{what}: expected {wanted!r}, found {found!r}")


async def service_routes(here: Scene, line: Line, routing: str) -> None:
    """Wait until VoIP.ms routes a number to a destination."""

    async def routed() -> bool:
        return await here.service.routing(line.did) == routing

    await until(f"VoIP.ms sends {line.did} to {routing}", routed)


async def routing_is(here: Scene, line: Line, routing: str) -> None:
    """Wait until Home Assistant shows the routing of a number."""

    async def shown() -> bool:
        state = await here.client.state(line["routing"])
        return bool(state["attributes"].get("routing") == routing)

    await until(f"{line['routing']} shows {routing}", shown)


async def state_is(here: Scene, entity_id: str, wanted: str) -> None:
    """Wait for a state."""

    async def shown() -> bool:
        return bool((await here.client.state(entity_id))["state"] == wanted)

    await until(f"{entity_id} is {wanted}", shown)
