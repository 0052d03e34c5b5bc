"""Functions for the phonebook, its groups, and caller ID filters."""

from typing import Final

from ..params import (
    CallerId,
    Callers,
    Either,
    Id,
    Joined,
    OwnDid,
    Pattern,
    PhoneNumber,
    Routing,
    Text,
)
from .model import Function, Update, optional, required

PHONE_OR_SIP: Final = Either(
    PhoneNumber(), pattern=r"sip:\d+|\*\d{2,20}|[^@\s]+@[^@\s]+"
)
CALLERS: Final = Either(
    Callers(15),
    *("0", "anonymous", "i", "p", "s", "sb", "sc"),
    pattern=r"p:\d+",
)

FUNCTIONS: Final = (
    # Phonebook
    Function(
        "getPhonebook",
        optional("phonebook", Id()),
        optional("name", Text()),
        optional("group", Id()),
        optional("group_name", Text()),
        lists="phonebooks",
    ),
    Function(
        "setPhonebook",
        optional("phonebook", Id()),
        optional("speed_dial", Pattern(r"\*75\d{2,4}|\d{2,4}", "*7501")),
        required("name", Text()),
        required("number", PHONE_OR_SIP),
        optional("callerid", CallerId()),
        optional("note", Text(49)),
        optional("group", Id()),
        update=Update("phonebook", reader="getPhonebook", lock="phonebook"),
    ),
    Function("delPhonebook", required("phonebook", Id()), shows=("getPhonebook",)),
    # Phonebook groups
    Function(
        "getPhonebookGroups",
        optional("group", Id()),
        optional("name", Text()),
        lists="phonebooks",
    ),
    Function(
        "setPhonebookGroup",
        optional("group", Id()),
        required("name", Text()),
        optional("members", Joined(Id())),
        update=Update(
            "group",
            reader="getPhonebookGroups",
            fields={"group": "phonebook_group"},
            lock="phonebook",
        ),
    ),
    Function(
        "delPhonebookGroup", required("group", Id()), shows=("getPhonebookGroups",)
    ),
    # Caller ID filters
    Function(
        "getCallerIDFiltering",
        optional("filtering", Id()),
        optional("did", Either(OwnDid(), "all")),
        lists="filtering",
    ),
    Function(
        "setCallerIDFiltering",
        optional("filter", Id()),
        required("callerid", CALLERS),
        required("did", Either(OwnDid(), "all")),
        required("routing", Routing()),
        optional("failover_unreachable", Routing()),
        optional("failover_busy", Routing()),
        optional("failover_noanswer", Routing()),
        optional("note", Text(49)),
        update=Update(
            "filter", reader="getCallerIDFiltering", by={"filtering": "filter"}
        ),
    ),
    Function(
        "delCallerIDFiltering",
        required("filtering", Id()),
        shows=("getCallerIDFiltering",),
    ),
)
