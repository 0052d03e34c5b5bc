"""How fast the conversation card opens and scrolls, where there is a browser."""

import asyncio
import os
import re
import shutil
import sys

from . import ROOT, Result

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
OPENS = re.compile(r"content after (\d+) ms")
SCROLLS = re.compile(r"the median frame took (\d+) ms")


async def measure() -> list[Result]:
    """Open the card with 200 conversations and 10,000 messages in Chromium."""
    chromium = next((path for name in NAMES if (path := shutil.which(name))), None)
    if chromium is None or shutil.which("npm") is None:
        print("the card needs Node and Chromium; not measured", file=sys.stderr)
        return []
    output = await _run("scripts/setup", "frontend") + await _run(
        *("npm", "run", "--silent", "--prefix", "frontend", "browser", "--"),
        *("--grep", "speed", "--workers", "1"),
        CHROMIUM=chromium,
    )
    return [
        Result(
            what="conversation card, 200 conversations and 10,000 messages, first content",
            unit="ms",
            floor=None,
            measured=_number(OPENS, output),
            limit=1000,
        ),
        Result(
            what="conversation card, a thread of 5,000 messages, median frame of scrolling",
            unit="ms",
            floor=None,
            measured=_number(SCROLLS, output),
            limit=50,
        ),
    ]


def _number(pattern: re.Pattern[str], output: str) -> float:
    """Return what the browser test measured."""
    found = pattern.search(output)
    assert found, output
    return float(found[1])


async def _run(*command: str, **environment: str) -> str:
    """Run a command in the project's folder and return what it prints."""
    child = await asyncio.create_subprocess_exec(
        *command,
        cwd=ROOT,
        env=os.environ | environment,
        stdout=asyncio.subprocess.PIPE,
    )
    output, _ = await child.communicate()
    return output.decode()
