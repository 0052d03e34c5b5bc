"""Phone numbers: how people write them, how VoIP.ms wants them, how to show them."""

from importlib import import_module
import re
from typing import TYPE_CHECKING, Final

from .errors import VoipmsInvalidValueError

if TYPE_CHECKING:
    from phonenumbers import PhoneNumber

REGION = "US"  # stands for the whole North American Numbering Plan
INTERNATIONAL_PREFIX = "011"

_PLAIN: Final = re.compile(r"([2-9]\d\d)(\d{3})(\d{4})", re.ASCII)
"""Ten digits as VoIP.ms writes them. They are what they are without a library."""


def load() -> None:
    """Import what reads all other numbers, which takes long, before it is needed."""
    import_module("phonenumbers")


def _parse(value: object) -> PhoneNumber | None:
    """Read a number in any usual spelling; None for what is no full number."""
    text = str(value).strip()
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
    text = str(value)
    digits = "".join(char for char in text if char.isdecimal())
    if not digits or any(char.isalpha() for char in text):
        raise VoipmsInvalidValueError("invalid_did", value=text)
    return digits[1:] if len(digits) == 11 and digits[0] == "1" else digits


def to_destination(value: object) -> str:
    """Return a number as VoIP.ms dials it.

    Ten digits in North America, with the international prefix elsewhere; a
    short code of three to six digits stays as it is. Raises
    VoipmsInvalidValueError for what cannot be dialled.
    """
    digits = str(value).strip()
    if digits.isascii() and digits.isdigit() and 3 <= len(digits) <= 6:
        return digits
    if _PLAIN.fullmatch(digits):
        return digits
    if (number := _parse(value)) is None:
        raise VoipmsInvalidValueError("invalid_phone_number", value=str(value))
    if number.country_code == 1:
        return _digits(number)
    return f"{INTERNATIONAL_PREFIX}{number.country_code}{_digits(number)}"


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
