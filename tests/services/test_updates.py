"""Changing a record: what nobody means to change is sent back as it was read."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.voipms.api import FUNCTIONS
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError

from ..conftest import OFFICE, set_up
from ..simulator import Account, Contract, Simulator
from ..simulator.blanks import SMS_FIELDS
from ..simulator.families import FAMILIES
from .calls import ACTIONS, act, value

CONTRACT = Contract()


@dataclass(frozen=True)
class Change:
    """A change of one thing of a record, and where the service keeps the record."""

    action: str
    param: str
    """What is changed."""
    id: str
    family: str = ""
    """Where the record is kept; numbers are kept apart."""
    with_all: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        """Return what tells it from others in a list of tests."""
        return self.action

    @property
    def method(self) -> str:
        """Return the function that it calls."""
        return ACTIONS[self.action][0]

    @property
    def reader(self) -> str:
        """Return the function that lists such records."""
        return FAMILIES[self.family].get if self.family else "getDIDsInfo"

    @property
    def named(self) -> dict[str, str]:
        """Return the parameters that find the record."""
        name = FAMILIES[self.family].set_param if self.family else "did"
        return {name: self.id} | dict(self.with_all)

    @property
    def settings(self) -> dict[str, str]:
        """Return the parameters that are settings, and the fields they stand in."""
        if self.method == "setSMS":
            renamed = {param: name for param, (name, _) in SMS_FIELDS.items()}
        else:
            renamed = FAMILIES[self.family].renamed if self.family else {}
        return {
            name: renamed.get(name, name)
            for name in CONTRACT.params_of(self.method)
            if name not in self.named and (self.method, name) not in UNDOCUMENTED
        }

    def row(self, account: Account) -> dict[str, str]:
        """Return the record."""
        rows = account.families[self.family] if self.family else account.dids
        return rows[self.id]

    async def make(self, hass: HomeAssistant, **more: Any) -> None:
        """Make the change."""
        written = {self.param: value(self.method, self.param).written}
        await act(hass, self.action, written | more | self.named)

    @property
    def wire(self) -> str:
        """Return what must arrive for it."""
        return value(self.method, self.param).wire


UNDOCUMENTED = {("setPhonebookGroup", "phonebook")}
CHANGES = (
    Change("set_did_info", "note", OFFICE),
    Change("set_sms", "email_address", OFFICE),
    Change("set_forwarding", "description", "18635", "forwardings"),
    Change("set_sip_uri", "description", "6199", "sip_uris"),
    Change("set_callback", "description", "2359", "callbacks"),
    Change("set_disa", "name", "2114", "disas"),
    Change("set_ivr", "name", "4636", "ivrs"),
    Change("set_ring_group", "name", "4768", "ring_groups"),
    Change("set_call_hunting", "description", "323", "call_huntings"),
    Change("set_time_condition", "name", "1830", "time_conditions"),
    Change("set_queue", "queue_name", "4764", "queues"),
    Change(
        "set_static_member",
        "member_name",
        "163",
        "static_members",
        (("queue", "4764"),),
    ),
    Change("set_phonebook", "note", "32207", "phonebook"),
    Change("set_phonebook_group", "name", "3220", "phonebook_groups"),
    Change("set_caller_id_filtering", "note", "18916", "filters"),
)
HELD = (
    *("800*", "*", "214XXX*", "214XXXXXXX", "999XXXXXXXX", "anonymous"),
    *("+15551234567", "1 (555) 123-4567", "15551234567", "(555) 123-4567"),
    *("UPPER lower", "  blanks around ", "00471", "Ünï 💥 ‎漢", "<b>&amp;\\'\"</b>"),
    *("yes", "No", "TRUE", "2", "-1", "0000-00-00", "none", "1.50", "1e3", "Unlimited"),
    *("a;b;;c;", "John Doe <5551234567>", "line\nbreak", "=1+1", "sys:coffee"),
)
"""What a service may hold, and a person could not write, or would write otherwise."""
CHECKED = {
    "group": "",
    "members": "",
    "account": "",
    "did": "",
    "sms_sipaccount": "",
    "transcribe": "0",
}
"""Fields that the service itself looks after: what stands in them means something."""
TARGETS = {
    "transcription_locale": "es-US",
    "transcription_email": "text@example.com",
    "sms_email": "demo@example.com",
    "sms_forward": "5550100901",
    "sms_url_callback": "https://example.org/sms",
    "webhook": "https://example.org/hook",
    "smpp_url": "smpp://smpp.example.org",
    "sms_sipaccount": "100001_VoIP",
}
"""Where to, without which some settings cannot be turned on."""
SPELLED = {
    "transcription_redaction",
    "transcription_summary",
    "transcription_sentiment",
    "inbound_dialing_mode",
}
"""Fields that are read in one way and written in another."""


def odd(change: Change, account: Account) -> Iterator[str]:
    """Yield the fields of a record that can hold anything."""
    for param, name in change.settings.items():
        if param != change.param and name not in CHECKED and name not in SPELLED:
            assert name in change.row(account)
            yield name


def test_these_are_all() -> None:
    """No function that reads before it writes is missing from the tests below."""
    assert {change.method for change in CHANGES} == {
        method
        for method, function in FUNCTIONS.items()
        if function.update and function.update.partial and not function.update.keeps
    }


# --- Sent back as it was read ------------------------------------------------------


@pytest.mark.parametrize("change", CHANGES, ids=str)
async def test_as_it_was_read(
    hass: HomeAssistant,
    loaded: MockConfigEntry,
    account: Account,
    simulator: Simulator,
    change: Change,
) -> None:
    """Whatever a record holds, it holds it after something else was changed.

    No setting that the function knows is left for VoIP.ms to reset.
    """
    names = list(odd(change, account))
    for held in HELD:
        change.row(account).update(dict.fromkeys(names, held))
        before = dict(change.row(account))
        simulator.clear_calls()
        await change.make(hass)
        field = change.settings[change.param]
        assert change.row(account) == before | {field: change.wire}, held
        (call,) = simulator.calls_of(change.method)
        sent = {change.settings[name]: call.params[name] for name in change.settings}
        assert {sent[name] for name in names} <= {held}
        assert call.params.keys() == {*change.settings, *change.named}
        change.row(account)[field] = "Before"


@pytest.mark.parametrize("change", CHANGES, ids=str)
async def test_empty_stays_empty(
    hass: HomeAssistant, loaded: MockConfigEntry, account: Account, change: Change
) -> None:
    """What is empty is not filled with what VoIP.ms puts where nothing is sent."""
    specs = CONTRACT.params_of(change.method)
    empty = {
        name: ""
        for param, name in change.settings.items()
        if not specs[param].get("required") and name not in CHECKED
    }
    change.row(account).update(empty)
    before = dict(change.row(account))
    await change.make(hass)
    changed = {change.settings[change.param]: change.wire}
    assert change.row(account) == before | changed


@pytest.mark.parametrize(
    ("field", "read", "sent"),
    [
        ("inbound_dialing_mode", "10 digits", "0"),
        ("inbound_dialing_mode", "E164", "1"),
        ("transcription_redaction", "N", "no"),
        ("transcription_summary", "Y", "yes"),
        ("transcription_sentiment", "0", "no"),
        ("transcription_sentiment", "1", "yes"),
    ],
)
async def test_read_in_one_way_and_written_in_another(
    hass: HomeAssistant,
    loaded: MockConfigEntry,
    account: Account,
    field: str,
    read: str,
    sent: str,
) -> None:
    """What VoIP.ms is known to write otherwise than it takes is sent as it takes it."""
    account.dids[OFFICE][field] = read
    await act(hass, "set_did_info", {"did": OFFICE, "note": "Front"})
    assert account.dids[OFFICE][field] == sent


@pytest.mark.parametrize("simulator_options", [{"values": "native"}])
@pytest.mark.parametrize("held", ["0", "1", "20", "1.5"])
async def test_numbers(
    hass: HomeAssistant, loaded: MockConfigEntry, account: Account, held: str
) -> None:
    """What VoIP.ms writes as a number is sent back as that number."""
    row = account.families["forwardings"]["18635"]
    row.update({"pause": held, "dtmf_digits": held, "diversion_header": held})
    before = dict(row)
    await act(hass, "set_forwarding", {"forwarding": 18635, "description": "Car"})
    now = account.families["forwardings"]["18635"]
    assert now == before | {"description": "Car"}


async def test_null(
    hass: HomeAssistant,
    loaded: MockConfigEntry,
    account: Account,
    simulator: Simulator,
) -> None:
    """A setting that VoIP.ms writes as null is one that is empty."""
    account.families["ring_groups"]["4768"]["language"] = None  # type: ignore[assignment]
    await act(hass, "set_ring_group", {"ring_group": 4768, "name": "All"})
    (call,) = simulator.calls_of("setRingGroup")
    assert call.params["language"] == ""


@pytest.mark.usefixtures("entity_registry_enabled_by_default")
async def test_what_a_change_without_settings_shows(
    hass: HomeAssistant, account: Account, entry: MockConfigEntry
) -> None:
    """A number that is taken back from a client is looked at again."""
    await set_up(hass, entry)
    account.dids[OFFICE]["note"] = "From the portal"
    await act(hass, "unconnect_did", {"did": OFFICE})
    note = hass.states.get("text.555_123_0000_office_note")
    assert note is not None
    assert note.state == "From the portal"


async def test_reconnecting_keeps_the_day(
    hass: HomeAssistant, loaded: MockConfigEntry, account: Account
) -> None:
    """A number that gets another price keeps the day on which its client pays."""
    terms = {"did": OFFICE, "account": "100001_Desk", "monthly": 3, "setup": 0}
    await act(hass, "connect_did", terms | {"minute": 1, "next_billing": "2026-12-01"})
    await act(hass, "connect_did", terms | {"minute": 2})
    assert account.dids[OFFICE]["reseller_next_billing"] == "2026-12-01"
    assert account.dids[OFFICE]["reseller_minute"] == "2.00000000"


# --- What cannot be known ----------------------------------------------------------


@pytest.mark.parametrize("change", CHANGES, ids=str)
async def test_a_setting_that_is_missing(
    hass: HomeAssistant,
    loaded: MockConfigEntry,
    account: Account,
    simulator: Simulator,
    change: Change,
) -> None:
    """If an answer lacks a setting, nothing is written, and the setting is named."""
    before = dict(change.row(account))
    await change.make(hass)
    changed = dict(change.row(account))
    for param, name in change.settings.items():
        if param == change.param:
            continue
        simulator.clear_calls()
        simulator.faults.add("lacking", method=change.reader, field=name, times=1)
        with pytest.raises(ServiceValidationError) as error:
            await change.make(hass)
        assert error.value.translation_key == "unknown_settings"
        assert error.value.translation_placeholders == {"fields": param}
        assert simulator.calls_of(change.method) == []
    assert change.row(account) == changed != before

    simulator.faults.add("lacking", method=change.reader, field=name, times=1)
    await change.make(hass, **{param: value(change.method, param).written})
    assert change.row(account)[name] == value(change.method, param).wire


@pytest.mark.parametrize("stars", ["****", "••••••"])
async def test_stars_are_no_password(
    hass: HomeAssistant, loaded: MockConfigEntry, account: Account, stars: str
) -> None:
    """A password that is not shown is not replaced by what is shown in its place."""
    account.dids[OFFICE]["smpp_pass"] = stars
    with pytest.raises(ServiceValidationError, match="smpp_pass"):
        await act(hass, "set_sms", {"did": OFFICE, "email_enabled": True})
    await act(
        hass, "set_sms", {"did": OFFICE, "email_enabled": True, "smpp_pass": "new"}
    )
    assert account.dids[OFFICE]["smpp_pass"] == "new"


async def test_bytes_that_are_no_text(
    hass: HomeAssistant,
    loaded: MockConfigEntry,
    account: Account,
    simulator: Simulator,
) -> None:
    """A name of which a byte cannot be read is not written back without it."""
    row = account.families["phonebook"]["32207"]
    row["name"] = "Zoe @@"
    simulator.faults.add("not_utf8", method="getPhonebook")
    with pytest.raises(ServiceValidationError, match="name"):
        await act(hass, "set_phonebook", {"phonebook": 32207, "note": "Aunt"})
    assert account.families["phonebook"]["32207"] == row
    await act(
        hass, "set_phonebook", {"phonebook": 32207, "note": "Aunt", "name": "Zoé"}
    )
    assert account.families["phonebook"]["32207"]["name"] == "Zoé"


async def test_settings_that_do_nothing(
    hass: HomeAssistant,
    account: Account,
    entry: MockConfigEntry,
    simulator: Simulator,
) -> None:
    """Details of transcriptions that are off need not be known; of those on, they do."""
    simulator.unseen = {"transcription_redaction", "transcription_start_delay"}
    await set_up(hass, entry)
    await act(hass, "set_did_info", {"did": OFFICE, "note": "Front"})
    assert account.dids[OFFICE]["note"] == "Front"
    account.dids[OFFICE].update(
        transcribe="1", transcription_locale="en-US", transcription_email="a@b.example"
    )
    with pytest.raises(ServiceValidationError, match="transcription_redaction"):
        await act(hass, "set_did_info", {"did": OFFICE, "note": "Back"})


# --- A success is not yet a result -------------------------------------------------


@pytest.mark.parametrize("change", CHANGES, ids=str)
async def test_accepted_but_not_done(
    hass: HomeAssistant,
    loaded: MockConfigEntry,
    account: Account,
    simulator: Simulator,
    change: Change,
) -> None:
    """If VoIP.ms says yes and keeps what was there, that is said, for every setting."""
    account.dids[OFFICE] |= TARGETS
    for param, name in change.settings.items():
        wanted = value(change.method, param)
        held = change.row(account)[name]
        if name in ("members", "account", "did") or held == wanted.wire:
            continue
        simulator.stuck = {name}
        data = {param: wanted.written} | change.named
        if change.method == "setCallHunting" and param in ("members", "ring_time"):
            continue  # they belong together
        try:
            await act(hass, change.action, data)
        except HomeAssistantError as err:
            error = err
        else:
            pytest.fail(f"{param} was not missed")
        assert str(error.translation_key).startswith("not_applied"), (param, error)
        assert error.translation_placeholders["field"] == param
        assert change.row(account)[name] == held


async def test_a_secret_is_not_quoted(
    hass: HomeAssistant, loaded: MockConfigEntry, simulator: Simulator
) -> None:
    """The error about a password that was not changed holds neither one."""
    simulator.stuck = {"queue_password"}
    with pytest.raises(HomeAssistantError) as error:
        await act(hass, "set_queue", {"queue": 4764, "queue_password": "4711"})
    assert error.value.translation_key == "not_applied_secret"
    assert error.value.translation_placeholders == {"field": "queue_password"}


async def test_recording_that_keeps_its_name(
    hass: HomeAssistant, loaded: MockConfigEntry, simulator: Simulator
) -> None:
    """What is changed without being read first is looked at afterwards as well."""
    simulator.stuck = {"description"}
    with pytest.raises(HomeAssistantError) as error:
        await act(hass, "set_recording", {"recording": 7567, "name": "At the beach"})
    assert error.value.translation_key == "not_applied"


@pytest.mark.parametrize("change", CHANGES[:3], ids=str)
async def test_look_afterwards_that_fails(
    hass: HomeAssistant,
    loaded: MockConfigEntry,
    account: Account,
    simulator: Simulator,
    change: Change,
) -> None:
    """A change that was made is no failure if only the look afterwards fails."""
    simulator.latencies[change.method] = 0.05
    changing = hass.async_create_task(change.make(hass))
    while not simulator.calls_of(change.method):  # noqa: ASYNC110
        await asyncio.sleep(0.005)
    simulator.faults.add("http_503", method=change.reader, times=1)
    await changing
    assert change.row(account)[change.settings[change.param]] == change.wire


# --- Filters of callers ------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "held"),
    [
        ("800*", "800*"),
        ("*", "*"),
        ("214XXX*", "214XXX*"),
        ("214XXXXXXX", "214XXXXXXX"),
        (" 214xxxxxxx ", "214XXXXXXX"),
        ("999XXXXXXXX", "999XXXXXXXX"),
        ("anonymous", "anonymous"),
        ("Anonymous", "anonymous"),
        ("John Doe <555-010-0666>", "John Doe <5550100666>"),
        ("p:3220", "p:3220"),
        ("0", "0"),
    ],
)
async def test_filters_that_can_be_made(
    hass: HomeAssistant,
    loaded: MockConfigEntry,
    account: Account,
    written: str,
    held: str,
) -> None:
    """A filter can be of every form that VoIP.ms knows."""
    data = {"callerid": written, "did": "all", "routing": "sys:hangup"}
    response = await act(hass, "set_caller_id_filtering", data)
    assert account.families["filters"][response["filtering"]]["callerid"] == held


@pytest.mark.parametrize("callerid", ["*800", "8*0", "21XY", "2" * 16 + "*", "any*"])
async def test_filters_that_cannot_be(
    hass: HomeAssistant, loaded: MockConfigEntry, simulator: Simulator, callerid: str
) -> None:
    """A form that VoIP.ms does not know is refused before anything is sent."""
    data = {"callerid": callerid, "did": "all", "routing": "sys:hangup"}
    with pytest.raises(ServiceValidationError):
        await act(hass, "set_caller_id_filtering", data)
    assert simulator.calls_of("setCallerIDFiltering") == []


# --- What VoIP.ms refuses ----------------------------------------------------------


@pytest.mark.parametrize(
    ("action", "data", "key"),
    [
        ("set_time_condition", {"routing_match": "none:"}, "routing_nowhere"),
        ("set_time_condition", {"routing_nomatch": "none"}, "routing_nowhere"),
        ("set_callback", {"delay_before": 0}, "too_small"),
    ],
)
async def test_refused_before_it_is_sent(
    hass: HomeAssistant,
    loaded: MockConfigEntry,
    simulator: Simulator,
    action: str,
    data: dict[str, Any],
    key: str,
) -> None:
    """What VoIP.ms is known to refuse is not sent at all."""
    named = {"set_callback": {"callback": 2359}}
    simulator.clear_calls()
    with pytest.raises(ServiceValidationError) as error:
        await act(hass, action, data | named.get(action, {"timecondition": 1830}))
    assert error.value.translation_key == key
    assert simulator.calls == []


async def test_held_and_refused(
    hass: HomeAssistant, loaded: MockConfigEntry, account: Account, simulator: Simulator
) -> None:
    """What a record holds is sent back as well, and VoIP.ms decides."""
    row = account.families["time_conditions"]["1830"]
    row["routing_nomatch"] = "none:"
    with pytest.raises(HomeAssistantError) as error:
        await act(hass, "set_time_condition", {"timecondition": 1830, "name": "Night"})
    assert error.value.translation_key == "status_invalid_route"
    (call,) = simulator.calls_of("setTimeCondition")
    assert call.params["routing_nomatch"] == "none:"
    simulator.violations.clear()
    await act(
        hass,
        "set_time_condition",
        {"timecondition": 1830, "name": "Night", "routing_nomatch": "sys:hangup"},
    )


# --- At the same moment ------------------------------------------------------------


async def test_an_entry_and_its_group_at_once(
    hass: HomeAssistant, loaded: MockConfigEntry, account: Account, simulator: Simulator
) -> None:
    """Whoever changes a group does not undo that somebody joins it at that moment."""
    simulator.latency = 0.02
    members = account.families["phonebook_groups"]["3220"]["members"].split(";")
    assert "32209" not in members
    await asyncio.gather(
        act(hass, "set_phonebook_group", {"group": 3220, "name": "Pals"}),
        act(hass, "set_phonebook", {"phonebook": 32209, "group": 3220}),
    )
    entry = account.families["phonebook"]["32209"]
    assert (entry["group"], entry["group_name"]) == ("3220", "Pals")
