"""The SMS URL callback of the account's numbers: set, and restored as it was."""

import asyncio
from collections import Counter
from collections.abc import Container, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
import re
from typing import Any, ClassVar, Final, TypedDict, override

from yarl import URL

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import CALLBACK_TYPE, HassJob, HomeAssistant, callback
from homeassistant.helpers.event import async_call_later
from homeassistant.helpers.storage import Store

from ..account import VoipmsConfigEntry
from ..api import Did, UrlCallback, VoipmsClient
from ..api.errors import (
    VoipmsError,
    VoipmsNotAppliedError,
    VoipmsRefusedError,
    VoipmsUnknownSettingsError,
)
from ..api.phone import display
from ..api.statuses import SMS_WAIT
from ..const import CONF_CALLBACK, DOMAIN, LOGGER
from ..coordinator import NumbersCoordinator
from ..gather import async_gather
from ..repairs import issues
from ..undo import Changes, async_cancel, async_undo
from . import push

VERSION: Final = 1
RETRY: Final = timedelta(minutes=2)
"""How long to wait before a retry; VoIP.ms takes one change of a number a minute."""
MAX_RETRY: Final = timedelta(hours=1)
"""How long to wait at most, after many failures in a row."""
ATTEMPTS: Final = 3
"""How often to set a callback that VoIP.ms does not take before the user is told."""
LONG_SEGMENT: Final = re.compile(r"[^/]{16,}")
"""What may be a secret in the path of an address."""


class Before(TypedDict):
    """The callback that a number had before."""

    url: str
    enabled: bool
    retry: bool


class Stored(TypedDict):
    """What is kept on disk: what was set, and what each number had before."""

    addresses: list[str]
    before: dict[str, Before]


def store_of(hass: HomeAssistant, entry: ConfigEntry[Any]) -> Store[Stored]:
    """Return the store of the callbacks that the numbers had before."""
    return Store(hass, VERSION, f"{DOMAIN}.{entry.entry_id}.callback", private=True)


async def async_setup(hass: HomeAssistant, entry: VoipmsConfigEntry) -> None:
    """Set the callback of the numbers, or restore it if the option is off."""
    account = entry.runtime_data
    issues.async_clear(hass, entry, issues.NO_EXTERNAL_URL)
    if not entry.options.get(CONF_CALLBACK, False):
        for key in (issues.CALLBACK_MISSING, issues.CALLBACK_IGNORED):
            issues.async_clear(hass, entry, key)
        entry.async_on_unload(lambda: async_cancel(hass, entry))
        entry.async_create_background_task(
            hass,
            async_undo(hass, entry, account.client, [CallbackChanges(hass, entry)]),
            f"{DOMAIN} restore callbacks",
        )
        return
    address = await push.async_address(hass, entry)
    push.async_follow_address(hass, entry, address)
    if address is None:
        issues.async_raise(hass, entry, issues.NO_EXTERNAL_URL)
        return
    callbacks = Callbacks(hass, entry, account.numbers)
    await callbacks.async_start(address)
    account.messages.async_expect_calls(callbacks.covers)


class Callbacks:
    """Sets the callback of every number of an account to an address."""

    def __init__(
        self, hass: HomeAssistant, entry: ConfigEntry[Any], numbers: NumbersCoordinator
    ) -> None:
        """Initialize without an address."""
        self._hass = hass
        self._entry = entry
        self._numbers = numbers
        self._store = store_of(hass, entry)
        self._stored = Stored(addresses=[], before={})
        self._address = ""
        self._refused: Counter[str] = Counter()
        """How often each number was set in vain."""
        self._postponed: set[str] = set()
        """The numbers that wait for the retry."""
        self._failures = 0
        """How many attempts in a row failed."""
        self._task: asyncio.Task[None] | None = None
        self._cancel_retry: CALLBACK_TYPE | None = None

    async def async_start(self, address: str) -> None:
        """Set the callback of all numbers, and of those that are added later.

        What somebody has set while the account was not set up is what will be
        restored.
        """
        self._stored = await self._store.async_load() or self._stored
        self._address = address
        for number in self._numbers.data.values():
            if not self._is_known(number):
                self._stored["before"].pop(number.did, None)
        self._entry.async_on_unload(self._numbers.async_add_listener(self._update))
        self._entry.async_on_unload(self._async_cancel_retry)
        self._update()

    def covers(self, did: str) -> bool:
        """Return True if the callback of a number is set."""
        number = self._numbers.data.get(did)
        return number is not None and self._is_set(number)

    def _is_set(self, number: Did) -> bool:
        """Return True if the callback of a number is ours and enabled."""
        return number.sms_url_callback_enabled and _is_one_of(
            number.sms_url_callback, [self._address]
        )

    def _is_known(self, number: Did) -> bool:
        """Return True if the callback of a number is ours or the one of before.

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
    def _update(self) -> None:
        """Set the callback of the numbers that lack it.

        A callback that somebody else sets in the meantime is left alone, and so is one
        that VoIP.ms does not take.
        """
        if self._task and not self._task.done():
            return
        lacking = [
            number
            for number in self._numbers.data.values()
            if number.has_messages
            and number.sms_enabled
            and not self._is_set(number)
            and self._is_known(number)
        ]
        self._report({number.did for number in lacking})
        due = [
            number
            for number in lacking
            if self._refused[number.did] < ATTEMPTS
            and number.did not in self._postponed
        ]
        if due:
            self._task = self._entry.async_create_background_task(
                self._hass, self._async_try_to_set(due), f"{DOMAIN} callbacks"
            )

    @callback
    def _report(self, lacking: Container[str]) -> None:
        """Tell the user which numbers were set in vain and still lack the callback."""
        for did in [did for did in self._refused if did not in lacking]:
            del self._refused[did]
        given_up = [did for did, count in self._refused.items() if count >= ATTEMPTS]
        if given_up:
            issues.async_raise(
                self._hass,
                self._entry,
                issues.CALLBACK_IGNORED,
                placeholders={"numbers": ", ".join(map(display, sorted(given_up)))},
            )
        else:
            issues.async_clear(self._hass, self._entry, issues.CALLBACK_IGNORED)

    async def _async_try_to_set(self, numbers: Sequence[Did]) -> None:
        """Set the callback of some numbers, and retry later those that fail."""
        try:
            failures = await self._async_set(numbers)
        except Exception:  # noqa: BLE001
            LOGGER.exception(
                "Unexpected error while setting the SMS URL callbacks of %s",
                self._entry.title,
            )
            # A retry would not do better.
            self._refused.update({number.did: ATTEMPTS for number in numbers})
            return
        if failures:
            self._postpone(failures)
        elif self._cancel_retry is None:
            self._failures = 0

    async def _async_set(self, numbers: Sequence[Did]) -> dict[str, VoipmsError]:
        """Set the callback of some numbers; return what went wrong, by number."""
        for number in numbers:
            self._stored["before"].setdefault(number.did, _callback_of(number))
        if self._address not in self._stored["addresses"]:
            self._stored["addresses"].append(self._address)
        await self._store.async_save(self._stored)
        ours = UrlCallback(url=self._address, enabled=True, retry=True)
        _, failures = await async_gather(
            {
                number.did: self._numbers.async_set_url_callback(number.did, ours)
                for number in numbers
            }
        )
        return failures

    @callback
    def _postpone(self, failures: Mapping[str, VoipmsError]) -> None:
        """Retry later what failed, the later the more often it failed."""
        for did, error in failures.items():
            self._postponed.add(did)
            self._refused[did] += _is_refusal(error)
        errors = [error for error in failures.values() if not _is_asked_about(error)]
        if not errors:
            return
        self._failures += 1
        level = LOGGER.warning if self._failures == 1 else LOGGER.debug
        level(
            "The SMS URL callbacks of %s could not be set, retrying: %s",
            self._entry.title,
            errors[0],
        )
        self._async_cancel_retry()
        delay = RETRY * 2 ** max(0, min(self._failures, 16) - ATTEMPTS)
        job = HassJob(self._async_retry, "set callbacks", cancel_on_shutdown=True)
        self._cancel_retry = async_call_later(self._hass, min(delay, MAX_RETRY), job)

    @callback
    def _async_cancel_retry(self) -> None:
        """Cancel the retry."""
        if self._cancel_retry:
            self._cancel_retry()
            self._cancel_retry = None

    async def _async_retry(self, _: datetime) -> None:
        """Fetch the numbers again, and set those that still lack the callback."""
        self._cancel_retry = None
        self._postponed.clear()
        await self._numbers.async_refresh()
        self._update()


class CallbackChanges(Changes):
    """The numbers whose callback was set."""

    issue: ClassVar = issues.CALLBACK_NOT_RESTORED

    def __init__(self, hass: HomeAssistant, entry: ConfigEntry[Any]) -> None:
        """Initialize with nothing to restore."""
        self._store = store_of(hass, entry)
        self._addresses: list[str] = []
        self.before: dict[str, Before] = {}

    @override
    async def async_load(self) -> None:
        """Load the callbacks of before."""
        if stored := await self._store.async_load():
            self._addresses = stored["addresses"]
            self.before = stored["before"]

    @override
    async def async_save(self) -> None:
        """Save the callbacks that are still to be restored."""
        if self.before:
            stored = Stored(addresses=self._addresses, before=self.before)
            await self._store.async_save(stored)
        else:
            await self._store.async_remove()

    @override
    async def async_restore(self, client: VoipmsClient, number: Did) -> None:
        """Restore the callback of a number, unless somebody has changed it since."""
        if _is_one_of(number.sms_url_callback, self._addresses):
            before = UrlCallback(**self.before[number.did])
            await client.set_url_callback(number.did, before)

    @override
    def remaining(self, did: str) -> tuple[str, dict[str, str]]:
        """Return the message about a number that still has our callback."""
        before = self.before[did]
        if not before["enabled"] or not before["url"]:
            return "callback_not_removed", {"number": display(did)}
        return "callback_not_restored", {
            "number": display(did),
            "before": _without_secrets(before["url"]),
        }


def _is_refusal(error: VoipmsError) -> bool:
    """Return True if VoIP.ms is unlikely to accept on a retry what it did not now."""
    if isinstance(error, VoipmsRefusedError):
        return error.status != SMS_WAIT
    return isinstance(error, VoipmsNotAppliedError)


def _is_asked_about(error: VoipmsError) -> bool:
    """Return True if the user has been asked, and decides about it."""
    return isinstance(error, VoipmsUnknownSettingsError) and error.unseen


def _callback_of(number: Did) -> Before:
    """Return the callback of a number."""
    return Before(
        url=number.sms_url_callback,
        enabled=number.sms_url_callback_enabled,
        retry=number.sms_url_callback_retry,
    )


def _is_one_of(url: str, addresses: Iterable[str]) -> bool:
    """Return True if a callback is one of some, whatever became of its variables."""
    return url.partition("?")[0] in {each.partition("?")[0] for each in addresses}


def _without_secrets(url: str) -> str:
    """Return an address without what may be secret, since every user sees issues."""
    address = url.partition("?")[0].partition("#")[0]
    try:
        parsed = URL(address)
        origin = str(parsed.origin())
    except ValueError:
        return "…"
    return origin + LONG_SEGMENT.sub("…", parsed.path)
