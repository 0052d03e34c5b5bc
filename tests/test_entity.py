"""The settings of a number: each is changed alone, and none is lost."""

import asyncio
from dataclasses import dataclass, field
from typing import Any

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from homeassistant.core import HomeAssistant, State
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError
from homeassistant.helpers import entity_registry as er

from .conftest import CABIN, OFFICE, Later, arrival, set_up
from .simulator import Account, Simulator

pytestmark = pytest.mark.usefixtures("entity_registry_enabled_by_default")

EVERYTHING: dict[str, str] = {
    "routing": "account:100001_VoIP",
    "failover_busy": "fwd:18636",
    "failover_unreachable": "sys:hangup",
    "failover_noanswer": "vm:1001",
    "voicemail": "1001",
    "pop": "2",
    "dialtime": "25",
    "cnam": "1",
    "billing_type": "1",
    "callerid_prefix": "Office",
    "note": "Main number",
    "record_calls": "1",
    "inbound_dialing_mode": "1",
    "port_out_pin": "7193",
    "transcribe": "1",
    "transcription_locale": "en-US,fr-CA",
    "transcription_redaction": "yes",
    "transcription_summary": "yes",
    "transcription_sentiment": "yes",
    "transcription_email": "text@example.com",
    "transcription_start_delay": "10",
    "voicemail_threshold": "15",
    "sms_enabled": "1",
    "sms_email_enabled": "1",
    "sms_email": "demo@example.com",
    "sms_forward_enabled": "1",
    "sms_forward": "5550100900",
    "sms_url_callback_enabled": "1",
    "sms_url_callback": "https://example.com/sms?to={TO}&from={FROM}",
    "sms_url_callback_retry": "1",
    "webhook_enabled": "1",
    "webhook": "https://pbx.example.com/hook",
    "dialmode": "2",
    "smpp_enabled": "1",
    "smpp_url": "ssmpp://smpp.example.com:3550",
    "smpp_user": "sample",
    "smpp_pass": "SMPP-SECRET-1",
    "sms_sipaccount_enabled": "1",
    "sms_sipaccount": "100001_VoIP",
}
"""A number of which no setting is what VoIP.ms puts where a call leaves it out."""


@dataclass(frozen=True)
class Setting:
    """One change of a setting, as a dashboard makes it."""

    entity: str
    action: str
    record: dict[str, str]
    """What is different in the number's record afterwards."""
    shown: str
    data: dict[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        """Return what tells the change from others in a list of tests."""
        return f"{self.entity}={self.shown}"

    @property
    def entity_id(self) -> str:
        """Return the entity."""
        domain, _, name = self.entity.partition(".")
        return f"{domain}.555_123_0000_office_{name}"

    async def make(self, hass: HomeAssistant) -> None:
        """Make the change."""
        domain = self.entity.partition(".")[0]
        data = {"entity_id": self.entity_id, **self.data}
        await hass.services.async_call(domain, self.action, data, blocking=True)


def chosen(name: str, option: str, **record: str) -> Setting:
    """Return a choice from a select."""
    data = {"option": option}
    return Setting(f"select.{name}", "select_option", record, option, data)


def turned(name: str, way: str, **record: str) -> Setting:
    """Return a switch that is turned."""
    return Setting(f"switch.{name}", f"turn_{way}", record, way)


def written(name: str, words: str, **record: str) -> Setting:
    """Return words that are written."""
    return Setting(f"text.{name}", "set_value", record, words, {"value": words})


RING_TIME = Setting(
    "number.ring_time", "set_value", {"dialtime": "45"}, "45", {"value": 45}
)
MESSAGES = turned("messages", "off", sms_enabled="0")
SETTINGS = (
    chosen("failover_when_busy", "Voicemail 1002 (Office)", failover_busy="vm:1002"),
    chosen(
        "failover_when_unreachable", "System: no action", failover_unreachable="none:"
    ),
    chosen(
        "failover_without_answer", "Ring group Everyone", failover_noanswer="grp:4768"
    ),
    chosen("server_pop", "Montreal 1, QC", pop="7"),
    chosen("billing", "flat", billing_type="2"),
    RING_TIME,
    turned("caller_name_lookup_cnam", "off", cnam="0"),
    turned("record_calls", "off", record_calls="0"),
    turned("messages_to_email", "off", sms_email_enabled="0"),
    turned("forward_messages", "off", sms_forward_enabled="0"),
    MESSAGES,
    written("note", "Reception", note="Reception"),
    written("caller_id_prefix", "Front: ", callerid_prefix="Front: "),
    written("email_for_messages", "new@example.com", sms_email="new@example.com"),
    written("forward_messages_to", "5550100901", sms_forward="5550100901"),
)


@pytest.fixture
async def everything(
    hass: HomeAssistant, account: Account, entry: MockConfigEntry
) -> dict[str, str]:
    """Set the account up with a number that has everything; return its record."""
    account.dids[OFFICE] |= EVERYTHING
    await set_up(hass, entry)
    return account.dids[OFFICE]


def state(hass: HomeAssistant, entity: str) -> State:
    """Return the state of an entity of the office's number."""
    domain, _, name = entity.partition(".")
    state = hass.states.get(f"{domain}.555_123_0000_office_{name}")
    assert state
    return state


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
    everything: dict[str, str],
    setting: Setting,
) -> None:
    """A change of one setting shows, and leaves all others as they were."""
    before = {did: dict(row) for did, row in account.dids.items()}
    await setting.make(hass)
    assert account.dids == {**before, OFFICE: before[OFFICE] | setting.record}
    assert hass.states.get(setting.entity_id).state == setting.shown


@pytest.mark.parametrize("setting", SETTINGS, ids=str)
async def test_read_fresh(
    hass: HomeAssistant, everything: dict[str, str], setting: Setting
) -> None:
    """What was changed at the portal since the last poll is not put back."""
    everything.update(
        routing="vm:1002",
        note="From the portal",
        sms_url_callback="https://new.example",
    )
    before = dict(everything)
    await setting.make(hass)
    assert everything == before | setting.record


async def test_all_at_once(
    hass: HomeAssistant, simulator: Simulator, everything: dict[str, str]
) -> None:
    """Changes of all settings at the same moment all survive."""
    simulator.latency = 0.02
    changed = {key: value for each in SETTINGS for key, value in each.record.items()}
    expected = everything | changed
    await asyncio.gather(*(setting.make(hass) for setting in SETTINGS))
    assert everything == expected
    assert {
        setting.entity: hass.states.get(setting.entity_id).state for setting in SETTINGS
    } == {setting.entity: setting.shown for setting in SETTINGS}


async def test_with_the_routing_at_once(
    hass: HomeAssistant, simulator: Simulator, everything: dict[str, str]
) -> None:
    """A routing chosen while another setting is written is not put back."""
    simulator.latencies |= {"getDIDsInfo": 0.05, "setDIDInfo": 0.1}
    routed = chosen("routing", "System: busy", routing="sys:busy")
    await asyncio.gather(RING_TIME.make(hass), routed.make(hass))
    assert everything["routing"] == "sys:busy"
    assert everything["dialtime"] == "45"


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
        chosen("failover_without_answer", "Voicemail 1001 (Home)"),
        turned("messages", "on"),
        written("note", "Main number"),
    ],
    ids=str,
)
async def test_as_it_is(
    hass: HomeAssistant, everything: dict[str, str], setting: Setting
) -> None:
    """Setting what is set already is no error, and changes nothing."""
    before = dict(everything)
    await setting.make(hass)
    assert everything == before


# --- What is shown -----------------------------------------------------------------


async def test_changed_at_the_portal(
    hass: HomeAssistant, later: Later, everything: dict[str, str]
) -> None:
    """Settings that are changed at the portal show five minutes later."""
    for setting in SETTINGS:
        everything.update(setting.record)
    await later(minutes=5)
    assert {
        setting.entity: hass.states.get(setting.entity_id).state for setting in SETTINGS
    } == {setting.entity: setting.shown for setting in SETTINGS}


async def test_failover_like_routing(
    hass: HomeAssistant, everything: dict[str, str]
) -> None:
    """A failover offers what the routing offers, and says what VoIP.ms calls it."""
    routing = state(hass, "select.routing")
    for name in ("when_busy", "when_unreachable", "without_answer"):
        failover = state(hass, f"select.failover_{name}")
        assert set(routing.attributes["options"]) <= set(failover.attributes["options"])
    assert (
        state(hass, "select.failover_without_answer").state == "Voicemail 1001 (Home)"
    )
    failover = state(hass, "select.failover_when_busy")
    assert (failover.state, failover.attributes["routing"]) == (
        "Forwarding (555) 010-0901 (Answering service)",
        "fwd:18636",
    )


async def test_server_nobody_knows(
    hass: HomeAssistant, account: Account, entry: MockConfigEntry
) -> None:
    """A server that VoIP.ms does not list shows as its number, beside the others."""
    account.dids[OFFICE]["pop"] = "99"
    await set_up(hass, entry)
    server = state(hass, "select.server_pop")
    assert server.state == "99"
    assert len(server.attributes["options"]) == 13
    assert "London 1, UK" in server.attributes["options"]


@pytest.mark.parametrize(
    ("entity", "field", "length"),
    [
        ("text.note", "note", 100),
        ("text.note", "note", 1000),
        ("text.caller_id_prefix", "callerid_prefix", 40),
    ],
)
async def test_longer_than_can_be_sent(
    hass: HomeAssistant,
    account: Account,
    entry: MockConfigEntry,
    entity: str,
    field: str,
    length: int,
) -> None:
    """Words from the portal show, however long they are."""
    account.dids[OFFICE][field] = "x" * length
    await set_up(hass, entry)
    assert state(hass, entity).state == "x" * min(length, 255)


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
        "failover_without_answer",
        "note",
        "routing",
        "server_pop",
    }


# --- Failures ----------------------------------------------------------------------


@pytest.mark.parametrize("setting", SETTINGS, ids=str)
async def test_refused(
    hass: HomeAssistant,
    simulator: Simulator,
    everything: dict[str, str],
    setting: Setting,
) -> None:
    """A change that VoIP.ms refuses is said, and the entity shows what is true."""
    before, shown = dict(everything), hass.states.get(setting.entity_id).state
    for method in ("setDIDInfo", "setDIDPOP", "setSMS"):
        simulator.faults.add("status:no_change_possible", method=method)
    with pytest.raises(HomeAssistantError, match="no_change_possible"):
        await setting.make(hass)
    assert everything == before
    assert hass.states.get(setting.entity_id).state == shown


@pytest.mark.parametrize("fault", ["http_500", "reset", "wrong_types"])
@pytest.mark.parametrize("setting", [RING_TIME, MESSAGES], ids=str)
async def test_record_that_cannot_be_read(
    hass: HomeAssistant,
    simulator: Simulator,
    everything: dict[str, str],
    setting: Setting,
    fault: str,
) -> None:
    """Without knowing the other settings nothing is written."""
    before = dict(everything)
    simulator.clear_calls()
    simulator.faults.add(fault, method="getDIDsInfo", times=1)
    with pytest.raises(HomeAssistantError) as error:
        await setting.make(hass)
    assert error.value.translation_key == "cannot_connect"
    assert [call.method for call in simulator.calls] == ["getDIDsInfo"]
    assert everything == before


async def test_broken_record_beside_it(
    hass: HomeAssistant, simulator: Simulator, everything: dict[str, str]
) -> None:
    """A record that is not the number's is not what is written back."""
    expected = everything | RING_TIME.record
    simulator.faults.add("bad_record", method="getDIDsInfo", times=1)
    await RING_TIME.make(hass)
    assert everything == expected


@pytest.mark.parametrize(
    ("setting", "sent"),
    [(RING_TIME, "setDIDInfo"), (MESSAGES, "setSMS")],
)
async def test_lost_answer(
    hass: HomeAssistant,
    simulator: Simulator,
    everything: dict[str, str],
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


async def test_accepted_but_not_done(
    hass: HomeAssistant, simulator: Simulator, everything: dict[str, str]
) -> None:
    """If VoIP.ms says yes and does nothing, the entity does not pretend."""
    simulator.latencies["getDIDsInfo"] = 0.2
    changing = hass.async_create_task(RING_TIME.make(hass))
    await arrival(simulator, "setDIDInfo")
    await arrival(simulator, "getDIDsInfo", 3)
    assert state(hass, "number.ring_time").state == "45"
    everything["dialtime"] = "25"
    with pytest.raises(HomeAssistantError) as error:
        await changing
    assert error.value.translation_key == "not_applied"
    assert state(hass, "number.ring_time").state == "25"


async def test_messages_changed_twice_in_a_minute(
    hass: HomeAssistant, simulator: Simulator, everything: dict[str, str]
) -> None:
    """VoIP.ms wants a minute between two changes of messages; the second is told so."""
    simulator.sms_settings_wait = 60
    await turned("messages_to_email", "off").make(hass)
    with pytest.raises(HomeAssistantError) as error:
        await turned("forward_messages", "off").make(hass)
    assert error.value.translation_key == "status_sms_wait_message"
    assert state(hass, "switch.messages_to_email").state == "off"
    assert state(hass, "switch.forward_messages").state == "on"


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
    everything: dict[str, str],
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
