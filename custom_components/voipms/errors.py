"""Errors of the client in the user's language."""

from collections.abc import Iterator, Mapping
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
    """Return the translation key of an error and its placeholders.

    The translations of exceptions have to be loaded.
    """
    if isinstance(err, VoipmsInvalidValueError):
        return err.key, err.placeholders
    if isinstance(err, VoipmsNotAppliedError):
        quoted = "wanted" in err.placeholders
        return "not_applied" if quoted else "not_applied_secret", err.placeholders
    if isinstance(err, VoipmsConnectionError):
        return "cannot_connect", {"reason": _reason(err)}
    if key := _KEYS.get(type(err)):
        return key, {}
    assert isinstance(err, VoipmsStatusError)
    key = f"status_{err.status.lower()}"
    if _path(key) in _words():
        return key, {"code": err.status}
    return "refused", {"code": err.status, "method": err.method}


def _reason(err: VoipmsConnectionError) -> str:
    """Return why VoIP.ms could not be reached, as a part of a sentence."""
    words = _words().get(_path(f"connection_{err.reason}"), err.reason)
    return words.format(**err.details)


def _words() -> dict[str, str]:
    """Return the translations of exceptions, as far as they are loaded."""
    hass = async_get_hass()
    return async_get_cached_translations(
        hass, hass.config.language, "exceptions", DOMAIN
    )


def _path(key: str) -> str:
    """Return the path of the translation of an exception."""
    return f"component.{DOMAIN}.exceptions.{key}.message"


async def async_sentence(
    hass: HomeAssistant, err: VoipmsError
) -> tuple[str, dict[str, str]]:
    """Return the translation key of an error and its placeholders.

    For dialogs, since before the first account is set up no translations are loaded.
    """
    await async_get_translations(hass, hass.config.language, "exceptions", {DOMAIN})
    return sentence(err)


async def async_words(hass: HomeAssistant, err: VoipmsError) -> str:
    """Return an error in the user's language, for a dialog without words for it."""
    return await async_message(hass, *await async_sentence(hass, err))


async def async_message(
    hass: HomeAssistant, key: str, placeholders: Mapping[str, str]
) -> str:
    """Return the message of an exception in the user's language."""
    words = await async_get_translations(
        hass, hass.config.language, "exceptions", {DOMAIN}
    )
    return words[_path(key)].format(**placeholders)


class TranslatedError(HomeAssistantError):
    """Error of the client in the user's language."""

    def __init__(
        self,
        error: VoipmsError,
        key: str | None = None,
        placeholders: Mapping[str, str] | None = None,
    ) -> None:
        """Initialize the error, with a translation of its own if there is one."""
        own_key, own_placeholders = sentence(error)
        super().__init__(
            translation_domain=DOMAIN,
            translation_key=key or own_key,
            translation_placeholders={**own_placeholders, **(placeholders or {})},
        )
        self.error = error


class InvalidValueError(TranslatedError, ServiceValidationError):
    """Invalid value in the user's language."""


class OutcomeUnknownError(TranslatedError):
    """A call was sent, but not answered."""

    error: VoipmsConnectionError

    def __init__(
        self, error: VoipmsConnectionError, action: str, reader: str | None = None
    ) -> None:
        """Initialize the error; `reader` is the action that shows the outcome."""
        super().__init__(
            error,
            "outcome_unknown",
            {
                "action": f"{DOMAIN}.{action}",
                "check": f"{DOMAIN}.{reader}" if reader else "https://voip.ms",
            },
        )


@contextmanager
def translated() -> Iterator[None]:
    """Raise the errors of the client as errors of Home Assistant."""
    try:
        yield
    except VoipmsInvalidValueError as err:
        raise InvalidValueError(err) from err
    except VoipmsError as err:
        raise TranslatedError(err) from err


def not_loaded(title: str) -> HomeAssistantError:
    """Return the error for an account that is not loaded."""
    return HomeAssistantError(
        translation_domain=DOMAIN,
        translation_key="account_not_loaded",
        translation_placeholders={"account": title},
    )
