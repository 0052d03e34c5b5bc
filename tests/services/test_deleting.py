"""What is fetched again after something was deleted."""

from datetime import timedelta

from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.voipms.const import DOMAIN
from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util

from ..conftest import CABIN, HOME, NEIGHBOR, device_of, set_up
from ..simulator import Account, Simulator

LATEST = "sensor.555_123_0001_home_latest_message"


async def test_an_old_message(
    hass: HomeAssistant, account: Account, entry: MockConfigEntry
) -> None:
    """A message of last week that is deleted makes room for the one before it."""
    account.messages.clear()
    for days, text in ((9, "older"), (7, "newer")):
        at = dt_util.utcnow() - timedelta(days=days)
        account.receive(HOME, NEIGHBOR, text, at=at)
    await set_up(hass, entry)
    assert hass.states.get(LATEST).state == "newer"
    newest = account.messages[-1]
    await hass.services.async_call(
        DOMAIN, "delete_sms", {"id": newest.id}, blocking=True
    )
    assert hass.states.get(LATEST).state == "older"


async def test_what_a_delete_does_not_change(
    hass: HomeAssistant, loaded: MockConfigEntry, simulator: Simulator
) -> None:
    """Only what a delete may have changed is fetched again."""
    simulator.clear_calls()
    await hass.services.async_call(DOMAIN, "cancel_did", {"did": CABIN}, blocking=True)
    assert device_of(hass, CABIN) is None
    assert device_of(hass, HOME) is not None
    assert [call.method for call in simulator.calls] == ["cancelDID", "getDIDsInfo"]
