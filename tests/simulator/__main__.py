"""Run the simulator by itself: `python -m tests.simulator --demo`."""

from __future__ import annotations

import argparse
import asyncio
from datetime import datetime
import signal

from . import Simulator, seed


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m tests.simulator", description=__doc__
    )
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8124)
    parser.add_argument(
        "--demo", action="store_true", help="with the demonstration's account"
    )
    parser.add_argument(
        "--since",
        type=_moment,
        metavar="TIME",
        help="what its history counts back from, in ISO 8601 with an offset (now)",
    )
    parser.add_argument(
        "--numbers", type=int, default=0, help="of a busy account beside it (none)"
    )
    parser.add_argument("--messages", type=int, default=0, help="of the busy account")
    return parser.parse_args()


def _moment(text: str) -> datetime:
    """Read a moment; without an offset it would be another one elsewhere."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from error
    if moment.tzinfo is None:
        raise argparse.ArgumentTypeError(f"{text} lacks the offset from UTC")
    return moment


async def _run(arguments: argparse.Namespace) -> None:
    plays = arguments.demo or arguments.numbers
    simulator = Simulator(sms_settings_wait=0 if plays else 60)
    if arguments.demo:
        seed.demo_account(simulator, arguments.since)
    if arguments.numbers:
        seed.busy_account(simulator, arguments.numbers, arguments.messages)
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stopped.set)
    await simulator.start(arguments.host, arguments.port)
    print(f"API    {simulator.url}", flush=True)
    print(f"Phone  {simulator.base_url}/phone", flush=True)
    for account in simulator.accounts:
        print(f"Login  {account.email}  {account.password}", flush=True)
    await stopped.wait()
    await simulator.stop()


if __name__ == "__main__":
    asyncio.run(_run(_arguments()))
