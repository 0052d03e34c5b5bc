"""Repairs: the issues, the checks that raise them, and the flows that fix them."""

from collections.abc import Mapping
from typing import Any

from homeassistant.components.repairs import RepairsFlow
from homeassistant.core import HomeAssistant


async def async_create_fix_flow(
    hass: HomeAssistant, issue_id: str, data: Mapping[str, Any] | None
) -> RepairsFlow:
    """Create the flow that fixes an issue."""
    # The flows import the account, parts of which import the issues.
    from .flows import flow_of

    assert data is not None
    return flow_of(hass, data)
