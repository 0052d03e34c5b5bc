"""HTTP view of the media of messages."""

from http import HTTPStatus
from typing import Final

from aiohttp import hdrs, web

from homeassistant.auth.models import User
from homeassistant.components.http.const import KEY_HASS_USER
from homeassistant.config_entries import ConfigEntryState
from homeassistant.exceptions import Unauthorized
from homeassistant.helpers.http import KEY_HASS, HomeAssistantView

from .account import VoipmsConfigEntry
from .const import DOMAIN
from .messages.media_cache import DATA_MEDIA, MediaError
from .messages.media_paths import PATH, name_of
from .permissions import async_may_read

HEADERS: Final = {
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    hdrs.CACHE_CONTROL: "private, max-age=86400",
}
"""Whatever somebody sent, nothing in it runs."""
DOWNLOADED: Final = "application/octet-stream"


class MediaView(HomeAssistantView):
    """View that serves the media of messages."""

    url = f"{PATH}/{{entry_id}}/{{key}}/{{index}}"
    name = f"api:{DOMAIN}:media"

    async def get(
        self, request: web.Request, entry_id: str, key: str, index: str
    ) -> web.StreamResponse:
        """Return one medium: shown where that is harmless, and otherwise to save."""
        hass = request.app[KEY_HASS]
        entry: VoipmsConfigEntry | None = hass.config_entries.async_get_entry(entry_id)
        if (
            entry is None
            or entry.domain != DOMAIN
            or entry.state is not ConfigEntryState.LOADED
            or not index.isdecimal()
            or (kept := entry.runtime_data.message(key)) is None
            or len(index) > len(kept.message.media)
            or int(index) >= len(kept.message.media)
        ):
            return web.Response(status=HTTPStatus.NOT_FOUND)
        user: User = request[KEY_HASS_USER]
        if not async_may_read(hass, user, kept.message.did):
            raise Unauthorized
        number = int(index)
        try:
            medium = await hass.data[DATA_MEDIA].async_get(entry, kept, number)
        except MediaError:
            return web.Response(status=HTTPStatus.BAD_GATEWAY)
        name = name_of(kept.message.media[number], number)
        shown = "inline" if medium.media_type else "attachment"
        return web.FileResponse(
            medium.path,
            headers={
                **HEADERS,
                hdrs.CONTENT_TYPE: medium.media_type or DOWNLOADED,
                hdrs.CONTENT_DISPOSITION: f'{shown}; filename="{name}"',
            },
        )
