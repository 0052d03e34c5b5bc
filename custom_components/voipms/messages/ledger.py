"""Which messages Home Assistant has been told of, kept on disk.

A message must lead to one event: not to none because Home Assistant stopped, and not
to two because it was killed. So a message is entered here in the same step of the
event loop in which its event is fired, before anything else can act on it; a line is
appended and handed to the operating system, which keeps it when the process dies.
Home Assistant's Store writes whole files and later, which cannot give that.

On disk is a text file of one line a key: an Eastern day and a digest, nothing that
tells what a message said or whose it was. A message has a key of its own; another one
says that its media have been told, another that its group message has been delivered. Days before the horizon are dropped whenever
the horizon moves, so the file holds two days of messages, or those of an outage.
"""

from collections.abc import Hashable
from datetime import date
import hashlib
import os
from pathlib import Path
from threading import Lock
from typing import Any, Final

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant
from homeassistant.helpers.storage import STORAGE_DIR
from homeassistant.util.file import write_utf8_file_atomic

from ..const import DOMAIN

_HORIZON: Final = "horizon"
KEY_LENGTHS: Final = (24, 25)


def ledger_of(hass: HomeAssistant, entry: ConfigEntry[Any]) -> Ledger:
    """Return the ledger of an account's messages."""
    name = f"{DOMAIN}.{entry.entry_id}.messages"
    return Ledger(Path(hass.config.path(STORAGE_DIR, name)))


def digest(identity: Hashable) -> str:
    """Return what stands for a message's identity on disk."""
    return hashlib.blake2b(repr(identity).encode(), digest_size=12).hexdigest()


class Ledger:
    """The messages that have been delivered since the horizon.

    `open`, `move` and `close` write files and belong in the executor; `enter` is made
    for the event loop.
    """

    def __init__(self, path: Path) -> None:
        """Name the file; nothing is read yet."""
        self._path = path
        self._days: dict[str, date] = {}
        self._file: int | None = None
        self._lock = Lock()
        self.horizon: date | None = None
        """The first day of which every message is accounted for; None at first."""

    def __contains__(self, key: str) -> bool:
        """Tell whether a message has been delivered."""
        return key in self._days

    @property
    def is_open(self) -> bool:
        """Tell whether deliveries can be written down."""
        return self._file is not None

    def open(self) -> None:
        """Read what is there. A last line cut short by a crash is left out."""
        if self._path.exists():
            for line in self._path.read_text(encoding="utf-8").splitlines():
                word, _, value = line.partition(" ")
                self._read(word, value)
        else:
            self._path.parent.mkdir(exist_ok=True)
        self._append()

    def _read(self, word: str, value: str) -> None:
        """Read a line: the horizon, or a message under its day."""
        try:
            if word == _HORIZON:
                self.horizon = date.fromisoformat(value)
            elif len(value) in KEY_LENGTHS:
                self._days[value] = date.fromisoformat(word)
        except ValueError:
            return

    def enter(self, key: str, day: date, *more: str) -> None:
        """Write down what has been delivered of a message, all of it or nothing."""
        keys = (key, *more)
        with self._lock:
            self._days.update(dict.fromkeys(keys, day))
            if self._file is not None:
                lines = [f"{day.isoformat()} {key}\n" for key in keys]
                os.write(self._file, "".join(lines).encode())

    def move(self, horizon: date) -> None:
        """Forget what lies before a day that is fully accounted for."""
        with self._lock:  # what is delivered meanwhile must not be lost
            if self._file is None:
                return  # closed while the messages were on their way
            self.horizon = horizon
            self._days = {key: day for key, day in self._days.items() if day >= horizon}
            lines = [f"{_HORIZON} {horizon.isoformat()}\n"]
            lines += [f"{day.isoformat()} {key}\n" for key, day in self._days.items()]
            write_utf8_file_atomic(str(self._path), "".join(lines), private=True)
            os.close(self._file)
            self._append()

    def _append(self) -> None:
        """Open the file to append to it, on a line of its own."""
        flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT
        self._file = os.open(self._path, flags, mode=0o600)
        if self._path.stat().st_size:
            os.write(self._file, b"\n")

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            if self._file is not None:
                os.close(self._file)
                self._file = None

    def remove(self) -> None:
        """Forget everything."""
        self.close()
        self._path.unlink(missing_ok=True)
