"""Parameters, kinds and words that functions of several families share."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from ..kinds import (
    Account,
    Amount,
    Choice,
    Date,
    Did,
    Either,
    Flag,
    Id,
    Integer,
    Kind,
    OwnDid,
    Pattern,
    Routing,
    Text,
    TrueSwitch,
)
from .model import Param


def required(name: str, kind: Kind, label: str, about: str, example: Any) -> Param:
    """Return a parameter that a call cannot do without."""
    return Param(
        name=name, kind=kind, label=label, about=about, required=True, example=example
    )


def optional(
    name: str, kind: Kind, label: str, about: str, example: Any = None
) -> Param:
    """Return a parameter that may be left out."""
    return Param(name=name, kind=kind, label=label, about=about, example=example)


def spelling(words: Mapping[str, str]) -> Callable[[str], str]:
    """Return what writes a few words otherwise, and all others as they are."""
    return lambda text: words.get(text, text)


@dataclass(frozen=True, slots=True)
class Record:
    """A sort of record: the parameter that names one, and the action that lists all."""

    param: str
    noun: str
    lister: str
    example: str

    @property
    def _label(self) -> str:
        """Return the noun as the head of a field."""
        return self.noun[0].upper() + self.noun[1:]

    @property
    def read(self) -> Param:
        """Return the parameter that narrows a list down to one record."""
        about = f"Only the {self.noun} with this ID. Leave it out for all."
        return optional(self.param, Id(), self._label, about, self.example)

    @property
    def change(self) -> Param:
        """Return the parameter that tells a change from a new record."""
        about = (
            f"The ID of the {self.noun} to change, as `{self.lister}` lists it."
            " Leave it out to make a new one."
        )
        return optional(self.param, Id(), self._label, about, self.example)

    @property
    def delete(self) -> Param:
        """Return the parameter that says what to delete."""
        about = f"The ID of the {self.noun} to delete, as `{self.lister}` lists it."
        return required(self.param, Id(), self._label, about, self.example)


# --- Kinds -----------------------------------------------------------------------

SECONDS: Final = "seconds"

EMAIL: Final = Pattern(r"[^@\s]+@[^@\s]+\.[^@\s]+", "jane@example.com", "email")
SECRET_URL: Final = Pattern(
    r"https?://[^\s/]\S*", "https://example.com/messages", "url", secret=True
)
LANGUAGE: Final = Choice({"en": "English", "fr": "French", "es": "Spanish"})
MUSIC: Final = Either(
    Pattern(r"[\w-]+", "jazz"), {"default": "Default", "jazz": "Easy listening"}
)
MAILBOX: Final = Either(Id(), {"none": "None"})
RECORDING: Final = Either(Id(), {"none": "None"})
ORDER: Final = Choice({"follow": "In the given order", "random": "At random"})
PRICE: Final = Amount(unit="USD")
TIMEZONE: Final = Integer(-12, 13, unit="hours")
PROVINCES: Final = Choice(
    {
        "AB": "Alberta",
        "BC": "British Columbia",
        "MB": "Manitoba",
        "NB": "New Brunswick",
        "NL": "Newfoundland and Labrador",
        "NS": "Nova Scotia",
        "NT": "Northwest Territories",
        "NU": "Nunavut",
        "ON": "Ontario",
        "PE": "Prince Edward Island",
        "QC": "Quebec",
        "SK": "Saskatchewan",
        "YT": "Yukon",
    }
)

# --- A number, and where its calls go --------------------------------------------

DID: Final = required(
    "did",
    OwnDid(),
    "Number",
    "A number of the account, in any usual spelling.",
    "5551230000",
)
NEW_DID: Final = required(
    "did",
    Did(),
    "Number",
    "The number to order, as a search action found it.",
    "5551230000",
)
ROUTING: Final = required(
    "routing",
    Routing(),
    "Routing",
    "Where calls go, such as `account:100001_VoIP` or `fwd:18635`: a kind of destination, a colon and its ID.",
    "account:100001_VoIP",
)
FAILOVER_BUSY: Final = optional(
    "failover_busy",
    Routing(),
    "Failover when busy",
    "Where calls go when the line is busy.",
    "vm:101",
)
FAILOVER_UNREACHABLE: Final = optional(
    "failover_unreachable",
    Routing(),
    "Failover when unreachable",
    "Where calls go when the destination is offline.",
    "fwd:18635",
)
FAILOVER_NOANSWER: Final = optional(
    "failover_noanswer",
    Routing(),
    "Failover without answer",
    "Where calls go when nobody picks up in time.",
    "vm:101",
)
VOICEMAIL: Final = optional(
    "voicemail",
    MAILBOX,
    "Voicemail",
    "The mailbox that the number uses, as `get_voicemails` lists it, or none.",
    "101",
)
POP: Final = required(
    "pop",
    Id(),
    "Server (POP)",
    "The server that handles the calls: a `server_pop` of `get_servers_info`.",
    "5",
)
DIALTIME: Final = required(
    "dialtime",
    Integer(1, unit=SECONDS),
    "Ring time",
    "How long the destination rings before the call fails over, in seconds.",
    60,
)
CNAM: Final = required(
    "cnam",
    Flag(),
    "Caller name lookup (CNAM)",
    "Whether the name of each caller is looked up, which costs a little per call.",
    True,
)
CALLERID_PREFIX: Final = optional(
    "callerid_prefix",
    Text(19),
    "Caller ID prefix",
    "Put before the caller's name, to tell the numbers of the account apart.",
    "Home",
)
NOTE: Final = optional(
    "note", Text(49), "Note", "A remark of your own, for your eyes only.", "Family line"
)
BILLING_TYPE: Final = required(
    "billing_type",
    Choice({"1": "Per minute", "2": "Flat rate"}),
    "Billing",
    "Whether incoming calls are paid by the minute or by a monthly flat rate.",
    "1",
)

# --- Resellers -------------------------------------------------------------------

RESELLER_ACCOUNT: Final = optional(
    "account",
    Account(),
    "Reseller sub-account",
    "The sub-account of your client that gets the number.",
    "100001_VoIP",
)
MONTHLY: Final = optional(
    "monthly", PRICE, "Monthly fee", "What your client pays each month.", 3.50
)
SETUP: Final = optional(
    "setup", PRICE, "Setup fee", "What your client pays once.", 1.99
)
MINUTE: Final = optional(
    "minute", PRICE, "Minute rate", "What your client pays for each minute.", 0.03
)
CLIENT: Final = optional(
    "client",
    Id(),
    "Client",
    "Only what belongs to the reseller client with this ID.",
    "561115",
)

# --- Messages and calls ----------------------------------------------------------

SMS_ACCOUNT_ENABLED: Final = optional(
    "sms_sipaccount_enabled",
    Flag(),
    "Messages to a SIP account",
    "Whether incoming messages are passed on to a SIP account.",
    False,
)
SMS_ACCOUNT: Final = optional(
    "sms_sipaccount",
    Account(),
    "SIP account for messages",
    "The account or sub-account that incoming messages are passed on to.",
    "100001_VoIP",
)
TEST: Final = optional(
    "test",
    TrueSwitch(),
    "Test",
    "Only try whether it would work: nothing is changed and nothing is paid.",
    True,
)


def day(name: str, label: str, about: str, *, needed: bool = False) -> Param:
    """Return a parameter that is one end of a range of days."""
    return Param(
        name=name,
        kind=Date(),
        label=label,
        about=about,
        required=needed,
        example="2026-03-30",
    )
