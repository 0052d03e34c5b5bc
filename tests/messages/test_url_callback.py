"""The URL callback: set for every number, kept, and put back."""

from copy import deepcopy
from typing import Any

from aiohttp.test_utils import TestClient
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.voipms.const import CONF_CALLBACK, CONF_DND_ROUTING
from homeassistant.core import HomeAssistant
from homeassistant.helpers import issue_registry as ir

from ..conftest import CABIN, HOME, OFFICE, Later, set_up, unload
from ..simulator import Account, Simulator
from .conftest import PATH, issues, switch

THEIRS = "https://example.com/sms?text={MESSAGE}"


CALLED = "sms_url_callback"


ENABLED = "sms_url_callback_enabled"


class Stuck(dict[str, str]):
    """A record of which some fields stay as they are."""

    def __init__(self, row: dict[str, str], stuck: set[str]) -> None:
        """Keep what cannot be changed."""
        super().__init__(row)
        self._stuck = stuck

    def __setitem__(self, name: str, value: str) -> None:
        """Change a field, or not."""
        if name not in self._stuck:
            super().__setitem__(name, value)


def settings_of(simulator: Simulator, did: str) -> list[Any]:
    """Return the changes of a number's message settings."""
    return [each for each in simulator.calls_of("setSMS") if each.params["did"] == did]


async def test_every_number_calls(
    hass: HomeAssistant, called: MockConfigEntry, account: Account
) -> None:
    """Each number that can text calls Home Assistant from outside; others do not."""
    for did in (OFFICE, HOME):
        row = account.dids[did]
        assert row[CALLED].startswith(f"{hass.config.external_url}{PATH}")
        assert "{TO}" in row[CALLED]
        assert (row[ENABLED], row["sms_url_callback_retry"]) == ("1", "1")
    assert account.dids[CABIN][CALLED] == ""


async def test_everything_else_stays_and_comes_back(
    hass: HomeAssistant,
    client: TestClient[Any, Any],
    account: Account,
    entry: MockConfigEntry,
) -> None:
    """On changes nothing but the callback; off puts back what was there before."""
    account.dids[HOME].update(
        {CALLED: THEIRS, ENABLED: "1", "sms_url_callback_retry": "0"}
    )
    before = deepcopy(account.dids)
    await set_up(hass, entry)
    await switch(hass, entry, on=True)
    for did, row in account.dids.items():
        changed = {name for name in row if row[name] != before[did][name]}
        assert {name for name in changed if not name.startswith(CALLED)} == set()
    assert account.dids[HOME][CALLED] != THEIRS

    await switch(hass, entry, on=False)
    assert account.dids == before


async def test_removing_the_account_puts_back(
    hass: HomeAssistant, called: MockConfigEntry, account: Account
) -> None:
    """An account that is removed leaves no callback behind."""
    await hass.config_entries.async_remove(called.entry_id)
    assert {row[CALLED] for row in account.dids.values()} == {""}
    assert {row[ENABLED] for row in account.dids.values()} == {"0"}


async def test_it_survives_a_restart(
    hass: HomeAssistant, called: MockConfigEntry, account: Account, simulator: Simulator
) -> None:
    """After a restart nothing is set again, and it is still known what was before."""
    await unload(hass, called)
    await set_up(hass, called)
    assert simulator.calls_of("setSMS") == []
    await switch(hass, called, on=False)
    assert account.dids[OFFICE][CALLED] == ""


@pytest.mark.parametrize("way", ["off", "removed"])
async def test_what_somebody_set_meanwhile_stays(
    hass: HomeAssistant, called: MockConfigEntry, account: Account, way: str
) -> None:
    """What was changed at the portal is not put back over."""
    account.dids[OFFICE][CALLED] = THEIRS
    if way == "off":
        await switch(hass, called, on=False)
    else:
        await hass.config_entries.async_remove(called.entry_id)
    assert account.dids[OFFICE][CALLED] == THEIRS
    assert account.dids[HOME][CALLED] == ""


async def test_home_assistant_does_not_fight(
    hass: HomeAssistant,
    called: MockConfigEntry,
    account: Account,
    later: Later,
    simulator: Simulator,
) -> None:
    """What somebody sets while it runs is left alone, and messages are polled again."""
    account.dids[OFFICE][CALLED] = THEIRS
    for _ in range(3):
        await later(minutes=6)
    assert account.dids[OFFICE][CALLED] == THEIRS
    simulator.clear_calls()
    for _ in range(3):
        await later(seconds=61)
    assert len(simulator.calls_of("getSMS")) == 3


async def test_what_somebody_set_comes_back_after_a_restart(
    hass: HomeAssistant, called: MockConfigEntry, account: Account
) -> None:
    """The next start sets the callback again, and off puts back the newest of theirs."""
    account.dids[OFFICE][CALLED] = THEIRS
    await unload(hass, called)
    await set_up(hass, called)
    assert PATH in account.dids[OFFICE][CALLED]
    await switch(hass, called, on=False)
    assert account.dids[OFFICE][CALLED] == THEIRS


async def test_a_new_number_gets_it(
    hass: HomeAssistant, called: MockConfigEntry, account: Account, later: Later
) -> None:
    """A number that is bought later calls, too."""
    account.add_did("5551230009", description="NEW", sms_enabled=True)
    await later(minutes=6)
    assert PATH in account.dids["5551230009"][CALLED]


async def test_a_new_address(
    hass: HomeAssistant, called: MockConfigEntry, account: Account
) -> None:
    """When Home Assistant moves, its numbers call the new address; off still undoes."""
    await unload(hass, called)
    hass.config.external_url = "https://new.example.com"
    await set_up(hass, called)
    assert account.dids[HOME][CALLED].startswith(f"https://new.example.com{PATH}")
    await switch(hass, called, on=False)
    assert account.dids[HOME][CALLED] == ""


@pytest.mark.parametrize("fault", ["status:sms_wait_message", "http_503"])
async def test_setting_is_tried_again(
    hass: HomeAssistant,
    client: TestClient[Any, Any],
    account: Account,
    entry: MockConfigEntry,
    later: Later,
    simulator: Simulator,
    fault: str,
) -> None:
    """A number that cannot be changed now is changed later, and is polled until then."""
    simulator.faults.add(fault, method="setSMS", times=1)
    await set_up(hass, entry)
    await switch(hass, entry, on=True)
    lacking = [did for did in (OFFICE, HOME) if not account.dids[did][CALLED]]
    assert len(lacking) == 1
    simulator.clear_calls()
    await later(seconds=61)
    assert simulator.calls_of("getSMS")

    await later(seconds=61)
    await later(seconds=1)
    assert PATH in account.dids[lacking[0]][CALLED]


@pytest.mark.parametrize("way", ["off", "removed"])
async def test_putting_back_is_tried_again(
    hass: HomeAssistant,
    called: MockConfigEntry,
    account: Account,
    later: Later,
    simulator: Simulator,
    way: str,
) -> None:
    """A number that cannot be put back now is put back later; the others are at once."""
    simulator.faults.add("status:sms_wait_message", method="setSMS", times=1)
    if way == "off":
        await switch(hass, called, on=False)
    else:
        await hass.config_entries.async_remove(called.entry_id)
    assert sorted(bool(account.dids[did][CALLED]) for did in (OFFICE, HOME)) == [
        False,
        True,
    ]
    await later(seconds=121)
    await later(seconds=1)
    assert {row[CALLED] for row in account.dids.values()} == {""}


async def test_off_and_on_again_at_once(
    hass: HomeAssistant,
    called: MockConfigEntry,
    account: Account,
    later: Later,
    simulator: Simulator,
) -> None:
    """What could not be put back is not put back after it was wanted again."""
    simulator.faults.add("status:sms_wait_message", method="setSMS", times=2)
    await switch(hass, called, on=False)
    await switch(hass, called, on=True)
    await later(minutes=3)
    await later(minutes=3)
    assert PATH in account.dids[OFFICE][CALLED]
    await switch(hass, called, on=False)
    assert account.dids[OFFICE][CALLED] == ""


@pytest.mark.parametrize("stuck", [{ENABLED}, {CALLED, ENABLED}], ids=len)
async def test_a_number_that_does_not_take_it(
    hass: HomeAssistant,
    client: TestClient[Any, Any],
    account: Account,
    entry: MockConfigEntry,
    later: Later,
    simulator: Simulator,
    stuck: set[str],
) -> None:
    """What VoIP.ms accepts and does not do is tried a few times, and then told."""
    account.add_did("5551230009", description="NEW", sms_enabled=True)
    await set_up(hass, entry)
    account.dids["5551230009"] = Stuck(account.dids["5551230009"], stuck)
    await switch(hass, entry, on=True)
    for _ in range(2):
        assert issues(hass) == set()
        await later(seconds=121)
        await later(seconds=1)
    await later(seconds=121)
    await later(seconds=1)
    assert len(settings_of(simulator, "5551230009")) == 3
    assert issues(hass) == {"callback_ignored"}
    (issue,) = ir.async_get(hass).issues.values()
    assert issue.translation_placeholders["numbers"] == "(555) 123-0009"
    assert PATH in account.dids[OFFICE][CALLED]

    for _ in range(4):
        await later(minutes=6)
    assert len(settings_of(simulator, "5551230009")) == 3
    assert len(settings_of(simulator, OFFICE)) == 1

    url = account.dids[OFFICE][CALLED]
    account.dids["5551230009"] = {
        **account.dids["5551230009"],
        CALLED: url,
        ENABLED: "1",
    }
    await later(minutes=6)
    assert issues(hass) == set()


async def test_switching_off_ends_that_repair(
    hass: HomeAssistant,
    client: TestClient[Any, Any],
    account: Account,
    entry: MockConfigEntry,
    later: Later,
    simulator: Simulator,
) -> None:
    """Who does without the callback is not told any more that it is not taken."""
    await set_up(hass, entry)
    simulator.stuck = {ENABLED}
    await switch(hass, entry, on=True)
    for _ in range(4):
        await later(seconds=121)
        await later(seconds=1)
    assert issues(hass) == {"callback_ignored"}
    await switch(hass, entry, on=False)
    assert issues(hass) == set()


async def test_settings_that_would_be_reset(
    hass: HomeAssistant,
    client: TestClient[Any, Any],
    account: Account,
    entry: MockConfigEntry,
    later: Later,
    simulator: Simulator,
) -> None:
    """The callback is not set at the cost of a webhook that VoIP.ms does not show."""
    account.dids[OFFICE].update(webhook_enabled="1", webhook=THEIRS)
    simulator.unseen = {"webhook", "webhook_enabled"}
    await set_up(hass, entry)
    await switch(hass, entry, on=True)
    for _ in range(4):
        await later(minutes=6)
    assert simulator.calls_of("setSMS") == []
    assert issues(hass) == {"settings_unknown"}
    assert account.dids[OFFICE]["webhook"] == THEIRS


async def test_without_an_address_it_is_refused(
    hass: HomeAssistant, loaded: MockConfigEntry
) -> None:
    """The option cannot be switched on while nobody outside can call."""
    hass.config.external_url = None
    form = await hass.config_entries.options.async_init(loaded.entry_id)
    answer = {CONF_CALLBACK: True, CONF_DND_ROUTING: "sys:busy"}
    result = await hass.config_entries.options.async_configure(form["flow_id"], answer)
    assert result["errors"] == {CONF_CALLBACK: "no_external_url"}


async def test_an_address_that_is_gone_is_a_repair(
    hass: HomeAssistant, called: MockConfigEntry
) -> None:
    """When the address goes, the user is told; when it is back, that goes away."""
    await unload(hass, called)
    address, hass.config.external_url = hass.config.external_url, None
    await set_up(hass, called)
    assert issues(hass) == {"no_external_url"}
    await unload(hass, called)
    hass.config.external_url = address
    await set_up(hass, called)
    assert issues(hass) == set()
