"""Routing a number by the action voipms.set_did_routing."""

from typing import Any

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.voipms.const import DOMAIN
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import ServiceValidationError
from homeassistant.setup import async_setup_component

from ..conftest import CABIN, HOME, OFFICE, device_of, make_entry, set_up
from ..simulator import Account, Simulator

SELECT = "select.555_123_0000_office_routing"


async def choose(hass: HomeAssistant, option: str, entity_id: str = SELECT) -> None:
    """Choose an option of a number's routing."""
    await hass.services.async_call(
        "select",
        "select_option",
        {"entity_id": entity_id, "option": option},
        blocking=True,
    )


async def route(hass: HomeAssistant, **data: Any) -> None:
    """Call the action that sets a routing."""
    await hass.services.async_call(DOMAIN, "set_did_routing", data, blocking=True)


def shown(hass: HomeAssistant, entity_id: str = SELECT) -> str:
    """Return the routing that a number shows."""
    state = hass.states.get(entity_id)
    assert state
    return state.state


@pytest.mark.parametrize(
    "spelling",
    [
        "5551230001",
        5551230001,
        "(555) 123-0001",
        "555-123-0001",
        "555.123.0001",
        "+1 555 123 0001",
        "15551230001",
        " +15551230001 ",
    ],
)
async def test_number_in_any_spelling(
    hass: HomeAssistant, loaded: MockConfigEntry, account: Account, spelling: object
) -> None:
    """A number may be written as people write it."""
    await route(hass, did=spelling, routing="sys:busy")
    assert account.dids[HOME]["routing"] == "sys:busy"
    assert shown(hass, "select.555_123_0001_home_routing") == "System: busy"


@pytest.mark.parametrize("in_list", [False, True])
async def test_number_by_its_device(
    hass: HomeAssistant, loaded: MockConfigEntry, account: Account, in_list: bool
) -> None:
    """A number may be given by its device."""
    device_id = device_of(hass, HOME).id
    await route(
        hass, device_id=[device_id] if in_list else device_id, routing="sys:busy"
    )
    assert account.dids[HOME]["routing"] == "sys:busy"


@pytest.mark.parametrize("spelling", ["SYS:busy", " sys:busy ", "sys: busy"])
async def test_routing_in_loose_spelling(
    hass: HomeAssistant, loaded: MockConfigEntry, account: Account, spelling: str
) -> None:
    """Capitals and spaces around a routing do not matter."""
    await route(hass, did=OFFICE, routing=spelling)
    assert account.dids[OFFICE]["routing"] == "sys:busy"


async def test_from_an_automation(
    hass: HomeAssistant, loaded: MockConfigEntry, account: Account
) -> None:
    """An automation routes one number when another changes."""
    assert await async_setup_component(
        hass,
        "automation",
        {
            "automation": {
                "triggers": {"trigger": "state", "entity_id": SELECT, "to": None},
                "actions": {
                    "action": "voipms.set_did_routing",
                    "data": {
                        "did": "(555) 123-0002",
                        "routing": "{{ trigger.to_state.attributes.routing }}",
                    },
                },
            }
        },
    )
    await choose(hass, "Voicemail 1002 (Office)")
    await hass.async_block_till_done(wait_background_tasks=True)
    assert account.dids[CABIN]["routing"] == "vm:1002"
    assert shown(hass, "select.555_123_0002_cabin_routing") == "Voicemail 1002 (Office)"


async def test_from_a_script(
    hass: HomeAssistant, loaded: MockConfigEntry, account: Account
) -> None:
    """A script routes by device, and by entity, in one go."""
    assert await async_setup_component(
        hass,
        "script",
        {
            "script": {
                "night": {
                    "sequence": [
                        {
                            "action": "voipms.set_did_routing",
                            "data": {
                                "device_id": device_of(hass, HOME).id,
                                "routing": "sys:hangup",
                            },
                        },
                        {
                            "action": "select.select_option",
                            "target": {"entity_id": SELECT},
                            "data": {"option": "System: busy"},
                        },
                    ]
                }
            }
        },
    )
    await hass.services.async_call("script", "night", blocking=True)
    assert account.dids[HOME]["routing"] == "sys:hangup"
    assert account.dids[OFFICE]["routing"] == "sys:busy"


@pytest.mark.parametrize(
    ("data", "key", "says"),
    [
        ({"did": OFFICE, "routing": "vm:4711"}, "unknown_routing", "vm:4711"),
        ({"did": OFFICE, "routing": "account:999_No"}, "unknown_routing", "999_No"),
        ({"did": OFFICE, "routing": "sys:bussy"}, "invalid_system_routing", "sys:busy"),
        ({"did": OFFICE, "routing": "busy"}, "invalid_routing", "busy"),
        ({"did": OFFICE, "routing": ":1"}, "invalid_routing", "routing"),
        ({"did": OFFICE, "routing": "vm:"}, "invalid_routing", "routing"),
        ({"did": "5559999999", "routing": "sys:busy"}, "unknown_did", "5559999999"),
        ({"did": "12345", "routing": "sys:busy"}, "unknown_did", "12345"),
        ({"did": "+442079460000", "routing": "sys:busy"}, "unknown_did", "4420"),
        ({"routing": "sys:busy"}, "missing_field", "did"),
        ({"did": OFFICE}, "missing_field", "routing"),
        (
            {"did": OFFICE, "device_id": "x", "routing": "sys:busy"},
            "did_and_device",
            "not both",
        ),
        ({"device_id": ["x", "y"], "routing": "sys:busy"}, "one_device", "one"),
    ],
)
async def test_what_cannot_be_right(
    hass: HomeAssistant,
    loaded: MockConfigEntry,
    simulator: Simulator,
    data: dict[str, Any],
    key: str,
    says: str,
) -> None:
    """A mistake is explained, and no number is touched."""
    with pytest.raises(ServiceValidationError) as error:
        await route(hass, **data)
    assert error.value.translation_key == key
    assert says in str(error.value)
    assert simulator.calls_of("setDIDRouting") == []


async def test_device_of_the_account(
    hass: HomeAssistant, loaded: MockConfigEntry, simulator: Simulator
) -> None:
    """The account's device is no number, and the error says so by its name."""
    with pytest.raises(ServiceValidationError, match=r"VoIP\.ms") as error:
        await route(
            hass, device_id=device_of(hass, loaded.entry_id).id, routing="sys:busy"
        )
    assert error.value.translation_key == "device_not_a_number"
    assert simulator.calls_of("setDIDRouting") == []


async def test_destination_made_a_moment_ago(
    hass: HomeAssistant, loaded: MockConfigEntry, account: Account
) -> None:
    """A ring group made at the portal just now can be used, and shows its name."""
    account.add("ring_groups", id=77, name="Weekend")
    await route(hass, did=OFFICE, routing="grp:77")
    assert account.dids[OFFICE]["routing"] == "grp:77"
    assert shown(hass) == "Ring group Weekend"


async def test_several_accounts(
    hass: HomeAssistant,
    loaded: MockConfigEntry,
    account: Account,
    simulator: Simulator,
) -> None:
    """The number alone says which of several accounts is meant."""
    other = simulator.add_account("other@example.com", "secret", number="300003")
    other.add_did("5559990000", routing="sys:busy")
    entry = make_entry(hass, simulator, other.email, "secret", "other")
    await set_up(hass, entry)

    await route(hass, did="5559990000", routing="sys:hangup")
    assert other.dids["5559990000"]["routing"] == "sys:hangup"
    await route(hass, did=OFFICE, routing="sys:echo")
    assert account.dids[OFFICE]["routing"] == "sys:echo"
    await route(
        hass, config_entry_id="other", did="5559990000", routing="sys:disconnected"
    )
    assert other.dids["5559990000"]["routing"] == "sys:disconnected"

    with pytest.raises(ServiceValidationError) as error:
        await route(hass, config_entry_id="other", did=OFFICE, routing="sys:busy")
    assert error.value.translation_key == "unknown_did"
    assert account.dids[OFFICE]["routing"] == "sys:echo"


async def test_account_that_is_not_loaded(
    hass: HomeAssistant, loaded: MockConfigEntry
) -> None:
    """An action for an account that is not loaded says so."""
    assert await hass.config_entries.async_unload(loaded.entry_id)
    with pytest.raises(ServiceValidationError):
        await route(hass, did=OFFICE, routing="sys:busy")
    with pytest.raises(ServiceValidationError):
        await route(hass, device_id=device_of(hass, HOME).id, routing="sys:busy")
