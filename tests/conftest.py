"""Fixtures of the tests: a simulator over real HTTP and Home Assistant."""

import asyncio
from collections.abc import (
    AsyncGenerator,
    Awaitable,
    Callable,
    Coroutine,
    Generator,
    Iterator,
)
from datetime import timedelta
from pathlib import Path
import ssl
from types import MappingProxyType
from typing import Any
from unittest.mock import patch

from aiohttp import web
from freezegun.api import FrozenDateTimeFactory
import pytest
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    async_capture_events,
    async_fire_time_changed,
)
from pytest_homeassistant_custom_component.syrupy import HomeAssistantSnapshotExtension
from syrupy.assertion import SnapshotAssertion

from custom_components.voipms.const import DOMAIN
from homeassistant.config_entries import ConfigSubentry
from homeassistant.const import (
    CONF_PASSWORD,
    CONF_URL,
    CONF_USERNAME,
    CONF_WEBHOOK_ID,
    EVENT_STATE_CHANGED,
    Platform,
)
from homeassistant.core import Context, Event, HomeAssistant, State
from homeassistant.exceptions import ServiceValidationError
from homeassistant.helpers import (
    device_registry as dr,
    entity_registry as er,
    translation,
)
from homeassistant.helpers.entity import Entity
from homeassistant.setup import async_setup_component

from .settings import EVERYTHING
from .simulator import Account, Simulator, seed

EMAIL = "demo@example.com"
PASSWORD = "demo-password"
WEBHOOK_ID = "secret-of-the-callback"
ENTRY_ID = "01VOIPMSTESTENTRY000000000"

OFFICE, HOME, CABIN = "5551230000", "5551230001", "5551230002"
NEIGHBOR = seed.NEIGHBOR

type Later = Callable[..., Coroutine[Any, Any, None]]
type Serve = Callable[..., Awaitable[str]]
type Attach = Callable[..., Awaitable[list[str]]]
type Refusal = Callable[..., Awaitable[tuple[str | None, str]]]
type CheckEntities = Callable[[Platform], None]
type Heard = Callable[[], list[tuple[str, str]]]


@pytest.fixture(autouse=True)
def auto_enable_custom_integrations(enable_custom_integrations: None) -> None:
    """Enable custom integrations."""


@pytest.fixture
def hass_config_dir(hass_tmp_config_dir: str) -> str:
    """Give each test a configuration directory of its own."""
    return hass_tmp_config_dir


@pytest.fixture
def snapshot(snapshot: SnapshotAssertion) -> SnapshotAssertion:
    """Use the snapshot extension of Home Assistant."""
    return snapshot.use_extension(HomeAssistantSnapshotExtension)


@pytest.fixture
def simulator_options() -> dict[str, Any]:
    """Return the options of the simulator; a test may parametrize them."""
    return {}


@pytest.fixture
async def simulator(
    socket_enabled: None, simulator_options: dict[str, Any]
) -> AsyncGenerator[Simulator]:
    """Run a simulated VoIP.ms; no call may violate its contract."""
    simulator = Simulator(sms_settings_wait=0, **simulator_options)
    await simulator.start()
    yield simulator
    await simulator.stop()
    assert simulator.violations == []


@pytest.fixture
async def serve(socket_enabled: None) -> AsyncGenerator[Serve]:
    """Return a function that starts a web server and returns its URL."""
    runners = []

    async def start(
        handler: Callable[[web.Request], Awaitable[web.StreamResponse]],
        context: ssl.SSLContext | None = None,
    ) -> str:
        app = web.Application()
        app.router.add_route("*", "/{path:.*}", handler)
        runner = web.AppRunner(app)
        runners.append(runner)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0, ssl_context=context).start()
        scheme = "https" if context else "http"
        return f"{scheme}://127.0.0.1:{runner.addresses[0][1]}"

    yield start
    for runner in runners:
        await runner.cleanup()


@pytest.fixture
def account(simulator: Simulator) -> Account:
    """Open an account with three numbers and a bit of everything."""
    return seed.demo_account(simulator)


@pytest.fixture
def empty_account(simulator: Simulator) -> Account:
    """Open an account with the same email and password that has nothing yet."""
    return simulator.add_account(EMAIL, PASSWORD)


@pytest.fixture
def entry(hass: HomeAssistant, simulator: Simulator) -> MockConfigEntry:
    """Return the config entry of the account; it is not set up yet."""
    return make_entry(hass, simulator)


@pytest.fixture
def entity_registry_enabled_by_default() -> Generator[None]:
    """Enable all entities by default."""
    with patch.object(Entity, "entity_registry_enabled_default", True):
        yield


@pytest.fixture
async def loaded(
    hass: HomeAssistant, account: Account, entry: MockConfigEntry
) -> MockConfigEntry:
    """Set up the account."""
    await set_up(hass, entry)
    return entry


@pytest.fixture
async def every_setting(
    hass: HomeAssistant, account: Account, entry: MockConfigEntry
) -> dict[str, str]:
    """Set the account up with a number that has everything; return its record."""
    account.dids[OFFICE] |= EVERYTHING
    await set_up(hass, entry)
    return account.dids[OFFICE]


@pytest.fixture
async def one_of_each(
    account: Account, entry: MockConfigEntry, hass: HomeAssistant
) -> MockConfigEntry:
    """Set up an account that has one of everything."""
    account.dids[OFFICE] |= {
        "reseller_account": "100001_VoIP",
        "reseller_monthly": "2.50000000",
    }
    for did in list(account.dids.keys() - {OFFICE}):
        account.remove_did(did)
    for name in ("100001_Desk", "100001_Mobile"):
        del account.sub_accounts[name]
    del account.families["voicemails"]["1002"]
    contact = ConfigSubentry(
        data=MappingProxyType({"name": "Ann", "number": NEIGHBOR, "did": OFFICE}),
        subentry_id="ann",
        subentry_type="contact",
        title="Ann",
        unique_id=NEIGHBOR,
    )
    hass.config_entries.async_add_subentry(entry, contact)
    await set_up(hass, entry)
    return entry


@pytest.fixture
def check_entities(
    hass: HomeAssistant, one_of_each: MockConfigEntry, snapshot: SnapshotAssertion
) -> CheckEntities:
    """Return a check of all entities of a platform: what they are called and show."""

    def check(platform: Platform) -> None:
        registry = er.async_get(hass)
        entities = [
            entity
            for entity in er.async_entries_for_config_entry(
                registry, one_of_each.entry_id
            )
            if entity.domain == platform
        ]
        assert entities
        for entity in sorted(entities, key=lambda entity: entity.entity_id):
            assert entity == snapshot(name=f"{entity.entity_id}-entry")
            state = hass.states.get(entity.entity_id)
            assert state == snapshot(name=f"{entity.entity_id}-state")

    return check


@pytest.fixture
async def attach(
    hass: HomeAssistant, loaded: MockConfigEntry, simulator: Simulator
) -> Attach:
    """Return a function that sends media and returns them as VoIP.ms received them."""

    async def send(*media: Any, context: Context | None = None, **data: Any) -> Any:
        simulator.clear_calls()
        wanted = {"did": OFFICE, "dst": NEIGHBOR, "message": "look", **data}
        if media:
            wanted["media"] = list(media)
        await hass.services.async_call(
            DOMAIN, "send_mms", wanted, blocking=True, context=context
        )
        [sent] = simulator.calls_of("sendMMS")
        assert sent.status == "success"
        names = ("media1", "media2", "media3")
        return [sent.params[name] for name in names if name in sent.params]

    return send


@pytest.fixture
async def refusal(hass: HomeAssistant, attach: Attach, simulator: Simulator) -> Refusal:
    """Return a function that returns the key and the text of a refusal."""
    await translation.async_load_integrations(hass, {DOMAIN})

    async def refuse(*media: Any, **data: Any) -> tuple[str | None, str]:
        with pytest.raises(ServiceValidationError) as error:
            await attach(*media, **data)
        assert simulator.calls_of("sendMMS") == [], media
        words = str(error.value)
        assert words != error.value.translation_key
        assert "{" not in words
        return error.value.translation_key, words

    return refuse


@pytest.fixture
def folder(hass: HomeAssistant, tmp_path: Path) -> Path:
    """Return a folder that Home Assistant may read, with a picture in it."""
    path = tmp_path / "pictures"
    path.mkdir()
    hass.config.allowlist_external_dirs = {str(path)}
    (path / "door.jpg").write_bytes(b"\xff\xd8\xff\xe0 a picture \xff\xd9")
    return path


@pytest.fixture
def later(hass: HomeAssistant, freezer: FrozenDateTimeFactory) -> Later:
    """Return a function that advances the clock and waits for the effects."""

    async def pass_time(**span: float) -> None:
        freezer.tick(timedelta(**span))
        async_fire_time_changed(hass)
        await hass.async_block_till_done(wait_background_tasks=True)

    return pass_time


@pytest.fixture
def heard(hass: HomeAssistant) -> Heard:
    """Return the events of messages so far, each as its type and its text."""
    events = written(hass)

    def messages() -> list[tuple[str, str]]:
        return [
            (state.attributes["event_type"], state.attributes["message"])
            for state in heard_in(events)
        ]

    return messages


def is_message(state: State | None) -> bool:
    """Return True if a new state is the event of a message."""
    return (
        state is not None
        and state.domain == "event"
        and state.attributes.get("message") is not None
    )


def heard_in(events: list[Event[Any]]) -> Iterator[State]:
    """Yield the new states that are events of messages, each event once.

    An entity that is added or available again only shows its last event again.
    """
    shown: dict[str, tuple[str, str]] = {}
    for event in events:
        state, old = event.data["new_state"], event.data["old_state"]
        if not is_message(state):
            continue
        now = (state.state, state.attributes["message"])
        before, shown[state.entity_id] = shown.get(state.entity_id), now
        is_added = old is None and before == now
        if not is_added and not (old and old.state == "unavailable"):
            yield state


def written(hass: HomeAssistant) -> list[Event[Any]]:
    """Return a list to which every state written from now on is added."""
    return async_capture_events(hass, EVENT_STATE_CHANGED)


def make_entry(
    hass: HomeAssistant,
    simulator: Simulator,
    email: str = EMAIL,
    password: str = PASSWORD,
    entry_id: str = ENTRY_ID,
) -> MockConfigEntry:
    """Return a config entry that is not set up yet."""
    entry = MockConfigEntry(
        domain=DOMAIN,
        version=2,
        title="VoIP.ms",
        unique_id=email,
        entry_id=entry_id,
        data={
            CONF_USERNAME: email,
            CONF_PASSWORD: password,
            CONF_URL: simulator.url,
            CONF_WEBHOOK_ID: WEBHOOK_ID if email == EMAIL else f"callback-{entry_id}",
        },
    )
    entry.add_to_hass(hass)
    return entry


async def set_up(hass: HomeAssistant, entry: MockConfigEntry) -> None:
    """Set up an account."""
    assert await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)


async def serve_http(hass: HomeAssistant, *components: str) -> None:
    """Set up what answers over HTTP; views may be added later, as in the real server."""
    for component in ("webhook", *components):
        assert await async_setup_component(hass, component, {})
    hass.http.app._router.freeze = lambda: None  # type: ignore[method-assign]


async def unload(hass: HomeAssistant, entry: MockConfigEntry) -> None:
    """Unload an account."""
    assert await hass.config_entries.async_unload(entry.entry_id)
    await hass.async_block_till_done()


async def arrival(simulator: Simulator, method: str, count: int = 1) -> None:
    """Wait until calls of a function have arrived, answered or not."""
    async with asyncio.timeout(5):
        while len(simulator.calls_of(method)) < count:  # noqa: ASYNC110
            await asyncio.sleep(0.01)


def device_of(hass: HomeAssistant, which: str) -> dr.DeviceEntry | None:
    """Return the device of a number, or of an account by the id of its entry."""
    for device in dr.async_get(hass).devices:
        for domain, identifier in device.identifiers:
            if domain == DOMAIN and which in (identifier, identifier.split("_")[-1]):
                return device
    return None
