"""What kind of file something is, by what is in it."""

from dataclasses import dataclass
import mimetypes
from pathlib import PurePosixPath
import re
from typing import Final


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file.

    VoIP.ms takes those with a media type. A picture of another kind can be sent as
    JPEG if Pillow reads it, which knows it by `pillow`.
    """

    name: str
    media_type: str | None = None
    pillow: str | None = None


JPEG: Final = Format("JPEG", "image/jpeg", "JPEG")

_MP4: Final = Format("MP4", "video/mp4")
_3GP: Final = Format("3GP", "video/3gpp")
_HEIC: Final = Format("HEIC")
_AVIF: Final = Format("AVIF", pillow="AVIF")

_MAGIC: Final = tuple(
    (re.compile(pattern, re.DOTALL), kind)
    for pattern, kind in (
        (rb"\xff\xd8\xff", JPEG),
        (rb"\x89PNG\r\n\x1a\n", Format("PNG", "image/png", "PNG")),
        (rb"GIF8[79]a", Format("GIF", "image/gif", "GIF")),
        (rb"RIFF....WEBP", Format("WebP", pillow="WEBP")),
        (rb"RIFF....WAVE", Format("WAV", "audio/wav")),
        (rb"RIFF....AVI ", Format("AVI")),
        (rb"MThd", Format("MIDI", "audio/midi")),
        (rb"ID3|\xff[\xe2\xe3\xf2\xf3\xfa\xfb]", Format("MP3", "audio/mpeg")),
        (rb"\xff[\xf0\xf1\xf8\xf9]", Format("AAC")),
        (rb"....ftyp3g", _3GP),
        (rb"....ftyp(hei|hev|mif1|msf1)", _HEIC),
        (rb"....ftypavi[fs]", _AVIF),
        (rb"....ftypM4[ABP] ", Format("M4A")),
        (rb"....ftypqt  |....(moov|mdat|wide)", Format("QuickTime")),
        (rb"....ftyp", _MP4),
        (rb"BM....\0\0\0\0", Format("BMP", pillow="BMP")),
        (rb"II\*\0|MM\0\*", Format("TIFF", pillow="TIFF")),
        (rb"\x1aE\xdf\xa3", Format("WebM")),
        (rb"OggS", Format("Ogg")),
        (rb"fLaC", Format("FLAC")),
        (rb"#!AMR", Format("AMR")),
        (rb"%PDF-", Format("PDF")),
        (rb"PK\x03\x04", Format("ZIP")),
        (rb"#EXTM3U", Format("HLS")),
        (rb"(?i)(?>\s|<\?xml[^>]*>|<!--.*?-->|<!DOCTYPE[^>]*>)*+<svg", Format("SVG")),
        (rb"(?i)\s*<(!doctype html|html)", Format("HTML")),
    )
)
LONGEST_MAGIC: Final = 1024

TAKEN: Final = frozenset(kind.media_type for _, kind in _MAGIC if kind.media_type)
"""The media types that VoIP.ms takes."""


def recognize(data: bytes) -> Format | None:
    """Return the kind of a file, if it is a known one."""
    head = data[:LONGEST_MAGIC].removeprefix(b"\xef\xbb\xbf")
    return next((kind for pattern, kind in _MAGIC if pattern.match(head)), None)


def refused_ending(path: str) -> str | None:
    """Return the ending of an address that says what VoIP.ms does not take.

    Most addresses say nothing: what answers there may well be a picture.
    """
    ending = PurePosixPath(path).suffix
    kind = mimetypes.guess_type(f"x{ending}")[0]
    if kind is None or kind in TAKEN | _OTHER_NAMES:
        return None
    telling = kind.startswith(_TELLING) or kind in _DOCUMENTS
    return ending.removeprefix(".").upper() if telling else None


_TELLING: Final = ("image/", "audio/", "video/", "application/vnd.")
_DOCUMENTS: Final = frozenset(
    {
        *("application/pdf", "application/zip", "application/msword"),
        *("application/rtf", "text/plain", "text/csv", "text/rtf"),
    }
)
_OTHER_NAMES: Final = frozenset(
    {
        *("image/jpg", "image/pjpeg"),
        *("audio/mp3", "audio/x-wav", "audio/vnd.wave", "audio/wave"),
        *("audio/mid", "audio/sp-midi", "audio/x-midi", "audio/3gpp"),
    }
)
