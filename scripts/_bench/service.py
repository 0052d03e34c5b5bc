"""The simulated VoIP.ms of the benchmark."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
import tempfile
from typing import Final

from aiohttp import ClientSession, ClientTimeout

from scripts._shared.children import free_port
from scripts._shared.simulator import Simulator
from tests.simulator.seed import LARGE_EMAIL as EMAIL, LARGE_PASSWORD as PASSWORD

CONTACT: Final = "5550100111"


def did_at(index: int) -> str:
    """Return a number of the account."""
    return str(5552000000 + index)


class Service(Simulator):
    """The simulator with a large account."""

    @property
    def api_url(self) -> str:
        """Return the URL of the API."""
        return f"{self.url}/api/v1/rest.php"

    async def latency(self, seconds: float) -> None:
        """Set the latency of all replies."""
        await self.do("latency", ms=seconds * 1000)

    async def ask(self, method: str, **params: str) -> bytes:
        """Send one request and return the raw reply."""
        form = {
            "api_username": EMAIL,
            "api_password": PASSWORD,
            "method": method,
            **params,
        }
        async with self.session.post(self.api_url, data=form) as response:
            return await response.read()


@asynccontextmanager
async def serving(numbers: int, messages: int = 0) -> AsyncGenerator[Service]:
    """Run the simulator with an account of a given size."""
    options = ("--numbers", str(numbers), "--messages", str(messages))
    async with ClientSession(timeout=ClientTimeout(total=120)) as session:
        service = Service(session, free_port())
        with tempfile.TemporaryDirectory() as directory:
            async with service.running(Path(directory) / "simulator.log", *options):
                yield service
