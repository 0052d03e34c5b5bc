"""API calls per hour at rest."""

import asyncio
from collections import Counter
from datetime import timedelta
from unittest.mock import patch

from freezegun import freeze_time

from custom_components.voipms.coordinator import messages
from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util

from . import Result
from .home import home, prepare, set_up
from .service import Service, serving

HOURS = 12
"""The longest polling interval."""
STEP = timedelta(seconds=30)
APART = "getRegistrationStatus"
"""Functions called once for each sub-account."""


async def measure() -> list[Result]:
    """Count the calls with and without the callback."""
    return [
        await _count(numbers, callback=callback, limit=limit)
        for callback, limit in ((False, 100), (True, 44))
        for numbers in (3, 100)
    ]


async def _count(numbers: int, *, callback: bool, limit: float) -> Result:
    """Count the calls of some hours."""
    async with serving(numbers, 100) as service, home() as hass:
        hass.config.external_url = "https://bench.example.com"
        await prepare(hass, "webhook")
        with patch.object(messages, "GATHER", 0):
            await set_up(hass, service, callback=callback)
            await hass.async_block_till_done(wait_background_tasks=True)
            # Again with the callbacks already set, as on later days.
            await hass.config_entries.async_reload(
                hass.config_entries.async_entries("voipms")[0].entry_id
            )
            await hass.async_block_till_done(wait_background_tasks=True)
            counts = await _let_pass(hass, service)
    apart = counts.pop(APART, 0)
    return Result(
        what=f"calls per hour at rest, {numbers} numbers,"
        f" callback {'on' if callback else 'off'}",
        unit="",
        floor=None,
        measured=counts.total() / HOURS,
        limit=limit,
        more=f"and {apart / HOURS:.0f} about sub-accounts" if apart else "",
    )


async def _let_pass(hass: HomeAssistant, service: Service) -> Counter[str]:
    """Advance the clock by hours and return the calls by function."""
    await service.do("clear_calls")
    with freeze_time(dt_util.utcnow(), real_asyncio=True) as clock:
        ahead = 0.0
        real = hass.loop.time
        with patch.object(hass.loop, "time", lambda: real() + ahead):
            for _ in range(int(timedelta(hours=HOURS) / STEP)):
                clock.tick(STEP)
                ahead += STEP.total_seconds()
                await asyncio.sleep(0)
                await hass.async_block_till_done(wait_background_tasks=True)
    calls = await service.show("calls")
    return Counter(call["method"] for call in calls)
