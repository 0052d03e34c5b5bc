"""The dashboard card, which Home Assistant serves and every dashboard loads."""

from hashlib import sha256
from pathlib import Path
from typing import Final

from homeassistant.components.http.server import StaticPathConfig
from homeassistant.core import HomeAssistant, callback
from homeassistant.setup import async_when_setup
from homeassistant.util.hass_dict import HassKey

from .const import DOMAIN

FRONTEND: Final = "frontend"
FILE: Final = Path(__file__).parent / FRONTEND / "voipms-conversations.js"
PATH: Final = f"/{DOMAIN}/{FILE.name}"
DATA_URL: Final[HassKey[str]] = HassKey(f"{DOMAIN}_card_url")


async def async_serve(hass: HomeAssistant) -> None:
    """Serve the card at a URL that changes with its content."""
    digest = await hass.async_add_executor_job(_digest)
    await hass.http.async_register_static_paths(
        [StaticPathConfig(PATH, str(FILE), cache_headers=True)]
    )
    hass.data[DATA_URL] = f"{PATH}?v={digest}"
    async_when_setup(hass, FRONTEND, _async_show)


def _digest() -> str:
    """Return a digest of the file."""
    return sha256(FILE.read_bytes()).hexdigest()[:12]


async def _async_show(hass: HomeAssistant, _: str) -> None:
    """Load the card, now that there is a frontend."""
    if hass.config_entries.async_loaded_entries(DOMAIN):
        async_show(hass)


@callback
def async_show(hass: HomeAssistant) -> None:
    """Load the card with the frontend; adding it again has no effect."""
    if FRONTEND in hass.config.components:
        # Not every Home Assistant has a frontend, and importing it takes long.
        from homeassistant.components.frontend import add_extra_js_url

        add_extra_js_url(hass, hass.data[DATA_URL])


@callback
def async_hide(hass: HomeAssistant) -> None:
    """Stop loading the card with the frontend."""
    if DATA_URL in hass.data and FRONTEND in hass.config.components:
        from homeassistant.components.frontend import remove_extra_js_url

        remove_extra_js_url(hass, hass.data[DATA_URL])
