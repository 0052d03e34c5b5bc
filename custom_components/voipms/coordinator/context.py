"""What all coordinators of an account share."""

from dataclasses import dataclass
from typing import Any

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant

from ..api import VoipmsClient
from .health import Health


@dataclass(frozen=True, slots=True)
class AccountContext:
    """The account that a coordinator polls."""

    hass: HomeAssistant
    entry: ConfigEntry[Any]
    client: VoipmsClient
    health: Health
