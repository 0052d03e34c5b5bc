"""What the tests share: a simulator over real HTTP and a Home Assistant beside it."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Coroutine, Generator
from datetime import timedelta
from typing import Any
from unittest.mock import patch

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
from homeassistant.const import (
    CONF_PASSWORD,
    CONF_URL,
    CONF_USERNAME,
    CONF_WEBHOOK_ID,
    EVENT_STATE_CHANGED,
)
from homeassistant.core import Event, HomeAssistant, State
from homeassistant.helpers import device_registry as dr
from homeassistant.helpers.entity import Entity

from .simulator import Account, Simulator, seed

EMAIL = "demo@example.com"
PASSWORD = "demo-password"
WEBHOOK_ID = "secret-of-the-callback"
ENTRY_ID = "01VOIPMSTESTENTRY000000000"

OFFICE, HOME, CABIN = "5551230000", "5551230001", "5551230002"
NEIGHBOR = seed.NEIGHBOR

type Later = Callable[..., Coroutine[Any, Any, None]]
type Heard = Callable[[], list[tuple[str, str]]]


@pytest.fixture(autouse=True)
def auto_enable_custom_integrations(enable_custom_integrations: None) -> None:
    """Let Home Assistant find the integration."""


@pytest.fixture
def hass_config_dir(hass_tmp_config_dir: str) -> str:
    """Give each test a configuration directory of its own."""
    return hass_tmp_config_dir


@pytest.fixture
def snapshot(snapshot: SnapshotAssertion) -> SnapshotAssertion:
    """Write snapshots the way Home Assistant does."""
    return snapshot.use_extension(HomeAssistantSnapshotExtension)


@pytest.fixture
def simulator_options() -> dict[str, Any]:
    """Return how the service writes; a test may parametrize it."""
    return {}


@pytest.fixture
async def simulator(
    socket_enabled: None, simulator_options: dict[str, Any]
) -> AsyncGenerator[Simulator]:
    """Run a VoIP.ms of our own; no call may break its contract."""
    simulator = Simulator(sms_settings_wait=0, **simulator_options)
    await simulator.start()
    yield simulator
    await simulator.stop()
    assert simulator.violations == []


@pytest.fixture
def account(simulator: Simulator) -> Account:
    """Open an account with three numbers and a bit of everything."""
    return seed.demo_account(simulator)


@pytest.fixture
def empty_account(simulator: Simulator) -> Account:
    """Open an account with the same e-mail and password that has nothing yet."""
    return simulator.add_account(EMAIL, PASSWORD)


@pytest.fixture
def entry(hass: HomeAssistant, simulator: Simulator) -> MockConfigEntry:
    """Return the config entry of the account; it is not set up yet."""
    return make_entry(hass, simulator)


@pytest.fixture
def entity_registry_enabled_by_default() -> Generator[None]:
    """Have every entity enabled, as if somebody had enabled them all."""
    with patch.object(Entity, "entity_registry_enabled_default", True):
        yield


@pytest.fixture
async def loaded(
    hass: HomeAssistant, account: Account, entry: MockConfigEntry
) -> MockConfigEntry:
    """Set the account up."""
    await set_up(hass, entry)
    return entry


@pytest.fixture
def later(hass: HomeAssistant, freezer: FrozenDateTimeFactory) -> Later:
    """Return what lets time pass and waits for what that brings about."""

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
            for event in events
            if is_message(state := event.data["new_state"])
            # After "unavailable", the event of before is only shown again.
            and not ((old := event.data["old_state"]) and old.state == "unavailable")
        ]

    return messages


def is_message(state: State | None) -> bool:
    """Tell whether a new state is the event of a message."""
    return (
        state is not None
        and state.domain == "event"
        and state.attributes.get("message") is not None
    )


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
    """Set an account up."""
    assert await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)


async def unload(hass: HomeAssistant, entry: MockConfigEntry) -> None:
    """Take an account down."""
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
