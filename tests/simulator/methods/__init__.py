"""The functions of the service, a file for each family."""

from . import (
    accounts,
    calls,
    lookups,
    messages,
    numbers,
    orders,
    reseller,
    resources,
    voicemail,
)
from .base import HANDLERS, Context, Reply
from .generic import sample_reply
from .references import check_references

__all__ = [
    "HANDLERS",
    "Context",
    "Reply",
    "accounts",
    "calls",
    "check_references",
    "lookups",
    "messages",
    "numbers",
    "orders",
    "reseller",
    "resources",
    "sample_reply",
    "voicemail",
]
