"""The simulated VoIP.ms in its own process."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
import sys
from typing import Any

from aiohttp import ClientSession

from .children import running

START_SECONDS = 60

type Json = Any


class Simulator:
    """A client for the controls of the simulator."""

    def __init__(self, session: ClientSession, port: int) -> None:
        """Initialize without starting the simulator."""
        self.session = session
        self.port = port
        self.url = f"http://127.0.0.1:{port}"

    @asynccontextmanager
    async def running(self, log: Path, *options: str) -> AsyncGenerator[None]:
        """Run the simulator with the given command-line options."""
        command = (sys.executable, "-m", "tests.simulator", "--port", str(self.port))
        async with running("The simulator", *command, *options, log=log) as child:
            await child.answers_at(self.url, START_SECONDS)
            yield

    async def show(self, what: str, **query: str) -> Json:
        """Return the state of the simulator."""
        async with self.session.get(
            f"{self.url}/control/{what}", params=query
        ) as response:
            response.raise_for_status()
            return await response.json()

    async def do(self, what: str, **data: Json) -> Json:
        """Trigger something at the simulator."""
        async with self.session.post(
            f"{self.url}/control/{what}", json=data
        ) as response:
            response.raise_for_status()
            return await response.json()
