"""The switches of a number."""

import pytest

from homeassistant.const import Platform
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError

from .conftest import CheckEntities
from .settings import state, turned
from .simulator import Simulator

pytestmark = pytest.mark.usefixtures("entity_registry_enabled_by_default")


@pytest.mark.freeze_time("2026-11-20 17:00:00+00:00")
def test_entities(check_entities: CheckEntities) -> None:
    """Each entity of the platform is as in the snapshot."""
    check_entities(Platform.SWITCH)


async def test_messages_changed_twice_in_a_minute(
    hass: HomeAssistant, simulator: Simulator, every_setting: dict[str, str]
) -> None:
    """VoIP.ms wants a minute between two changes of messages; the second is told so."""
    simulator.sms_settings_wait = 60
    await turned("messages_to_email", "off").make(hass)
    with pytest.raises(HomeAssistantError) as error:
        await turned("forward_messages", "off").make(hass)
    assert error.value.translation_key == "status_sms_wait_message"
    assert state(hass, "switch.messages_to_email").state == "off"
    assert state(hass, "switch.forward_messages").state == "on"
