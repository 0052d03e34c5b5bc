"""A Home Assistant to look at: this integration, signed in to a simulated VoIP.ms."""

import os
from pathlib import Path

ROOT = Path(__file__).parents[2]


class DemoError(Exception):
    """Something the person who runs the demo has to know, in words for them."""


def say(text: str = "") -> None:
    """Tell what is going on; a terminal that has gone away is no reason to stop badly."""
    try:
        print(text, flush=True)
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
