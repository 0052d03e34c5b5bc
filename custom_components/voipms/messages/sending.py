"""Send messages to one or several recipients, with or without pictures."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ..account import VoipmsAccount
from ..api.errors import VoipmsInvalidValueError
from ..api.phone import display
from ..api.sms import check, fits_sms, split
from ..errors import translated
from .mailing import AS_MMS, AS_SEVERAL, Mailing, Recipient, Step


def plan(
    text: str, media: Mapping[str, str], *, pictures: bool, long_text: str
) -> list[Step]:
    """Return the calls that send a message to one recipient.

    Raises VoipmsInvalidValueError for a message that cannot be sent.
    """
    text = check(text)
    if media or (pictures and text.strip()):
        return [Step(text, media)]
    if not text.strip():
        raise VoipmsInvalidValueError("message_empty", field="message")
    if fits_sms(text):
        return [Step(text)]
    if long_text == AS_SEVERAL:
        return [Step(part) for part in split(text)]
    return [Step(text, {})]


async def async_send(
    account: VoipmsAccount,
    recipients: Sequence[Recipient],
    text: str,
    *,
    media: Mapping[str, str] | None = None,
    pictures: bool = False,
    long_text: str = AS_MMS,
    respond: bool = False,
) -> dict[str, Any]:
    """Send a message to all recipients and return the replies.

    With `pictures` it goes as MMS, also without any. `long_text` says how a text
    goes that is too long for an SMS.

    That is its reply if there was one call, and the replies as a list otherwise. Raises
    a translated HomeAssistantError if somebody did not get it. With `respond`, it
    raises none if somebody did, and lists those who did not.
    """
    with translated():
        steps = plan(text, media or {}, pictures=pictures, long_text=long_text)
        check_senders(account, recipients)
    mailing = Mailing(account, recipients, steps, long_text)
    try:
        await mailing.async_run()
    finally:
        await account.messages.async_refresh()
    return mailing.result(respond=respond)


def check_senders(account: VoipmsAccount, recipients: Iterable[Recipient]) -> None:
    """Refuse a number that cannot send. Raises VoipmsInvalidValueError."""
    for did in {recipient.did for recipient in recipients}:
        number = account.numbers.data.get(did)
        if number is None:
            raise VoipmsInvalidValueError(
                "unknown_did",
                field="did",
                value=did,
                account=account.numbers.config_entry.title,
            )
        if not number.has_messages:
            raise VoipmsInvalidValueError("no_messages_here", did=display(did))
        if not number.sms_enabled:
            raise VoipmsInvalidValueError("messages_off", did=display(did))
