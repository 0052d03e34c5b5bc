"""The ledger of delivered messages."""

from datetime import date
from pathlib import Path

import pytest

from custom_components.voipms.messages.ledger import Ledger, digest

TODAY, YESTERDAY = date(2026, 11, 20), date(2026, 11, 19)


def entered(path: Path, *identities: str) -> Ledger:
    """Return a ledger in which messages of today are entered."""
    ledger = Ledger(path)
    ledger.open()
    for identity in identities:
        ledger.enter(digest(identity), TODAY)
    return ledger


def reopened(path: Path) -> Ledger:
    """Return what another process finds."""
    ledger = Ledger(path)
    ledger.open()
    ledger.close()
    return ledger


def test_ledger_survives_a_kill(tmp_path: Path) -> None:
    """What was entered is there even if nobody closed the file."""
    path = tmp_path / "ledger"
    ledger = entered(path, "one", "two")
    found = reopened(path)
    assert digest("one") in found and digest("two") in found
    assert digest("three") not in found
    ledger.close()


@pytest.mark.parametrize("cut", range(1, 38))
def test_ledger_with_its_last_line_cut(tmp_path: Path, cut: int) -> None:
    """A crash in the middle of a line costs that line only, now and later."""
    path = tmp_path / "ledger"
    entered(path, "one", "two").close()
    path.write_bytes(path.read_bytes()[:-cut])
    ledger = entered(path, "three")
    ledger.close()
    found = reopened(path)
    assert digest("one") in found
    assert digest("three") in found
    assert (digest("two") in found) == (cut == 1)


def test_ledger_forgets_what_is_behind_the_horizon(tmp_path: Path) -> None:
    """When the horizon moves, the days before it go, and the file gets shorter."""
    path = tmp_path / "ledger"
    ledger = entered(path, "new")
    ledger.enter(digest("old"), YESTERDAY)
    size = path.stat().st_size
    ledger.move(TODAY)
    ledger.enter(digest("newer"), TODAY)
    ledger.close()
    found = reopened(path)
    assert found.horizon == TODAY
    assert digest("old") not in found
    assert digest("new") in found and digest("newer") in found
    assert path.stat().st_size < size + 40
    assert path.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    "rubbish", ["", "\n\n", "horizon\n", "horizon soon\n", "2026-11-20 short\n", "x"]
)
def test_ledger_with_rubbish(tmp_path: Path, rubbish: str) -> None:
    """What cannot be read is passed over."""
    path = tmp_path / "ledger"
    path.write_text(rubbish, encoding="utf-8")
    entered(path, "one").close()
    found = reopened(path)
    assert digest("one") in found
    assert found.horizon is None


def test_closed_ledger(tmp_path: Path) -> None:
    """A poll that ends after the account was taken down writes nothing."""
    path = tmp_path / "ledger"
    ledger = entered(path, "one")
    ledger.move(YESTERDAY)
    ledger.close()
    before = path.read_bytes()
    ledger.move(TODAY)
    ledger.close()
    assert path.read_bytes() == before
    assert reopened(path).horizon == YESTERDAY
    ledger.remove()
    assert not path.exists()
