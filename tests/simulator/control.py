"""The simulator's own controls over HTTP, for demonstrations and other processes."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import asdict
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aiohttp import web
import orjson

from .state import Account, Message, text

if TYPE_CHECKING:
    from .server import Simulator

PHONE = Path(__file__).with_name("phone.html")
Json = dict[str, Any]
OWN = ("ip_enabled", "api_enabled", "password", "daily_limit", "all_lists_mms")


def add_routes(app: web.Application, simulator: Simulator) -> None:
    """Add the controls to the server."""
    controls = Controls(simulator)
    app.router.add_get("/", controls.home)
    app.router.add_get("/phone", controls.phone)
    for name in ("account", "calls", "messages", "callbacks", "violations"):
        app.router.add_get(f"/control/{name}", _shown(getattr(controls, name)))
    for name in (
        "receive",
        "clear_calls",
        "fault",
        "clear_faults",
        "latency",
        "set",
        "reset",
    ):
        app.router.add_post(f"/control/{name}", _done(getattr(controls, f"do_{name}")))


def _json(value: Any, status: int = 200) -> web.Response:
    body = orjson.dumps(value, default=str)
    return web.Response(body=body, status=status, content_type="application/json")


def _shown(
    show: Callable[[Json], Any],
) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def handler(request: web.Request) -> web.Response:
        try:
            return _json(show(dict(request.query)))
        except (LookupError, ValueError) as error:
            return _json({"error": str(error)}, 409)

    return handler


def _done(
    do: Callable[[Json], Awaitable[Any]],
) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def handler(request: web.Request) -> web.Response:
        try:
            body = await request.read()
            return _json(await do(orjson.loads(body) if body else {}))
        except (LookupError, ValueError, TypeError) as error:
            return _json({"error": str(error)}, 409)

    return handler


class Controls:
    """What can be seen and done."""

    def __init__(self, simulator: Simulator) -> None:
        """Control a simulator."""
        self._simulator = simulator

    def _account(self, query: Json) -> Account:
        email = str(query.get("email", "")).casefold()
        for account in self._simulator.accounts:
            if email in ("", account.email.casefold()):
                return account
        raise LookupError("no such account")

    async def home(self, request: web.Request) -> web.Response:
        """Send a visitor to the telephone."""
        raise web.HTTPFound("/phone")

    async def phone(self, request: web.Request) -> web.Response:
        """Show the telephone of the other party."""
        return web.Response(
            text=PHONE.read_text(encoding="utf-8"), content_type="text/html"
        )

    def account(self, query: Json) -> Json:
        """Show what an account holds."""
        account = self._account(query)
        return {
            "email": account.email,
            "number": account.number,
            "balance": str(account.balance),
            "dids": list(account.dids.values()),
            "routing": {did: row["routing"] for did, row in account.dids.items()},
            "sub_accounts": list(account.sub_accounts),
            "registered": list(account.registrations),
            "people": list(account.families["phonebook"].values()),
            "sent": [self._message(message) for message in account.sent],
        }

    def messages(self, query: Json) -> list[Json]:
        """Show messages, oldest first; of one number and one other party if told."""
        did, contact = query.get("did"), query.get("contact")
        return [
            self._message(message)
            for message in self._account(query).messages
            if did in (None, message.did) and contact in (None, message.contact)
        ]

    def _message(self, message: Message) -> Json:
        row = message.row(media=True, base=self._simulator.base_url)
        return {**row, "kind": message.kind, "at": message.at.isoformat()}

    def calls(self, query: Json) -> list[Json]:
        """Show the calls so far."""
        return [asdict(call) for call in self._simulator.calls]

    def violations(self, query: Json) -> list[str]:
        """Show what callers did against the contract."""
        return self._simulator.violations

    def callbacks(self, query: Json) -> list[Json]:
        """Show how the callbacks went."""
        return [asdict(outcome) for outcome in self._simulator.callbacks.outcomes]

    async def do_receive(self, body: Json) -> Json:
        """Let a text arrive; `did`, `contact`, `message`, and if wanted `media` and `at`.

        With `mms` it is one without media, and with `media_after` its media come so many
        seconds later.
        """
        at = datetime.fromisoformat(body["at"]) if body.get("at") else None
        arrived = self._simulator.arrive(
            str(body["did"]),
            str(body["contact"]),
            str(body.get("message", "")),
            media=body.get("media") or (),
            at=at,
            mms=bool(body.get("mms")),
            media_after=body.get("media_after"),
        )
        return self._message(arrived)

    async def do_clear_calls(self, body: Json) -> Json:
        """Forget the calls so far."""
        self._simulator.clear_calls()
        return {}

    async def do_fault(self, body: Json) -> Json:
        """Make something go wrong; `kind`, and if wanted `method`, `times` and the like.

        Kind `refused` closes the server for some `seconds`.
        """
        if body.get("kind") == "refused":
            self._simulator.refuse(float(body.get("seconds", 10)))
            return body
        return asdict(self._simulator.faults.add(**body))

    async def do_clear_faults(self, body: Json) -> Json:
        """Let everything work again."""
        self._simulator.faults.clear()
        return {}

    async def do_latency(self, body: Json) -> Json:
        """Answer late; `ms`, and if wanted only one `method`."""
        seconds = float(body["ms"]) / 1000
        if method := body.get("method"):
            self._simulator.latencies[method] = seconds
        else:
            self._simulator.latency = seconds
        return {"seconds": seconds}

    async def do_set(self, body: Json) -> Json:
        """Change the account's state, as if at the portal.

        `did` with `fields` changes a number, and adds it where there is none; with `remove` the
        number goes. `account` with `registered` connects or disconnects a sub-account. `balance`,
        `ip_enabled`, `api_enabled`, `password` and `daily_limit` are the account's own; so is
        `all_lists_mms`, whether `getSMS` lists picture messages.
        """
        account = self._account(body)
        if did := body.get("did"):
            _set_number(account, str(did), body)
        if name := body.get("account"):
            account.unregister(name)
            if body["registered"]:
                account.register(name)
        if "balance" in body:
            account.balance = Decimal(str(body["balance"]))
        for name in OWN:
            if name in body:
                setattr(account, name, body[name])
        return self.account(body)

    async def do_reset(self, body: Json) -> Json:
        """Put everything back to the beginning."""
        self._simulator.reset()
        return {}


def _set_number(account: Account, did: str, body: Json) -> None:
    fields = {key: text(value) for key, value in body.get("fields", {}).items()}
    if body.get("remove"):
        account.remove_did(did)
    elif did in account.dids:
        account.dids[did].update(fields)
    else:
        account.add_did(did, **fields)
