"""The README's automations answer everybody, also when all write at once."""

from collections.abc import AsyncGenerator
from pathlib import Path
import re
from typing import Any

import pytest
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    async_mock_service,
)
import yaml

from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component
from scripts._demo.office import _status

from .conftest import OFFICE, Later
from .simulator import Account

README = Path(__file__).parent.parent / "README.md"
AT_ONCE = 25
EXAMPLES = {
    example["alias"]: example
    for example in map(
        yaml.safe_load,
        re.findall(
            r"```yaml\n(alias: .*?)```", README.read_text(encoding="utf-8"), re.DOTALL
        ),
    )
}
FOR_EACH_MESSAGE = [
    alias
    for alias, example in EXAMPLES.items()
    if example["triggers"][0]["trigger"]
    in ("voipms.message_received", "event.received")
]


@pytest.fixture
async def installed(hass: HomeAssistant) -> AsyncGenerator[None]:
    """Turn the automations off afterwards."""
    yield
    everything = {"entity_id": "all"}
    await hass.services.async_call("automation", "turn_off", everything, blocking=True)


def test_examples() -> None:
    """The README answers messages, and shows pictures."""
    assert len(FOR_EACH_MESSAGE) == 2


@pytest.mark.parametrize("alias", FOR_EACH_MESSAGE)
@pytest.mark.usefixtures("installed")
async def test_readme(
    hass: HomeAssistant,
    later: Later,
    account: Account,
    loaded: MockConfigEntry,
    alias: str,
) -> None:
    """An example handles each of many messages that come together, in their order."""
    notes = async_mock_service(hass, "notify", "mobile_app_my_phone")
    example = EXAMPLES[alias]
    example["triggers"][0]["options"].pop("sender", None)
    assert await async_setup_component(hass, "automation", {"automation": example})
    people = [str(5550200000 + number) for number in range(AT_ONCE)]
    before = len(account.sent)
    for number in people:
        account.receive(OFFICE, number, "status", media=[f"https://x.example/{number}"])
    await later(minutes=1)
    await later(minutes=1)
    answered: list[Any] = [message.contact for message in account.sent[before:]]
    shown = [note.data["title"].rpartition(" ")[2] for note in notes]
    assert (answered or shown) == people


@pytest.mark.usefixtures("installed")
async def test_demo(
    hass: HomeAssistant, later: Later, account: Account, loaded: MockConfigEntry
) -> None:
    """The demonstration answers whoever asks as often as they ask."""
    line = _Line()
    example = _status(line)  # type: ignore[arg-type]
    example["triggers"][0]["options"].pop("sender")
    assert await async_setup_component(hass, "automation", {"automation": example})
    people = [str(5550200000 + number) for number in range(AT_ONCE)]
    before = len(account.sent)
    for number in people:
        account.receive(OFFICE, number, "status")
    await later(minutes=1)
    assert [message.contact for message in account.sent[before:]] == people


class _Line(dict[str, str]):
    """The office line, by the entities that the test has of it."""

    did = OFFICE

    def __missing__(self, key: str) -> str:
        """Return the entity of a key."""
        return f"event.555_123_0000_office_{'message' if key == 'sms' else key}"
