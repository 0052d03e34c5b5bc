"""What happens when VoIP.ms, or the way to it, is in trouble.

`FAULTS` is the table: for each fault, what becomes of set-up, of the entities and of
the actions. The faults are real ones, made by the simulator behind real HTTP.
"""

import asyncio
from collections.abc import Awaitable
from dataclasses import dataclass
from datetime import timedelta
import logging
from time import sleep
from typing import Any

from freezegun.api import FrozenDateTimeFactory
import pytest
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    async_fire_time_changed,
)

from custom_components.voipms.const import CONF_ADVANCED, DOMAIN
from homeassistant.config_entries import SOURCE_REAUTH, ConfigEntryState
from homeassistant.const import CONF_PASSWORD, CONF_URL, CONF_USERNAME
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import device_registry as dr, issue_registry as ir
from homeassistant.util import dt as dt_util

from ..conftest import (
    EMAIL,
    HOME,
    NEIGHBOR,
    OFFICE,
    PASSWORD,
    Heard,
    Later,
    make_entry,
    set_up,
)
from ..simulator import Account, Simulator

LOADED, RETRY, ERROR = (
    ConfigEntryState.LOADED,
    ConfigEntryState.SETUP_RETRY,
    ConfigEntryState.SETUP_ERROR,
)


SHOWN = {
    "getDIDsInfo": "select.555_123_0000_office_routing",
    "getSMS": "sensor.555_123_0000_office_latest_message",
    "getVoicemails": "sensor.voicemail_home_new_voicemails",
    "getBalance": "sensor.voip_ms_balance",
    "getCDR": "sensor.voip_ms_latest_call",
    "getRegistrationStatus": "binary_sensor.kitchen_phone_registration",
}
"""For each poll, an entity that shows what it found."""


@dataclass(frozen=True)
class Row:
    """What one fault leads to."""

    fault: str
    error: str | None = "cannot_connect"
    """What a form, an action that reads and the entry's state say; None for nothing."""
    changes: str | None = "outcome_unknown"
    """What an action that changes something says; it may have been carried out."""
    repair: str | None = None
    reauth: bool = False
    polls: frozenset[str] | None = None
    """Which polls fail; without it, all if anything does."""

    @property
    def state(self) -> ConfigEntryState:
        """Return what becomes of a set-up."""
        if self.error is None:
            return LOADED
        return ERROR if self.reauth else RETRY

    @property
    def failing(self) -> set[str]:
        """Return which polls fail."""
        return set(SHOWN if self.polls is None else self.polls) if self.error else set()


def fine(fault: str) -> Row:
    """Return the row of a fault that does no harm."""
    return Row(fault, None, None)


def refusal(status: str, error: str, **more: Any) -> Row:
    """Return the row of a status code with which VoIP.ms does nothing."""
    return Row(f"status:{status}", error, error, **more)


FAULTS = [
    # The way to VoIP.ms
    Row("refused", changes="cannot_connect"),
    Row("reset"),
    Row("timeout"),
    Row("endless"),
    fine("slow"),
    # What stands before it
    Row("http_403"),
    Row("http_429", "rate_limit", "rate_limit"),
    Row("http_500"),
    Row("http_502"),
    Row("http_503"),
    Row("http_520"),
    Row("cloudflare"),
    # An answer that is none
    Row("empty_body"),
    Row("truncated"),
    Row("wrong_top"),
    Row("no_status"),
    # An answer of which something can be read
    fine("not_utf8"),
    Row("wrong_types", polls=frozenset({"getDIDsInfo", "getVoicemails"})),
    fine("bad_record"),
    # A refusal
    refusal("method_maintenance", "maintenance"),
    refusal("api_limit_exceeded", "rate_limit"),
    refusal(
        "never_heard_of", "refused", polls=SHOWN.keys() - {"getRegistrationStatus"}
    ),
    refusal("invalid_credentials", "invalid_auth", reauth=True),
    refusal("missing_credentials", "invalid_auth", reauth=True),
    refusal("ip_not_enabled", "ip_not_enabled", repair="ip_not_enabled_unseen"),
    refusal("api_not_enabled", "api_not_enabled", repair="api_not_enabled"),
]
ALIKE = {"http_403", "http_500", "http_502", "http_520", "cloudflare"}
"""Faults that are seen as http_503 is, which is shown where that is cheap."""
each_fault = pytest.mark.parametrize("row", FAULTS, ids=lambda row: row.fault)
each_kind_of_fault = pytest.mark.parametrize(
    "row",
    [row for row in FAULTS if row.fault not in ALIKE],
    ids=lambda row: row.fault,
)
each_error = pytest.mark.parametrize(
    "row",
    [row for row in FAULTS if row.error and row.fault != "wrong_types"],
    ids=lambda row: row.fault,
)

PATIENCE = {"slow": 1, "timeout": 61, "endless": 61}
"""How many seconds pass while nothing comes."""

READ = ("get_balance", {})
METHODS = {
    "get_balance": "getBalance",
    "set_did_pop": "setDIDPOP",
    "send_sms": "sendSMS",
    "back_order_did_usa": "backOrderDIDUSA",
    "delete_phonebook": "delPhonebook",
}
CHANGES: dict[str, tuple[str, dict[str, Any]]] = {
    "write": ("set_did_pop", {"did": OFFICE, "pop": 7}),
    "send": ("send_sms", {"did": OFFICE, "dst": NEIGHBOR, "message": "hello"}),
    "order": (
        "back_order_did_usa",
        {
            "quantity": 1,
            "state": "TX",
            "ratecenter": "HOUSTON",
            "routing": "vm:1001",
            "pop": 7,
            "dialtime": 60,
            "cnam": True,
            "billing_type": "1",
            "test": True,
        },
    ),
    "delete": ("delete_phonebook", {"phonebook": "32207"}),
}


async def strike(simulator: Simulator, fault: str) -> None:
    """Let a fault begin."""
    if fault == "refused":
        await simulator.stop()
    elif fault == "slow":
        simulator.faults.add("slow", seconds=0.05)
    elif fault == "endless":
        simulator.faults.add("slow", seconds=10_000)
    else:
        simulator.faults.add(fault)


async def lift(simulator: Simulator, fault: str) -> None:
    """Let a fault end."""
    if fault == "refused":
        await simulator.start()
    simulator.faults.clear()


async def during[ResultT](
    hass: HomeAssistant, simulator: Simulator, fault: str, work: Awaitable[ResultT]
) -> ResultT:
    """Wait for something; where VoIP.ms is slow or does not answer, time passes."""
    task = asyncio.ensure_future(work)
    before = seen = len(simulator.calls)
    while fault in PATIENCE and not task.done():
        await asyncio.to_thread(sleep, 0.001 if fault == "slow" else 0.02)
        if before < len(simulator.calls) == seen:  # whatever is sent waits by now
            until = dt_util.utcnow() + timedelta(seconds=PATIENCE[fault])
            async_fire_time_changed(hass, until)
            seen = -1
        else:
            seen = len(simulator.calls)
    if fault == "slow":  # the last pause is after the last of the answer
        async_fire_time_changed(hass, dt_util.utcnow() + timedelta(seconds=1))
    return await task


def repairs(hass: HomeAssistant) -> set[str]:
    """Return what there is to mend."""
    return {
        str(issue.translation_key)
        for (domain, _), issue in ir.async_get(hass).issues.items()
        if domain == DOMAIN
    }


def asks_to_sign_in(hass: HomeAssistant) -> bool:
    """Return True if the user is asked for the password again."""
    flows = hass.config_entries.flow.async_progress_by_handler(DOMAIN)
    return [flow["context"]["source"] for flow in flows] == [SOURCE_REAUTH]


def said(caplog: pytest.LogCaptureFixture) -> list[str]:
    """Return what the log shows of the integration to somebody who looks."""
    return [
        record.getMessage()
        for record in caplog.records
        if record.name.startswith("custom_components.voipms")
        and record.levelno > logging.INFO
    ]


async def outcome(hass: HomeAssistant, action: str, data: dict[str, Any]) -> str | None:
    """Call an action; return the key of what it says went wrong."""
    try:
        await hass.services.async_call(
            DOMAIN, action, data, blocking=True, return_response=True
        )
    except HomeAssistantError as err:
        return err.translation_key
    return None


@each_fault
async def test_set_up(
    hass: HomeAssistant,
    later: Later,
    account: Account,
    entry: MockConfigEntry,
    simulator: Simulator,
    row: Row,
) -> None:
    """What a fault at the start leads to, and that it ends with the fault."""
    await strike(simulator, row.fault)
    await during(
        hass, simulator, row.fault, hass.config_entries.async_setup(entry.entry_id)
    )
    await hass.async_block_till_done()
    assert entry.state is row.state
    assert entry.error_reason_translation_key == row.error
    assert repairs(hass) == ({row.repair} if row.repair else set())
    assert asks_to_sign_in(hass) is row.reauth

    await lift(simulator, row.fault)
    if row.reauth:
        return  # the password that is then asked for is for test_reconfigure
    await later(minutes=6)
    assert entry.state is LOADED
    assert repairs(hass) == set()
    assert hass.states.get(SHOWN["getDIDsInfo"]).state != "unavailable"


@each_kind_of_fault
async def test_running(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    later: Later,
    heard: Heard,
    loaded: MockConfigEntry,
    account: Account,
    simulator: Simulator,
    caplog: pytest.LogCaptureFixture,
    row: Row,
) -> None:
    """What a fault in operation leads to; no message is lost, all comes back."""
    caplog.clear()
    devices = len(dr.async_get(hass).devices)
    await strike(simulator, row.fault)
    account.receive(HOME, NEIGHBOR, "in the meantime")
    for _ in range(2):
        await during(hass, simulator, row.fault, later(hours=13))
    unavailable = {
        method
        for method, entity_id in SHOWN.items()
        if hass.states.get(entity_id).state == "unavailable"
    }
    assert unavailable == row.failing
    assert repairs(hass) == ({row.repair} if row.repair else set())
    assert asks_to_sign_in(hass) is row.reauth
    assert len(said(caplog)) == bool(row.error)
    assert len(dr.async_get(hass).devices) == devices

    await lift(simulator, row.fault)
    if row.reauth:
        [flow] = hass.config_entries.flow.async_progress()
        await hass.config_entries.flow.async_configure(
            flow["flow_id"], {CONF_PASSWORD: PASSWORD}
        )
        await hass.async_block_till_done(wait_background_tasks=True)
    await later(minutes=16)
    assert "unavailable" not in {
        hass.states.get(entity_id).state for entity_id in SHOWN.values()
    }
    # A message of more than a day ago is late, which the user is told.
    assert repairs(hass) <= {"messages_late"}
    assert heard() == [("received", "in the meantime")]
    ends = [] if row.reauth or not row.error else ["VoIP.ms answers again for VoIP.ms"]
    assert [text for text in said(caplog)[1:] if "late" not in text] == ends


@each_kind_of_fault
async def test_actions(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    loaded: MockConfigEntry,
    simulator: Simulator,
    row: Row,
) -> None:
    """What an action of each class says, and that none of them is sent twice."""
    await strike(simulator, row.fault)
    expected = {
        "read": None if row.fault == "wrong_types" else row.error,
        **dict.fromkeys(CHANGES, None if row.fault == "wrong_types" else row.changes),
    }
    if row.fault == "empty_body":  # that is how VoIP.ms says that a record is gone
        expected["delete"] = None
    for group, (action, data) in {"read": READ, **CHANGES}.items():
        simulator.clear_calls()
        said = await during(hass, simulator, row.fault, outcome(hass, action, data))
        assert (group, said) == (group, expected[group])
        sent = [call for call in simulator.calls if call.method == METHODS[action]]
        assert len(sent) <= 1


@each_error
async def test_forms(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    simulator: Simulator,
    empty_account: Account,
    row: Row,
) -> None:
    """A form says what is wrong, stays open, and finishes when it is over."""
    answers = {
        CONF_USERNAME: EMAIL,
        CONF_PASSWORD: PASSWORD,
        CONF_ADVANCED: {CONF_URL: simulator.url},
    }
    flow = hass.config_entries.flow
    result = await make_entry(hass, simulator).start_reconfigure_flow(hass)
    await strike(simulator, row.fault)
    submitted = flow.async_configure(result["flow_id"], answers)
    result = await during(hass, simulator, row.fault, submitted)
    assert result["errors"] == {"base": row.error}
    assert PASSWORD not in str(result["description_placeholders"])

    await lift(simulator, row.fault)
    result = await flow.async_configure(result["flow_id"], answers)
    assert result["reason"] == "reconfigure_successful"
    await hass.async_block_till_done(wait_background_tasks=True)


@pytest.mark.parametrize("method", SHOWN)
async def test_one_poll(
    hass: HomeAssistant,
    later: Later,
    loaded: MockConfigEntry,
    simulator: Simulator,
    caplog: pytest.LogCaptureFixture,
    method: str,
) -> None:
    """A function that fails takes with it only what it shows, and says so once."""
    caplog.clear()
    simulator.faults.add("http_500", method=method)
    for _ in range(3):
        await later(hours=13)
    states = {each: hass.states.get(SHOWN[each]).state for each in SHOWN}
    assert [each for each in SHOWN if states[each] == "unavailable"] == [method]
    assert len(said(caplog)) == 1

    simulator.faults.clear()
    await later(minutes=16)
    assert hass.states.get(SHOWN[method]).state != "unavailable"
    assert said(caplog)[1:] == ["VoIP.ms answers again for VoIP.ms"]


@pytest.mark.parametrize("at_the_start", [False, True], ids=["running", "set-up"])
@pytest.mark.parametrize(
    "fault",
    ["http_503", "status:api_limit_exceeded", "status:ip_not_enabled"],
)
async def test_a_long_fault_costs_no_more_calls(
    hass: HomeAssistant,
    later: Later,
    account: Account,
    entry: MockConfigEntry,
    simulator: Simulator,
    fault: str,
    at_the_start: bool,
) -> None:
    """Who is in trouble is not asked more often than who is well."""

    async def calls_in_an_hour() -> int:
        simulator.clear_calls()
        for _ in range(12):
            await later(minutes=5)
        return len(simulator.calls)

    if at_the_start:
        simulator.faults.add(fault)
        assert not await hass.config_entries.async_setup(entry.entry_id)
        # As many as the messages alone take.
        assert await calls_in_an_hour() <= 12
        return
    await set_up(hass, entry)
    normal = await calls_in_an_hour()
    simulator.faults.add(fault)
    await later(hours=13)  # so long that everything has failed
    # What comes every quarter of an hour may come once more in an hour.
    assert await calls_in_an_hour() <= normal + 3


async def test_records_that_cannot_be_read_are_not_gone(
    hass: HomeAssistant, later: Later, loaded: MockConfigEntry, account: Account
) -> None:
    """A number whose record is broken for hours keeps its device and its entities."""
    devices = len(dr.async_get(hass).devices)
    account.dids["5551230000"]["did"] = "not a number"
    for _ in range(3):
        await later(minutes=6)
    assert hass.states.get(SHOWN["getDIDsInfo"]).state != "unavailable"
    assert len(dr.async_get(hass).devices) == devices


async def test_the_address_is_asked_for_once(
    hass: HomeAssistant, later: Later, loaded: MockConfigEntry, simulator: Simulator
) -> None:
    """While the address is blocked, VoIP.ms is not asked again and again for it."""
    simulator.faults.add("status:ip_not_enabled", method=None)
    simulator.clear_calls()
    await later(hours=13)
    await later(hours=13)
    assert len(simulator.calls_of("getIP")) == 1
