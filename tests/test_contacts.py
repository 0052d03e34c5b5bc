"""People to write to: added, changed, written to, removed."""

from typing import Any

from pytest_homeassistant_custom_component.common import MockConfigEntry

from homeassistant.config_entries import SOURCE_USER, SubentryFlowResult
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
from homeassistant.helpers import device_registry as dr, entity_registry as er

from .conftest import CABIN, HOME, NEIGHBOR, OFFICE, set_up, unload
from .simulator import Account, seed

ANN = {"name": "Ann", "number": "(555) 010-0111", "did": HOME}
NOTIFY = "notify.ann"


async def begin(hass: HomeAssistant, entry: MockConfigEntry) -> SubentryFlowResult:
    """Begin to add a contact."""
    return await hass.config_entries.subentries.async_init(
        (entry.entry_id, "contact"), context={"source": SOURCE_USER}
    )


async def add(
    hass: HomeAssistant, entry: MockConfigEntry, **changed: Any
) -> SubentryFlowResult:
    """Add a contact."""
    form = await begin(hass, entry)
    result = await hass.config_entries.subentries.async_configure(
        form["flow_id"], {**ANN, **changed}
    )
    await hass.async_block_till_done(wait_background_tasks=True)
    return result


async def write(hass: HomeAssistant, entity_id: str = NOTIFY, **data: str) -> None:
    """Write to a person."""
    await hass.services.async_call(
        "notify",
        "send_message",
        {"entity_id": entity_id, "message": "hello", **data},
        blocking=True,
    )


async def test_the_same_number_twice(
    hass: HomeAssistant, loaded: MockConfigEntry
) -> None:
    """A number is one person's, however it is written; that is shown beside it."""
    await add(hass, loaded)
    result = await add(hass, loaded, name="Annie", number="+1-555-010-0111")
    assert result["type"] is FlowResultType.FORM
    assert result["errors"] == {"number": "already_configured"}
    assert len(loaded.subentries) == 1


async def test_a_wrong_number(hass: HomeAssistant, loaded: MockConfigEntry) -> None:
    """A wrong number is shown beside its field, and can be corrected."""
    for number, wrong in (
        ("12", "invalid_phone_number"),
        ("555-010-XXXX", "invalid_phone_number"),
        ("22000", "takes_no_messages"),
        ("+44 20 7946 0000", "takes_no_messages"),
    ):
        result = await add(hass, loaded, number=number)
        assert result["errors"] == {"number": wrong}
    result = await hass.config_entries.subentries.async_configure(
        result["flow_id"], ANN
    )
    assert result["type"] is FlowResultType.CREATE_ENTRY


async def test_only_numbers_that_can_send_are_offered(
    hass: HomeAssistant, loaded: MockConfigEntry
) -> None:
    """A number without messages is no choice."""
    form = await begin(hass, loaded)
    assert form["data_schema"]
    [selector] = [
        value for name, value in form["data_schema"].schema.items() if name == "did"
    ]
    offered = [option["value"] for option in selector.config["options"]]
    assert offered == [OFFICE, HOME]
    assert CABIN not in offered


async def test_not_loaded(hass: HomeAssistant, loaded: MockConfigEntry) -> None:
    """While the account is not connected, nobody can be added."""
    await unload(hass, loaded)
    assert (await begin(hass, loaded))["reason"] == "not_loaded"


async def test_no_number_can_send(
    hass: HomeAssistant, empty_account: Account, entry: MockConfigEntry
) -> None:
    """Without a number that can send, nobody can be added."""
    empty_account.add_did(CABIN, sms_available="0")
    await set_up(hass, entry)
    assert (await begin(hass, entry))["reason"] == "no_numbers"


async def test_change(
    hass: HomeAssistant, loaded: MockConfigEntry, account: Account
) -> None:
    """A contact that is changed is written to at the new number from then on."""
    await add(hass, loaded)
    await add(hass, loaded, name="Bob", number=seed.DENTIST)
    [ann, _] = loaded.subentries.values()
    form = await loaded.start_subentry_reconfigure_flow(hass, ann.subentry_id)
    changed = {"name": "Ann Marie", "number": seed.FRIEND, "did": OFFICE}
    result = await hass.config_entries.subentries.async_configure(
        form["flow_id"], changed
    )
    assert result["reason"] == "reconfigure_successful"
    await hass.async_block_till_done(wait_background_tasks=True)
    await write(hass)
    message = account.sent[-1]
    assert (message.did, message.contact) == (OFFICE, seed.FRIEND)
    assert hass.states.get(NOTIFY).attributes["friendly_name"] == "Ann Marie"


async def test_change_to_somebody_elses_number(
    hass: HomeAssistant, loaded: MockConfigEntry
) -> None:
    """A contact cannot get the number of another one."""
    await add(hass, loaded)
    await add(hass, loaded, name="Bob", number=seed.DENTIST)
    [ann, _] = loaded.subentries.values()
    form = await loaded.start_subentry_reconfigure_flow(hass, ann.subentry_id)
    result = await hass.config_entries.subentries.async_configure(
        form["flow_id"], {**ANN, "number": seed.DENTIST}
    )
    assert result["errors"] == {"number": "already_configured"}
    assert ann.data["number"] == NEIGHBOR


async def test_remove_and_add_again(
    hass: HomeAssistant, loaded: MockConfigEntry
) -> None:
    """A contact that is removed takes its device and entity along, and can come back."""
    await add(hass, loaded)
    [subentry_id] = loaded.subentries
    hass.config_entries.async_remove_subentry(loaded, subentry_id)
    await hass.async_block_till_done()
    assert hass.states.get(NOTIFY) is None
    assert er.async_get(hass).async_get(NOTIFY) is None
    devices = dr.async_entries_for_config_entry(dr.async_get(hass), loaded.entry_id)
    assert "Ann" not in {device.name for device in devices}

    await add(hass, loaded)
    assert hass.states.get(NOTIFY)


async def test_after_a_restart(
    hass: HomeAssistant, loaded: MockConfigEntry, account: Account
) -> None:
    """Contacts are there after a restart."""
    await add(hass, loaded)
    await unload(hass, loaded)
    await set_up(hass, loaded)
    await write(hass)
    assert account.sent[-1].contact == NEIGHBOR
