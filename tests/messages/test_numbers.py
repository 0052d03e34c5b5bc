"""Messages to numbers that are new, missing, given up or moved."""

from datetime import UTC, datetime

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr, entity_registry as er

from ..conftest import (
    NEIGHBOR,
    OFFICE,
    PASSWORD,
    Heard,
    Later,
    device_of,
    make_entry,
    set_up,
    unload,
)
from ..simulator import Account, Simulator

NOON = datetime(2026, 11, 20, 17, tzinfo=UTC)
NEW = "5551239999"
EVENT = "event.555_123_0000_office_message"

pytestmark = pytest.mark.freeze_time(NOON)


def received(*texts: str) -> list[tuple[str, str]]:
    """Return what is heard when some texts come."""
    return [("received", text) for text in texts]


@pytest.mark.parametrize("restart", [False, True])
@pytest.mark.parametrize("fault", ["none", "http_503", "truncated"])
async def test_a_new_number(
    hass: HomeAssistant,
    heard: Heard,
    later: Later,
    account: Account,
    loaded: MockConfigEntry,
    simulator: Simulator,
    fault: str,
    restart: bool,
) -> None:
    """A text to a number that is not listed yet waits until it is."""
    if fault != "none":
        simulator.faults.add(fault, method="getDIDsInfo", times=2)
    number = account.add_did(NEW, description="New", sms_enabled=True)
    account.receive(NEW, NEIGHBOR, "first")
    if fault == "none":  # it is listed later than its message
        account.remove_did(NEW)
    await later(minutes=1)
    for _ in range(3):
        await later(minutes=5)
    account.dids[NEW] = number
    if restart:
        await unload(hass, loaded)
        await set_up(hass, loaded)
    account.receive(NEW, NEIGHBOR, "second")
    for _ in range(2):
        await later(minutes=5)
    assert heard() == received("first", "second")


async def test_a_number_that_is_missing_for_a_while(
    heard: Heard, later: Later, account: Account, loaded: MockConfigEntry
) -> None:
    """A text to a number that is not listed for an hour comes when it is back."""
    account.receive(OFFICE, NEIGHBOR, "before")
    await later(minutes=1)
    number = account.dids[OFFICE]
    account.receive(OFFICE, NEIGHBOR, "meanwhile")
    account.remove_did(OFFICE)
    for _ in range(12):
        await later(minutes=5)
    account.dids[OFFICE] = number
    for _ in range(2):
        await later(minutes=5)
    assert [text for _, text in heard()].count("meanwhile") == 1


async def test_a_number_that_is_gone(
    heard: Heard, later: Later, account: Account, loaded: MockConfigEntry
) -> None:
    """After days, nobody waits for a number any more."""
    number = account.add_did(NEW, description="New", sms_enabled=True)
    account.receive(NEW, NEIGHBOR, "to nobody")
    account.remove_did(NEW)
    for _ in range(10):
        await later(hours=12)
    account.dids[NEW] = number
    for _ in range(3):
        await later(minutes=5)
    assert heard() == []


@pytest.mark.parametrize("first", ["given", "taken"])
async def test_a_number_that_moves(
    hass: HomeAssistant,
    heard: Heard,
    later: Later,
    account: Account,
    loaded: MockConfigEntry,
    simulator: Simulator,
    first: str,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """A number that moves has one device, in its new account, with its entities."""
    other = simulator.add_account("other@example.com", PASSWORD, number="200002")
    other.add_did("5551234444", description="Other", sms_enabled=True)
    entry = make_entry(hass, simulator, "other@example.com", entry_id="01OTHER")
    await set_up(hass, entry)
    before = device_of(hass, OFFICE)
    assert before
    dr.async_get(hass).async_update_device(before.id, name_by_user="Desk")
    er.async_get(hass).async_update_entity(EVENT, name="Post")
    account.receive(OFFICE, NEIGHBOR, "old")
    await later(minutes=1)

    if first == "taken":
        other.dids[OFFICE] = account.dids[OFFICE]
        await later(minutes=5)
        account.remove_did(OFFICE)
    else:
        number = account.dids.pop(OFFICE)
        await later(minutes=5)
        await later(minutes=5)
        other.dids[OFFICE] = number
        other.messages.append(account.messages[-1])
    for text in ("one", "two"):
        other.receive(OFFICE, NEIGHBOR, text)
        for _ in range(3):
            await later(minutes=5)
    # The last event is shown anew where the entity is, which is no event.
    assert list(dict.fromkeys(heard())) == received("old", "one", "two")
    assert "does not generate unique IDs" not in caplog.text
    device = device_of(hass, OFFICE)
    assert device and device.config_entry_id == entry.entry_id
    found = er.async_get(hass).async_get(EVENT)
    assert found and found.config_entry_id == entry.entry_id
    assert found.device_id == device.id and found.name == "Post"
    if first == "taken":
        assert device.id == before.id and device.name_by_user == "Desk"
    state = hass.states.get(EVENT)
    assert state and state.attributes["message"] == "two"
    assert hass.states.get(EVENT.replace("0000_office", "0001_home"))

    account.dids[OFFICE] = other.dids.pop(OFFICE)
    for _ in range(4):
        await later(minutes=5)
    account.receive(OFFICE, NEIGHBOR, "back")
    await later(minutes=1)
    assert heard()[-1:] == received("back")
    device = device_of(hass, OFFICE)
    assert device and device.config_entry_id == loaded.entry_id
