"""Models of what VoIP.ms returns."""

from typing import Any

import pytest

from custom_components.voipms.api import Did, Message, Routing
from custom_components.voipms.api.errors import VoipmsInvalidValueError


@pytest.mark.parametrize(
    ("text", "header", "record"),
    [
        ("account:100001_VoIP", "account", "100001_VoIP"),
        (
            "sip:5551230000@pbx.example.com:5060",
            "sip",
            "5551230000@pbx.example.com:5060",
        ),
        ("none:", "none", ""),
        ("none", "none", ""),
        ("sys:busy", "sys", "busy"),
        ("VM:1001", "vm", "1001"),
        (" fwd : 1026 ", "fwd", "1026"),
        ("newthing:7", "newthing", "7"),
    ],
)
def test_routing(text: str, header: str, record: str) -> None:
    """A routing is split at its first colon; unknown headers are kept."""
    assert Routing.parse(text) == Routing(header, record)
    assert Routing.parse(str(Routing(header, record))) == Routing(header, record)


@pytest.mark.parametrize(
    "text", ["", "busy", ":", "sys:", "vm:", ":1", "sys:nap", "v m:1", "5:1", "None"]
)
def test_what_is_no_routing(text: str) -> None:
    """What leads nowhere is refused."""
    if text == "None":
        assert str(Routing.parse(text)) == "none:"
        return
    with pytest.raises(VoipmsInvalidValueError):
        Routing.parse(text)


@pytest.mark.parametrize(
    "row",
    [
        {"did": "5551230000", "sms_available": 1, "description": None},
        {"did": 5551230000, "sms_available": "1", "unknown": []},
        {"did": "555.123.0000", "sms_available": "yes"},
        {"did": "+15551230000", "sms_available": True, "next_billing": "0000-00-00"},
    ],
)
def test_number_in_any_form(row: dict[str, Any]) -> None:
    """However VoIP.ms writes a number's record, it reads the same."""
    did = Did.from_dict(row)
    assert (did.did, did.description, did.routing) == ("5551230000", "", "")
    assert did.sms_available is True


ROW = {
    "id": "1",
    "date": "2026-11-20 12:00:00",
    "type": "1",
    "did": "5551230000",
    "contact": "5550100111",
    "message": "Hi",
}


@pytest.mark.parametrize(
    ("change", "media"),
    [
        ({}, ()),
        ({"media": ["https://a/1", "https://a/2"]}, ("https://a/1", "https://a/2")),
        ({"media": {"0": "https://a/1"}}, ("https://a/1",)),
        (
            {"col_media1": "https://a/1", "col_media2": "", "media": ["https://a/1"]},
            ("https://a/1",),
        ),
        ({"media": "", "col_media1": None}, ()),
    ],
)
def test_media_of_a_message(change: dict[str, Any], media: tuple[str, ...]) -> None:
    """Media come in several forms; each is listed once."""
    assert Message.from_row(ROW | change).media == media


@pytest.mark.parametrize("missing", ["id", "date", "did", "contact"])
def test_broken_message(missing: str) -> None:
    """A row without what tells a message apart is no message."""
    with pytest.raises((KeyError, ValueError)):
        Message.from_row({key: value for key, value in ROW.items() if key != missing})
