"""Reading attachments from allowed files."""

import asyncio
from functools import partial
import os
from pathlib import Path
import stat
from typing import Final

from homeassistant.core import HomeAssistant

from .refusals import MAX_SECONDS, refused, too_large, too_slow

MAX_SOURCE_BYTES: Final = 20_000_000
"""How large a picture may be before it is scaled down."""

_KERNEL: Final = ("/proc", "/sys")
"""Where files are made up while they are read."""


async def async_read_file(
    hass: HomeAssistant, path: Path, *, root: Path | None = None, allowed: bool = False
) -> bytes:
    """Return what is in a file.

    It must be below `root` or where Home Assistant may read, unless somebody has
    `allowed` it. Raises a translated HomeAssistantError.
    """
    read = partial(_read, hass, path, root, allowed)
    try:
        async with asyncio.timeout(MAX_SECONDS):
            return await hass.async_add_executor_job(read)
    except TimeoutError:
        raise too_slow(str(path)) from None
    except (OSError, ValueError, RuntimeError) as err:
        raise refused("media_not_readable", str(path)) from err


def _read(hass: HomeAssistant, path: Path, root: Path | None, allowed: bool) -> bytes:
    """Read a file; what is no plain file is not even opened."""
    if not allowed and not _may_read(hass, path, root):
        raise refused("media_not_allowed", str(path))
    real = path.resolve(strict=True)
    _check(real.stat(), path)
    if real.is_relative_to(_KERNEL[0]) or real.is_relative_to(_KERNEL[1]):
        raise refused("media_no_file", str(path))
    # What it is may change between the look and the opening.
    flags = os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW | os.O_CLOEXEC
    with os.fdopen(os.open(real, flags), "rb") as file:
        _check(os.fstat(file.fileno()), path)
        data = file.read(MAX_SOURCE_BYTES + 1)
    if len(data) > MAX_SOURCE_BYTES:
        raise too_large(str(path))
    return data


def _may_read(hass: HomeAssistant, path: Path, root: Path | None) -> bool:
    """Return True if Home Assistant may read a file."""
    if root is not None and path.resolve().is_relative_to(root.resolve()):
        return True
    return hass.config.is_allowed_path(str(path))


def _check(found: os.stat_result, path: Path) -> None:
    """Refuse what is not a file with something in it that is small enough."""
    if stat.S_ISDIR(found.st_mode):
        raise IsADirectoryError(path)
    if not stat.S_ISREG(found.st_mode):
        raise refused("media_no_file", str(path))
    if found.st_size == 0:
        raise refused("media_empty", str(path))
    if found.st_size > MAX_SOURCE_BYTES:
        raise too_large(str(path))
