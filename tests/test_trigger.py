"""The trigger voipms.message_received in automations."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    async_mock_service,
)

from custom_components.voipms.const import DOMAIN
from homeassistant.core import HomeAssistant, ServiceCall
from homeassistant.helpers import area_registry as ar, device_registry as dr
from homeassistant.setup import async_setup_component
from homeassistant.util.yaml import parse_yaml

from .conftest import HOME, NEIGHBOR, OFFICE, Later, device_of
from .simulator import Account, seed

EVENT = "event.555_123_0000_office_messages"

type Automate = Callable[..., Awaitable[list[ServiceCall]]]


@pytest.fixture
async def automate(
    hass: HomeAssistant, later: Later, loaded: MockConfigEntry
) -> Automate:
    """Return what starts an automation and returns the list of its runs."""

    async def start(target: dict[str, Any], **options: Any) -> list[ServiceCall]:
        runs = async_mock_service(hass, "test", "run")
        trigger = {"trigger": "voipms.message_received", "target": target}
        if options:
            trigger["options"] = options
        automation = {
            "triggers": [trigger],
            "actions": [
                {
                    "action": "test.run",
                    "data": {
                        "text": "{{ trigger.to_state.attributes.message }}",
                        "number": "{{ trigger.entity_id }}",
                    },
                }
            ],
            "mode": "queued",
            "max": 1000,
        }
        assert await async_setup_component(
            hass, "automation", {"automation": automation}
        )
        await hass.async_block_till_done()
        return runs

    return start


def event_of(hass: HomeAssistant, did: str) -> str:
    """Return the event entity of a number's messages."""
    [state] = [
        state.entity_id
        for state in hass.states.async_all("event")
        if did[-4:] in state.entity_id
    ]
    return state


@pytest.mark.parametrize("kind", ["entity_id", "device_id", "area_id"])
async def test_targets(
    hass: HomeAssistant,
    account: Account,
    automate: Automate,
    later: Later,
    kind: str,
) -> None:
    """It fires for the numbers of a target, and for no others."""
    device = device_of(hass, OFFICE)
    assert device
    area = ar.async_get(hass).async_create("Study")
    dr.async_get(hass).async_update_device(device.id, area_id=area.id)
    target = {
        "entity_id": event_of(hass, OFFICE),
        "device_id": device.id,
        "area_id": area.id,
    }[kind]
    runs = await automate({kind: target})
    account.receive(OFFICE, NEIGHBOR, "for the office")
    account.receive(HOME, NEIGHBOR, "for home")
    account.send(OFFICE, NEIGHBOR, "from the office")
    await later(minutes=1)
    assert [run.data["text"] for run in runs] == ["for the office"]


async def test_other_events_of_an_area_do_not_count(
    hass: HomeAssistant, automate: Automate, later: Later
) -> None:
    """A doorbell in the same area is no message."""
    from homeassistant.helpers import entity_registry as er

    area = ar.async_get(hass).async_create("Study")
    bell = er.async_get(hass).async_get_or_create("event", "other", "bell")
    er.async_get(hass).async_update_entity(bell.entity_id, area_id=area.id)
    hass.states.async_set(bell.entity_id, "unknown")
    runs = await automate({"area_id": area.id})
    ring = {"event_type": "received", "message": "ding", "contact": NEIGHBOR}
    hass.states.async_set(bell.entity_id, "2026-01-01T00:00:00.000+00:00", ring)
    await hass.async_block_till_done()
    assert runs == []


@pytest.mark.parametrize(
    ("sender", "matches"),
    [
        (NEIGHBOR, True),
        ("(555) 010-0111", True),
        ("+1 555 010 0111", True),
        ("1-555-010-0111", True),
        (["5550100999", "555.010.0111"], True),
        ("5550100112", False),
        ("0100111", False),
    ],
)
async def test_sender(
    hass: HomeAssistant,
    account: Account,
    automate: Automate,
    later: Later,
    sender: Any,
    matches: bool,
) -> None:
    """It fires for some senders only, in whatever way they are written."""
    runs = await automate({"entity_id": event_of(hass, OFFICE)}, sender=sender)
    account.receive(OFFICE, NEIGHBOR, "hello")
    await later(minutes=1)
    assert len(runs) == matches


@pytest.mark.parametrize(
    ("text", "matches"),
    [("status", True), ("STATUS?", True), ("straße", True), ("state", False)],
)
async def test_text(
    hass: HomeAssistant,
    account: Account,
    automate: Automate,
    later: Later,
    text: str,
    matches: bool,
) -> None:
    """It fires for messages that hold a text, in capitals or not."""
    runs = await automate({"entity_id": event_of(hass, OFFICE)}, text=text)
    account.receive(OFFICE, NEIGHBOR, "Status? STRASSE!")
    await later(minutes=1)
    assert len(runs) == matches


async def test_hundreds_at_once(
    hass: HomeAssistant, account: Account, automate: Automate, later: Later
) -> None:
    """Each of many messages of one poll fires, in order."""
    runs = await automate({"entity_id": event_of(hass, OFFICE)})
    wanted = [f"message {number}" for number in range(300)]
    for text in wanted:
        account.receive(OFFICE, NEIGHBOR, text)
    await later(minutes=1)
    assert [run.data["text"] for run in runs] == wanted


async def test_home_assistants_own_trigger(
    hass: HomeAssistant, later: Later, account: Account, loaded: MockConfigEntry
) -> None:
    """The general trigger for events gets every message of one poll, too."""
    runs = async_mock_service(hass, "test", "run")
    automation = parse_yaml(OWN_TRIGGER.format(entity=event_of(hass, OFFICE)))
    assert await async_setup_component(hass, "automation", {"automation": automation})
    for number in range(300):
        account.receive(OFFICE, NEIGHBOR, f"message {number}")
    await later(minutes=1)
    assert [run.data["text"] for run in runs] == [f"message {n}" for n in range(300)]


OWN_TRIGGER = """
triggers:
  - trigger: event.received
    target:
      entity_id: {entity}
    options:
      event_type: received
actions:
  - action: test.run
    data:
      text: "{{{{ trigger.to_state.attributes.message }}}}"
mode: queued
max: 1000
"""


@pytest.mark.parametrize(
    "trigger",
    [
        {"options": {"text": "no target"}},
        {"target": {"entity_id": EVENT}, "options": {"sender": [["x"]]}},
        {"target": {"entity_id": EVENT}, "options": {"unknown": "x"}},
    ],
)
async def test_a_wrong_configuration_is_said(
    hass: HomeAssistant,
    loaded: MockConfigEntry,
    caplog: pytest.LogCaptureFixture,
    trigger: dict[str, Any],
) -> None:
    """A trigger that cannot work is refused when the automation is set up."""
    automation = {
        "alias": "broken",
        "triggers": [{"trigger": "voipms.message_received", **trigger}],
        "actions": [],
    }
    assert await async_setup_component(hass, "automation", {"automation": automation})
    assert hass.states.get("automation.broken").state == "unavailable"
    assert "broken" in caplog.text


ANSWER = """
alias: Answer "status" with the state of the house
triggers:
  - trigger: voipms.message_received
    target:
      entity_id: event.555_123_0000_office_messages
    options:
      sender: (555) 010-0111
      text: status
actions:
  - action: voipms.send_sms
    data:
      did: "555 123 0000"
      dst: "{{ trigger.to_state.attributes.contact }}"
      message: >
        Doors {{ states('lock.front_door') }},
        {{ states('sensor.living_room') }} °C inside.
mode: queued
"""


async def test_a_house_that_answers(
    hass: HomeAssistant, later: Later, loaded: MockConfigEntry, account: Account
) -> None:
    """A text with "status" is answered with the state of the house, once."""
    hass.states.async_set("lock.front_door", "locked")
    hass.states.async_set("sensor.living_room", "21.5")
    yaml = ANSWER.replace(EVENT, event_of(hass, OFFICE))
    assert await async_setup_component(
        hass, "automation", {"automation": parse_yaml(yaml)}
    )
    account.receive(OFFICE, NEIGHBOR, "What is the Status?")
    account.receive(OFFICE, seed.FRIEND, "status")
    sent = len(account.sent)
    for _ in range(3):
        await later(minutes=1)
    [answer] = account.sent[sent:]
    assert (answer.contact, answer.message) == (
        NEIGHBOR,
        "Doors locked, 21.5 °C inside.",
    )
    assert DOMAIN in hass.config.components
