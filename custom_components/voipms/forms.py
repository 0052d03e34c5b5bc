"""Inputs that several dialogs share."""

from collections.abc import Mapping

from homeassistant.helpers.selector import (
    SelectOptionDict,
    SelectSelector,
    SelectSelectorConfig,
    SelectSelectorMode,
)


def choice(names: Mapping[str, str]) -> SelectSelector:
    """Return a list to choose from, by what the choices are called."""
    options: list[SelectOptionDict] = [
        {"value": value, "label": name} for value, name in names.items()
    ]
    return SelectSelector(
        SelectSelectorConfig(options=options, mode=SelectSelectorMode.DROPDOWN)
    )
