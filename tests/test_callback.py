"""VoIP.ms calls when a message comes: set, answered, not believed, put back."""

import asyncio
from collections.abc import AsyncGenerator
from copy import deepcopy
from datetime import UTC, datetime, timedelta
import gzip
from typing import Any

from aiohttp import ClientSession, web
from aiohttp.test_utils import TestClient
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.voipms.const import CONF_CALLBACK, CONF_DND_ROUTING, DOMAIN
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
from homeassistant.helpers import issue_registry as ir
from homeassistant.setup import async_setup_component

from .conftest import (
    CABIN,
    HOME,
    NEIGHBOR,
    OFFICE,
    WEBHOOK_ID,
    Heard,
    Later,
    arrival,
    set_up,
    unload,
)
from .simulator import Account, Simulator

PATH = f"/api/webhook/{WEBHOOK_ID}"
THEIRS = "https://example.com/sms?text={MESSAGE}"
CALLED = "sms_url_callback"
ENABLED = "sms_url_callback_enabled"


@pytest.fixture
async def client(
    hass: HomeAssistant, hass_client_no_auth: ClientSessionGenerator
) -> TestClient[Any, Any]:
    """Make Home Assistant reachable, and give it an address on the Internet."""
    assert await async_setup_component(hass, "webhook", {})
    client = await hass_client_no_auth()
    hass.config.external_url = str(client.make_url("/")).rstrip("/")
    return client


@pytest.fixture
async def called(
    hass: HomeAssistant,
    client: TestClient[Any, Any],
    account: Account,
    entry: MockConfigEntry,
    simulator: Simulator,
) -> AsyncGenerator[MockConfigEntry]:
    """Set the account up with the callback on."""
    hass.config_entries.async_update_entry(entry, options={CONF_CALLBACK: True})
    await set_up(hass, entry)
    simulator.clear_calls()
    yield entry
    await simulator.callbacks.settle()


async def quiet(hass: HomeAssistant) -> None:
    """Wait until what was called for is done, the short pauses of it included."""
    await asyncio.sleep(0.15)
    await hass.async_block_till_done(wait_background_tasks=True)


async def switch(hass: HomeAssistant, entry: MockConfigEntry, on: bool) -> None:
    """Switch the callback on or off, as a user does."""
    form = await hass.config_entries.options.async_init(entry.entry_id)
    answer = {CONF_CALLBACK: on, CONF_DND_ROUTING: "sys:busy"}
    result = await hass.config_entries.options.async_configure(form["flow_id"], answer)
    assert result["type"] is FlowResultType.CREATE_ENTRY
    await hass.async_block_till_done(wait_background_tasks=True)


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


def issues(hass: HomeAssistant) -> set[str | None]:
    """Return what the user is asked to mend."""
    return {
        issue.translation_key
        for issue in ir.async_get(hass).issues.values()
        if issue.domain == DOMAIN
    }


# --- Set, and put back ---------------------------------------------------------------


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


# --- Answered, and not believed ------------------------------------------------------


async def test_at_once(
    hass: HomeAssistant,
    called: MockConfigEntry,
    heard: Heard,
    simulator: Simulator,
) -> None:
    """A message is there a moment after VoIP.ms has it, after one look."""
    await simulator.receive(OFFICE, NEIGHBOR, "here already")
    await quiet(hass)
    assert heard() == [("received", "here already")]
    assert len(simulator.calls) == 1
    assert [outcome.ok for outcome in simulator.callbacks.outcomes] == [True]


async def test_the_portals_webhook(
    hass: HomeAssistant,
    called: MockConfigEntry,
    account: Account,
    heard: Heard,
    simulator: Simulator,
) -> None:
    """The webhook of the portal works as well as the callback."""
    address = f"{hass.config.external_url}{PATH}"
    account.dids[OFFICE].update(
        {ENABLED: "0", "webhook_enabled": "1", "webhook": address, "dialmode": "2"}
    )
    await simulator.receive(OFFICE, NEIGHBOR, "posted")
    await quiet(hass)
    assert heard() == [("received", "posted")]
    [outcome] = simulator.callbacks.outcomes
    assert (outcome.kind, outcome.body) == ("webhook", "ok")


NESTED = b"[" * 50_000
GARBAGE: list[tuple[str, str, dict[str, Any]]] = [
    ("GET", "", {}),
    ("GET", "?to=", {}),
    ("GET", "?to={TO}", {}),
    ("GET", "?to=5559999999&from=5550100111&message=hi", {}),
    ("GET", "?to=" + "9" * 5000, {}),
    ("GET", "?to=%00%ff%f0%9f%98%80", {}),
    ("POST", "", {"data": b""}),
    ("POST", "", {"data": b"\xff\xfe\x00"}),
    ("POST", "", {"data": NESTED}),
    ("POST", "", {"data": b'{"data": ' * 9000}),
    ("POST", "", {"data": b"9" * 5000}),
    ("POST", "", {"data": b"x" * 3_000_000}),
    ("POST", "", {"json": {"data": {"payload": {"to": "5551230000"}}}}),
    ("POST", "", {"json": {"data": {"payload": {"to": [5551230000, None, []]}}}}),
    ("POST", "", {"json": {"data": {"payload": {"to": [{"phone_number": {}}]}}}}),
    ("POST", "", {"data": b"{}", "headers": {"Content-Type": "text/x; charset=no"}}),
    (
        "POST",
        "",
        {"data": gzip.compress(b"{}")[:9], "headers": {"Content-Encoding": "gzip"}},
    ),
    ("PUT", "", {"data": b"{}"}),
]


@pytest.mark.parametrize(
    ("method", "query", "options"), GARBAGE, ids=range(len(GARBAGE))
)
async def test_it_always_says_ok(
    hass: HomeAssistant,
    called: MockConfigEntry,
    client: TestClient[Any, Any],
    heard: Heard,
    simulator: Simulator,
    caplog: pytest.LogCaptureFixture,
    method: str,
    query: str,
    options: dict[str, Any],
) -> None:
    """Whatever comes, the answer is ok; what names no number costs nothing."""
    response = await client.request(method, PATH + query, **options)
    assert (response.status, await response.text()) == (200, "ok")
    await quiet(hass)
    assert heard() == []
    assert simulator.calls == []
    assert "Error processing webhook" not in caplog.text


async def test_a_long_body_without_a_length(
    hass: HomeAssistant,
    called: MockConfigEntry,
    client: TestClient[Any, Any],
    simulator: Simulator,
) -> None:
    """A body that does not say how long it is, is not read to its end."""

    async def pour() -> AsyncGenerator[bytes]:
        for _ in range(40):
            yield b"x" * 100_000

    response = await client.post(PATH, data=pour())
    assert (response.status, await response.text()) == (200, "ok")
    assert simulator.calls == []


async def test_a_forged_call_makes_no_message(
    hass: HomeAssistant,
    called: MockConfigEntry,
    client: TestClient[Any, Any],
    heard: Heard,
    simulator: Simulator,
) -> None:
    """What a call says is not believed; it only has the messages looked up."""
    forged = f"?to={OFFICE}&from={NEIGHBOR}&message=forged&id=1&media=http://x"
    await client.get(PATH + forged)
    await quiet(hass)
    assert heard() == []
    assert [call.method for call in simulator.calls] == ["getSMS"]


async def test_a_replayed_call_changes_nothing(
    hass: HomeAssistant,
    called: MockConfigEntry,
    heard: Heard,
    simulator: Simulator,
) -> None:
    """The same call again does not bring the same message again."""
    await simulator.receive(OFFICE, NEIGHBOR, "once")
    await quiet(hass)
    url = simulator.callbacks.outcomes[0].url
    async with ClientSession() as session, session.get(url) as response:
        assert await response.text() == "ok"
    await quiet(hass)
    assert heard() == [("received", "once")]


async def test_a_burst_costs_two_looks_at_most(
    hass: HomeAssistant,
    called: MockConfigEntry,
    heard: Heard,
    simulator: Simulator,
) -> None:
    """Twenty messages at once are looked up together."""
    async with asyncio.TaskGroup() as group:
        for number in range(20):
            group.create_task(simulator.receive(HOME, NEIGHBOR, f"burst {number}"))
    await asyncio.sleep(1.5)
    await quiet(hass)
    assert sorted(heard()) == sorted(("received", f"burst {n}") for n in range(20))
    assert len(simulator.calls) <= 2


async def test_calls_that_come_during_a_look(
    hass: HomeAssistant,
    called: MockConfigEntry,
    heard: Heard,
    simulator: Simulator,
) -> None:
    """A message that comes while another is looked up is not missed."""
    simulator.latencies["getSMS"] = 1
    await simulator.receive(HOME, NEIGHBOR, "first")
    await arrival(simulator, "getSMS")
    async with asyncio.TaskGroup() as group:
        for number in range(10):
            group.create_task(simulator.receive(HOME, NEIGHBOR, f"during {number}"))
    await asyncio.sleep(2.2)
    await quiet(hass)
    assert len(heard()) == 11
    assert len(simulator.calls) == 2


async def test_calls_without_end_are_bounded(
    hass: HomeAssistant,
    called: MockConfigEntry,
    client: TestClient[Any, Any],
    simulator: Simulator,
) -> None:
    """Somebody who calls all the time does not have VoIP.ms called all the time."""
    end = asyncio.get_running_loop().time() + 6
    while asyncio.get_running_loop().time() < end:
        assert await (await client.get(f"{PATH}?to={OFFICE}")).text() == "ok"
        await asyncio.sleep(0.01)
    assert 2 <= len(simulator.calls) <= 8
    await unload(hass, called)


# --- How often to look ---------------------------------------------------------------


async def looks(simulator: Simulator, later: Later, minutes: int) -> int:
    """Return how often messages are polled in some minutes."""
    await later(seconds=1)
    simulator.clear_calls()
    for _ in range(minutes):
        await later(seconds=60)
    return len(simulator.calls_of("getSMS"))


async def test_polling_is_rare_with_calls(
    hass: HomeAssistant,
    called: MockConfigEntry,
    later: Later,
    simulator: Simulator,
) -> None:
    """While VoIP.ms calls, messages are polled every quarter of an hour."""
    assert await looks(simulator, later, 32) == 2


async def test_polling_is_every_minute_without(
    hass: HomeAssistant, loaded: MockConfigEntry, later: Later, simulator: Simulator
) -> None:
    """Without the callback, messages are polled every minute."""
    assert await looks(simulator, later, 10) in (9, 10)


async def test_calls_that_stay_away(
    hass: HomeAssistant,
    called: MockConfigEntry,
    account: Account,
    heard: Heard,
    later: Later,
    simulator: Simulator,
) -> None:
    """If a message comes without a call, polling is quick and the user is told.

    Both end when the calls come again.
    """
    await later(minutes=1)
    account.receive(OFFICE, NEIGHBOR, "nobody called")
    await later(minutes=16)
    assert heard() == [("received", "nobody called")]
    assert issues(hass) == {"callback_missing"}
    assert await looks(simulator, later, 10) in (9, 10)

    await simulator.receive(OFFICE, NEIGHBOR, "called again")
    await later(seconds=1)
    assert heard()[-1] == ("received", "called again")
    assert issues(hass) == set()
    assert await looks(simulator, later, 30) <= 2


async def test_calls_of_one_number_do_not_speak_for_another(
    hass: HomeAssistant,
    called: MockConfigEntry,
    account: Account,
    later: Later,
    simulator: Simulator,
) -> None:
    """A number that does not call is noticed although another one does."""
    await later(minutes=1)
    account.receive(HOME, NEIGHBOR, "nobody called")
    await later(minutes=5)
    await simulator.receive(OFFICE, NEIGHBOR, "called")
    await later(seconds=1)
    assert issues(hass) == {"callback_missing"}


async def test_switching_off_ends_the_repair(
    hass: HomeAssistant, called: MockConfigEntry, account: Account, later: Later
) -> None:
    """Who gives the callback up is not asked to mend it any more."""
    await later(minutes=1)
    account.receive(OFFICE, NEIGHBOR, "nobody called")
    await later(minutes=16)
    assert issues(hass) == {"callback_missing"}
    await switch(hass, called, on=False)
    assert issues(hass) == set()


async def test_messages_from_before_are_no_evidence(
    hass: HomeAssistant, called: MockConfigEntry, account: Account, heard: Heard
) -> None:
    """What came while Home Assistant was down does not count as a call that failed."""
    await unload(hass, called)
    account.receive(
        OFFICE, NEIGHBOR, "while down", at=datetime.now(UTC) - timedelta(minutes=30)
    )
    await set_up(hass, called)
    assert heard() == [("received", "while down")]
    assert issues(hass) == set()


async def test_a_look_that_fails_is_repeated_soon(
    hass: HomeAssistant,
    called: MockConfigEntry,
    heard: Heard,
    later: Later,
    simulator: Simulator,
) -> None:
    """If VoIP.ms calls and then does not answer, it is asked again within a minute."""
    await later(seconds=1)
    simulator.faults.add("http_503", method="getSMS", times=1)
    await simulator.receive(OFFICE, NEIGHBOR, "second try")
    await later(seconds=1)
    assert heard() == []
    await later(seconds=61)
    assert heard() == [("received", "second try")]
    assert await looks(simulator, later, 14) <= 1


async def test_an_unloaded_account_does_not_look(
    hass: HomeAssistant,
    called: MockConfigEntry,
    client: TestClient[Any, Any],
    simulator: Simulator,
) -> None:
    """After unloading, a call comes to nothing."""
    await unload(hass, called)
    simulator.clear_calls()
    assert (await client.get(f"{PATH}?to={OFFICE}")).status == web.Response().status
    await quiet(hass)
    assert simulator.calls == []
