"""Grapheme clusters: user-perceived characters, which may be several code points.

The rules of Unicode (UAX #29) as far as the tables of Python's library go; in case of
doubt, code points stay together.
"""

from collections.abc import Iterator
from typing import Final
import unicodedata

_JOINER: Final = "\u200d"
_VIRAMA: Final = 9
"""The combining class of the signs that join the consonants of Indic scripts."""
_EXTENDS: Final = frozenset(
    {
        "\u200c",  # zero width non-joiner
        "\u0e33",  # Thai and Lao vowels
        "\u0eb3",
        *map(chr, range(0xFF9E, 0xFFA0)),  # voiced sound marks
        *map(chr, range(0x1F3FB, 0x1F400)),  # skin tones
        *map(chr, range(0xE0020, 0xE0080)),  # the letters of flags of regions
    }
)
_PREFIXES: Final = frozenset(
    "\u0d4e\U000111c2\U000111c3\U000113d1\U0001193f\U00011941\U00011a3a"
    "\U00011a84\U00011a85\U00011a86\U00011a87\U00011a88\U00011a89"
    "\U00011d46\U00011f02"
)
"""Letters of Indic scripts that are written as signs of the one after them."""


def graphemes(text: str) -> Iterator[str]:
    """Return the grapheme clusters of a text."""
    begin = flags = 0
    for index in range(1, len(text)):
        before, after = text[index - 1], text[index]
        flags = flags + 1 if _is_regional(before) else 0
        halves_of_a_flag = flags % 2 == 1 and _is_regional(after)
        if not (halves_of_a_flag or _belong_together(before, after)):
            yield text[begin:index]
            begin = index
    if text:
        yield text[begin:]


def _belong_together(before: str, after: str) -> bool:
    """Return True if two code points belong to one cluster, apart from flags."""
    if _is_control(before) or _is_control(after):
        return before == "\r" and after == "\n"
    return (
        _JOINER in (before, after)
        or after in _EXTENDS
        or unicodedata.category(after) in ("Mn", "Mc", "Me")
        or _is_prefix(before)
        or (unicodedata.combining(before) == _VIRAMA and after.isalpha())
        or _is_one_syllable(before, after)
    )


def _is_control(char: str) -> bool:
    """Tell whether a code point is no part of any other character."""
    return unicodedata.category(char) in ("Cc", "Zl", "Zp")


def _is_regional(char: str) -> bool:
    """Tell whether a code point is half a flag."""
    return "\U0001f1e6" <= char <= "\U0001f1ff"


def _is_prefix(char: str) -> bool:
    """Tell whether a code point is a sign for the number or letter after it."""
    if char in _PREFIXES:
        return True
    written = unicodedata.bidirectional(char) in ("AN", "AL", "L")
    return written and unicodedata.category(char) == "Cf"


def _is_one_syllable(before: str, after: str) -> bool:
    """Tell whether two parts of Korean letters make a syllable."""
    leads = "\u1100" <= before <= "\u115f" or "\ua960" <= before <= "\ua97c"
    block = "\uac00" <= before <= "\ud7a3"
    vowel = "\u1160" <= before <= "\u11a7" or "\ud7b0" <= before <= "\ud7c6"
    tail = "\u11a8" <= before <= "\u11ff" or "\ud7cb" <= before <= "\ud7fb"
    if "\u1160" <= after <= "\u11a7" or "\ud7b0" <= after <= "\ud7c6":
        open_block = block and (ord(before) - 0xAC00) % 28 == 0
        return leads or vowel or open_block
    if "\u11a8" <= after <= "\u11ff" or "\ud7cb" <= after <= "\ud7fb":
        return vowel or tail or block
    following = "\u1100" <= after <= "\u115f" or "\ua960" <= after <= "\ua97c"
    return leads and (following or "\uac00" <= after <= "\ud7a3")
