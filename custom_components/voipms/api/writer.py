"""Writing without losing anything: what is not meant to change is sent back.

VoIP.ms resets what a call leaves out, so a change reads the record first, and sends
back every other setting as it was read. A setting that the answer lacks cannot be sent
back: the change is refused, unless it is given in the call, or its reset was agreed to.
Afterwards the record is read once more, since a success is not yet a result.

One record has one writer at a time, and so has one number, whichever function writes it.
"""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Mapping
from typing import Any, Final
from weakref import WeakValueDictionary

from .client import VoipmsClient
from .errors import (
    VoipmsConnectionError,
    VoipmsError,
    VoipmsInvalidValueError,
    VoipmsNotAppliedError,
    VoipmsUnknownSettingsError,
)
from .functions import FUNCTIONS, Function, Group, Param, Update
from .models import rows
from .serialize import check_aligned
from .spelling import is_done, verbatim

type Fields = Mapping[str, Any]
"""Fields of a record, as VoIP.ms writes them."""
type Show = Callable[[Fields], None]
"""Takes fields of a record as they are now: after a change, and when read again."""

ROUTE: Final = FUNCTIONS["setDIDRouting"]


class VoipmsWriter:
    """Calls functions of one account, one writer per record."""

    def __init__(self, client: VoipmsClient, resets: Collection[str] = ()) -> None:
        """Start with nothing under way.

        `resets` are the parameters that may be reset where VoIP.ms does not return
        their setting.
        """
        self.client = client
        self._resets = frozenset(resets)
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._seen: dict[str, set[str]] = {}
        """The fields that each record has had while we looked."""

    async def run(
        self,
        function: Function,
        params: Mapping[str, str],
        show: Show = lambda _: None,
    ) -> dict[str, Any]:
        """Call a function with wire parameters, as its entry in the table asks.

        Raises a VoipmsError.
        """
        if (record := _record(function, params)) is None:
            return await self.client.call(function.method, params)
        update = function.update
        async with self._lock(record):
            before: Fields = {}
            sent = params
            if update and update.id in params and not update.keeps:
                before = await self._read(update, params)
                sent = self._complete(function, update, params, before)
            reply = await self.client.call(function.method, sent)
            if update and update.id in params:
                await self._check(function, update, params, before, show)
            return reply

    async def reroute(
        self,
        did: str,
        choose: Callable[[str], Awaitable[str | None]],
        show: Show,
    ) -> None:
        """Route a number by where it is routed to now.

        `choose` gets the routing of this moment, which nobody else changes while it
        makes up its mind, and returns the new one, or None to leave it. Raises a
        VoipmsError.
        """
        update = ROUTE.update
        assert update
        async with self._lock(f"did:{did}"):
            before = await self._read(update, {"did": did})
            now = str(before.get("routing", ""))
            if (routing := await choose(now)) is None:
                show({"routing": now})
                return
            params = {"did": did, "routing": routing}
            await self.client.call(ROUTE.method, params)
            await self._check(ROUTE, update, params, before, show)

    def _lock(self, record: str) -> asyncio.Lock:
        """Return the lock of a record; it lasts as long as somebody holds it."""
        return self._locks.setdefault(record, asyncio.Lock())

    def _complete(
        self,
        function: Function,
        update: Update,
        params: Mapping[str, str],
        record: Fields,
    ) -> Mapping[str, str]:
        """Add to a change what the record holds and nobody means to change."""
        kept: dict[str, str] = {}
        unknown: list[str] = []
        for param in update.settings(function.params):
            field = update.field_of(param.name)
            if param.name in params:
                continue
            if (text := _held(update, param, record)) is not None:
                if text or not record[field]:  # else it is a word for nothing
                    kept[param.name] = text
            elif not self._may_be_reset(update, param.name, field, params, record):
                unknown.append(param.name)
        if unknown:
            raise VoipmsUnknownSettingsError(
                unknown, unseen=update.unseen.issuperset(unknown)
            )
        complete = {**kept, **params}
        if not params.keys().isdisjoint(function.aligned):
            check_aligned(function, complete)
        return complete

    def _may_be_reset(
        self,
        update: Update,
        param: str,
        field: str,
        params: Mapping[str, str],
        record: Fields,
    ) -> bool:
        """Tell whether a setting that the answer lacks may be left out of the call.

        It may if nothing is lost, or if somebody agreed to it; but not if the record
        is known to have it.
        """
        if param not in update.unseen or field in self._seen[_key(update, params)]:
            return False
        if (flag := update.idle.get(param)) is not None:
            on = params.get(flag, record.get(update.field_of(flag)))
            return str(on) == "0" or param in self._resets
        return param in self._resets

    async def _check(
        self,
        function: Function,
        update: Update,
        params: Mapping[str, str],
        before: Fields,
        show: Show,
    ) -> None:
        """Show a change that VoIP.ms accepted, and see whether it was made.

        If that cannot be seen, it counts as made.
        """
        settings = [
            param for param in update.settings(function.params) if param.name in params
        ]
        wanted = {update.field_of(each.name): params[each.name] for each in settings}
        show({**before, **wanted})
        try:
            now = await self._read(update, params)
        except VoipmsError:
            return
        show(now)
        for param in settings:
            held = _held(update, param, now)
            if held is not None and not is_done(
                param.kind, params[param.name], held, _held(update, param, before)
            ):
                raise _not_applied(param, params[param.name], held)

    async def _read(self, update: Update, params: Mapping[str, str]) -> Fields:
        """Read the record that a change is about; a failure says nothing was changed."""
        reader = FUNCTIONS[update.reader]
        try:
            found = await self.client.call_verbatim(
                reader.method,
                {theirs: params[ours] for theirs, ours in update.by.items()},
            )
        except VoipmsConnectionError as err:
            raise VoipmsConnectionError(str(err), sent=False) from err
        record = _pick(found[reader.lists], update, params)
        self._seen.setdefault(_key(update, params), set()).update(record)
        return record


def _pick(found: Any, update: Update, params: Mapping[str, str]) -> Fields:
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


def _not_applied(param: Param, wanted: str, held: str) -> VoipmsNotAppliedError:
    """Return the error for a setting that is not what it should be; no secret in it."""
    if param.kind.secret:
        return VoipmsNotAppliedError(param.name)
    return VoipmsNotAppliedError(param.name, wanted=wanted, current=held)


def _held(update: Update, param: Param, record: Fields) -> str | None:
    """Return what a record holds for a parameter, in the form in which it is sent.

    None if the answer does not say.
    """
    field = update.field_of(param.name)
    if field not in record or (text := verbatim(param.kind, record[field])) is None:
        return None
    spelled = update.spelled.get(param.name)
    return spelled(text) if spelled else text


def _key(update: Update, params: Mapping[str, str]) -> str:
    """Return what tells a record from all others of the account."""
    return f"{update.reader}:{params[update.id]}"


def _record(function: Function, params: Mapping[str, str]) -> str | None:
    """Return what a call writes: a number, a record, or nothing that others write."""
    if function.group in (Group.READ, Group.SEND):
        return None
    if function.update and function.update.lock:
        return function.update.lock
    if function.update and (record := params.get(function.update.id)):
        return f"{function.update.id}:{record}"
    if did := params.get("did"):
        return f"did:{did}"
    return None
