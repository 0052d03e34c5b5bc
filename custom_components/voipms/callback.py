"""The SMS URL callback of the account's numbers: set, and put back as it was."""

import asyncio
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, Final, TypedDict

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.event import async_call_later
from homeassistant.helpers.storage import Store

from .api import FUNCTIONS, Did, VoipmsWriter
from .api.errors import VoipmsError
from .api.models import rows
from .const import DOMAIN, LOGGER
from .coordinator import NumbersCoordinator

VERSION: Final = 1
RETRY: Final = timedelta(minutes=2)
"""How long to wait after a refusal; VoIP.ms takes one change of a number a minute."""


class Before(TypedDict):
    """What a number's callback was."""

    url: str
    enabled: bool
    retry: bool


class Stored(TypedDict):
    """What is kept on disk: our address, and what each number had before."""

    address: str
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
        self._stored = Stored(address="", before={})
        self._running: asyncio.Task[None] | None = None

    async def async_begin(self, address: str) -> None:
        """Have all numbers call an address, and those that appear later."""
        self._stored = await self._store.async_load() or self._stored
        self._stored["address"] = address
        self._entry.async_on_unload(self._numbers.async_add_listener(self._look))
        self._look()

    def covers(self, did: str) -> bool:
        """Tell whether a number calls."""
        number = self._numbers.data.get(did)
        return number is not None and self._is_ours(number)

    def _is_ours(self, number: Did) -> bool:
        """Tell whether a number's callback is the one that we set."""
        return (
            number.sms_url_callback_enabled
            and number.sms_url_callback == self._stored["address"]
        )

    @callback
    def _look(self, _: datetime | None = None) -> None:
        """Set the callback of the numbers that lack it, if there are any."""
        lacking = [
            number
            for number in self._numbers.data.values()
            if number.sms_available and number.sms_enabled and not self._is_ours(number)
        ]
        if lacking and (self._running is None or self._running.done()):
            self._running = self._entry.async_create_background_task(
                self._hass, self._set(lacking), f"{DOMAIN} callbacks"
            )

    async def _set(self, numbers: Iterable[Did]) -> None:
        """Set the callback of some numbers; what is refused is tried again later."""
        for number in numbers:
            before = Before(
                url=number.sms_url_callback,
                enabled=number.sms_url_callback_enabled,
                retry=number.sms_url_callback_retry,
            )
            self._stored["before"].setdefault(number.did, before)
        await self._store.async_save(self._stored)
        results = await asyncio.gather(
            *(
                self._numbers.async_write(
                    FUNCTIONS["setSMS"],
                    {
                        "did": number.did,
                        "url_callback_enable": "1",
                        "url_callback": self._stored["address"],
                        "url_callback_retry": "1",
                    },
                )
                for number in numbers
            ),
            return_exceptions=True,
        )
        for result in results:
            if isinstance(result, BaseException):
                LOGGER.debug("A callback could not be set: %s", type(result).__name__)
                self._entry.async_on_unload(
                    async_call_later(self._hass, RETRY, self._look)
                )
                break


async def async_put_back(
    hass: HomeAssistant, entry: ConfigEntry[Any], writer: VoipmsWriter
) -> None:
    """Put back the callbacks that the numbers had before, where ours still stand.

    Raises a VoipmsError; what could not be put back stays on disk for the next time.
    """
    store = store_of(hass, entry)
    if (stored := await store.async_load()) is None:
        return
    reply = await writer.client.call("getDIDsInfo")
    numbers = {}
    for row in rows(reply["dids"]):
        numbers[str(row.get("did"))] = row
    for did, before in list(stored["before"].items()):
        row = numbers.get(did, {})
        if row.get("sms_url_callback") == stored["address"]:
            await writer.run(
                FUNCTIONS["setSMS"],
                {
                    "did": did,
                    "url_callback_enable": str(int(before["enabled"])),
                    "url_callback": before["url"],
                    "url_callback_retry": str(int(before["retry"])),
                },
            )
        del stored["before"][did]
        await store.async_save(stored)
    await store.async_remove()


async def async_try_to_put_back(
    hass: HomeAssistant, entry: ConfigEntry[Any], writer: VoipmsWriter
) -> None:
    """Put back what was before, and say so if it does not work."""
    try:
        await async_put_back(hass, entry, writer)
    except VoipmsError as err:
        LOGGER.warning(
            "The SMS URL callbacks of %s could not be put back as they were: %s",
            entry.title,
            err,
        )
