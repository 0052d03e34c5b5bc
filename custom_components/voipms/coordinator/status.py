"""The balance of the account and the registrations of its sub-accounts."""

from datetime import datetime, timedelta
from typing import Final, override

from homeassistant.util import dt as dt_util

from ..api.errors import VoipmsError, VoipmsRefusedError
from ..api.models import Balance, Registration
from ..const import LOGGER
from ..gather import async_gather
from .base import VoipmsCoordinator
from .context import AccountContext

BALANCE_INTERVAL: Final = timedelta(minutes=15)
REGISTRATION_AGE: Final = timedelta(minutes=15)
"""How old a registration may be before it is fetched again."""
REGISTRATION_INTERVAL: Final = timedelta(minutes=1)
MAX_REGISTRATIONS: Final = 20
"""How many registrations are fetched per interval, each with a call of its own."""


class BalanceCoordinator(VoipmsCoordinator[Balance]):
    """Coordinator of the balance and the cost of today."""

    def __init__(self, context: AccountContext) -> None:
        """Initialize the coordinator."""
        super().__init__(context, "balance", BALANCE_INTERVAL)
        self.data = Balance()

    @override
    async def _fetch(self) -> Balance:
        """Fetch the balance."""
        return await self.client.balance()


class RegistrationsCoordinator(VoipmsCoordinator[dict[str, Registration]]):
    """Coordinator of the registrations by sub-account.

    Each one costs a call, so only those that an enabled entity shows are fetched: all
    of them every quarter of an hour, some of them every minute.
    """

    def __init__(self, context: AccountContext) -> None:
        """Initialize the coordinator without registrations."""
        super().__init__(context, "registrations", REGISTRATION_INTERVAL)
        self.data = {}
        self._fetched_at: dict[str, datetime] = {}
        self._failure: VoipmsError | None = None
        """The error if the last calls failed without exception."""

    @override
    async def _fetch(self) -> dict[str, Registration]:
        """Fetch the registrations that are due."""
        wanted = set(self.async_contexts())
        accounts = self._due(wanted)
        # Whatever comes of it, or an outage would cost many calls.
        self._fetched_at |= dict.fromkeys(accounts, dt_util.utcnow())
        fetched, errors = await async_gather(
            {account: self.client.registration(account) for account in accounts}
        )
        for account, error in list(errors.items()):
            if isinstance(error, VoipmsRefusedError):
                LOGGER.debug("VoIP.ms does not tell about %s: %s", account, error)
                del errors[account]
        if accounts:
            failed = len(errors) == len(accounts)
            self._failure = next(iter(errors.values())) if failed else None
        if self._failure:
            raise self._failure
        known = {key: value for key, value in self.data.items() if key in wanted}
        return known | fetched

    def _due(self, wanted: set[str]) -> list[str]:
        """Return the sub-accounts to fetch now, the longest ago first."""
        due = dt_util.utcnow() - REGISTRATION_AGE + REGISTRATION_INTERVAL / 2
        never = dt_util.utc_from_timestamp(0)
        self._fetched_at = {
            account: at for account, at in self._fetched_at.items() if account in wanted
        }
        turns = sorted(
            (self._fetched_at.get(account, never), account) for account in wanted
        )
        return [account for at, account in turns[:MAX_REGISTRATIONS] if at < due]
