"""From the client's errors to sentences in the user's language."""

from collections.abc import Iterator
from contextlib import contextmanager

from homeassistant.exceptions import HomeAssistantError, ServiceValidationError

from .api.errors import (
    VoipmsApiNotEnabledError,
    VoipmsAuthError,
    VoipmsConnectionError,
    VoipmsError,
    VoipmsInvalidValueError,
    VoipmsIpNotEnabledError,
    VoipmsMaintenanceError,
    VoipmsNotAppliedError,
    VoipmsRateLimitError,
    VoipmsStatusError,
)
from .api.statuses import MEANINGS
from .const import DOMAIN

_KEYS: dict[type[VoipmsError], str] = {
    VoipmsAuthError: "invalid_auth",
    VoipmsIpNotEnabledError: "ip_not_enabled",
    VoipmsApiNotEnabledError: "api_not_enabled",
    VoipmsRateLimitError: "rate_limit",
    VoipmsMaintenanceError: "maintenance",
}


def sentence(err: VoipmsError) -> tuple[str, dict[str, str]]:
    """Return the translation key of an error and what fills its sentence."""
    if isinstance(err, VoipmsInvalidValueError):
        return err.key, err.placeholders
    if isinstance(err, VoipmsNotAppliedError):
        words = "not_applied" if "wanted" in err.placeholders else "not_applied_secret"
        return words, err.placeholders
    if isinstance(err, VoipmsConnectionError):
        return "cannot_connect", {"reason": str(err)}
    if key := _KEYS.get(type(err)):
        return key, {}
    assert isinstance(err, VoipmsStatusError)
    if err.status in MEANINGS:
        return f"status_{err.status.lower()}", {"code": err.status}
    return "refused", {"code": err.status, "method": err.method}


@contextmanager
def translated() -> Iterator[None]:
    """Turn the client's errors into Home Assistant's, in the user's language."""
    try:
        yield
    except VoipmsError as err:
        key, placeholders = sentence(err)
        kind = (
            ServiceValidationError
            if isinstance(err, VoipmsInvalidValueError)
            else HomeAssistantError
        )
        raise kind(
            translation_domain=DOMAIN,
            translation_key=key,
            translation_placeholders=placeholders,
        ) from err
