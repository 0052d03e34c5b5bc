"""Call records."""

from __future__ import annotations

from datetime import date

from tests.simulator.contract import Refusal
from tests.simulator.state import EASTERN, wall_time

from .base import Context, Reply, handles

DISPOSITIONS = {
    "answered": "ANSWERED",
    "noanswer": "NO ANSWER",
    "busy": "BUSY",
    "failed": "FAILED",
}


@handles("getCDR", "getResellerCDR")
def list_calls(ctx: Context) -> Reply:
    """List the calls of some days."""
    wanted = {DISPOSITIONS[name] for name in DISPOSITIONS if ctx.get(name) == "1"}
    if not wanted:
        raise Refusal("no_callstatus")
    first = date.fromisoformat(ctx.params["date_from"])
    last = date.fromisoformat(ctx.params["date_to"])
    if first > last:
        raise Refusal("invalid_date_from")
    if (last - first).days > 92:
        raise Refusal("invalid_daterange")
    account, timezone = ctx.get("account", "all"), int(ctx.params["timezone"])
    rows = [
        {"date": wall_time(row["at"], timezone)}
        | {k: v for k, v in row.items() if k != "at"}
        for row in sorted(ctx.account.cdr, key=lambda row: row["at"], reverse=True)
        if row["disposition"] in wanted
        and first <= row["at"].astimezone(EASTERN).date() <= last
        and account in ("all", row["account"])
    ]
    if not rows:
        raise Refusal("no_cdr")
    return {"cdr": rows}
