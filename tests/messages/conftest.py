"""What the tests of the URL callback share."""

import asyncio
from collections.abc import AsyncGenerator
from typing import Any

from aiohttp.test_utils import TestClient
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.voipms.const import CONF_CALLBACK, CONF_DND_ROUTING, DOMAIN
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
from homeassistant.helpers import issue_registry as ir

from ..conftest import WEBHOOK_ID, serve_http, set_up
from ..simulator import Account, Simulator

PATH = f"/api/webhook/{WEBHOOK_ID}"


@pytest.fixture
async def client(
    hass: HomeAssistant, hass_client_no_auth: ClientSessionGenerator
) -> TestClient[Any, Any]:
    """Make Home Assistant reachable, and give it an address on the Internet."""
    await serve_http(hass)
    client = await hass_client_no_auth()
    hass.config.external_url = str(client.make_url("/")).rstrip("/")
    return client


@pytest.fixture
async def called(
    hass: HomeAssistant,
    client: TestClient[Any, Any],
    account: Account,
    entry: MockConfigEntry,
    simulator: Simulator,
) -> AsyncGenerator[MockConfigEntry]:
    """Set the account up with the callback on."""
    hass.config_entries.async_update_entry(entry, options={CONF_CALLBACK: True})
    await set_up(hass, entry)
    simulator.clear_calls()
    yield entry
    await simulator.callbacks.settle()


async def quiet(hass: HomeAssistant) -> None:
    """Wait until what was called for is done, the short pauses of it included."""
    await asyncio.sleep(0.15)
    await hass.async_block_till_done(wait_background_tasks=True)


async def switch(hass: HomeAssistant, entry: MockConfigEntry, on: bool) -> None:
    """Switch the callback on or off, as a user does."""
    form = await hass.config_entries.options.async_init(entry.entry_id)
    answer = {CONF_CALLBACK: on, CONF_DND_ROUTING: "sys:busy"}
    result = await hass.config_entries.options.async_configure(form["flow_id"], answer)
    assert result["type"] is FlowResultType.CREATE_ENTRY
    await hass.async_block_till_done(wait_background_tasks=True)


def issues(hass: HomeAssistant) -> set[str | None]:
    """Return what the user is asked to mend."""
    return {
        issue.translation_key
        for issue in ir.async_get(hass).issues.values()
        if issue.domain == DOMAIN
    }
