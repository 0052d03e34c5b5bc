"""Actions for the VoIP.ms integration, one for each function of the table."""

from functools import partial
from typing import Any, Final, cast

import probatio

from homeassistant.const import ATTR_CONFIG_ENTRY_ID
from homeassistant.core import (
    HomeAssistant,
    ServiceCall,
    ServiceResponse,
    SupportsResponse,
    callback,
)
from homeassistant.exceptions import Unauthorized
from homeassistant.helpers import config_validation as cv, service

from ..account import VoipmsConfigEntry
from ..api import ACTIONS, FUNCTIONS, Function, Group, to_wire
from ..api.given import check_given
from ..api.history import read_messages
from ..api.subjects import MESSAGE_LISTS
from ..const import DOMAIN
from ..errors import translated
from .fields import ATTR_PARAMS, find, read_fields
from .permissions import async_access
from .sending import async_send_call, read_message_fields

HARMLESS: Final = ("get", "search", "send", "set")
"""How the names of functions begin that neither order nor delete."""

CALL_API: Final = "call_api"
ATTR_METHOD: Final = "method"
ATTR_PARAMETERS: Final = "parameters"
CALL_API_SCHEMA: Final = probatio.Schema(
    {
        probatio.Optional(ATTR_CONFIG_ENTRY_ID): probatio.All(
            cv.string, probatio.Length(min=1)
        ),
        probatio.Required(ATTR_METHOD): probatio.All(
            cv.string, probatio.Match(r"^[A-Za-z0-9]+$")
        ),
        probatio.Optional(ATTR_PARAMETERS, default=dict): {
            probatio.All(
                cv.string, probatio.Match(r"^(?!api_)(?!method$)\w+$")
            ): probatio.Any(str, int, float, bool)
        },
    }
)


@callback
def async_setup_services(hass: HomeAssistant) -> None:
    """Register every action."""
    for name, function in ACTIONS.items():
        sends = function.group is Group.SEND
        _register(
            hass,
            name,
            partial(async_send_call if sends else _async_call_function, function),
            probatio.Schema(
                partial(read_message_fields if sends else read_fields, function)
            ),
            only_reads=function.group is Group.READ,
        )
    _register(hass, CALL_API, _async_call_api, CALL_API_SCHEMA)


def _register(
    hass: HomeAssistant,
    name: str,
    handler: Any,
    schema: probatio.Schema,
    *,
    only_reads: bool = False,
) -> None:
    """Register one action."""
    response = SupportsResponse.ONLY if only_reads else SupportsResponse.OPTIONAL
    hass.services.async_register(DOMAIN, name, handler, schema, response)


async def _async_call_function(
    function: Function, call: ServiceCall
) -> ServiceResponse:
    """Call the API function of an action."""
    access = await async_access(call.hass, call.context)
    access.check_admin(function, call.data[ATTR_PARAMS])
    entry, params = find(call.hass, function, call.data)
    access.check(entry, function, params)
    if function in MESSAGE_LISTS:
        with translated():
            client = entry.runtime_data.client
            found = await read_messages(client, function.method, params)
            reply: dict[str, Any] = {function.lists: found}
    else:
        reply = await entry.runtime_data.async_run(function, params)
    return cast("ServiceResponse", access.visible(entry, function, reply))


async def _async_call_api(call: ServiceCall) -> ServiceResponse:
    """Call any API function, with parameters in their wire form."""
    access = await async_access(call.hass, call.context)
    if not access.is_unrestricted:
        raise Unauthorized(context=call.context)
    method: str = call.data[ATTR_METHOD]
    with translated():
        params = _api_params(method, call.data[ATTR_PARAMETERS])
    entry: VoipmsConfigEntry = service.async_get_config_entry(
        call.hass, DOMAIN, call.data.get(ATTR_CONFIG_ENTRY_ID)
    )
    reply = await entry.runtime_data.async_call(method, params, action=CALL_API)
    return cast("ServiceResponse", access.visible(entry, None, reply))


def _api_params(method: str, values: dict[str, Any]) -> dict[str, str]:
    """Return the parameters of any function in their wire form.

    Functions that cost money or delete are checked as their actions are. Raises
    VoipmsInvalidValueError.
    """
    if (function := FUNCTIONS.get(method)) and function.costs:
        return to_wire(function, values)
    if not method.startswith(HARMLESS):
        for name, value in values.items():
            check_given(name, value)
    return {
        name: str(int(value)) if isinstance(value, bool) else str(value)
        for name, value in values.items()
    }
