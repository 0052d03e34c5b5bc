"""The kinds of values that API functions take: what is accepted, and what goes out."""

from .base import Kind
from .choices import Choice, Either, Flag, Joined, TrueSwitch, YesNo
from .files import Base64, Media
from .phones import (
    CallerId,
    Callers,
    Did,
    IvrChoices,
    Member,
    OwnDid,
    PhoneNumber,
    PhoneNumbers,
    Routing,
)
from .quantities import Amount, Date, Integer, Price, Seconds, UtcOffset
from .words import (
    Account,
    Code,
    Digits,
    Email,
    Id,
    MessageText,
    Pattern,
    Pin,
    Secret,
    SecretUrl,
    Text,
)

__all__ = [
    "Account",
    "Amount",
    "Base64",
    "CallerId",
    "Callers",
    "Choice",
    "Code",
    "Date",
    "Did",
    "Digits",
    "Either",
    "Email",
    "Flag",
    "Id",
    "Integer",
    "IvrChoices",
    "Joined",
    "Kind",
    "Media",
    "Member",
    "MessageText",
    "OwnDid",
    "Pattern",
    "PhoneNumber",
    "PhoneNumbers",
    "Pin",
    "Price",
    "Routing",
    "Seconds",
    "Secret",
    "SecretUrl",
    "Text",
    "TrueSwitch",
    "UtcOffset",
    "YesNo",
]
