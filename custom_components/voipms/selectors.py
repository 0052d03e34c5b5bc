"""Selectors that several flows share."""

from collections.abc import Mapping

from homeassistant.helpers.selector import (
    SelectOptionDict,
    SelectSelector,
    SelectSelectorConfig,
    SelectSelectorMode,
)

from .account import VoipmsAccount
from .api.phone import display


def sending_numbers(account: VoipmsAccount) -> dict[str, str]:
    """Return the numbers that can send messages, as people know them."""
    return {
        did: f"{display(did)} {number.description}".strip()
        for did, number in account.numbers.data.items()
        if number.has_messages
    }


def choice(names: Mapping[str, str]) -> SelectSelector:
    """Return a list to choose from, by what the choices are called."""
    options: list[SelectOptionDict] = [
        {"value": value, "label": name} for value, name in names.items()
    ]
    return SelectSelector(
        SelectSelectorConfig(options=options, mode=SelectSelectorMode.DROPDOWN)
    )
