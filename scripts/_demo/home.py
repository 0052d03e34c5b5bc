"""The Home Assistant of the demo: configuration, start, and administrator."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
import json
import os
from pathlib import Path
import sys

from aiohttp import ClientError, ClientSession

from scripts._shared import ROOT, ScriptError, say
from scripts._shared.children import Child, running

from .client import Client, until

USERNAME = PASSWORD = "demo"
START_SECONDS = 900
RESTART_EXIT_CODE = 100

CONFIGURATION = """\
homeassistant:
  name: The office
  latitude: 45.5019
  longitude: -73.5674
  elevation: 36
  unit_system: metric
  time_zone: America/Toronto
  country: CA
  currency: CAD
  # Where the simulated VoIP.ms reaches it when a text comes.
  external_url: URL

frontend:
config:
conversation:
history:
logbook:
my:
system_health:

input_boolean:
  office_open:
    name: Office open
    icon: mdi:storefront
    initial: true

automation: !include automations.yaml
script: !include scripts.yaml

logger:
  default: warning
  logs:
    custom_components.voipms: debug
    # What this has nothing to do with: no video tools, and a slower zlib.
    aiohttp_fast_zlib: error
    haffmpeg: critical
    homeassistant.components.camera.img_util: critical
"""


class Home:
    """A configuration directory and the Home Assistant that uses it."""

    def __init__(self, directory: Path, host: str, port: int) -> None:
        """Initialize with a directory and a port."""
        self.directory = directory
        self.host = host
        self.port = port

    @property
    def url(self) -> str:
        """Return the URL for a browser on this machine."""
        host = "127.0.0.1" if self.host == "0.0.0.0" else self.host
        return f"http://{host}:{self.port}"

    @property
    def is_new(self) -> bool:
        """Return True if it has never run."""
        return not (self.directory / ".storage" / "auth").exists()

    def prepare(self) -> None:
        """Write the configuration and keep the files of Home Assistant."""
        storage = self.directory / ".storage"
        storage.mkdir(parents=True, exist_ok=True)
        (self.directory / "configuration.yaml").write_text(
            CONFIGURATION.replace("URL", self.url), "utf-8"
        )
        for name, empty in (("automations", "[]\n"), ("scripts", "{}\n")):
            if not (path := self.directory / f"{name}.yaml").exists():
                path.write_text(empty, "utf-8")
        link = self.directory / "custom_components"
        link.unlink(missing_ok=True)
        link.symlink_to(ROOT / "custom_components")
        # A port in the YAML would be on trial for five minutes, and so would a change of
        # the stored one. What a Home Assistant of earlier days has stored is taken as it is.
        _store(
            storage / "http",
            1,
            {"server_host": [self.host], "server_port": self.port},
        )
        # This step of the onboarding would add a weather service and a radio.
        if not (onboarding := storage / "onboarding").exists():
            _store(onboarding, 4, {"done": ["core_config"]})

    @asynccontextmanager
    async def running(self) -> AsyncGenerator[Child]:
        """Run Home Assistant."""
        if self.is_new:
            say(
                "Starting a new Home Assistant. If it has to install what its parts need,"
            )
            say("that takes a minute or two.")
        else:
            say("Starting Home Assistant, which takes about ten seconds.")
        command = (sys.executable, "-m", "homeassistant", "--config", self.directory)
        log = self.directory / "console.log"
        async with running("Home Assistant", *command, log=log) as child:
            await child.answers_at(self.url, START_SECONDS)
            yield child

    async def sign_in(self, session: ClientSession) -> Client:
        """Sign in as the administrator, created on the first start."""
        client = Client(session, self.url)
        await until("Home Assistant answers", lambda: _answers(client), START_SECONDS)
        if await client.has("/api/onboarding"):
            await _onboard(client)
        else:
            await _log_in(client)
        await until("Home Assistant is up", lambda: _is_up(client), START_SECONDS)
        return client


def _store(path: Path, version: int, data: object) -> None:
    """Write a storage file with the permissions of Home Assistant."""
    document = {"version": version, "minor_version": 1, "key": path.name, "data": data}
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600), "w") as file:
        json.dump(document, file)


async def _answers(client: Client) -> bool:
    try:
        await client.has("/api/onboarding")
    except ClientError:
        return False
    return True


async def _is_up(client: Client) -> bool:
    return bool((await client.get("/api/config"))["state"] == "RUNNING")


async def _onboard(client: Client) -> None:
    """Complete the onboarding."""
    made = await client.post(
        "/api/onboarding/users",
        {
            "name": "Demo",
            "username": USERNAME,
            "password": PASSWORD,
            "client_id": client.client_id,
            "language": "en",
        },
    )
    await client.redeem(made["auth_code"])
    await client.post("/api/onboarding/analytics", {})
    await client.post(
        "/api/onboarding/integration",
        {"client_id": client.client_id, "redirect_uri": client.client_id},
    )


async def _log_in(client: Client) -> None:
    """Sign in on the login page."""
    flow = await client.post(
        "/auth/login_flow",
        {
            "client_id": client.client_id,
            "redirect_uri": client.client_id,
            "handler": ["homeassistant", None],
        },
    )
    result = await client.post(
        f"/auth/login_flow/{flow['flow_id']}",
        {
            "client_id": client.client_id,
            "username": USERNAME,
            "password": PASSWORD,
        },
    )
    if result["type"] != "create_entry":
        raise ScriptError(
            f"The login {USERNAME} / {PASSWORD} was changed; delete the demo's directory to start over."
        )
    await client.redeem(result["result"])
