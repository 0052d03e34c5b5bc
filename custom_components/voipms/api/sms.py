"""The length of messages, and splitting those that are too long for one SMS.

VoIP.ms counts bytes of UTF-8, but some characters twice, so lengths are estimates.
"""

from typing import Final

from .errors import VoipmsInvalidValueError
from .graphemes import graphemes

SMS_BYTES: Final = 160
MMS_BYTES: Final = 2048

_UNBROKEN: Final = frozenset("\u00a0\u2007\u202f")
"""Non-breaking spaces."""


def size(text: str) -> int:
    """Return the length of a text in bytes."""
    return len(text.encode())


def fits_sms(text: str) -> bool:
    """Return True if a text fits into one SMS."""
    return size(text) <= SMS_BYTES


def check(text: str) -> str:
    """Return a text that can be sent, joining surrogate pairs.

    Raises VoipmsInvalidValueError if it is too long for an MMS, which limits the cost
    of texts that are split as well.
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
    """Split a text into parts of at most `room` bytes, between words if possible.

    Grapheme clusters are not split unless one alone is too long for an SMS.
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
    """Split a text into two parts of similar length, if it can be split."""
    for room in range(size(text) // 2, size(text)):
        if len(parts := split(text, room)) == 2:
            return parts
    return [text]


def _pieces(text: str) -> list[str]:
    """Return the pieces that a text can be split into."""
    return [
        piece
        for grapheme in graphemes(text.rstrip())
        for piece in ((grapheme,) if fits_sms(grapheme) else grapheme)
    ]


def _end(pieces: list[str], begin: int, room: int) -> int:
    """Return the end of a part: after its last whole word, if there is one."""
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
    """Return the start of the next word."""
    while begin < len(pieces) and _is_gap(pieces[begin]):
        begin += 1
    return begin


def _is_gap(piece: str) -> bool:
    """Return True for whitespace that a line may be broken at."""
    return piece.isspace() and piece not in _UNBROKEN
