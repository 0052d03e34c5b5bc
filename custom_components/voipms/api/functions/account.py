"""Functions for the account: balance, calls, registrations and servers."""

from typing import Final

from ..params import Account, Date, Flag, Id, Text, TrueSwitch, UtcOffset
from .model import Function, optional, required

FUNCTIONS: Final = (
    # Balance, registrations and servers
    Function("getBalance", optional("advanced", TrueSwitch())),
    Function(
        "getRegistrationStatus", required("account", Account()), lists="registrations"
    ),
    Function("getServersInfo", optional("server_pop", Id()), lists="servers"),
    # Calls
    Function(
        "getCDR",
        required("date_from", Date()),
        required("date_to", Date()),
        optional("answered", Flag()),
        optional("noanswer", Flag()),
        optional("busy", Flag()),
        optional("failed", Flag()),
        required("timezone", UtcOffset()),
        optional("calltype", Text()),
        optional("callbilling", Text()),
        optional("account", Text()),
        lists="cdr",
        is_action=False,
    ),
    # Clients of resellers, and conferences
    Function("delClient", required("client", Id())),
    Function("delConference", required("conference", Id())),
    Function("delConferenceMember", required("member", Id())),
)
