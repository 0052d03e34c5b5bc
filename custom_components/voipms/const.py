"""Constants of the VoIP.ms integration."""

import logging
from typing import Final

DOMAIN: Final = "voipms"
LOGGER: Final = logging.getLogger(__package__)
ENTRY_VERSION: Final = 2
"""Of what a config entry holds, and what tells its devices and entities apart."""

CONF_ADVANCED: Final = "advanced"
CONF_CALLBACK: Final = "callback"
CONF_CLOUDHOOK_URL: Final = "cloudhook_url"
CONF_DID: Final = "did"
CONF_DND_ROUTING: Final = "do_not_disturb_routing"
CONF_NUMBER: Final = "number"
CONF_RESETS: Final = "resets"
PORTAL_URL: Final = "https://voip.ms/m/"
API_PAGE: Final = f"{PORTAL_URL}api.php"
MANUFACTURER: Final = "VoIP.ms"

EVENT_CALL: Final = f"{DOMAIN}_call"
EVENT_MESSAGE: Final = f"{DOMAIN}_message"
"""What Activity shows. The text of a message is not in it: it is recorded already."""
