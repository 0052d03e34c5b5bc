"""What the service calls when a text arrives."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from aiohttp import ClientError, ClientSession, ClientTimeout, DummyCookieJar
from yarl import URL

from .state import Account, Message, now, wall_time

if TYPE_CHECKING:
    from .server import Simulator


@dataclass
class Outcome:
    """How one callback went."""

    kind: str
    """`url` or `webhook`."""
    url: str
    message: Message
    attempt: int
    at: datetime
    status: int | None
    body: str
    ok: bool


@dataclass(eq=False)
class _Waiting:
    account: Account
    message: Message
    attempt: int
    timer: asyncio.TimerHandle | None = None


class Callbacks:
    """Delivers arrived texts to the addresses that the numbers have been given."""

    def __init__(self, simulator: Simulator, interval: float) -> None:
        """Begin with nothing to deliver."""
        self.interval = interval
        self.outcomes: list[Outcome] = []
        self._simulator = simulator
        self._waiting: list[_Waiting] = []
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def waiting(self) -> list[Message]:
        """Return the texts whose callback will be tried again."""
        return [item.message for item in self._waiting]

    def announce(self, account: Account, message: Message) -> None:
        """Deliver a text without waiting for it."""
        task = asyncio.get_running_loop().create_task(self.deliver(account, message))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def settle(self) -> None:
        """Wait for the deliveries under way."""
        while self._tasks:
            await asyncio.gather(*self._tasks, return_exceptions=True)

    async def deliver(self, account: Account, message: Message) -> None:
        """Deliver a text to the callback and the webhook, as far as they are on."""
        did = account.dids[message.did]
        if did["sms_url_callback_enabled"] == "1" and did["sms_url_callback"]:
            await self._call(_Waiting(account, message, 1))
        if did["webhook_enabled"] == "1" and did["webhook"]:
            await self._post(did["webhook"], message, _spelling(did))

    async def retry(self) -> None:
        """Try again now what would be tried again later."""
        for item in self._waiting[:]:
            await self._again(item)

    async def stop(self) -> None:
        """Give up what is under way."""
        for item in self._waiting:
            if item.timer:
                item.timer.cancel()
        self._waiting.clear()
        for task in list(self._tasks):
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    async def _call(self, item: _Waiting) -> None:
        did = item.account.dids.get(item.message.did)
        if did is None or did["sms_url_callback_enabled"] != "1":
            return
        url = self._filled(did["sms_url_callback"], item.message, _spelling(did))
        status, body = await _request("GET", url)
        ok = status is not None and body == "ok"
        self.outcomes.append(
            Outcome("url", url, item.message, item.attempt, now(), status, body, ok)
        )
        if not ok and did["sms_url_callback_retry"] == "1":
            again = _Waiting(item.account, item.message, item.attempt + 1)
            loop = asyncio.get_running_loop()
            again.timer = loop.call_later(self.interval, self._due, again)
            self._waiting.append(again)

    def _due(self, item: _Waiting) -> None:
        task = asyncio.get_running_loop().create_task(self._again(item))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _again(self, item: _Waiting) -> None:
        if item.timer:
            item.timer.cancel()
        self._waiting.remove(item)
        await self._call(item)

    def _filled(self, template: str, message: Message, prefix: str) -> str:
        values = {
            "TO": prefix + message.did,
            "FROM": prefix + message.contact,
            "MESSAGE": message.message,
            "ID": message.id,
            "TIMESTAMP": wall_time(message.at),
            "MEDIA": ",".join(message.media_urls(self._simulator.base_url)),
        }
        for name, value in values.items():
            template = template.replace(f"{{{name}}}", quote(value, safe=""))
        return template

    async def _post(self, url: str, message: Message, prefix: str) -> None:
        media = message.media_urls(self._simulator.base_url)
        payload = {
            "data": {
                "event_type": "message.received",
                "payload": {
                    "id": message.id,
                    "type": message.kind.upper(),
                    "from": {"phone_number": prefix + message.contact},
                    "to": [{"phone_number": prefix + message.did}],
                    "text": message.message,
                    "media": [{"url": item} for item in media],
                    "received_at": message.at.astimezone(UTC).isoformat(),
                },
            }
        }
        status, body = await _request("POST", url, json=payload)
        ok = status is not None and 200 <= status < 300
        self.outcomes.append(
            Outcome("webhook", url, message, 1, now(), status, body, ok)
        )


def _spelling(did: dict[str, str]) -> str:
    """Return what goes before a number, by the number's dialing mode."""
    return "+1" if did["dialmode"] == "2" else ""


async def _request(method: str, url: str, **options: Any) -> tuple[int | None, str]:
    """Call an address; without an answer there is no status."""
    try:
        async with (
            ClientSession(
                timeout=ClientTimeout(total=10), cookie_jar=DummyCookieJar()
            ) as session,
            session.request(method, URL(url, encoded=True), **options) as response,
        ):
            return response.status, await response.text()
    except (ClientError, TimeoutError, ValueError) as error:
        return None, type(error).__name__
