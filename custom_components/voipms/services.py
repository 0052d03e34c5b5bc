"""The actions: one for each entry of the function table that has a name for one."""

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any, Final, cast

import probatio

from homeassistant.const import ATTR_CONFIG_ENTRY_ID, ATTR_DEVICE_ID
from homeassistant.core import (
    HomeAssistant,
    ServiceCall,
    ServiceResponse,
    SupportsResponse,
    callback,
)
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError
from homeassistant.helpers import config_validation as cv, service

from .account import VoipmsAccount, VoipmsConfigEntry, outcome_unknown, was_sent
from .api import ACTIONS, Function, Group, to_wire
from .api.kinds import Either, OwnDid
from .const import DOMAIN
from .coordinator.numbers import did_of
from .errors import translated

ADMIN_GROUPS: Final = frozenset({Group.ORDER, Group.DELETE})
ACCOUNT_FIELDS: Final = frozenset({ATTR_CONFIG_ENTRY_ID, ATTR_DEVICE_ID})

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
        _register(
            hass,
            name,
            partial(_async_call_function, function),
            probatio.Schema(partial(_read_fields, function)),
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


# --- Reading the fields ------------------------------------------------------------


def names_a_number(function: Function) -> bool:
    """Tell whether an action is about a number of the account."""
    return any(
        param.name == "did"
        and isinstance(
            param.kind.kind if isinstance(param.kind, Either) else param.kind, OwnDid
        )
        for param in function.params
    )


def _read_fields(function: Function, data: Mapping[str, Any]) -> dict[str, Any]:
    """Check the fields of an action; the function's get their wire form.

    Raises a translated ServiceValidationError that names the field.
    """
    target = {name: data[name] for name in ACCOUNT_FIELDS & data.keys()}
    values = {name: value for name, value in data.items() if name not in target}
    if ATTR_DEVICE_ID in target:
        if not names_a_number(function):
            raise _invalid("device_not_wanted", action=f"{DOMAIN}.{function.action}")
        if "did" in values:
            raise _invalid("did_and_device")
        target[ATTR_DEVICE_ID] = _only_one(target[ATTR_DEVICE_ID])
    with translated():
        later = ("did",) if ATTR_DEVICE_ID in target else ()
        return {**target, "params": to_wire(function, values, later=later)}


def _only_one(device_id: Any) -> Any:
    """Return the one device of a field that may hold a list of one."""
    if isinstance(device_id, list):
        if len(device_id) != 1:
            raise _invalid("one_device")
        return device_id[0]
    return device_id


def _invalid(key: str, **placeholders: str) -> ServiceValidationError:
    """Return the error for a field that cannot be right."""
    return ServiceValidationError(
        translation_domain=DOMAIN,
        translation_key=key,
        translation_placeholders=placeholders,
    )


# --- Finding the account -----------------------------------------------------------


def _find(
    hass: HomeAssistant, function: Function, data: Mapping[str, Any]
) -> tuple[VoipmsAccount, dict[str, str]]:
    """Return the account that a call is for, and the parameters to call it with."""
    params: dict[str, str] = dict(data["params"])
    entry: VoipmsConfigEntry
    if device_id := data.get(ATTR_DEVICE_ID):
        device, entry = service.async_get_device_and_config_entry(
            hass, DOMAIN, device_id, include_child_devices=False
        )
        if (did := did_of(device, entry)) is None:
            raise _invalid(
                "device_not_a_number", device=device.name_by_user or device.name or ""
            )
        params["did"] = did
    else:
        entry_id = data.get(ATTR_CONFIG_ENTRY_ID) or _owner(hass, params.get("did"))
        entry = service.async_get_config_entry(hass, DOMAIN, entry_id)
    _check_numbers(entry, function, params)
    return entry.runtime_data, params


def _owner(hass: HomeAssistant, did: str | None) -> str | None:
    """Return the account that a number belongs to, if one of them says so."""
    entries: list[VoipmsConfigEntry] = hass.config_entries.async_loaded_entries(DOMAIN)
    for entry in entries:
        if did in entry.runtime_data.numbers.data:
            return entry.entry_id
    return None


def _check_numbers(
    entry: VoipmsConfigEntry, function: Function, params: Mapping[str, str]
) -> None:
    """Refuse a number that is not the account's, which VoIP.ms says less clearly."""
    if "client" in params:  # a reseller's client, whose numbers are on no list here
        return
    for name, did in _own_dids(function, params):
        if did not in entry.runtime_data.numbers.data:
            raise _invalid("unknown_did", field=name, value=did, account=entry.title)


def _own_dids(
    function: Function, params: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    """Return the parameters that name a number of the account."""
    for param in function.params:
        kind, value = param.kind, params.get(param.name)
        if isinstance(kind, Either):
            kind = kind.kind if value not in kind.words else kind
        if isinstance(kind, OwnDid) and value is not None:
            yield param.name, value


# --- Calling -----------------------------------------------------------------------


async def _async_call_function(
    function: Function, call: ServiceCall
) -> ServiceResponse:
    """Call the function that an action stands for."""
    account, params = _find(call.hass, function, call.data)
    return cast("ServiceResponse", await account.async_run(function, params))


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
