"""Writing without losing anything: what is not meant to change is sent back.

VoIP.ms resets what a call leaves out, so a change reads the record first. One record
has one writer at a time, and so has one number, whichever function writes it.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final
from weakref import WeakValueDictionary

from .client import VoipmsClient
from .errors import VoipmsConnectionError, VoipmsInvalidValueError
from .functions import FUNCTIONS, Function, Group, Param, Update
from .models import rows
from .wire import check_aligned, convert

NUMBER: Final = Update("did", reader="getDIDsInfo")
"""How the record of a number is read."""


class VoipmsWriter:
    """Calls functions of one account, one writer per record."""

    def __init__(self, client: VoipmsClient) -> None:
        """Start with nothing under way."""
        self.client = client
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def run(
        self, function: Function, params: Mapping[str, str]
    ) -> dict[str, Any]:
        """Call a function with wire parameters, as its entry in the table asks.

        Raises a VoipmsError.
        """
        if (record := _record(function, params)) is None:
            return await self.client.call(function.method, params)
        async with self._lock(record):
            return await self.client.call(
                function.method, await self._complete(function, params)
            )

    async def reroute(
        self, did: str, choose: Callable[[str], Awaitable[str | None]]
    ) -> str:
        """Route a number by where it is routed to now; return where it is then.

        `choose` gets the routing of this moment, which nobody else changes while it
        makes up its mind, and returns the new one, or None to leave it. Raises a
        VoipmsError.
        """
        async with self._lock(f"did:{did}"):
            number = await self._read(NUMBER, {"did": did})
            now = str(number.get("routing", ""))
            if (routing := await choose(now)) is None:
                return now
            await self.client.call("setDIDRouting", {"did": did, "routing": routing})
            return routing

    def _lock(self, record: str) -> asyncio.Lock:
        """Return the lock of a record; it lasts as long as somebody holds it."""
        return self._locks.setdefault(record, asyncio.Lock())

    async def _complete(
        self, function: Function, params: Mapping[str, str]
    ) -> Mapping[str, str]:
        """Add to a change what the record holds and nobody means to change."""
        update = function.update
        if update is None or update.reader is None or update.id not in params:
            return params
        record = await self._read(update, params)
        kept: dict[str, str] = {}
        for param in function.params:
            value = record.get(update.fields.get(param.name, param.name))
            if value is not None and value != "":
                kept[param.name] = _as_it_was(param, value)
        complete = {**kept, **params}
        check_aligned(function, complete)
        return complete

    async def _read(
        self, update: Update, params: Mapping[str, str]
    ) -> Mapping[str, Any]:
        """Read the record that a change is about; a failure says nothing was changed."""
        assert update.reader is not None
        reader = FUNCTIONS[update.reader]
        try:
            found = await self.client.call(
                reader.method,
                {theirs: params[ours] for theirs, ours in update.by.items()},
            )
        except VoipmsConnectionError as err:
            raise VoipmsConnectionError(str(err), sent=False) from err
        return _pick(found[reader.lists], update, params)


def _pick(found: Any, update: Update, params: Mapping[str, str]) -> Mapping[str, Any]:
    """Return the record that a change is about, and no other.

    An answer that cannot be trusted must not be written back.
    """
    named = next(theirs for theirs, ours in update.by.items() if ours == update.id)
    key = update.fields.get(update.id, named)
    wanted = params[update.id]
    for row in rows(found):
        if str(row.get(key)) == wanted:
            return row
    if found:
        raise VoipmsConnectionError("its answer had an unexpected form", sent=False)
    raise VoipmsInvalidValueError("unknown_record", field=update.id, value=wanted)


def _as_it_was(param: Param, value: Any) -> str:
    """Return a value of a record in the form in which it can be sent back."""
    if not isinstance(value, (str, int, float)):
        raise VoipmsConnectionError("its answer had an unexpected form", sent=False)
    try:
        return convert(param, value) or str(value)
    except VoipmsInvalidValueError:
        return str(value)  # VoIP.ms holds more than it documents


def _record(function: Function, params: Mapping[str, str]) -> str | None:
    """Return what a call writes: a number, a record, or nothing that others write."""
    if function.group in (Group.READ, Group.SEND):
        return None
    if function.update and (record := params.get(function.update.id)):
        return f"{function.update.id}:{record}"
    if did := params.get("did"):
        return f"did:{did}"
    return None
