"""The numbers of the account: their settings, their routing, their end."""

from typing import Final

from ..kinds import (
    Account,
    Choice,
    Code,
    Date,
    Either,
    Email,
    Flag,
    Id,
    Joined,
    OwnDid,
    Pattern,
    Pin,
    Price,
    Routing,
    Seconds,
    Text,
    TrueSwitch,
    YesNo,
)
from .common import BILLING_TYPE, DID, SETTINGS, TEST
from .model import Function, Update, optional, required

LOCALE: Final = Pattern("[a-z]{2,3}-[A-Z0-9]{2,3}", "en-US")

FUNCTIONS: Final = (
    # Settings
    Function(
        "getDIDsInfo",
        optional("did", OwnDid()),
        optional("client", Code()),
        lists="dids",
    ),
    Function(
        "setDIDRouting",
        DID,
        required("routing", Routing()),
        shows=("getDIDsInfo",),
    ),
    Function(
        "setDIDInfo",
        DID,
        *SETTINGS,
        BILLING_TYPE,
        optional("record_calls", Flag()),
        optional("inbound_dialing_mode", Choice("0", "1")),  # ten digits, E.164
        optional("port_out_pin", Pin(maximum=15)),
        optional("transcribe", Flag()),
        optional("transcription_locale", Joined(LOCALE, separator=",", at_most=10)),
        optional("transcription_redaction", YesNo()),
        optional("transcription_summary", YesNo()),
        optional("transcription_sentiment", YesNo()),
        optional("transcription_email", Email()),
        optional("transcription_start_delay", Seconds(0, 60, 5)),
        optional("voicemail_threshold", Seconds(0, 60, 5)),
        optional("sms_sipaccount_enabled", Flag()),
        optional("sms_sipaccount", Account()),
        update=Update("did", reader="getDIDsInfo", creates=False),
    ),
    Function(
        "setDIDPOP",
        DID,
        required("pop", Id()),
        shows=("getDIDsInfo",),
    ),
    Function(
        "setDIDVoicemail",
        DID,
        optional("voicemail", Either(Id(), "none")),
        shows=("getDIDsInfo",),
    ),
    Function(
        "setDIDBillingType",
        DID,
        BILLING_TYPE,
        shows=("getDIDsInfo",),
    ),
    # Clients of resellers
    Function(
        "connectDID",
        DID,
        required("account", Account()),
        required("monthly", Price()),
        required("setup", Price()),
        required("minute", Price()),
        optional("next_billing", Date()),
        optional("dont_charge_setup", TrueSwitch()),
        optional("dont_charge_monthly", TrueSwitch()),
        update=Update(
            "did",
            fields={
                "account": "reseller_account",
                "monthly": "reseller_monthly",
                "setup": "reseller_setup",
                "minute": "reseller_minute",
                "next_billing": "reseller_next_billing",
            },
            creates=False,
            partial=False,
        ),
        shows=("getDIDsInfo",),
    ),
    Function("unconnectDID", DID, shows=("getDIDsInfo",)),
    # vPRIs
    Function("getDIDvPRI", required("vpri", Id()), lists="dids"),
    Function(
        "removeDIDvPRI",
        DID,
        optional("vpri", Id()),
        shows=("getDIDsInfo", "getDIDvPRI"),
    ),
    # The end
    Function(
        "cancelDID",
        DID,
        optional("cancelcomment", Text()),
        optional("portout", TrueSwitch()),
        TEST,
        shows=("getDIDsInfo",),
    ),
)
