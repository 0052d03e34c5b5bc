"""Sending messages: to one or several, short or long, with pictures.

A message is sent once. If something goes wrong on the way to several people, the
error says who had theirs already.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from homeassistant.exceptions import HomeAssistantError

from .account import VoipmsAccount
from .api import FUNCTIONS
from .api.errors import VoipmsInvalidValueError
from .api.phone import display
from .api.texting import check, fits_sms, split
from .const import DOMAIN
from .errors import translated

AS_MMS: Final = "mms"
AS_SEVERAL: Final = "split"


@dataclass(frozen=True, slots=True)
class Recipient:
    """Who gets a message, and from which number of the account."""

    did: str
    number: str


def plan(
    text: str, media: Mapping[str, str], *, pictures: bool, long_text: str
) -> list[tuple[str, dict[str, str]]]:
    """Return the calls that bring a message to one person, without the numbers.

    Raises VoipmsInvalidValueError for a message that cannot be sent.
    """
    text = check(text)
    if media or (pictures and text.strip()):
        return [("sendMMS", {"message": text, **media})]
    if not text.strip():
        raise VoipmsInvalidValueError("message_empty", field="message")
    if fits_sms(text):
        return [("sendSMS", {"message": text})]
    if long_text == AS_SEVERAL:
        return [("sendSMS", {"message": part}) for part in split(text)]
    return [("sendMMS", {"message": text})]


async def async_send(
    account: VoipmsAccount,
    recipients: Sequence[Recipient],
    text: str,
    *,
    media: Mapping[str, str] | None = None,
    pictures: bool = False,
    long_text: str = AS_MMS,
) -> dict[str, Any]:
    """Send a message to everybody; return what VoIP.ms said.

    With `pictures` it goes as MMS, also without any. `long_text` says how a text
    goes that is too long for an SMS.

    That is its reply if there was one call, and the replies as a list otherwise.
    Raises a translated HomeAssistantError.
    """
    with translated():
        calls = plan(text, media or {}, pictures=pictures, long_text=long_text)
        check_senders(account, recipients)
    replies: list[dict[str, Any]] = []
    try:
        for recipient in recipients:
            for method, params in calls:
                numbers = {"did": recipient.did, "dst": recipient.number}
                reply = await account.async_run(
                    FUNCTIONS[method], {**numbers, **params}, refresh=False
                )
                replies.append({"dst": recipient.number, **reply})
    except HomeAssistantError as err:
        if not replies:
            raise
        raise partly_sent(recipients, len(replies), len(calls), err) from err
    finally:
        await account.messages.async_refresh()
    if len(replies) > 1:
        return {"messages": replies}
    return {key: value for key, value in replies[0].items() if key != "dst"}


def partly_sent(
    recipients: Sequence[Recipient], sent: int, parts: int, err: HomeAssistantError
) -> HomeAssistantError:
    """Return the error for a message that did not reach everybody.

    `sent` counts the calls that went well, of which each person takes `parts`.
    """
    whole, part = divmod(sent, parts)
    people = [display(recipient.number) for recipient in recipients]
    reached = people[:whole] + ([f"{people[whole]} ({part}/{parts})"] if part else [])
    return HomeAssistantError(
        translation_domain=DOMAIN,
        translation_key="partly_sent",
        translation_placeholders={
            "sent": ", ".join(dict.fromkeys(reached)),
            "failed": people[whole],
            "reason": str(err),
        },
    )


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
