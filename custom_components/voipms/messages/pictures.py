"""Looking up media that are not listed with their message yet."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, Final

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import CALLBACK_TYPE, HassJob, HomeAssistant, callback
from homeassistant.helpers.event import async_call_later

from ..api.errors import VoipmsError, VoipmsRefusedError
from ..api.history import MessageReader
from ..const import DOMAIN, LOGGER
from .identity import Listed

DELAYS: Final = (5, 10, 15, 60, 120, 300)
"""How many seconds pass between one look-up and the next."""
AGE: Final = timedelta(seconds=sum(DELAYS))
"""How old a message may be whose media are looked up after a restart."""
PARALLEL_LOOKUPS: Final = 4


@dataclass(slots=True)
class Wanted:
    """A message whose media are looked up."""

    listed: Listed
    delays: list[int] = field(default_factory=lambda: list(DELAYS))
    cancel: CALLBACK_TYPE | None = None


class Pictures:
    """Looks up the media of messages: at once, then a few more times over minutes."""

    def __init__(
        self,
        hass: HomeAssistant,
        entry: ConfigEntry[Any],
        reader: MessageReader,
        on_found: Callable[[Listed], None],
        on_refused: Callable[[Listed], None],
    ) -> None:
        """Initialize with nothing to look up.

        `on_found` is called with a message when it has its media, `on_refused` with one
        that can have none.
        """
        self._hass = hass
        self._entry = entry
        self._reader = reader
        self._on_found = on_found
        self._on_refused = on_refused
        self._wanted: dict[str, Wanted] = {}
        self._slots = asyncio.Semaphore(PARALLEL_LOOKUPS)

    @staticmethod
    def is_recent(listed: Listed, now: datetime) -> bool:
        """Return True if the media of a message may still come."""
        return abs(now - listed.message.time) < AGE

    @callback
    def async_look_up(self, listed: Listed) -> None:
        """Look up the media of a message, unless that is under way."""
        if listed.key not in self._wanted:
            self._wanted[listed.key] = Wanted(listed)
            self._start_lookup(listed.key)

    @callback
    def async_forget(self, listed: Listed) -> None:
        """Stop looking up the media of a message."""
        wanted = self._wanted.pop(listed.key, None)
        if wanted and wanted.cancel:
            wanted.cancel()

    @callback
    def async_stop(self) -> None:
        """Stop looking up media."""
        for wanted in list(self._wanted.values()):
            self.async_forget(wanted.listed)

    @callback
    def _start_lookup(self, key: str) -> None:
        """Look up media in the background."""
        self._entry.async_create_background_task(
            self._hass, self._look_up(key), f"{DOMAIN} media"
        )

    async def _look_up(self, key: str) -> None:
        """Look up media; schedule the next look-up if there are none yet."""
        if (wanted := self._wanted.get(key)) is None:
            return
        listed = wanted.listed
        try:
            async with self._slots:
                media = await self._reader.media(listed.message.id)
        except VoipmsError as err:
            LOGGER.debug("The media of a message could not be looked up: %s", err)
            if isinstance(err, VoipmsRefusedError) and not listed.is_mms:
                self._refuse(listed)
                return
        else:
            if media:
                self._find(listed, media)
                return
            if media is None and not listed.is_mms:
                self._refuse(listed)
                return
        self._schedule_lookup(key)

    def _find(self, listed: Listed, media: tuple[str, ...]) -> None:
        """Hand on a message with the media that have been found."""
        if self._wanted.pop(listed.key, None):
            message = replace(listed.message, media=media)
            self._on_found(replace(listed, message=message, is_mms=True))

    def _refuse(self, listed: Listed) -> None:
        """Hand on a message that is no MMS."""
        if self._wanted.pop(listed.key, None):
            self._on_refused(listed)

    def _schedule_lookup(self, key: str) -> None:
        """Schedule the next look-up, or give up."""
        if (wanted := self._wanted.get(key)) is None:
            return
        if not wanted.delays:
            del self._wanted[key]
            return

        @callback
        def look(_: datetime) -> None:
            self._start_lookup(key)

        job = HassJob(look, cancel_on_shutdown=True)
        wanted.cancel = async_call_later(self._hass, wanted.delays.pop(0), job)
