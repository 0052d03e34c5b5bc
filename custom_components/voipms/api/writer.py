"""Changing records without losing settings.

VoIP.ms resets what a call leaves out, so a change reads the record first and sends
every other setting back as it was read. A setting that is missing from the answer cannot
be sent back: the change is refused unless the call has the setting or its reset was
agreed to. Afterwards the record is read again, since VoIP.ms may answer "success"
without having changed anything.

Only one call at a time changes a record, or a number, whichever function it uses.
"""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Mapping
from typing import Any, Final
from weakref import WeakValueDictionary

import aiohttp

from .connection import API_URL, Connection
from .errors import (
    ConnectionReason,
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
"""Called with the fields of a record after a change, and when it was read again."""

ROUTE: Final = FUNCTIONS["setDIDRouting"]


class Writer(Connection):
    """Connection that changes records without losing settings."""

    def __init__(
        self,
        session: aiohttp.ClientSession,
        username: str,
        password: str,
        *,
        url: str = API_URL,
        resets: Collection[str] = (),
    ) -> None:
        """Initialize the connection without sending anything.

        `resets` are the parameters that may be reset if VoIP.ms does not return their
        setting.
        """
        super().__init__(session, username, password, url=url)
        self._resets = frozenset(resets)
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._seen: dict[str, set[str]] = {}
        """The fields that each record has had so far."""

    async def run(
        self,
        function: Function,
        params: Mapping[str, str],
        show: Show = lambda _: None,
    ) -> dict[str, Any]:
        """Call a function of the table with parameters in their wire form.

        A change keeps the settings that it does not name. `show` is called with the
        fields of the changed record. Raises a VoipmsError, among them
        VoipmsUnknownSettingsError before and VoipmsNotAppliedError after the change.
        """
        if (record := _record(function, params)) is None:
            return await self.call(function.method, params)
        update = function.update
        async with self._lock(record):
            before: Fields = {}
            sent = params
            if update and update.id in params and not update.keeps:
                before = await self._read(update, params)
                sent = self._complete(function, update, params, before)
            reply = await self.call(function.method, sent)
            if update and update.id in params:
                await self._check(function, update, params, before, show)
            return reply

    async def reroute(
        self,
        did: str,
        choose: Callable[[str], Awaitable[str | None]],
        show: Show,
    ) -> None:
        """Change the routing of a number depending on the current one (setDIDRouting).

        `choose` is called with the current routing, such as account:100001_VoIP, and
        returns the new one, or None to keep it. No other call changes the number
        meanwhile. Raises a VoipmsError.
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
            await self.call(ROUTE.method, params)
            await self._check(ROUTE, update, params, before, show)

    def _lock(self, record: str) -> asyncio.Lock:
        """Return the lock of a record, which exists as long as it is in use."""
        return self._locks.setdefault(record, asyncio.Lock())

    def _complete(
        self,
        function: Function,
        update: Update,
        params: Mapping[str, str],
        record: Fields,
    ) -> Mapping[str, str]:
        """Add the other settings of the record to the parameters of a change."""
        kept: dict[str, str] = {}
        unknown: list[str] = []
        for param in update.settings(function.params):
            field = update.field_of(param.name)
            if param.name in params:
                continue
            if (text := _held(update, param, record)) is not None:
                if text or not record[field]:  # otherwise it means no value
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
        """Return True if a setting that VoIP.ms did not return may be left out.

        It may if nothing is lost or if the reset was agreed to, but not if the record
        is known to have the setting.
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
        """Show a change that VoIP.ms accepted, and check that it was made.

        It counts as made if the record cannot be read.
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
        """Read the record that a change is for; a failure means that nothing changed."""
        reader = FUNCTIONS[update.reader]
        try:
            found = await self.call_verbatim(
                reader.method,
                {theirs: params[ours] for theirs, ours in update.by.items()},
            )
        except VoipmsConnectionError as err:
            raise err.unsent() from err
        record = _pick(found[reader.lists], update, params)
        self._seen.setdefault(_key(update, params), set()).update(record)
        return record


def _pick(found: Any, update: Update, params: Mapping[str, str]) -> Fields:
    """Return the record that a change is for.

    The settings of another record must not be written back.
    """
    named = next(theirs for theirs, ours in update.by.items() if ours == update.id)
    key = update.fields.get(update.id, named)
    wanted = params[update.id]
    for row in rows(found):
        if str(row.get(key)) == wanted:
            return row
    if found:
        raise VoipmsConnectionError(ConnectionReason.UNEXPECTED, sent=False)
    raise VoipmsInvalidValueError("unknown_record", field=update.id, value=wanted)


def _not_applied(param: Param, wanted: str, held: str) -> VoipmsNotAppliedError:
    """Return the error for a setting that was not changed, without secret values."""
    if param.kind.secret:
        return VoipmsNotAppliedError(param.name)
    return VoipmsNotAppliedError(param.name, wanted=wanted, current=held)


def _held(update: Update, param: Param, record: Fields) -> str | None:
    """Return the value of a parameter in a record, in its wire form.

    None if the record does not have it.
    """
    field = update.field_of(param.name)
    if field not in record or (text := verbatim(param.kind, record[field])) is None:
        return None
    spelled = update.spelled.get(param.name)
    return spelled(text) if spelled else text


def _key(update: Update, params: Mapping[str, str]) -> str:
    """Return the identifier of a record in the account."""
    return f"{update.reader}:{params[update.id]}"


def _record(function: Function, params: Mapping[str, str]) -> str | None:
    """Return the identifier of what a call changes, or None if it needs no lock."""
    if function.group in (Group.READ, Group.SEND):
        return None
    if function.update and function.update.lock:
        return function.update.lock
    if function.update and (record := params.get(function.update.id)):
        return f"{function.update.id}:{record}"
    if did := function.number_of(params):
        return f"did:{did}"
    return None
