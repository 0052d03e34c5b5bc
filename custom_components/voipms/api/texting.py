"""How long a text is to VoIP.ms, and what becomes of one that is too long for SMS."""

from typing import Final

from .errors import VoipmsInvalidValueError

SMS_LENGTH: Final = 160
"""How many characters of the GSM alphabet an SMS holds."""
UNICODE_LENGTH: Final = 70
"""How many UTF-16 units it holds if one character is of no GSM alphabet."""
MMS_LENGTH: Final = 2048

_GSM: Final = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡"
    "ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_GSM_ESCAPED: Final = frozenset("\f^{}\\[~]|€")


def fits_sms(text: str) -> bool:
    """Tell whether a text fits into one SMS."""
    return _size(text) <= _room(text)


def _room(text: str) -> int:
    """Return how much an SMS holds of a text's characters."""
    return SMS_LENGTH if set(text) <= _GSM | _GSM_ESCAPED else UNICODE_LENGTH


def _size(text: str) -> int:
    """Return how much of an SMS a text takes."""
    if _room(text) == SMS_LENGTH:
        return len(text) + sum(char in _GSM_ESCAPED for char in text)
    return len(text.encode("utf-16-le")) // 2


def check(text: str) -> str:
    """Return a text that can be sent; raise VoipmsInvalidValueError if it is too long.

    The bound is that of an MMS. It also holds for texts that are split, since each
    part is paid for.
    """
    if len(text) > MMS_LENGTH:
        raise VoipmsInvalidValueError(
            "too_long",
            field="message",
            length=str(len(text)),
            maximum=str(MMS_LENGTH),
        )
    return text


def split(text: str) -> list[str]:
    """Split a text into parts that each fit an SMS, between words where possible."""
    parts: list[str] = []
    text = text.strip()
    while not fits_sms(text):
        end = 1
        while fits_sms(text[: end + 1]):
            end += 1
        room = end + 1  # a space after the last character that fits is as good
        if (space := max(text.rfind(" ", 0, room), text.rfind("\n", 0, room))) > 0:
            end = space
        parts.append(text[:end].rstrip())
        text = text[end:].lstrip()
    return [*parts, text] if text else parts
