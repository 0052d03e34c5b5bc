"""The texts of a number."""

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from homeassistant.const import Platform
from homeassistant.core import HomeAssistant

from .conftest import OFFICE, CheckEntities, set_up
from .settings import state
from .simulator import Account

pytestmark = pytest.mark.usefixtures("entity_registry_enabled_by_default")


@pytest.mark.freeze_time("2026-11-20 17:00:00+00:00")
def test_entities(check_entities: CheckEntities) -> None:
    """Each entity of the platform is as in the snapshot."""
    check_entities(Platform.TEXT)


@pytest.mark.parametrize(
    ("entity", "field", "length"),
    [
        ("text.note", "note", 100),
        ("text.note", "note", 1000),
        ("text.caller_id_prefix", "callerid_prefix", 40),
    ],
)
async def test_longer_than_can_be_sent(
    hass: HomeAssistant,
    account: Account,
    entry: MockConfigEntry,
    entity: str,
    field: str,
    length: int,
) -> None:
    """Words from the portal show, however long they are."""
    account.dids[OFFICE][field] = "x" * length
    await set_up(hass, entry)
    assert state(hass, entity).state == "x" * min(length, 255)
