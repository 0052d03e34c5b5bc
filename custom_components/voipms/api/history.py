"""Messages of any range of days, without losing any.

VoIP.ms returns 50 messages unless told otherwise, and refuses ranges of more than
about three months.
"""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any, Final

from .client import VoipmsClient
from .models import eastern_today, rows

LONGEST: Final = timedelta(days=90)
LIMIT: Final = 20_000
GROWTH: Final = 4
LIST: Final = "sms"
ONE: Final = frozenset({"sms", "mms"})
"""Parameters that ask for one message, whatever its day."""


async def read_messages(
    client: VoipmsClient, method: str, params: Mapping[str, str]
) -> list[Mapping[str, Any]]:
    """Call getSMS or getMMS as often as it takes; return the rows, newest first.

    `limit` is that of the whole. Raises a VoipmsError.
    """
    wanted = int(params["limit"]) if "limit" in params else None
    found: list[Mapping[str, Any]] = []
    for days in _ranges(params):
        found += await _read_all(client, method, {**params, **days}, wanted)
        if wanted is not None and len(found) >= wanted:
            return found[:wanted]
    return found


def _ranges(params: Mapping[str, str]) -> Iterator[Mapping[str, str]]:
    """Split a range of days into ranges that are not refused, the latest first."""
    if "from" not in params or not ONE.isdisjoint(params):
        yield {}
        return
    first = date.fromisoformat(params["from"])
    last = date.fromisoformat(params["to"]) if "to" in params else eastern_today()
    while last - first >= LONGEST:
        start = last - LONGEST + timedelta(days=1)
        yield {"from": start.isoformat(), "to": last.isoformat()}
        last = start - timedelta(days=1)
    yield {"from": first.isoformat(), "to": last.isoformat()}


async def _read_all(
    client: VoipmsClient, method: str, params: Mapping[str, str], wanted: int | None
) -> list[Mapping[str, Any]]:
    """Read a range; the limit grows until it cuts nothing off."""
    limit = wanted or LIMIT
    while True:
        reply = await client.call(method, {**params, "limit": str(limit)})
        found = rows(reply[LIST])
        if wanted is not None or len(found) < limit:
            return found
        limit *= GROWTH
