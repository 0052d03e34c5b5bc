"""Functions for destinations: sub-accounts, mailboxes, forwardings, SIP URIs and more."""

from typing import Final

from ..params import (
    Account,
    Base64,
    Code,
    Flag,
    Id,
    Pattern,
    PhoneNumber,
    Pin,
    Seconds,
    Text,
)
from ..phone import costs_more
from .common import LANGUAGE
from .model import Function, Update, optional, required

FUNCTIONS: Final = (
    # Sub-accounts and mailboxes
    Function("getSubAccounts", optional("account", Account()), lists="accounts"),
    Function(
        "getVoicemails",
        optional("mailbox", Id()),
        optional("client", Id()),
        lists="voicemails",
    ),
    Function(
        "getVoicemailSetups", optional("voicemailsetup", Id()), lists="voicemailsetups"
    ),
    Function(
        "getVoicemailAttachmentFormats",
        optional("email_attachment_format", Code()),
        lists="email_attachment_formats",
    ),
    # Forwardings
    Function("getForwardings", optional("forwarding", Id()), lists="forwardings"),
    Function(
        "setForwarding",
        optional("forwarding", Id()),
        required("phone_number", PhoneNumber(), admin=costs_more),
        optional("callerid_override", PhoneNumber()),
        optional("description", Text()),
        optional("dtmf_digits", Pattern("[0-9*#]{1,20}", "123#")),
        optional("pause", Seconds(0, 10, 0.5)),
        optional("diversion_header", Flag()),
        optional("attestation_a_enabled", Flag()),
        update=Update(
            "forwarding",
            reader="getForwardings",
            unseen=frozenset({"attestation_a_enabled"}),
        ),
    ),
    Function("delForwarding", required("forwarding", Id()), shows=("getForwardings",)),
    # SIP URIs
    Function("getSIPURIs", optional("sipuri", Id()), lists="sipuris"),
    Function(
        "setSIPURI",
        optional("sipuri", Id()),
        required("uri", Pattern(r"[^@\s]+@[^@\s]+", "jane@sip.example.com")),
        optional("description", Text()),
        optional("callerid_override", PhoneNumber()),
        optional("callerid_e164", Flag()),
        update=Update("sipuri", reader="getSIPURIs"),
        admin=True,
    ),
    Function("delSIPURI", required("sipuri", Id()), shows=("getSIPURIs",)),
    # Callbacks
    Function("getCallbacks", optional("callback", Id()), lists="callbacks"),
    Function(
        "setCallback",
        optional("callback", Id()),
        required("description", Text()),
        required("number", PhoneNumber()),
        required("delay_before", Seconds(1)),
        required("response_timeout", Seconds(1)),
        required("digit_timeout", Seconds(1)),
        optional("callerid_number", PhoneNumber()),
        update=Update("callback", reader="getCallbacks"),
        admin=True,
    ),
    Function("delCallback", required("callback", Id()), shows=("getCallbacks",)),
    # DISAs
    Function("getDISAs", optional("disa", Id()), lists="disa"),
    Function(
        "setDISA",
        optional("disa", Id()),
        required("name", Text()),
        required("pin", Pin(maximum=12)),
        required("digit_timeout", Seconds(1)),
        optional("callerid_override", PhoneNumber()),
        optional("language", LANGUAGE),
        update=Update("disa", reader="getDISAs"),
        admin=True,
    ),
    Function("delDISA", required("disa", Id()), shows=("getDISAs",)),
    # Recordings
    Function("getRecordings", optional("recording", Id()), lists="recordings"),
    Function("getRecordingFile", required("recording", Id()), lists="recordings"),
    Function(
        "setRecording",
        optional("recording", Id()),
        required("file", Base64()),
        required("name", Text()),
        update=Update(
            "recording",
            reader="getRecordings",
            fields={"recording": "value", "name": "description"},
            keeps=True,
        ),
    ),
    Function("delRecording", required("recording", Id()), shows=("getRecordings",)),
)
