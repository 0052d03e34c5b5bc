"""The account itself: its balance, its calls, the servers it talks to."""

from typing import Final

from ..kinds import Account, Flag, Id, Text, TrueSwitch
from .common import LANGUAGE, MUSIC, TIMEZONE, day, optional, required
from .model import Function, Group

FUNCTIONS: Final = (
    Function(
        method="getBalance",
        action="get_balance",
        group=Group.READ,
        name="Get balance",
        about="Returns how much money is left, and on request what was spent.",
        icon="mdi:cash",
        params=(
            optional(
                "advanced",
                TrueSwitch(),
                "Statistics",
                "Whether counts, times and costs of calls are added.",
                True,
            ),
        ),
    ),
    Function(
        method="getRegistrationStatus",
        action="get_registration_status",
        group=Group.READ,
        name="Get registration status",
        about="Tells whether a sub-account is signed in, from where and to which server.",
        icon="mdi:lan-connect",
        params=(
            required(
                "account",
                Account(),
                "Account",
                "The account or sub-account, as `get_sub_accounts` lists it.",
                "100001_VoIP",
            ),
        ),
        lists=("registrations",),
    ),
    Function(
        method="getServersInfo",
        action="get_servers_info",
        group=Group.READ,
        name="Get servers",
        about="Lists the servers (POPs) that calls can go through.",
        icon="mdi:server-network",
        params=(
            optional(
                "server_pop",
                Id(),
                "Server (POP)",
                "Only the server with this number. Leave it out for all.",
                "1",
            ),
        ),
        lists=("servers",),
    ),
    Function(
        method="getCDR",
        group=Group.READ,
        name="Get calls",
        about="Lists the calls of a range of days, with what they cost.",
        icon="mdi:phone-log",
        params=(
            day("date_from", "From", "The first day.", needed=True),
            day("date_to", "To", "The last day.", needed=True),
            *(
                optional(
                    name, Flag(), label, f"Whether calls {which} are listed.", True
                )
                for name, label, which in (
                    ("answered", "Answered", "that were answered"),
                    ("noanswer", "Not answered", "that nobody answered"),
                    ("busy", "Busy", "that found the line busy"),
                    ("failed", "Failed", "that failed"),
                )
            ),
            required(
                "timezone",
                TIMEZONE,
                "Time zone",
                "The offset from UTC of the times in the reply, in hours.",
                -5,
            ),
            optional(
                "calltype", Text(), "Call type", "Only calls of this type.", "all"
            ),
            optional(
                "callbilling",
                Text(),
                "Billing",
                "Only calls billed in this way.",
                "all",
            ),
            optional(
                "account",
                Text(),
                "Account",
                "Only calls of this account or sub-account.",
                "100001_VoIP",
            ),
        ),
        lists=("cdr",),
    ),
    Function(
        method="getIP",
        group=Group.READ,
        name="Get own address",
        about="Returns the public IP address that the call came from.",
        icon="mdi:ip-network",
    ),
    Function(
        method="getMusicOnHold",
        group=Group.READ,
        name="Get music on hold",
        about="Lists the music that waiting callers can be played.",
        icon="mdi:music",
        params=(
            optional(
                "music_on_hold",
                MUSIC,
                "Music on hold",
                "Only the music with this code. Leave it out for all.",
                "jazz",
            ),
        ),
        lists=("music_on_hold",),
    ),
    Function(
        method="getLanguages",
        group=Group.READ,
        name="Get languages",
        about="Lists the languages that callers can be spoken to in.",
        icon="mdi:translate",
        params=(
            optional(
                "language",
                LANGUAGE,
                "Language",
                "Only the language with this code. Leave it out for all.",
                "en",
            ),
        ),
        lists=("languages",),
    ),
    Function(
        method="delClient",
        action="delete_client",
        group=Group.DELETE,
        name="Delete a client",
        about="Deletes a reseller client. This cannot be undone.",
        icon="mdi:account-remove",
        params=(
            required(
                "client",
                Id(),
                "Client",
                "The ID of the reseller client to delete.",
                "561115",
            ),
        ),
    ),
    Function(
        method="delConference",
        action="delete_conference",
        group=Group.DELETE,
        name="Delete a conference",
        about="Deletes a conference room. This cannot be undone.",
        icon="mdi:delete",
        params=(
            required(
                "conference",
                Id(),
                "Conference",
                "The ID of the conference to delete.",
                "737",
            ),
        ),
    ),
    Function(
        method="delConferenceMember",
        action="delete_conference_member",
        group=Group.DELETE,
        name="Delete a conference member",
        about="Deletes a member profile of conferences. This cannot be undone.",
        icon="mdi:account-remove",
        params=(
            required(
                "member",
                Id(),
                "Member",
                "The ID of the member profile to delete.",
                "737",
            ),
        ),
    ),
)
