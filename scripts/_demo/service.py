"""The simulated VoIP.ms of the demo, and its account in Home Assistant."""

from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
import json
from pathlib import Path
from typing import Any, Self

from scripts._shared import ScriptError, say
from scripts._shared.simulator import Simulator

from .client import Client, Json, until

DOMAIN = "voipms"
EMAIL = "demo@example.com"
PASSWORD = "demo-password"
ALEX = "5550100111"
"""The neighbor, the other party by default."""
CONTACTS = {
    "Alex": (ALEX, "5551230000"),
    "Dr. Dent": ("5550100222", "5551230000"),
    "Robin": ("5550100333", "5551230001"),
}
FLOW = "/api/config/config_entries"


@dataclass
class Memory:
    """The state that the demo keeps between starts."""

    path: Path
    since: str = field(
        default_factory=lambda: datetime.now(UTC).isoformat(timespec="seconds")
    )
    """The time that the history of the account is relative to."""
    service: str = ""
    """The URL of the simulator at the last sign-in."""

    @classmethod
    def of(cls, directory: Path) -> Self:
        """Load the state, or create it."""
        path = directory / "demo.json"
        return cls(path, **json.loads(path.read_text())) if path.exists() else cls(path)

    def keep(self) -> None:
        """Save the state."""
        values = asdict(self)
        del values["path"]
        self.path.write_text(json.dumps(values))


class Service(Simulator):
    """The simulator with the demo's account."""

    @property
    def phone(self) -> str:
        """Return the URL of the phone of the other party."""
        return f"{self.url}/phone"

    async def calls_back(self) -> bool:
        """Return True if every number with messages has the URL callback."""
        return all(
            row["sms_url_callback_enabled"] == "1"
            for row in (await self.show("account"))["dids"]
            if row["sms_enabled"] == "1"
        )

    async def routing(self, did: str) -> str:
        """Return the routing of a number at VoIP.ms."""
        account = await self.show("account")
        return str(account["routing"][did])


@dataclass(frozen=True)
class Line:
    """A phone number in Home Assistant."""

    did: str
    name: str
    entities: dict[str, str]
    """Entity IDs by key."""

    def __getitem__(self, key: str) -> str:
        """Return an entity ID."""
        return self.entities[key]

    def __contains__(self, key: str) -> bool:
        """Return True if the number has an entity."""
        return key in self.entities


async def sign_in(client: Client, service: Service, memory: Memory) -> None:
    """Sign in to the account, as a user does at Settings > Devices & services.

    The second time it is there already, with all that the person has chosen.
    """
    entries = await _entries(client)
    if len(entries) != 1 or not memory.service:
        for entry in entries:
            await client.delete(f"{FLOW}/entry/{entry['entry_id']}")
        say("Signing in to VoIP.ms.")
        await _ask(client, "flow", DOMAIN, _account(service))
        await _loaded(client)
        await _add_contacts(client)
        await _set_options(client)
    elif memory.service != service.url:
        say("Telling it where VoIP.ms is now.")
        [entry] = entries
        await _ask(
            client, "flow", DOMAIN, _account(service), entry_id=entry["entry_id"]
        )
    memory.service = service.url
    memory.keep()
    await until("VoIP.ms calls when a text comes", service.calls_back)
    await _loaded(client)


async def _set_options(client: Client) -> None:
    """Turn on the URL callback."""
    [entry] = await _entries(client)
    await _ask(
        client,
        "options/flow",
        entry["entry_id"],
        {"callback": True, "do_not_disturb_routing": "sys:busy"},
    )


async def _add_contacts(client: Client) -> None:
    """Add the people to write to."""
    [entry] = await _entries(client)
    for name, (number, did) in CONTACTS.items():
        await _ask(
            client,
            "subentries/flow",
            [entry["entry_id"], "contact"],
            {"name": name, "number": number, "did": did},
        )


def _account(service: Service) -> Json:
    return {
        "username": EMAIL,
        "password": PASSWORD,
        "advanced": {"url": service.url},
    }


async def _ask(
    client: Client, kind: str, handler: Json, answers: Json, **more: Json
) -> None:
    """Open a flow and submit it."""
    flow = await client.post(f"{FLOW}/{kind}", {"handler": handler, **more})
    result = await client.post(f"{FLOW}/{kind}/{flow['flow_id']}", answers)
    if result["type"] != "create_entry" and result.get("reason") not in (
        "reconfigure_successful",
        "reauth_successful",
    ):
        raise ScriptError(f"The dialog {kind} did not take {answers}: {result}")


async def _loaded(client: Client) -> None:
    await until("the account is loaded", lambda: _is_loaded(client))


async def _entries(client: Client) -> list[dict[str, Any]]:
    entries: list[dict[str, Any]] = await client.get(
        f"/api/config/config_entries/entry?domain={DOMAIN}"
    )
    return entries


async def _is_loaded(client: Client) -> bool:
    return [entry["state"] for entry in await _entries(client)] == ["loaded"]


async def find_lines(client: Client, service: Service) -> list[Line]:
    """Return the entities of the numbers of the account."""
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
            raise ScriptError(f"Home Assistant has no routing of the number {did}.")
        lines.append(Line(did, str(row["description"]).capitalize() or did, keys))
    return lines


async def account_entities(client: Client) -> dict[str, str]:
    """Return all entity IDs by unique ID, without the ID of the entry."""
    [entry] = await _entries(client)
    return {
        unique_id.removeprefix(f"{entry['entry_id']}_"): entity_id
        for unique_id, entity_id in (await _enabled_entities(client)).items()
    }


async def _enabled_entities(client: Client) -> dict[str, str]:
    """Return the entity IDs of the integration by unique ID."""
    return {
        entity["unique_id"]: entity["entity_id"]
        for entity in await client.command("config/entity_registry/list")
        if entity["platform"] == DOMAIN and not entity["disabled_by"]
    }
