"""The VoIP.ms client. It knows nothing of Home Assistant."""

from .client import API_URL, VoipmsClient
from .functions import ACTIONS, FUNCTIONS, Function, Group
from .messages import Direction, Message
from .models import Did, Routing
from .serialize import to_wire
from .writer import VoipmsWriter

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
