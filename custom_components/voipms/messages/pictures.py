"""Looking up media that are not listed with their message yet."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, Final

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import CALLBACK_TYPE, HassJob, HomeAssistant, callback
from homeassistant.helpers.event import async_call_later
from homeassistant.util import dt as dt_util

from ..api import VoipmsClient
from ..api.errors import VoipmsError, VoipmsRefusedError
from ..api.messages import read_media
from ..const import DOMAIN, LOGGER
from .identity import Listed

PAUSES: Final = (5, 10, 15, 60, 120, 300)
"""How many seconds pass between one look and the next, after the first."""
AGE: Final = timedelta(seconds=sum(PAUSES))
"""How old a message may be whose media are looked up after a restart."""
LOOKS_AT_ONCE: Final = 4


@dataclass(slots=True)
class Wanted:
    """A message whose media are looked up."""

    listed: Listed
    pauses: list[int] = field(default_factory=lambda: list(PAUSES))
    cancel: CALLBACK_TYPE | None = None


class Pictures:
    """Looks up the media of messages: at once, then a few more times over minutes."""

    def __init__(
        self,
        hass: HomeAssistant,
        entry: ConfigEntry[Any],
        client: VoipmsClient,
        on_found: Callable[[Listed], None],
        on_refused: Callable[[Listed], None],
    ) -> None:
        """Initialize with nothing to look up.

        `on_found` is called with a message when it has its media, `on_refused` with one
        that can have none.
        """
        self._hass = hass
        self._entry = entry
        self._client = client
        self._on_found = on_found
        self._on_refused = on_refused
        self._wanted: dict[str, Wanted] = {}
        self._slots = asyncio.Semaphore(LOOKS_AT_ONCE)

    @staticmethod
    def is_recent(listed: Listed) -> bool:
        """Return True if it is worth while to look up the media of a message."""
        return abs(dt_util.utcnow() - listed.message.time) < AGE

    @callback
    def async_want(self, listed: Listed) -> None:
        """Look up the media of a message, unless that is under way."""
        if listed.key not in self._wanted:
            self._wanted[listed.key] = Wanted(listed)
            self._look_soon(listed.key)

    @callback
    def async_forget(self, listed: Listed) -> None:
        """Look no more for the media of a message."""
        wanted = self._wanted.pop(listed.key, None)
        if wanted and wanted.cancel:
            wanted.cancel()

    @callback
    def async_stop(self) -> None:
        """Look no more."""
        for wanted in list(self._wanted.values()):
            self.async_forget(wanted.listed)

    @callback
    def _look_soon(self, key: str) -> None:
        """Look without anybody waiting for it."""
        self._entry.async_create_background_task(
            self._hass, self._look(key), f"{DOMAIN} media"
        )

    async def _look(self, key: str) -> None:
        """Look once; see to the next time if there is nothing yet."""
        if (wanted := self._wanted.get(key)) is None:
            return
        listed = wanted.listed
        try:
            async with self._slots:
                reply = await self._client.call(
                    "getMediaMMS", {"id": listed.message.id}
                )
        except VoipmsError as err:
            LOGGER.debug("The media of a message could not be looked up: %s", err)
            if isinstance(err, VoipmsRefusedError) and not listed.is_mms:
                self._refuse(listed)
                return
        else:
            if media := read_media(reply):
                self._find(listed, media)
                return
            if "media" not in reply and not listed.is_mms:
                self._refuse(listed)
                return
        self._look_later(key)

    def _find(self, listed: Listed, media: tuple[str, ...]) -> None:
        """Hand on a message with the media that have been found."""
        if self._wanted.pop(listed.key, None):
            message = replace(listed.message, media=media)
            self._on_found(replace(listed, message=message, is_mms=True))

    def _refuse(self, listed: Listed) -> None:
        """Hand on a message that is no MMS."""
        if self._wanted.pop(listed.key, None):
            self._on_refused(listed)

    def _look_later(self, key: str) -> None:
        """See to the next look, or give up."""
        if (wanted := self._wanted.get(key)) is None:
            return
        if not wanted.pauses:
            del self._wanted[key]
            return

        @callback
        def look(_: datetime) -> None:
            self._look_soon(key)

        job = HassJob(look, cancel_on_shutdown=True)
        wanted.cancel = async_call_later(self._hass, wanted.pauses.pop(0), job)
