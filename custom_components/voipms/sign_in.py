"""Sign-in: cleaning the input, verifying credentials, recognizing the account."""

from collections.abc import Mapping
from itertools import count
from typing import Any, Final

from yarl import URL

from homeassistant.config_entries import ConfigEntry
from homeassistant.const import CONF_URL, CONF_USERNAME
from homeassistant.core import HomeAssistant, callback

from .account import make_client
from .api import API_URL, VoipmsClient
from .api.errors import VoipmsError, VoipmsIpNotEnabledError
from .api.models import Did, Record, SubAccount
from .const import DOMAIN, MANUFACTURER
from .coordinator import devices_by_key, own_address
from .errors import async_sentence, async_words

type Problem = tuple[str, dict[str, str]]
"""The translation key of an error, and what fills its sentence."""

WRONG_ACCOUNT: Final[Problem] = ("wrong_account", {})

OWN: Final[tuple[type[Record], ...]] = (SubAccount, Did)
"""What no two accounts have at a time; the surer sign first, since numbers move."""


# --- What was typed ----------------------------------------------------------------


def trimmed(text: str) -> str:
    """Return a text without what cannot be seen at its ends.

    Whoever copies a password from a page or a message gets blanks of all sorts with
    it: line breaks, tabs, no-break and zero-width spaces, marks of direction.
    """
    unseen = {each for each in text if each.isspace() or not each.isprintable()}
    return text.strip("".join(unseen))


def is_web_address(text: str) -> bool:
    """Return True if an address can be called by HTTP."""
    try:
        url = URL(text)
    except ValueError:
        return False
    return url.scheme in {"http", "https"} and bool(url.host)


def complete_url(text: str) -> str:
    """Return the API's address; one without a path gets the vendor's."""
    text = trimmed(text)
    if not is_web_address(text) or URL(text).path not in {"", "/"}:
        return text
    return str(URL(text).with_path(URL(API_URL).path))


@callback
def async_free_title(hass: HomeAssistant) -> str:
    """Return a title for one more account: one that can be spoken, and is not taken."""
    taken = {entry.title for entry in hass.config_entries.async_entries(DOMAIN)}
    if MANUFACTURER not in taken:
        return MANUFACTURER
    numbered = (f"{MANUFACTURER} {number}" for number in count(2))
    return next(title for title in numbered if title not in taken)


# --- Whether VoIP.ms takes it ------------------------------------------------------


async def async_try(
    hass: HomeAssistant,
    data: Mapping[str, Any],
    *,
    instead_of: ConfigEntry[Any] | None = None,
) -> Problem | None:
    """Verify credentials; return what is wrong, or None.

    What is to be used instead of an entry's must lead to the same account.
    """
    if not is_web_address(data[CONF_URL]):
        return "invalid_url", {}
    client = make_client(hass, data)
    try:
        await client.verify_credentials()
        if (
            instead_of is None
            or instead_of.unique_id == data[CONF_USERNAME].lower()
            or await _is_account_of(hass, instead_of, client)
        ):
            return None
    except VoipmsError as err:
        return await _problem(hass, client, err)
    return WRONG_ACCOUNT


async def _problem(
    hass: HomeAssistant, client: VoipmsClient, err: VoipmsError
) -> Problem:
    """Return what a dialog says about an error."""
    key, placeholders = await async_sentence(hass, err)
    if isinstance(err, VoipmsIpNotEnabledError):
        address = await own_address(client)
        # The sentence is complete without it, since VoIP.ms may not tell.
        return key, {"address": address, "seen": f" ({address})" if address else ""}
    if key == "refused" or key.startswith("status_"):
        return "refused", {"reason": await async_words(hass, err)}
    return key, placeholders


# --- Whose account it is -----------------------------------------------------------


async def _is_account_of(
    hass: HomeAssistant, entry: ConfigEntry[Any], client: VoipmsClient
) -> bool:
    """Return True if a client calls the account that an entry stands for.

    Its e-mail address may have changed, its number may not: the names of all its
    sub-accounts begin with it. If there are none, it is known by its phone numbers.
    Raises a VoipmsError.
    """
    for model in OWN:
        known = {_owner(key) for key in devices_by_key(hass, entry, model)}
        found = {_owner(key) for key in await client.records(model)}
        if known and found:
            return not known.isdisjoint(found)
    return False


def _owner(key: str) -> str:
    """Return the account that a sub-account belongs to; a phone number as it is."""
    return key.partition("_")[0]
