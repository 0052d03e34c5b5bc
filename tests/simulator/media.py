"""Pictures and files: which of them the service takes, and from where."""

from __future__ import annotations

from base64 import b64decode
from ipaddress import ip_address
from pathlib import PurePosixPath
import socket
from urllib.parse import urlsplit

from .contract import DATA_URI, Refusal

LARGEST = 1_200_000
TYPES = frozenset(
    {
        *("image/jpg", "image/jpeg", "image/png", "image/gif"),
        *("audio/mpeg", "audio/mp3", "audio/wav", "audio/x-wav"),
        *("audio/mid", "audio/midi", "audio/x-midi"),
        *("video/mp4", "video/3gpp", "audio/3gpp"),
    }
)
OTHER_ENDINGS = frozenset({".svg", ".pdf", ".heic", ".webp", ".tiff", ".bmp", ".mov"})


def decode_media(value: str) -> tuple[str, bytes] | None:
    """Return the type and bytes of a data URI."""
    if (data := DATA_URI.fullmatch(value)) is None:
        return None
    return data[1] or "application/octet-stream", b64decode(data[2])


def check_media(value: str) -> None:
    """Refuse what the service does not take, or cannot fetch."""
    if (decoded := decode_media(value)) is not None:
        if decoded[0] not in TYPES:
            raise Refusal("invalid_file")
        if len(decoded[1]) > LARGEST:
            raise Refusal("exceeds_file_size")
        return
    url = urlsplit(value)
    if not _is_on_the_internet(url.hostname or ""):
        raise Refusal("missing_file")
    if PurePosixPath(url.path).suffix.lower() in OTHER_ENDINGS:
        raise Refusal("invalid_file")


def _is_on_the_internet(host: str) -> bool:
    """Return True if a server elsewhere can reach a host."""
    try:
        address = ip_address(host)
    except ValueError:
        try:
            address = ip_address(socket.inet_aton(host))
        except OSError:
            ours = (".local", ".lan", ".home", ".internal", ".home.arpa", ".localhost")
            return "." in host and not host.endswith(ours)
    mapped = getattr(address, "ipv4_mapped", None)
    return (mapped or address).is_global
