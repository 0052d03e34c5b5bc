"""The actions that send messages, which have fields of their own."""

from collections.abc import Mapping, Sequence
from typing import Any, Final, cast

from homeassistant.const import ATTR_DEVICE_ID
from homeassistant.core import HomeAssistant, ServiceCall, ServiceResponse
from homeassistant.helpers import service

from ..account import VoipmsConfigEntry
from ..api import Function
from ..api.functions import Param
from ..api.params import Choice
from ..api.sending import MEDIA as MEDIA_FIELDS, SEND_MMS, SEND_SMS
from ..api.serialize import convert
from ..const import DOMAIN
from ..contacts import Contact, contact_of
from ..errors import translated
from ..messages.mailing import AS_MMS, AS_SEVERAL, Recipient
from ..messages.sending import async_send
from .fields import ATTR_PARAMS, find, invalid, read_fields
from .permissions import async_access

ATTR_CONTACT: Final = "contact"
ATTR_LONG_TEXT: Final = "long_text"
ATTR_MEDIA: Final = "media"
LONG_TEXT: Final = Param(ATTR_LONG_TEXT, Choice(AS_MMS, AS_SEVERAL))
EXTRA_FIELDS: Final[Mapping[str, tuple[str, ...]]] = {
    SEND_SMS.method: (ATTR_CONTACT, ATTR_LONG_TEXT),
    SEND_MMS.method: (ATTR_CONTACT, ATTR_MEDIA),
}
"""The fields that are not parameters of the API function."""
MAX_MEDIA: Final = len(MEDIA_FIELDS)


def read_message_fields(function: Function, data: Mapping[str, Any]) -> dict[str, Any]:
    """Validate the fields of an action that sends messages.

    Media may be what only Home Assistant can read, so they are looked at when the
    action runs. Raises a translated ServiceValidationError that names the field.
    """
    extras = EXTRA_FIELDS[function.method]
    own = {name: data[name] for name in extras if name in data}
    media = _listed(own.pop(ATTR_MEDIA, None))
    rest = {name: value for name, value in data.items() if name not in extras}
    if ATTR_MEDIA in extras:
        media = [
            *(rest.pop(name) for name in MEDIA_FIELDS if rest.get(name)),
            *media,
        ]
        for name in MEDIA_FIELDS:
            rest.pop(name, None)
    if len(media) > MAX_MEDIA:
        raise invalid(
            "too_many",
            field=ATTR_MEDIA,
            count=str(len(media)),
            maximum=str(MAX_MEDIA),
        )
    if ATTR_LONG_TEXT in own:
        with translated():
            own[ATTR_LONG_TEXT] = convert(LONG_TEXT, own[ATTR_LONG_TEXT])
    people = _listed(own.pop(ATTR_CONTACT, None))
    later = ("did", "dst") if people else ("dst",)
    fields = read_fields(function, rest, later=later)
    if not people and not fields[ATTR_PARAMS].get("dst"):
        raise invalid("no_recipient", field="dst")
    return {**fields, **own, ATTR_CONTACT: people, ATTR_MEDIA: media}


async def async_send_call(function: Function, call: ServiceCall) -> ServiceResponse:
    """Send a message to the numbers and contacts of an action."""
    access = await async_access(call.hass, call.context)
    for device_id in call.data[ATTR_CONTACT]:
        access.check_device(device_id)
    people = [_contact(call.hass, device_id) for device_id in call.data[ATTR_CONTACT]]
    params: dict[str, str] = dict(call.data[ATTR_PARAMS])
    if "did" in params or ATTR_DEVICE_ID in call.data:
        entry, params = find(call.hass, function, call.data)
        access.check(entry, function, params)
    elif "dst" in params:
        raise invalid("missing_field", field="did")
    else:
        entry = people[0][0]
    if any(owner.entry_id != entry.entry_id for owner, _ in people):
        raise invalid("several_accounts")
    did = params.get("did")
    recipients = [
        *(Recipient(did or "", number) for number in _numbers(params)),
        *(Recipient(did or person.did, person.number) for _, person in people),
    ]
    reply = await async_send(
        entry.runtime_data,
        list(dict.fromkeys(recipients)),
        params["message"],
        media=await _media(call, function),
        pictures=function is SEND_MMS,
        long_text=call.data.get(ATTR_LONG_TEXT, AS_MMS),
        respond=call.return_response,
    )
    return cast("ServiceResponse", access.visible(entry, None, reply))


def _numbers(params: Mapping[str, str]) -> list[str]:
    """Return the phone numbers to send to."""
    return params["dst"].split(";") if "dst" in params else []


def _contact(hass: HomeAssistant, device_id: str) -> tuple[VoipmsConfigEntry, Contact]:
    """Return the contact of a device and its account."""
    entry: VoipmsConfigEntry
    device, entry = service.async_get_device_and_config_entry(
        hass, DOMAIN, device_id, include_child_devices=False
    )
    if (contact := contact_of(entry, device)) is None:
        raise invalid(
            "device_not_a_contact", device=device.name_by_user or device.name or ""
        )
    return entry, contact


async def _media(call: ServiceCall, function: Function) -> dict[str, str]:
    """Return the media parameters of a message."""
    values: Sequence[Any] = call.data[ATTR_MEDIA]
    if not values:
        return {}
    # Imported late: it is slow to import, and few messages need it.
    from ..messages.attachments import async_read

    kinds = {param.name: param for param in function.params}
    media: dict[str, str] = {}
    for name, value in zip(MEDIA_FIELDS, values, strict=False):
        read = await async_read(call.hass, value, call.context)
        with translated():
            media[name] = convert(kinds[name], read) or ""
    return media


def _listed(value: Any) -> list[Any]:
    """Return one value or several as a list."""
    if value is None:
        return []
    return list(value) if isinstance(value, (list, tuple)) else [value]
