"""Pictures and files for messages: from the web, from disk, from a camera."""

from base64 import b64encode
import mimetypes
from pathlib import Path
from typing import Any, Final

from homeassistant.components import camera, image, media_source
from homeassistant.components.camera.const import DOMAIN as CAMERA_DOMAIN
from homeassistant.components.image.const import DOMAIN as IMAGE_DOMAIN
from homeassistant.const import ATTR_ENTITY_ID
from homeassistant.core import HomeAssistant, split_entity_id, valid_entity_id
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError

from .const import DOMAIN

MAX_BYTES: Final = 1_200_000
"""How large a picture may be; carriers refuse larger ones."""
SOURCE: Final = "media-source://"


async def async_read(hass: HomeAssistant, value: Any) -> str:
    """Return a medium as VoIP.ms takes it: a web address, or the data itself.

    `value` is a web address, a data URI, a path that Home Assistant may read, an item
    of a media source, or a camera or image entity. Raises a translated
    HomeAssistantError.
    """
    if isinstance(value, dict):
        value = value.get("media_content_id") or value.get(ATTR_ENTITY_ID)
    text = str(value).strip()
    if text.startswith(("http://", "https://", "data:")):
        return text
    for domain in (CAMERA_DOMAIN, IMAGE_DOMAIN):
        text = text.removeprefix(f"{SOURCE}{domain}/")
    if valid_entity_id(text):
        return await _read_entity(hass, text)
    if text.startswith(SOURCE):
        return await _read_source(hass, text)
    return await _read_file(hass, Path(text), allowed=False)


async def _read_entity(hass: HomeAssistant, entity_id: str) -> str:
    """Read what a camera or an image entity shows now."""
    domain = split_entity_id(entity_id)[0]
    shot: camera.Image | image.Image
    try:
        if domain == CAMERA_DOMAIN:
            shot = await camera.async_get_image(hass, entity_id)
        elif domain == IMAGE_DOMAIN and domain in hass.config.components:
            shot = await image.async_get_image(hass, entity_id)
        else:
            raise _invalid("media_not_readable", entity_id)
    except HomeAssistantError as err:
        raise _invalid("media_not_readable", entity_id) from err
    return _encode(shot.content, shot.content_type, entity_id)


async def _read_source(hass: HomeAssistant, media_id: str) -> str:
    """Read an item of a media source."""
    try:
        item = await media_source.async_resolve_media(hass, media_id, None)
    except HomeAssistantError as err:
        raise _invalid("media_not_readable", media_id) from err
    if item.path is not None:
        return await _read_file(hass, item.path, allowed=True)
    if item.url.startswith(("http://", "https://")):
        return item.url
    raise _invalid("media_not_readable", media_id)


async def _read_file(hass: HomeAssistant, path: Path, *, allowed: bool) -> str:
    """Read a file, if Home Assistant may."""

    def read() -> bytes:
        if not allowed and not hass.config.is_allowed_path(str(path)):
            raise _invalid("media_not_allowed", str(path))
        if path.stat().st_size > MAX_BYTES:
            raise _invalid("media_too_large", path.name)
        return path.read_bytes()

    try:
        content = await hass.async_add_executor_job(read)
    except (OSError, ValueError) as err:
        raise _invalid("media_not_readable", str(path)) from err
    kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    return _encode(content, kind, path.name)


def _encode(content: bytes, content_type: str, name: str) -> str:
    """Return data as a data URI."""
    if len(content) > MAX_BYTES:
        raise _invalid("media_too_large", name)
    return f"data:{content_type};base64,{b64encode(content).decode()}"


def _invalid(key: str, media: str) -> HomeAssistantError:
    """Return the error for a medium that cannot be sent."""
    return ServiceValidationError(
        translation_domain=DOMAIN,
        translation_key=key,
        translation_placeholders={
            "media": media,
            "maximum": f"{MAX_BYTES / 1_000_000:.1f} MB",
        },
    )
