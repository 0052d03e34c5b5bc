"""Every message becomes one event, in order, whatever happens in between."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, timedelta
import json
import os
from pathlib import Path
import random
import signal
import socket
import sys
from typing import Any

from freezegun.api import FrozenDateTimeFactory
import pytest
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    async_mock_service,
)

from custom_components.voipms.const import CONF_CALLBACK, DOMAIN
from homeassistant.core import CoreState, HomeAssistant
from homeassistant.setup import async_setup_component

from ..conftest import (
    CABIN,
    EMAIL,
    HOME,
    NEIGHBOR,
    OFFICE,
    PASSWORD,
    WEBHOOK_ID,
    Heard,
    Later,
    set_up,
    unload,
)
from ..simulator import Account, Simulator

ROOT = Path(__file__).parents[2]
KILLS = int(os.environ.get("VOIPMS_TEST_KILLS", "3"))
"""How often a running Home Assistant is killed; more find more."""
STEP_BACK = datetime(2026, 11, 1, 5, 30, tzinfo=UTC)  # 1:30, before clocks go back
STEP_FORWARD = datetime(2026, 3, 8, 6, 30, tzinfo=UTC)  # 1:30, before 2:00 is 3:00
MIDNIGHT = datetime(2026, 7, 2, 3, 30, tzinfo=UTC)  # 23:30


def received(texts: list[str]) -> list[tuple[str, str]]:
    """Return what is heard when some texts come."""
    return [("received", text) for text in texts]


# --- Restarts ------------------------------------------------------------------------


async def test_restarts(
    hass: HomeAssistant,
    later: Later,
    loaded: MockConfigEntry,
    account: Account,
    heard: Heard,
) -> None:
    """A restart neither repeats what was delivered nor loses what came meanwhile."""
    wanted = []
    for number in range(5):
        wanted += [f"up {number}", f"down {number}"]
        account.receive(OFFICE, NEIGHBOR, f"up {number}")
        await later(minutes=1)
        await unload(hass, loaded)
        account.receive(OFFICE, NEIGHBOR, f"down {number}")
        await set_up(hass, loaded)
    assert heard() == received(wanted)


async def test_what_came_while_down_starts_automations(
    hass: HomeAssistant, later: Later, loaded: MockConfigEntry, account: Account
) -> None:
    """A message that came while Home Assistant was down waits for the automations."""
    await unload(hass, loaded)
    account.receive(OFFICE, NEIGHBOR, "while down")
    hass.set_state(CoreState.not_running)
    runs = async_mock_service(hass, "test", "run")
    assert await async_setup_component(hass, "automation", {"automation": AUTOMATION})
    await set_up(hass, loaded)
    await later(minutes=1)
    await hass.async_start()
    await hass.async_block_till_done(wait_background_tasks=True)
    assert [run.data["text"] for run in runs] == ["while down"]


AUTOMATION = {
    "triggers": {
        "trigger": "event.received",
        "target": {"entity_id": "event.555_123_0000_office_message"},
        "options": {"event_type": "received"},
    },
    "actions": {
        "action": "test.run",
        "data": {"text": "{{ trigger.to_state.attributes.message }}"},
    },
}


async def test_killed_before_anything_was_delivered(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    later: Later,
    loaded: MockConfigEntry,
    account: Account,
    heard: Heard,
) -> None:
    """A start after a long outage that is itself cut short loses nothing."""
    await unload(hass, loaded)
    for days in range(5):
        account.receive(OFFICE, NEIGHBOR, f"day {days}")
        freezer.tick(timedelta(days=1))
    kept = ledger(hass)
    hass.set_state(CoreState.starting)
    await set_up(hass, loaded)
    assert heard() == []
    at_the_kill = kept.read_text(encoding="utf-8")
    await unload(hass, loaded)
    kept.write_text(at_the_kill, encoding="utf-8")

    hass.set_state(CoreState.running)
    await set_up(hass, loaded)
    assert heard() == received([f"day {days}" for days in range(5)])


@pytest.mark.parametrize("cut", [1, 10, 30])
async def test_a_line_cut_short(
    hass: HomeAssistant,
    later: Later,
    loaded: MockConfigEntry,
    account: Account,
    heard: Heard,
    cut: int,
) -> None:
    """A file whose last line a crash has cut short costs no other message."""
    account.receive(OFFICE, NEIGHBOR, "one")
    await later(minutes=1)
    await unload(hass, loaded)
    kept = ledger(hass)
    kept.write_text(kept.read_text(encoding="utf-8") + "2026-07-01 abcdef"[:cut])
    account.receive(OFFICE, NEIGHBOR, "two")
    await set_up(hass, loaded)
    await unload(hass, loaded)
    await set_up(hass, loaded)
    assert heard() == received(["one", "two"])


def ledger(hass: HomeAssistant) -> Path:
    """Return the file of delivered messages."""
    [path] = Path(hass.config.path(".storage")).glob(f"{DOMAIN}.*.messages")
    return path


# --- Times ---------------------------------------------------------------------------


@pytest.mark.parametrize("start", [STEP_BACK, STEP_FORWARD, MIDNIGHT])
@pytest.mark.parametrize("polled", [True, False], ids=["live", "after an outage"])
async def test_clocks(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    later: Later,
    account: Account,
    entry: MockConfigEntry,
    heard: Heard,
    simulator: Simulator,
    start: datetime,
    polled: bool,
) -> None:
    """Midnight and the changes of the clocks cost nothing and repeat nothing."""
    freezer.move_to(start - timedelta(hours=1))
    account.messages.clear()
    await set_up(hass, entry)
    freezer.move_to(start)
    wanted = []
    for number in range(16):
        wanted.append(f"message {number}")
        account.receive(OFFICE, NEIGHBOR, wanted[-1])
        if polled:
            await later(minutes=10)
        else:
            freezer.tick(timedelta(minutes=10))
    for _ in range(2):
        await unload(hass, entry)
        await set_up(hass, entry)
        await later(minutes=1)
    assert heard() == received(wanted)


async def test_a_day_without_voipms(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    later: Later,
    loaded: MockConfigEntry,
    account: Account,
    heard: Heard,
    simulator: Simulator,
) -> None:
    """What came during an outage of days comes when it ends."""
    simulator.faults.add("http_503")
    wanted = []
    for hours in range(0, 60, 5):
        wanted.append(f"hour {hours}")
        account.receive(OFFICE, NEIGHBOR, wanted[-1])
        await later(hours=5)
    assert heard() == []
    simulator.faults.clear()
    await later(minutes=5)
    await later(minutes=5)
    assert heard() == received(wanted)


# --- Many ----------------------------------------------------------------------------


async def test_many_in_a_minute(
    hass: HomeAssistant,
    later: Later,
    loaded: MockConfigEntry,
    account: Account,
    heard: Heard,
) -> None:
    """Hundreds of messages of one poll, to two numbers, in order."""
    for number in range(300):
        account.receive((OFFICE, HOME)[number % 2], NEIGHBOR, f"message {number}")
    await later(minutes=1)
    await later(minutes=1)
    assert heard() == received([f"message {number}" for number in range(300)])


async def test_a_very_busy_window(
    hass: HomeAssistant,
    later: Later,
    account: Account,
    entry: MockConfigEntry,
    heard: Heard,
) -> None:
    """With ten thousand messages in the window, a new one is still found."""
    before = datetime.now(UTC) - timedelta(hours=1)
    for number in range(10_500):
        account.receive(OFFICE, NEIGHBOR, f"old {number}", at=before)
    await set_up(hass, entry)
    account.receive(OFFICE, NEIGHBOR, "new")
    await later(minutes=1)
    await unload(hass, entry)
    await set_up(hass, entry)
    assert heard() == received(["new"])


async def test_the_same_id_twice(
    hass: HomeAssistant,
    later: Later,
    loaded: MockConfigEntry,
    account: Account,
    heard: Heard,
) -> None:
    """SMS and MMS are counted apart, so one of each may have the same ID."""
    account.receive(OFFICE, NEIGHBOR, "text", id=777)
    account.receive(OFFICE, NEIGHBOR, "picture", id=777, media=["https://x.example/1"])
    await later(minutes=1)
    account.receive(HOME, NEIGHBOR, "text", id=777)
    await later(minutes=1)
    assert sorted(heard()) == sorted(received(["text", "picture", "text"]))


async def test_what_is_kept_is_bounded(
    hass: HomeAssistant,
    later: Later,
    loaded: MockConfigEntry,
    account: Account,
    heard: Heard,
) -> None:
    """After weeks of traffic, the file holds no more than some days of it."""
    for day in range(20):
        for number in range(40):
            account.receive(OFFICE, NEIGHBOR, f"secret {day} {number}")
        await later(hours=12)
        await later(hours=12)
    kept = ledger(hass).read_text(encoding="utf-8")
    assert len(heard()) == 800
    assert 7 * 40 <= len(kept.split("\n")) <= 17 * 40
    assert not any(word in kept for word in ("secret", NEIGHBOR, OFFICE))


async def test_a_number_without_messages_holds_nothing_up(
    hass: HomeAssistant,
    later: Later,
    loaded: MockConfigEntry,
    account: Account,
    simulator: Simulator,
) -> None:
    """A message to a number that has no messages here is not waited for for ever."""
    account.dids[CABIN]["sms_enabled"] = "1"
    account.receive(CABIN, NEIGHBOR, "nobody listens")
    for _ in range(20):
        await later(hours=12)
    account.receive(OFFICE, NEIGHBOR, "somebody listens")
    await later(minutes=1)
    simulator.clear_calls()
    await later(minutes=2)
    asked = simulator.calls_of("getSMS")[-1].params
    first, last = (date.fromisoformat(asked[name]) for name in ("from", "to"))
    assert last - first == timedelta(days=7)


# --- A real Home Assistant, killed ---------------------------------------------------

WITNESS = '''
"""Writes down every event of a message the moment it is there."""
import os
from homeassistant.core import callback
from homeassistant.helpers import config_validation as cv

CONFIG_SCHEMA = cv.empty_config_schema("witness")

async def async_setup(hass, config):
    file = os.open(hass.config.path("heard"), os.O_WRONLY | os.O_APPEND | os.O_CREAT)

    @callback
    def changed(event):
        state = event.data["new_state"]
        old = event.data["old_state"]
        if state and state.domain == "event" and "message" in state.attributes:
            if old and old.state not in ("unavailable", state.state):
                os.write(file, f"{state.attributes['message']}\\n".encode())

    hass.bus.async_listen("state_changed", changed)
    return True
'''


class House:
    """A Home Assistant in a process of its own."""

    def __init__(self, directory: Path, simulator: Simulator) -> None:
        """Write its configuration, signed in and with the callback on."""
        self.directory = directory
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port: int = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        witness = directory / "custom_components" / "witness"
        witness.mkdir(parents=True)
        (witness / "__init__.py").write_text(WITNESS)
        (witness / "manifest.json").write_text(
            json.dumps({"domain": "witness", "name": "Witness", "version": "1.0.0"})
        )
        (directory / "custom_components" / DOMAIN).symlink_to(
            ROOT / "custom_components" / DOMAIN
        )
        (directory / "configuration.yaml").write_text(
            f"homeassistant:\n  external_url: {self.url}\nwitness:\n"
        )
        self._store("http", {"server_host": ["127.0.0.1"], "server_port": self.port})
        self._store("core.config_entries", {"entries": [_stored_entry(simulator)]}, 5)

    def _store(self, key: str, data: Any, minor_version: int = 1) -> None:
        storage = self.directory / ".storage"
        storage.mkdir(exist_ok=True)
        document = {
            "version": 1,
            "minor_version": minor_version,
            "key": key,
            "data": data,
        }
        (storage / key).write_text(json.dumps(document))

    def heard(self) -> list[str]:
        """Return the messages that were heard so far, in all lives."""
        path = self.directory / "heard"
        return path.read_text().splitlines() if path.exists() else []

    @asynccontextmanager
    async def running(self) -> AsyncGenerator[asyncio.subprocess.Process]:
        """Start it; kill it in the end."""
        with (self.directory / "console.log").open("ab") as log:
            process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "homeassistant", "--skip-pip"),
                *("--config", str(self.directory)),
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        try:
            yield process
        finally:
            if process.returncode is None:
                os.killpg(process.pid, signal.SIGKILL)
            await process.wait()


def _stored_entry(simulator: Simulator) -> dict[str, Any]:
    """Return the account as Home Assistant keeps it."""
    return {
        "entry_id": "01VOIPMSTESTENTRY000000000",
        "version": 2,
        "minor_version": 1,
        "domain": DOMAIN,
        "title": "VoIP.ms",
        "unique_id": EMAIL,
        "source": "user",
        "data": {
            "username": EMAIL,
            "password": PASSWORD,
            "url": simulator.url,
            "webhook_id": WEBHOOK_ID,
        },
        "options": {CONF_CALLBACK: True},
        "subentries": [],
        "discovery_keys": {},
        "disabled_by": None,
        "pref_disable_new_entities": False,
        "pref_disable_polling": False,
        "created_at": "2026-01-01T00:00:00+00:00",
        "modified_at": "2026-01-01T00:00:00+00:00",
    }


async def until(test: Callable[[], bool | Awaitable[bool]], seconds: float) -> bool:
    """Wait until something is so; tell whether it came to that."""
    end = asyncio.get_running_loop().time() + seconds
    while asyncio.get_running_loop().time() < end:
        if test():
            return True
        await asyncio.sleep(0.02)
    return False


@pytest.mark.timeout(120 + KILLS * 15)
async def test_killed(socket_enabled: None, tmp_path: Path) -> None:
    """A Home Assistant that is killed again and again hears each message once."""
    chance = random.Random(1)
    async with Simulator(sms_settings_wait=0) as simulator:
        account = simulator.add_account(EMAIL, PASSWORD)
        office = account.add_did(OFFICE, sms_enabled=True)
        house = House(tmp_path, simulator)
        sent: list[str] = []

        async def send() -> None:
            sent.append(f"message {len(sent)}")
            await simulator.receive(OFFICE, NEIGHBOR, sent[-1])

        for life in range(KILLS + 1):
            simulator.clear_calls()
            async with house.running() as process:
                begun = await until(lambda: bool(simulator.calls_of("getSMS")), 60)
                assert begun and process.returncode is None, _last_words(tmp_path)
                assert await until(lambda: bool(office["sms_url_callback"]), 20)
                assert await until(lambda: house.heard() == sent, 20)
                if life == KILLS:
                    await send()
                    assert await until(lambda: house.heard() == sent, 10)
                else:
                    for _ in range(chance.randrange(1, 12)):
                        await send()
                        await asyncio.sleep(chance.random() * 0.03)
                    await asyncio.sleep(chance.random() * 0.06)
        assert house.heard() == sent


def _last_words(directory: Path) -> str:
    return (directory / "console.log").read_text()[-3000:]
