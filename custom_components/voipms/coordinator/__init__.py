"""Who polls what of an account, and how often."""

from .base import Health, RecordsCoordinator, VoipmsCoordinator, devices_by_key
from .calls import CallsCoordinator
from .directory import DirectoryCoordinator
from .messages import MessagesCoordinator
from .numbers import NumbersCoordinator
from .status import BalanceCoordinator, RegistrationsCoordinator

__all__ = [
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
]
