"""The actions: one for each entry of the function table that has a name for one."""

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
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import config_validation as cv, service
from homeassistant.util.json import JsonValueType

from ..account import VoipmsConfigEntry, outcome_unknown, was_sent
from ..api import ACTIONS, Function, Group
from ..api.history import read_messages
from ..const import DOMAIN
from ..errors import translated
from .fields import find, read_fields
from .sending import async_send_call, read_message_fields

ADMIN_GROUPS: Final = frozenset({Group.ORDER, Group.DELETE})

MESSAGE_LISTS: Final = frozenset({"getSMS", "getMMS"})
"""Functions that return less than was asked for unless they are called again."""

CALL_API: Final = "call_api"
ATTR_METHOD: Final = "method"
ATTR_PARAMETERS: Final = "parameters"
CALL_API_SCHEMA: Final = probatio.Schema(
    {
        probatio.Optional(ATTR_CONFIG_ENTRY_ID): cv.string,
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
            admin=function.group in ADMIN_GROUPS,
            only_reads=function.group is Group.READ,
        )
    _register(hass, CALL_API, _async_call_api, CALL_API_SCHEMA, admin=True)


def _register(
    hass: HomeAssistant,
    name: str,
    handler: Any,
    schema: probatio.Schema,
    *,
    admin: bool = False,
    only_reads: bool = False,
) -> None:
    """Register one action, for everybody or for administrators."""
    response = SupportsResponse.ONLY if only_reads else SupportsResponse.OPTIONAL
    if admin:
        service.async_register_admin_service(
            hass, DOMAIN, name, handler, schema, response
        )
    else:
        hass.services.async_register(DOMAIN, name, handler, schema, response)


async def _async_call_function(
    function: Function, call: ServiceCall
) -> ServiceResponse:
    """Call the function that an action stands for."""
    entry, params = find(call.hass, function, call.data)
    if function.method in MESSAGE_LISTS:
        with translated():
            client = entry.runtime_data.writer.client
            found = await read_messages(client, function.method, params)
            return {"sms": cast("list[JsonValueType]", found)}
    reply = await entry.runtime_data.async_run(function, params)
    return cast("ServiceResponse", reply)


async def _async_call_api(call: ServiceCall) -> ServiceResponse:
    """Call any function of the API, with parameters as VoIP.ms wants them."""
    entry: VoipmsConfigEntry = service.async_get_config_entry(
        call.hass, DOMAIN, call.data.get(ATTR_CONFIG_ENTRY_ID)
    )
    params = {
        name: str(int(value)) if isinstance(value, bool) else str(value)
        for name, value in call.data[ATTR_PARAMETERS].items()
    }
    method: str = call.data[ATTR_METHOD]
    try:
        with translated():
            reply = await entry.runtime_data.writer.client.call(method, params)
    except HomeAssistantError as err:
        if method.startswith(("get", "search")) or not was_sent(err):
            raise
        raise outcome_unknown(CALL_API, (), err) from err
    return cast("ServiceResponse", reply)
