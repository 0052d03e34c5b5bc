"""The settings of a number: each is changed alone, and none is lost."""

import asyncio
from typing import Any

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError
from homeassistant.helpers import entity_registry as er

from .conftest import CABIN, OFFICE, Later, set_up
from .settings import (
    EVERYTHING,
    MESSAGES,
    RING_TIME,
    SETTINGS,
    Setting,
    chosen,
    turned,
    written,
)
from .simulator import Account, Simulator

pytestmark = pytest.mark.usefixtures("entity_registry_enabled_by_default")


async def test_these_are_all(hass: HomeAssistant, loaded: MockConfigEntry) -> None:
    """No setting of a number is missing from the tests below."""
    entities = er.async_entries_for_config_entry(er.async_get(hass), loaded.entry_id)
    assert {
        entity.entity_id
        for entity in entities
        if entity.entity_category == "config" and entity.unique_id.startswith(OFFICE)
    } == {setting.entity_id for setting in SETTINGS}


@pytest.mark.parametrize("setting", SETTINGS, ids=str)
async def test_nothing_else_changes(
    hass: HomeAssistant,
    account: Account,
    every_setting: dict[str, str],
    setting: Setting,
) -> None:
    """A change of one setting shows, and leaves all others as they were."""
    before = {did: dict(row) for did, row in account.dids.items()}
    await setting.make(hass)
    assert account.dids == {**before, OFFICE: before[OFFICE] | setting.record}
    assert hass.states.get(setting.entity_id).state == setting.shown


@pytest.mark.parametrize("setting", SETTINGS, ids=str)
async def test_read_fresh(
    hass: HomeAssistant, every_setting: dict[str, str], setting: Setting
) -> None:
    """What was changed at the portal since the last poll is not put back."""
    every_setting.update(
        routing="vm:1002",
        note="From the portal",
        sms_url_callback="https://new.example",
    )
    before = dict(every_setting)
    await setting.make(hass)
    assert every_setting == before | setting.record


async def test_all_at_once(
    hass: HomeAssistant, simulator: Simulator, every_setting: dict[str, str]
) -> None:
    """Changes of all settings at the same moment all survive."""
    simulator.latency = 0.02
    changed = {key: value for each in SETTINGS for key, value in each.record.items()}
    expected = every_setting | changed
    await asyncio.gather(*(setting.make(hass) for setting in SETTINGS))
    assert every_setting == expected
    assert {
        setting.entity: hass.states.get(setting.entity_id).state for setting in SETTINGS
    } == {setting.entity: setting.shown for setting in SETTINGS}


@pytest.mark.parametrize(
    "setting",
    [
        turned("caller_name_lookup_cnam", "on", cnam="1"),
        turned("record_calls", "on", record_calls="1"),
        turned("messages_to_email", "on", sms_email_enabled="1"),
        turned("forward_messages", "on", sms_forward_enabled="1"),
        turned("messages", "on", sms_enabled="1"),
        chosen("billing", "per_minute", billing_type="1"),
        written("note", "", note=""),
        written("caller_id_prefix", "", callerid_prefix=""),
    ],
    ids=str,
)
async def test_the_other_way(
    hass: HomeAssistant,
    account: Account,
    entry: MockConfigEntry,
    setting: Setting,
) -> None:
    """What is off can be turned on, and words can be cleared."""
    off = {key: "2" if key == "billing_type" else "0" for key in setting.record}
    account.dids[OFFICE] |= EVERYTHING | (off if setting.shown else {})
    await set_up(hass, entry)
    assert hass.states.get(setting.entity_id).state != setting.shown
    before = dict(account.dids[OFFICE])
    await setting.make(hass)
    assert account.dids[OFFICE] == before | setting.record
    assert hass.states.get(setting.entity_id).state == setting.shown


@pytest.mark.parametrize(
    "setting",
    [
        chosen("billing", "per_minute"),
        chosen("server_pop", "Chicago 1, IL"),
        chosen("failover_when_unanswered", "Voicemail 1001 (Home)"),
        turned("messages", "on"),
        written("note", "Main number"),
    ],
    ids=str,
)
async def test_as_it_is(
    hass: HomeAssistant, every_setting: dict[str, str], setting: Setting
) -> None:
    """Setting what is set already is no error, and changes nothing."""
    before = dict(every_setting)
    await setting.make(hass)
    assert every_setting == before


# --- What is shown -----------------------------------------------------------------


async def test_changed_at_the_portal(
    hass: HomeAssistant, later: Later, every_setting: dict[str, str]
) -> None:
    """Settings that are changed at the portal show five minutes later."""
    for setting in SETTINGS:
        every_setting.update(setting.record)
    await later(minutes=5)
    assert {
        setting.entity: hass.states.get(setting.entity_id).state for setting in SETTINGS
    } == {setting.entity: setting.shown for setting in SETTINGS}


async def test_what_a_number_cannot_have(
    hass: HomeAssistant, account: Account, entry: MockConfigEntry
) -> None:
    """A number that cannot have messages or recordings has no settings for them."""
    del account.dids[CABIN]["record_calls"]
    account.dids[CABIN]["billing_type"] = ""
    await set_up(hass, entry)
    names = {
        entity_id.partition("cabin_")[2]
        for entity_id in hass.states.async_entity_ids(["switch", "text", "select"])
        if "cabin" in entity_id
    }
    assert names == {
        "caller_id_prefix",
        "caller_name_lookup_cnam",
        "do_not_disturb",
        "failover_when_busy",
        "failover_when_unreachable",
        "failover_when_unanswered",
        "note",
        "routing",
        "server_pop",
    }


# --- Failures ----------------------------------------------------------------------


@pytest.mark.parametrize("setting", SETTINGS, ids=str)
async def test_refused(
    hass: HomeAssistant,
    simulator: Simulator,
    every_setting: dict[str, str],
    setting: Setting,
) -> None:
    """A change that VoIP.ms refuses is said, and the entity shows what is true."""
    before, shown = dict(every_setting), hass.states.get(setting.entity_id).state
    for method in ("setDIDInfo", "setDIDPOP", "setSMS"):
        simulator.faults.add("status:no_change_possible", method=method)
    with pytest.raises(HomeAssistantError, match="no_change_possible"):
        await setting.make(hass)
    assert every_setting == before
    assert hass.states.get(setting.entity_id).state == shown


@pytest.mark.parametrize("fault", ["http_500", "reset", "wrong_types"])
@pytest.mark.parametrize("setting", [RING_TIME, MESSAGES], ids=str)
async def test_record_that_cannot_be_read(
    hass: HomeAssistant,
    simulator: Simulator,
    every_setting: dict[str, str],
    setting: Setting,
    fault: str,
) -> None:
    """Without knowing the other settings nothing is written."""
    before = dict(every_setting)
    simulator.clear_calls()
    simulator.faults.add(fault, method="getDIDsInfo", times=1)
    with pytest.raises(HomeAssistantError) as error:
        await setting.make(hass)
    assert error.value.translation_key == "cannot_connect"
    assert [call.method for call in simulator.calls] == ["getDIDsInfo"]
    assert every_setting == before


@pytest.mark.parametrize(
    ("setting", "sent"),
    [(RING_TIME, "setDIDInfo"), (MESSAGES, "setSMS")],
)
async def test_lost_answer(
    hass: HomeAssistant,
    simulator: Simulator,
    every_setting: dict[str, str],
    setting: Setting,
    sent: str,
) -> None:
    """If the answer is lost, it is not sent again, and what is true shows."""
    simulator.faults.add("lost_reply", method=sent, times=1)
    with pytest.raises(HomeAssistantError) as error:
        await setting.make(hass)
    assert error.value.translation_key == "outcome_unknown"
    assert len(simulator.calls_of(sent)) == 1
    assert hass.states.get(setting.entity_id).state == setting.shown


@pytest.mark.parametrize(
    ("entity", "action", "data"),
    [
        ("number.ring_time", "set_value", {"value": 0}),
        ("number.ring_time", "set_value", {"value": 301}),
        ("select.failover_when_busy", "select_option", {"option": "Nowhere"}),
        ("select.server_pop", "select_option", {"option": "Atlantis 1"}),
        ("text.note", "set_value", {"value": "x" * 50}),
        ("text.caller_id_prefix", "set_value", {"value": "x" * 20}),
        ("text.email_for_messages", "set_value", {"value": "no address"}),
        ("text.forward_messages_to", "set_value", {"value": "no number"}),
        ("text.forward_messages_to", "set_value", {"value": "555-010-XXXX"}),
    ],
)
async def test_wrong_values(
    hass: HomeAssistant,
    simulator: Simulator,
    every_setting: dict[str, str],
    entity: str,
    action: str,
    data: dict[str, Any],
) -> None:
    """A value that cannot be is refused before anything is sent."""
    simulator.clear_calls()
    setting = Setting(entity, action, {}, "", data)
    with pytest.raises((ServiceValidationError, ValueError)):
        await setting.make(hass)
    assert simulator.calls == []
