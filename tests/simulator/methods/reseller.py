"""Clients of a reseller."""

from __future__ import annotations

from tests.simulator.contract import Refusal
from tests.simulator.families import FAMILIES

from .base import Context, Reply, handles


@handles("signupClient")
def sign_up(ctx: Context) -> Reply:
    """Make a client."""
    if ctx.get("email") != ctx.get("confirm_email"):
        raise Refusal("mismatch_email_confirm")
    if ctx.get("password") != ctx.get("confirm_password"):
        raise Refusal("mismatch_password_confirm")
    clients = ctx.account.families["clients"].values()
    if any(row["email"].casefold() == ctx.get("email").casefold() for row in clients):
        raise Refusal("used_email")
    blank = FAMILIES["clients"].blank
    row = ctx.account.add(
        "clients", **{name: ctx.get(name, v) for name, v in blank.items()}
    )
    return {"client": row["client"]}


@handles("getResellerBalance")
def client_balance(ctx: Context) -> Reply:
    """Tell a client's balance."""
    if ctx.get("client") not in ctx.account.families["clients"]:
        raise Refusal("invalid_client")
    names = (
        "current_balance",
        "spent_total",
        "calls_total",
        "spent_today",
        "calls_today",
    )
    return {
        "balance": {
            **dict.fromkeys(names, "0"),
            "time_total": "0:00",
            "time_today": "0:00",
        }
    }
