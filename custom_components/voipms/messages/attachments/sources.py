"""Where a medium is: on the web, in a folder, in Home Assistant itself."""

import asyncio
from pathlib import Path
import re
from typing import Final

from yarl import URL

from homeassistant.core import Context, HomeAssistant, valid_entity_id
from homeassistant.exceptions import HomeAssistantError

from . import addresses
from .fetch import async_fetch, async_fetch_own, is_allowed
from .files import async_read_file
from .formats import refused_ending
from .refusals import MAX_SECONDS, refused, too_slow
from .snapshots import DOMAINS, async_snapshot

MEDIA_SOURCE: Final = "media_source"
SCHEME: Final = "media-source://"

_ENTITY: Final = re.compile(r"/api/(?:camera|image)_proxy(?:_stream)?/([\w.]+)")
_LOCAL: Final = "/local/"
_FOLDER: Final = re.compile(r"/media/([^/]+)/")


def is_data(text: str) -> bool:
    """Return True if a text holds a medium itself."""
    return text[:5].lower() == "data:"


async def async_find(
    hass: HomeAssistant, text: str, context: Context | None
) -> str | bytes:
    """Return what a person means: data, a data URI, or an address for VoIP.ms.

    Raises a translated HomeAssistantError.
    """
    if addresses.is_web_address(text):
        return await _async_address(hass, text, context)
    if text.startswith(SCHEME):
        return await _async_media_source(hass, text, context)
    if valid_entity_id(text):
        return await async_snapshot(hass, text, context)
    if text.startswith(("/api/", _LOCAL)) or _in_media_folder(hass, text):
        return await _async_own_path(hass, text, context)
    return await async_read_file(hass, Path(text))


async def _async_address(
    hass: HomeAssistant, text: str, context: Context | None
) -> str | bytes:
    """Return a web address if VoIP.ms may have it, and otherwise what is there."""
    url = addresses.parse(text)
    if addresses.is_own(hass, url):
        return await _async_own_path(hass, str(url.relative()), context)
    if addresses.holds_secret(url):
        reason = "media_secret"
    elif await addresses.async_is_of_house(hass, url):
        reason = "media_private"
    elif ending := refused_ending(url.path):
        if not is_allowed(hass, url):
            raise refused("media_wrong_type", text, type=ending)
        return await async_fetch(hass, url)
    else:
        return addresses.written(text, url)
    if not is_allowed(hass, url):
        raise refused(reason, text, origin=str(url.origin()))
    return await async_fetch(hass, url)


async def _async_media_source(
    hass: HomeAssistant, media_id: str, context: Context | None
) -> str | bytes:
    """Return an item of a media source."""
    domain, _, item_id = media_id.removeprefix(SCHEME).partition("/")
    if domain in DOMAINS:
        return await async_snapshot(hass, item_id, context)
    if domain == MEDIA_SOURCE:
        return await _async_media_file(hass, item_id)
    if MEDIA_SOURCE not in hass.config.components:
        raise refused("media_not_readable", media_id)
    # It takes long to import, and few messages need it.
    from homeassistant.components import media_source

    try:
        async with asyncio.timeout(MAX_SECONDS):
            item = await media_source.async_resolve_media(hass, media_id, None)
    except TimeoutError:
        raise too_slow(media_id) from None
    except HomeAssistantError, LookupError, OSError, ValueError:
        raise refused("media_not_readable", media_id) from None
    if item.path is not None:
        return await async_read_file(hass, item.path, allowed=True)
    if is_data(item.url):
        return item.url
    if addresses.is_web_address(item.url):
        return await _async_address(hass, item.url, context)
    if item.url.startswith("/"):
        return await _async_own_path(hass, item.url, context)
    raise refused("media_not_readable", media_id)


async def _async_own_path(
    hass: HomeAssistant, text: str, context: Context | None
) -> bytes:
    """Return what Home Assistant shows at a path of its own."""
    try:
        url = URL(text)
    except ValueError:
        raise refused("media_not_readable", text) from None
    if entity := _ENTITY.fullmatch(url.path):
        return await async_snapshot(hass, entity[1], context)
    if url.path.startswith(_LOCAL):
        return await _async_below(
            hass, hass.config.path("www"), url.path.removeprefix(_LOCAL)
        )
    if _in_media_folder(hass, url.path):
        return await _async_media_file(hass, url.path.removeprefix("/media/"))
    return await async_fetch_own(hass, url, context)


def _in_media_folder(hass: HomeAssistant, path: str) -> bool:
    """Return True if a path leads into one of Home Assistant's media folders."""
    folder = _FOLDER.match(path)
    return folder is not None and folder[1] in hass.config.media_dirs


async def _async_media_file(hass: HomeAssistant, item_id: str) -> bytes:
    """Return a file of Home Assistant's media folders."""
    name, _, rest = item_id.partition("/")
    if (folder := hass.config.media_dirs.get(name)) is None:
        raise refused("media_not_readable", item_id)
    return await _async_below(hass, folder, rest)


async def _async_below(hass: HomeAssistant, folder: str, rest: str) -> bytes:
    """Return a file that must be below a folder."""
    root = Path(folder)
    return await async_read_file(hass, root / rest.lstrip("/"), root=root)
