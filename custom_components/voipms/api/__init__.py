"""Client of the VoIP.ms API, independent of Home Assistant."""

from .client import Records, VoipmsClient
from .connection import API_URL
from .functions import ACTIONS, FUNCTIONS, Function, Group, group_of
from .messages import Direction, Message
from .models import Did, Routing, UrlCallback
from .serialize import to_wire
from .settings import change_of, setting_of

__all__ = [
    "ACTIONS",
    "API_URL",
    "FUNCTIONS",
    "Did",
    "Direction",
    "Function",
    "Group",
    "Message",
    "Records",
    "Routing",
    "UrlCallback",
    "VoipmsClient",
    "change_of",
    "group_of",
    "setting_of",
    "to_wire",
]
