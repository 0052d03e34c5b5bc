"""Which messages have been delivered, kept on disk.

A message must lead to one event: not to none because Home Assistant stopped, and not
to two because it was killed. So a message is entered here in the same step of the
event loop in which its event is fired, before anything else can act on it; a line is
appended and handed to the operating system, which keeps it when the process dies.
Home Assistant's Store writes whole files and later, which cannot give that.

The file has one line per message, an Eastern day and digests that tell neither what
the message said nor whose it was, and lines that tell the cutoff date, before which
nothing is delivered. Lines are only appended until most of them are obsolete.

A second file, written now and then, holds the time of the newest message and a copy of
the first file. It tells a first start from a lost ledger, and what was delivered before
a loss, so that only what came since the copy may be repeated.
"""

from collections.abc import Hashable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from errno import ENOSPC
import hashlib
import os
from pathlib import Path
from time import monotonic
from typing import Any, Final, Self

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.storage import STORAGE_DIR
from homeassistant.util.file import write_utf8_file_atomic

from ..const import DOMAIN, LOGGER

_CUTOFF: Final = "cutoff"
_NO_PICTURES: Final = "no-pictures-before"
_NONE: Final = "none"
_KEY_LENGTHS: Final = (24, 25)
_LONGEST_LINE: Final = 4096
_FEWEST_OBSOLETE: Final = 100
_CHECKPOINT_INTERVAL: Final = 3600.0
"""How many seconds pass between one checkpoint and the next."""


def ledger_of(hass: HomeAssistant, entry: ConfigEntry[Any]) -> Ledger:
    """Return the ledger of an account's messages."""
    name = f"{DOMAIN}.{entry.entry_id}.messages"
    return Ledger(hass, Path(hass.config.path(STORAGE_DIR, name)))


def digest(identity: Hashable) -> str:
    """Return what stands for a message's identity on disk."""
    return hashlib.blake2b(repr(identity).encode(), digest_size=12).hexdigest()


class Condition(StrEnum):
    """In what condition the file was found."""

    NEW = "new"
    SOUND = "sound"
    DAMAGED = "damaged"
    """A few lines cannot be read: as many messages may be repeated."""
    LOST = "lost"
    """What was delivered lately is not known."""


@dataclass(slots=True)
class _Content:
    """What the files say."""

    condition: Condition
    cutoff: date | None
    no_pictures_before: datetime | None
    days: dict[str, date]
    lines: int
    checkpoint: datetime | None


class Ledger:
    """The messages that have been delivered since the cutoff date.

    Everything is known in memory, too, so nothing stops while the disk is full.
    """

    def __init__(self, hass: HomeAssistant, path: Path) -> None:
        """Initialize; nothing is read yet."""
        self._hass = hass
        self._path = path
        self._checkpoint_path = path.with_name(f"{path.name}_checkpoint")
        self._days: dict[str, date] = {}
        self._lines = 0
        """How many lines the file has, obsolete ones included."""
        self._file: int | None = None
        self._pending: list[bytes] | None = None
        """The lines of what is delivered while the file is written anew."""
        self.is_synced = True
        """Whether the disk keeps all that was appended."""
        self._saved_checkpoint: datetime | None = None
        self._checkpoint_at: float | None = None
        self._is_copied = False
        """Whether the second file has all that was delivered."""
        self.is_loaded = False
        self.condition = Condition.NEW
        self.checkpoint: datetime | None = None
        """The time of the newest message that was surely delivered, after a loss."""
        self.cutoff: date | None = None
        """The first day of which messages are delivered; None before the first set-up."""
        self.no_pictures_before: datetime | None = None
        """What getMMS lists from before is no news, since it did not answer then."""
        self.error: OSError | None = None
        """Why deliveries cannot be saved."""

    def __contains__(self, key: str) -> bool:
        """Return True if a message has been delivered."""
        return key in self._days

    @property
    def is_open(self) -> bool:
        """Return True if deliveries can be saved."""
        return self._file is not None

    async def async_load(self) -> None:
        """Read what is there, and open the file unless it has to be written anew."""
        content = await self._hass.async_add_executor_job(self._read)
        self.condition = content.condition
        self.cutoff = content.cutoff
        self.no_pictures_before = content.no_pictures_before
        self.checkpoint = self._saved_checkpoint = content.checkpoint
        self._days |= content.days
        self._lines = content.lines
        self.is_loaded = True
        if self.condition is Condition.SOUND:
            try:
                self._file = await self._hass.async_add_executor_job(self._open)
            except OSError as err:
                self._fail(err)

    # --- Delivering --------------------------------------------------------------

    @callback
    def enter(self, day: date, keys: Iterable[str]) -> None:
        """Enter what has been delivered of a message, all of it or nothing."""
        keys = list(keys)
        self._days.update(dict.fromkeys(keys, day))
        self._is_copied = False
        self._append(f"{day.isoformat()} {' '.join(keys)}\n".encode())

    @callback
    def enter_history(self, day: date, keys: Iterable[str]) -> None:
        """Enter a message that is not delivered; `async_save` writes it down."""
        self._days.update(dict.fromkeys(keys, day))
        self._is_copied = False

    def _append(self, line: bytes) -> None:
        """Hand a line to the operating system."""
        if self._pending is not None:
            self._pending.append(line)
        if self._file is None:
            return
        try:
            _write(self._file, line)
        except OSError as err:
            self._close_file()
            self._fail(err)
        else:
            self._lines += 1
            self.is_synced = False

    def _fail(self, err: OSError) -> None:
        """Note that deliveries cannot be saved; it is logged once."""
        if self.error is None:
            LOGGER.error(
                "Delivered messages cannot be saved to %s: %s", self._path, err.strerror
            )
        self.error = err

    # --- Saving ------------------------------------------------------------------

    async def async_save(
        self,
        cutoff: date,
        no_pictures_before: datetime | None,
        checkpoint: datetime | None,
    ) -> None:
        """Save from which day on messages are delivered, and what they were."""
        is_changed = (cutoff, no_pictures_before) != (
            self.cutoff,
            self.no_pictures_before,
        )
        if self.cutoff is None or cutoff > self.cutoff:
            self._days = {k: day for k, day in self._days.items() if day >= cutoff}
        self.cutoff, self.no_pictures_before = cutoff, no_pictures_before
        obsolete = self._lines - len(self._days)
        if self._file is None or obsolete > max(len(self._days), _FEWEST_OBSOLETE):
            await self._rewrite()
        elif is_changed:
            self._append(self._header())
        await self.async_sync()
        await self._save_checkpoint(checkpoint)

    def _header(self) -> bytes:
        """Return the lines that are not about a message."""
        assert self.cutoff is not None
        before = self.no_pictures_before
        return (
            f"{_CUTOFF} {self.cutoff.isoformat()}\n"
            f"{_NO_PICTURES} {before.isoformat() if before else _NONE}\n"
        ).encode()

    def _content(self) -> bytes:
        """Return all that the file has to tell, without what is obsolete."""
        lines = [f"{day.isoformat()} {key}\n" for key, day in self._days.items()]
        return self._header() + "".join(lines).encode()

    async def _rewrite(self) -> None:
        """Write the file anew, without what is obsolete."""
        content = self._content()
        self._pending = []
        try:
            new = await self._hass.async_add_executor_job(self._write_beside, content)
            # Nothing is delivered between these lines, so nothing gets lost.
            _write(new, b"".join(self._pending))
            self._beside.replace(self._path)
        except OSError as err:
            self._close_file()
            self._fail(err)
            return
        finally:
            self._pending = None
        self._close_file()
        self._file, self._lines = new, content.count(b"\n") - 1
        if self.error:
            LOGGER.warning("Delivered messages can be saved again")
        self.error = None

    @property
    def _beside(self) -> Path:
        """Return where the file is written before it replaces the old one."""
        return self._path.with_name(f"{self._path.name}_new")

    async def async_sync(self) -> None:
        """Have the disk keep what was appended."""
        if self._file is None or self.is_synced:
            return
        self.is_synced = True
        try:
            await self._hass.async_add_executor_job(os.fsync, self._file)
        except OSError as err:
            LOGGER.debug("The ledger could not be synced: %s", err.strerror)

    async def _save_checkpoint(
        self, checkpoint: datetime | None, *, at_once: bool = False
    ) -> None:
        """Save the time of the newest message, and a copy, from time to time."""
        if self.error:
            return  # what is not in the ledger must not count as delivered
        saved_at, now = self._checkpoint_at, monotonic()
        if saved_at is not None:
            if self._is_copied and checkpoint == self._saved_checkpoint:
                return
            if not at_once and now - saved_at < _CHECKPOINT_INTERVAL:
                return
        self._checkpoint_at, self._saved_checkpoint = now, checkpoint
        self._is_copied = True
        await self._hass.async_add_executor_job(
            self._write_checkpoint, checkpoint, self._content()
        )

    async def async_close(self, checkpoint: datetime | None) -> None:
        """Save and close the files."""
        if self._file is not None:
            await self.async_sync()
            await self._save_checkpoint(checkpoint, at_once=True)
        self._close_file()

    def _close_file(self) -> None:
        """Close the file, if it is open."""
        if self._file is not None:
            with suppress(OSError):
                os.close(self._file)
            self._file = None

    # --- In the executor ---------------------------------------------------------

    def _open(self) -> int:
        """Open the file to append to it, on a line of its own."""
        file = os.open(self._path, os.O_WRONLY | os.O_APPEND)
        os.write(file, b"\n")
        return file

    def _write_beside(self, content: bytes) -> int:
        """Write a new file, which the disk keeps, and leave it open."""
        self._path.parent.mkdir(exist_ok=True)
        flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_APPEND
        file = os.open(self._beside, flags, mode=0o600)
        try:
            with open(file, "wb", closefd=False) as stream:
                stream.write(content)
            os.fsync(file)
        except OSError:
            os.close(file)
            raise
        return file

    def _write_checkpoint(self, checkpoint: datetime | None, content: bytes) -> None:
        """Write the second file."""
        time = checkpoint.isoformat() if checkpoint else _NONE
        text = f"{time}\n{content.decode()}"
        with suppress(OSError):
            write_utf8_file_atomic(str(self._checkpoint_path), text, private=True)

    def _read(self) -> _Content:
        """Read the files, as far as they can be read."""
        reader, copy = _Reader(), _Reader()
        is_first = not self._path.exists() and not self._checkpoint_path.exists()
        with suppress(OSError):
            reader.read(self._path.read_bytes())
        checkpoint = None
        with suppress(OSError, ValueError):
            time, _, content = self._checkpoint_path.read_bytes().partition(b"\n")
            copy.read(content)
            checkpoint = datetime.fromisoformat(time.decode("ascii").strip())
            checkpoint = checkpoint.astimezone(UTC)
        condition = Condition.NEW if is_first else reader.condition(checkpoint)
        if condition in (Condition.DAMAGED, Condition.LOST) and reader.restore(copy):
            condition = Condition.DAMAGED
        return _Content(
            condition,
            reader.cutoff,
            reader.no_pictures_before,
            reader.days,
            reader.lines,
            checkpoint,
        )


class _Reader:
    """Reads the lines of a ledger."""

    def __init__(self) -> None:
        """Initialize without a line."""
        self.cutoff: date | None = None
        self.no_pictures_before: datetime | None = None
        self.days: dict[str, date] = {}
        self.lines = 0
        self._broken = 0
        self._is_torn = False

    def read(self, content: bytes) -> Self:
        """Read all lines; what cannot be read costs no other line."""
        for line in content.split(b"\n"):
            if not line:
                continue
            self.lines += 1
            try:
                self._read_line(line.decode("ascii").split(" "))
            except ValueError:
                self._broken += 1
                self._is_torn |= len(line) > _LONGEST_LINE or b"\0" in line
        return self

    def _read_line(self, words: list[str]) -> None:
        """Read a line. Raises ValueError."""
        word, *values = words
        if word == _CUTOFF:
            self.cutoff = date.fromisoformat(*values)
        elif word == _NO_PICTURES:
            [value] = values
            self.no_pictures_before = (
                None if value == _NONE else datetime.fromisoformat(value)
            )
        else:
            day = date.fromisoformat(word)
            if not values or any(len(key) not in _KEY_LENGTHS for key in values):
                raise ValueError("a key is cut short")
            self.days.update(dict.fromkeys(values, day))

    def restore(self, copy: _Reader) -> bool:
        """Add what a copy tells; return True if it is whole."""
        if copy.cutoff is None or copy.condition(None) is Condition.LOST:
            return False
        self.days |= copy.days
        if self.cutoff is None or copy.no_pictures_before is None:
            self.no_pictures_before = copy.no_pictures_before
        self.cutoff = max(copy.cutoff, self.cutoff or copy.cutoff)
        return True

    def condition(self, checkpoint: datetime | None) -> Condition:
        """Return what is to be thought of the file."""
        is_old = (
            checkpoint is not None
            and max(self.days.values(), default=date.min)
            < (checkpoint - timedelta(days=1)).date()
        )
        if self.cutoff is None or self._is_torn or is_old:
            return Condition.LOST
        return Condition.DAMAGED if self._broken else Condition.SOUND


def _write(file: int, content: bytes) -> None:
    """Write all of some bytes. Raises OSError."""
    if os.write(file, content) < len(content):
        raise OSError(ENOSPC, os.strerror(ENOSPC))
