"""Diagnostics support for VoIP.ms."""

from collections import Counter
from dataclasses import fields
from typing import Any, Final

from yarl import URL

from homeassistant.components.diagnostics import REDACTED, async_redact_data
from homeassistant.config_entries import ConfigEntryState
from homeassistant.const import (
    CONF_NAME,
    CONF_PASSWORD,
    CONF_URL,
    CONF_USERNAME,
    CONF_WEBHOOK_ID,
    STATE_UNAVAILABLE,
)
from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr, entity_registry as er

from .account import VoipmsConfigEntry
from .api.models import Did, Routing
from .const import CONF_CLOUDHOOK_URL, CONF_DND_ROUTING, CONF_NUMBER, ENTRY_VERSION
from .coordinator import VoipmsCoordinator
from .coordinator.numbers import did_of

SECRETS: Final = frozenset(
    {
        CONF_CLOUDHOOK_URL,
        CONF_NAME,
        CONF_NUMBER,
        CONF_PASSWORD,
        CONF_USERNAME,
        CONF_WEBHOOK_ID,
    }
)
SHOWN: Final = frozenset(
    {
        "billing_type",
        "cnam",
        "description",
        "dialtime",
        "did",
        "e911",
        "next_billing",
        "pop",
        "record_calls",
        "sms_available",
        "sms_email_enabled",
        "sms_enabled",
        "sms_forward_enabled",
        "sms_url_callback_enabled",
        "sms_url_callback_retry",
    }
)
"""The fields of a number that tell nothing about anybody else."""
ROUTINGS: Final = frozenset(
    {"failover_busy", "failover_noanswer", "failover_unreachable", "routing"}
)


async def async_get_config_entry_diagnostics(
    hass: HomeAssistant, entry: VoipmsConfigEntry
) -> dict[str, Any]:
    """Return what an account is and does."""
    about = {
        "state": entry.state.value,
        "reason": entry.error_reason_translation_key,
        "data": _data(entry),
        "options": {
            **entry.options,
            CONF_DND_ROUTING: _routing(entry.options.get(CONF_DND_ROUTING, "")),
        },
        "contacts": len(entry.subentries),
    }
    if entry.state is not ConfigEntryState.LOADED:
        return about
    account = entry.runtime_data
    return {
        **about,
        "coordinators": [
            _coordinator(coordinator) for coordinator in account.coordinators
        ],
        "rate_limited_at": account.health.rate_limited_at,
        "directory": Counter(
            routing.partition(":")[0] for routing in account.directory.data.names
        ),
        "sub_accounts": len(account.sub_accounts.data),
        "mailboxes": len(account.mailboxes.data),
        "numbers": [_number(number) for number in account.numbers.data.values()],
    }


async def async_get_device_diagnostics(
    hass: HomeAssistant, entry: VoipmsConfigEntry, device: dr.DeviceEntry
) -> dict[str, Any]:
    """Return what a number is and does; of other devices, what they are."""
    about = {"model": device.model, "state": entry.state.value}
    if entry.state is not ConfigEntryState.LOADED:
        return about
    account = entry.runtime_data
    number = account.numbers.data.get(did_of(device, entry) or "")
    return {
        **about,
        "number": _number(number) if number else None,
        "entities": [
            {
                "entity": f"{each.domain}.{each.translation_key}",
                "disabled_by": each.disabled_by,
                "available": (state := hass.states.get(each.entity_id)) is not None
                and state.state != STATE_UNAVAILABLE,
            }
            for each in er.async_entries_for_device(
                er.async_get(hass), device.id, include_disabled_entities=True
            )
        ],
        "coordinators": [
            _coordinator(coordinator) for coordinator in account.coordinators
        ],
    }


def _data(entry: VoipmsConfigEntry) -> dict[str, Any] | list[str]:
    """Return what an entry holds; of one that was not taken over, only the keys."""
    if entry.version != ENTRY_VERSION:
        return sorted(entry.data)
    return {
        **async_redact_data(dict(entry.data), SECRETS),
        # A relay's address may hold a password.
        CONF_URL: str(URL(entry.data[CONF_URL]).with_user(None).with_query(None)),
    }


def _coordinator(coordinator: VoipmsCoordinator[Any]) -> dict[str, Any]:
    """Return how a coordinator is doing; of an error, only its kind."""
    error = coordinator.last_exception
    return {
        "name": coordinator.name,
        "interval": str(coordinator.update_interval),
        "last_update_success": coordinator.last_update_success,
        "last_exception": type(error.__cause__ or error).__name__ if error else None,
    }


def _number(number: Did) -> dict[str, Any]:
    """Return a number; of where it is routed to, only the kind of place."""
    shown: dict[str, Any] = {}
    for each in fields(number):
        value = getattr(number, each.name)
        if each.name in SHOWN:
            shown[each.name] = value
        elif each.name in ROUTINGS:
            shown[each.name] = _routing(value)
        else:
            shown[each.name] = REDACTED if value else value
    return shown


def _routing(value: str) -> str:
    """Return a routing; of one that may name a person or a phone, only the kind."""
    header, _, record = value.partition(":")
    is_harmless = Routing(header, record).is_harmless and len(record) < 10
    return value if is_harmless or not value else f"{header}:{REDACTED}"
