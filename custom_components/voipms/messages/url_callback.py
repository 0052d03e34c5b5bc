"""The SMS URL callback of the account's numbers: set, and put back as it was."""

import asyncio
from collections import Counter
from collections.abc import Container, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final, TypedDict

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import CALLBACK_TYPE, HassJob, HomeAssistant, callback
from homeassistant.helpers.event import async_call_later
from homeassistant.helpers.storage import Store

from ..api import FUNCTIONS, Did, VoipmsWriter
from ..api.errors import (
    VoipmsError,
    VoipmsNotAppliedError,
    VoipmsRefusedError,
    VoipmsUnknownSettingsError,
)
from ..api.models import rows
from ..api.phone import display
from ..api.statuses import SMS_WAIT
from ..const import DOMAIN, LOGGER
from ..coordinator import NumbersCoordinator
from ..repairs import issues

VERSION: Final = 1
RETRY: Final = timedelta(minutes=2)
"""How long to wait after a refusal; VoIP.ms takes one change of a number a minute."""
TRIES: Final = 5
"""How often to try to put back; what is left then waits for the next start."""
SETTINGS: Final = 3
"""How often to set a callback that VoIP.ms does not take before the user is told."""


class Before(TypedDict):
    """What a number's callback was."""

    url: str
    enabled: bool
    retry: bool


class Stored(TypedDict):
    """What is kept on disk: what we set, and what each number had before."""

    addresses: list[str]
    before: dict[str, Before]


def store_of(hass: HomeAssistant, entry: ConfigEntry[Any]) -> Store[Stored]:
    """Return what keeps the callbacks that an account had before."""
    return Store(hass, VERSION, f"{DOMAIN}.{entry.entry_id}.callback", private=True)


class Callbacks:
    """Has every number of an account call an address when a message comes."""

    def __init__(
        self, hass: HomeAssistant, entry: ConfigEntry[Any], numbers: NumbersCoordinator
    ) -> None:
        """Do nothing yet."""
        self._hass = hass
        self._entry = entry
        self._numbers = numbers
        self._store = store_of(hass, entry)
        self._stored = Stored(addresses=[], before={})
        self._address = ""
        self._refused: Counter[str] = Counter()
        """How often each number has been set in vain."""
        self._running: asyncio.Task[None] | None = None
        self._waiting: CALLBACK_TYPE | None = None

    async def async_begin(self, address: str) -> None:
        """Have all numbers call an address, and those that appear later.

        What somebody has set meanwhile is what will be put back.
        """
        self._stored = await self._store.async_load() or self._stored
        self._address = address
        for number in self._numbers.data.values():
            if not self._is_known(number):
                self._stored["before"].pop(number.did, None)
        self._entry.async_on_unload(self._numbers.async_add_listener(self._look))
        self._entry.async_on_unload(self._stop_waiting)
        self._look()

    def covers(self, did: str) -> bool:
        """Tell whether a number calls."""
        number = self._numbers.data.get(did)
        return number is not None and self._is_set(number)

    def _is_set(self, number: Did) -> bool:
        """Tell whether a number calls us."""
        return number.sms_url_callback_enabled and _is_one_of(
            number.sms_url_callback, [self._address]
        )

    def _is_known(self, number: Did) -> bool:
        """Tell whether a number has what it had before, or what we set.

        VoIP.ms may have taken the retry of ours, and nothing else.
        """
        before = self._stored["before"].get(number.did)
        now = _callback_of(number)
        return (
            before is None
            or before in (now, {**now, "retry": False})
            or _is_one_of(number.sms_url_callback, self._stored["addresses"])
        )

    @callback
    def _look(self) -> None:
        """Set the callback of the numbers that lack it, if there are any.

        What somebody else sets while we look on is left alone, and so is what VoIP.ms
        does not take.
        """
        if self._running and not self._running.done():
            return
        lacking = [
            number
            for number in self._numbers.data.values()
            if number.has_messages
            and number.sms_enabled
            and not self._is_set(number)
            and self._is_known(number)
        ]
        self._tell_of({number.did for number in lacking})
        lacking = [number for number in lacking if self._refused[number.did] < SETTINGS]
        if lacking:
            self._running = self._entry.async_create_background_task(
                self._hass, self._set(lacking), f"{DOMAIN} callbacks"
            )

    @callback
    def _tell_of(self, lacking: Container[str]) -> None:
        """Tell the user of the numbers that were set in vain, and lack it still."""
        for did in [did for did in self._refused if did not in lacking]:
            del self._refused[did]
        given_up = [did for did, count in self._refused.items() if count >= SETTINGS]
        if given_up:
            issues.async_raise(
                self._hass,
                self._entry,
                issues.CALLBACK_IGNORED,
                placeholders={"numbers": ", ".join(map(display, sorted(given_up)))},
            )
        else:
            issues.async_clear(self._hass, self._entry, issues.CALLBACK_IGNORED)

    async def _set(self, numbers: Sequence[Did]) -> None:
        """Set the callback of some numbers; what fails is tried again later."""
        for number in numbers:
            self._stored["before"].setdefault(number.did, _callback_of(number))
        if self._address not in self._stored["addresses"]:
            self._stored["addresses"].append(self._address)
        await self._store.async_save(self._stored)
        results = await asyncio.gather(
            *(
                self._numbers.async_write(
                    FUNCTIONS["setSMS"],
                    {
                        "did": number.did,
                        **_params(Before(url=self._address, enabled=True, retry=True)),
                    },
                )
                for number in numbers
            ),
            return_exceptions=True,
        )
        for number, result in zip(numbers, results, strict=True):
            if not isinstance(result, BaseException):
                continue
            LOGGER.debug("A callback could not be set: %s", type(result).__name__)
            if isinstance(result, VoipmsUnknownSettingsError) and result.unseen:
                continue  # the user has been asked, and decides
            if _is_in_vain(result):
                self._refused[number.did] += 1
            self._stop_waiting()
            self._waiting = async_call_later(self._hass, RETRY, self._look_again)

    @callback
    def _stop_waiting(self) -> None:
        """Wait no longer for another try."""
        if self._waiting:
            self._waiting()
            self._waiting = None

    async def _look_again(self, _: datetime) -> None:
        """Look at the numbers as they are now."""
        self._waiting = None
        await self._numbers.async_refresh()
        self._look()


def _is_in_vain(error: BaseException) -> bool:
    """Tell whether VoIP.ms will hardly do the next time what it did not do now."""
    if isinstance(error, VoipmsRefusedError):
        return error.status != SMS_WAIT
    return isinstance(error, VoipmsNotAppliedError)


def _callback_of(number: Did) -> Before:
    """Return what a number's callback is."""
    return Before(
        url=number.sms_url_callback,
        enabled=number.sms_url_callback_enabled,
        retry=number.sms_url_callback_retry,
    )


def _is_one_of(url: str, addresses: Iterable[str]) -> bool:
    """Tell whether a callback is one of some, whatever became of its variables."""
    return url.partition("?")[0] in {each.partition("?")[0] for each in addresses}


async def async_try_to_put_back(
    hass: HomeAssistant,
    entry: ConfigEntry[Any],
    writer: VoipmsWriter,
    tries: int = TRIES,
) -> None:
    """Put back the callbacks that the numbers had before, where ours still stand.

    What does not work now is tried again a little later. It stays on disk as well,
    for the next start, as long as the account is there.
    """
    store = store_of(hass, entry)
    if stored := await store.async_load():
        await _try_to_put_back(hass, entry, writer, stored, tries)


async def _try_to_put_back(
    hass: HomeAssistant,
    entry: ConfigEntry[Any],
    writer: VoipmsWriter,
    stored: Stored,
    tries: int,
) -> None:
    """Put back what is left to put back."""
    failure = await _put_back(writer, stored)
    # An account that has been removed keeps nothing on disk.
    if hass.config_entries.async_get_entry(entry.entry_id):
        store = store_of(hass, entry)
        await (store.async_save(stored) if failure else store.async_remove())
    if failure is None:
        return
    if tries == TRIES:
        LOGGER.warning(
            "The SMS URL callbacks of %s could not be put back as they were: %s",
            entry.title,
            failure,
        )
    if tries > 1:

        async def again(_: datetime) -> None:
            """Try once more."""
            await _try_to_put_back(hass, entry, writer, stored, tries - 1)

        job = HassJob(again, "put callbacks back", cancel_on_shutdown=True)
        entry.async_on_unload(async_call_later(hass, RETRY, job))


async def _put_back(writer: VoipmsWriter, stored: Stored) -> VoipmsError | None:
    """Put back each number's callback; return what went wrong, if anything did."""
    try:
        reply = await writer.client.call("getDIDsInfo")
    except VoipmsError as err:
        return err
    numbers = {str(row.get("did")): row for row in rows(reply["dids"])}

    async def put_back(did: str, before: Before) -> None:
        """Put back one number's callback, unless it is somebody else's by now."""
        url = str(numbers.get(did, {}).get("sms_url_callback"))
        if _is_one_of(url, stored["addresses"]):
            await writer.run(FUNCTIONS["setSMS"], {"did": did, **_params(before)})
        del stored["before"][did]

    results = await asyncio.gather(
        *(put_back(did, before) for did, before in stored["before"].items()),
        return_exceptions=True,
    )
    failure = None
    for result in results:
        if isinstance(result, VoipmsError):
            failure = result
        elif result is not None:
            raise result
    return failure


def _params(before: Before) -> Mapping[str, str]:
    """Return the parameters of setSMS that set a callback."""
    return {
        "url_callback_enable": str(int(before["enabled"])),
        "url_callback": before["url"],
        "url_callback_retry": str(int(before["retry"])),
    }
