"""Sending messages."""

from collections.abc import Mapping
from typing import Final

from .functions import FUNCTIONS, Function
from .params import Media

SEND_SMS: Final = FUNCTIONS["sendSMS"]
SEND_MMS: Final = FUNCTIONS["sendMMS"]
MEDIA: Final = tuple(
    param.name for param in SEND_MMS.params if isinstance(param.kind, Media)
)
"""The parameters of the media of an MMS."""


def sending_of(
    did: str, recipient: str, text: str, media: Mapping[str, str] | None
) -> tuple[Function, dict[str, str]]:
    """Return the function and the parameters that send a message to one recipient.

    `did` is a number of the account, `recipient` ten digits. A message with `media`
    (web addresses or data URIs by the names of MEDIA, perhaps none) is an MMS (sendMMS,
    at most 2048 bytes of text), any other an SMS (sendSMS, at most 160 bytes). Run them
    with VoipmsClient.run; its reply has the ID of the message as `sms` or `mms`.
    """
    function = SEND_SMS if media is None else SEND_MMS
    return function, {"did": did, "dst": recipient, "message": text, **(media or {})}
