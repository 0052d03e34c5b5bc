"""The service itself: one endpoint over HTTP, and the state behind it."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import format_datetime
from typing import Any, Self
from zlib import crc32

from aiohttp import web

from . import control, faults
from .callbacks import Callbacks
from .contract import Contract, Refusal
from .families import FAMILIES
from .faults import without
from .media import decode_media
from .methods import HANDLERS, Context, check_references, sample_reply
from .methods.resources import DELETERS, GETTERS, held
from .state import CLOCK, Account, Message, now

PATH = "/api/v1/rest.php"
CREDENTIALS = ("api_username", "api_password", "method")
WORDS = frozenset(
    {"message", "description", "name", "note", "date", "password", "status"}
)
"""Fields that stay text when other values become numbers."""


@dataclass
class Call:
    """A call that arrived, without its credentials."""

    method: str
    params: dict[str, str]
    at: datetime
    transport: str
    """How the parameters came: `query`, `multipart` or `urlencoded`."""
    status: str = ""
    """What was answered; empty when a fault or a laid-down answer came first."""


class Simulator:
    """A service like VoIP.ms, for tests and demonstrations."""

    def __init__(
        self,
        *,
        values: str = "strings",
        bare_single: bool = False,
        sms_settings_wait: float = 60,
        rate_limit: int | None = None,
        callback_retry_interval: float = 1800,
        quotes_twice: bool = False,
        row_cap: int | None = None,
    ) -> None:
        """Set up a service without accounts."""
        self.values = values
        self.bare_single = bare_single
        self.sms_settings_wait = sms_settings_wait
        self.rate_limit = rate_limit
        self.quotes_twice = quotes_twice
        self.row_cap = row_cap
        """How many messages are listed at the most, whatever the limit asked for."""
        self.clock_offset = timedelta()
        self.date_header = "service"
        """Whose clock the replies tell: `service`, `host` or none."""
        self.unreachable: dict[str, str] = {}
        """Numbers that get no messages, and what is answered instead."""
        self.latency: float = 0
        self.latencies: dict[str, float] = {}
        self.stuck: set[str] = set()
        """Fields of records that stay as they are although a change succeeds."""
        self.unseen: set[str] = set()
        """Fields of records that are kept, and not returned to whoever reads."""
        self.contract = Contract()
        self.accounts: list[Account] = []
        self.calls: list[Call] = []
        self.violations: list[str] = []
        self.faults = faults.Faults()
        self.answers: dict[str, faults.Answer] = {}
        """What is answered in place of carrying a function out, word for word."""
        self.media: dict[str, tuple[str, bytes]] = {}
        self.callbacks = Callbacks(self, callback_retry_interval)
        self.host, self.port = "127.0.0.1", 0
        self.seed: Callable[[Simulator], Account] | None = None
        self._abroad: dict[str, int] = {}
        self._recent: deque[datetime] = deque()
        self._runner: web.AppRunner | None = None
        self._refusing: asyncio.Task[None] | None = None
        self._stopping = asyncio.Event()

    @property
    def clock_offset(self) -> timedelta:
        """Return how far the clock of the service is ahead of the host's."""
        return CLOCK.offset

    @clock_offset.setter
    def clock_offset(self, offset: timedelta) -> None:
        CLOCK.offset = offset

    # Starting and stopping

    @property
    def base_url(self) -> str:
        """Return the address of the server."""
        return f"http://{self.host}:{self.port}"

    @property
    def url(self) -> str:
        """Return the address of the API."""
        return self.base_url + PATH

    async def start(self, host: str | None = None, port: int | None = None) -> None:
        """Listen; without a port at the one used before, else at a free one."""
        self.host = host or self.host
        self.port = self.port if port is None else port
        self._stopping = asyncio.Event()
        app = web.Application(client_max_size=32 * 1024**2)
        app.on_response_prepare.append(self._date)
        app.router.add_route("GET", PATH, self._rest)
        app.router.add_route("POST", PATH, self._rest)
        app.router.add_get("/media/{key}", self._media)
        control.add_routes(app, self)
        self._runner = web.AppRunner(
            app, access_log=None, handler_cancellation=True, shutdown_timeout=0.5
        )
        await self._runner.setup()
        site = web.TCPSite(self._runner, self.host, self.port, reuse_address=True)
        await site.start()
        self.port = self._runner.addresses[0][1]

    async def stop(self) -> None:
        """Stop listening; connections are refused until the next start."""
        if self._refusing and self._refusing is not asyncio.current_task():
            self._refusing.cancel()
        self._stopping.set()
        await self.callbacks.stop()
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    def refuse(self, seconds: float) -> None:
        """Refuse connections for a while."""
        self._refusing = asyncio.get_running_loop().create_task(self._refuse(seconds))

    async def _refuse(self, seconds: float) -> None:
        await asyncio.sleep(0.1)
        await self.stop()
        await asyncio.sleep(seconds)
        await self.start()

    async def __aenter__(self) -> Self:
        """Start."""
        await self.start()
        return self

    async def __aexit__(self, *exc_info: object) -> None:
        """Stop."""
        await self.stop()

    # What tests and demonstrations use

    def add_account(
        self, email: str = "demo@example.com", password: str = "secret", **options: Any
    ) -> Account:
        """Open an account."""
        account = Account(email, password, **options)
        self.accounts.append(account)
        return account

    def calls_of(self, method: str) -> list[Call]:
        """Return the calls of one function."""
        return [call for call in self.calls if call.method == method]

    def clear_calls(self) -> None:
        """Forget the calls so far."""
        self.calls.clear()

    async def receive(
        self, did: str, contact: str, message: str, **options: Any
    ) -> Message:
        """Let a text arrive at whoever has the number, and wait for the callbacks."""
        account, arrived = self._arrived(did, contact, message, **options)
        await self.callbacks.deliver(account, arrived)
        return arrived

    def arrive(self, did: str, contact: str, message: str, **options: Any) -> Message:
        """Let a text arrive, and see to the callbacks later."""
        account, arrived = self._arrived(did, contact, message, **options)
        self.callbacks.announce(account, arrived)
        return arrived

    def _arrived(
        self,
        did: str,
        contact: str,
        message: str,
        media: Iterable[str] = (),
        **options: Any,
    ) -> tuple[Account, Message]:
        for account in self.accounts:
            if did in account.dids:
                kept = [self.keep_media(account, item) for item in media]
                options["media"] = kept
                return account, account.receive_message(
                    did, contact, message, **options
                )
        raise ValueError(f"nobody has {did}")

    def reset(self) -> None:
        """Go back to the beginning: the seeded account, no faults, no calls."""
        self.accounts.clear()
        self.calls.clear()
        self.violations.clear()
        self.faults.clear()
        self.answers.clear()
        self.latencies.clear()
        self.unreachable.clear()
        self.latency = 0
        self.row_cap = None
        self.clock_offset = timedelta()
        self.stuck.clear()
        self.unseen.clear()
        self._abroad.clear()
        if self.seed:
            self.seed(self)

    # What the functions use

    def taken(self, did: str) -> bool:
        """Return True if somebody has a number."""
        return any(did in account.dids for account in self.accounts)

    def stock_abroad(self, location: str) -> int:
        """Return how many numbers a place abroad has left."""
        return self._abroad.get(location, 10)

    def take_abroad(self, location: str, quantity: int) -> None:
        """Take numbers of a place abroad from the stock."""
        self._abroad[location] = self.stock_abroad(location) - quantity

    def keep_media(self, account: Account, value: str) -> str:
        """Keep media sent as data and return their path; an address stays what it is."""
        if (decoded := decode_media(value)) is None:
            return value
        key = f"{account.number}-{len(self.media) + 1}.{decoded[0].rpartition('/')[2]}"
        self.media[key] = decoded
        return f"/media/{key}"

    # One call

    async def _date(self, request: web.Request, response: web.StreamResponse) -> None:
        """Write the time of day into a reply, as every web server does."""
        if self.date_header == "service":
            response.headers["Date"] = format_datetime(now(), usegmt=True)
        elif not self.date_header:
            response.headers.popall("Date", None)

    async def _rest(self, request: web.Request) -> web.StreamResponse:
        sent, transport = await _sent(request)
        method = sent.get("method", "")
        params = {
            name: value for name, value in sent.items() if name not in CREDENTIALS
        }
        call = Call(method, params, now(), transport)
        self.calls.append(call)
        if delay := self.latencies.get(method, self.latency):
            await asyncio.sleep(delay)
        fault = self.faults.take(method)
        if fault and fault.before:
            return await faults.answer_instead(
                fault, request, self._empty_status(method), self._stopping
            )
        if method in self.answers:
            return faults.laid_down(self.answers[method])
        payload = self.execute(call, sent, request.remote or "")
        if fault:
            return await faults.spoil(fault, request, payload, self._stopping)
        if method in DELETERS and payload == {"status": "success"}:
            return faults.reply(b"")
        return faults.reply(faults.encode(payload))

    def execute(
        self, call: Call, sent: dict[str, str], remote: str = ""
    ) -> dict[str, Any]:
        """Carry a call out and return the reply."""
        try:
            account = self._admit(sent)
            payload = self._perform(call, account, remote)
        except Refusal as refusal:
            call.status = refusal.status
            return {"status": refusal.status}
        call.status = "success"
        return {"status": "success", **self._written(call.method, payload)}

    def _admit(self, sent: dict[str, str]) -> Account:
        """Return the account whose credentials came with a call."""
        email, password = sent.get("api_username", ""), sent.get("api_password", "")
        if not email or not password:
            raise Refusal("missing_credentials")
        if not sent.get("method"):
            raise Refusal("missing_method")
        for account in self.accounts:
            if (
                account.email.casefold() == email.casefold()
                and account.password == password
            ):
                break
        else:
            raise Refusal("invalid_credentials")
        if not account.api_enabled:
            raise Refusal("api_not_enabled")
        if not account.ip_enabled and sent["method"] != "getIP":
            raise Refusal("ip_not_enabled")
        self._count_call()
        return account

    def _count_call(self) -> None:
        if self.rate_limit is None:
            return
        while self._recent and now() - self._recent[0] >= timedelta(minutes=1):
            self._recent.popleft()
        if len(self._recent) >= self.rate_limit:
            raise Refusal("api_limit_exceeded")
        self._recent.append(now())

    def _perform(self, call: Call, account: Account, remote: str) -> dict[str, Any]:
        if (method := self.contract.resolve(call.method)) is None:
            self.violations.append(f"{call.method}: unknown function")
            raise Refusal("invalid_method")
        if method in ("sendSMS", "sendMMS") and call.transport == "urlencoded":
            self.violations.append(f"{method}: urlencoded")
            raise Refusal("missing_params")
        before = held(account, method, call.params)
        checked = self.contract.check(method, call.params, before)
        self.violations += checked.violations
        if checked.status:
            raise Refusal(checked.status)
        ctx = Context(
            self,
            account,
            method,
            checked.params,
            remote,
            frozenset(checked.emptied),
            frozenset(checked.held),
        )
        check_references(ctx)
        stuck = account.values_of(self.stuck)
        reply = HANDLERS.get(method, sample_reply)(ctx)
        for rows, key, values in stuck:
            if key in rows:
                rows[key].update(values)
        return reply

    # How replies are written

    def _empty_status(self, method: str) -> str:
        if method in GETTERS:
            return FAMILIES[GETTERS[method]].empty
        return {
            "getDIDsInfo": "no_did",
            "getSubAccounts": "no_account",
            "getCDR": "no_cdr",
            "getMMS": "no_mms",
        }.get(method, "no_sms")

    def _written(self, method: str, payload: dict[str, Any]) -> dict[str, Any]:
        """Write a reply the way the service was told to."""
        if self.unseen:
            payload = {
                key: without(value, self.unseen) for key, value in payload.items()
            }
        if self.values == "native":
            payload = {
                key: _native(method, key, value) for key, value in payload.items()
            }
        if self.bare_single:
            payload = {
                key: value[0] if isinstance(value, list) and len(value) == 1 else value
                for key, value in payload.items()
            }
        return payload

    async def _media(self, request: web.Request) -> web.Response:
        if (kept := self.media.get(request.match_info["key"])) is None:
            raise web.HTTPNotFound
        return web.Response(body=kept[1], content_type=kept[0])


def _native(method: str, key: str, value: Any) -> Any:
    """Write every other field as a number where it looks like one, as the service does."""
    if isinstance(value, list):
        return [_native(method, key, item) for item in value]
    if isinstance(value, dict):
        return {name: _native(method, name, item) for name, item in value.items()}
    if (
        not isinstance(value, str)
        or key in WORDS
        or crc32(f"{method}{key}".encode()) % 2
    ):
        return value
    for number in (int, float):
        try:
            if str(number(value)) == value:
                return number(value)
        except ValueError:
            continue
    return value


async def _sent(request: web.Request) -> tuple[dict[str, str], str]:
    """Return what a request carries, and how."""
    if request.method == "GET":
        return dict(request.query), "query"
    form = {
        name: value if isinstance(value, str) else value.file.read().decode("latin-1")
        for name, value in (await request.post()).items()
        if not isinstance(value, bytes | bytearray)
    }
    multipart = request.content_type == "multipart/form-data"
    return dict(request.query) | form, "multipart" if multipart else "urlencoded"
