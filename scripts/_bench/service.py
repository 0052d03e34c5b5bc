"""The simulated VoIP.ms, in a process of its own: run there, and controlled from here.

Run as a program, it prints its address and goes on until its input ends.
"""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
import os
import sys
from typing import Any, Final

from aiohttp import ClientSession, ClientTimeout

from tests.simulator import Account, Simulator
from tests.simulator.state import now

from . import ROOT

EMAIL: Final = "bench@example.com"
PASSWORD: Final = "bench-password"
CONTACT: Final = "5550100111"
SUB_ACCOUNTS: Final = 3
SPAN: Final = timedelta(hours=20)
"""How long ago the oldest message came; all of them are in the window of every poll."""

type Json = Any


def did_at(index: int) -> str:
    """Return one of the account's numbers."""
    return str(5552000000 + index)


def open_account(simulator: Simulator, numbers: int, messages: int) -> Account:
    """Open an account with a bit of everything and so many numbers and messages."""
    account = simulator.add_account(EMAIL, PASSWORD, number="200002", balance="1000")
    for index in range(SUB_ACCOUNTS):
        account.add_sub_account(f"phone{index}", description=f"Phone {index}")
    account.add_voicemail(1001, name="Home")
    account.add_forwarding(phone_number="5550100900", description="Cell phone")
    account.add("ring_groups", name="Everyone", members="account:200002_phone0")
    for index in range(numbers):
        account.add_did(
            did_at(index),
            description=f"NUMBER {index}",
            routing=f"account:200002_phone{index % SUB_ACCOUNTS}",
            sms_enabled=True,
        )
    for index in range(messages):
        exchange = account.send if index % 4 == 0 else account.receive
        exchange(
            did_at(index % numbers),
            str(5550200000 + index % 500),
            f"Message {index}, which says about as much as most of them do",
            at=now() - SPAN * (1 - index / messages),
        )
    return account


async def _run(numbers: int, messages: int) -> None:
    """Run the simulator until the input ends."""
    simulator = Simulator(sms_settings_wait=0)
    open_account(simulator, numbers, messages)
    await simulator.start()
    print(simulator.base_url, flush=True)
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)
    await simulator.stop()


@dataclass(frozen=True)
class Service:
    """The simulator, as those who control it see it."""

    session: ClientSession
    base_url: str

    @property
    def url(self) -> str:
        """Return the address of the API."""
        return f"{self.base_url}/api/v1/rest.php"

    async def show(self, what: str) -> Json:
        """Look at something inside the simulator."""
        async with self.session.get(f"{self.base_url}/control/{what}") as response:
            return await response.json()

    async def do(self, what: str, **data: Json) -> Json:
        """Make something happen at the simulator."""
        async with self.session.post(
            f"{self.base_url}/control/{what}", json=data
        ) as response:
            response.raise_for_status()
            return await response.json()

    async def latency(self, seconds: float) -> None:
        """Have every answer take so long."""
        await self.do("latency", ms=seconds * 1000)

    async def ask(self, method: str, **params: str) -> bytes:
        """Send one request; return its answer as it came."""
        form = {
            "api_username": EMAIL,
            "api_password": PASSWORD,
            "method": method,
            **params,
        }
        async with self.session.post(self.url, data=form) as response:
            return await response.read()


@asynccontextmanager
async def serving(numbers: int, messages: int = 0) -> AsyncGenerator[Service]:
    """Run the simulator beside this program."""
    child = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", __name__, str(numbers), str(messages)),
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    assert child.stdin and child.stdout
    try:
        base_url = (await child.stdout.readline()).decode().strip()
        async with ClientSession(timeout=ClientTimeout(total=120)) as session:
            yield Service(session, base_url)
    finally:
        child.stdin.close()
        await child.wait()


if __name__ == "__main__":
    asyncio.run(_run(int(sys.argv[1]), int(sys.argv[2])))
