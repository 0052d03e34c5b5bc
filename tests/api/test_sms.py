"""Splitting a text: parts that fit, of whole characters and whole words."""

from hypothesis import given, settings, strategies as st
import pytest

from custom_components.voipms.api.sms import halve, size, split

FACE = "\N{GRINNING FACE}"
CHARACTERS = {
    "family": "\U0001f468\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466",
    "skin": "\U0001f44d\U0001f3fd",
    "heart": "\u2764\ufe0f\u200d\U0001f525",
    "flag": "\U0001f1e8\U0001f1e6",
    "region": "\U0001f3f4\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f",
    "key": "1\ufe0f\u20e3",
    "accents": "a\u0301\u0323",
    "syllable": "\u1112\u1161\u11ab",
    "open syllable": "\ud558\u11ab",
    "conjunct": "\u0915\u094d\u0937\u093f",
    "vowel": "\u0e01\u0e33",
    "dots": "\uff76\uff9e",
    "number": "\u0600\u0661",
    "repha": "\u0d4e\u0d15",
}
"""What a person sees as one character, of several code points."""


def test_nothing_is_wasted() -> None:
    """Each part is paid for, so a part is as full as it can be."""
    assert split(f"{'a' * 160} {'b' * 160}") == ["a" * 160, "b" * 160]
    assert split("é" * 160) == ["é" * 80] * 2


@pytest.mark.parametrize("character", CHARACTERS.values(), ids=CHARACTERS)
def test_characters_stay_whole(character: str) -> None:
    """What is seen as one character is in one part, wherever the end of a part falls."""
    for shift in range(len(character.encode())):
        parts = split("x" * shift + character * 60)
        assert all(size(part) <= 160 for part in parts)
        assert [part.lstrip("x") for part in parts] == [
            character * part.count(character) for part in parts
        ]
        assert sum(part.count(character) for part in parts) == 60


@settings(deadline=None)
@given(st.lists(st.sampled_from([*CHARACTERS.values(), *"aé中 ", FACE]), max_size=200))
def test_nothing_is_lost(characters: list[str]) -> None:
    """Whatever the text: parts that fit, in order, of whole characters."""
    text = "".join(characters)
    parts = split(text)
    assert all(0 < size(part) <= 160 for part in parts)
    assert "".join(parts).replace(" ", "") == text.replace(" ", "")
    rest = [character for character in characters if character != " "]
    for part in parts:
        left = part.replace(" ", "")
        while left:
            assert left.startswith(rest[0])
            left = left.removeprefix(rest.pop(0))


@settings(deadline=None)
@given(st.text(max_size=400))
def test_any_text_can_be_split(text: str) -> None:
    """Any text ends in parts that fit, without a loss but at the gaps between them."""
    parts = split(text)
    assert all(0 < size(part) <= 160 for part in parts)
    assert "".join("".join(parts).split()) == "".join(text.split())


def test_a_character_that_no_sms_holds() -> None:
    """A letter under a heap of accents is cut, since it would not go at all otherwise."""
    heap = "a" + "\u0301" * 200
    parts = split(f"so {heap} what")
    assert "".join(parts).replace(" ", "") == f"so{heap}what"
    assert all(size(part) <= 160 for part in parts)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("one two three four", ["one two", "three four"]),
        ("x" * 160, ["x" * 80] * 2),
        ("a bcdefghijkl", ["a", "bcdefghijkl"]),
        (f"{CHARACTERS['family']} hi", [CHARACTERS["family"], "hi"]),
        (f"{FACE}a", [FACE, "a"]),
        (" one ", ["on", "e"]),
        (CHARACTERS["family"], [CHARACTERS["family"]]),
        ("x", ["x"]),
    ],
)
def test_halves(text: str, parts: list[str]) -> None:
    """Two parts of about the same size, of whole words and characters if possible."""
    assert halve(text) == parts
