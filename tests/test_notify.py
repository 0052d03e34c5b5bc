"""Messages to contacts by notify.send_message."""

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.voipms.const import DOMAIN
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
from homeassistant.exceptions import HomeAssistantError

from .conftest import HOME, NEIGHBOR, Later
from .simulator import Account, Simulator
from .test_contacts import add, write


async def test_add_and_write(
    hass: HomeAssistant, loaded: MockConfigEntry, account: Account, simulator: Simulator
) -> None:
    """A contact that is added can be written to without a reload."""
    simulator.clear_calls()
    result = await add(hass, loaded)
    assert result["type"] is FlowResultType.CREATE_ENTRY
    assert simulator.calls == []
    await write(hass)
    message = account.sent[-1]
    assert (message.did, message.contact, message.message) == (HOME, NEIGHBOR, "hello")
    assert message.kind == "sms"


async def test_title_and_long_text(
    hass: HomeAssistant, loaded: MockConfigEntry, account: Account
) -> None:
    """A title is the first line; what is too long for SMS goes as MMS."""
    await add(hass, loaded)
    await write(hass, title="Alarm")
    assert account.sent[-1].message == "Alarm\nhello"
    await write(hass, message="x" * 500)
    assert (account.sent[-1].kind, account.sent[-1].message) == ("mms", "x" * 500)
    await write(hass, title="Offen", message="ü" * 78)
    assert account.sent[-1].kind == "mms"
    await write(hass, title="Öffne", message="ü" * 76)
    assert account.sent[-1].kind == "sms"
    await write(hass, message="0")
    assert account.sent[-1].message == "0"


async def test_far_too_long(
    hass: HomeAssistant, loaded: MockConfigEntry, simulator: Simulator
) -> None:
    """What not even MMS holds is refused before anything is sent, with its size."""
    await add(hass, loaded)
    with pytest.raises(HomeAssistantError) as error:
        await write(hass, title="A", message="é" * 1024)
    assert error.value.translation_key == "message_too_long"
    assert "2050 bytes" in str(error.value)
    assert simulator.calls_of("sendSMS") + simulator.calls_of("sendMMS") == []


async def test_a_failure_is_said(
    hass: HomeAssistant, loaded: MockConfigEntry, simulator: Simulator
) -> None:
    """A message that could not be sent is an error of the action."""
    await add(hass, loaded)
    simulator.faults.add("status:sms_failed")
    with pytest.raises(HomeAssistantError) as error:
        await write(hass)
    assert error.value.translation_domain == DOMAIN


async def test_the_number_to_write_from_is_gone(
    hass: HomeAssistant, later: Later, loaded: MockConfigEntry, account: Account
) -> None:
    """When the number to write from is gone, the error says so."""
    await add(hass, loaded)
    account.remove_did(HOME)
    await later(minutes=6)
    await later(minutes=6)
    with pytest.raises(HomeAssistantError) as error:
        await write(hass)
    assert error.value.translation_key == "unknown_did"
