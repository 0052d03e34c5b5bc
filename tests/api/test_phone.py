"""Phone numbers in any spelling."""

import pytest

from custom_components.voipms.api.errors import VoipmsInvalidValueError
from custom_components.voipms.api.params import (
    Did as DidKind,
    Kind,
    OwnDid,
    PhoneNumber,
)
from custom_components.voipms.api.phone import display, normalize


@pytest.mark.parametrize(
    ("spelling", "number"),
    [
        ("5551230000", "5551230000"),
        ("15551230000", "5551230000"),
        ("+15551230000", "5551230000"),
        ("+1 (555) 123-0000", "5551230000"),
        ("555.123.0000", "5551230000"),
        ("555-123-0000", "5551230000"),
        ("tel:+1-555-123-0000", "5551230000"),
        ("+442079460000", "011442079460000"),
        ("011442079460000", "011442079460000"),
        ("+44 20 7946 0000", "011442079460000"),
        ("+390612345678", "011390612345678"),
        ("22000", "22000"),
        ("911", "911"),
        ("BANK", "BANK"),
        ("anonymous", "anonymous"),
        ("", ""),
    ],
)
def test_spellings_of_a_number(spelling: str, number: str) -> None:
    """The same number always reads the same; what is none stays what it is."""
    assert normalize(spelling) == number


VANITY = [
    ("1-800-FLOWERS", "8003569377"),
    ("+1 (800) flowers", "8003569377"),
    ("1-888-555-HELP", "8885554357"),
    ("833.GO.FEDEX", "8334633339"),
    ("1\u2011877\u2011KARS4KIDS", "8775277454"),
    ("1-800-CONTACTS", "8002668228"),
    ("844-2-CALLME", "8442225563"),
]
NO_NUMBERS = [
    *("555-010-XXXX", "(555) 010-XXXX", "555010XXXX", "1-555-FLOWERS"),
    *("1-900-FLOWERS", "800-FLOWER", "800-555-XXXX", "1-800-555-01XX"),
    *("1-800-FL\u00d6WERS", "800-555-0100 ext 5", "5550100111x3", "call 555 010 0111"),
    *("800flowers@example.com", "1-800-FLOWERS x12", "+44 20 7946 XXXX", "INFO123"),
    *("011 44 20 7946 CALL", "2-800-FLOWERS", "Google"),
]


@pytest.mark.parametrize("kind", [DidKind(), OwnDid(), PhoneNumber()], ids=type)
def test_letters_of_a_number(kind: Kind) -> None:
    """Letters are keys in a toll-free number that spells a word, and nowhere else."""
    for spelling, number in VANITY:
        assert kind.to_wire(spelling) == number
        assert normalize(spelling) == number
    for text in NO_NUMBERS:
        with pytest.raises(VoipmsInvalidValueError) as error:
            kind.to_wire(text)
        assert error.value.placeholders["value"] == text
        assert normalize(text) == text


@pytest.mark.parametrize(
    "spelling",
    [
        "\u0665\u0665\u0665\u0661\u0662\u0663\u0660\u0660\u0660\u0660",
        "\uff15\uff15\uff15\uff11\uff12\uff13\uff10\uff10\uff10\uff10",
        "\u202a+1 555 123 0000\u202c",
        "TEL:+15551230000",
    ],
    ids=["Arabic", "full width", "marks of direction", "address"],
)
def test_digits_of_any_script(spelling: str) -> None:
    """A digit is a digit in any script; what is not seen is not there."""
    for kind in (DidKind(), OwnDid(), PhoneNumber()):
        assert kind.to_wire(spelling) == "5551230000"


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("5551230000", "(555) 123-0000"),
        ("011442079460000", "+44 20 7946 0000"),
        ("22000", "22000"),
        ("BANK", "BANK"),
    ],
)
def test_number_as_people_write_it(number: str, shown: str) -> None:
    """A number is shown as people write it."""
    assert display(number) == shown
