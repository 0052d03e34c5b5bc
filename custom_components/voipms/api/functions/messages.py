"""Functions for text messages (SMS) and picture messages (MMS)."""

from typing import Final

from ..params import (
    Account,
    Choice,
    Date,
    Email,
    Flag,
    Id,
    Integer,
    Media,
    MessageText,
    OwnDid,
    Pattern,
    PhoneNumber,
    PhoneNumbers,
    Secret,
    SecretUrl,
    Text,
    UtcOffset,
)
from ..phone import costs_more
from .common import DID
from .model import Function, Update, optional, required

SMPP_URL: Final = Pattern(
    r"(s?smpp|https?)://\S+", "ssmpp://smpp.example.com:3550", secret=True
)

FILTERS: Final = (
    optional("from", Date()),
    optional("to", Date()),
    optional("type", Choice("1", "0")),  # received, sent
    optional("did", OwnDid()),
    optional("contact", PhoneNumber()),
    optional("limit", Integer(1)),
    optional("timezone", UtcOffset()),
)

NOT_FOR_EVERY_ACCOUNT: Final = frozenset(
    {
        "webhook_enable",
        "webhook",
        "dialmode",
        "smpp_enabled",
        "smpp_url",
        "smpp_user",
        "smpp_pass",
        "sms_sipaccount_enabled",
        "sms_sipaccount",
    }
)

FUNCTIONS: Final = (
    # Reading
    Function(
        "getSMS",
        *FILTERS,
        optional("sms", Id()),
        optional("all_messages", Flag()),
        lists="sms",
    ),
    Function(
        "getMMS",
        *FILTERS,
        optional("mms", Id()),
        optional("all_messages", Flag()),
        lists="sms",
    ),
    Function(
        "getMediaMMS",
        required("id", Id()),
        optional("media_as_array", Flag()),
    ),
    # Sending
    Function(
        "sendSMS",
        DID,
        required("dst", PhoneNumbers()),
        required("message", MessageText()),
        shows=("getSMS",),
    ),
    Function(
        "sendMMS",
        DID,
        required("dst", PhoneNumbers()),
        required("message", MessageText()),
        optional("media1", Media()),
        optional("media2", Media()),
        optional("media3", Media()),
        shows=("getMMS", "getSMS"),
    ),
    # Deleting
    Function("deleteSMS", required("id", Id()), shows=("getSMS",)),
    Function("deleteMMS", required("id", Id()), shows=("getMMS", "getSMS")),
    # Settings of a number
    Function(
        "setSMS",
        DID,
        required("enable", Flag()),
        optional("email_enabled", Flag()),
        optional("email_address", Email()),
        optional("sms_forward_enable", Flag()),
        optional("sms_forward", PhoneNumber(), admin=costs_more),
        optional("url_callback_enable", Flag(), admin=True),
        optional("url_callback", SecretUrl()),
        optional("url_callback_retry", Flag(), admin=True),
        optional("webhook_enable", Flag(), admin=True),
        optional("webhook", SecretUrl()),
        optional("dialmode", Choice("1", "2")),  # ten digits, E.164
        optional("smpp_enabled", Flag(), admin=True),
        optional("smpp_url", SMPP_URL),
        optional("smpp_user", Text(), admin=True),
        optional("smpp_pass", Secret()),
        optional("sms_sipaccount_enabled", Flag()),
        optional("sms_sipaccount", Account()),
        update=Update(
            "did",
            reader="getDIDsInfo",
            fields={
                "enable": "sms_enabled",
                "email_enabled": "sms_email_enabled",
                "email_address": "sms_email",
                "sms_forward_enable": "sms_forward_enabled",
                "url_callback_enable": "sms_url_callback_enabled",
                "url_callback": "sms_url_callback",
                "url_callback_retry": "sms_url_callback_retry",
                "webhook_enable": "webhook_enabled",
            },
            creates=False,
            unseen=NOT_FOR_EVERY_ACCOUNT,
        ),
    ),
)
