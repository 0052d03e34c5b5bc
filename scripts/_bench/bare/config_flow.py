"""Cannot be added by hand."""

from homeassistant.config_entries import ConfigFlow

from . import DOMAIN


class BareConfigFlow(ConfigFlow, domain=DOMAIN):
    """Asks nothing."""
