"""The kinds of values that API functions take.

A kind knows three things: what a person may write (`to_wire` reads it), what goes
out to VoIP.ms (`to_wire` returns it), and which input suits it (`selector`, in the
notation of Home Assistant's services.yaml, which is plain data).
"""

from .base import Kind, Selector
from .choices import Choice, Either, Flag, Joined, TrueSwitch, YesNo
from .files import Base64, Contacts, Media, MediaItems
from .phones import (
    CallerId,
    Callers,
    Did,
    IvrChoices,
    Member,
    OwnDid,
    PhoneNumber,
    Routing,
)
from .quantities import Amount, Date, Integer
from .words import Account, Code, Digits, Id, Pattern, Pin, Secret, Text

__all__ = [
    "Account",
    "Amount",
    "Base64",
    "CallerId",
    "Callers",
    "Choice",
    "Code",
    "Contacts",
    "Date",
    "Did",
    "Digits",
    "Either",
    "Flag",
    "Id",
    "Integer",
    "IvrChoices",
    "Joined",
    "Kind",
    "Media",
    "MediaItems",
    "Member",
    "OwnDid",
    "Pattern",
    "PhoneNumber",
    "Pin",
    "Routing",
    "Secret",
    "Selector",
    "Text",
    "TrueSwitch",
    "YesNo",
]
