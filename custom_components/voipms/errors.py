"""From the client's errors to sentences in the user's language."""

from collections.abc import Iterator
from contextlib import contextmanager

from homeassistant.core import HomeAssistant, async_get_hass
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError
from homeassistant.helpers.translation import (
    async_get_cached_translations,
    async_get_translations,
)

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
        quoted = "wanted" in err.placeholders
        return "not_applied" if quoted else "not_applied_secret", err.placeholders
    if isinstance(err, VoipmsConnectionError):
        return "cannot_connect", {"reason": str(err)}
    if key := _KEYS.get(type(err)):
        return key, {}
    assert isinstance(err, VoipmsStatusError)
    key = f"status_{err.status.lower()}"
    words = async_get_cached_translations(async_get_hass(), "en", "exceptions", DOMAIN)
    if _path(key) in words:
        return key, {"code": err.status}
    return "refused", {"code": err.status, "method": err.method}


def _path(key: str) -> str:
    """Return where Home Assistant keeps the words of an error."""
    return f"component.{DOMAIN}.exceptions.{key}.message"


async def async_words(hass: HomeAssistant, err: VoipmsError) -> str:
    """Return an error in the user's language, for a form that has no words for it.

    Translations may not be loaded before the first account is set up.
    """
    words = await async_get_translations(
        hass, hass.config.language, "exceptions", {DOMAIN}
    )
    key, placeholders = sentence(err)
    return words[_path(key)].format(**placeholders)


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


def not_loaded(title: str) -> HomeAssistantError:
    """Return the error for an account that is not loaded."""
    return HomeAssistantError(
        translation_domain=DOMAIN,
        translation_key="account_not_loaded",
        translation_placeholders={"account": title},
    )
