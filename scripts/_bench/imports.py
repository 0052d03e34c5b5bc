"""Import time of the integration, including all platforms.

What it uses of Home Assistant is there already, as in every home: the core, the
helpers, the entity components and the web server. So is the bytecode, which
Python keeps from the first start on, unless it is told not to.
"""

import asyncio
import os
import sys
from tempfile import TemporaryDirectory

from . import ROOT, Result

REPETITIONS = 11
LIMIT = 60
PLATFORMS = (
    "binary_sensor",
    "event",
    "notify",
    "number",
    "select",
    "sensor",
    "switch",
    "text",
)
BASE = (
    "bootstrap",
    "components.http",
    "components.webhook",
    "components.websocket_api",
    "helpers.aiohttp_client",
)
PROGRAM = f"""
import sys, time
from importlib import import_module
import homeassistant.core, homeassistant.config_entries
for name in {BASE}:
    import_module(f"homeassistant.{{name}}")
for name in {PLATFORMS}:
    import_module(f"homeassistant.components.{{name}}")
began = time.process_time()
import_module("custom_components.voipms")
for name in {PLATFORMS}:
    import_module(f"custom_components.voipms.{{name}}")
print(time.process_time() - began)
"""


async def measure() -> list[Result]:
    """Import it in new interpreters."""
    with TemporaryDirectory() as bytecode:
        times = [await _once(bytecode) for _ in range(REPETITIONS + 1)][1:]
    return [
        Result(
            what="import, processor time",
            unit="ms",
            floor=None,
            measured=min(times) * 1000,
            limit=LIMIT,
            more="the best of several, since other programs only add to it",
        )
    ]


async def _once(bytecode: str) -> float:
    """Import it in one interpreter with a bytecode cache."""
    child = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", PROGRAM),
        cwd=ROOT,
        env=os.environ
        | {"PYTHONPYCACHEPREFIX": bytecode, "PYTHONDONTWRITEBYTECODE": ""},
        stdout=asyncio.subprocess.PIPE,
    )
    output, _ = await child.communicate()
    return float(output)
