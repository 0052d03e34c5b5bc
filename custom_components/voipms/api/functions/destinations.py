"""Where calls can go: phones, mailboxes, SIP addresses, and dialling back out."""

from typing import Final

from ..kinds import (
    Account,
    Amount,
    Base64,
    Code,
    Flag,
    Id,
    Integer,
    Pattern,
    PhoneNumber,
    Pin,
    Text,
)
from .common import CLIENT, LANGUAGE, SECONDS, Record, optional, required
from .model import Function, Group, Update

FORWARDING: Final = Record("forwarding", "forwarding", "get_forwardings", "18635")
SIP_URI: Final = Record("sipuri", "SIP URI", "get_sip_uris", "6199")
CALLBACK: Final = Record("callback", "callback", "get_callbacks", "2359")
DISA: Final = Record("disa", "DISA", "get_disas", "2114")
RECORDING: Final = Record("recording", "recording", "get_recordings", "7567")

DIGIT_TIMEOUT: Final = required(
    "digit_timeout",
    Integer(1, unit=SECONDS),
    "Digit timeout",
    "How long to wait for the next digit, in seconds.",
    5,
)
CALLERID_OVERRIDE: Final = optional(
    "callerid_override",
    PhoneNumber(),
    "Caller ID override",
    "The number that is shown in place of the caller's.",
    "5551230000",
)

FUNCTIONS: Final = (
    # Sub-accounts and mailboxes
    Function(
        method="getSubAccounts",
        action="get_sub_accounts",
        group=Group.READ,
        name="Get sub-accounts",
        about="Lists the accounts that phones sign in with, their passwords included.",
        icon="mdi:account-multiple",
        params=(
            optional(
                "account",
                Account(),
                "Sub-account or client",
                "Only this sub-account, or those of the reseller client with this ID.",
                "100001_VoIP",
            ),
        ),
        lists=("accounts",),
    ),
    Function(
        method="getVoicemails",
        action="get_voicemails",
        group=Group.READ,
        name="Get voicemails",
        about="Lists the mailboxes, with their settings and PINs and the count of new"
        " messages.",
        icon="mdi:voicemail",
        params=(
            optional(
                "mailbox",
                Id(),
                "Mailbox",
                "Only the mailbox with this ID. Leave it out for all.",
                "1001",
            ),
            CLIENT,
        ),
        lists=("voicemails",),
    ),
    Function(
        method="getVoicemailSetups",
        action="get_voicemail_setups",
        group=Group.READ,
        name="Get voicemail setups",
        about="Lists the ways in which an IVR can offer voicemail.",
        icon="mdi:voicemail",
        params=(
            optional(
                "voicemailsetup",
                Id(),
                "Voicemail setup",
                "Only the setup with this ID. Leave it out for all.",
                "2",
            ),
        ),
        lists=("voicemailsetups",),
    ),
    Function(
        method="getVoicemailAttachmentFormats",
        action="get_voicemail_attachment_formats",
        group=Group.READ,
        name="Get voicemail attachment formats",
        about="Lists the audio formats in which voicemail can be sent by email.",
        icon="mdi:file-music",
        params=(
            optional(
                "email_attachment_format",
                Code(),
                "Format",
                "Only this format. Leave it out for all.",
                "wav49",
            ),
        ),
        lists=("email_attachment_formats",),
    ),
    # Forwardings
    Function(
        method="getForwardings",
        action="get_forwardings",
        group=Group.READ,
        name="Get forwardings",
        about="Lists the phone numbers elsewhere that calls can be passed on to.",
        icon="mdi:phone-forward",
        params=(FORWARDING.read,),
        lists=("forwardings",),
    ),
    Function(
        method="setForwarding",
        action="set_forwarding",
        group=Group.WRITE,
        name="Create or change a forwarding",
        about="Adds a phone number elsewhere as a destination for calls, or changes one.",
        icon="mdi:phone-forward",
        params=(
            FORWARDING.change,
            required(
                "phone_number",
                PhoneNumber(),
                "Phone number",
                "The number that calls are passed on to.",
                "5551230001",
            ),
            CALLERID_OVERRIDE,
            optional(
                "description",
                Text(),
                "Description",
                "What the forwarding is called in lists.",
                "Jane's mobile",
            ),
            optional(
                "dtmf_digits",
                Pattern(r"[0-9*#]{1,20}", "123#"),
                "DTMF digits",
                "The keys that are pressed for you when the call is answered.",
                "123",
            ),
            optional(
                "pause",
                Amount("0", "10", "0.5", SECONDS),
                "Pause",
                "How long to wait before the keys are pressed, in seconds.",
                1.5,
            ),
            optional(
                "diversion_header",
                Flag(),
                "Diversion header",
                "Whether the call says that it was passed on, and by which number.",
                True,
            ),
            optional(
                "attestation_a_enabled",
                Flag(),
                "Attestation A",
                "Whether calls go out with the highest STIR/SHAKEN attestation.",
                False,
            ),
        ),
        update=Update(
            id="forwarding", reader="getForwardings", by={"forwarding": "forwarding"}
        ),
        shows=("getForwardings",),
    ),
    Function(
        method="delForwarding",
        action="delete_forwarding",
        group=Group.DELETE,
        name="Delete a forwarding",
        about="Deletes a forwarding. This cannot be undone.",
        icon="mdi:delete",
        params=(FORWARDING.delete,),
        shows=("getForwardings",),
    ),
    # SIP URIs
    Function(
        method="getSIPURIs",
        action="get_sip_uris",
        group=Group.READ,
        name="Get SIP URIs",
        about="Lists the SIP addresses that calls can be passed on to.",
        icon="mdi:at",
        params=(SIP_URI.read,),
        lists=("sipuris",),
    ),
    Function(
        method="setSIPURI",
        action="set_sip_uri",
        group=Group.WRITE,
        name="Create or change a SIP URI",
        about="Adds a SIP address as a destination for calls, or changes one.",
        icon="mdi:at",
        params=(
            SIP_URI.change,
            required(
                "uri",
                Pattern(r"[^@\s]+@[^@\s]+", "jane@sip.example.com"),
                "URI",
                "The SIP address that calls are passed on to.",
                "5551230001@sip.example.com",
            ),
            optional(
                "description",
                Text(),
                "Description",
                "What the SIP URI is called in lists.",
                "Jane's desk",
            ),
            CALLERID_OVERRIDE,
            optional(
                "callerid_e164",
                Flag(),
                "Caller ID in E.164",
                "Whether the caller's number is shown in the international form.",
                False,
            ),
        ),
        update=Update(id="sipuri", reader="getSIPURIs", by={"sipuri": "sipuri"}),
        shows=("getSIPURIs",),
    ),
    Function(
        method="delSIPURI",
        action="delete_sip_uri",
        group=Group.DELETE,
        name="Delete a SIP URI",
        about="Deletes a SIP URI. This cannot be undone.",
        icon="mdi:delete",
        params=(SIP_URI.delete,),
        shows=("getSIPURIs",),
    ),
    # Callbacks
    Function(
        method="getCallbacks",
        action="get_callbacks",
        group=Group.READ,
        name="Get callbacks",
        about="Lists the callbacks, which hang up on a caller and ring a number back.",
        icon="mdi:phone-return",
        params=(CALLBACK.read,),
        lists=("callbacks",),
    ),
    Function(
        method="setCallback",
        action="set_callback",
        group=Group.WRITE,
        name="Create or change a callback",
        about="Creates a callback, which rings a number back so that it can call out"
        " through VoIP.ms, or changes one.",
        icon="mdi:phone-return",
        params=(
            CALLBACK.change,
            required(
                "description",
                Text(),
                "Description",
                "What the callback is called in lists.",
                "Jane's mobile",
            ),
            required(
                "number",
                PhoneNumber(),
                "Number",
                "The number to ring back. It cannot be one of VoIP.ms.",
                "5551230001",
            ),
            required(
                "delay_before",
                Integer(unit=SECONDS),
                "Delay",
                "How long to wait before ringing back, in seconds.",
                5,
            ),
            required(
                "response_timeout",
                Integer(1, unit=SECONDS),
                "Response timeout",
                "How long an unfinished input may take before the line is dropped, in"
                " seconds.",
                10,
            ),
            DIGIT_TIMEOUT,
            optional(
                "callerid_number",
                PhoneNumber(),
                "Caller ID override",
                "The number that the callback shows.",
                "5551230000",
            ),
        ),
        update=Update(
            id="callback", reader="getCallbacks", by={"callback": "callback"}
        ),
        shows=("getCallbacks",),
    ),
    Function(
        method="delCallback",
        action="delete_callback",
        group=Group.DELETE,
        name="Delete a callback",
        about="Deletes a callback. This cannot be undone.",
        icon="mdi:delete",
        params=(CALLBACK.delete,),
        shows=("getCallbacks",),
    ),
    # DISAs
    Function(
        method="getDISAs",
        action="get_disas",
        group=Group.READ,
        name="Get DISAs",
        about="Lists the DISAs, which let a caller dial out, with their PINs.",
        icon="mdi:dialpad",
        params=(DISA.read,),
        lists=("disa",),
    ),
    Function(
        method="setDISA",
        action="set_disa",
        group=Group.WRITE,
        name="Create or change a DISA",
        about="Creates a DISA, which lets a caller who knows its PIN dial out at your"
        " cost, or changes one.",
        icon="mdi:dialpad",
        params=(
            DISA.change,
            required(
                "name",
                Text(),
                "Name",
                "What the DISA is called in lists.",
                "Office line",
            ),
            required(
                "pin",
                Pin(maximum=12),
                "PIN",
                "The digits that a caller must enter.",
                "4711",
            ),
            DIGIT_TIMEOUT,
            CALLERID_OVERRIDE,
            optional(
                "language",
                LANGUAGE,
                "Language",
                "The language that callers hear.",
                "en",
            ),
        ),
        update=Update(id="disa", reader="getDISAs", by={"disa": "disa"}),
        shows=("getDISAs",),
    ),
    Function(
        method="delDISA",
        action="delete_disa",
        group=Group.DELETE,
        name="Delete a DISA",
        about="Deletes a DISA. This cannot be undone.",
        icon="mdi:delete",
        params=(DISA.delete,),
        shows=("getDISAs",),
    ),
    # Recordings
    Function(
        method="getRecordings",
        action="get_recordings",
        group=Group.READ,
        name="Get recordings",
        about="Lists the recordings that callers can be played.",
        icon="mdi:microphone",
        params=(RECORDING.read,),
        lists=("recordings",),
    ),
    Function(
        method="getRecordingFile",
        action="get_recording_file",
        group=Group.READ,
        name="Get the sound of a recording",
        about="Returns the audio file of a recording, encoded in Base64.",
        icon="mdi:file-music",
        params=(
            required(
                "recording",
                Id(),
                "Recording",
                "The ID of the recording, as `get_recordings` lists it.",
                "7567",
            ),
        ),
        lists=("recordings",),
    ),
    Function(
        method="setRecording",
        action="set_recording",
        group=Group.WRITE,
        name="Create or change a recording",
        about="Uploads a recording, or gives one another sound or name.",
        icon="mdi:microphone",
        params=(
            RECORDING.change,
            required(
                "file",
                Base64(),
                "File",
                "The audio file, encoded in Base64. A change may do without.",
                "UklGRiQAAABXQVZF",
            ),
            required(
                "name",
                Text(),
                "Name",
                "What the recording is called in lists. A change may do without.",
                "welcome",
            ),
        ),
        update=Update(id="recording"),
        shows=("getRecordings",),
    ),
    Function(
        method="delRecording",
        action="delete_recording",
        group=Group.DELETE,
        name="Delete a recording",
        about="Deletes a recording that nothing uses. This cannot be undone.",
        icon="mdi:delete",
        params=(RECORDING.delete,),
        shows=("getRecordings",),
    ),
)
