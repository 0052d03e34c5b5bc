"""Values that name other things must name things that exist."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.simulator.contract import HEADERS, Refusal, Spec, items

from .base import Context
from .tables import MUSIC, SERVERS

if TYPE_CHECKING:
    from tests.simulator.state import Account

SYSTEM = ("hangup", "busy", "noservice", "disconnected", "dtmf", "echo")
HEADER_FAMILIES = {
    "fwd": "forwardings",
    "vm": "voicemails",
    "sip": "sip_uris",
    "grp": "ring_groups",
    "ivr": "ivrs",
    "recording": "recordings",
    "queue": "queues",
    "cb": "callbacks",
    "tc": "time_conditions",
    "disa": "disas",
}


def route_leads_somewhere(account: Account, route: str) -> bool:
    """Return True if a known header names something that exists."""
    header, _, record = route.partition(":")
    match header:
        case "account":
            return record == account.number or record in account.sub_accounts
        case "sys":
            return record in SYSTEM
        case "none":
            return record == ""
        case "did":
            return record in account.dids
        case "phone":
            return record.isdigit()
        case _:
            return record in account.families[HEADER_FAMILIES[header]]


def check_references(ctx: Context) -> None:
    """Refuse a call that names something the account does not have."""
    contract = ctx.simulator.contract
    for name, spec in contract.params_of(ctx.method).items():
        value = ctx.params.get(name)
        if value is None or name in ctx.held or value in spec.get("words", ()):
            continue
        if spec["kind"] == "routing":
            _check_routes(ctx, name, spec, value)
        elif not _exists(ctx.account, name, spec, value):
            raise Refusal(contract.invalid(name))


def _check_routes(ctx: Context, name: str, spec: Spec, value: str) -> None:
    wrong = ctx.simulator.contract.invalid(name)
    for route in items(value, spec["separator"]) if "separator" in spec else [value]:
        if route.partition(":")[0] not in HEADERS:
            raise Refusal(
                "invalid_routing_header" if wrong == "invalid_route" else wrong
            )
        if not route_leads_somewhere(ctx.account, route):
            raise Refusal(wrong)


def _exists(account: Account, name: str, spec: Spec, value: str) -> bool:
    match spec["kind"]:
        case "recording":
            return value == "0" or value in account.families["recordings"]
        case "music":
            return value in MUSIC or value in account.music
        case "members":
            return all(
                route_leads_somewhere(account, member.partition(",")[0])
                for member in items(value)
            )
        case "choices":
            return all(
                (route := choice.partition("=")[2].strip()).partition(":")[0] in HEADERS
                and route_leads_somewhere(account, route)
                for choice in items(value)
            )
    if name in ("pop", "server_pop"):
        return any(server["server_pop"] == value for server in SERVERS)
    if name == "voicemail":
        return value == "0" or value in account.families["voicemails"]
    return True
