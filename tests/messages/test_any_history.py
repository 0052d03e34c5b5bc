"""Each message leads to one event, in order, whatever history is lived through.

A history is a generated list of steps that an async test carries out against the
simulator. Hypothesis's RuleBasedStateMachine is synchronous and cannot share the event
loop of Home Assistant; a list shrinks as well and is kept as an `@example` at once.
"""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count
import os
from pathlib import Path
import random
from typing import Any

from aiohttp.test_utils import TestClient
from freezegun.api import FrozenDateTimeFactory
from hypothesis import HealthCheck, example, given, settings, strategies as st
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.voipms.const import DOMAIN
from homeassistant.config_entries import ConfigEntryState
from homeassistant.const import CONF_WEBHOOK_ID
from homeassistant.core import HomeAssistant
from homeassistant.helpers import issue_registry as ir

from ..conftest import (
    EMAIL,
    HOME,
    NEIGHBOR,
    OFFICE,
    PASSWORD,
    Later,
    heard_in,
    make_entry,
    set_up,
    unload,
    written,
)
from ..simulator import Account, Simulator

EXAMPLES = int(os.environ.get("VOIPMS_TEST_EXAMPLES", "12"))
"""How many random histories are lived through."""
TORTURE = "VOIPMS_TEST_TORTURE" in os.environ
"""Whether each run lives through other histories."""

STEP_BACK = datetime(2026, 11, 1, 5, 30, tzinfo=UTC)  # 1:30, before clocks go back
STEP_FORWARD = datetime(2026, 3, 8, 6, 30, tzinfo=UTC)  # 1:30, before 2:00 is 3:00
MIDNIGHT = datetime(2026, 7, 2, 3, 30, tzinfo=UTC)  # 23:30

COUNT = count()
NUMBERS = (OFFICE, HOME)
FAULTS = ("http_503", "reset", "truncated", "bad_record", "lost_reply", "empty_body")
SPELLINGS = ("+1", "did", "cut", "entity")
DAMAGES = ("none", "empty", "zeros", "byte", "gone", "old")
MOVES = ("given", "taken", "given alone", "taken alone")
STEPS = st.one_of(
    st.tuples(st.just("receive"), st.integers(1, 60)),
    st.tuples(st.just("picture"), st.sampled_from([0, 20, 400, 10**9])),
    st.tuples(st.just("group"), st.integers(2, 4)),
    st.tuples(st.just("respell"), st.sampled_from(SPELLINGS)),
    st.tuples(st.just("repeat"), st.sampled_from(["alike", *SPELLINGS])),
    st.tuples(st.just("lists_mms"), st.booleans()),
    st.tuples(st.just("call"), st.sampled_from(["sms_url_callback", "webhook"])),
    st.tuples(st.just("poll"), st.sampled_from([1, 1, 5, 30])),
    st.tuples(st.just("wait"), st.sampled_from([1, 45, 600, 1500, 4000])),
    st.tuples(st.just("fault"), st.sampled_from(FAULTS)),
    st.tuples(st.just("restart"), st.integers(0, 3)),
    st.tuples(st.just("kill"), st.sampled_from(DAMAGES)),
    st.tuples(st.just("late"), st.sampled_from([0.1, 1, 3, 6])),
    st.tuples(st.just("clock"), st.sampled_from([-400, -28, -1, 1, 30])),
    st.tuples(st.just("damage"), st.sampled_from(DAMAGES[1:])),
    st.tuples(st.just("new_number"), st.integers(1, 3)),
    st.tuples(st.just("move"), st.sampled_from(MOVES)),
)


class History:
    """A random history: what was sent, and what came of it."""

    def __init__(
        self,
        hass: HomeAssistant,
        simulator: Simulator,
        freezer: FrozenDateTimeFactory,
        later: Later,
        client: TestClient[Any, Any],
    ) -> None:
        """Begin with two accounts, of which one has the numbers."""
        self.hass, self.simulator, self.client = hass, simulator, client
        self.freezer, self.later = freezer, later
        self.accounts = [
            simulator.add_account(EMAIL, PASSWORD),
            simulator.add_account("other@example.com", PASSWORD, number="200002"),
        ]
        for did in NUMBERS:
            self.accounts[0].add_did(did, sms_enabled=True)
        self.accounts[1].add_did("5551238888", sms_enabled=True)
        self.entries: list[MockConfigEntry] = []
        self.events = written(hass)
        self.sent: list[str] = []
        self.tag = f"{next(COUNT)}: "
        """What tells its texts from those that entities restore of another one."""
        self.is_out_of_order = False
        self.may_repeat = False
        self.old_ledger: dict[Path, bytes] = {}

    @asynccontextmanager
    async def lived(self) -> AsyncGenerator[None]:
        """Set the accounts up, and remove them in the end."""
        self.entries += [
            make_entry(self.hass, self.simulator),
            make_entry(
                self.hass, self.simulator, "other@example.com", entry_id="01OTHER"
            ),
        ]
        await self._start()
        self.old_ledger = self._ledger()
        yield
        for entry in self.entries:
            await self.hass.config_entries.async_remove(entry.entry_id)
        await self.hass.async_block_till_done(wait_background_tasks=True)

    async def end(self) -> None:
        """Let so much time pass that all must have been heard."""
        self.simulator.faults.clear()
        for minutes in (3, 3, 15, 1):
            await self.later(minutes=minutes)
        await self.later(seconds=31)

    def heard(self) -> list[tuple[str, str]]:
        """Return the events of messages, each as its type and its text."""
        return [
            (state.attributes["event_type"], plain(text))
            for state in heard_in(self.events)
            if (text := state.attributes["message"]).startswith(self.tag)
        ]

    # --- What VoIP.ms does -------------------------------------------------------

    def _owner(self, did: str) -> Account:
        """Return the account that has a number."""
        return next(each for each in self.accounts if did in each.dids)

    def _next(self) -> tuple[str, str]:
        """Return the number and the text of the next message."""
        did = NUMBERS[len(self.sent) % len(NUMBERS)]
        self.sent.append(f"{self.tag}message {len(self.sent)}")
        return did, self.sent[-1]

    def receive(self, number: int, **options: Any) -> None:
        """Let messages come."""
        for _ in range(number):
            did, text = self._next()
            self._owner(did).receive(did, NEIGHBOR, text, **options)
            self.freezer.tick(1)

    def late(self, days: float) -> None:
        """Let a message be listed that was written days ago."""
        self.is_out_of_order = True
        at = datetime.now(UTC) + self.simulator.clock_offset - timedelta(days=days)
        self.receive(1, at=at)

    def picture(self, media_after: int) -> None:
        """Let a picture come, which may be there later."""
        self.receive(1, media=["https://x.example/1.jpg"], media_after=media_after)

    def group(self, legs: int) -> None:
        """Let a group message come."""
        did, text = self._next()
        self._owner(did).receive_group(did, NEIGHBOR, text, legs)
        self.freezer.tick(1)

    def respell(self, way: str) -> None:
        """Have every message spelled anew from now on."""
        for account in self.accounts:
            for message in account.messages:
                message.written = spelled(message, way)

    def repeat(self, way: str) -> None:
        """Have every message listed twice, the second time maybe spelled anew."""
        for account in self.accounts:
            account.messages[:] = [
                row
                for message in account.messages
                for row in (
                    message,
                    message
                    if way == "alike"
                    else replace(message, written=spelled(message, way)),
                )
            ]
            del account.messages[400:]

    def lists_mms(self, lists: bool) -> None:
        """Have getSMS list picture messages, or not."""
        for account in self.accounts:
            account.all_lists_mms = lists

    def fault(self, kind: str) -> None:
        """Have the next call go wrong."""
        self.simulator.faults.add(kind, method="getSMS", times=1)

    async def call(self, kind: str) -> None:
        """Let a message come of which VoIP.ms tells, as it tells of each."""
        did, text = self._next()
        account = self._owner(did)
        entry = self.entries[self.accounts.index(account)]
        url = str(self.client.make_url(f"/api/webhook/{entry.data[CONF_WEBHOOK_ID]}"))
        number = account.dids[did]
        before = dict(number)
        number |= {kind: f"{url}?to={{TO}}", f"{kind}_enabled": "1"}
        await self.simulator.receive(did, NEIGHBOR, text)
        assert self.simulator.callbacks.outcomes.pop().ok
        number |= before
        await self.later(seconds=4)

    async def new_number(self, polls: int) -> None:
        """Let a message come to a number that is listed some polls later."""
        self.is_out_of_order = True
        did = f"555123{4000 + len(self.sent)}"
        account = self.accounts[0]
        number = account.add_did(did, sms_enabled=True)
        text = f"{self.tag}message {len(self.sent)}"
        self.sent.append(text)
        account.receive(did, NEIGHBOR, text)
        account.remove_did(did)
        for _ in range(polls):
            await self.later(minutes=5)
        account.dids[did] = number
        await self.later(minutes=5)

    async def move(self, how: str) -> None:
        """Move a number, alone or with its messages, to the other account."""
        old = self._owner(OFFICE)
        [new] = (each for each in self.accounts if each is not old)
        number = old.dids[OFFICE]
        moved = [each for each in old.messages if each.did == OFFICE]
        is_given_first = how.startswith("given")
        if is_given_first:
            del old.dids[OFFICE]
            await self.later(minutes=5)
            await self.later(minutes=5)
        new.dids[OFFICE] = number
        if not how.endswith("alone"):
            new.messages[:] = sorted([*new.messages, *moved])
        if not is_given_first:
            await self.later(minutes=5)
            del old.dids[OFFICE]
        if not how.endswith("alone"):
            old.messages[:] = [each for each in old.messages if each.did != OFFICE]

    # --- What happens to Home Assistant ------------------------------------------

    async def poll(self, minutes: int) -> None:
        """Let minutes pass, each with what happens in it."""
        for _ in range(min(minutes, 3)):
            await self.later(minutes=minutes / min(minutes, 3))

    def wait(self, minutes: int) -> None:
        """Let time pass in which Home Assistant does nothing."""
        self.freezer.tick(timedelta(minutes=minutes))

    async def _start(self) -> None:
        self.simulator.faults.clear()
        for entry in self.entries:
            if entry.state is not ConfigEntryState.LOADED:
                await set_up(self.hass, entry)

    async def _stop(self) -> None:
        for entry in self.entries:
            await unload(self.hass, entry)

    async def restart(self, number: int) -> None:
        """Restart, with messages that come meanwhile."""
        await self._stop()
        self.receive(number)
        await self._start()

    async def clock(self, days: int) -> None:
        """Restart with a clock that is days off; that of VoIP.ms goes on."""
        await self._stop()
        self.freezer.tick(timedelta(days=days))
        self.simulator.clock_offset -= timedelta(days=days)
        await self._start()

    async def kill(self, how: str) -> None:
        """Restart as after a crash: only what was on disk at that moment is left."""
        kept = self._ledger()
        self.receive(1)
        await self._stop()
        for path in self._ledger().keys() - kept.keys():
            path.unlink()
        for path, content in kept.items():
            path.write_bytes(content)
        if how != "none":
            self._damage(how)
            # The copy is up to an hour old.
            self.may_repeat = True
        await self._start()
        self._check_told(how)

    async def damage(self, how: str) -> None:
        """Restart with a damaged file, of which there is a copy."""
        await self._stop()
        self._damage(how)
        await self._start()
        self._check_told(how)

    def _check_told(self, how: str) -> None:
        """Check that what may be repeated is told."""
        issue = f"{self.entries[0].entry_id}_messages_repeated"
        if how not in ("none", "old"):
            assert ir.async_get(self.hass).async_get_issue(DOMAIN, issue)

    def _damage(self, how: str) -> None:
        """Damage the file of the first account."""
        [path] = (
            path
            for path in self._ledger()
            if path.name == f"{DOMAIN}.{self.entries[0].entry_id}.messages"
        )
        kept = path.read_bytes()
        match how:
            case "gone":
                path.unlink()
            case "empty":
                path.write_bytes(b"")
            case "zeros":
                path.write_bytes(bytes(len(kept)))
            case "byte":
                path.write_bytes(kept[:30] + b"\xff" + kept[31:])
            case "old":
                path.write_bytes(self.old_ledger[path])
                self.may_repeat = True

    def _ledger(self) -> dict[Path, bytes]:
        """Return the files of delivered messages."""
        folder = Path(self.hass.config.path(".storage"))
        return {
            path: path.read_bytes() for path in folder.glob(f"{DOMAIN}.*.messages*")
        }


def spelled(message: Any, way: str) -> dict[str, Any]:
    """Return what VoIP.ms lists otherwise when it spells a message anew."""
    return {
        "+1": {"contact": f"+1{message.contact}"},
        "did": {"did": f"1{message.did}", "id": int(message.id)},
        "cut": {"message": f"{message.message}\ud83d"},
        "entity": {"message": f"{message.message}&nbsp;&amp;"},
    }[way]


def plain(text: str) -> str:
    """Return what was written, however it was spelled."""
    return text.rstrip("\N{REPLACEMENT CHARACTER}\N{NO-BREAK SPACE}&")


def received(texts: list[str]) -> list[tuple[str, str]]:
    """Return what is heard when some texts come."""
    return [("received", text) for text in texts]


@pytest.mark.timeout(60 + EXAMPLES * 20)
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=not TORTURE,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@example(start=MIDNIGHT, steps=[("receive", 3), ("clock", -28), ("late", 6)])
@example(start=MIDNIGHT, steps=[("receive", 2), ("damage", "zeros"), ("receive", 1)])
@example(start=MIDNIGHT, steps=[("receive", 2), ("late", 6), ("damage", "gone")])
@example(start=MIDNIGHT, steps=[("clock", 30), ("new_number", 2), ("clock", -30)])
@example(start=MIDNIGHT, steps=[("call", "webhook"), ("move", "given"), ("receive", 2)])
@example(
    start=MIDNIGHT,
    steps=[("receive", 3), ("poll", 1), ("move", "taken"), ("call", "webhook")],
)
@example(start=STEP_BACK, steps=[("group", 3), ("move", "taken alone"), ("poll", 5)])
@given(
    start=st.sampled_from([STEP_BACK, STEP_FORWARD, MIDNIGHT]),
    steps=st.lists(STEPS, min_size=4, max_size=14),
)
async def test_any_history(
    hass: HomeAssistant,
    client: TestClient[Any, Any],
    freezer: FrozenDateTimeFactory,
    later: Later,
    start: datetime,
    steps: list[tuple[str, Any]],
) -> None:
    """Whatever happens, what was heard in the end is what was sent."""
    freezer.move_to(start)
    # Hypothesis repeats what chance gives, and ids must differ between histories.
    random.seed()
    async with Simulator(sms_settings_wait=0) as simulator:
        history = History(hass, simulator, freezer, later, client)
        async with history.lived():
            for name, value in steps:
                done = getattr(history, name)(value)
                if done is not None:
                    await done
            await history.end()
            found = history.heard()
    assert simulator.violations == []
    check(history, found, {name for name, _ in steps})


def check(history: History, found: list[tuple[str, str]], steps: set[str]) -> None:
    """Check that each message was heard once, in order, and nothing else."""
    pictures = [text for type_, text in found if type_ == "media_received"]
    assert len(pictures) == len(set(pictures))
    found = [(type_, text) for type_, text in found if type_ != "media_received"]
    assert set(found) == set(received(history.sent)), "lost or invented"
    if history.may_repeat:
        return
    assert sorted(found) == sorted(received(history.sent))
    if history.is_out_of_order:
        return
    if "lists_mms" not in steps:  # what one function leaves out is found later
        for number in range(len(NUMBERS)):
            sent = received(history.sent[number :: len(NUMBERS)])
            assert [event for event in found if event in sent] == sent
    # The order between numbers is that of one account.
    if steps.isdisjoint({"lists_mms", "picture", "group", "move"}):
        assert found == received(history.sent)
