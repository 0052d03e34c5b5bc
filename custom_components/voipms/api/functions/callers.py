"""Who calls: the phonebook, its groups, and filters by caller ID."""

from dataclasses import replace
from typing import Final

from ..kinds import (
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
from .common import (
    FAILOVER_BUSY,
    FAILOVER_NOANSWER,
    FAILOVER_UNREACHABLE,
    NOTE,
    Record,
    optional,
    required,
)
from .model import Function, Group, Update

ENTRY: Final = Record("phonebook", "phonebook entry", "get_phonebook", "32207")
GROUP: Final = Record("group", "phonebook group", "get_phonebook_groups", "3220")
FILTER: Final = Record(
    "filtering", "caller ID filter", "get_caller_id_filtering", "18915"
)

OWN_OR_ALL: Final = Either(OwnDid(), {"all": "All numbers"})

FUNCTIONS: Final = (
    # Phonebook
    Function(
        method="getPhonebook",
        action="get_phonebook",
        group=Group.READ,
        name="Get phonebook entries",
        about="Lists the entries of the phonebook.",
        icon="mdi:contacts",
        params=(
            ENTRY.read,
            optional(
                "name",
                Text(),
                "Name",
                "Only entries with this in their name.",
                "jane",
            ),
            optional(
                "group",
                Id(),
                "Phonebook group",
                "Only entries of the group with this ID.",
                "3220",
            ),
            optional(
                "group_name",
                Text(),
                "Group name",
                "Only entries of the group with this name.",
                "Work",
            ),
        ),
        lists=("phonebooks",),
    ),
    Function(
        method="setPhonebook",
        action="set_phonebook",
        group=Group.WRITE,
        name="Create or change a phonebook entry",
        about="Adds somebody to the phonebook, or changes an entry.",
        icon="mdi:contacts",
        params=(
            ENTRY.change,
            optional(
                "speed_dial",
                Pattern(r"\*75\d{2,4}|\d{2,4}", "*7501"),
                "Speed dial",
                "The short code that dials the entry.",
                "*7501",
            ),
            required("name", Text(), "Name", "Who it is.", "Jane Smith"),
            required(
                "number",
                Either(PhoneNumber(), pattern=r"sip:\d+|\*\d{2,20}|[^@\s]+@[^@\s]+"),
                "Number",
                "The phone number, a SIP address, or sip: and the ID of a SIP URI.",
                "5551230001",
            ),
            optional(
                "callerid",
                CallerId(),
                "Caller ID override",
                "What the entry's phone shows when you dial it by its short code.",
                "5551230000",
            ),
            NOTE,
            optional(
                "group",
                Id(),
                "Phonebook group",
                "The ID of the group it belongs to, as `get_phonebook_groups` lists it.",
                "3220",
            ),
        ),
        update=Update(
            id="phonebook",
            reader="getPhonebook",
            by={"phonebook": "phonebook"},
            lock="phonebook",
        ),
        shows=("getPhonebook",),
    ),
    Function(
        method="delPhonebook",
        action="delete_phonebook",
        group=Group.DELETE,
        name="Delete a phonebook entry",
        about="Deletes an entry of the phonebook. This cannot be undone.",
        icon="mdi:delete",
        params=(ENTRY.delete,),
        shows=("getPhonebook",),
    ),
    # Phonebook groups
    Function(
        method="getPhonebookGroups",
        action="get_phonebook_groups",
        group=Group.READ,
        name="Get phonebook groups",
        about="Lists the groups of the phonebook and who is in them.",
        icon="mdi:account-group",
        params=(
            GROUP.read,
            optional("name", Text(), "Name", "Only the group with this name.", "Work"),
        ),
        lists=("phonebooks",),
    ),
    Function(
        method="setPhonebookGroup",
        action="set_phonebook_group",
        group=Group.WRITE,
        name="Create or change a phonebook group",
        about="Creates a group of phonebook entries, or changes one.",
        icon="mdi:account-group",
        params=(
            GROUP.change,
            required(
                "name",
                Text(),
                "Name",
                "What the group is called in lists.",
                "Work",
            ),
            optional(
                "members",
                Joined(Id()),
                "Members",
                "The IDs of its entries, as `get_phonebook` lists them.",
                ["123456", "654321"],
            ),
        ),
        update=Update(
            id="group",
            reader="getPhonebookGroups",
            by={"group": "group"},
            fields={"group": "phonebook_group"},
            lock="phonebook",
        ),
        shows=("getPhonebookGroups",),
    ),
    Function(
        method="delPhonebookGroup",
        action="delete_phonebook_group",
        group=Group.DELETE,
        name="Delete a phonebook group",
        about="Deletes a group of the phonebook. This cannot be undone.",
        icon="mdi:delete",
        params=(GROUP.delete,),
        shows=("getPhonebookGroups",),
    ),
    # Caller ID filters
    Function(
        method="getCallerIDFiltering",
        action="get_caller_id_filtering",
        group=Group.READ,
        name="Get caller ID filters",
        about="Lists the filters, which route calls of certain callers differently.",
        icon="mdi:filter",
        params=(
            FILTER.read,
            optional(
                "did",
                OWN_OR_ALL,
                "Number",
                "Only filters of this number, or only those of all numbers.",
                "5551230000",
            ),
        ),
        lists=("filtering",),
    ),
    Function(
        method="setCallerIDFiltering",
        action="set_caller_id_filtering",
        group=Group.WRITE,
        name="Create or change a caller ID filter",
        about="Routes calls of certain callers differently, or changes such a filter.",
        icon="mdi:filter",
        params=(
            replace(FILTER.change, name="filter"),
            required(
                "callerid",
                Either(
                    Callers(max_length=15),
                    {
                        "0": "Anonymous callers",
                        "anonymous": "Anonymous callers, as the portal writes it",
                        "i": "Callers outside North America",
                        "p": "Everybody in the phonebook",
                        "s": "STIR/SHAKEN attestation (s)",
                        "sb": "STIR/SHAKEN attestation (sb)",
                        "sc": "STIR/SHAKEN attestation (sc)",
                    },
                    pattern=r"p:\d+",
                ),
                "Callers",
                "A phone number, a kind of caller, or p: and a phonebook group. In a"
                " number, X stands for any digit, and * at the end for anything:"
                " `214XXXXXXX`, `800*`, or `*` for everybody.",
                "5551230001",
            ),
            required(
                "did",
                OWN_OR_ALL,
                "Number",
                "The number of the account that the filter watches, or all.",
                "5551230000",
            ),
            required(
                "routing",
                Routing(),
                "Routing",
                "Where the calls of these callers go.",
                "sys:hangup",
            ),
            FAILOVER_UNREACHABLE,
            FAILOVER_BUSY,
            FAILOVER_NOANSWER,
            NOTE,
        ),
        update=Update(
            id="filter", reader="getCallerIDFiltering", by={"filtering": "filter"}
        ),
        shows=("getCallerIDFiltering",),
    ),
    Function(
        method="delCallerIDFiltering",
        action="delete_caller_id_filtering",
        group=Group.DELETE,
        name="Delete a caller ID filter",
        about="Deletes a caller ID filter. This cannot be undone.",
        icon="mdi:filter-remove",
        params=(FILTER.delete,),
        shows=("getCallerIDFiltering",),
    ),
)
