"""Setting an account up and taking it down."""

import logging
from pathlib import Path
from typing import Any

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.voipms.const import DOMAIN
from homeassistant.config_entries import SOURCE_REAUTH, ConfigEntryState
from homeassistant.const import STATE_UNAVAILABLE
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError

from .conftest import HOME, NEIGHBOR, OFFICE, PASSWORD, Heard, Later, set_up, unload
from .simulator import Account, Simulator, seed

ROUTING = "select.555_123_0000_office_routing"


def ledgers(hass: HomeAssistant) -> list[Path]:
    """Return the files that the integration keeps."""
    return list(Path(hass.config.path(".storage")).glob(f"{DOMAIN}.*"))


async def test_set_up_and_unload(hass: HomeAssistant, loaded: MockConfigEntry) -> None:
    """An account is loaded, can be unloaded and loaded again."""
    assert loaded.state is ConfigEntryState.LOADED
    assert hass.states.get(ROUTING)

    await unload(hass, loaded)
    assert loaded.state is ConfigEntryState.NOT_LOADED
    assert {state.state for state in hass.states.async_all()} == {STATE_UNAVAILABLE}

    await set_up(hass, loaded)
    assert loaded.state is ConfigEntryState.LOADED


async def test_an_unloaded_account_is_left_alone(
    hass: HomeAssistant, later: Later, loaded: MockConfigEntry, simulator: Simulator
) -> None:
    """After unloading, VoIP.ms is not called any more."""
    await unload(hass, loaded)
    simulator.clear_calls()
    await later(hours=13)
    assert simulator.calls == []


async def test_set_up_calls_together(
    hass: HomeAssistant, entry: MockConfigEntry, account: Account, simulator: Simulator
) -> None:
    """Set-up asks for each thing once, several at a time, but never too many."""
    simulator.latency = 0.3
    await set_up(hass, entry)
    began = [
        (call.at - simulator.calls[0].at).total_seconds() for call in simulator.calls
    ]
    assert began[16] >= 0.3
    assert began[-1] < 0.3 * len(began) / 2
    asked = [(call.method, call.params.get("account")) for call in simulator.calls]
    assert len(asked) == len(set(asked))


@pytest.mark.parametrize(
    "fault",
    [
        "reset",
        "http_503",
        "cloudflare",
        "truncated",
        "status:method_maintenance",
        "status:api_limit_exceeded",
        "status:ip_not_enabled",
        "status:api_not_enabled",
        "status:never_heard_of",
    ],
)
@pytest.mark.usefixtures("account")
async def test_trouble_at_the_start_is_tried_again(
    hass: HomeAssistant,
    later: Later,
    entry: MockConfigEntry,
    simulator: Simulator,
    fault: str,
) -> None:
    """When VoIP.ms is in trouble, set-up is tried again until it works."""
    simulator.faults.add(fault)
    assert not await hass.config_entries.async_setup(entry.entry_id)
    assert entry.state is ConfigEntryState.SETUP_RETRY
    assert entry.error_reason_translation_key
    assert PASSWORD not in str(entry.reason)
    assert hass.config_entries.flow.async_progress() == []

    simulator.faults.clear()
    await later(minutes=1)
    assert entry.state is ConfigEntryState.LOADED
    assert hass.states.get(ROUTING).state != "unavailable"


async def test_without_its_numbers_an_account_waits(
    hass: HomeAssistant, later: Later, entry: MockConfigEntry, simulator: Simulator
) -> None:
    """Set-up waits for the numbers, even if everything else can be fetched."""
    seed.demo_account(simulator)
    simulator.faults.add("http_500", method="getDIDsInfo")
    assert not await hass.config_entries.async_setup(entry.entry_id)
    assert entry.state is ConfigEntryState.SETUP_RETRY

    simulator.faults.clear()
    await later(minutes=1)
    assert entry.state is ConfigEntryState.LOADED


@pytest.mark.usefixtures("account")
async def test_without_its_messages_an_account_starts(
    hass: HomeAssistant,
    later: Later,
    heard: Heard,
    entry: MockConfigEntry,
    simulator: Simulator,
) -> None:
    """Numbers can be routed while messages cannot be fetched; those come later."""
    simulator.faults.add("http_500", method="getSMS")
    await set_up(hass, entry)
    latest = "sensor.555_123_0000_office_latest_message"
    assert hass.states.get(latest).state == STATE_UNAVAILABLE
    assert hass.states.get(ROUTING).state == "Sub-account 100001_VoIP (Kitchen phone)"

    simulator.faults.clear()
    await later(minutes=1)
    assert hass.states.get(latest).state == "Any time after six."
    assert heard() == []


async def test_one_list_of_destinations_that_fails_does_not(
    hass: HomeAssistant, account: Account, entry: MockConfigEntry, simulator: Simulator
) -> None:
    """An account whose ring groups cannot be listed is set up without them."""
    simulator.faults.add("http_500", method="getRingGroups")
    await set_up(hass, entry)
    options = hass.states.get(ROUTING).attributes["options"]
    assert "IVR Main menu" in options
    assert "Ring group Everyone" not in options


async def test_an_outage_ends_by_itself(
    hass: HomeAssistant, later: Later, loaded: MockConfigEntry, simulator: Simulator
) -> None:
    """While VoIP.ms is down everything is unavailable; afterwards it comes back."""
    await simulator.stop()
    await later(minutes=6)
    assert hass.states.get(ROUTING).state == "unavailable"
    latest = "sensor.555_123_0000_office_latest_message"
    assert hass.states.get(latest).state == "unavailable"

    await simulator.start()
    await later(minutes=6)
    assert hass.states.get(ROUTING).state != "unavailable"
    assert hass.states.get(latest).state == "Any time after six."


@pytest.mark.usefixtures("loaded")
async def test_an_outage_is_logged_once(
    later: Later, simulator: Simulator, caplog: pytest.LogCaptureFixture
) -> None:
    """A long outage is one line in the log when it begins and one when it ends."""
    simulator.faults.add("http_503")
    for _ in range(5):
        await later(minutes=16)
    simulator.faults.clear()
    await later(hours=13)
    lines = [
        record.getMessage()
        for record in caplog.records
        if DOMAIN in record.name and record.levelno > logging.DEBUG
    ]
    assert len(lines) == 2
    assert "503" in lines[0]
    assert lines[1] == "VoIP.ms answers again for VoIP.ms"


@pytest.mark.parametrize("during", ["set-up", "operation"])
async def test_wrong_password_asks_for_a_new_one(
    hass: HomeAssistant,
    later: Later,
    account: Account,
    entry: MockConfigEntry,
    during: str,
) -> None:
    """When VoIP.ms stops accepting the password, one is asked for, once."""
    if during == "operation":
        await set_up(hass, entry)
    account.password = "changed at the portal"
    if during == "operation":
        await later(minutes=6)
    else:
        assert not await hass.config_entries.async_setup(entry.entry_id)
        assert entry.state is ConfigEntryState.SETUP_ERROR
    [flow] = hass.config_entries.flow.async_progress()
    assert flow["context"]["source"] == SOURCE_REAUTH
    assert flow["context"]["entry_id"] == entry.entry_id


async def test_removing_an_account_leaves_no_file(
    hass: HomeAssistant, loaded: MockConfigEntry
) -> None:
    """What was kept on disk goes with the account."""
    assert len(ledgers(hass)) == 2  # the ledger, and up to when it is complete
    await hass.config_entries.async_remove(loaded.entry_id)
    await hass.async_block_till_done()
    assert ledgers(hass) == []
    assert hass.states.async_all() == []


async def test_removing_an_account_that_never_loaded(
    hass: HomeAssistant, entry: MockConfigEntry, simulator: Simulator
) -> None:
    """An account that could never be set up can be removed."""
    simulator.faults.add("http_503")
    assert not await hass.config_entries.async_setup(entry.entry_id)
    await hass.config_entries.async_remove(entry.entry_id)
    assert ledgers(hass) == []


async def test_what_is_kept_on_disk_tells_nothing(
    hass: HomeAssistant, loaded: MockConfigEntry
) -> None:
    """The files of delivered messages hold no text, no number and no secret."""
    paths = ledgers(hass)
    assert paths
    for path in paths:
        kept = path.read_text(encoding="utf-8")
        for secret in (*seed.SECRETS, "Any time after six", NEIGHBOR, OFFICE):
            assert secret not in kept
        assert path.stat().st_mode & 0o077 == 0


FAULTS = [
    "reset",
    "http_500",
    "cloudflare",
    "empty_body",
    "truncated",
    "not_utf8",
    "wrong_top",
    "no_status",
    "wrong_types",
    "bad_record",
    "status:invalid_account",
]


async def test_nothing_secret_is_logged(
    hass: HomeAssistant,
    later: Later,
    entry: MockConfigEntry,
    simulator: Simulator,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Whatever goes wrong, no password, PIN or message text reaches a log or a state."""
    account = seed.demo_account(simulator)
    caplog.set_level(logging.DEBUG)
    await set_up(hass, entry)
    errors = []
    for fault in FAULTS:
        simulator.faults.add(fault)
        account.receive(HOME, NEIGHBOR, f"my words during {fault}")
        await later(hours=13)
        for action, data in ACTIONS:
            try:
                await hass.services.async_call(DOMAIN, action, data, blocking=True)
            except HomeAssistantError as err:
                errors.append(f"{err} {err.translation_placeholders}")
        simulator.faults.clear()
        await later(hours=1)
    states = str([state.as_dict() for state in hass.states.async_all()])

    assert len(errors) >= len(FAULTS)
    for secret in (*seed.SECRETS, "424242"):
        assert secret not in caplog.text
        assert secret not in states
        assert secret not in str(errors)
    own_log = "\n".join(
        record.getMessage()
        for record in caplog.records
        if not record.name.startswith("homeassistant.core")
    )
    for text in ("my words", "Any time after six", "my reply"):
        assert text not in own_log
        assert text not in str(errors)


ACTIONS: list[tuple[str, dict[str, Any]]] = [
    ("send_sms", {"did": OFFICE, "dst": NEIGHBOR, "message": "my reply"}),
    ("set_did_routing", {"did": OFFICE, "routing": "vm:1001"}),
    ("set_did_info", {"did": OFFICE, "port_out_pin": "424242"}),
]


async def test_the_password_is_never_in_an_address(
    hass: HomeAssistant, later: Later, loaded: MockConfigEntry, simulator: Simulator
) -> None:
    """Every call, of a poll or an action, carries everything in its body."""
    for action, data in ACTIONS:
        await hass.services.async_call(DOMAIN, action, data, blocking=True)
    await later(hours=13)
    assert {call.transport for call in simulator.calls} == {"multipart"}
