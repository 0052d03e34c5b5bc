"""What the demo, the benchmark and the scripts that make pictures share."""

import os
from pathlib import Path

ROOT = Path(__file__).parents[2]


class ScriptError(Exception):
    """Something the person who runs a script has to know, in words for them."""


def say(text: str = "") -> None:
    """Print a line; a terminal that has gone away is no reason to stop badly."""
    try:
        print(text, flush=True)
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
