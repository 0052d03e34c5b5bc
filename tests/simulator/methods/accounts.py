"""The account itself and its sub-accounts."""

from __future__ import annotations

from datetime import timedelta
import re

from tests.simulator.blanks import SUB_ACCOUNT_BLANK
from tests.simulator.contract import Refusal
from tests.simulator.state import EASTERN, Row, now, today

from .base import Context, Reply, handles
from .tables import LOOKUPS, SERVERS


@handles("getBalance")
def balance(ctx: Context) -> Reply:
    """Tell the balance; with `advanced` what was used too."""
    amount = {"current_balance": f"{ctx.account.balance:.6f}"}
    if ctx.get("advanced"):
        calls = ctx.account.cdr
        since = [
            row for row in calls if row["at"].astimezone(EASTERN).date() == today()
        ]
        for name, rows in (("total", calls), ("today", since)):
            seconds = sum(int(row["seconds"]) for row in rows)
            amount |= {
                f"spent_{name}": f"{sum(float(row['total']) for row in rows):.5f}",
                f"calls_{name}": str(len(rows)),
                f"time_{name}": str(timedelta(seconds=seconds)),
            }
    return {"balance": amount}


@handles("getIP")
def address(ctx: Context) -> Reply:
    """Tell where the call came from."""
    return {"ip": ctx.remote}


@handles("getRegistrationStatus")
def registration(ctx: Context) -> Reply:
    """Return True if a sub-account's devices are connected."""
    name = ctx.get("account")
    if name != ctx.account.number and name not in ctx.account.sub_accounts:
        raise Refusal("invalid_account")
    devices = ctx.account.registrations.get(name, [])
    servers = {server["server_pop"]: server for server in SERVERS}
    rows = []
    for device in devices:
        server = servers[device["server_pop"]]
        rows.append(
            {key: value for key, value in server.items() if key != "server_recommended"}
            | device
        )
    return {
        "registered": "yes" if rows else "no",
        "rerouted": "0",
        "from_server_pop": "",
        "registrations": rows,
    }


@handles("getSubAccounts")
def sub_accounts(ctx: Context) -> Reply:
    """List the sub-accounts: all, one, or those of a client."""
    rows = list(ctx.account.sub_accounts.values())
    if not rows:
        raise Refusal("no_account")
    if wanted := ctx.get("account"):
        rows = [
            row for row in rows if wanted in (row["account"], row["reseller_client"])
        ]
        if not rows:
            raise Refusal("no_subaccount")
    return {"accounts": rows + ctx.account.doubled_sub_accounts}


def _check_codes(ctx: Context) -> None:
    for param, method in (
        ("protocol", "getProtocols"),
        ("auth_type", "getAuthTypes"),
        ("device_type", "getDeviceTypes"),
        ("lock_international", "getLockInternational"),
        ("international_route", "getRoutes"),
        ("canada_routing", "getRoutes"),
    ):
        _, _, invalid, choices = LOOKUPS[method]
        if (value := ctx.get(param)) and value not in choices:
            raise Refusal(
                "invalid_canada_routing" if param == "canada_routing" else invalid
            )
    codecs = LOOKUPS["getAllowedCodecs"][3]
    if not all(
        codec.strip() in (*codecs, "all")
        for codec in ctx.get("allowed_codecs").split(";")
    ):
        raise Refusal("invalid_allowedcodecs")


def _check_password(ctx: Context) -> None:
    password = ctx.get("password")
    if ctx.get("auth_type") == "2":
        if password:
            raise Refusal("invalid_password_auth")
        if not ctx.get("ip"):
            raise Refusal("missing_ip")
        return
    if not password:
        raise Refusal("missing_password")
    for pattern, status in (
        (r".{8,}", "invalid_password_lessthan_8characters_long"),
        (r".*[a-z].*", "invalid_password_missing_lowercase"),
        (r".*[A-Z].*", "invalid_password_missing_uppercase"),
        (r".*\d.*", "invalid_password_missing_number"),
    ):
        if not re.fullmatch(pattern, password):
            raise Refusal(status)


def _by_id(ctx: Context) -> Row:
    for row in ctx.account.sub_accounts.values():
        if row["id"] == ctx.get("id"):
            return row
    raise Refusal("invalid_account")


def _fields(ctx: Context) -> dict[str, str]:
    return {name: ctx.get(name, blank) for name, blank in SUB_ACCOUNT_BLANK.items()}


@handles("createSubAccount")
def create(ctx: Context) -> Reply:
    """Make a sub-account."""
    _check_codes(ctx)
    _check_password(ctx)
    if not re.fullmatch(r"\w{1,12}", username := ctx.params["username"]):
        raise Refusal("invalid_username")
    if f"{ctx.account.number}_{username}" in ctx.account.sub_accounts:
        raise Refusal("used_username")
    row = ctx.account.add_sub_account(username, **_fields(ctx))
    return {"id": row["id"], "account": row["account"]}


@handles("setSubAccount")
def change(ctx: Context) -> Reply:
    """Change a sub-account; what is left out is blank afterwards."""
    row = _by_id(ctx)
    _check_codes(ctx)
    if ctx.get("password"):
        _check_password(ctx)
    row.update(
        _fields(ctx)
        | {
            "protocol": row["protocol"],
            "password": ctx.get("password", row["password"]),
        }
    )
    return {}


@handles("delSubAccount")
def delete(ctx: Context) -> Reply:
    """Delete a sub-account that no number belongs to."""
    row = _by_id(ctx)
    target = f"account:{row['account']}"
    if any(did["routing"] == target for did in ctx.account.dids.values()):
        raise Refusal("account_with_dids")
    del ctx.account.sub_accounts[row["account"]]
    return {}


@handles("getLocations")
def locations(ctx: Context) -> Reply:
    """List the groups of internal extensions."""
    return {
        "locations": [
            "Reachable by everyone",
            *(row["name"] for row in ctx.account.locations),
        ]
    }


@handles("setLocation")
def add_location(ctx: Context) -> Reply:
    """Make a group of internal extensions."""
    if any(row["name"] == ctx.get("name") for row in ctx.account.locations):
        raise Refusal("location_already_exists")
    row = {"id": ctx.account.next_id("locations", 1), "name": ctx.params["name"]}
    ctx.account.locations.append(row)
    return {}


@handles("delLocation")
def delete_location(ctx: Context) -> Reply:
    """Delete a group of internal extensions."""
    wanted = {"id": ctx.get("id"), "name": ctx.get("name")}
    if wanted not in ctx.account.locations:
        raise Refusal("location_not_found")
    ctx.account.locations.remove(wanted)
    return {}


@handles("getTransactionHistory")
def transactions(ctx: Context) -> Reply:
    """List what was paid and charged."""
    first, last = ctx.params["date_from"], ctx.params["date_to"]
    if first > last:
        raise Refusal("invalid_date_from")
    rows = [
        row for row in ctx.account.transactions if first <= row["date"][:10] <= last
    ]
    if not rows:
        raise Refusal("no_transactions")
    return {"transactions": rows}


@handles("getCallAccounts")
def call_accounts(ctx: Context) -> Reply:
    """List the accounts that calls can be filtered by."""
    names = [ctx.account.number, *ctx.account.sub_accounts]
    rows = [{"value": "all", "description": "All"}]
    return {"accounts": rows + [{"value": name, "description": name} for name in names]}


@handles("getCallTypes")
def call_types(ctx: Context) -> Reply:
    """List the kinds of calls."""
    rows = [
        {"value": value, "description": words}
        for value, words in (("all", "All"), ("incoming", "In"), ("outgoing", "Out"))
    ]
    return {
        "call_types": rows
        + [{"value": did, "description": did} for did in ctx.account.dids]
    }


def stamp() -> str:
    """Return now as the service writes it."""
    return f"{now().astimezone(EASTERN):%Y-%m-%d %H:%M:%S}"
