"""What a user may do with the messages of a number."""

from homeassistant.auth.models import User
from homeassistant.auth.permissions.const import POLICY_CONTROL, POLICY_READ
from homeassistant.components.event import DOMAIN as EVENT_DOMAIN
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import entity_registry as er

from .const import DOMAIN


@callback
def async_may(hass: HomeAssistant, user: User, did: str, policy: str) -> bool:
    """Return True if a user's policy lets them at the messages of a number.

    What counts is the event entity of its messages. A number that has none, such as
    one that was cancelled, is for those who may do so with every entity.
    """
    entity_id = er.async_get(hass).async_get_entity_id(
        EVENT_DOMAIN, DOMAIN, f"{did}_sms"
    )
    if entity_id is None:
        return user.permissions.access_all_entities(policy)
    return user.permissions.check_entity(entity_id, policy)


@callback
def async_may_read(hass: HomeAssistant, user: User, did: str) -> bool:
    """Return True if a user may read the messages of a number."""
    return async_may(hass, user, did, POLICY_READ)


@callback
def async_may_send(hass: HomeAssistant, user: User, did: str) -> bool:
    """Return True if a user may send messages from a number."""
    return async_may(hass, user, did, POLICY_CONTROL)
