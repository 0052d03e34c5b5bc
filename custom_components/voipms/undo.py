"""Restoring the settings of numbers that the integration changed at VoIP.ms.

Each kind of change keeps on disk what a number had before. A number is restored only
if it still has what the integration set: whoever changed it since, here or at VoIP.ms,
meant it. What cannot be restored is tried again a few times, and a repair issue that
outlives the config entry and a restart names the numbers and what they had before.
"""

from abc import ABC, abstractmethod
import asyncio
from collections.abc import Sequence, Set as AbstractSet
from datetime import datetime, timedelta
from typing import Any, ClassVar, Final

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import CALLBACK_TYPE, HassJob, HomeAssistant, callback
from homeassistant.helpers.event import async_call_later
from homeassistant.util.hass_dict import HassKey

from .api import Did, VoipmsClient
from .api.errors import VoipmsError
from .const import DOMAIN, LOGGER
from .errors import async_message
from .gather import async_gather
from .repairs import issues

RETRIES: Final = tuple(timedelta(minutes=minutes) for minutes in (2, 2, 4, 8, 16))
"""How long to wait before each retry; VoIP.ms takes one change of a number a minute."""


class Changes(ABC):
    """The changes of one kind, by number."""

    issue: ClassVar[str]
    """The repair issue that lists the numbers that could not be restored."""

    before: dict[str, Any]
    """What each number had before that has to be restored."""

    @abstractmethod
    async def async_load(self) -> None:
        """Load what has to be restored."""

    @abstractmethod
    async def async_save(self) -> None:
        """Save what is still to be restored."""

    @abstractmethod
    async def async_restore(self, client: VoipmsClient, number: Did) -> None:
        """Restore a number unless it was changed since. Raises a VoipmsError."""

    @abstractmethod
    def remaining(self, did: str) -> tuple[str, dict[str, str]]:
        """Return the message about a number that was not restored.

        It is a translation key of an exception and its placeholders.
        """


class _Undo:
    """Restores the numbers of one account, with a few retries."""

    def __init__(
        self,
        hass: HomeAssistant,
        entry: ConfigEntry[Any],
        client: VoipmsClient,
        changes: Sequence[Changes],
    ) -> None:
        """Initialize without having restored anything."""
        self._hass = hass
        self._entry = entry
        self._client = client
        self._changes = changes
        self._retries = list(RETRIES)
        self._cancel_retry: CALLBACK_TYPE | None = None
        self._task: asyncio.Task[None] | None = None

    async def async_run(self) -> None:
        """Restore what can be restored now."""
        self._task = self._hass.async_create_task(
            self._async_begin(), f"{DOMAIN} restore numbers"
        )
        await self._task

    async def _async_begin(self) -> None:
        """Load what has to be restored, and restore it."""
        for changes in self._changes:
            await changes.async_load()
        if any(changes.before for changes in self._changes):
            await self._async_try()

    @callback
    def async_cancel(self) -> None:
        """Cancel what is under way."""
        for cancel in (self._cancel_retry, self._task and self._task.cancel):
            if cancel:
                cancel()

    async def _async_try(self) -> None:
        """Restore what is left, and retry later if something fails."""
        try:
            failure = await self._async_restore()
        except Exception:  # noqa: BLE001
            LOGGER.exception(
                "Unexpected error while restoring numbers of %s", self._entry.title
            )
            failure = None  # a retry would not do better
        await self._async_report()
        if failure is None:
            return
        if len(self._retries) == len(RETRIES):
            LOGGER.warning(
                "Settings of numbers of %s could not be put back, see the repair"
                " issue: %s",
                self._entry.title,
                failure,
            )
        if self._retries:
            job = HassJob(self._async_retry, "restore numbers", cancel_on_shutdown=True)
            self._cancel_retry = async_call_later(self._hass, self._retries.pop(0), job)

    @callback
    def _async_retry(self, _: datetime) -> None:
        """Try once more."""
        self._cancel_retry = None
        self._task = self._hass.async_create_background_task(
            self._async_try(), f"{DOMAIN} restore numbers"
        )

    async def _async_restore(self) -> VoipmsError | None:
        """Restore each number; return what went wrong, if anything did."""
        wanted = {did for changes in self._changes for did in changes.before}
        try:
            numbers = await self._async_fetch(wanted)
        except VoipmsError as err:
            return err
        _, errors = await async_gather(
            {
                (changes.issue, did): self._async_restore_number(
                    changes, did, numbers.get(did)
                )
                for changes in self._changes
                for did in changes.before
            }
        )
        return next(iter(errors.values()), None)

    async def _async_restore_number(
        self, changes: Changes, did: str, number: Did | None
    ) -> None:
        """Restore a number unless it is gone. Raises a VoipmsError."""
        if number:
            await changes.async_restore(self._client, number)
        del changes.before[did]

    async def _async_fetch(self, wanted: AbstractSet[str]) -> dict[str, Did]:
        """Fetch the numbers of the account.

        A number may be missing from one answer, so those are asked about by name.
        """
        numbers = await self._client.numbers()
        for did in wanted - numbers.keys():
            if number := await self._client.number(did):
                numbers[did] = number
        return numbers

    async def _async_report(self) -> None:
        """Save what is left, unless the entry is removed, and list it in an issue."""
        for changes in self._changes:
            if self._hass.config_entries.async_get_entry(self._entry.entry_id):
                await changes.async_save()
            messages = [
                await async_message(self._hass, *changes.remaining(did))
                for did in sorted(changes.before)
            ]
            if messages:
                issues.async_raise(
                    self._hass,
                    self._entry,
                    changes.issue,
                    placeholders={"changes": "\n".join(f"- {m}" for m in messages)},
                )
            else:
                issues.async_clear(self._hass, self._entry, changes.issue)


_UNDOS: HassKey[dict[str, _Undo]] = HassKey(f"{DOMAIN}_undos")


async def async_undo(
    hass: HomeAssistant,
    entry: ConfigEntry[Any],
    client: VoipmsClient,
    changes: Sequence[Changes],
) -> None:
    """Restore what the integration changed; retries go on in the background."""
    async_cancel(hass, entry)
    undo = _Undo(hass, entry, client, changes)
    hass.data.setdefault(_UNDOS, {})[entry.entry_id] = undo
    await undo.async_run()


@callback
def async_cancel(hass: HomeAssistant, entry: ConfigEntry[Any]) -> None:
    """Cancel what is under way for an entry, and what the user was told of it."""
    for key in issues.NOT_RESTORED:
        issues.async_clear(hass, entry, key)
    if undo := hass.data.get(_UNDOS, {}).pop(entry.entry_id, None):
        undo.async_cancel()
