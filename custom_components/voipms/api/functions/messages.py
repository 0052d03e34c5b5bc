"""Text messages (SMS) and picture messages (MMS)."""

from dataclasses import replace
from typing import Final

from ..kinds import (
    Choice,
    Contacts,
    Flag,
    Id,
    Integer,
    Joined,
    Media,
    MediaItems,
    Pattern,
    PhoneNumber,
    Secret,
    Text,
)
from .common import (
    DID,
    EMAIL,
    SECRET_URL,
    SMS_ACCOUNT,
    SMS_ACCOUNT_ENABLED,
    TIMEZONE,
    day,
    optional,
    required,
)
from .model import Function, Group, Update

FILTERS: Final = (
    day("from", "From", "The first day, in US Eastern time. Today if left out."),
    day("to", "To", "The last day, in US Eastern time. Today if left out."),
    optional(
        "type",
        Choice({"1": "Received", "0": "Sent"}),
        "Direction",
        "Only messages that were received, or only those that were sent.",
        "1",
    ),
    replace(DID, required=False, about="Only messages of this number."),
    optional(
        "contact",
        PhoneNumber(),
        "Contact",
        "Only messages from or to this phone number.",
        "5551230001",
    ),
    optional(
        "limit",
        Integer(1),
        "Limit",
        "How many messages to return at most; all if left out.",
        20,
    ),
    optional(
        "timezone",
        TIMEZONE,
        "Time zone",
        "The offset from UTC of the times in the reply, in hours."
        " US daylight saving time comes on top.",
        -5,
    ),
)
DST: Final = required(
    "dst",
    Joined(PhoneNumber()),
    "Recipients",
    "The phone number to write to, or several.",
    "5551230001",
)
CONTACT: Final = optional(
    "contact", Contacts(), "Contacts", "People to write to, from your contacts."
)
LONG_TEXT: Final = optional(
    "long_text",
    Choice({"mms": "As one picture message", "split": "As several text messages"}),
    "Long text",
    "How a text goes that one text message cannot hold: more than 160 characters, or"
    " more than 70 if there is an emoji or a letter such as ő among them.",
    "mms",
)
MEDIA: Final = optional(
    "media",
    MediaItems(),
    "Pictures and files",
    "What to send along, at most three: a file, a camera's picture, a media item.",
)
MAX_MEDIA: Final = 3
MESSAGE: Final = required(
    "message",
    Text(2048, multiline=True),
    "Message",
    "The text, of 2048 characters at most.",
    "The laundry is done.",
)

FUNCTIONS: Final = (
    Function(
        method="getSMS",
        action="get_sms",
        group=Group.READ,
        name="Get text messages",
        about="Lists text messages that were received or sent.",
        icon="mdi:message-text",
        params=(
            *FILTERS,
            optional(
                "sms", Id(), "Message", "Only the text message with this ID.", "111120"
            ),
            optional(
                "all_messages",
                Flag(),
                "Picture messages too",
                "Whether picture messages are listed as well.",
                True,
            ),
        ),
        lists=("sms",),
    ),
    Function(
        method="getMMS",
        action="get_mms",
        group=Group.READ,
        name="Get picture messages",
        about="Lists picture messages that were received or sent.",
        icon="mdi:message-image",
        params=(
            *FILTERS,
            optional(
                "mms", Id(), "Message", "Only the picture message with this ID.", "1918"
            ),
            optional(
                "all_messages",
                Flag(),
                "Text messages too",
                "Whether text messages are listed as well.",
                True,
            ),
        ),
        lists=("sms",),
    ),
    Function(
        method="getMediaMMS",
        action="get_media_mms",
        group=Group.READ,
        name="Get media of a picture message",
        about="Returns the addresses of the pictures and files in a message.",
        icon="mdi:image-multiple",
        params=(
            required(
                "id",
                Id(),
                "Message",
                "The ID of the picture message, as `get_mms` lists it.",
                "1918",
            ),
            optional(
                "media_as_array",
                Flag(),
                "As a list",
                "Whether the addresses come as a list instead of numbered fields.",
                True,
            ),
        ),
    ),
    Function(
        method="sendSMS",
        action="send_sms",
        group=Group.SEND,
        name="Send a text message",
        about="Sends a text message from a number of the account. Each message costs money.",
        icon="mdi:message-arrow-right",
        params=(
            DID,
            DST,
            MESSAGE,
        ),
        extras=(CONTACT, LONG_TEXT),
        shows=("getSMS",),
    ),
    Function(
        method="sendMMS",
        action="send_mms",
        group=Group.SEND,
        name="Send a picture message",
        about="Sends a long text or pictures from a number of the account."
        " Each message costs money.",
        icon="mdi:message-image",
        params=(
            DID,
            DST,
            MESSAGE,
            *(
                optional(
                    f"media{index}",
                    Media(),
                    f"Media {index}",
                    "A picture or file: its web address, its path, or a camera's entity ID.",
                    f"https://example.com/door{index}.jpg",
                )
                for index in range(1, MAX_MEDIA + 1)
            ),
        ),
        extras=(CONTACT, MEDIA),
        shows=("getMMS", "getSMS"),
    ),
    Function(
        method="deleteSMS",
        action="delete_sms",
        group=Group.DELETE,
        name="Delete a text message",
        about="Deletes a text message from the account. This cannot be undone.",
        icon="mdi:delete",
        params=(
            required(
                "id",
                Id(),
                "Message",
                "The ID of the text message, as `get_sms` lists it.",
                "111120",
            ),
        ),
        shows=("getSMS",),
    ),
    Function(
        method="deleteMMS",
        action="delete_mms",
        group=Group.DELETE,
        name="Delete a picture message",
        about="Deletes a picture message from the account. This cannot be undone.",
        icon="mdi:delete",
        params=(
            required(
                "id",
                Id(),
                "Message",
                "The ID of the picture message, as `get_mms` lists it.",
                "1918",
            ),
        ),
        shows=("getMMS", "getSMS"),
    ),
    Function(
        method="setSMS",
        action="set_sms",
        group=Group.WRITE,
        name="Change message settings of a number",
        about="Turns messages of a number on or off, and says where else they go."
        " What is left out stays as it is.",
        icon="mdi:message-cog",
        params=(
            DID,
            required(
                "enable",
                Flag(),
                "Messages",
                "Whether the number receives messages.",
                True,
            ),
            optional(
                "email_enabled",
                Flag(),
                "Email",
                "Whether incoming messages are passed on by email.",
                True,
            ),
            optional(
                "email_address",
                EMAIL,
                "Email address",
                "The address that gets incoming messages.",
                "jane@example.com",
            ),
            optional(
                "sms_forward_enable",
                Flag(),
                "Forward",
                "Whether incoming messages are passed on to a phone.",
                False,
            ),
            optional(
                "sms_forward",
                PhoneNumber(),
                "Forward to",
                "The phone number that gets incoming messages.",
                "5551230001",
            ),
            optional(
                "url_callback_enable",
                Flag(),
                "URL callback",
                "Whether a web address is called for each incoming message.",
                True,
            ),
            optional(
                "url_callback",
                SECRET_URL,
                "Callback URL",
                "The web address that is called, with the variables that VoIP.ms"
                " fills in. Keep it secret.",
                "https://example.com/sms?from={FROM}&to={TO}&text={MESSAGE}",
            ),
            optional(
                "url_callback_retry",
                Flag(),
                "Retry the callback",
                "Whether VoIP.ms calls again every half hour until it hears ok.",
                True,
            ),
            optional(
                "webhook_enable",
                Flag(),
                "Webhook",
                "Whether incoming messages are posted to a web address.",
                False,
            ),
            optional(
                "webhook",
                SECRET_URL,
                "Webhook URL",
                "The web address that incoming messages are posted to, as JSON."
                " Keep it secret.",
                "https://example.com/messages",
            ),
            optional(
                "dialmode",
                Choice({"1": "NANPA", "2": "E.164"}),
                "Form of numbers",
                "How sent messages show numbers: ten digits, or in the international"
                " form.",
                "1",
            ),
            optional(
                "smpp_enabled",
                Flag(),
                "SMPP",
                "Whether incoming messages are passed on to an SMPP server.",
                False,
            ),
            optional(
                "smpp_url",
                Pattern(
                    r"(s?smpp|https?)://\S+",
                    "ssmpp://smpp.example.com:3550",
                    secret=True,
                ),
                "SMPP URL",
                "The address of the SMPP server: smpp, or ssmpp to encrypt.",
                "ssmpp://smpp.example.com:3550",
            ),
            optional(
                "smpp_user",
                Text(),
                "SMPP user",
                "The name that the SMPP client signs in with.",
                "jane",
            ),
            optional(
                "smpp_pass",
                Secret(),
                "SMPP password",
                "The password that the SMPP client signs in with.",
            ),
            SMS_ACCOUNT_ENABLED,
            SMS_ACCOUNT,
        ),
        update=Update(
            id="did",
            reader="getDIDsInfo",
            by={"did": "did"},
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
            unseen=frozenset(
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
            ),
        ),
        shows=("getDIDsInfo",),
    ),
)
