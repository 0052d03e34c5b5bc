"""What only the user can repair: the issues, the checks that raise them, the dialogs."""

from collections.abc import Mapping
from typing import Any

from homeassistant.components.repairs import RepairsFlow
from homeassistant.core import HomeAssistant


async def async_create_fix_flow(
    hass: HomeAssistant, issue_id: str, data: Mapping[str, Any] | None
) -> RepairsFlow:
    """Return the dialog that repairs an issue."""
    # The dialogs need the account, and parts of it raise the issues.
    from .flows import flow_of

    assert data is not None
    return flow_of(hass, data)
