"""Functions without a behaviour of their own: the right shape, with made-up values."""

from __future__ import annotations

from typing import Any

from tests.simulator.state import now, today, wall_time

from .base import Context, Reply


def sample_reply(ctx: Context) -> Reply:
    """Return what the contract says such a reply holds."""
    if ctx.method.startswith("e911") and "did" in ctx.params:
        ctx.own_did()
    shape: dict[str, Any] = ctx.simulator.contract.methods[ctx.method]["reply"]
    return {key: _sample(kind) for key, kind in shape.items()}


def _sample(shape: Any) -> Any:
    match shape:
        case list():
            return [_sample(item) for item in shape]
        case dict():
            return {
                name.replace("*", "sample"): _sample(item)
                for name, item in shape.items()
            }
        case "integer" | "flag":
            return "1"
        case "decimal":
            return "1.50"
        case "yesno":
            return "yes"
        case "date":
            return today().isoformat()
        case "datetime":
            return wall_time(now())
        case _:
            return "Sample"
