"""The fields of actions: validation, and the account and number they refer to."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from homeassistant.const import ATTR_CONFIG_ENTRY_ID, ATTR_DEVICE_ID
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import ServiceValidationError
from homeassistant.helpers import service

from ..account import VoipmsConfigEntry
from ..api import Function, to_wire
from ..api.given import check_given
from ..api.params import Either, OwnDid
from ..const import DOMAIN
from ..coordinator.numbers import did_of
from ..errors import translated

FIELDS: Final = frozenset({ATTR_CONFIG_ENTRY_ID, ATTR_DEVICE_ID})
ATTR_PARAMS: Final = "params"


def names_a_number(function: Function) -> bool:
    """Return True if an action is about a number of the account."""
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
    """Validate the fields of an action and convert those of the function.

    Those of `later` may be missing. Raises a translated ServiceValidationError that
    names the field.
    """
    target = _read_target(function, data)
    values = {name: value for name, value in data.items() if name not in FIELDS}
    if ATTR_DEVICE_ID in target:
        if values.get("did") not in (None, ""):
            raise invalid("did_and_device")
        if not function.costs:
            values.pop("did", None)
    with translated():
        if ATTR_DEVICE_ID in target:
            later = ("did", *later)
        return {**target, ATTR_PARAMS: to_wire(function, values, later=later)}


def _read_target(function: Function, data: Mapping[str, Any]) -> dict[str, str]:
    """Validate the fields that select the account and the number."""
    target: dict[str, str] = {}
    for name in FIELDS & data.keys():
        value = data[name]
        if name == ATTR_DEVICE_ID:
            if not names_a_number(function):
                raise invalid("device_not_wanted", action=f"{DOMAIN}.{function.action}")
            value = _only_one(value)
        if function.costs:
            with translated():
                check_given(name, value)
        if value is None or value == "":
            continue
        if not isinstance(value, str):
            raise invalid("invalid_text", field=name)
        target[name] = value
    return target


def _only_one(device_id: Any) -> Any:
    """Return the device of a field, which may be a list with one device."""
    if isinstance(device_id, list):
        if len(device_id) != 1:
            raise invalid("one_device")
        return device_id[0]
    return device_id


def invalid(key: str, **placeholders: str) -> ServiceValidationError:
    """Return the error for an invalid field."""
    return ServiceValidationError(
        translation_domain=DOMAIN,
        translation_key=key,
        translation_placeholders=placeholders,
    )


def find(
    hass: HomeAssistant, function: Function, data: Mapping[str, Any]
) -> tuple[VoipmsConfigEntry, dict[str, str]]:
    """Return the account of a call and the parameters of the function."""
    params: dict[str, str] = dict(data[ATTR_PARAMS])
    entry: VoipmsConfigEntry
    if ATTR_DEVICE_ID in data:
        device_id: str = data[ATTR_DEVICE_ID]
        device, entry = service.async_get_device_and_config_entry(
            hass, DOMAIN, device_id, include_child_devices=False
        )
        if (did := did_of(device, entry)) is None:
            raise invalid(
                "device_not_a_number", device=device.name_by_user or device.name or ""
            )
        params["did"] = did
    else:
        entry_id = data.get(ATTR_CONFIG_ENTRY_ID, _owner(hass, params.get("did")))
        entry = service.async_get_config_entry(hass, DOMAIN, entry_id)
    _check_numbers(entry, function, params)
    return entry, params


def _owner(hass: HomeAssistant, did: str | None) -> str | None:
    """Return the entry ID of the account that has a number, or None."""
    entries: list[VoipmsConfigEntry] = hass.config_entries.async_loaded_entries(DOMAIN)
    for entry in entries:
        if did in entry.runtime_data.numbers.data:
            return entry.entry_id
    return None


def _check_numbers(
    entry: VoipmsConfigEntry, function: Function, params: Mapping[str, str]
) -> None:
    """Refuse a number that is not on the account, with a clearer error than VoIP.ms."""
    if "client" in params:  # the numbers of a reseller's client are not listed
        return
    for name, did in _own_dids(function, params):
        if did not in entry.runtime_data.numbers.data:
            raise invalid("unknown_did", field=name, value=did, account=entry.title)


def _own_dids(
    function: Function, params: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    """Return the parameters whose value is a number of the account."""
    for param in function.params:
        kind, value = param.kind, params.get(param.name)
        if isinstance(kind, Either):
            kind = kind.kind if value not in kind.words else kind
        if isinstance(kind, OwnDid) and value is not None:
            yield param.name, value
