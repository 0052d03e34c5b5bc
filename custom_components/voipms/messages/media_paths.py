"""Where Home Assistant serves the media of messages, and what they are."""

import mimetypes
from pathlib import PurePosixPath
import re
from typing import Final
from urllib.parse import urlsplit

from ..const import DOMAIN
from .conversations import Kept

PATH: Final = f"/api/{DOMAIN}/media"
SHOWN: Final = ("image", "video", "audio")
_ACTIVE: Final = frozenset({"image/svg+xml"})
LONGEST_NAME: Final = 80


def path_of(entry_id: str, key: str, index: int) -> str:
    """Return the path of a medium."""
    return f"{PATH}/{entry_id}/{key}/{index}"


def guess_type(address: str) -> str:
    """Return what a medium seems to be by its address: most of them are pictures."""
    ending = PurePosixPath(urlsplit(address).path).suffix
    kind = mimetypes.guess_type(f"x{ending}")[0] if ending else "image/jpeg"
    if ending.lower() in (".3gp", ".3gpp", ".amr"):
        return "audio" if ending.lower() == ".amr" else "video"
    word = (kind or "").partition("/")[0]
    return word if word in SHOWN and kind not in _ACTIVE else "file"


def name_of(address: str, index: int) -> str:
    """Return what a medium is called when it is saved."""
    name = PurePosixPath(urlsplit(address).path).name
    name = re.sub(r"[^\w.-]+", "_", name, flags=re.ASCII).strip("._")
    return name[-LONGEST_NAME:] or f"media-{index + 1}"


def picture_paths(entry_id: str, kept: Kept | None) -> list[str]:
    """Return the paths of a message's pictures, without its other media."""
    if kept is None:
        return []
    return [
        path_of(entry_id, kept.key, index)
        for index, address in enumerate(kept.message.media)
        if guess_type(address) == "image"
    ]
