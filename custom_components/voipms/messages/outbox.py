"""What cards send: each request once, however often it is asked for.

A double click, a lost connection, a second tab and a restart of Home Assistant repeat
a request. It is known by its id, which is on disk before anything is sent.
"""

import asyncio
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from homeassistant.core import Context, HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers.storage import Store
from homeassistant.util import dt as dt_util
from homeassistant.util.hass_dict import HassKey

from ..account import VoipmsAccount
from ..api import Direction
from ..api.functions import Param
from ..api.models import CLOCK_DIFFERENCE
from ..api.params import PhoneNumbers
from ..api.phone import to_recipient
from ..api.sending import MEDIA, SEND_MMS
from ..api.serialize import convert
from ..const import DOMAIN
from ..errors import translated
from ..services.fields import invalid
from .conversations import Kept, Thread
from .identity import agree, fold
from .ledger import digest
from .mailing import Recipient
from .sending import async_send

VERSION: Final = 1
KEPT_FOR: Final = timedelta(hours=12)
MOST_KEPT: Final = 1000
SAVE_DELAY: Final = 1.0
LOOKS: Final = (0, 1, 2, 4)
"""How many seconds to wait, each time, for a message that was sent to be listed."""
RECIPIENT: Final = Param("contact", PhoneNumbers())
OUTCOME_UNKNOWN: Final = "outcome_unknown"


@dataclass(slots=True)
class Request:
    """A message that a card asked to send."""

    id: str
    entry_id: str
    thread: Thread
    words: str
    """A digest of the text, by which the message is recognized when it is listed."""
    at: datetime
    keys: list[str] = field(default_factory=list)
    """The messages that it became."""
    is_sent: bool = False
    """Whether VoIP.ms has taken it."""
    task: asyncio.Task[list[Kept]] | None = None
    text: str | None = None
    """The text, while this Home Assistant runs: it may come back cut short."""

    def fits(self, kept: Kept) -> bool:
        """Return True if a message may be the one that was sent."""
        message = kept.message
        if (
            message.direction is not Direction.SENT
            or kept.thread != self.thread
            or message.time < self.at - CLOCK_DIFFERENCE
        ):
            return False
        folded = fold(message.text)
        if digest(folded) == self.words:
            return True
        if self.text is None:
            return False
        mine = fold(self.text)
        return bool(mine) and bool(folded) and agree(mine, folded)


class Outbox:
    """The requests of the last hours, and what became of them."""

    def __init__(self, hass: HomeAssistant) -> None:
        """Initialize without requests."""
        self._hass = hass
        self._store = Store[list[dict[str, Any]]](
            hass, VERSION, f"{DOMAIN}.outbox", private=True
        )
        self._requests: dict[str, Request] = {}
        self._by_key: dict[str, str] = {}

    async def async_load(self) -> None:
        """Read the requests of before a restart."""
        for row in await self._store.async_load() or []:
            self._remember(
                Request(
                    row["id"],
                    row["entry_id"],
                    Thread(row["did"], row["contact"]),
                    row["words"],
                    datetime.fromisoformat(row["at"]),
                    row["keys"],
                    row["is_sent"],
                )
            )

    def request_of(self, entry_id: str, kept: Kept) -> str | None:
        """Return the id of the request that a message was sent with."""
        if kept.message.direction is not Direction.SENT:
            return None
        if (known := self._by_key.get(kept.key)) is not None:
            return known
        for request in self._requests.values():
            if (
                request.text is not None
                and not request.keys
                and request.entry_id == entry_id
                and request.fits(kept)
            ):
                return request.id
        return None

    async def async_send(
        self,
        account: VoipmsAccount,
        request_id: str,
        thread: Thread,
        text: str,
        media: Sequence[str],
        context: Context,
    ) -> list[Kept]:
        """Send a message once; return it as it is listed.

        Raises a translated HomeAssistantError.
        """
        entry_id = account.messages.config_entry.entry_id
        request = self._requests.get(request_id)
        if request is None or request.task is None:
            with translated():
                number = convert(RECIPIENT, thread.contact) or ""
                thread = Thread(thread.did, to_recipient(number))
            is_again = request is not None
            if request is None:
                words = digest(fold(text))
                request = Request(request_id, entry_id, thread, words, dt_util.utcnow())
                self._remember(request)
            request.text = text
            # It goes on when the one who asked is gone.
            request.task = self._hass.async_create_task(
                self._async_send(account, request, media, context, is_again=is_again),
                f"{DOMAIN} send",
            )
        if (request.entry_id, request.thread.did) != (entry_id, thread.did):
            raise invalid("request_id_taken")
        return await asyncio.shield(request.task)

    async def _async_send(
        self,
        account: VoipmsAccount,
        request: Request,
        media: Sequence[str],
        context: Context,
        *,
        is_again: bool,
    ) -> list[Kept]:
        """Send a message, unless an earlier attempt has brought it there."""
        try:
            if is_again:
                found = await self._async_look(account, request)
                if found or request.is_sent:
                    return self._settle(request, found)
            await self._async_save()
            reply = await async_send(
                account,
                [Recipient(*request.thread)],
                request.text or "",
                media=await _async_media(self._hass, media, context),
            )
        except HomeAssistantError as err:
            if err.translation_key == OUTCOME_UNKNOWN:
                if found := self._find(account, request):
                    return self._settle(request, found)
                request.task = None  # it is looked for before it goes again
            else:
                self._requests.pop(request.id, None)
            await self._async_save()
            raise
        except BaseException:
            request.task = None
            raise
        ids = {str(reply.get(name)) for name in ("sms", "mms") if reply.get(name)}
        found = []
        for seconds in LOOKS:
            if seconds:
                await asyncio.sleep(seconds)
                await account.messages.async_refresh()
            if found := self._find(account, request, ids):
                break
        return self._settle(request, found)

    async def _async_look(self, account: VoipmsAccount, request: Request) -> list[Kept]:
        """Look whether VoIP.ms has a message that may have been sent.

        Raises a HomeAssistantError if it cannot be told.
        """
        conversations = account.messages.conversations
        if found := [kept for key in request.keys if (kept := conversations.get(key))]:
            return found
        await account.messages.async_refresh()
        if not account.messages.last_update_success:
            raise HomeAssistantError(
                translation_domain=DOMAIN,
                translation_key=OUTCOME_UNKNOWN,
                translation_placeholders={
                    "action": f"{DOMAIN}.send_sms",
                    "check": f"{DOMAIN}.get_sms",
                    "reason": str(account.messages.last_exception),
                },
            )
        return self._find(account, request)

    def _find(
        self, account: VoipmsAccount, request: Request, ids: Collection[str] = ()
    ) -> list[Kept]:
        """Return the messages that a request became, as far as they are listed."""
        thread = account.messages.conversations.threads.get(request.thread, ())
        recent = [
            kept
            for kept in reversed(thread)
            if self._by_key.get(kept.key, request.id) == request.id
        ]
        found = [
            kept
            for kept in recent
            if kept.message.id in ids and kept.message.direction is Direction.SENT
        ]
        return found or [kept for kept in recent if request.fits(kept)][:1]

    def _settle(self, request: Request, found: list[Kept]) -> list[Kept]:
        """Remember which messages a request became."""
        request.keys = [kept.key for kept in found]
        request.is_sent = True
        self._by_key.update(dict.fromkeys(request.keys, request.id))
        self._store.async_delay_save(self._rows, SAVE_DELAY)
        return found

    def _remember(self, request: Request) -> None:
        """Take a request in, and forget old ones."""
        self._requests[request.id] = request
        self._by_key.update(dict.fromkeys(request.keys, request.id))
        oldest = dt_util.utcnow() - KEPT_FOR
        for each in list(self._requests.values()):
            is_running = each.task is not None and not each.task.done()
            too_many = len(self._requests) > MOST_KEPT
            if not is_running and (each.at < oldest or too_many):
                del self._requests[each.id]
                for key in each.keys:
                    self._by_key.pop(key, None)

    async def async_remove(self) -> None:
        """Remove what is stored."""
        self._requests.clear()
        self._by_key.clear()
        await self._store.async_remove()

    async def _async_save(self) -> None:
        """Write the requests to disk, before anything is sent."""
        await self._store.async_save(self._rows())

    def _rows(self) -> list[dict[str, Any]]:
        """Return the requests as they are stored."""
        return [
            {
                "id": request.id,
                "entry_id": request.entry_id,
                "did": request.thread.did,
                "contact": request.thread.contact,
                "words": request.words,
                "at": request.at.isoformat(),
                "keys": request.keys,
                "is_sent": request.is_sent,
            }
            for request in self._requests.values()
        ]


async def _async_media(
    hass: HomeAssistant, values: Sequence[str], context: Context
) -> dict[str, str]:
    """Return the media of a message as VoIP.ms takes them."""
    if not values:
        return {}
    # It takes a while to import, and few messages need it.
    from .attachments import async_read

    kinds = {param.name: param for param in SEND_MMS.params}
    media: dict[str, str] = {}
    for name, value in zip(MEDIA, values, strict=False):
        read = await async_read(hass, value, context)
        with translated():
            media[name] = convert(kinds[name], read) or ""
    return media


DATA_OUTBOX: Final[HassKey[Outbox]] = HassKey(f"{DOMAIN}_outbox")
