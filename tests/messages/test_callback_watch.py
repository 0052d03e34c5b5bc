"""Watching over the URL callback: polling is rare while VoIP.ms calls."""

from datetime import UTC, datetime, timedelta

from pytest_homeassistant_custom_component.common import MockConfigEntry

from homeassistant.core import HomeAssistant

from ..conftest import HOME, NEIGHBOR, OFFICE, Heard, Later, set_up, unload
from ..simulator import Account, Simulator
from .conftest import issues, switch


async def looks(simulator: Simulator, later: Later, minutes: int) -> int:
    """Return how often messages are polled in some minutes."""
    await later(seconds=1)
    simulator.clear_calls()
    for _ in range(minutes):
        await later(seconds=60)
    return len(simulator.calls_of("getSMS"))


async def test_polling_is_rare_with_calls(
    hass: HomeAssistant,
    called: MockConfigEntry,
    later: Later,
    simulator: Simulator,
) -> None:
    """While VoIP.ms calls, messages are polled every quarter of an hour."""
    assert await looks(simulator, later, 32) == 2


async def test_polling_is_every_minute_without(
    hass: HomeAssistant, loaded: MockConfigEntry, later: Later, simulator: Simulator
) -> None:
    """Without the callback, messages are polled every minute."""
    assert await looks(simulator, later, 10) in (9, 10)


async def test_calls_that_stay_away(
    hass: HomeAssistant,
    called: MockConfigEntry,
    account: Account,
    heard: Heard,
    later: Later,
    simulator: Simulator,
) -> None:
    """If a message comes without a call, polling is quick and the user is told.

    Both end when the calls come again.
    """
    await later(minutes=1)
    account.receive(OFFICE, NEIGHBOR, "nobody called")
    await later(minutes=16)
    assert heard() == [("received", "nobody called")]
    assert issues(hass) == {"callback_missing"}
    assert await looks(simulator, later, 10) in (9, 10)

    await simulator.receive(OFFICE, NEIGHBOR, "called again")
    await later(seconds=1)
    assert heard()[-1] == ("received", "called again")
    assert issues(hass) == set()
    assert await looks(simulator, later, 30) <= 2


async def test_calls_of_one_number_do_not_speak_for_another(
    hass: HomeAssistant,
    called: MockConfigEntry,
    account: Account,
    later: Later,
    simulator: Simulator,
) -> None:
    """A number that does not call is noticed although another one does."""
    await later(minutes=1)
    account.receive(HOME, NEIGHBOR, "nobody called")
    await later(minutes=5)
    await simulator.receive(OFFICE, NEIGHBOR, "called")
    await later(seconds=1)
    assert issues(hass) == {"callback_missing"}


async def test_switching_off_ends_the_repair(
    hass: HomeAssistant, called: MockConfigEntry, account: Account, later: Later
) -> None:
    """Who gives the callback up is not asked to mend it any more."""
    await later(minutes=1)
    account.receive(OFFICE, NEIGHBOR, "nobody called")
    await later(minutes=16)
    assert issues(hass) == {"callback_missing"}
    await switch(hass, called, on=False)
    assert issues(hass) == set()


async def test_messages_from_before_are_no_evidence(
    hass: HomeAssistant, called: MockConfigEntry, account: Account, heard: Heard
) -> None:
    """What came while Home Assistant was down does not count as a call that failed."""
    await unload(hass, called)
    account.receive(
        OFFICE, NEIGHBOR, "while down", at=datetime.now(UTC) - timedelta(minutes=30)
    )
    await set_up(hass, called)
    assert heard() == [("received", "while down")]
    assert issues(hass) == set()


async def test_a_look_that_fails_is_repeated_soon(
    hass: HomeAssistant,
    called: MockConfigEntry,
    heard: Heard,
    later: Later,
    simulator: Simulator,
) -> None:
    """If VoIP.ms calls and then does not answer, it is asked again within a minute."""
    await later(seconds=1)
    simulator.faults.add("http_503", method="getSMS", times=1)
    await simulator.receive(OFFICE, NEIGHBOR, "second try")
    await later(seconds=1)
    assert heard() == []
    await later(seconds=61)
    assert heard() == [("received", "second try")]
    assert await looks(simulator, later, 14) <= 1
