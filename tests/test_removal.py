"""An account that is disabled or removed leaves VoIP.ms as it was before."""

from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.voipms.const import CONF_CALLBACK, DOMAIN
from homeassistant.config_entries import ConfigEntryDisabler, ConfigEntryState
from homeassistant.core import HomeAssistant
from homeassistant.helpers import issue_registry as ir
from homeassistant.setup import async_setup_component

from .conftest import CABIN, HOME, OFFICE, WEBHOOK_ID, Later, arrival, set_up, unload
from .simulator import Account, Simulator

SWITCH = "switch.555_123_0000_office_do_not_disturb"
BEFORE = "account:100001_VoIP"
BUSY = "sys:busy"
THEIRS = "https://example.net/theirs?key=secret"
CALLED = "sms_url_callback"
STORE = "voipms.01VOIPMSTESTENTRY000000000.do_not_disturb"
RETRIES = 5

type Told = Callable[[], dict[str | None, str]]


@pytest.fixture
async def changed(
    hass: HomeAssistant, account: Account, entry: MockConfigEntry
) -> MockConfigEntry:
    """Set an account up with the callback, and turn do not disturb on."""
    account.dids[HOME] |= {CALLED: THEIRS, "sms_url_callback_enabled": "1"}
    account.before = deepcopy(account.dids)  # type: ignore[attr-defined]
    await hass.config.async_update(external_url="https://example.com")
    hass.config_entries.async_update_entry(entry, options={CONF_CALLBACK: True})
    await set_up(hass, entry)
    await turn(hass, "on")
    assert account.dids[OFFICE]["routing"] == BUSY
    assert WEBHOOK_ID in account.dids[OFFICE][CALLED]
    return entry


@pytest.fixture
def told(hass: HomeAssistant) -> Told:
    """Return the changes that the issues list, by the key of the issue."""

    def issues() -> dict[str | None, str]:
        return {
            issue.translation_key: issue.translation_placeholders["changes"]
            for issue in ir.async_get(hass).issues.values()
            if issue.domain == DOMAIN
        }

    return issues


async def turn(hass: HomeAssistant, way: str) -> None:
    """Turn do not disturb of a number on or off."""
    data = {"entity_id": SWITCH}
    await hass.services.async_call("switch", f"turn_{way}", data, blocking=True)


async def disable(
    hass: HomeAssistant, entry: MockConfigEntry, disabled: bool = True
) -> None:
    """Disable or enable an account."""
    by = ConfigEntryDisabler.USER if disabled else None
    await hass.config_entries.async_set_disabled_by(entry.entry_id, by)
    await hass.async_block_till_done(wait_background_tasks=True)


async def remove(hass: HomeAssistant, entry: MockConfigEntry) -> None:
    """Remove an account."""
    await hass.config_entries.async_remove(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)


def kept(hass: HomeAssistant, hass_storage: dict[str, Any]) -> list[str]:
    """Return what is kept on disk."""
    paths = Path(hass.config.path(".storage")).glob(f"{DOMAIN}.*")
    stored = [key for key in hass_storage if key.startswith(f"{DOMAIN}.")]
    return [*(path.name for path in paths), *stored]


def outage(simulator: Simulator) -> None:
    """Have VoIP.ms not answer any more."""
    simulator.faults.add("http_503")


# --- What is restored --------------------------------------------------------------


@pytest.mark.parametrize("state", ["loaded", "unloaded", "not connected"])
async def test_removed(
    hass: HomeAssistant,
    hass_storage: dict[str, Any],
    changed: MockConfigEntry,
    account: Account,
    simulator: Simulator,
    told: Told,
    state: str,
) -> None:
    """Removing restores routings and callbacks, also of an account that is not loaded."""
    folder = Path(hass.config.path(".storage"))
    (folder / f"voipms.{changed.entry_id}.callback.corrupt.2026").touch()
    (folder / "voipms.another.messages").touch()
    if state == "unloaded":
        await unload(hass, changed)
    elif state == "not connected":
        outage(simulator)
        await hass.config_entries.async_reload(changed.entry_id)
        assert changed.state is ConfigEntryState.SETUP_RETRY
        simulator.faults.clear()
    await remove(hass, changed)
    assert account.dids == account.before  # type: ignore[attr-defined]
    assert told() == {}
    assert kept(hass, hass_storage) == ["voipms.another.messages"]


async def test_disabled_and_enabled(
    hass: HomeAssistant,
    changed: MockConfigEntry,
    account: Account,
    simulator: Simulator,
    later: Later,
) -> None:
    """Disabling restores both; enabling sets the callback again, not do not disturb."""
    await disable(hass, changed)
    assert account.dids == account.before  # type: ignore[attr-defined]
    simulator.clear_calls()
    await later(hours=2)
    assert simulator.calls == []

    await disable(hass, changed, False)
    assert hass.states.get(SWITCH).state == "off"
    assert account.dids[OFFICE]["routing"] == BEFORE
    for did in (OFFICE, HOME):
        assert WEBHOOK_ID in account.dids[did][CALLED]

    await disable(hass, changed)
    await remove(hass, changed)
    assert account.dids == account.before  # type: ignore[attr-defined]


async def test_reload(
    hass: HomeAssistant, changed: MockConfigEntry, account: Account
) -> None:
    """A reload restores nothing, and neither does disabling without changes."""
    during = deepcopy(account.dids)
    assert await hass.config_entries.async_reload(changed.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    await unload(hass, changed)
    await set_up(hass, changed)
    assert account.dids == during
    assert hass.states.get(SWITCH).state == "on"


@pytest.mark.parametrize("way", [disable, remove])
async def test_changed_by_somebody_else(
    hass: HomeAssistant, changed: MockConfigEntry, account: Account, way: Any
) -> None:
    """What somebody changed at the portal since is left alone."""
    account.dids[OFFICE]["routing"] = "vm:1002"
    account.dids[OFFICE][CALLED] = THEIRS
    await way(hass, changed)
    assert account.dids[OFFICE]["routing"] == "vm:1002"
    assert account.dids[OFFICE][CALLED] == THEIRS


@pytest.mark.parametrize("way", [disable, remove])
async def test_routed_by_somebody_else(
    hass: HomeAssistant,
    hass_storage: dict[str, Any],
    loaded: MockConfigEntry,
    account: Account,
    later: Later,
    way: Any,
) -> None:
    """A number that somebody routed where do not disturb would is left there."""
    account.dids[OFFICE]["routing"] = BUSY
    await later(minutes=6)
    assert hass.states.get(SWITCH).state == "on"
    await way(hass, loaded)
    assert account.dids[OFFICE]["routing"] == BUSY
    if way is disable:
        await disable(hass, loaded, False)
        await turn(hass, "off")
        assert account.dids[OFFICE]["routing"] == BEFORE


# --- What cannot be restored -------------------------------------------------------


@pytest.mark.parametrize("way", [disable, remove])
async def test_outage(
    hass: HomeAssistant,
    changed: MockConfigEntry,
    account: Account,
    simulator: Simulator,
    later: Later,
    told: Told,
    caplog: pytest.LogCaptureFixture,
    way: Any,
) -> None:
    """What cannot be restored is told at once, retried, and told no more when it is."""
    outage(simulator)
    await way(hass, changed)
    assert told() == {
        "routing_not_restored": "- (555) 123-0000 is still routed to System: busy; it"
        " was routed to Sub-account 100001_VoIP (account:100001_VoIP) before",
        "callback_not_restored": "- (555) 123-0000 still calls Home Assistant; it had"
        " no callback before\n- (555) 123-0001 still calls Home Assistant; its"
        " callback was https://example.net/theirs before",
    }
    issues = [i for i in ir.async_get(hass).issues.values() if i.domain == DOMAIN]
    assert all(issue.is_persistent for issue in issues)
    await later(minutes=3)
    assert caplog.text.count("could not be put back") == 1

    simulator.faults.clear()
    await later(minutes=3)
    assert account.dids == account.before  # type: ignore[attr-defined]
    assert told() == {}


async def test_one_number_fails(
    hass: HomeAssistant,
    changed: MockConfigEntry,
    account: Account,
    simulator: Simulator,
    told: Told,
) -> None:
    """A number that fails does not keep the others from being restored."""
    simulator.faults.add("status:invalid_routing", method="setDIDRouting")
    await remove(hass, changed)
    assert set(told()) == {"routing_not_restored"}
    assert account.dids[OFFICE]["routing"] == BUSY
    assert account.dids[HOME] == account.before[HOME]  # type: ignore[attr-defined]
    assert account.dids[OFFICE][CALLED] == ""


async def test_outage_without_end(
    hass: HomeAssistant,
    hass_storage: dict[str, Any],
    changed: MockConfigEntry,
    simulator: Simulator,
    later: Later,
    told: Told,
) -> None:
    """Retries end; the issue stays until the user confirms it, the entry being gone."""
    await async_setup_component(hass, "repairs", {})
    outage(simulator)
    await remove(hass, changed)
    simulator.clear_calls()
    for _ in range(24):
        await later(hours=1)
    assert len(simulator.calls) == RETRIES
    assert kept(hass, hass_storage) == []
    flows = hass.data["repairs"]["flow_manager"]
    for issue in list(ir.async_get(hass).issues.values()):
        if issue.domain != DOMAIN:
            continue
        form = await flows.async_init(DOMAIN, context={"issue_id": issue.issue_id})
        assert form["step_id"] == "confirm"
        assert "123-0000" in form["description_placeholders"]["changes"]
        await flows.async_configure(form["flow_id"], {})
    assert told() == {}


async def test_removed_while_disabled(
    hass: HomeAssistant,
    changed: MockConfigEntry,
    simulator: Simulator,
    later: Later,
) -> None:
    """The retries of an account that was disabled end when it is removed."""
    outage(simulator)
    await disable(hass, changed)
    await remove(hass, changed)
    simulator.clear_calls()
    await later(minutes=3)
    assert len(simulator.calls) == 1


@pytest.mark.parametrize("while_away", [True, False])
async def test_enabled_during_an_outage(
    hass: HomeAssistant,
    changed: MockConfigEntry,
    account: Account,
    simulator: Simulator,
    later: Later,
    told: Told,
    while_away: bool,
) -> None:
    """An account that is enabled before it was restored is not restored any more."""
    during = deepcopy(account.dids)
    outage(simulator)
    if while_away:
        await hass.config_entries.async_reload(changed.entry_id)
        assert changed.state is ConfigEntryState.SETUP_RETRY
    await disable(hass, changed)
    assert set(told()) == {"routing_not_restored", "callback_not_restored"}
    simulator.faults.clear()
    await disable(hass, changed, False)
    assert told() == {}
    await later(minutes=3)
    assert account.dids == during
    await turn(hass, "off")
    assert account.dids[OFFICE]["routing"] == BEFORE


async def test_disabled_while_not_connected(
    hass: HomeAssistant,
    changed: MockConfigEntry,
    account: Account,
    simulator: Simulator,
    later: Later,
) -> None:
    """An account that could not be set up is restored when it is disabled."""
    outage(simulator)
    await hass.config_entries.async_reload(changed.entry_id)
    await disable(hass, changed)
    simulator.faults.clear()
    await later(minutes=3)
    assert account.dids == account.before  # type: ignore[attr-defined]


async def test_restart_while_disabled(
    hass: HomeAssistant,
    hass_storage: dict[str, Any],
    account: Account,
    entry: MockConfigEntry,
) -> None:
    """What was not restored before a restart is restored after it."""
    memory = {OFFICE: {"before": BEFORE, "target": BUSY}}
    hass_storage[STORE] = {"version": 1, "key": STORE, "data": memory}
    account.dids[OFFICE]["routing"] = BUSY
    await disable(hass, entry)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert account.dids[OFFICE]["routing"] == BEFORE


@pytest.mark.parametrize("before", ["sys:unheard_of", "fwd:18000", "", "queue:4764"])
async def test_names_of_routings(
    hass: HomeAssistant,
    hass_storage: dict[str, Any],
    loaded: MockConfigEntry,
    simulator: Simulator,
    told: Told,
    before: str,
) -> None:
    """A routing that has no name is told as VoIP.ms writes it."""
    await unload(hass, loaded)
    memory = {OFFICE: {"before": before, "target": BUSY}}
    hass_storage[STORE] = {"version": 1, "key": STORE, "data": memory}
    outage(simulator)
    await remove(hass, loaded)
    assert before in told()["routing_not_restored"]


@pytest.mark.parametrize("fault", ["", "status:invalid_did"])
async def test_number_gone(
    hass: HomeAssistant,
    changed: MockConfigEntry,
    account: Account,
    simulator: Simulator,
    told: Told,
    fault: str,
) -> None:
    """A number that the account no longer has needs no restoring."""
    account.dids.pop(OFFICE)
    simulator.clear_calls()
    simulator.latencies["getDIDsInfo"] = 0.1
    removing = hass.async_create_task(remove(hass, changed))
    await arrival(simulator, "getDIDsInfo", 2)
    if fault:
        simulator.faults.add(fault, method="getDIDsInfo", times=1)
    await removing
    assert told() == {}
    assert account.dids[HOME][CALLED] == THEIRS


async def test_number_missing_from_one_answer(
    hass: HomeAssistant,
    changed: MockConfigEntry,
    account: Account,
    simulator: Simulator,
) -> None:
    """A number that one answer lacks is asked about by name."""
    simulator.faults.add("status:no_did", method="getDIDsInfo", times=1)
    await remove(hass, changed)
    assert account.dids == account.before  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        (
            "https://me:pw@example.net:8/a/0123456789abcdef/b",
            "https://example.net:8/a/…/b",
        ),
        ("example.net/hook", "…"),
        ("https://[nonsense/hook", "…"),
    ],
)
async def test_callbacks_without_secrets(
    hass: HomeAssistant,
    changed: MockConfigEntry,
    account: Account,
    simulator: Simulator,
    told: Told,
    url: str,
    shown: str,
) -> None:
    """What every user can read has nothing of a callback that may be secret."""
    await remove(hass, changed)
    assert account.dids[CABIN][CALLED] == ""
    account.dids[HOME][CALLED] = url
    entry = MockConfigEntry(
        domain=DOMAIN,
        version=2,
        unique_id=changed.unique_id,
        data=dict(changed.data),
        options={CONF_CALLBACK: True},
    )
    entry.add_to_hass(hass)
    await set_up(hass, entry)
    outage(simulator)
    await remove(hass, entry)
    assert f"its callback was {shown} before" in told()["callback_not_restored"]


async def test_programming_error(
    hass: HomeAssistant,
    changed: MockConfigEntry,
    simulator: Simulator,
    later: Later,
    told: Told,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """A fault of the integration shows in the log once, and what is left is told."""
    with patch(
        "custom_components.voipms.api.VoipmsClient.reroute", side_effect=KeyError("x")
    ):
        await remove(hass, changed)
        await later(minutes=3)
        await later(minutes=3)
    assert "routing_not_restored" in told()
    errors = [record for record in caplog.records if record.exc_info]
    assert [record.exc_info[0] for record in errors if record.exc_info] == [KeyError]


async def test_removed_before_it_was_set_up(
    hass: HomeAssistant, account: Account, entry: MockConfigEntry, told: Told
) -> None:
    """An account that is disabled, as all others, is removed without a complaint."""
    await hass.config_entries.async_remove(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert told() == {}
