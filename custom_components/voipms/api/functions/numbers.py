"""Functions for the numbers of the account."""

from dataclasses import replace
from typing import Final

from ..params import (
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
from .model import Function, Update, optional, required, spelling

LOCALE: Final = Pattern("[a-z]{2,3}-[A-Z0-9]{2,3}", "en-US")

TEN_DIGITS: Final = spelling(**{"10 digits": "0", "E164": "1"})
IN_WORDS: Final = spelling(**{"N": "no", "Y": "yes", "0": "no", "1": "yes"})
NOT_FOR_EVERY_ACCOUNT: Final = frozenset(
    {
        "record_calls",
        "inbound_dialing_mode",
        "port_out_pin",
        "transcribe",
        "transcription_locale",
        "transcription_redaction",
        "transcription_summary",
        "transcription_sentiment",
        "transcription_email",
        "transcription_start_delay",
        "voicemail_threshold",
        "sms_sipaccount_enabled",
        "sms_sipaccount",
    }
)
ONE_SETTING: Final = Update(
    "did", reader="getDIDsInfo", creates=False, partial=False, keeps=True
)
"""The update of functions that change one setting of a number."""

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
        update=ONE_SETTING,
    ),
    Function(
        "setDIDInfo",
        DID,
        *SETTINGS,
        replace(BILLING_TYPE, admin=True),
        optional("record_calls", Flag()),
        optional("inbound_dialing_mode", Choice("0", "1")),  # ten digits, E.164
        optional("port_out_pin", Pin(maximum=15)),
        optional("transcribe", Flag(), admin=True),
        optional("transcription_locale", Joined(LOCALE, separator=",", at_most=10)),
        optional("transcription_redaction", YesNo()),
        optional("transcription_summary", YesNo()),
        optional("transcription_sentiment", YesNo()),
        optional("transcription_email", Email(), admin=True),
        optional("transcription_start_delay", Seconds(0, 60, 5)),
        optional("voicemail_threshold", Seconds(0, 60, 5)),
        optional("sms_sipaccount_enabled", Flag()),
        optional("sms_sipaccount", Account()),
        update=Update(
            "did",
            reader="getDIDsInfo",
            creates=False,
            spelled={
                "inbound_dialing_mode": TEN_DIGITS,
                "transcription_redaction": IN_WORDS,
                "transcription_summary": IN_WORDS,
                "transcription_sentiment": IN_WORDS,
            },
            unseen=NOT_FOR_EVERY_ACCOUNT,
            idle={
                "transcription_redaction": "transcribe",
                "transcription_summary": "transcribe",
                "transcription_sentiment": "transcribe",
                "transcription_start_delay": "transcribe",
            },
        ),
    ),
    Function(
        "setDIDPOP",
        DID,
        required("pop", Id()),
        update=ONE_SETTING,
    ),
    Function(
        "setDIDVoicemail",
        DID,
        optional("voicemail", Either(Id(), "none")),
        update=ONE_SETTING,
    ),
    Function(
        "setDIDBillingType",
        DID,
        BILLING_TYPE,
        update=ONE_SETTING,
        costs=True,
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
            reader="getDIDsInfo",
            fields={
                "account": "reseller_account",
                "monthly": "reseller_monthly",
                "setup": "reseller_setup",
                "minute": "reseller_minute",
                "next_billing": "reseller_next_billing",
            },
            creates=False,
            partial=False,
            spelled={"next_billing": spelling(**{"0000-00-00": ""})},
        ),
        costs=True,
    ),
    Function("unconnectDID", DID, update=ONE_SETTING, costs=True),
    # vPRIs
    Function("getDIDvPRI", required("vpri", Id()), lists="dids"),
    Function(
        "removeDIDvPRI",
        DID,
        optional("vpri", Id()),
        update=ONE_SETTING,
        shows=("getDIDsInfo", "getDIDvPRI"),
        costs=True,
    ),
    # Cancelling
    Function(
        "cancelDID",
        DID,
        optional("cancelcomment", Text()),
        optional("portout", TrueSwitch()),
        TEST,
        shows=("getDIDsInfo",),
    ),
)
