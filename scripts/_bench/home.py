"""Home Assistant core with its registries and no other integrations."""

from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import asynccontextmanager
import json
from pathlib import Path
import tempfile
from types import MappingProxyType
from typing import Any, Final

import custom_components
from custom_components.voipms.account import VoipmsAccount
from custom_components.voipms.const import DOMAIN
from homeassistant import auth, bootstrap, loader
from homeassistant.config_entries import (
    SOURCE_USER,
    ConfigEntries,
    ConfigEntry,
    ConfigEntryState,
)
from homeassistant.const import EVENT_STATE_CHANGED
from homeassistant.core import (
    CALLBACK_TYPE,
    CoreState,
    Event,
    EventStateChangedData,
    HomeAssistant,
    callback,
)
from homeassistant.helpers import device_registry as dr, entity_registry as er
from homeassistant.setup import async_setup_component
from scripts._shared.children import free_port
from tests.simulator.seed import LARGE_EMAIL as EMAIL, LARGE_PASSWORD as PASSWORD

from . import ROOT
from .bare import DOMAIN as BARE, Spec
from .service import Service

WEBHOOK_ID: Final = "callback-of-the-bench"
MODULES: Final = str(ROOT / "scripts" / "_bench")


@asynccontextmanager
async def home() -> AsyncGenerator[HomeAssistant]:
    """Run a new Home Assistant."""
    if MODULES not in custom_components.__path__:
        custom_components.__path__.append(MODULES)
    with tempfile.TemporaryDirectory() as directory:
        _choose_port(Path(directory))
        hass = HomeAssistant(directory)
        hass.config.skip_pip = True
        loader.async_setup(hass)
        hass.config_entries = ConfigEntries(hass, {})
        assert await bootstrap.async_load_base_functionality(hass)
        hass.auth = await auth.auth_manager_from_config(hass, [], [])
        hass.set_state(CoreState.running)
        try:
            yield hass
        finally:
            await hass.async_stop(force=True)


def _choose_port(directory: Path) -> None:
    """Start the web server on a free local port."""
    storage = directory / ".storage"
    storage.mkdir()
    settings = {"server_host": ["127.0.0.1"], "server_port": free_port()}
    document = {"version": 1, "minor_version": 1, "key": "http", "data": settings}
    (storage / "http").write_text(json.dumps(document), encoding="utf-8")


def _entry(domain: str, data: Mapping[str, Any], options: Mapping[str, Any]) -> Any:
    """Return a config entry of an integration."""
    return ConfigEntry(
        data=data,
        discovery_keys=MappingProxyType({}),
        domain=domain,
        entry_id=f"01BENCH{domain.upper():0<19}",
        minor_version=1,
        options=options,
        source=SOURCE_USER,
        subentries_data=(),
        title="VoIP.ms",
        unique_id=EMAIL,
        version=2,
    )


async def _set_up(hass: HomeAssistant, entry: ConfigEntry[Any]) -> None:
    """Set up an entry, with its integration and dependencies."""
    await hass.config_entries.async_add(entry)
    await hass.async_block_till_done()
    assert entry.state is ConfigEntryState.LOADED, (entry.state, entry.reason)


async def set_up(
    hass: HomeAssistant, service: Service, **options: Any
) -> ConfigEntry[VoipmsAccount]:
    """Set up the account."""
    data = {
        "username": EMAIL,
        "password": PASSWORD,
        "url": service.api_url,
        "webhook_id": WEBHOOK_ID,
    }
    entry: ConfigEntry[VoipmsAccount] = _entry(DOMAIN, data, options)
    await _set_up(hass, entry)
    return entry


async def set_up_bare(hass: HomeAssistant, specs: list[Spec]) -> None:
    """Set up the bare integration with the entities of another one."""
    by_platform: dict[str, list[Spec]] = {}
    for spec in specs:
        by_platform.setdefault(spec.platform, []).append(spec)
    hass.data[BARE] = by_platform
    await _set_up(hass, _entry(BARE, {}, {}))


async def prepare(hass: HomeAssistant, *components: str) -> None:
    """Set up what every Home Assistant has before an account."""
    for component in components:
        assert await async_setup_component(hass, component, {})


def specs_of(hass: HomeAssistant) -> list[Spec]:
    """Return descriptions of the entities for the bare integration."""
    devices = dr.async_get(hass)
    specs = []
    for entity in er.async_get(hass).entities.values():
        assert entity.device_id
        device = devices.async_get(entity.device_id)
        assert device
        specs.append(
            Spec(
                entity.domain,
                entity.unique_id,
                str(entity.original_name or entity.unique_id),
                str(device.name),
                entity.disabled_by is None,
            )
        )
    return specs


def watch(
    hass: HomeAssistant, listener: Callable[[Event[EventStateChangedData]], None]
) -> CALLBACK_TYPE:
    """Call a function for every changed state until unsubscribed."""
    return hass.bus.async_listen(EVENT_STATE_CHANGED, callback(listener))


def entity_of(hass: HomeAssistant, platform: str, unique_id: str) -> str:
    """Return the ID of an entity."""
    entity_id = er.async_get(hass).async_get_entity_id(platform, DOMAIN, unique_id)
    assert entity_id
    return entity_id
