"""Attachments of messages: pictures and files from the web and Home Assistant."""

import asyncio
from base64 import b64decode, b64encode
from functools import partial
from typing import Any, Final
from urllib.parse import unquote_to_bytes

from homeassistant.const import ATTR_ENTITY_ID
from homeassistant.core import Context, HomeAssistant
from homeassistant.util.hass_dict import HassKey

from ...services.fields import invalid
from .files import MAX_SOURCE_BYTES
from .formats import JPEG, recognize
from .pictures import as_small_jpeg
from .refusals import MAX_BYTES, refused, too_large
from .sources import async_find, is_data

FIELD: Final = "media"
ATTR_MEDIA_CONTENT_ID: Final = "media_content_id"

DATA_LOCK: Final[HassKey[asyncio.Lock]] = HassKey("voipms_pictures")
"""A large picture takes much memory, which small computers have for one only."""


async def async_read(
    hass: HomeAssistant, value: Any, context: Context | None = None
) -> str:
    """Return a medium as VoIP.ms takes it: a web address, or the data itself.

    `value` is a web address, a data URI, a path of Home Assistant or of a file that
    it may read, an item of a media source, or a camera or image entity. What only
    the house reaches is read here, with the rights of the user in `context`. Raises
    a translated HomeAssistantError.
    """
    if isinstance(value, dict):
        value = value.get(ATTR_MEDIA_CONTENT_ID) or value.get(ATTR_ENTITY_ID)
    if value is None or not (text := str(value).strip()):
        raise invalid("missing_field", field=FIELD)
    found = text if is_data(text) else await async_find(hass, text, context)
    if isinstance(found, str) and not is_data(found):
        return found
    lock = hass.data.setdefault(DATA_LOCK, asyncio.Lock())
    async with lock:
        return await hass.async_add_executor_job(partial(_as_data_uri, found, text))


def _as_data_uri(found: str | bytes, name: str) -> str:
    """Return data in the form in which they are sent, made smaller if need be."""
    data = _decode(found) if isinstance(found, str) else found
    kind = recognize(data)
    fits = len(data) <= MAX_BYTES
    if kind is None:
        raise refused("media_unknown", name) if fits else too_large(name)
    if not (fits and kind.media_type) and kind.pillow:
        if small := as_small_jpeg(data, kind):
            data, kind, fits = small, JPEG, True
    if not kind.media_type:
        raise refused("media_wrong_type", name, type=kind.name)
    if not fits:
        raise too_large(name)
    return f"data:{kind.media_type};base64,{b64encode(data).decode()}"


def _decode(uri: str) -> bytes:
    """Return what a data URI holds."""
    head, _, body = uri.partition(",")
    if len(body) > 2 * MAX_SOURCE_BYTES:
        raise too_large(uri)
    try:
        data = unquote_to_bytes("".join(body.split()))
        if head.lower().endswith(";base64"):
            data = b64decode(data, validate=True)
    except ValueError as err:
        raise invalid("invalid_media", field=FIELD) from err
    if not data:
        raise invalid("invalid_media", field=FIELD)
    return data
