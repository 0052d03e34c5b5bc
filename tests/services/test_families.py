"""The lives of what an account holds: made, changed, routed to, deleted."""

import asyncio
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry, MockUser

from homeassistant.auth.models import User
from homeassistant.components.select import ATTR_OPTIONS
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError

from ..conftest import HOME, OFFICE, device_of
from ..simulator import Account, Simulator
from .calls import act

ROUTING = "select.555_123_0001_home_routing"
NEW = "7865550100"
SOUND = "UklGRiQAAABXQVZF"


@dataclass(frozen=True)
class Life:
    """One sort of record, and what happens to one of them."""

    noun: str
    reader: str
    rows: str
    """The key of the reader's list."""
    key: str
    """The field of a row that identifies it."""
    made: dict[str, Any]
    """What a new one is made with."""
    held: dict[str, str]
    """How VoIP.ms holds that."""
    change: dict[str, Any]
    """The one thing that is changed."""
    changed: dict[str, str]
    """How VoIP.ms holds the change."""
    param: str = ""
    """The parameter of the setter that names one; the key's name unless told."""
    delete_param: str = ""
    header: str = ""
    """What routes to one, if anything can."""
    option: str = ""
    """How a select offers it."""
    with_all: dict[str, Any] = field(default_factory=dict)
    """What each call about one needs."""
    answers: bool = True
    """Whether the reply to the making holds the id."""


LIVES = [
    Life(
        noun="forwarding",
        reader="get_forwardings",
        rows="forwardings",
        key="forwarding",
        made={
            "phone_number": "+1 (555) 010-0955",
            "description": "Car",
            "callerid_override": "555-123-0001",
            "dtmf_digits": "12#",
            "pause": 1.5,
            "diversion_header": True,
        },
        held={
            "phone_number": "5550100955",
            "description": "Car",
            "callerid_override": "5551230001",
            "dtmf_digits": "12#",
            "pause": "1.5",
            "diversion_header": "1",
        },
        change={"description": "Camper"},
        changed={"description": "Camper"},
        header="fwd",
        option="Forwarding (555) 010-0955 (Car)",
    ),
    Life(
        noun="sip_uri",
        reader="get_sip_uris",
        rows="sipuris",
        key="sipuri",
        made={
            "uri": "jane@pbx.example.com",
            "description": "Jane",
            "callerid_e164": True,
        },
        held={
            "uri": "jane@pbx.example.com",
            "description": "Jane",
            "callerid_e164": "1",
        },
        change={"callerid_override": "555-123-0000"},
        changed={"callerid_override": "5551230000"},
        header="sip",
        option="SIP URI jane@pbx.example.com (Jane)",
        answers=False,
    ),
    Life(
        noun="callback",
        reader="get_callbacks",
        rows="callbacks",
        key="callback",
        made={
            "description": "Jane",
            "number": "555 010 0955",
            "delay_before": 5,
            "response_timeout": 10,
            "digit_timeout": 3,
            "callerid_number": "555 123 0000",
        },
        held={
            "description": "Jane",
            "number": "5550100955",
            "delay_before": "5",
            "response_timeout": "10",
            "digit_timeout": "3",
            "callerid_number": "5551230000",
        },
        change={"delay_before": 1},
        changed={"delay_before": "1"},
        header="cb",
        option="Callback (555) 010-0955 (Jane)",
    ),
    Life(
        noun="disa",
        reader="get_disas",
        rows="disa",
        key="disa",
        made={"name": "Travel", "pin": "0471", "digit_timeout": 5, "language": "fr"},
        held={"name": "Travel", "pin": "0471", "digit_timeout": "5", "language": "fr"},
        change={"pin": "0815"},
        changed={"pin": "0815"},
        header="disa",
        option="DISA Travel",
    ),
    Life(
        noun="recording",
        reader="get_recordings",
        rows="recordings",
        key="value",
        param="recording",
        made={"name": "On holiday", "file": SOUND},
        held={"description": "On holiday"},
        change={"name": "At the beach"},
        changed={"description": "At the beach"},
        header="recording",
        option="Recording On holiday",
    ),
    Life(
        noun="ivr",
        reader="get_ivrs",
        rows="ivrs",
        key="ivr",
        made={
            "name": "After hours",
            "recording": 7567,
            "timeout": 6,
            "language": "en",
            "voicemailsetup": 2,
            "choices": {1: "vm:1001", "#": "sys:hangup"},
        },
        held={
            "name": "After hours",
            "recording": "7567",
            "timeout": "6",
            "language": "en",
            "voicemailsetup": "2",
            "choices": "1=vm:1001;#=sys:hangup",
        },
        change={"choices": "1=vm:1002"},
        changed={"choices": "1=vm:1002"},
        header="ivr",
        option="IVR After hours",
    ),
    Life(
        noun="ring_group",
        reader="get_ring_groups",
        rows="ring_groups",
        key="ring_group",
        delete_param="ringgroup",
        made={
            "name": "Family",
            "members": ["account:100001_VoIP,25,0", "fwd:18635,20,1"],
            "voicemail": 1001,
            "music_on_hold": "jazz",
            "caller_announcement": 7567,
        },
        held={
            "name": "Family",
            "members": "account:100001_VoIP,25,0;fwd:18635,20,1",
            "voicemail": "1001",
            "music_on_hold": "jazz",
            "caller_announcement": "7567",
        },
        change={"voicemail": "none"},
        changed={"voicemail": "none"},
        header="grp",
        option="Ring group Family",
    ),
    Life(
        noun="time_condition",
        reader="get_time_conditions",
        rows="timecondition",
        key="timecondition",
        made={
            "name": "Quiet hours",
            "routing_match": "vm:1001",
            "routing_nomatch": "account:100001_VoIP",
            "starthour": [22, 0],
            "startminute": [0, 0],
            "endhour": [23, 7],
            "endminute": [59, 30],
            "weekdaystart": ["sun", "mon"],
            "weekdayend": ["thu", "fri"],
        },
        held={
            "name": "Quiet hours",
            "routing_match": "vm:1001",
            "routing_nomatch": "account:100001_VoIP",
            "starthour": "22;0",
            "startminute": "0;0",
            "endhour": "23;7",
            "endminute": "59;30",
            "weekdaystart": "sun;mon",
            "weekdayend": "thu;fri",
        },
        change={"endhour": [23, 8]},
        changed={"endhour": "23;8"},
        header="tc",
        option="Time condition Quiet hours",
    ),
    Life(
        noun="call_hunting",
        reader="get_call_huntings",
        rows="call_hunting",
        key="callhunting",
        made={
            "description": "Upstairs first",
            "music": "default",
            "recording": "none",
            "language": "en",
            "order": "follow",
            "members": ["account:100001_Desk", "fwd:18635"],
            "ring_time": [20, 25],
            "press": [False, True],
        },
        held={
            "description": "Upstairs first",
            "music": "default",
            "recording": "none",
            "language": "en",
            "order": "follow",
            "members": "account:100001_Desk;fwd:18635",
            "ring_time": "20;25",
            "press": "0;1",
        },
        change={"order": "random"},
        changed={"order": "random"},
    ),
    Life(
        noun="queue",
        reader="get_queues",
        rows="queues",
        key="queue",
        made={
            "queue_name": "Orders",
            "queue_number": 5,
            "queue_language": "en",
            "queue_password": "0815",
            "priority_weight": 3,
            "report_hold_time_agent": "once",
            "join_when_empty": "strict",
            "leave_when_empty": "yes",
            "ring_strategy": "rrmemory",
            "ring_inuse": False,
            "maximum_wait_time": 300,
            "maximum_callers": "unlimited",
            "wrapup_time": 10,
            "join_announcement": 7567,
            "thankyou_for_your_patience": True,
            "fail_over_routing_timeout": "vm:1001",
        },
        held={
            "queue_name": "Orders",
            "queue_number": "5",
            "queue_language": "en",
            "queue_password": "0815",
            "priority_weight": "3",
            "report_hold_time_agent": "once",
            "join_when_empty": "strict",
            "leave_when_empty": "yes",
            "ring_strategy": "rrmemory",
            "ring_inuse": "no",
            "maximum_wait_time": "300",
            "maximum_callers": "unlimited",
            "wrapup_time": "10",
            "join_announcement": "7567",
            "thankyou_for_your_patience": "yes",
            "fail_over_routing_timeout": "vm:1001",
        },
        change={"maximum_callers": 12},
        changed={"maximum_callers": "12"},
        header="queue",
        option="Queue Orders",
    ),
    Life(
        noun="static_member",
        reader="get_static_members",
        rows="members",
        key="member",
        with_all={"queue": 4764},
        made={"member_name": "Mobile", "account": "100001_Mobile", "priority": 2},
        held={"name": "Mobile", "account": "SIP/100001_Mobile", "priority": "2"},
        change={"priority": 0},
        changed={"priority": "0"},
    ),
    Life(
        noun="phonebook",
        reader="get_phonebook",
        rows="phonebooks",
        key="phonebook",
        made={
            "speed_dial": "*7509",
            "name": "Jane Smith",
            "number": "+44 20 7946 0000",
            "callerid": "Office <555-123-0000>",
            "note": "Aunt",
            "group": 3220,
        },
        held={
            "speed_dial": "*7509",
            "name": "Jane Smith",
            "number": "011442079460000",
            "callerid": "Office <5551230000>",
            "note": "Aunt",
            "group": "3220",
        },
        change={"name": "Jane Doe"},
        changed={"name": "Jane Doe"},
    ),
    Life(
        noun="phonebook_group",
        reader="get_phonebook_groups",
        rows="phonebooks",
        key="phonebook_group",
        param="group",
        made={"name": "Doctors", "members": [32209]},
        held={"name": "Doctors", "members": "32209"},
        change={"name": "Medicine"},
        changed={"name": "Medicine"},
    ),
    Life(
        noun="caller_id_filtering",
        reader="get_caller_id_filtering",
        rows="filtering",
        key="filtering",
        param="filter",
        delete_param="filtering",
        made={
            "callerid": "555 010 0123",
            "did": "all",
            "routing": "sys:hangup",
            "failover_busy": "vm:1001",
            "note": "Sells windows",
        },
        held={
            "callerid": "5550100123",
            "did": "all",
            "routing": "sys:hangup",
            "failover_busy": "vm:1001",
            "note": "Sells windows",
        },
        change={"did": HOME},
        changed={"did": HOME},
    ),
]


async def listed(
    hass: HomeAssistant, life: Life, user: User | None = None
) -> dict[str, dict[str, str]]:
    """Return all records of a sort, by their id."""
    response = await act(hass, life.reader, life.with_all, user)
    return {row[life.key]: dict(row) for row in response[life.rows]}


def offered(hass: HomeAssistant) -> list[str]:
    """Return where a number's select can send its calls."""
    return hass.states.get(ROUTING).attributes[ATTR_OPTIONS]


@pytest.mark.parametrize("life", LIVES, ids=lambda life: life.noun)
async def test_life(
    hass: HomeAssistant,
    loaded: MockConfigEntry,
    account: Account,
    hass_admin_user: MockUser,
    life: Life,
) -> None:
    """A record is made, read, changed in one thing only, used, and deleted."""
    others = await listed(hass, life, hass_admin_user)
    response = await act(hass, f"set_{life.noun}", life.made | life.with_all)
    (id_,) = (await listed(hass, life, hass_admin_user)).keys() - others.keys()
    if life.answers:
        assert id_ in response.values()
    named = {life.param or life.key: id_} | life.with_all

    record = (await listed(hass, life, hass_admin_user))[id_]
    assert record.items() >= life.held.items()
    read = {life.delete_param or life.param or life.key: id_}
    read = {life.key: id_} if life.delete_param == "ringgroup" else read
    one = await act(hass, life.reader, read | life.with_all, hass_admin_user)
    assert one[life.rows] == [record]

    if life.header:
        assert life.option in offered(hass)
        routing = f"{life.header}:{id_}"
        await act(hass, "set_did_routing", {"did": HOME, "routing": routing})
        assert account.dids[HOME]["routing"] == routing
        assert hass.states.get(ROUTING).state == life.option
        await act(hass, "set_did_routing", {"did": HOME, "routing": "sys:busy"})

    await act(hass, f"set_{life.noun}", named | life.change)
    now = await listed(hass, life, hass_admin_user)
    assert now[id_] == record | life.changed
    assert {key: row for key, row in now.items() if key != id_} == others

    name = life.delete_param or life.param or life.key
    await act(hass, f"delete_{life.noun}", {name: id_} | life.with_all)
    assert await listed(hass, life, hass_admin_user) == others
    if life.header:
        assert not [option for option in offered(hass) if option == life.option]
        with pytest.raises(ServiceValidationError) as error:
            await act(hass, "set_did_routing", {"did": HOME, "routing": routing})
        assert error.value.translation_key == "unknown_routing"


@pytest.mark.parametrize(
    "life",
    [life for life in LIVES if len(life.made) > 2],
    ids=lambda life: life.noun,
)
@pytest.mark.parametrize("simulator_options", [{"values": "native"}])
async def test_changes_at_once(
    hass: HomeAssistant, loaded: MockConfigEntry, simulator: Simulator, life: Life
) -> None:
    """Two changes of a record at the same time both last."""
    id_ = next(reversed(await listed(hass, life)))
    rows = simulator.accounts[0].families
    before = {name: deepcopy(family) for name, family in rows.items()}
    named = {life.param or life.key: id_} | life.with_all
    other = next(
        name
        for name in (
            *("phone_number", "uri", "number", "note", "name", "description"),
            *("queue_name", "member_name"),
        )
        if name in life.made and name not in life.change
    )
    row_field = "name" if other == "member_name" else other
    simulator.latency = 0.02
    await asyncio.gather(
        act(hass, f"set_{life.noun}", named | life.change),
        act(hass, f"set_{life.noun}", named | {other: life.made[other]}),
    )
    wanted = life.changed | {row_field: life.held[row_field]}
    (family,) = [name for name in rows if rows[name] != before[name]]
    assert rows[family][str(id_)] == before[family][str(id_)] | wanted


async def test_number(
    hass: HomeAssistant, loaded: MockConfigEntry, account: Account
) -> None:
    """A number is found, tried, ordered, set up, lent, taken back and given up."""
    found = await act(
        hass, "search_dids_usa", {"type": "starts", "query": "786", "state": "FL"}
    )
    assert NEW in [row["did"] for row in found["dids"]]
    order = {
        "did": "(786) 555-0100",
        "routing": "account:100001_VoIP",
        "pop": 2,
        "dialtime": 30,
        "cnam": False,
        "billing_type": 1,
        "note": "For the shop",
    }
    await act(hass, "order_did", order | {"test": True})
    assert NEW not in account.dids
    assert device_of(hass, NEW) is None

    balance = account.balance
    await act(hass, "order_did", order)
    assert (
        account.dids[NEW].items()
        >= {
            "routing": "account:100001_VoIP",
            "pop": "2",
            "dialtime": "30",
            "cnam": "0",
            "billing_type": "1",
            "note": "For the shop",
        }.items()
    )
    assert account.balance < balance
    device = device_of(hass, NEW)
    assert device is not None

    before = dict(account.dids[NEW])
    await act(hass, "set_did_info", {"device_id": device.id, "note": "For the boat"})
    assert account.dids[NEW] == before | {"note": "For the boat"}
    await act(
        hass, "set_did_info", {"did": NEW, "note": "", "failover_busy": "vm:1001"}
    )
    assert account.dids[NEW] == before | {"note": "", "failover_busy": "vm:1001"}
    await act(hass, "set_did_info", {"did": NEW, "failover_busy": ""})
    assert account.dids[NEW] == before | {"note": ""}

    terms = {"account": "100001_Desk", "monthly": 3.5, "setup": 0, "minute": "0.03"}
    await act(hass, "connect_did", terms | {"did": NEW, "next_billing": "2026-12-01"})
    assert account.dids[NEW]["reseller_account"] == "100001_Desk"
    await act(hass, "unconnect_did", {"did": NEW})
    assert account.dids[NEW]["reseller_account"] == ""
    assert account.dids[NEW]["routing"] == "account:100001_VoIP"

    await act(hass, "cancel_did", {"did": NEW, "test": True})
    assert NEW in account.dids
    assert device_of(hass, NEW) is not None
    await act(hass, "cancel_did", {"did": NEW, "cancelcomment": "Sold the shop"})
    assert NEW not in account.dids
    assert device_of(hass, NEW) is None


@pytest.mark.parametrize("simulator_options", [{}, {"values": "native"}])
async def test_number_changed_at_once(
    hass: HomeAssistant,
    loaded: MockConfigEntry,
    account: Account,
    simulator: Simulator,
) -> None:
    """Changes of a number at the same time all last, whichever action makes them."""
    before = dict(account.dids[OFFICE])
    simulator.latency = 0.02
    await asyncio.gather(
        act(hass, "set_did_info", {"did": OFFICE, "note": "Reception"}),
        act(hass, "set_did_info", {"did": OFFICE, "dialtime": 45}),
        act(hass, "set_did_pop", {"did": OFFICE, "pop": 7}),
        act(hass, "set_sms", {"did": OFFICE, "sms_forward": "555-010-0900"}),
        act(hass, "set_did_routing", {"did": OFFICE, "routing": "vm:1002"}),
    )
    assert account.dids[OFFICE] == before | {
        "note": "Reception",
        "dialtime": "45",
        "pop": "7",
        "sms_forward": "5550100900",
        "routing": "vm:1002",
    }


async def test_filter_changed_at_once(
    hass: HomeAssistant,
    loaded: MockConfigEntry,
    account: Account,
    simulator: Simulator,
) -> None:
    """A filter has one writer, also while it moves to another number."""
    before = dict(account.families["filters"]["18916"])
    simulator.latency = 0.02
    await asyncio.gather(
        act(hass, "set_caller_id_filtering", {"filter": 18916, "did": OFFICE}),
        act(hass, "set_caller_id_filtering", {"filter": 18916, "note": "Windows"}),
    )
    assert account.families["filters"]["18916"] == before | {
        "did": OFFICE,
        "note": "Windows",
    }


async def test_filter_by_name_and_number(
    hass: HomeAssistant, loaded: MockConfigEntry, account: Account
) -> None:
    """A caller whom VoIP.ms lists with a name keeps it."""
    account.families["filters"]["18916"]["callerid"] = "John Doe <5550100666>"
    await act(hass, "set_caller_id_filtering", {"filter": 18916, "note": "Windows"})
    assert account.families["filters"]["18916"]["callerid"] == "John Doe <5550100666>"


async def test_filter_of_a_device(
    hass: HomeAssistant, loaded: MockConfigEntry, account: Account
) -> None:
    """A filter can be made for the device of a number."""
    response = await act(
        hass,
        "set_caller_id_filtering",
        {
            "device_id": device_of(hass, OFFICE).id,
            "callerid": "p:3220",
            "routing": "account:100001_Mobile",
        },
    )
    made = account.families["filters"][response["filtering"]]
    assert (made["did"], made["callerid"]) == (OFFICE, "p:3220")


async def test_recording(
    hass: HomeAssistant, loaded: MockConfigEntry, account: Account
) -> None:
    """The sound of a recording can be heard, and replaced under the same name."""
    made = await act(hass, "set_recording", {"name": "On holiday", "file": SOUND})
    id_ = made["recording"]
    response = await act(hass, "get_recording_file", {"recording": id_})
    assert response == {"recordings": [{"value": id_, "data": SOUND}]}
    await act(hass, "set_recording", {"recording": id_, "file": "QUJD"})
    assert account.recording_files[id_] == "QUJD"
    assert account.families["recordings"][id_]["description"] == "On holiday"


async def test_deleting_what_is_used(
    hass: HomeAssistant, loaded: MockConfigEntry, account: Account
) -> None:
    """VoIP.ms keeps a recording that a menu plays, and says why."""
    with pytest.raises(HomeAssistantError) as error:
        await act(hass, "delete_recording", {"recording": 7567})
    assert error.value.translation_key == "status_recording_in_use_ivr"
    assert "7567" in account.families["recordings"]


async def test_empty_id_makes_a_new_one(
    hass: HomeAssistant, loaded: MockConfigEntry, account: Account
) -> None:
    """An ID that is left empty in a form is one that is left out."""
    forwardings = account.families["forwardings"]
    before = deepcopy(forwardings)
    await act(hass, "set_forwarding", {"forwarding": "", "phone_number": "5550100955"})
    assert len(forwardings) == len(before) + 1
    assert {key: forwardings[key] for key in before} == before
    with pytest.raises(ServiceValidationError) as error:
        await act(hass, "set_forwarding", {"forwarding": "", "description": "Car"})
    assert error.value.translation_placeholders == {"field": "phone_number"}


async def test_change_of_what_is_gone(
    hass: HomeAssistant, loaded: MockConfigEntry, simulator: Simulator
) -> None:
    """A record that does not exist is not made by changing it."""
    with pytest.raises(HomeAssistantError) as error:
        await act(hass, "set_forwarding", {"forwarding": 99999, "description": "Car"})
    assert error.value.translation_key == "status_invalid_forwarding"
    assert simulator.calls_of("setForwarding") == []


async def test_back_order(
    hass: HomeAssistant, loaded: MockConfigEntry, account: Account
) -> None:
    """A number that is not in stock is waited for."""
    centers = await act(hass, "get_rate_centers_usa", {"state": "FL"})
    assert {"ratecenter": "ALFORD", "available": "no"} in centers["ratecenters"]
    order = {
        "quantity": 2,
        "state": "FL",
        "ratecenter": "ALFORD",
        "routing": "vm:1001",
        "pop": 2,
        "dialtime": 30,
        "cnam": True,
        "billing_type": 2,
    }
    await act(hass, "back_order_did_usa", order | {"test": True})
    assert await act(hass, "get_back_orders", {}) == {"back_orders": []}
    await act(hass, "back_order_did_usa", order)
    response = await act(hass, "get_back_orders", {})
    assert [row["description"] for row in response["back_orders"]] == ["ALFORD, FL"] * 2


async def test_messages(
    hass: HomeAssistant, loaded: MockConfigEntry, account: Account
) -> None:
    """Messages are sent, listed, looked at and deleted."""
    await act(
        hass,
        "send_sms",
        {"did": OFFICE, "dst": "555-010-0222", "message": "On our way"},
    )
    await act(
        hass,
        "send_mms",
        {
            "did": OFFICE,
            "dst": "555-010-0222",
            "message": "Look",
            "media1": "https://example.com/door.jpg",
        },
    )
    sms = (await act(hass, "get_sms", {"did": OFFICE, "contact": "5550100222"}))["sms"]
    mms = (await act(hass, "get_mms", {"did": OFFICE, "contact": "5550100222"}))["sms"]
    assert sms[0]["message"] == "On our way"
    assert mms[0]["message"] == "Look"
    media = {"id": mms[0]["id"], "media_as_array": True}
    response = await act(hass, "get_media_mms", media)
    assert response["media"] == ["https://example.com/door.jpg"]

    await act(hass, "delete_sms", {"id": sms[0]["id"]})
    await act(hass, "delete_mms", {"id": mms[0]["id"]})
    assert not {"On our way", "Look"} & {each.message for each in account.messages}


async def test_message_settings(
    hass: HomeAssistant, loaded: MockConfigEntry, account: Account
) -> None:
    """A change of one message setting leaves the others and their secrets as they are."""
    before = dict(account.dids[OFFICE])
    assert before["smpp_pass"]
    await act(hass, "set_sms", {"did": OFFICE, "email_address": "jane@example.com"})
    assert account.dids[OFFICE] == before | {"sms_email": "jane@example.com"}
    await act(hass, "set_sms", {"did": OFFICE, "email_address": ""})
    assert account.dids[OFFICE] == before | {"sms_email": ""}
