"""Child processes that stop with the script."""

import asyncio
from asyncio.subprocess import Process, create_subprocess_exec
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager, suppress
import os
from pathlib import Path
import signal
import socket
import time
from urllib.parse import urlsplit

from . import ROOT, ScriptError, say

STOP_SECONDS = 30
SAY_SECONDS = 15


class Child:
    """A child process in its own process group."""

    def __init__(self, name: str, process: Process, log: Path) -> None:
        """Initialize with a started process."""
        self.name = name
        self.process = process
        self.log = log

    async def answers_at(self, url: str, seconds: float) -> None:
        """Wait until the program accepts connections, and report a slow start."""
        address = urlsplit(url)
        began = said = time.monotonic()
        while True:
            with suppress(OSError):
                _, writer = await asyncio.open_connection(
                    address.hostname, address.port
                )
                writer.close()
                return
            if self.process.returncode is not None:
                raise ScriptError(f"{self.name} stopped at once.\n{self.last_words()}")
            now = time.monotonic()
            if now > began + seconds:
                raise ScriptError(f"{self.name} did not start.\n{self.last_words()}")
            if now > said + SAY_SECONDS:
                said = now
                say(f"  still starting, {now - began:.0f} seconds so far")
            await asyncio.sleep(0.1)

    def last_words(self) -> str:
        """Return the end of the program's log."""
        lines = self.log.read_text(encoding="utf-8", errors="replace").splitlines()
        return "\n".join(["", *lines[-20:], "", f"All of it is in {self.log}."])

    async def stop(self) -> None:
        """Terminate the program and its children, and kill them if needed."""
        try:
            self._signal(signal.SIGTERM)
            async with asyncio.timeout(STOP_SECONDS):
                await self.process.wait()
        except TimeoutError:
            say(f"{self.name} takes too long to stop.")
        finally:
            self._signal(signal.SIGKILL)
            await self.process.wait()

    def _signal(self, number: signal.Signals) -> None:
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, number)


@asynccontextmanager
async def running(
    name: str,
    *command: str | Path,
    log: Path,
    environment: Mapping[str, str] | None = None,
) -> AsyncGenerator[Child]:
    """Run a program in the project directory during the context."""
    with log.open("wb") as output:
        process = await create_subprocess_exec(
            *command,
            cwd=ROOT,
            env={**os.environ, **(environment or {})},
            stdin=asyncio.subprocess.DEVNULL,
            stdout=output,
            stderr=asyncio.subprocess.STDOUT,
            start_new_session=True,
        )
    child = Child(name, process, log)
    try:
        yield child
    finally:
        await child.stop()


def is_free(port: int, host: str = "127.0.0.1") -> bool:
    """Return True if a port is free."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def free_port() -> int:
    """Return a free port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
