"""Which account, and which of its numbers, a call of an action is for."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from homeassistant.const import ATTR_CONFIG_ENTRY_ID, ATTR_DEVICE_ID
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import ServiceValidationError
from homeassistant.helpers import service

from ..account import VoipmsConfigEntry
from ..api import Function, to_wire
from ..api.params import Either, OwnDid
from ..const import DOMAIN
from ..coordinator.numbers import did_of
from ..errors import translated

FIELDS: Final = frozenset({ATTR_CONFIG_ENTRY_ID, ATTR_DEVICE_ID})
ATTR_PARAMS: Final = "params"


def names_a_number(function: Function) -> bool:
    """Tell whether an action is about a number of the account."""
    return any(
        param.name == "did"
        and isinstance(
            param.kind.kind if isinstance(param.kind, Either) else param.kind, OwnDid
        )
        for param in function.params
    )


def read_fields(
    function: Function, data: Mapping[str, Any], *, later: tuple[str, ...] = ()
) -> dict[str, Any]:
    """Check the fields of an action; the function's get their wire form.

    Those of `later` may be missing. Raises a translated ServiceValidationError that
    names the field.
    """
    target = {name: data[name] for name in FIELDS & data.keys()}
    values = {name: value for name, value in data.items() if name not in target}
    if ATTR_DEVICE_ID in target:
        if not names_a_number(function):
            raise invalid("device_not_wanted", action=f"{DOMAIN}.{function.action}")
        if "did" in values:
            raise invalid("did_and_device")
        target[ATTR_DEVICE_ID] = _only_one(target[ATTR_DEVICE_ID])
    with translated():
        if ATTR_DEVICE_ID in target:
            later = ("did", *later)
        return {**target, ATTR_PARAMS: to_wire(function, values, later=later)}


def _only_one(device_id: Any) -> Any:
    """Return the one device of a field that may hold a list of one."""
    if isinstance(device_id, list):
        if len(device_id) != 1:
            raise invalid("one_device")
        return device_id[0]
    return device_id


def invalid(key: str, **placeholders: str) -> ServiceValidationError:
    """Return the error for a field that cannot be right."""
    return ServiceValidationError(
        translation_domain=DOMAIN,
        translation_key=key,
        translation_placeholders=placeholders,
    )


# --- Finding the account -----------------------------------------------------------


def find(
    hass: HomeAssistant, function: Function, data: Mapping[str, Any]
) -> tuple[VoipmsConfigEntry, dict[str, str]]:
    """Return the account that a call is for, and the parameters to call it with."""
    params: dict[str, str] = dict(data[ATTR_PARAMS])
    entry: VoipmsConfigEntry
    if device_id := data.get(ATTR_DEVICE_ID):
        device, entry = service.async_get_device_and_config_entry(
            hass, DOMAIN, device_id, include_child_devices=False
        )
        if (did := did_of(device, entry)) is None:
            raise invalid(
                "device_not_a_number", device=device.name_by_user or device.name or ""
            )
        params["did"] = did
    else:
        entry_id = data.get(ATTR_CONFIG_ENTRY_ID) or _owner(hass, params.get("did"))
        entry = service.async_get_config_entry(hass, DOMAIN, entry_id)
    _check_numbers(entry, function, params)
    return entry, params


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
            raise invalid("unknown_did", field=name, value=did, account=entry.title)


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
