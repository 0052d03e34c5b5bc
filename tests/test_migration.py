"""Entries of version 1, our own and another integration's, are taken over."""

from collections.abc import Iterator
import logging
from typing import Any

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components import voipms
from custom_components.voipms.api import API_URL
from custom_components.voipms.const import CONF_CALLBACK, CONF_CLOUDHOOK_URL, DOMAIN
from homeassistant.config_entries import (
    SOURCE_REAUTH,
    ConfigEntryDisabler,
    ConfigEntryState,
    ConfigSubentryData,
)
from homeassistant.const import CONF_PASSWORD, CONF_URL, CONF_USERNAME, CONF_WEBHOOK_ID
from homeassistant.core import HomeAssistant
from homeassistant.helpers import (
    area_registry as ar,
    device_registry as dr,
    entity_registry as er,
    issue_registry as ir,
)
from homeassistant.setup import async_setup_component

from .conftest import (
    EMAIL,
    ENTRY_ID,
    HOME,
    NEIGHBOR,
    OFFICE,
    PASSWORD,
    WEBHOOK_ID,
    Heard,
    Later,
    make_entry,
    set_up,
    unload,
)
from .simulator import Account, Simulator

LINE = "100001_VoIP"
ANN = ConfigSubentryData(
    data={"name": "Ann", "number": NEIGHBOR, "did": HOME},
    subentry_id="ann",
    subentry_type="contact",
    title="Ann",
    unique_id=NEIGHBOR,
)
OURS = {
    EMAIL: [
        ("sensor", f"{EMAIL}_balance"),
        ("sensor", f"{EMAIL}_spent_today"),
        ("sensor", f"{EMAIL}_calls_today"),
        ("sensor", f"{EMAIL}_latest_call"),
        ("event", f"{EMAIL}_call"),
    ],
    f"{EMAIL}_number_{OFFICE}": [
        ("select", f"{OFFICE}_routing"),
        ("switch", f"{OFFICE}_do_not_disturb"),
        ("event", f"{OFFICE}_sms"),
    ],
    f"{EMAIL}_sub_account_{LINE}": [("binary_sensor", f"{LINE}_registration")],
    f"{EMAIL}_mailbox_1001": [
        ("sensor", f"{EMAIL}_mailbox_1001_new"),
        ("sensor", f"{EMAIL}_mailbox_1001_urgent"),
    ],
    f"{EMAIL}_contact_ann": [("notify", f"{EMAIL}_contact_ann_sms")],
}
"""The devices of version 1 and their entities."""
THEIRS = {
    ENTRY_ID: [
        ("sensor", f"{ENTRY_ID}_balance"),
        ("sensor", f"{ENTRY_ID}_inbound_calls_24h"),
        ("sensor", f"{ENTRY_ID}_outbound_calls_24h"),
        ("sensor", f"{ENTRY_ID}_voicemail_calls_24h"),
        ("sensor", f"{ENTRY_ID}_last_sms"),
        ("sensor", f"{ENTRY_ID}_last_call"),
        ("binary_sensor", f"{ENTRY_ID}_registration_{LINE}"),
        ("notify", f"{ENTRY_ID}_sms"),
        ("binary_sensor", f"{ENTRY_ID}_online"),
    ],
    "something else of theirs": [("sensor", "something else of theirs")],
}
"""Those of the other integration, and one of a fork of it."""


def ours(hass: HomeAssistant, simulator: Simulator, **changed: Any) -> MockConfigEntry:
    """Return an entry as our version 1 wrote it."""
    data = {
        CONF_USERNAME: EMAIL,
        CONF_PASSWORD: PASSWORD,
        CONF_URL: simulator.url,
        CONF_WEBHOOK_ID: WEBHOOK_ID,
        **changed.pop("data", {}),
    }
    entry = MockConfigEntry(
        domain=DOMAIN,
        version=1,
        entry_id=ENTRY_ID,
        data=data,
        **{"title": EMAIL, "unique_id": EMAIL, **changed},
    )
    entry.add_to_hass(hass)
    return entry


def theirs(hass: HomeAssistant, data: Any, **changed: Any) -> MockConfigEntry:
    """Return an entry as the other integration wrote it."""
    entry = MockConfigEntry(
        domain=DOMAIN,
        version=1,
        entry_id=ENTRY_ID,
        data=data,
        **{"title": "Demo@Example.com", "unique_id": "Demo@Example.com", **changed},
    )
    entry.add_to_hass(hass)
    return entry


def their_data(**changed: Any) -> dict[str, Any]:
    """Return what the other integration kept."""
    return {
        "username": "Demo@Example.com",
        "password": PASSWORD,
        "default_did": OFFICE,
        **changed,
    }


@pytest.fixture
def at_the_vendors_address(
    simulator: Simulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Have the simulator stand where VoIP.ms is, since others know no other place."""
    monkeypatch.setattr("custom_components.voipms.migration.API_URL", simulator.url)


def fill_registries(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    things: dict[str, list[tuple[str, str]]],
) -> dict[str, er.RegistryEntry]:
    """Register devices and entities as somebody has arranged them; return these."""
    area = ar.async_get(hass).async_get_or_create("Somewhere")
    entities, made = er.async_get(hass), {}
    for index, (identifier, owned) in enumerate(things.items()):
        device = dr.async_get(hass).async_get_or_create(
            config_entry_id=entry.entry_id, identifiers={(DOMAIN, identifier)}
        )
        dr.async_get(hass).async_update_device(
            device.id, area_id=area.id, name_by_user=f"My device {index}"
        )
        for platform, unique_id in owned:
            made[unique_id] = entities.async_get_or_create(
                platform,
                DOMAIN,
                unique_id,
                config_entry=entry,
                device_id=device.id,
                suggested_object_id=f"mine_{len(made)}",
            )
            made[unique_id] = entities.async_update_entity(
                made[unique_id].entity_id,
                name=f"My entity {len(made)}",
                icon="mdi:heart",
                aliases=["my alias"],
            )
    return made


def entities_of(hass: HomeAssistant, entry: MockConfigEntry) -> list[er.RegistryEntry]:
    """Return the entities of an account."""
    return er.async_entries_for_config_entry(er.async_get(hass), entry.entry_id)


def arranged(entity: er.RegistryEntry) -> tuple[Any, ...]:
    """Return what somebody has arranged about an entity, and what tells it apart."""
    has_alias = "my alias" in entity.aliases
    return (entity.id, entity.entity_id, entity.name, entity.icon, has_alias)


def identities(hass: HomeAssistant) -> Iterator[str]:
    """Return everything that tells devices and entities apart."""
    for device in dr.async_get(hass).devices:
        yield from (name for _, name in device.identifiers)
    for entity in er.async_get(hass).entities.values():
        yield entity.unique_id


def told(hass: HomeAssistant) -> list[str | None]:
    """Return what the user is told to mend."""
    issues = ir.async_get(hass).issues.values()
    return [issue.translation_key for issue in issues if issue.domain == DOMAIN]


def tracebacks(caplog: pytest.LogCaptureFixture) -> list[str]:
    """Return what was logged with a traceback."""
    return [
        record.getMessage()
        for record in caplog.records
        if record.exc_info and record.levelno > logging.DEBUG
    ]


# --- Our own -----------------------------------------------------------------------


async def test_ours_keeps_everything(
    hass: HomeAssistant, account: Account, simulator: Simulator
) -> None:
    """Every device and entity stays what it was; none holds the email address."""
    entry = ours(
        hass,
        simulator,
        data={CONF_CLOUDHOOK_URL: "https://hooks.example.com/mine"},
        options={"do_not_disturb_routing": "vm:1001"},
        subentries_data=[ANN],
    )
    before = fill_registries(hass, entry, OURS)
    devices = {
        device.id: (device.name_by_user, device.area_id)
        for device in dr.async_get(hass).devices
    }
    data, options = dict(entry.data), dict(entry.options)
    await set_up(hass, entry)

    assert (entry.version, entry.minor_version) == (2, 1)
    assert (entry.title, entry.unique_id) == ("VoIP.ms", EMAIL)
    assert (entry.data, entry.options) == (data, options)
    entities = er.async_get(hass)
    for entity in before.values():
        now = entities.async_get(entity.entity_id)
        assert arranged(now) == arranged(entity)
        assert now.device_id == entity.device_id
        assert hass.states.get(entity.entity_id).state != "unavailable"
    for device_id, words in devices.items():
        device = dr.async_get(hass).async_get(device_id)
        assert (device.name_by_user, device.area_id) == words
    assert [name for name in identities(hass) if "@" in name] == []
    assert len({entity.unique_id for entity in entities_of(hass, entry)}) == len(
        entities_of(hass, entry)
    )
    unique_ids = {unique_id: entity.entity_id for unique_id, entity in before.items()}
    for unique_id in (f"{OFFICE}_routing", f"{LINE}_registration"):
        assert entities.async_get(unique_ids[unique_id]).unique_id == unique_id


def make_old(hass: HomeAssistant, entry: MockConfigEntry) -> None:
    """Turn an account back into what version 1 made of it."""
    for entity in entities_of(hass, entry):
        if entity.unique_id.startswith(ENTRY_ID):
            er.async_get(hass).async_update_entity(
                entity.entity_id,
                new_unique_id=entity.unique_id.replace(ENTRY_ID, EMAIL),
            )
    for device in dr.async_get(hass).devices:
        dr.async_get(hass).async_update_device(
            device.id,
            new_identifiers={
                (domain, name.replace(ENTRY_ID, EMAIL))
                for domain, name in device.identifiers
            },
        )
    hass.config_entries.async_update_entry(entry, version=1, title=EMAIL)


async def test_ours_remembers(
    hass: HomeAssistant,
    later: Later,
    account: Account,
    loaded: MockConfigEntry,
    heard: Heard,
) -> None:
    """What was delivered and what do not disturb put away is still known."""
    switch = {"entity_id": "switch.555_123_0000_office_do_not_disturb"}
    before = account.dids[OFFICE]["routing"]
    await hass.services.async_call("switch", "turn_on", switch, blocking=True)
    account.receive(HOME, NEIGHBOR, "before")
    await later(minutes=2)
    count = len(entities_of(hass, loaded))
    await unload(hass, loaded)
    make_old(hass, loaded)
    account.receive(HOME, NEIGHBOR, "in the meantime")

    await set_up(hass, loaded)
    await later(minutes=2)
    assert heard() == [("received", "before"), ("received", "in the meantime")]
    assert len(entities_of(hass, loaded)) == count
    assert hass.states.get(switch["entity_id"]).state == "on"
    await hass.services.async_call("switch", "turn_off", switch, blocking=True)
    assert account.dids[OFFICE]["routing"] == before


async def test_killed_on_the_way(
    hass: HomeAssistant, account: Account, simulator: Simulator
) -> None:
    """If only the registries were saved before a crash, the rest is made up for."""
    entry = make_entry(hass, simulator)
    await set_up(hass, entry)
    before = {entity.unique_id: arranged(entity) for entity in entities_of(hass, entry)}
    await unload(hass, entry)
    hass.config_entries.async_update_entry(entry, version=1, title=EMAIL)
    await set_up(hass, entry)
    assert before == {
        entity.unique_id: arranged(entity) for entity in entities_of(hass, entry)
    }


async def test_entity_that_is_there_twice(
    hass: HomeAssistant, account: Account, simulator: Simulator
) -> None:
    """If something has the new unique id already, it stays and the old one goes."""
    entry = ours(hass, simulator)
    new, old = f"{ENTRY_ID}_balance", f"{EMAIL}_balance"
    made = fill_registries(hass, entry, {EMAIL: [("sensor", new), ("sensor", old)]})
    await set_up(hass, entry)
    assert hass.states.get(made[new].entity_id).state != "unavailable"
    assert made[old].entity_id not in er.async_get(hass).entities


@pytest.mark.parametrize("title", ["My phones", "VoIP.ms", "demo"])
async def test_name_that_somebody_chose(
    hass: HomeAssistant, account: Account, simulator: Simulator, title: str
) -> None:
    """Only a name that is the email address is replaced."""
    entry = ours(hass, simulator, title=title)
    await set_up(hass, entry)
    assert entry.title == title


async def test_two_of_ours(
    hass: HomeAssistant, account: Account, simulator: Simulator
) -> None:
    """Two accounts that were called by their addresses can be told apart."""
    simulator.add_account("other@example.com", "secret", number="300003")
    first = ours(hass, simulator)
    second = MockConfigEntry(
        domain=DOMAIN,
        version=1,
        title="other@example.com",
        unique_id="other@example.com",
        data={
            **first.data,
            CONF_USERNAME: "other@example.com",
            CONF_PASSWORD: "secret",
            CONF_WEBHOOK_ID: "other",
        },
    )
    second.add_to_hass(hass)
    await set_up(hass, first)
    assert (first.title, second.title) == ("VoIP.ms", "VoIP.ms 2")
    assert second.state is ConfigEntryState.LOADED


@pytest.mark.parametrize(
    "password", [f"{PASSWORD}\n", f"\N{NO-BREAK SPACE}{PASSWORD} "]
)
async def test_password_that_was_kept_with_blanks(
    hass: HomeAssistant, account: Account, simulator: Simulator, password: str
) -> None:
    """A password that was pasted with blanks when they mattered signs in now."""
    entry = ours(hass, simulator, data={CONF_PASSWORD: password})
    await set_up(hass, entry)
    assert entry.data[CONF_PASSWORD] == PASSWORD


async def test_ours_with_parts_missing(
    hass: HomeAssistant,
    account: Account,
    simulator: Simulator,
    at_the_vendors_address: None,
) -> None:
    """What can be made up for is made up for."""
    data = {CONF_USERNAME: None, CONF_URL: "file:///etc/passwd", CONF_WEBHOOK_ID: ""}
    entry = ours(hass, simulator, data=data)
    await set_up(hass, entry)
    assert entry.data[CONF_USERNAME] == EMAIL
    assert entry.data[CONF_URL] == simulator.url
    assert entry.data[CONF_WEBHOOK_ID]


# --- Another integration's ---------------------------------------------------------


@pytest.mark.usefixtures("at_the_vendors_address")
async def test_theirs_is_taken_over(
    hass: HomeAssistant,
    account: Account,
    simulator: Simulator,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Its account is set up; what both have is kept, and nothing broken is left."""
    entry = theirs(hass, their_data())
    before = fill_registries(hass, entry, THEIRS)
    await set_up(hass, entry)

    assert (entry.version, entry.title, entry.unique_id) == (2, "VoIP.ms", EMAIL)
    assert entry.data.keys() == {
        CONF_USERNAME,
        CONF_PASSWORD,
        CONF_URL,
        CONF_WEBHOOK_ID,
    }
    assert entry.data[CONF_WEBHOOK_ID]
    for theirs_id, ours_id in (
        (f"{ENTRY_ID}_balance", f"{ENTRY_ID}_balance"),
        (f"{ENTRY_ID}_last_call", f"{ENTRY_ID}_latest_call"),
        (f"{ENTRY_ID}_registration_{LINE}", f"{LINE}_registration"),
    ):
        now = er.async_get(hass).async_get(before[theirs_id].entity_id)
        assert now.unique_id == ours_id
        assert arranged(now) == arranged(before[theirs_id])
        assert hass.states.get(now.entity_id).state != "unavailable"
    enabled = [each for each in entities_of(hass, entry) if not each.disabled_by]
    assert [
        each.entity_id for each in enabled if not hass.states.get(each.entity_id)
    ] == []
    assert {state.state for state in hass.states.async_all("sensor")}.isdisjoint(
        {"unavailable"}
    )
    assert "something else of theirs" not in set(identities(hass))
    assert tracebacks(caplog) == []
    assert told(hass) == []


@pytest.mark.usefixtures("at_the_vendors_address")
async def test_theirs_is_taken_over_once_more_after_a_crash(
    hass: HomeAssistant, account: Account, simulator: Simulator
) -> None:
    """If only the registries were saved before a crash, what was kept is kept."""
    entry = theirs(hass, their_data())
    made = fill_registries(
        hass,
        entry,
        {
            ENTRY_ID: [("sensor", f"{ENTRY_ID}_latest_call")],
            f"{ENTRY_ID}_sub_account_{LINE}": [
                ("binary_sensor", f"{LINE}_registration")
            ],
        },
    )
    await set_up(hass, entry)
    for entity in made.values():
        assert arranged(er.async_get(hass).async_get(entity.entity_id)) == arranged(
            entity
        )


@pytest.mark.usefixtures("at_the_vendors_address")
@pytest.mark.parametrize(
    "data",
    [
        {"email": EMAIL, "api_password": PASSWORD},
        {"api_username": f" {EMAIL}\n", "api_password": f"{PASSWORD}\n"},
        {"username": EMAIL, "password": PASSWORD, "url": 7, "webhook_id": ["x"]},
        {"password": PASSWORD},
    ],
    ids=",".join,
)
async def test_theirs_with_other_keys(
    hass: HomeAssistant, account: Account, simulator: Simulator, data: dict[str, Any]
) -> None:
    """An email address and an API password are enough, whatever they are called."""
    entry = theirs(hass, data)
    await set_up(hass, entry)
    assert entry.state is ConfigEntryState.LOADED
    assert entry.data[CONF_USERNAME].lower() == EMAIL
    assert entry.data[CONF_PASSWORD] == PASSWORD


@pytest.mark.usefixtures("at_the_vendors_address")
@pytest.mark.parametrize("password", [None, "", ["secret"], {"a": 1}, 7])
async def test_theirs_without_a_password(
    hass: HomeAssistant,
    account: Account,
    simulator: Simulator,
    caplog: pytest.LogCaptureFixture,
    password: Any,
) -> None:
    """A password that is missing is asked for."""
    entry = theirs(hass, their_data(password=password))
    assert not await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done()
    [flow] = hass.config_entries.flow.async_progress()
    assert flow["context"]["source"] == SOURCE_REAUTH
    assert tracebacks(caplog) == []
    await hass.config_entries.flow.async_configure(
        flow["flow_id"], {CONF_PASSWORD: PASSWORD}
    )
    await hass.async_block_till_done(wait_background_tasks=True)
    assert entry.state is ConfigEntryState.LOADED


def test_theirs_is_reached_at_the_vendors_address() -> None:
    """Without an address of its own, an account is reached at VoIP.ms itself."""
    assert API_URL == "https://voip.ms/api/v1/rest.php"


BROKEN: list[Any] = [
    {},
    {"default_did": OFFICE},
    {"username": None, "password": None},
    {"username": ["a@example.com"], "password": {"b": "c"}},
    {"username": "", "password": "secret-of-theirs"},
    {"token": "secret-of-theirs", "host": "203.0.113.7"},
]


@pytest.fixture(params=BROKEN, ids=str)
def broken(request: pytest.FixtureRequest, hass: HomeAssistant) -> MockConfigEntry:
    """Return an entry that does not say whose account it is."""
    return theirs(hass, request.param, title="Theirs", unique_id=None)


async def test_broken(
    hass: HomeAssistant, broken: MockConfigEntry, caplog: pytest.LogCaptureFixture
) -> None:
    """The person is told what to do; nothing is thrown, touched or disclosed."""
    before = dict(broken.data)
    made = fill_registries(hass, broken, {ENTRY_ID: [("sensor", f"{ENTRY_ID}_x")]})
    assert not await hass.config_entries.async_setup(broken.entry_id)
    assert broken.state is ConfigEntryState.MIGRATION_ERROR
    assert (broken.version, broken.data) == (1, before)
    assert made[f"{ENTRY_ID}_x"].entity_id in er.async_get(hass).entities
    assert told(hass) == ["not_taken_over"]
    assert tracebacks(caplog) == []
    assert "secret-of-theirs" not in caplog.text


async def test_broken_can_be_removed_and_added_again(
    hass: HomeAssistant,
    broken: MockConfigEntry,
    account: Account,
    simulator: Simulator,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Doing what the person is told leaves nothing of the old entry."""
    await hass.config_entries.async_setup(broken.entry_id)
    await hass.config_entries.async_remove(broken.entry_id)
    assert told(hass) == []
    assert tracebacks(caplog) == []
    await set_up(hass, make_entry(hass, simulator))


async def test_broken_and_its_dialogs(
    hass: HomeAssistant,
    broken: MockConfigEntry,
    hass_client: ClientSessionGenerator,
) -> None:
    """Nothing else that a person can do with the entry throws or discloses anything."""
    for component in ("webhook", "diagnostics"):
        assert await async_setup_component(hass, component, {})
    await hass.config_entries.async_setup(broken.entry_id)
    result = await broken.start_reconfigure_flow(hass)
    assert (result["type"], result["reason"]) == ("abort", "not_taken_over")
    client = await hass_client()
    path = f"/api/diagnostics/config_entry/{broken.entry_id}"
    response = await client.get(path)
    assert response.status == 200
    assert (await response.json())["data"]["data"] == sorted(broken.data)
    assert "secret-of-theirs" not in await response.text()


async def test_theirs_of_an_account_that_is_set_up(
    hass: HomeAssistant,
    account: Account,
    simulator: Simulator,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """An account is not set up twice; the person is told which entry to delete."""
    entry = theirs(hass, their_data())
    ours_entry = make_entry(hass, simulator, entry_id="01OURS")
    await set_up(hass, ours_entry)
    assert ours_entry.state is ConfigEntryState.LOADED
    assert entry.state is ConfigEntryState.MIGRATION_ERROR
    assert told(hass) == ["set_up_twice"]
    assert tracebacks(caplog) == []
    await hass.config_entries.async_remove(entry.entry_id)
    assert told(hass) == []
    assert tracebacks(caplog) == []


@pytest.mark.usefixtures("at_the_vendors_address")
async def test_theirs_removed_while_it_is_disabled(
    hass: HomeAssistant, simulator: Simulator, caplog: pytest.LogCaptureFixture
) -> None:
    """An entry that was never taken over can be removed."""
    entry = theirs(hass, their_data(), disabled_by=ConfigEntryDisabler.USER)
    assert await async_setup_component(hass, DOMAIN, {})
    await hass.config_entries.async_remove(entry.entry_id)
    assert tracebacks(caplog) == []
    assert simulator.calls == []


# --- Versions to come --------------------------------------------------------------


async def test_later_version(
    hass: HomeAssistant,
    account: Account,
    simulator: Simulator,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """An entry of a later version is left alone."""
    entry = make_entry(hass, simulator)
    hass.config_entries.async_update_entry(entry, version=3)
    before = dict(entry.data)
    assert not await hass.config_entries.async_setup(entry.entry_id)
    assert entry.state is ConfigEntryState.MIGRATION_ERROR
    assert not await voipms.async_migrate_entry(hass, entry)
    assert (entry.version, entry.data) == (3, before)
    assert tracebacks(caplog) == []


async def test_later_minor_version(
    hass: HomeAssistant, account: Account, simulator: Simulator
) -> None:
    """An entry of a later minor version can be used."""
    entry = make_entry(hass, simulator)
    hass.config_entries.async_update_entry(
        entry, minor_version=7, options={CONF_CALLBACK: False}
    )
    await set_up(hass, entry)
    assert (entry.version, entry.minor_version) == (2, 7)
