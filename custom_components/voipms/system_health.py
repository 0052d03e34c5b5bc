"""System health of VoIP.ms."""

from typing import Any

from homeassistant.components import system_health
from homeassistant.const import CONF_URL
from homeassistant.core import HomeAssistant, callback

from .account import VoipmsConfigEntry
from .api import API_URL
from .const import DOMAIN


@callback
def async_register(
    hass: HomeAssistant, register: system_health.SystemHealthRegistration
) -> None:
    """Register the system health information."""
    register.async_register_info(system_health_info)


async def system_health_info(hass: HomeAssistant) -> dict[str, Any]:
    """Return whether the API answers, and when it last had too many calls."""
    entries: list[VoipmsConfigEntry] = hass.config_entries.async_loaded_entries(DOMAIN)
    urls = {entry.data[CONF_URL] for entry in entries} or {API_URL}
    limited = [
        at for entry in entries if (at := entry.runtime_data.health.rate_limited_at)
    ]
    return {
        "api": system_health.async_check_can_reach_url(hass, min(urls)),
        "accounts": len(entries),
        "rate_limited": max(limited).isoformat() if limited else "–",
    }
