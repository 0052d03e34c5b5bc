"""How much a text is to VoIP.ms, and what becomes of one that is too much for SMS.

VoIP.ms counts bytes of UTF-8. Since it has been seen to count some characters twice,
what is counted here is a forecast.
"""

from typing import Final

from .errors import VoipmsInvalidValueError
from .graphemes import graphemes

SMS_BYTES: Final = 160
MMS_BYTES: Final = 2048

_UNBROKEN: Final = frozenset("\u00a0\u2007\u202f")
"""The spaces at which a line, and so a text, does not end."""


def size(text: str) -> int:
    """Return how much of a message a text takes."""
    return len(text.encode())


def fits_sms(text: str) -> bool:
    """Return True if a text fits into one SMS."""
    return size(text) <= SMS_BYTES


def check(text: str) -> str:
    """Return a text that can be sent; raise VoipmsInvalidValueError if it is too long.

    The bound is that of an MMS. It also holds for texts that are split, since each
    part is paid for. What came as halves of UTF-16 characters is put together.
    """
    text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    if (length := size(text)) > MMS_BYTES:
        raise VoipmsInvalidValueError(
            "message_too_long",
            field="message",
            length=str(length),
            maximum=str(MMS_BYTES),
        )
    return text


def split(text: str, room: int = SMS_BYTES) -> list[str]:
    """Split a text into parts of `room` bytes at most, between words where possible.

    What a person sees as one character stays whole, unless it alone is more than an
    SMS holds.
    """
    pieces = _pieces(text)
    parts: list[str] = []
    begin = _skip_gap(pieces, 0)
    while begin < len(pieces):
        end = _end(pieces, begin, room)
        parts.append("".join(pieces[begin:end]))
        begin = _skip_gap(pieces, end)
    return parts


def halve(text: str) -> list[str]:
    """Split a text into two parts of about the same size, if it can be split at all."""
    for room in range(size(text) // 2, size(text)):
        if len(parts := split(text, room)) == 2:
            return parts
    return [text]


def _pieces(text: str) -> list[str]:
    """Return what a text can be cut into."""
    return [
        piece
        for grapheme in graphemes(text.rstrip())
        for piece in ((grapheme,) if fits_sms(grapheme) else grapheme)
    ]


def _end(pieces: list[str], begin: int, room: int) -> int:
    """Return where a part ends: after its last whole word, if it holds one."""
    taken = 0
    word_end: int | None = None
    for index in range(begin, len(pieces)):
        if _is_gap(pieces[index]) and not _is_gap(pieces[index - 1]):
            word_end = index
        taken += size(pieces[index])
        if taken > room:
            return word_end or max(index, begin + 1)
    return len(pieces)


def _skip_gap(pieces: list[str], begin: int) -> int:
    """Return where the next word begins."""
    while begin < len(pieces) and _is_gap(pieces[begin]):
        begin += 1
    return begin


def _is_gap(piece: str) -> bool:
    """Return True for what is between words."""
    return piece.isspace() and piece not in _UNBROKEN
