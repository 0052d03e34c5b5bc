"""The VoIP.ms client. It knows nothing of Home Assistant."""

from .client import API_URL, VoipmsClient
from .functions import ACTIONS, FUNCTIONS, Function, Group
from .messages import Direction, Message
from .models import Did, Routing
from .updates import VoipmsWriter
from .wire import to_wire

__all__ = [
    "ACTIONS",
    "API_URL",
    "FUNCTIONS",
    "Did",
    "Direction",
    "Function",
    "Group",
    "Message",
    "Routing",
    "VoipmsClient",
    "VoipmsWriter",
    "to_wire",
]
