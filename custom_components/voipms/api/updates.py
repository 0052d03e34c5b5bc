"""Writing without losing anything: what is not meant to change is sent back.

VoIP.ms resets what a call leaves out, so a change reads the record first. One record
has one writer at a time, and so has one number, whichever function writes it.
"""

import asyncio
from collections.abc import Mapping
from typing import Any
from weakref import WeakValueDictionary

from .client import VoipmsClient
from .errors import VoipmsInvalidValueError
from .functions import FUNCTIONS, Function, Group, Param, Update
from .models import rows
from .wire import convert


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
        return {**kept, **params}

    async def _read(
        self, update: Update, params: Mapping[str, str]
    ) -> Mapping[str, Any]:
        """Read the record that a change is about."""
        assert update.reader is not None
        reader = FUNCTIONS[update.reader]
        found = await self.client.call(
            reader.method,
            {theirs: params[ours] for theirs, ours in update.by.items()},
        )
        for row in rows(found[reader.lists[0]]):
            return row
        raise VoipmsInvalidValueError(
            "unknown_record", field=update.id, value=params[update.id]
        )


def _as_it_was(param: Param, value: Any) -> str:
    """Return a value of a record in the form in which it can be sent back."""
    try:
        return convert(param, value) or str(value)
    except VoipmsInvalidValueError:
        return str(value)  # VoIP.ms holds more than it documents


def _record(function: Function, params: Mapping[str, str]) -> str | None:
    """Return what a call writes: a number, a record, or nothing that others write."""
    if function.group in (Group.READ, Group.SEND):
        return None
    if did := params.get("did"):
        return f"did:{did}"
    if function.update and (record := params.get(function.update.id)):
        return f"{function.update.id}:{record}"
    return None
