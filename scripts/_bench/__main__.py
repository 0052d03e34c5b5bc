"""Run all benchmarks, each in a new process, and print the results."""

import argparse
import asyncio
from collections.abc import Iterable
from dataclasses import asdict
from importlib import import_module
import json
import logging
import platform
import subprocess
import sys
from typing import Any, Final

from homeassistant.const import __version__ as home_assistant_version

from . import ROOT, Result

PARTS: Final = ("imports", "set_up", "poll", "answer", "rest", "memory", "card")
RESULTS: Final = ROOT / ".bench" / "results.json"


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="scripts/bench", description=__doc__)
    parser.add_argument(
        "parts", nargs="*", choices=[*PARTS, []], help="what to measure; all of it"
    )
    parser.add_argument("--part", help=argparse.SUPPRESS)
    return parser.parse_args()


def _measure(part: str) -> None:
    """Run one benchmark in this process and print its results."""
    logging.basicConfig(level=logging.ERROR)
    results = asyncio.run(import_module(f"{__package__}.{part}").measure())
    print(json.dumps([asdict(result) for result in results]))


def _measured(part: str) -> list[Result]:
    """Run one benchmark in a new process."""
    print(f"Measuring: {part.replace('_', '-')}", file=sys.stderr, flush=True)
    child = subprocess.run(
        [sys.executable, "-m", __package__, "--part", part],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        check=True,
    )
    return [Result(**result) for result in json.loads(child.stdout.splitlines()[-1])]


def _show(results: Iterable[Result]) -> None:
    """Print the table."""
    print(f"{'':76}{'floor':>10}{'measured':>12}{'ratio':>8}{'limit':>8}")
    for result in results:
        floor = f"{result.floor:.4g}" if result.floor else "-"
        ratio = f"{result.value:.2f}" if result.floor else "-"
        limit = f"{result.limit:g}" if result.limit < float("inf") else "-"
        sign = " " if result.is_reached else "!"
        print(
            f"{sign} {result.what:74}{floor:>10}{result.measured:>12.4g}"
            f"{ratio:>8}{limit:>8} {result.unit}"
            + (f" ({result.more})" if result.more else "")
        )


def _write(results: Iterable[Result]) -> None:
    """Write the results as JSON."""
    document: dict[str, Any] = {
        "home_assistant": home_assistant_version,
        "python": platform.python_version(),
        "results": [
            {**asdict(result), "value": result.value, "reached": result.is_reached}
            for result in results
        ],
    }
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(document, indent=2) + "\n", encoding="utf-8")


def main() -> int:
    """Run the benchmarks; return 1 if a limit is exceeded."""
    arguments = _arguments()
    if arguments.part:
        _measure(arguments.part)
        return 0
    results = [
        result for part in arguments.parts or PARTS for result in _measured(part)
    ]
    _show(results)
    _write(results)
    print(f"\nWritten to {RESULTS.relative_to(ROOT)}.")
    return 0 if all(result.is_reached for result in results) else 1


if __name__ == "__main__":
    sys.exit(main())
