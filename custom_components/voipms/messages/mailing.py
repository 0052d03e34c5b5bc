"""Send a message to several recipients.

Each call is made once. A recipient who cannot be reached does not keep the message from
the others. An error of the account stops the mailing, and says who has the message.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
import logging
from typing import Any, Final

from homeassistant.exceptions import HomeAssistantError

from ..account import VoipmsAccount
from ..api import statuses
from ..api.errors import (
    VoipmsConnectionError,
    VoipmsError,
    VoipmsInvalidValueError,
    VoipmsRefusedError,
)
from ..api.phone import display, to_recipient
from ..api.sending import sending_of
from ..api.sms import halve, size
from ..const import DOMAIN
from ..errors import TranslatedError, translated

_LOGGER = logging.getLogger(__name__)

AS_MMS: Final = "mms"
AS_SEVERAL: Final = "split"
NOBODY: Final = "–"


@dataclass(frozen=True, slots=True)
class Recipient:
    """A recipient, and the number of the account to send from."""

    did: str
    number: str


@dataclass(frozen=True, slots=True)
class Step:
    """A call that sends a message, or a part of it, to one recipient.

    It is an MMS if it has `media`, perhaps none. `instead` is True if it replaces a
    call that was refused as too long.
    """

    text: str
    media: Mapping[str, str] | None = None
    instead: bool = False


class Mailing:
    """Sends a message to one recipient after the other."""

    def __init__(
        self,
        account: VoipmsAccount,
        recipients: Sequence[Recipient],
        steps: list[Step],
        long_text: str,
    ) -> None:
        """Initialize the mailing."""
        self._account = account
        self._recipients = recipients
        self._steps = steps
        self._long_text = long_text
        self._replies: list[dict[str, Any]] = []
        self._reached: list[str] = []
        self._failed: dict[Recipient, HomeAssistantError] = {}
        self._barred: dict[str, HomeAssistantError] = {}
        """The numbers of the account that cannot send, and why."""

    async def async_run(self) -> None:
        """Send to every recipient that can be reached.

        Raises a translated HomeAssistantError for what would fail for all others, too.
        """
        for position, recipient in enumerate(self._recipients, start=1):
            try:
                await self._async_send_to(recipient)
            except HomeAssistantError as err:
                if _stops(err):
                    if self._concerns_one:
                        raise
                    raise self._stopped(recipient, position, err) from err
                self._failed[recipient] = err
                if _status(err) in statuses.SENDER:
                    self._barred[recipient.did] = err

    async def _async_send_to(self, recipient: Recipient) -> None:
        """Send each part of the message to one recipient."""
        if (barred := self._barred.get(recipient.did)) is not None:
            raise barred
        with translated():
            to_recipient(recipient.number)
        sent = 0
        try:
            while sent < len(self._steps):
                step = self._steps[sent]
                try:
                    function, params = sending_of(
                        recipient.did, recipient.number, step.text, step.media
                    )
                    reply = await self._account.async_run(
                        function, params, refresh=False
                    )
                except HomeAssistantError as err:
                    if not (instead := self._instead(step, err)):
                        raise
                    self._steps[sent : sent + 1] = instead
                else:
                    self._replies.append({"dst": recipient.number, **reply})
                    sent += 1
        finally:
            if sent:
                parts = len(self._steps)
                share = "" if sent == parts else f" ({sent}/{parts})"
                self._reached.append(f"{display(recipient.number)}{share}")

    def _instead(self, step: Step, err: HomeAssistantError) -> list[Step]:
        """Return the steps that replace one which VoIP.ms refused as too long.

        It counts in ways of its own. What it refused as too long was not sent.
        """
        is_mms = step.media is not None
        if step.instead or is_mms or _status(err) != statuses.TOO_LONG:
            return []
        media: Mapping[str, str] | None = None
        if self._long_text == AS_MMS:
            parts, media = [step.text], {}
        elif len(parts := halve(step.text)) == 1:
            return []
        _LOGGER.debug(
            "VoIP.ms finds %d bytes too long for a text message; sent as %d %s",
            size(step.text),
            len(parts),
            "SMS" if media is None else "MMS",
        )
        return [Step(part, media, instead=True) for part in parts]

    def result(self, *, respond: bool) -> dict[str, Any]:
        """Return the replies, and with `respond` also the failed recipients.

        Raises a translated HomeAssistantError if nobody may go without it.
        """
        if self._failed:
            if not respond or len(self._failed) == len(self._recipients):
                raise self._failure()
            return {
                "messages": self._replies,
                "failed": [
                    {"dst": recipient.number, "reason": str(err)}
                    for recipient, err in self._failed.items()
                ],
            }
        if len(self._replies) > 1:
            return {"messages": self._replies, "failed": []}
        return {key: value for key, value in self._replies[0].items() if key != "dst"}

    @property
    def _concerns_one(self) -> bool:
        """Return True if a failure concerns a single recipient."""
        return not self._reached and len(self._recipients) == 1

    def _failure(self) -> HomeAssistantError:
        """Return the error for a message that was not sent to everybody."""
        if self._concerns_one:
            [err] = self._failed.values()
            return err
        key = "partly_sent" if self._reached else "not_sent"
        return self._error(key, failed=_listed(self._failed))

    def _stopped(
        self, last: Recipient, position: int, err: HomeAssistantError
    ) -> HomeAssistantError:
        """Return the error for a mailing that stopped at `last`."""
        rest = dict.fromkeys(self._recipients[position:])
        if _may_be_sent(err):
            return self._error(
                "sending_broke_off",
                failed=_listed({**self._failed, **rest}),
                unknown=display(last.number),
                reason=str(err),
            )
        failed = {**self._failed, last: None, **rest}
        return self._error("sending_stopped", failed=_listed(failed), reason=str(err))

    def _error(self, key: str, **placeholders: str) -> HomeAssistantError:
        """Return an error that lists who has the message."""
        sent = ", ".join(dict.fromkeys(self._reached)) or NOBODY
        return HomeAssistantError(
            translation_domain=DOMAIN,
            translation_key=key,
            translation_placeholders={"sent": sent, **placeholders},
        )


def _listed(failed: Mapping[Recipient, HomeAssistantError | None]) -> str:
    """Return the failed recipients as a list, with the reason if it was tried."""
    return (
        "".join(
            f"\n- {display(recipient.number)}{f': {err}' if err else ''}"
            for recipient, err in failed.items()
        )
        or NOBODY
    )


def _cause(err: HomeAssistantError) -> VoipmsError | None:
    """Return the error of the client that was translated."""
    return err.error if isinstance(err, TranslatedError) else None


def _status(err: HomeAssistantError) -> str | None:
    """Return the status that VoIP.ms refused with, or None."""
    cause = _cause(err)
    return cause.status if isinstance(cause, VoipmsRefusedError) else None


def _stops(err: HomeAssistantError) -> bool:
    """Return True if an error concerns more than the recipient and the number."""
    if (status := _status(err)) is not None:
        return status in statuses.SENDING_OVER
    return not isinstance(_cause(err), VoipmsInvalidValueError)


def _may_be_sent(err: HomeAssistantError) -> bool:
    """Return True if it is unknown whether a message was sent."""
    cause = _cause(err)
    return isinstance(cause, VoipmsConnectionError) and cause.sent
