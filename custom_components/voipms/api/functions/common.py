"""Kinds and parameters that functions of several families share."""

from typing import Final

from ..params import (
    Account,
    Choice,
    Either,
    Flag,
    Id,
    OwnDid,
    Pattern,
    Price,
    Routing,
    Seconds,
    Text,
    TrueSwitch,
)
from .model import optional, required

LANGUAGE: Final = Choice("en", "fr", "es")
MUSIC: Final = Either(Pattern(r"[\w-]+", "jazz"), "default", "jazz")

DID: Final = required("did", OwnDid())
BILLING_TYPE: Final = required("billing_type", Choice("1", "2"))
"""1 is per minute, 2 is flat rate."""
TEST: Final = optional("test", TrueSwitch())

SETTINGS: Final = (
    required("routing", Routing()),
    optional("failover_busy", Routing()),
    optional("failover_unreachable", Routing()),
    optional("failover_noanswer", Routing()),
    optional("voicemail", Either(Id(), "none")),
    required("pop", Id()),
    required("dialtime", Seconds(1)),
    required("cnam", Flag()),
    optional("callerid_prefix", Text(19)),
    optional("note", Text(49)),
)
"""The settings of a number."""

RESALE: Final = (
    optional("account", Account()),
    optional("monthly", Price()),
    optional("setup", Price()),
    optional("minute", Price()),
)
"""The reseller client of a number, and the prices for it."""
