"""The repair issues: raised while there is something to fix, deleted afterwards."""

from collections.abc import Container, Mapping
from typing import Any, Final

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import issue_registry as ir

from ..const import API_PAGE, DOMAIN

IP_NOT_ENABLED: Final = "ip_not_enabled"
IP_NOT_ENABLED_UNSEEN: Final = "ip_not_enabled_unseen"
API_NOT_ENABLED: Final = "api_not_enabled"
CALLBACK_MISSING: Final = "callback_missing"
CALLBACK_IGNORED: Final = "callback_ignored"
NO_EXTERNAL_URL: Final = "no_external_url"
DND_TARGET_GONE: Final = "do_not_disturb_target_gone"
CONTACT_NUMBER_GONE: Final = "contact_number_gone"
SETTINGS_UNKNOWN: Final = "settings_unknown"
ROUTING_NOT_RESTORED: Final = "routing_not_restored"
CALLBACK_NOT_RESTORED: Final = "callback_not_restored"
NOT_TAKEN_OVER: Final = "not_taken_over"
SET_UP_TWICE: Final = "set_up_twice"
MESSAGES_LATE: Final = "messages_late"
MESSAGES_REPEATED: Final = "messages_repeated"
MESSAGES_NOT_SAVED: Final = "messages_not_saved"

NOT_RESTORED: Final = frozenset({ROUTING_NOT_RESTORED, CALLBACK_NOT_RESTORED})
"""What outlives the config entry and a restart, since nothing raises it again."""
NOT_FIXABLE: Final = frozenset(
    {
        NOT_TAKEN_OVER,
        SET_UP_TWICE,
        MESSAGES_LATE,
        MESSAGES_REPEATED,
        MESSAGES_NOT_SAVED,
    }
)
"""What is fixed elsewhere; the issue says where."""
ERRORS: Final = frozenset(
    {
        NOT_TAKEN_OVER,
        SET_UP_TWICE,
        IP_NOT_ENABLED,
        API_NOT_ENABLED,
        ROUTING_NOT_RESTORED,
    }
)
"""What keeps an account or the calls of a number from working at all."""

ATTR_ENTRY_ID: Final = "entry_id"
ATTR_KEY: Final = "key"
ATTR_SUBENTRY_ID: Final = "subentry_id"


@callback
def async_raise(
    hass: HomeAssistant,
    entry: ConfigEntry[Any],
    key: str,
    *,
    subentry_id: str = "",
    words: str | None = None,
    placeholders: Mapping[str, str] | None = None,
) -> None:
    """Create or update an issue; `words` is its translation key if not the key."""
    ir.async_create_issue(
        hass,
        DOMAIN,
        _issue_id(entry, key, subentry_id),
        data={
            ATTR_ENTRY_ID: entry.entry_id,
            ATTR_KEY: key,
            ATTR_SUBENTRY_ID: subentry_id,
        },
        is_fixable=key not in NOT_FIXABLE,
        is_persistent=key in NOT_RESTORED,
        severity=ir.IssueSeverity.ERROR if key in ERRORS else ir.IssueSeverity.WARNING,
        translation_key=words or key,
        translation_placeholders={
            "account": entry.title,
            "api_url": API_PAGE,
            **(placeholders or {}),
        },
    )


@callback
def async_clear(
    hass: HomeAssistant, entry: ConfigEntry[Any], key: str, *, subentry_id: str = ""
) -> None:
    """Delete an issue."""
    ir.async_delete_issue(hass, DOMAIN, _issue_id(entry, key, subentry_id))


@callback
def async_clear_others(
    hass: HomeAssistant, entry: ConfigEntry[Any], key: str, known: Container[str]
) -> None:
    """Delete the issues of subentries that no longer exist."""
    prefix = _issue_id(entry, key, "")
    for domain, issue_id in list(ir.async_get(hass).issues):
        if (
            domain == DOMAIN
            and issue_id.startswith(prefix)
            and issue_id.removeprefix(prefix) not in known
        ):
            ir.async_delete_issue(hass, DOMAIN, issue_id)


@callback
def async_is_raised(hass: HomeAssistant, entry: ConfigEntry[Any], key: str) -> bool:
    """Return True if an issue is raised."""
    issue_id = _issue_id(entry, key, "")
    return ir.async_get(hass).async_get_issue(DOMAIN, issue_id) is not None


@callback
def async_clear_all(hass: HomeAssistant, entry: ConfigEntry[Any]) -> None:
    """Delete all issues of an account."""
    for domain, issue_id in list(ir.async_get(hass).issues):
        if domain == DOMAIN and issue_id.startswith(f"{entry.entry_id}_"):
            ir.async_delete_issue(hass, DOMAIN, issue_id)


def _issue_id(entry: ConfigEntry[Any], key: str, subentry_id: str) -> str:
    """Return the ID of an issue, unique among accounts and contacts."""
    return f"{entry.entry_id}_{key}{subentry_id}"
