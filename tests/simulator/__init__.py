"""A service that behaves like VoIP.ms.

It has its own transcription of the interface and knows nothing of the integration, so that it can
bear witness against it.
"""

from . import seed
from .contract import Contract, Refusal
from .faults import Fault, Faults
from .server import Call, Simulator
from .state import Account, Message

__all__ = [
    "Account",
    "Call",
    "Contract",
    "Fault",
    "Faults",
    "Message",
    "Refusal",
    "Simulator",
    "seed",
]
