"""The simulated VoIP.ms of the demo, and its account in Home Assistant."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
import sys
from typing import Any

from aiohttp import ClientSession

from . import DemoError, say
from .children import running
from .client import Client, Json, until

DOMAIN = "voipms"
EMAIL = "demo@example.com"
PASSWORD = "demo-password"
START_SECONDS = 60


class Service:
    """The simulator, as those who control it see it."""

    def __init__(self, session: ClientSession, port: int) -> None:
        """Choose where it listens."""
        self.session = session
        self.port = port
        self.url = f"http://127.0.0.1:{port}"

    @asynccontextmanager
    async def running(self, directory: Path) -> AsyncGenerator[None]:
        """Run the simulator with the demo's account."""
        say(f"Starting the simulated VoIP.ms at {self.url}.")
        command = (sys.executable, "-m", "tests.simulator", "--demo", "--port")
        async with running(
            "The simulator", *command, str(self.port), log=directory / "simulator.log"
        ) as child:
            await child.answers_at(self.url, START_SECONDS)
            yield

    async def show(self, what: str, **query: str) -> Json:
        """Look at something inside the simulator."""
        async with self.session.get(
            f"{self.url}/control/{what}", params=query
        ) as response:
            response.raise_for_status()
            return await response.json()

    async def do(self, what: str, **data: Json) -> Json:
        """Make something happen at the simulator."""
        async with self.session.post(
            f"{self.url}/control/{what}", json=data
        ) as response:
            response.raise_for_status()
            return await response.json()

    async def routing(self, did: str) -> str:
        """Return where VoIP.ms sends the calls of a number."""
        account = await self.show("account")
        return str(account["routing"][did])


@dataclass(frozen=True)
class Line:
    """A phone number, as Home Assistant has it."""

    did: str
    name: str
    entities: dict[str, str]
    """Entity ids by key."""

    def __getitem__(self, key: str) -> str:
        """Return an entity id."""
        return self.entities[key]

    def __contains__(self, key: str) -> bool:
        """Tell whether the number has such an entity."""
        return key in self.entities


async def sign_in(client: Client, service: Service) -> None:
    """Sign the account in, in the way a person does at Settings > Devices & services.

    The simulator begins its history anew whenever it starts; so does the account.
    """
    for entry in await _entries(client):
        await client.delete(f"/api/config/config_entries/entry/{entry['entry_id']}")
    flow = await client.post("/api/config/config_entries/flow", {"handler": DOMAIN})
    result = await client.post(
        f"/api/config/config_entries/flow/{flow['flow_id']}",
        {
            "username": EMAIL,
            "password": PASSWORD,
            "advanced": {"url": service.url},
        },
    )
    if result["type"] != "create_entry":
        raise DemoError(f"Signing in to VoIP.ms failed: {result.get('errors')}")
    await until("the account is loaded", lambda: _is_loaded(client))


async def _entries(client: Client) -> list[dict[str, Any]]:
    entries: list[dict[str, Any]] = await client.get(
        f"/api/config/config_entries/entry?domain={DOMAIN}"
    )
    return entries


async def _is_loaded(client: Client) -> bool:
    return [entry["state"] for entry in await _entries(client)] == ["loaded"]


async def find_lines(client: Client, service: Service) -> list[Line]:
    """Find the entities of the account's numbers."""
    account = await service.show("account")
    entities = await _enabled_entities(client)
    lines = []
    for row in account["dids"]:
        did = row["did"]
        prefix = f"{did}_"
        keys = {
            unique_id.removeprefix(prefix): entity_id
            for unique_id, entity_id in entities.items()
            if unique_id.startswith(prefix)
        }
        if "routing" not in keys:
            raise DemoError(f"Home Assistant has no routing of the number {did}.")
        lines.append(Line(did, str(row["description"]).capitalize() or did, keys))
    return lines


async def account_entity(client: Client, key: str) -> str | None:
    """Return the id of an entity of the account itself."""
    return (await _enabled_entities(client)).get(f"{EMAIL}_{key}")


async def _enabled_entities(client: Client) -> dict[str, str]:
    """Return the entity ids of the integration by unique id."""
    return {
        entity["unique_id"]: entity["entity_id"]
        for entity in await client.command("config/entity_registry/list")
        if entity["platform"] == DOMAIN and not entity["disabled_by"]
    }
