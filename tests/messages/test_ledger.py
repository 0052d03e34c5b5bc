"""What is delivered is kept, however the file of it fares."""

from collections.abc import Callable
from datetime import UTC, datetime
import errno
from itertools import pairwise
import os
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.voipms.const import DOMAIN
from homeassistant.core import HomeAssistant
from homeassistant.helpers import issue_registry as ir

from ..conftest import ENTRY_ID, NEIGHBOR, OFFICE, Heard, Later, set_up, unload
from ..simulator import Account

NOON = datetime(2026, 11, 20, 17, tzinfo=UTC)

pytestmark = pytest.mark.freeze_time(NOON)


def path_of(hass: HomeAssistant) -> Path:
    """Return the file of delivered messages."""
    [path] = Path(hass.config.path(".storage")).glob(f"{DOMAIN}.*.messages")
    return path


def told(hass: HomeAssistant) -> set[str]:
    """Return what the repairs tell."""
    issues = ir.async_get(hass).issues
    return {issue.removeprefix(f"{ENTRY_ID}_") for domain, issue in issues}


def received(*texts: str) -> list[tuple[str, str]]:
    """Return what is heard when some texts come."""
    return [("received", text) for text in texts]


DAMAGES: dict[str, Callable[[bytes], bytes | None]] = {
    "not UTF-8": lambda kept: kept[:60] + b"\xff" + kept[61:],
    "not UTF-8 at the end": lambda kept: kept + b"\xe9",
    "torn": lambda kept: kept[:-9],
    "empty": lambda kept: b"",
    "zeros": lambda kept: bytes(len(kept)),
    "half zeros": lambda kept: kept[:40] + bytes(len(kept) - 40),
    "zeros at the end": lambda kept: kept + bytes(4096),
    "other words": lambda kept: b"{}" * 9000,
    "missing": lambda kept: None,
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
async def test_damage(
    hass: HomeAssistant,
    heard: Heard,
    later: Later,
    account: Account,
    loaded: MockConfigEntry,
    damage: Callable[[bytes], bytes | None],
) -> None:
    """A damaged file costs no message, and a repeat only with a word of it."""
    texts = [f"before {number}" for number in range(5)]
    for text in texts:
        account.receive(OFFICE, NEIGHBOR, text)
        await later(minutes=1)
    await unload(hass, loaded)
    path = path_of(hass)
    if (content := damage(path.read_bytes())) is None:
        path.unlink()
    else:
        path.write_bytes(content)
    account.receive(OFFICE, NEIGHBOR, "meanwhile")
    await set_up(hass, loaded)
    account.receive(OFFICE, NEIGHBOR, "after")
    await later(minutes=1)
    assert heard()[:5] == received(*texts)
    assert heard()[-2:] == received("meanwhile", "after")
    assert len(heard()) <= 8
    assert "messages_repeated" in told(hass)
    await unload(hass, loaded)
    await set_up(hass, loaded)
    await later(minutes=1)
    assert heard()[-1:] == received("after")
    assert path_of(hass).read_bytes().isascii()


async def test_first_start_is_no_loss(
    hass: HomeAssistant, heard: Heard, later: Later, loaded: MockConfigEntry
) -> None:
    """At the first start, what is there is history, and there is nothing to tell."""
    await later(minutes=1)
    assert (heard(), told(hass)) == ([], set())


async def test_everything_is_lost(
    hass: HomeAssistant,
    heard: Heard,
    later: Later,
    account: Account,
    loaded: MockConfigEntry,
) -> None:
    """Without any trace of what was delivered, the last day comes again."""
    account.receive(OFFICE, NEIGHBOR, "old")
    await later(days=2)
    await unload(hass, loaded)
    for path in path_of(hass).parent.glob(f"{DOMAIN}.*"):
        path.write_bytes(bytes(path.stat().st_size))
    account.receive(OFFICE, NEIGHBOR, "meanwhile")
    await set_up(hass, loaded)
    await later(minutes=1)
    assert heard() == received("old", "meanwhile")
    assert "messages_repeated" in told(hass)


async def test_a_file_of_last_week(
    hass: HomeAssistant,
    heard: Heard,
    later: Later,
    account: Account,
    loaded: MockConfigEntry,
) -> None:
    """If the file alone is old, nothing of the week comes again."""
    await unload(hass, loaded)
    kept = path_of(hass).read_bytes()
    await set_up(hass, loaded)
    for day in range(6):
        account.receive(OFFICE, NEIGHBOR, f"day {day}")
        await later(days=1)
    await unload(hass, loaded)
    path_of(hass).write_bytes(kept)
    await set_up(hass, loaded)
    await later(minutes=1)
    assert heard() == received(*(f"day {day}" for day in range(6)))
    assert "messages_repeated" in told(hass)


async def test_a_backup_of_last_week(
    hass: HomeAssistant,
    heard: Heard,
    later: Later,
    account: Account,
    loaded: MockConfigEntry,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """If all files are old, the week comes again, and that is told."""
    await unload(hass, loaded)
    folder = path_of(hass).parent
    backup = {path: path.read_bytes() for path in folder.glob(f"{DOMAIN}.*")}
    await set_up(hass, loaded)
    for day in range(6):
        account.receive(OFFICE, NEIGHBOR, f"day {day}")
        await later(days=1)
    assert told(hass) == set()
    await unload(hass, loaded)
    for path, content in backup.items():
        path.write_bytes(content)
    await set_up(hass, loaded)
    await later(minutes=1)
    issue = ir.async_get(hass).async_get_issue(DOMAIN, f"{ENTRY_ID}_messages_late")
    assert issue and issue.translation_placeholders
    assert issue.translation_placeholders["count"] == "5"  # and one of today
    assert len(heard()) == 12
    assert "delivered late" in caplog.text


FAILURES: dict[str, Any] = {
    "full": OSError(errno.ENOSPC, "No space left on device"),
    "read-only": OSError(errno.EROFS, "Read-only file system"),
    "in part": None,
}


@pytest.mark.parametrize("failure", FAILURES.values(), ids=FAILURES)
async def test_a_disk_that_cannot_be_written(
    hass: HomeAssistant,
    heard: Heard,
    later: Later,
    account: Account,
    loaded: MockConfigEntry,
    caplog: pytest.LogCaptureFixture,
    failure: OSError | None,
) -> None:
    """Messages come all the same, it is said once, and all is saved afterwards."""
    write = os.write

    def broken(file: int, content: bytes) -> int:
        if b"cutoff" not in content and not content[:1].isdigit():
            return write(file, content)  # it is somebody else's
        if failure is None:
            return write(file, content[: len(content) // 2])
        raise failure

    caplog.clear()
    with (
        patch("os.write", broken),
        patch("os.fsync", side_effect=OSError(errno.ENOSPC, "No space left")),
    ):
        for number in range(3):
            for part in "ab":
                account.receive(OFFICE, NEIGHBOR, f"{number}{part}")
            await later(minutes=1)
        assert heard() == received("0a", "0b", "1a", "1b", "2a", "2b")
        assert "messages_not_saved" in told(hass)
        errors = [record for record in caplog.records if record.levelname == "ERROR"]
        assert len(errors) == 1
        assert "Traceback" not in caplog.text
    await later(minutes=1)
    assert told(hass) == set()
    await unload(hass, loaded)
    await set_up(hass, loaded)
    await later(minutes=1)
    assert len(heard()) == 6


async def test_a_folder_in_its_place(
    hass: HomeAssistant,
    heard: Heard,
    later: Later,
    account: Account,
    loaded: MockConfigEntry,
) -> None:
    """Whatever stands in the place of the file does not stop the messages."""
    await unload(hass, loaded)
    path = path_of(hass)
    path.unlink()
    path.mkdir()
    await set_up(hass, loaded)
    for text in ("one", "two"):
        account.receive(OFFICE, NEIGHBOR, text)
        await later(minutes=1)
    assert heard() == received("one", "two")
    assert {"messages_repeated", "messages_not_saved"} <= told(hass)


async def test_what_a_message_costs(
    hass: HomeAssistant,
    heard: Heard,
    later: Later,
    account: Account,
    loaded: MockConfigEntry,
) -> None:
    """Per message, some dozens of bytes are written, over weeks, and synced."""
    written = 0
    write = os.write
    synced: list[int] = []

    def count(file: int, content: bytes) -> int:
        nonlocal written
        written += len(content)
        return write(file, content)

    def note(file: int) -> None:
        synced.append(file)

    with patch("os.write", count), patch("os.fsync", note):
        for _ in range(20):
            for number in range(60):
                account.receive(OFFICE, NEIGHBOR, f"{number}")
            await later(days=1)
    assert len(heard()) == 1200
    assert written < 100 * 1200
    assert len(synced) >= 20
    assert path_of(hass).stat().st_size < 60 * 16 * 40


async def test_many_do_not_block_the_event_loop(
    hass: HomeAssistant,
    heard: Heard,
    later: Later,
    account: Account,
    loaded: MockConfigEntry,
) -> None:
    """Of very many messages, some are delivered at a time."""
    steps: list[int] = []

    def look() -> None:
        steps.append(len(heard()))
        if len(heard()) < 300:
            hass.loop.call_soon(look)

    for number in range(300):
        account.receive(OFFICE, NEIGHBOR, f"{number}")
    hass.loop.call_soon(look)
    await later(minutes=1)
    assert heard() == received(*(f"{number}" for number in range(300)))
    gaps = [after - before for before, after in pairwise(steps)]
    assert max(gaps) <= 100
