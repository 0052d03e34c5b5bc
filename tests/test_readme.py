"""The README's reference of the entities says what there is, and its examples work."""

from collections.abc import AsyncGenerator, Awaitable, Callable
from datetime import timedelta
from pathlib import Path
import re
from types import MappingProxyType

import pytest
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    async_fire_time_changed,
    async_mock_service,
)
import yaml

from homeassistant.config_entries import ConfigSubentry
from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr, entity_registry as er
from homeassistant.setup import async_setup_component
from homeassistant.util import dt as dt_util

from .conftest import NEIGHBOR, OFFICE, Later, set_up
from .simulator import Account

README = Path(__file__).parent.parent / "README.md"
OWN_NAME = "*its own name*"

type Row = tuple[str, str, str, str]
type Install = Callable[[str], Awaitable[None]]


@pytest.fixture
def reference() -> str:
    """Return the part of the README that is about entities."""
    text = README.read_text(encoding="utf-8")
    _, begin, rest = text.partition("<!-- entities -->\n")
    part, end, _ = rest.partition("<!-- end of entities -->")
    assert begin and end, "the README has no reference of the entities"
    return part


@pytest.fixture
async def everything(
    hass: HomeAssistant, account: Account, entry: MockConfigEntry
) -> MockConfigEntry:
    """Set an account up that has one of everything."""
    account.dids[OFFICE] |= {"reseller_account": "100001_VoIP"}
    contact = ConfigSubentry(
        data=MappingProxyType({"name": "Ann", "number": "5550100111", "did": OFFICE}),
        subentry_type="contact",
        title="Ann",
        unique_id="5550100111",
    )
    hass.config_entries.async_add_subentry(entry, contact)
    await set_up(hass, entry)
    return entry


def listed(reference: str) -> list[Row]:
    """Return the rows of the tables: device, entity, platform, on or off at first."""
    found: list[Row] = []
    for section in re.split(r"^### ", reference, flags=re.MULTILINE)[1:]:
        device, _, rest = section.partition("\n")
        for line in rest.splitlines():
            if line.startswith("| ") and not line.startswith(("| Entity", "| ---")):
                name, platform, about, first = line.strip("| ").split(" | ")
                assert about.endswith("."), name
                found.append((device, name, platform, first))
    return found


@pytest.fixture
async def automations(hass: HomeAssistant) -> AsyncGenerator[Install]:
    """Return what sets an automation of the README up, by its name."""

    async def install(alias: str) -> None:
        text = README.read_text(encoding="utf-8")
        (example,) = re.findall(rf"```yaml\n(alias: {alias}\n.*?)```", text, re.DOTALL)
        for entity_id in re.findall(r"entity_id: (\S+)", example):
            assert hass.states.get(entity_id), entity_id
        config = {"automation": yaml.safe_load(example)}
        assert await async_setup_component(hass, "automation", config)
        (state,) = hass.states.async_all("automation")
        assert (state.name, state.state) == (alias, "on")

    yield install
    everything = {"entity_id": "all"}
    await hass.services.async_call("automation", "turn_off", everything, blocking=True)


async def test_entities(
    hass: HomeAssistant, everything: MockConfigEntry, reference: str
) -> None:
    """Each entity is listed once, with its name, platform and whether it is enabled."""
    devices, entities = dr.async_get(hass), er.async_get(hass)
    there: set[Row] = set()
    for entity in er.async_entries_for_config_entry(entities, everything.entry_id):
        device = devices.async_get(entity.device_id or "")
        assert device
        there.add(
            (
                device.model or "",
                entity.original_name or OWN_NAME,
                entity.domain.replace("_", " "),
                "off" if entity.disabled else "on",
            )
        )
    rows = listed(reference)
    assert len(rows) == len(set(rows))
    assert set(rows) == there


async def test_do_not_disturb(
    hass: HomeAssistant,
    everything: MockConfigEntry,
    account: Account,
    automations: Install,
) -> None:
    """The example turns do not disturb on at night, and off in the morning."""
    await hass.config.async_set_time_zone("UTC")
    await automations("Quiet nights")
    tomorrow = dt_util.start_of_local_day() + timedelta(days=1)
    for hour, routing in ((22, "sys:busy"), (31, "account:100001_VoIP")):
        async_fire_time_changed(hass, tomorrow + timedelta(hours=hour))
        await hass.async_block_till_done(wait_background_tasks=True)
        assert account.dids[OFFICE]["routing"] == routing


async def test_phone_offline(
    hass: HomeAssistant,
    later: Later,
    everything: MockConfigEntry,
    account: Account,
    automations: Install,
) -> None:
    """The example tells where a phone was signed in that no longer is."""
    notes = async_mock_service(hass, "persistent_notification", "create")
    await automations("The kitchen phone is offline")
    account.unregister("100001_VoIP")
    for _ in range(15):
        await later(minutes=1)
    assert [note.data["message"] for note in notes] == [
        "It was registered with Chicago 1, IL from 198.51.100.21."
    ]


async def test_pictures(
    hass: HomeAssistant,
    later: Later,
    everything: MockConfigEntry,
    account: Account,
    automations: Install,
) -> None:
    """The example shows pictures once, whether they come with their message or late."""
    notes = async_mock_service(hass, "notify", "mobile_app_my_phone")
    await automations("Show received pictures")
    for text, after in (("at once", 0), ("late", 200), ("no picture", 10**9)):
        account.receive(
            OFFICE,
            NEIGHBOR,
            text,
            media=[f"https://voip.ms/media/{after}.jpg"],
            media_after=after,
        )
        for _ in range(6):
            await later(minutes=1)
    account.receive(OFFICE, NEIGHBOR, "words")
    await later(minutes=1)
    assert [note.data["message"] for note in notes] == ["at once", "late"]
    for note in notes:
        assert note.data["data"]["image"].startswith("/api/voipms/media/")
    assert notes[0].data["title"] == f"Picture from {NEIGHBOR}"
