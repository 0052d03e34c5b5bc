"""Client of the VoIP.ms API.

It has a method for what an integration needs all the time, `run` for the functions of
the table, which checks and completes what is sent, and `call` for all the rest.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from ipaddress import ip_address
import logging
from typing import Any, Final

from .destinations import Destination, Source
from .errors import ConnectionReason, VoipmsConnectionError, VoipmsRefusedError
from .functions import FUNCTIONS
from .models import (
    Balance,
    Call,
    Did,
    Record,
    Registration,
    UrlCallback,
    read_text,
    rows,
)
from .statuses import INVALID_DID
from .writer import Show, Writer

_LOGGER = logging.getLogger(__name__)

_EASTERN_STANDARD: Final = "-5"
"""The UTC offset for which VoIP.ms returns Eastern wall time, all year round."""
_DISPOSITIONS: Final = ("answered", "noanswer", "busy", "failed")
_UNREADABLE: Final = (LookupError, ValueError, TypeError, OverflowError)


@dataclass(frozen=True, slots=True)
class Records[RecordT: Record]:
    """The records that a function lists, by their key."""

    by_key: dict[str, RecordT]
    is_complete: bool
    """Whether every record of the reply could be read."""
    fingerprint: int
    """The fingerprint of the reply: a reply with the same one says nothing new."""


class VoipmsClient(Writer):
    """Client of one VoIP.ms account.

    Every method sends one request, unless it says otherwise, and raises a VoipmsError.
    """

    # --- The account -------------------------------------------------------------

    async def verify_credentials(self) -> None:
        """Raise an error if VoIP.ms does not accept the credentials (getBalance)."""
        await self.call("getBalance")

    async def own_ip(self) -> str:
        """Return the public IP address that VoIP.ms sees, as it writes it (getIP).

        Empty if VoIP.ms does not tell.
        """
        address = read_text((await self.call("getIP")).get("ip")).strip()
        try:
            ip_address(address)
        except ValueError:
            return ""
        return address

    async def balance(self) -> Balance:
        """Return the balance and the cost of today, in US dollars (getBalance)."""
        balance = (await self.call("getBalance", {"advanced": "true"})).get("balance")
        return Balance.from_dict(balance if isinstance(balance, dict) else {})

    async def calls(self, first: date, last: date) -> list[Call]:
        """Return the calls that began on some days in US Eastern time (getCDR).

        Both days are included. Times are in UTC and durations in seconds. Calls that
        cannot be read are left out.
        """
        reply = await self.call(
            "getCDR",
            {
                "date_from": first.isoformat(),
                "date_to": last.isoformat(),
                "timezone": _EASTERN_STANDARD,
                **dict.fromkeys(_DISPOSITIONS, "1"),
            },
        )
        calls = []
        for row in rows(reply["cdr"]):
            try:
                calls.append(Call.from_row(row))
            except _UNREADABLE:
                _LOGGER.debug("VoIP.ms sent a call that cannot be read")
        return calls

    # --- Records -----------------------------------------------------------------

    async def records[RecordT: Record](
        self, model: type[RecordT]
    ) -> dict[str, RecordT]:
        """Return all numbers, sub-accounts or mailboxes by their key.

        The model names the function: getDIDsInfo, getSubAccounts or getVoicemails.
        """
        records, _ = self._read_records(model, await self.call(model.method))
        return records

    async def records_if_changed[RecordT: Record](
        self, model: type[RecordT], fingerprint: int | None
    ) -> Records[RecordT] | None:
        """Return all records of a model, or None if the reply has the fingerprint."""
        reply, found = await self.call_if_changed(model.method, fingerprint)
        if reply is None:
            return None
        return Records(*self._read_records(model, reply), found)

    @staticmethod
    def _read_records[RecordT: Record](
        model: type[RecordT], reply: Mapping[str, Any]
    ) -> tuple[dict[str, RecordT], bool]:
        """Read the records of a reply; return whether all of them could be read.

        Of several with the same key, the first counts. A reply without any record that
        can be read is an error.
        """
        records: dict[str, RecordT] = {}
        listed = reply[FUNCTIONS[model.method].lists]
        read = 0
        for row in rows(listed):
            try:
                record = model.from_dict(dict(row))
            except _UNREADABLE:
                _LOGGER.debug("VoIP.ms sent a %s that cannot be read", model.singular)
                continue
            if record.key:
                records.setdefault(record.key, record)
                read += 1
        if listed and not records:
            raise VoipmsConnectionError(ConnectionReason.UNEXPECTED)
        return records, read == len(listed)

    async def numbers(self) -> dict[str, Did]:
        """Return the numbers (DIDs) of the account by their digits (getDIDsInfo)."""
        return await self.records(Did)

    async def number(self, did: str) -> Did | None:
        """Return a number, or None if the account does not have it (getDIDsInfo)."""
        try:
            reply = await self.call(Did.method, {"did": did})
        except VoipmsRefusedError as err:
            if err.status == INVALID_DID:
                return None
            raise
        records, _ = self._read_records(Did, reply)
        return records.get(did)

    async def registration(self, account: str) -> Registration:
        """Return whether a sub-account is registered (getRegistrationStatus)."""
        reply = await self.call("getRegistrationStatus", {"account": account})
        return Registration.from_reply(reply)

    # --- Routing -----------------------------------------------------------------

    async def destinations(self, source: Source) -> list[Destination]:
        """Return the destinations that a function lists, such as getIVRs."""
        reply = await self.call(source.method)
        return source.destinations(rows(reply[FUNCTIONS[source.method].lists]))

    async def servers(self) -> dict[str, str]:
        """Return the names of the servers (POPs) by their number (getServersInfo)."""
        reply = await self.call("getServersInfo")
        return {
            str(row["server_pop"]): read_text(row.get("server_name"))
            for row in rows(reply[FUNCTIONS["getServersInfo"].lists])
            if "server_pop" in row
        }

    # --- Changes -----------------------------------------------------------------

    async def set_url_callback(
        self, did: str, url_callback: UrlCallback, show: Show = lambda _: None
    ) -> None:
        """Change the SMS URL callback of a number (setSMS), exactly as given.

        Reads the number before and after. `show` is called as by `run`.
        """
        params = {
            "did": did,
            "url_callback_enable": str(int(url_callback.enabled)),
            "url_callback": url_callback.url,
            "url_callback_retry": str(int(url_callback.retry)),
        }
        await self.run(FUNCTIONS["setSMS"], params, show)
