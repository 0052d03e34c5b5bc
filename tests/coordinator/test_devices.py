"""Sub-accounts, mailboxes and numbers come, go, and survive empty answers."""

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from homeassistant.core import HomeAssistant, State
from homeassistant.helpers import device_registry as dr

from ..conftest import CABIN, Later, set_up
from ..simulator import Account, Simulator

KITCHEN = "binary_sensor.kitchen_phone_registration"


NEW, URGENT = (
    "sensor.voicemail_home_new_voicemails",
    "sensor.voicemail_home_urgent_voicemails",
)


SUB_ACCOUNT = "100001_VoIP"


def state_of(hass: HomeAssistant, entity_id: str) -> State:
    """Return the state of an entity."""
    state = hass.states.get(entity_id)
    assert state
    return state


def devices(hass: HomeAssistant, entry: MockConfigEntry, model: str) -> set[str | None]:
    """Return the names of the devices of one model."""
    registry = dr.async_get(hass)
    return {
        device.name
        for device in dr.async_entries_for_config_entry(registry, entry.entry_id)
        if device.model == model
    }


async def test_new_sub_account(
    hass: HomeAssistant, later: Later, loaded: MockConfigEntry, account: Account
) -> None:
    """A sub-account made at the portal gets its device and is asked about."""
    account.add_sub_account("Garage", description="Garage phone")
    account.register("100001_Garage")
    await later(minutes=30)
    await later(minutes=1)
    assert "Garage phone" in devices(hass, loaded, "Sub-account")
    assert state_of(hass, "binary_sensor.garage_phone_registration").state == "on"


async def test_first_sub_account(
    hass: HomeAssistant, later: Later, empty_account: Account, entry: MockConfigEntry
) -> None:
    """The first sub-account of an account is followed as well."""
    await set_up(hass, entry)
    empty_account.add_sub_account("Garage", description="Garage phone")
    empty_account.register("100001_Garage")
    await later(minutes=30)
    await later(minutes=1)
    assert state_of(hass, "binary_sensor.garage_phone_registration").state == "on"


async def test_new_mailbox(
    hass: HomeAssistant, later: Later, loaded: MockConfigEntry, account: Account
) -> None:
    """A mailbox made at the portal gets its device."""
    account.add_voicemail(1003, name="Garage", new=1)
    await later(minutes=10)
    assert "Voicemail Garage" in devices(hass, loaded, "Mailbox")
    assert state_of(hass, "sensor.voicemail_garage_new_voicemails").state == "1"


GOING = [
    ("sub_accounts", SUB_ACCOUNT, "Sub-account", "Kitchen phone", KITCHEN, 30),
    ("mailboxes", "1001", "Mailbox", "Voicemail Home", NEW, 10),
    (
        *("dids", CABIN, "Phone number", "(555) 123-0002 CABIN"),
        *("switch.555_123_0002_cabin_do_not_disturb", 5),
    ),
]


@pytest.mark.parametrize(
    ("kind", "key", "model", "name", "entity_id", "minutes"), GOING
)
async def test_gone(
    hass: HomeAssistant,
    later: Later,
    loaded: MockConfigEntry,
    account: Account,
    kind: str,
    key: str,
    model: str,
    name: str,
    entity_id: str,
    minutes: int,
) -> None:
    """What is missing once stays; what is missing twice loses its device, others stay."""
    held = (
        account.families["voicemails"]
        if kind == "mailboxes"
        else getattr(account, kind)
    )
    others = devices(hass, loaded, model) - {name}
    assert others
    del held[key]
    await later(minutes=minutes)
    assert name in devices(hass, loaded, model)
    assert hass.states.get(entity_id)
    await later(minutes=minutes)
    assert devices(hass, loaded, model) == others
    assert hass.states.get(entity_id) is None


async def test_two_sub_accounts_of_one_name(
    hass: HomeAssistant, later: Later, account: Account, entry: MockConfigEntry
) -> None:
    """Two rows of one name are one phone, and keep no other from going."""
    row = account.sub_accounts[SUB_ACCOUNT]
    account.doubled_sub_accounts.append(row | {"id": "1", "description": "Double"})
    await set_up(hass, entry)
    names = {"Kitchen phone", "Office desk", "Mobile app"}
    assert devices(hass, entry, "Sub-account") == names
    del account.sub_accounts["100001_Desk"]
    for _ in range(2):
        await later(minutes=30)
    assert devices(hass, entry, "Sub-account") == names - {"Office desk"}


async def test_the_last_sub_accounts(
    hass: HomeAssistant,
    later: Later,
    loaded: MockConfigEntry,
    account: Account,
    simulator: Simulator,
) -> None:
    """An account without sub-accounts says so in one of two ways."""
    simulator.faults.add("status:no_subaccount", method="getSubAccounts")
    for _ in range(2):
        await later(minutes=30)
    assert devices(hass, loaded, "Sub-account") == set()


@pytest.mark.parametrize(
    ("method", "model", "minutes"),
    [
        ("getSubAccounts", "Sub-account", 30),
        ("getVoicemails", "Mailbox", 10),
        ("getDIDsInfo", "Phone number", 5),
    ],
)
async def test_one_empty_answer(
    hass: HomeAssistant,
    later: Later,
    loaded: MockConfigEntry,
    simulator: Simulator,
    method: str,
    model: str,
    minutes: int,
) -> None:
    """One answer that says there is nothing at all removes nothing."""
    before = devices(hass, loaded, model)
    simulator.faults.add("empty_list", method=method, times=1)
    for _ in range(3):
        await later(minutes=minutes)
    assert devices(hass, loaded, model) == before
    assert "unavailable" not in {state.state for state in hass.states.async_all()}
