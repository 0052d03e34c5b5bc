"""What the checks share: looking at both sides, and saying what differs."""

from collections.abc import Awaitable, Callable

from scripts._shared import ScriptError

from .client import Json, until
from .scene import Scene
from .service import Line

type Step = Callable[[Scene], Awaitable[str | None]]
"""A check; one that cannot be done here says why."""


def expect(found: Json, wanted: Json, what: str) -> None:
    """Compare."""
    if found != wanted:
        raise ScriptError(f"{what}: expected {wanted!r}, found {found!r}")


async def service_routes(here: Scene, line: Line, routing: str) -> None:
    """Wait until VoIP.ms sends the calls of a number somewhere."""

    async def routed() -> bool:
        return await here.service.routing(line.did) == routing

    await until(f"VoIP.ms sends {line.did} to {routing}", routed)


async def routing_is(here: Scene, line: Line, routing: str) -> None:
    """Wait until Home Assistant shows where the calls of a number go."""

    async def shown() -> bool:
        state = await here.client.state(line["routing"])
        return bool(state["attributes"].get("routing") == routing)

    await until(f"{line['routing']} shows {routing}", shown)


async def state_is(here: Scene, entity_id: str, wanted: str) -> None:
    """Wait for a state."""

    async def shown() -> bool:
        return bool((await here.client.state(entity_id))["state"] == wanted)

    await until(f"{entity_id} is {wanted}", shown)
