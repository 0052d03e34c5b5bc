"""Run the demo, check it, or take a screenshot of it."""

import argparse
import asyncio
from collections.abc import Coroutine, Generator
from contextlib import contextmanager
import fcntl
from pathlib import Path
import signal
import sys
import tempfile

from aiohttp import ClientError

from scripts._shared import ROOT, ScriptError, say
from scripts._shared.children import free_port, is_free

from .check import check_scene, check_second_start
from .conversations import OpenCard
from .home import PASSWORD, RESTART_EXIT_CODE, USERNAME, Home
from .office import URL_PATH
from .scene import Scene, scene

PORT = 8123
SIMULATOR_PORT = 8124


async def run(arguments: argparse.Namespace) -> None:
    """Run the demo until it is stopped."""
    directory: Path = arguments.directory.absolute()
    with _only_one(directory):
        port = _port(arguments.port, PORT, "--port")
        simulator_port = _port(
            arguments.simulator_port, SIMULATOR_PORT, "--simulator-port", port
        )
        home = Home(directory, arguments.host, port)
        again = True
        while again:
            async with scene(home, simulator_port) as here:
                _welcome(here)
                again = await here.child.process.wait() == RESTART_EXIT_CODE
    raise ScriptError("Home Assistant has stopped by itself.")


@contextmanager
def _only_one(directory: Path) -> Generator[None]:
    """Lock the directory against a second demo."""
    directory.mkdir(parents=True, exist_ok=True)
    with (directory / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise ScriptError(
                "The demo is running already; Ctrl-C stops it where it was started."
            ) from error
        yield


def _port(wanted: int | None, usual: int, option: str, *taken: int) -> int:
    """Return the requested port, or the first free one from the default on."""
    if wanted is not None:
        if not is_free(wanted):
            raise ScriptError(f"Port {wanted} is taken: choose another with {option}.")
        return wanted
    ports = range(usual, usual + 100)
    return next(port for port in ports if port not in taken and is_free(port))


def _welcome(here: Scene) -> None:
    say()
    say("The demo is ready.")
    say()
    say(f"    Home Assistant   {here.home.url}/{URL_PATH}")
    say(f"    Username         {USERNAME}")
    say(f"    Password         {PASSWORD}")
    say()
    say("To text one of the numbers, use the other party's phone:")
    say()
    say(f"    {here.service.phone}")
    say()
    say('A text shows up at once; "status" gets an answer. Ctrl-C stops everything.')


@contextmanager
def throwaway() -> Generator[Home]:
    """Provide a temporary home."""
    with tempfile.TemporaryDirectory(prefix="voipms-") as directory:
        yield Home(Path(directory), "127.0.0.1", free_port())


async def check() -> None:
    """Run the demo unattended and check that it works."""
    simulator_port = free_port()
    with throwaway() as home:
        async with OpenCard() as card:
            async with scene(home, simulator_port) as here:
                await check_scene(here, card)
            async with scene(home, simulator_port) as here:
                await check_second_start(here, card)
    say("Everything works.")


async def screenshot(path: Path) -> None:
    """Take a screenshot of the demo's dashboard."""
    from .screenshot import take

    with throwaway() as home:
        async with scene(home, free_port()) as here:
            await take(here, path)
    say(f"The picture is in {path}.")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="scripts/demo",
        description="Home Assistant with this integration, signed in to a simulated VoIP.ms.",
    )
    parser.add_argument("--check", action="store_true", help="try it without a person")
    parser.add_argument(
        "--screenshot", type=Path, metavar="FILE", help="take a picture"
    )
    parser.add_argument(
        "--directory", type=Path, default=ROOT / ".demo", help="where it lives (.demo)"
    )
    parser.add_argument("--port", type=int, help=f"of Home Assistant ({PORT})")
    parser.add_argument(
        "--simulator-port", type=int, help=f"of the simulator ({SIMULATOR_PORT})"
    )
    parser.add_argument(
        "--host",
        default="127.0.0.1",
        help="0.0.0.0 to reach Home Assistant from other machines",
    )
    return parser.parse_args()


def _task(arguments: argparse.Namespace) -> Coroutine[None, None, None]:
    if arguments.check:
        return check()
    if arguments.screenshot:
        return screenshot(arguments.screenshot)
    return run(arguments)


async def _stoppable(task: Coroutine[None, None, None]) -> int:
    """Run until done or until a signal; a second signal stops immediately."""
    running = asyncio.ensure_future(task)
    loop = asyncio.get_running_loop()

    def stop() -> None:
        say("\nStopping." if not running.cancelling() else "Stopping at once.")
        running.cancel()

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        loop.add_signal_handler(number, stop)
    try:
        await running
    except asyncio.CancelledError:
        return 0
    except (ScriptError, ClientError) as error:
        say(f"\n{error}")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(asyncio.run(_stoppable(_task(_arguments()))))
