"""How an account with everything looks to Home Assistant: its devices and entities."""

import json
from pathlib import Path
from typing import Any

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
from syrupy.assertion import SnapshotAssertion

from custom_components import voipms
from homeassistant.const import ATTR_DEVICE_CLASS, EntityCategory
from homeassistant.core import HomeAssistant
from homeassistant.helpers import (
    area_registry as ar,
    device_registry as dr,
    entity_registry as er,
)

from .conftest import OFFICE, Later, set_up
from .simulator import Account

ALL_ENABLED = pytest.mark.usefixtures("entity_registry_enabled_by_default")
HOUSE = Path(voipms.__file__).parent

ENABLED = {
    "Account": {
        "event.call",
        "sensor.balance",
        "sensor.calls_today",
        "sensor.latest_call",
        "sensor.spent_today",
    },
    "Phone number": {
        "binary_sensor.e911",
        "event.sms",
        "number.dialtime",
        "select.routing",
        "sensor.latest_sms",
        "sensor.next_billing",
        "sensor.reseller_monthly",
        "switch.do_not_disturb",
        "text.note",
    },
    "Sub-account": {"binary_sensor.registration"},
    "Mailbox": {"sensor.new_voicemails", "sensor.urgent_voicemails"},
    "Contact": {
        "notify.contact",
        "sensor.contact_message",
        "sensor.contact_number",
        "sensor.last_written_to",
        "sensor.written_from",
    },
}
"""What is enabled without anybody asking for it: what a dashboard is made of."""


def devices_of(
    hass: HomeAssistant, entry: MockConfigEntry
) -> dict[str, dr.DeviceEntry]:
    """Return the devices of an account by what they stand for."""
    devices = dr.async_entries_for_config_entry(dr.async_get(hass), entry.entry_id)
    return {
        name.removeprefix(entry.entry_id).strip("_") or "account": device
        for device in devices
        for _, name in device.identifiers
    }


def entities_of(hass: HomeAssistant, entry: MockConfigEntry) -> list[er.RegistryEntry]:
    """Return the entities of an account."""
    entities = er.async_entries_for_config_entry(er.async_get(hass), entry.entry_id)
    return sorted(entities, key=lambda entity: entity.entity_id)


def read(name: str) -> Any:
    """Return a file of the integration."""
    return json.loads((HOUSE / name).read_text(encoding="utf-8"))


# --- Snapshots ---------------------------------------------------------------------


@pytest.mark.freeze_time("2026-11-20 17:00:00+00:00")
async def test_devices(
    hass: HomeAssistant, one_of_each: MockConfigEntry, snapshot: SnapshotAssertion
) -> None:
    """The account, a number, a phone and a mailbox are devices."""
    devices = devices_of(hass, one_of_each)
    assert devices.keys() == {
        "account",
        "number_5551230000",
        "sub_account_100001_VoIP",
        "mailbox_1001",
        "contact_ann",
    }
    for name, device in devices.items():
        assert device == snapshot(name=name)


# --- Devices -----------------------------------------------------------------------


async def test_under_the_account(
    hass: HomeAssistant, one_of_each: MockConfigEntry
) -> None:
    """Every device hangs under the account, says what it is, and links to the portal."""
    devices = devices_of(hass, one_of_each)
    account = devices.pop("account")
    assert account.via_device_id is None
    assert {device.via_device_id for device in devices.values()} == {account.id}
    assert {
        name.partition("_")[0]: device.model for name, device in devices.items()
    } == {
        "number": "Phone number",
        "sub": "Sub-account",
        "mailbox": "Mailbox",
        "contact": "Contact",
    }
    del devices["contact_ann"]
    links = [device.configuration_url for device in (account, *devices.values())]
    assert all(str(link).startswith("https://voip.ms/m/") for link in links)
    assert len(set(links)) == 4


@pytest.mark.parametrize(
    ("area", "description", "suggested"),
    [
        ("Kitchen", "Kitchen phone", True),
        ("kitchen", "KITCHEN", True),
        ("Kitchen", "Phone in the kitchen", True),
        ("Guest room", "Guest room phone", True),
        ("Office (up)", "Office (up) phone", True),
        ("Kitchen", "Kitchenette phone", False),
        ("Kitchen", "Garage phone", False),
    ],
)
async def test_area(
    hass: HomeAssistant,
    account: Account,
    entry: MockConfigEntry,
    area: str,
    description: str,
    suggested: bool,
) -> None:
    """A phone named after an area that there is, is put there; no area is made."""
    areas = ar.async_get(hass)
    wanted = areas.async_create(area)
    account.sub_accounts["100001_VoIP"]["description"] = description
    await set_up(hass, entry)
    device = devices_of(hass, entry)["sub_account_100001_VoIP"]
    assert device.area_id == (wanted.id if suggested else None)
    assert [each.name for each in areas.async_list_areas()] == [area]


async def test_area_is_only_suggested(
    hass: HomeAssistant, account: Account, entry: MockConfigEntry
) -> None:
    """A phone that somebody moved to another area stays there."""
    areas, devices = ar.async_get(hass), dr.async_get(hass)
    areas.async_create("Kitchen")
    attic = areas.async_create("Attic")
    await set_up(hass, entry)
    device = devices_of(hass, entry)["sub_account_100001_VoIP"]
    devices.async_update_device(device.id, area_id=attic.id)
    await hass.config_entries.async_reload(entry.entry_id)
    await hass.async_block_till_done()
    assert devices_of(hass, entry)["sub_account_100001_VoIP"].area_id == attic.id


# --- Entities ----------------------------------------------------------------------


async def test_enabled(hass: HomeAssistant, one_of_each: MockConfigEntry) -> None:
    """What most people never touch is disabled until they ask for it."""
    enabled: dict[str | None, set[str]] = {}
    models = {each.id: each.model for each in devices_of(hass, one_of_each).values()}
    for entity in entities_of(hass, one_of_each):
        if not entity.disabled:
            name = f"{entity.domain}.{entity.translation_key}"
            enabled.setdefault(models[entity.device_id], set()).add(name)
    assert enabled == ENABLED


@ALL_ENABLED
async def test_categories(hass: HomeAssistant, one_of_each: MockConfigEntry) -> None:
    """What can be set is configuration, but for routing and do not disturb."""
    for entity in entities_of(hass, one_of_each):
        if entity.translation_key in ("routing", "do_not_disturb"):
            assert entity.entity_category is None
        elif entity.domain in ("number", "select", "switch", "text"):
            assert entity.entity_category is EntityCategory.CONFIG
        else:
            assert entity.entity_category in (None, EntityCategory.DIAGNOSTIC)


@ALL_ENABLED
async def test_icons(hass: HomeAssistant, one_of_each: MockConfigEntry) -> None:
    """Every entity has a picture: one of its own, or that of its device class."""
    icons = read("icons.json")["entity"]
    for entity in entities_of(hass, one_of_each):
        state = hass.states.get(entity.entity_id)
        assert state
        assert (
            entity.translation_key in icons.get(entity.domain, {})
            or ATTR_DEVICE_CLASS in state.attributes
        ), entity.entity_id


@ALL_ENABLED
async def test_no_icon_too_many(
    hass: HomeAssistant, one_of_each: MockConfigEntry
) -> None:
    """There are no icons and no names for entities that do not exist."""
    there = {
        (entity.domain, entity.translation_key)
        for entity in entities_of(hass, one_of_each)
    }
    named_after_its_device = {("notify", "contact")}
    assert keys(read("translations/en.json")["entity"]) == (
        there - named_after_its_device
    )
    assert keys(read("icons.json")["entity"]) <= there


def keys(entities: dict[str, dict[str, Any]]) -> set[tuple[str, str]]:
    """Return the platforms and keys of which a file speaks."""
    return {(platform, key) for platform, each in entities.items() for key in each}


@ALL_ENABLED
async def test_names(hass: HomeAssistant, one_of_each: MockConfigEntry) -> None:
    """Every entity has a translated name, and no two of a device the same."""
    names = read("translations/en.json")["entity"]
    seen: set[tuple[str | None, str, str]] = set()
    for entity in entities_of(hass, one_of_each):
        if entity.domain == "notify":
            continue  # named after its device
        name = names[entity.domain][entity.translation_key]["name"]
        assert entity.original_name == name
        assert entity.has_entity_name
        assert (entity.device_id, entity.domain, name) not in seen
        seen.add((entity.device_id, entity.domain, name))


@ALL_ENABLED
async def test_states_are_translated(
    hass: HomeAssistant, one_of_each: MockConfigEntry
) -> None:
    """What is chosen from a fixed list, and every attribute, has words of its own."""
    names = read("translations/en.json")["entity"]
    own = {
        "state_class",
        "unit_of_measurement",
        "device_class",
        "friendly_name",
        "icon",
    }
    own |= {
        "options",
        "event_types",
        "min",
        "max",
        "step",
        "mode",
        "pattern",
        "last_reset",
    }
    for entity in entities_of(hass, one_of_each):
        if entity.domain == "notify":
            continue  # there is nothing to translate
        state = hass.states.get(entity.entity_id)
        words = names[entity.domain][entity.translation_key]
        attributes = {str(key) for key in state.attributes} - own
        if entity.domain == "event":
            types = words["state_attributes"]["event_type"]["state"]
            assert set(types) == set(state.attributes["event_types"])
        else:
            assert attributes <= words.get("state_attributes", {}).keys()
        if entity.translation_key == "billing_type":
            assert words["state"].keys() == set(state.attributes["options"])


async def test_what_comes_and_goes(
    hass: HomeAssistant,
    later: Later,
    one_of_each: MockConfigEntry,
    account: Account,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """An entity that a number has no use for, for a while, is there again afterwards."""
    price = "sensor.555_123_0000_office_monthly_price"
    shown = []
    for client, monthly in (("", "0"), ("100001_VoIP", "3.00000000")):
        account.dids[OFFICE] |= {
            "reseller_account": client,
            "reseller_monthly": monthly,
        }
        await later(minutes=5)
        state = hass.states.get(price)
        assert state
        shown.append(state.state)
    assert shown == ["0", "3.00000000"]
    assert "unique ID" not in caplog.text


@pytest.mark.parametrize("description", ["Kitchen phone", "Phone in the kitchen"])
async def test_entity_ids_name_an_area_once(
    hass: HomeAssistant,
    later: Later,
    account: Account,
    entry: MockConfigEntry,
    description: str,
) -> None:
    """The area of which a device's name speaks is not in its entity ids again."""
    kitchen = ar.async_get(hass).async_create("Kitchen")
    account.sub_accounts["100001_VoIP"]["description"] = description
    account.dids[OFFICE]["description"] = "kitchen"
    await set_up(hass, entry)
    account.sub_accounts["100001_New"] = {
        **account.sub_accounts["100001_VoIP"],
        "account": "100001_New",
        "description": "New kitchen phone",
    }
    await later(minutes=31)
    await later(seconds=2)
    phone = description.lower().replace(" ", "_")
    for entity_id in (
        f"binary_sensor.{phone}_registration",
        "binary_sensor.new_kitchen_phone_registration",
        "event.555_123_0000_kitchen_message",
        "sensor.555_123_0000_kitchen_latest_message",
        "switch.555_123_0000_kitchen_do_not_disturb",
    ):
        entity = er.async_get(hass).async_get(entity_id)
        assert entity, entity_id
        device = dr.async_get(hass).async_get(entity.device_id)
        assert device.area_id == kitchen.id
