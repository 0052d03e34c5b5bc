"""The ring time of a number."""

import asyncio

import pytest

from homeassistant.const import Platform
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError

from .conftest import CheckEntities, arrival
from .settings import RING_TIME, chosen, state
from .simulator import Simulator

pytestmark = pytest.mark.usefixtures("entity_registry_enabled_by_default")


@pytest.mark.freeze_time("2026-11-20 17:00:00+00:00")
def test_entities(check_entities: CheckEntities) -> None:
    """Each entity of the platform is as in the snapshot."""
    check_entities(Platform.NUMBER)


async def test_with_the_routing_at_once(
    hass: HomeAssistant, simulator: Simulator, every_setting: dict[str, str]
) -> None:
    """A routing chosen while another setting is written is not put back."""
    simulator.latencies |= {"getDIDsInfo": 0.05, "setDIDInfo": 0.1}
    routed = chosen("routing", "System: busy", routing="sys:busy")
    await asyncio.gather(RING_TIME.make(hass), routed.make(hass))
    assert every_setting["routing"] == "sys:busy"
    assert every_setting["dialtime"] == "45"


async def test_broken_record_beside_it(
    hass: HomeAssistant, simulator: Simulator, every_setting: dict[str, str]
) -> None:
    """A record that is not the number's is not what is written back."""
    expected = every_setting | RING_TIME.record
    simulator.faults.add("bad_record", method="getDIDsInfo", times=1)
    await RING_TIME.make(hass)
    assert every_setting == expected


async def test_accepted_but_not_done(
    hass: HomeAssistant, simulator: Simulator, every_setting: dict[str, str]
) -> None:
    """If VoIP.ms says yes and does nothing, the entity does not pretend."""
    simulator.latencies["getDIDsInfo"] = 0.2
    changing = hass.async_create_task(RING_TIME.make(hass))
    await arrival(simulator, "setDIDInfo")
    await arrival(simulator, "getDIDsInfo", 3)
    assert state(hass, "number.ring_time").state == "45"
    every_setting["dialtime"] = "25"
    with pytest.raises(HomeAssistantError) as error:
        await changing
    assert error.value.translation_key == "not_applied"
    assert state(hass, "number.ring_time").state == "25"
