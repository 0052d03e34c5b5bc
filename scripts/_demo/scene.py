"""A running demo: the simulator, Home Assistant, and what is set up in it."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, nullcontext
from dataclasses import dataclass

from aiohttp import ClientSession

from scripts._shared import say
from scripts._shared.children import Child

from .activity import begin, unrecorded
from .client import Client
from .home import Home
from .office import furnish
from .service import Line, Memory, Service, find_lines, sign_in


@dataclass(frozen=True)
class Scene:
    """The parts of a running demo."""

    home: Home
    child: Child
    client: Client
    service: Service
    lines: list[Line]


@asynccontextmanager
async def scene(home: Home, simulator_port: int) -> AsyncGenerator[Scene]:
    """Start the simulator and Home Assistant, and set everything up."""
    home.prepare()
    async with ClientSession() as session:
        service = Service(session, simulator_port)
        memory = Memory.of(home.directory)
        say(f"Starting the simulated VoIP.ms at {service.url}.")
        simulator = service.running(
            home.directory / "simulator.log", "--demo", "--since", memory.since
        )
        async with simulator, home.running() as child:
            client = await home.sign_in(session)
            is_first = not memory.service
            async with unrecorded(client) if is_first else nullcontext():
                await sign_in(client, service, memory)
                lines = await find_lines(client, service)
                await furnish(client, service, lines)
            if is_first:
                await begin(client, service, lines[0])
            yield Scene(home, child, client, service, lines)
