"""Errors of the client in the user's language."""

import asyncio

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.voipms.api.errors import (
    ConnectionReason,
    VoipmsConnectionError,
    VoipmsRefusedError,
)
from custom_components.voipms.errors import async_words
from custom_components.voipms.gather import async_gather
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError

from .conftest import OFFICE
from .simulator import Account, Simulator


@pytest.mark.parametrize("reason", ConnectionReason)
async def test_reason_in_words(hass: HomeAssistant, reason: ConnectionReason) -> None:
    """Every reason has words, also before an account is set up."""
    code = {"code": "503"} if reason is ConnectionReason.HTTP else {}
    words = await async_words(hass, VoipmsConnectionError(reason, **code))
    start, _, said = words.partition(": ")
    assert "VoIP.ms" in start
    assert said not in ("", f"{reason}.") and "{" not in said
    assert ("503" in words) == bool(code)


async def test_unknown_outcome(
    hass: HomeAssistant,
    account: Account,
    loaded: MockConfigEntry,
    simulator: Simulator,
) -> None:
    """It says what happened, and which action tells what came of it."""
    simulator.faults.add("http_503", method="setDIDRouting")
    with pytest.raises(HomeAssistantError) as error:
        await hass.services.async_call(
            "voipms",
            "set_did_routing",
            {"did": OFFICE, "routing": "sys:busy"},
            blocking=True,
        )
    words = str(error.value)
    assert "voipms.set_did_routing" in words
    assert "voipms.get_dids_info" in words
    assert "it answered with HTTP status 503" in words


async def test_gather() -> None:
    """Results and errors of the client come by their key; nothing else is hidden."""

    async def give(value: object) -> object:
        await asyncio.sleep(0)
        if isinstance(value, BaseException):
            raise value
        return value

    refused = VoipmsRefusedError("getIVRs", "limit_reached")
    results, errors = await async_gather({"a": give(1), "b": give(refused)})
    assert (results, errors) == ({"a": 1}, {"b": refused})
    with pytest.raises(KeyError):
        await async_gather({"a": give(1), "b": give(KeyError()), "c": give(refused)})
    with pytest.raises(ExceptionGroup) as group:
        await async_gather({"a": give(KeyError()), "b": give(TypeError())})
    assert len(group.value.exceptions) == 2
