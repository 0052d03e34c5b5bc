"""What costs money or cannot be undone is not done by a field that says nothing."""

from typing import Any

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry, MockUser
from pytest_homeassistant_custom_component.typing import WebSocketGenerator

from custom_components.voipms.const import DOMAIN
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError
from homeassistant.setup import async_setup_component

from ..conftest import OFFICE, device_of
from ..simulator import Simulator
from .calls import ACTIONS, CONTRACT, DELETE, ORDER, value

COSTLY = {
    action: method
    for action, (method, group) in ACTIONS.items()
    if group in (ORDER, DELETE)
} | {
    action: ACTIONS[action][0]
    for action in (
        "connect_did",
        "remove_did_vpri",
        "set_did_billing_type",
        "unconnect_did",
    )
}
NOTHING = (
    *(None, "", "   ", "none", "None", "NULL", "maybe", "unknown", "unavailable"),
    *("{{ dry_run }}", "{% if x %}5{% endif %}", "{{ 5551230000 }}", float("nan")),
    *("nan", [], ["{{ x }}"], {}, {"a": 1}, ["5551230000", "5551230001"]),
)
HOLDS_NONE = {"voicemail"}
"""Fields of which "none", written so, is a value."""


def complete(method: str) -> dict[str, Any]:
    """Return a call with a value for everything that the function takes."""
    return {name: value(method, name).written for name in CONTRACT.params_of(method)}


@pytest.mark.parametrize(("action", "method"), COSTLY.items())
async def test_nothing_is_guessed(
    hass: HomeAssistant,
    loaded: MockConfigEntry,
    simulator: Simulator,
    action: str,
    method: str,
) -> None:
    """No field that is given and holds no value is taken for one that is not given."""
    data = complete(method)
    simulator.clear_calls()
    fields = [*data, "config_entry_id", *(["device_id"] if "did" in data else [])]
    for field in fields:
        for nothing in NOTHING:
            if field in HOLDS_NONE and nothing == "none":
                continue
            with pytest.raises(ServiceValidationError) as error:
                await hass.services.async_call(
                    DOMAIN, action, data | {field: nothing}, blocking=True
                )
            assert error.value.translation_domain in (DOMAIN, "homeassistant")
    assert simulator.calls == []


@pytest.mark.parametrize("test", [False, "false", "off", "no", 0, "0", " False "])
async def test_only_a_false_says_no(
    hass: HomeAssistant, loaded: MockConfigEntry, simulator: Simulator, test: Any
) -> None:
    """A number is given up if `test` is false, or not there."""
    data = {"did": OFFICE, "test": test}
    await hass.services.async_call(DOMAIN, "cancel_did", data, blocking=True)
    [call] = simulator.calls_of("cancelDID")
    assert call.params == {"did": OFFICE}


@pytest.mark.parametrize("test", [2, -1, 1.5, "2", "perhaps", "tru", "yes please"])
async def test_what_is_neither_yes_nor_no(
    hass: HomeAssistant, loaded: MockConfigEntry, simulator: Simulator, test: Any
) -> None:
    """Anything else is an error that names the field."""
    data = {"did": OFFICE, "test": test}
    with pytest.raises(ServiceValidationError, match="test"):
        await hass.services.async_call(DOMAIN, "cancel_did", data, blocking=True)
    assert simulator.calls_of("cancelDID") == []


async def test_billing_is_not_a_flag(
    hass: HomeAssistant, loaded: MockConfigEntry, simulator: Simulator
) -> None:
    """A yes is not the first of two ways of billing."""
    with pytest.raises(ServiceValidationError, match="billing_type"):
        await hass.services.async_call(
            DOMAIN,
            "set_did_billing_type",
            {"did": OFFICE, "billing_type": True},
            blocking=True,
        )
    assert simulator.calls_of("setDIDBillingType") == []


@pytest.mark.parametrize(
    "test",
    [
        "{{ dry_run | default(none) }}",
        "{{ dry_run | default('') }}",
        "{{ states('input_boolean.not_there') }}",
        "{{ [] | first | default }}",
        "{{ none }}",
    ],
)
async def test_script_with_a_template(
    hass: HomeAssistant, loaded: MockConfigEntry, simulator: Simulator, test: str
) -> None:
    """A script whose template renders to nothing buys and cancels nothing."""
    order = complete("orderDID") | {"test": test}
    config = {
        "script": {
            "buy": {"sequence": [{"action": "voipms.order_did", "data": order}]},
            "end": {
                "sequence": [
                    {
                        "action": "voipms.cancel_did",
                        "data": {"did": OFFICE, "test": test},
                    }
                ]
            },
        }
    }
    assert await async_setup_component(hass, "script", config)
    simulator.clear_calls()
    for script in ("buy", "end"):
        with pytest.raises(ServiceValidationError):
            await hass.services.async_call("script", script, blocking=True)
    assert simulator.calls == []


async def test_over_the_websocket(
    hass: HomeAssistant,
    loaded: MockConfigEntry,
    simulator: Simulator,
    hass_ws_client: WebSocketGenerator,
) -> None:
    """The same holds for whoever calls without a script."""
    client = await hass_ws_client(hass)
    simulator.clear_calls()
    for test in (None, "", "{{ true }}", [], "maybe"):
        await client.send_json_auto_id(
            {
                "type": "call_service",
                "domain": DOMAIN,
                "service": "order_did",
                "service_data": complete("orderDID") | {"test": test},
            }
        )
        reply = await client.receive_json()
        assert not reply["success"]
        assert "test" in reply["error"]["message"]
    assert simulator.calls == []


@pytest.mark.parametrize(
    ("method", "parameters"),
    [
        ("cancelDID", {"did": OFFICE, "test": ""}),
        ("cancelDID", {"did": OFFICE, "test": "maybe"}),
        ("cancelDID", {"did": "{{ number }}"}),
        ("cancelDID", {}),
        ("cancelDID", {"did": OFFICE, "tset": True}),
        ("deleteSMS", {"id": "None"}),
        ("delSubAccount", {"id": "None"}),
        ("delSubAccount", {"id": "{{ id }}"}),
        ("delSubAccount", {"id": float("nan")}),
        ("createSubAccount", {"username": "unknown"}),
        ("addCharge", {"client": "5", "charge": "1", "test": ""}),
    ],
)
async def test_call_api(
    hass: HomeAssistant,
    loaded: MockConfigEntry,
    simulator: Simulator,
    method: str,
    parameters: dict[str, Any],
) -> None:
    """The action for all functions is no way around."""
    simulator.clear_calls()
    with pytest.raises(ServiceValidationError):
        await hass.services.async_call(
            DOMAIN,
            "call_api",
            {"method": method, "parameters": parameters},
            blocking=True,
        )
    assert simulator.calls == []


@pytest.mark.parametrize("test", [True, "true", 1])
async def test_call_api_tries_an_order(
    hass: HomeAssistant, loaded: MockConfigEntry, simulator: Simulator, test: Any
) -> None:
    """A test that is asked for by its function is one at VoIP.ms as well."""
    await hass.services.async_call(
        DOMAIN,
        "call_api",
        {"method": "cancelDID", "parameters": {"did": OFFICE, "test": test}},
        blocking=True,
    )
    assert simulator.calls_of("cancelDID")[-1].params["test"] == "true"


@pytest.mark.parametrize("nothing", [None, ""])
async def test_device_that_is_none(
    hass: HomeAssistant, loaded: MockConfigEntry, simulator: Simulator, nothing: Any
) -> None:
    """A change without a number is refused, and with one needs no device."""
    data: dict[str, Any] = {"device_id": nothing, "routing": "sys:busy"}
    with pytest.raises(ServiceValidationError) as error:
        await hass.services.async_call(DOMAIN, "set_did_routing", data, blocking=True)
    assert error.value.translation_key == "missing_field"
    await hass.services.async_call(
        DOMAIN, "set_did_routing", data | {"did": OFFICE}, blocking=True
    )
    await hass.services.async_call(
        DOMAIN,
        "set_did_routing",
        {
            "did": nothing,
            "device_id": device_of(hass, OFFICE).id,
            "routing": "sys:busy",
        },
        blocking=True,
    )
    assert len(simulator.calls_of("setDIDRouting")) == 2


async def test_device_of_another_form(
    hass: HomeAssistant, loaded: MockConfigEntry, hass_admin_user: MockUser
) -> None:
    """A device is given by its ID, and nothing else."""
    for device in (5, {"id": "x"}, True):
        with pytest.raises(HomeAssistantError):
            await hass.services.async_call(
                DOMAIN,
                "set_did_routing",
                {"device_id": device, "routing": "sys:busy"},
                blocking=True,
            )
