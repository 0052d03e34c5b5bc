"""Helpers of the demo, the benchmark, and the scripts that draw images."""

import os
from pathlib import Path

ROOT = Path(__file__).parents[2]


class ScriptError(Exception):
    """An error for the person who runs a script."""


def say(text: str = "") -> None:
    """Print a line, also if the terminal is gone."""
    try:
        print(text, flush=True)
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
