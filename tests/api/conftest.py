"""What the tests of the client share; none of them needs Home Assistant.

They also run by themselves:

    python -m pytest tests/api -p no:homeassistant --confcutdir=tests/api
"""

from collections.abc import AsyncGenerator
from pathlib import Path
import sys
from types import ModuleType

from aiohttp import ClientSession, web
import pytest

PACKAGE = "custom_components.voipms"

if PACKAGE not in sys.modules:
    # Importing the package itself would import Home Assistant.
    package = ModuleType(PACKAGE)
    package.__path__ = [str(Path(__file__).parents[2].joinpath(*PACKAGE.split(".")))]
    sys.modules[PACKAGE] = package

from custom_components.voipms.api import VoipmsClient  # noqa: E402

from ..simulator import Account, Simulator, seed  # noqa: E402


@pytest.fixture(autouse=True)
def auto_enable_custom_integrations() -> None:
    """Do without Home Assistant."""


class Server:
    """Answers every request with the same bytes, and keeps what it was sent."""

    def __init__(self) -> None:
        """Answer with a success until told otherwise."""
        self.url = ""
        self.body = b'{"status": "success"}'
        self.status = 200
        self.headers: dict[str, str] = {}
        self.query = ""
        self.form: dict[str, str] = {}
        self.content_type = ""

    async def answer(self, request: web.Request) -> web.Response:
        """Answer a request."""
        self.query = request.query_string
        self.content_type = request.content_type
        self.form = {name: str(value) for name, value in (await request.post()).items()}
        return web.Response(body=self.body, status=self.status, headers=self.headers)


@pytest.fixture
async def server(socket_enabled: None) -> AsyncGenerator[Server]:
    """Run a server that says anything."""
    server = Server()
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", server.answer)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    server.url = f"http://127.0.0.1:{runner.addresses[0][1]}/rest.php"
    yield server
    await runner.cleanup()


@pytest.fixture
async def client(server: Server) -> AsyncGenerator[VoipmsClient]:
    """Return a client that calls the server."""
    async with ClientSession() as session:
        yield VoipmsClient(session, "me@example.com", "pass wörd", url=server.url)


@pytest.fixture
async def simulator(socket_enabled: None) -> AsyncGenerator[Simulator]:
    """Run a VoIP.ms of our own; no call may break its contract."""
    simulator = Simulator(sms_settings_wait=0)
    await simulator.start()
    yield simulator
    await simulator.stop()
    assert simulator.violations == []


@pytest.fixture
def account(simulator: Simulator) -> Account:
    """Open an account with three numbers and a bit of everything."""
    return seed.demo_account(simulator)


@pytest.fixture
async def voipms(
    simulator: Simulator, account: Account
) -> AsyncGenerator[VoipmsClient]:
    """Return a client of the account."""
    async with ClientSession() as session:
        yield VoipmsClient(session, account.email, account.password, url=simulator.url)
