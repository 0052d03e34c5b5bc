"""A client for Home Assistant over REST and WebSocket, as a browser uses them."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
import json
import time
from typing import Any

from aiohttp import ClientSession

from scripts._shared import ScriptError

type Json = Any


@dataclass(frozen=True)
class Tokens:
    """The tokens of a sign-in."""

    access_token: str
    refresh_token: str
    expires_in: int
    token_type: str


class Client:
    """A signed-in administrator."""

    def __init__(self, session: ClientSession, url: str) -> None:
        """Initialize the client."""
        self.url = url
        self.session = session
        self.tokens: Tokens | None = None

    @property
    def client_id(self) -> str:
        """Return the client ID, which is the URL of the frontend."""
        return f"{self.url}/"

    async def get(self, path: str) -> Json:
        """Send a GET request."""
        return json.loads(await self.read(path))

    async def post(self, path: str, data: Json = None) -> Json:
        """Send a POST request."""
        return json.loads(await self._request("POST", path, data))

    async def delete(self, path: str) -> Json:
        """Send a DELETE request."""
        return json.loads(await self._request("DELETE", path))

    async def read(self, path: str) -> bytes:
        """Return the raw body of a GET request."""
        return await self._request("GET", path)

    async def _request(self, method: str, path: str, data: Json = None) -> bytes:
        headers = {}
        if self.tokens:
            headers["Authorization"] = f"Bearer {self.tokens.access_token}"
        async with self.session.request(
            method, self.url + path, json=data, headers=headers
        ) as response:
            body = await response.read()
        if not response.ok:
            raise ScriptError(f"{method} {path}: {response.status} {body.decode()}")
        return body

    async def has(self, path: str) -> bool:
        """Return True if a path exists."""
        async with self.session.get(self.url + path) as response:
            return response.ok

    async def redeem(self, code: str) -> None:
        """Exchange an authorization code for tokens."""
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "client_id": self.client_id,
        }
        async with self.session.post(f"{self.url}/auth/token", data=form) as response:
            answer = await response.json()
        self.tokens = Tokens(
            **{key: answer[key] for key in Tokens.__dataclass_fields__}
        )

    async def command(self, kind: str, **fields: Json) -> Json:
        """Send one command over a new WebSocket."""
        assert self.tokens
        address = self.url.replace("http", "ws", 1) + "/api/websocket"
        async with self.session.ws_connect(address, max_msg_size=0) as socket:
            await socket.receive_json()
            await socket.send_json(
                {"type": "auth", "access_token": self.tokens.access_token}
            )
            await socket.receive_json()
            await socket.send_json({"id": 1, "type": kind, **fields})
            answer = await socket.receive_json(timeout=60)
        if not answer["success"]:
            raise ScriptError(f"{kind}: {answer['error']['message']}")
        return answer["result"]

    async def act(self, action: str, **data: Json) -> None:
        """Perform an action."""
        domain, _, service = action.partition(".")
        await self.command(
            "call_service", domain=domain, service=service, service_data=data
        )

    async def ask(self, action: str, **data: Json) -> Json:
        """Perform an action and return its response."""
        domain, _, service = action.partition(".")
        result = await self.command(
            "call_service",
            domain=domain,
            service=service,
            service_data=data,
            return_response=True,
        )
        return result["response"]

    async def state(self, entity_id: str) -> Json:
        """Return the state of an entity."""
        return await self.get(f"/api/states/{entity_id}")


async def until(
    what: str, test: Callable[[], Awaitable[Json]], seconds: float = 20
) -> Json:
    """Wait until a function returns something, and return it."""
    give_up = time.monotonic() + seconds
    while not (found := await test()):
        if time.monotonic() > give_up:
            raise ScriptError(f"Waited {seconds:.0f} seconds in vain: {what}.")
        await asyncio.sleep(0.2)
    return found
