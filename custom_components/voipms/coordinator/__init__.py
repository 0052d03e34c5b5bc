"""The coordinators of an account."""

from .base import VoipmsCoordinator
from .calls import CallsCoordinator
from .context import AccountContext
from .directory import DirectoryCoordinator
from .health import Health, own_address
from .messages import MessagesCoordinator
from .numbers import NumbersCoordinator
from .records import RecordsCoordinator, devices_by_key
from .status import BalanceCoordinator, RegistrationsCoordinator

__all__ = [
    "AccountContext",
    "BalanceCoordinator",
    "CallsCoordinator",
    "DirectoryCoordinator",
    "Health",
    "MessagesCoordinator",
    "NumbersCoordinator",
    "RecordsCoordinator",
    "RegistrationsCoordinator",
    "VoipmsCoordinator",
    "devices_by_key",
    "own_address",
]
