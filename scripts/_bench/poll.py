"""Polls of a large account, without news and with one new message."""

from datetime import timedelta
import gc

import orjson

from custom_components.voipms.account import VoipmsAccount
from custom_components.voipms.api.models import eastern_today
from homeassistant.core import HomeAssistant

from . import Result
from .home import entity_of, home, prepare, set_up, watch
from .meters import Meter, measured, middle, timed
from .service import CONTACT, Service, did_at, serving

NUMBERS, MESSAGES = 1000, 10_000
REPETITIONS = 15
BLOCK = 0.025


async def measure() -> list[Result]:
    """Measure polls of a large account."""
    async with serving(NUMBERS, MESSAGES) as service, home() as hass:
        await prepare(hass, "webhook")
        start = await measured(lambda: set_up(hass, service))
        account: VoipmsAccount = hass.config_entries.async_entries("voipms")[
            0
        ].runtime_data
        for coordinator in (
            account.numbers,
            account.messages,
            account.registrations,
            account.calls,
            account.balance,
        ):
            coordinator.update_interval = None
        gc.collect()
        gc.freeze()
        replies = await bodies(service)
        floors, quiet, fresh = [], [], []
        for _ in range(REPETITIONS):
            floors.append(timed(lambda: [orjson.loads(reply) for reply in replies]))
            quiet.append(await measured(lambda: _poll(account)))
            fresh.append(await _poll_with_news(hass, service, account))
    return _results(start, sorted(floors)[REPETITIONS // 2], quiet, fresh)


def _results(
    start: Meter, floor: float, quiet: list[Meter], fresh: list[Meter]
) -> list[Result]:
    """Return the results."""
    took = middle(quiet, lambda meter: meter.cpu)
    return [
        Result(
            what="poll without news, 1,000 numbers and 10,000 messages, processor time",
            unit="ms",
            floor=floor * 1000,
            measured=took * 1000,
            limit=3,
            more=f"{max(meter.writes for meter in quiet)} states written",
        ),
        Result(
            what="poll without news, states written",
            unit="",
            floor=None,
            measured=max(meter.writes for meter in quiet),
            limit=0,
        ),
        Result(
            what="poll without news, longest block of the event loop",
            unit="ms",
            floor=None,
            measured=middle(quiet, lambda meter: meter.block) * 1000,
            limit=BLOCK * 1000,
        ),
        Result(
            what="poll with one new message among them, processor time",
            unit="ms",
            floor=took * 1000,
            measured=middle(fresh, lambda meter: meter.cpu) * 1000,
            limit=1.1,
            more="longest block"
            f" {middle(fresh, lambda meter: meter.block) * 1000:.0f} ms",
        ),
        Result(
            what="poll with one new message, states written beyond the two that change",
            unit="",
            floor=None,
            measured=max(meter.writes for meter in fresh) - 2,
            limit=0,
        ),
        Result(
            what="set-up of that account, longest block of the event loop",
            unit="ms",
            floor=None,
            measured=start.block * 1000,
            limit=float("inf"),
            more="adding entities is Home Assistant's",
        ),
    ]


async def _poll(account: VoipmsAccount) -> None:
    """Poll the numbers and the messages."""
    await account.numbers.async_refresh()
    await account.messages.async_refresh()
    assert account.numbers.last_update_success
    assert account.messages.last_update_success


async def _poll_with_news(
    hass: HomeAssistant, service: Service, account: VoipmsAccount
) -> Meter:
    """Poll with one new message, and check that it triggered its event."""
    changed: set[str] = set()
    stop = watch(hass, lambda event: changed.add(event.data["entity_id"]))
    await service.do("receive", did=did_at(7), contact=CONTACT, message="Hello")
    meter = await measured(lambda: _poll(account))
    await hass.async_block_till_done()
    stop()
    assert changed == {
        entity_of(hass, "event", f"{did_at(7)}_sms"),
        entity_of(hass, "sensor", f"{did_at(7)}_latest_sms"),
    }
    return meter


async def bodies(service: Service) -> list[bytes]:
    """Return the replies of VoIP.ms to a poll."""
    today = eastern_today()
    messages = await service.ask(
        "getSMS",
        **{"from": (today - timedelta(days=1)).isoformat(), "to": today.isoformat()},
        timezone="-5",
        all_messages="1",
        limit="20000",
    )
    return [await service.ask("getDIDsInfo"), messages]
