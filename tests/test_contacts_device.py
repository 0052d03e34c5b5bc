"""What the device of a contact shows, and where their name is shown."""

from datetime import UTC, datetime, timedelta

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.voipms.const import DOMAIN
from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr, entity_registry as er

from .conftest import CABIN, HOME, NEIGHBOR, OFFICE, Later, set_up, unload, written
from .simulator import Account, Simulator, seed
from .test_contacts import add

MESSAGE = "sensor.ann_latest_message"
WRITTEN = "sensor.ann_last_written_to"
NUMBER = "sensor.ann_number"
FROM = "sensor.ann_written_from"
LATEST = "sensor.555_123_0000_office_latest_message"
EVENT = "event.555_123_0000_office_message"


def shown(hass: HomeAssistant, entity_id: str) -> str:
    """Return a state."""
    state = hass.states.get(entity_id)
    assert state, entity_id
    return state.state


async def test_all_on_their_device(
    hass: HomeAssistant, loaded: MockConfigEntry
) -> None:
    """The sensors are on the device of the contact, and go with it."""
    await add(hass, loaded)
    devices, entities = dr.async_get(hass), er.async_get(hass)
    notify = entities.async_get("notify.ann")
    assert notify and notify.device_id and devices.async_get(notify.device_id)
    for entity_id in (MESSAGE, WRITTEN, NUMBER, FROM):
        entity = entities.async_get(entity_id)
        assert entity and entity.device_id == notify.device_id
        assert entity.config_subentry_id == notify.config_subentry_id
    [subentry_id] = loaded.subentries
    hass.config_entries.async_remove_subentry(loaded, subentry_id)
    await hass.async_block_till_done()
    for entity_id in (MESSAGE, WRITTEN, NUMBER, FROM):
        assert hass.states.get(entity_id) is None
        assert entities.async_get(entity_id) is None


async def test_known_at_once(
    hass: HomeAssistant, loaded: MockConfigEntry, account: Account, simulator: Simulator
) -> None:
    """What is known of somebody shows as soon as they are added, without a call."""
    simulator.clear_calls()
    await add(hass, loaded)
    assert simulator.calls == []
    known = [each for each in account.messages if each.contact == NEIGHBOR]
    sent = [each for each in known if each.type == "0"]
    assert shown(hass, MESSAGE) == known[-1].message
    assert datetime.fromisoformat(shown(hass, WRITTEN)) == sent[-1].at.replace(
        microsecond=0
    )
    assert shown(hass, NUMBER) == "(555) 010-0111"
    assert shown(hass, FROM) == "(555) 123-0001 HOME"


async def test_nobody_knows_them(hass: HomeAssistant, loaded: MockConfigEntry) -> None:
    """Of somebody who has never been written to, nothing is known."""
    await add(hass, loaded, number="(555) 010-0999")
    assert shown(hass, MESSAGE) == "unknown"
    assert shown(hass, WRITTEN) == "unknown"


async def test_by_whatever_way(
    hass: HomeAssistant, loaded: MockConfigEntry, account: Account, later: Later
) -> None:
    """Somebody was written to by the action, by notify, by any number and the portal."""
    await add(hass, loaded)

    async def action(message: str) -> None:
        data = {"did": OFFICE, "dst": NEIGHBOR, "message": message}
        await hass.services.async_call(DOMAIN, "send_sms", data, blocking=True)

    async def notify(message: str) -> None:
        data = {"entity_id": "notify.ann", "message": message}
        await hass.services.async_call("notify", "send_message", data, blocking=True)

    async def portal(message: str) -> None:
        account.send(HOME, NEIGHBOR, message)

    before = shown(hass, WRITTEN)
    for way in (action, notify, portal):
        await way(way.__name__)
        await later(minutes=1)
        assert shown(hass, MESSAGE) == way.__name__
        assert shown(hass, WRITTEN) != before
        before = shown(hass, WRITTEN)


async def test_received(
    hass: HomeAssistant, loaded: MockConfigEntry, account: Account, later: Later
) -> None:
    """What somebody writes is their latest message, and nobody wrote to them."""
    await add(hass, loaded)
    before = shown(hass, WRITTEN)
    account.receive(OFFICE, NEIGHBOR, "x" * 300)
    account.receive(OFFICE, seed.FRIEND, "somebody else")
    await later(minutes=1)
    state = hass.states.get(MESSAGE)
    assert state
    assert state.state == "x" * 255
    assert state.attributes["message"] == "x" * 300
    assert state.attributes["did"] == OFFICE
    assert state.attributes["direction"] == "received"
    assert shown(hass, WRITTEN) == before


async def test_written_only_when_changed(
    hass: HomeAssistant, loaded: MockConfigEntry, account: Account, later: Later
) -> None:
    """Messages of others, and polls without news, write no state of a contact."""
    await add(hass, loaded)
    states = written(hass)
    account.receive(HOME, seed.FRIEND, "somebody else")
    account.dids[CABIN]["description"] = "hut"
    await later(minutes=5)
    assert not [
        event.data["entity_id"]
        for event in states
        if event.data["entity_id"].startswith("sensor.ann")
    ]


async def test_description_of_our_number(
    hass: HomeAssistant, loaded: MockConfigEntry, account: Account, later: Later
) -> None:
    """The number that somebody is written from is called as it is called now."""
    await add(hass, loaded)
    account.dids[HOME]["description"] = "Family"
    await later(minutes=6)
    assert shown(hass, FROM) == "(555) 123-0001 Family"
    account.remove_did(HOME)
    await later(minutes=6)
    await later(minutes=6)
    assert shown(hass, FROM) == "(555) 123-0001"


async def test_while_voipms_does_not_answer(
    hass: HomeAssistant, loaded: MockConfigEntry, simulator: Simulator, later: Later
) -> None:
    """The number stays; what was written is not known meanwhile."""
    await add(hass, loaded)
    simulator.faults.add("http_503")
    await later(minutes=5)
    assert shown(hass, MESSAGE) == shown(hass, WRITTEN) == "unavailable"
    assert shown(hass, NUMBER) == "(555) 010-0111"
    assert shown(hass, FROM) == "(555) 123-0001 HOME"


async def test_deleted(
    hass: HomeAssistant, loaded: MockConfigEntry, account: Account, later: Later
) -> None:
    """When the latest message is deleted at VoIP.ms, the one before is the latest."""
    await add(hass, loaded)
    before = shown(hass, MESSAGE), shown(hass, WRITTEN)
    account.send(OFFICE, NEIGHBOR, "wrong")
    account.receive(OFFICE, seed.FRIEND, "the latest of the number")
    await later(minutes=1)
    assert shown(hass, MESSAGE) == "wrong"
    account.messages.remove(
        next(each for each in account.messages if each.message == "wrong")
    )
    await later(minutes=1)
    await later(minutes=1)
    assert (shown(hass, MESSAGE), shown(hass, WRITTEN)) == before


async def test_after_a_restart(
    hass: HomeAssistant, loaded: MockConfigEntry, account: Account, later: Later
) -> None:
    """What was written from somewhere else while Home Assistant was down is known."""
    await add(hass, loaded)
    await unload(hass, loaded)
    at = datetime.now(UTC) - timedelta(minutes=1)
    account.send(OFFICE, NEIGHBOR, "from the portal", at=at)
    await set_up(hass, loaded)
    assert shown(hass, MESSAGE) == "from the portal"
    assert datetime.fromisoformat(shown(hass, WRITTEN)) == at.replace(microsecond=0)


# --- Their name --------------------------------------------------------------------


@pytest.mark.parametrize("number", ["5550100111", "+1 555 010 0111", "1-555-010-0111"])
async def test_name(
    hass: HomeAssistant,
    loaded: MockConfigEntry,
    account: Account,
    later: Later,
    number: str,
) -> None:
    """A message says by name whom it is from, however the number was entered."""
    await add(hass, loaded, number=number)
    account.receive(OFFICE, NEIGHBOR, "hello")
    await later(minutes=1)
    for entity_id in (EVENT, LATEST):
        state = hass.states.get(entity_id)
        assert state
        assert state.attributes["contact"] == NEIGHBOR
        assert state.attributes["contact_name"] == "Ann"


async def test_no_name(
    hass: HomeAssistant, loaded: MockConfigEntry, account: Account, later: Later
) -> None:
    """A message of somebody who is no contact has no name, until they are added."""
    account.receive(OFFICE, NEIGHBOR, "hello")
    await later(minutes=1)
    for entity_id in (EVENT, LATEST):
        state = hass.states.get(entity_id)
        assert state
        assert state.attributes["contact_name"] is None
    await add(hass, loaded)
    state = hass.states.get(LATEST)
    assert state
    assert state.attributes["contact_name"] == "Ann"


async def test_callers_name(
    hass: HomeAssistant, loaded: MockConfigEntry, account: Account, later: Later
) -> None:
    """A call says who called: the contact, or else what VoIP.ms says."""
    await add(hass, loaded)
    for caller, name in (
        (f'"WIRELESS CALLER" <{NEIGHBOR}>', "Ann"),
        (f'"SAM SAMPLE" <{seed.FRIEND}>', "SAM SAMPLE"),
        (seed.FRIEND, None),
    ):
        account.add_call(callerid=caller)
        await later(minutes=6)
        for entity_id in ("event.voip_ms_call", "sensor.voip_ms_latest_call"):
            state = hass.states.get(entity_id)
            assert state
            assert state.attributes["caller_name"] == name
