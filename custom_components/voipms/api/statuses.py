"""The codes in the ``status`` of a reply that the client acts on.

Every reply carries one: ``success``, or one of several hundred codes that say why not.
"""

from typing import Final

# The list that was asked for is empty: an answer, not an error.
EMPTY: Final = frozenset(
    {
        "no_account",
        "no_attachments",
        "no_callback",
        "no_callhunting",
        "no_callparking",
        "no_cdr",
        "no_client",
        "no_conference",
        "no_did",
        "no_disa",
        "no_emailtofax",
        "no_filter",
        "no_folder",
        "no_forwarding",
        "no_ivr",
        "no_mailbox",
        "no_member",
        "no_message",
        "no_messages",
        "no_mms",
        "no_numbers",
        "no_package",
        "no_phonebook",
        "no_phonebook_group",
        "no_queue",
        "no_rate",
        "no_recording",
        "no_ringgroup",
        "no_sipuri",
        "no_sms",
        "no_subaccount",
        "no_timecondition",
        "no_transactions",
        "no_vpri",
    }
)

# The account's email address or API password is wrong.
CREDENTIALS: Final = frozenset({"invalid_credentials", "missing_credentials"})

# The account does not let this address, or anyone, use the API.
IP_NOT_ENABLED: Final = "ip_not_enabled"
API_NOT_ENABLED: Final = "api_not_enabled"

# The account does not have the number.
INVALID_DID: Final = "invalid_did"

# These pass by themselves.
RATE_LIMIT: Final = "api_limit_exceeded"
MAINTENANCE: Final = "method_maintenance"
SMS_WAIT: Final = "sms_wait_message"

# What would be answered whoever the recipient of a message is.
SENDING_OVER: Final = frozenset(
    {"invalid_account", "limit_reached", "missing_account", "non_sufficient_funds"}
)

# What would be answered for every message from this number.
SENDER: Final = frozenset(
    {"invalid_did", "missing_did", "sms_apply_regulations", "sms_wait_message"}
)

# A text was not sent, since it takes too many bytes.
TOO_LONG: Final = "sms_toolong"
