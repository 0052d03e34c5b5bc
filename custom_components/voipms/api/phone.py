"""Phone numbers: how people write them, how VoIP.ms wants them, how to show them."""

from importlib import import_module
import re
import string
from typing import TYPE_CHECKING, Final
import unicodedata

from .errors import VoipmsInvalidValueError

if TYPE_CHECKING:
    from phonenumbers import PhoneNumber

REGION = "US"  # stands for the whole North American Numbering Plan
INTERNATIONAL_PREFIX = "011"

_PLAIN: Final = re.compile(r"([2-9]\d\d)(\d{3})(\d{4})", re.ASCII)
"""Ten digits as VoIP.ms writes them. They are what they are without a library."""

_SHORT: Final = re.compile(r"\d{3,6}", re.ASCII)
_VANITY: Final = re.compile(
    r"(?:\+?1)?(8(?:00|22|33|44|55|66|77|8\d))(?=\d{0,6}[A-Z])([A-Z\d]{7})[A-Z]*",
    re.ASCII,
)
"""A toll-free number that spells a word. What is beyond seven keys is not dialled."""
_KEYPAD: Final = str.maketrans(string.ascii_uppercase, "22233344455566677778889999")
_PUNCTUATION: Final = re.compile(r"[\s().\-/\u2010-\u2015]+")


def load() -> None:
    """Import what reads all other numbers, which takes long, before it is needed."""
    import_module("phonenumbers")


def _plain(value: object) -> str | None:
    """Return a spelling without letters and marks that are not seen; None for words.

    The only letters that are keys of a telephone are those of a vanity number, such
    as 1-800-FLOWERS.
    """
    text = "".join(
        str(unicodedata.decimal(char, char))
        for char in str(value).strip()
        if unicodedata.category(char) != "Cf"
    )
    text = re.sub(r"^tel:", "", text, flags=re.IGNORECASE)
    if not any(char.isalpha() for char in text):
        return text
    text = _PUNCTUATION.sub("", text)
    vanity = _VANITY.fullmatch(text.upper()) if text.isascii() else None
    if vanity is None:
        return None
    area, word = vanity.groups()
    if set(word) <= {*string.digits, "X"}:
        return None  # a place held for digits
    return f"{area}{word.translate(_KEYPAD)}"


def _parse(value: object) -> PhoneNumber | None:
    """Read a number in any usual spelling; None for what is no full number."""
    if (text := _plain(value)) is None:
        return None
    if text.startswith(INTERNATIONAL_PREFIX):
        text = f"+{text.removeprefix(INTERNATIONAL_PREFIX)}"
    import phonenumbers

    try:
        number = phonenumbers.parse(text, REGION)
    except phonenumbers.NumberParseException:
        return None
    reason = phonenumbers.is_possible_number_with_reason(number)
    possible = reason == phonenumbers.ValidationResult.IS_POSSIBLE
    if possible and not number.extension:
        return number
    return None  # such as a number without its area code


def to_did(value: object) -> str:
    """Return the ten digits of a North American number.

    Raises VoipmsInvalidValueError for anything else.
    """
    number = _parse(value)
    if number is None or number.country_code != 1:
        raise VoipmsInvalidValueError("invalid_did", value=str(value))
    return _digits(number)


def to_own(value: object) -> str:
    """Return a number of the account as VoIP.ms writes it: digits, without a 1 first.

    Not every number that an account can have is North American. Raises
    VoipmsInvalidValueError for what has no digits or anything but a number.
    """
    digits = "".join(char for char in _plain(value) or "" if char.isdecimal())
    if not digits:
        raise VoipmsInvalidValueError("invalid_did", value=str(value))
    return digits[1:] if len(digits) == 11 and digits[0] == "1" else digits


def to_destination(value: object) -> str:
    """Return a number as VoIP.ms dials it.

    Ten digits in North America, with the international prefix elsewhere; a
    short code of three to six digits stays as it is. Raises
    VoipmsInvalidValueError for what cannot be dialled.
    """
    digits = _plain(value) or ""
    if _SHORT.fullmatch(digits) or _PLAIN.fullmatch(digits):
        return digits
    if (number := _parse(value)) is None:
        raise VoipmsInvalidValueError("invalid_phone_number", value=str(value))
    if number.country_code == 1:
        return _digits(number)
    return f"{INTERNATIONAL_PREFIX}{number.country_code}{_digits(number)}"


def to_recipient(value: object) -> str:
    """Return a number as VoIP.ms sends messages to it: the ten digits of North America.

    Others, short codes among them, can be received from. Raises
    VoipmsInvalidValueError for them, and for what is no number.
    """
    number = to_destination(value)
    if not _PLAIN.fullmatch(number):
        raise VoipmsInvalidValueError("takes_no_messages", value=display(number))
    return number


def costs_more(value: object) -> bool:
    """Return True unless a number is an ordinary one of the USA or Canada.

    The numbering plan holds dear ones as well, such as Caribbean and premium-rate
    numbers. No number at all costs nothing.
    """
    if not str(value).strip():
        return False
    if (number := _parse(value)) is None:
        return True
    from phonenumbers import PhoneNumberType, number_type, region_code_for_number

    # Numbers that are not assigned, such as those of examples, have no region.
    return (
        number.country_code != 1
        or region_code_for_number(number) not in ("US", "CA", None)
        or number_type(number) == PhoneNumberType.PREMIUM_RATE
    )


def normalize(value: str) -> str:
    """Return the form under which the same number always compares equal.

    What cannot be read as a number (a name, a short code) stays as it is.
    """
    try:
        return to_destination(value)
    except VoipmsInvalidValueError:
        return value


def display(value: str) -> str:
    """Return a number as people write it: (555) 123-0000, or +44 20 7946 0000."""
    if plain := _PLAIN.fullmatch(value):
        return "({}) {}-{}".format(*plain.groups())
    if (number := _parse(value)) is None:
        return value
    from phonenumbers import PhoneNumberFormat, format_number

    if number.country_code == 1:
        return format_number(number, PhoneNumberFormat.NATIONAL)
    return format_number(number, PhoneNumberFormat.INTERNATIONAL)


def _digits(number: PhoneNumber) -> str:
    """Return the national digits, leading zeros included."""
    import phonenumbers

    return phonenumbers.national_significant_number(number)
