"""What cameras and image entities show."""

from typing import Final

from aiohttp import ClientError

from homeassistant.auth.permissions.const import POLICY_READ
from homeassistant.core import Context, HomeAssistant, split_entity_id
from homeassistant.exceptions import HomeAssistantError, Unauthorized, UnknownUser

from .refusals import MAX_BYTES, refused

CAMERA: Final = "camera"
IMAGE: Final = "image"
DOMAINS: Final = (CAMERA, IMAGE)
SMALLER: Final = ((1920, 1080), (1280, 720), (640, 360))
"""The sizes that a camera is asked for whose picture is too large."""


async def async_snapshot(
    hass: HomeAssistant, entity_id: str, context: Context | None
) -> bytes:
    """Return what an entity shows now, if the user who asks may see it.

    Raises a translated HomeAssistantError.
    """
    domain = split_entity_id(entity_id)[0]
    if domain not in DOMAINS or domain not in hass.config.components:
        raise refused("media_not_readable", entity_id)
    await _async_check_user(hass, entity_id, context)
    try:
        if domain == CAMERA:
            return await _async_camera(hass, entity_id)
        # It takes long to import, and few messages need it.
        from homeassistant.components import image

        return (await image.async_get_image(hass, entity_id)).content
    except HomeAssistantError, ClientError, OSError, NotImplementedError:
        # The reason may hold the camera's address, with its password.
        raise refused("media_not_readable", entity_id) from None


async def _async_camera(hass: HomeAssistant, entity_id: str) -> bytes:
    """Return a camera's picture, smaller if the camera can make it so."""
    from homeassistant.components import camera

    content = (await camera.async_get_image(hass, entity_id)).content
    for width, height in SMALLER:
        if len(content) <= MAX_BYTES:
            break
        try:
            shot = await camera.async_get_image(
                hass, entity_id, width=width, height=height
            )
        except HomeAssistantError:
            break
        if len(shot.content) >= len(content):
            break
        content = shot.content
    return content


async def _async_check_user(
    hass: HomeAssistant, entity_id: str, context: Context | None
) -> None:
    """Refuse an entity that the user who runs an action may not see."""
    if context is None or context.user_id is None:
        return
    user = await hass.auth.async_get_user(context.user_id)
    if user is None:
        raise UnknownUser(context=context, entity_id=entity_id, permission=POLICY_READ)
    if not user.permissions.check_entity(entity_id, POLICY_READ):
        raise Unauthorized(
            context=context,
            entity_id=entity_id,
            permission=POLICY_READ,
            perm_category=split_entity_id(entity_id)[0],
        )
