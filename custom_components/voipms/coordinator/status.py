"""The account's money, and whether its phones are signed in."""

import asyncio
from datetime import datetime, timedelta
from typing import Any, Final, override

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util

from ..api import VoipmsWriter
from ..api.errors import VoipmsError, VoipmsRefusedError
from ..api.models import Balance, Registration
from ..const import LOGGER
from .base import Health, VoipmsCoordinator

BALANCE_INTERVAL: Final = timedelta(minutes=15)
REGISTRATION_AGE: Final = timedelta(minutes=15)
"""How old the answer about a phone may get before it is asked for again."""
REGISTRATION_INTERVAL: Final = timedelta(minutes=1)
REGISTRATIONS_AT_ONCE: Final = 20
"""How many phones are asked about in a minute, each with a call of its own."""


class BalanceCoordinator(VoipmsCoordinator[Balance]):
    """What is left, and what today cost."""

    def __init__(
        self,
        hass: HomeAssistant,
        entry: ConfigEntry[Any],
        writer: VoipmsWriter,
        health: Health,
    ) -> None:
        """Start without knowing."""
        super().__init__(hass, entry, writer, health, "balance", BALANCE_INTERVAL)
        self.data = Balance()

    @override
    async def _fetch(self) -> Balance:
        """Fetch the balance with the statistics of today."""
        reply = await self.client.call("getBalance", {"advanced": "true"})
        balance = reply.get("balance")
        return Balance.from_dict(balance if isinstance(balance, dict) else {})


class RegistrationsCoordinator(VoipmsCoordinator[dict[str, Registration]]):
    """Whether the phone of each sub-account is signed in.

    Each costs a call, so only those that an enabled entity shows are asked about, in
    turns: every one of them every quarter of an hour, a few of them a minute.
    """

    def __init__(
        self,
        hass: HomeAssistant,
        entry: ConfigEntry[Any],
        writer: VoipmsWriter,
        health: Health,
    ) -> None:
        """Start without knowing."""
        super().__init__(
            hass, entry, writer, health, "registrations", REGISTRATION_INTERVAL
        )
        self.data = {}
        self._asked: dict[str, datetime] = {}
        self._failure: BaseException | None = None

    @override
    async def _fetch(self) -> dict[str, Registration]:
        """Ask about those whose turn it is."""
        wanted = set(self.async_contexts())
        due = dt_util.utcnow() - REGISTRATION_AGE + REGISTRATION_INTERVAL / 2
        self._asked = {key: at for key, at in self._asked.items() if key in wanted}
        never = dt_util.utc_from_timestamp(0)
        turns = sorted((self._asked.get(account, never), account) for account in wanted)
        accounts = [
            account for asked, account in turns[:REGISTRATIONS_AT_ONCE] if asked < due
        ]
        replies = await asyncio.gather(
            *(
                self.client.call("getRegistrationStatus", {"account": account})
                for account in accounts
            ),
            return_exceptions=True,
        )
        found = {key: value for key, value in self.data.items() if key in wanted}
        errors: list[BaseException] = []
        for account, reply in zip(accounts, replies, strict=True):
            if isinstance(reply, VoipmsRefusedError):
                # Its turn is over all the same: the others must not wait for it.
                LOGGER.debug("VoIP.ms does not tell about %s: %s", account, reply)
            elif isinstance(reply, BaseException):
                errors.append(reply)
            else:
                found[account] = Registration.from_reply(reply)
            # Its turn is over also if it failed, or an outage would cost many calls.
            self._asked[account] = dt_util.utcnow()
        if accounts:
            self._failure = errors[0] if len(errors) == len(accounts) else None
        for error in errors:
            if not isinstance(error, VoipmsError):
                raise error
        if self._failure:
            raise self._failure
        return found
