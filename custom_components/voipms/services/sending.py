"""The actions that send messages, which take more than the API's functions do."""

from collections.abc import Mapping, Sequence
from typing import Any, Final, cast

from homeassistant.const import ATTR_DEVICE_ID
from homeassistant.core import HomeAssistant, ServiceCall, ServiceResponse
from homeassistant.helpers import service

from ..account import VoipmsConfigEntry
from ..api import FUNCTIONS, Function
from ..api.functions import Param
from ..api.params import Choice, Media
from ..api.serialize import convert
from ..const import DOMAIN
from ..contacts import Contact, contact_of
from ..errors import translated
from ..messages.mailing import AS_MMS, AS_SEVERAL, MMS, SMS, Recipient
from ..messages.sending import async_send
from .fields import ATTR_PARAMS, find, invalid, read_fields

ATTR_CONTACT: Final = "contact"
ATTR_LONG_TEXT: Final = "long_text"
ATTR_MEDIA: Final = "media"
LONG_TEXT: Final = Param(ATTR_LONG_TEXT, Choice(AS_MMS, AS_SEVERAL))
EXTRA_FIELDS: Final[Mapping[str, tuple[str, ...]]] = {
    SMS: (ATTR_CONTACT, ATTR_LONG_TEXT),
    MMS: (ATTR_CONTACT, ATTR_MEDIA),
}
"""The fields that VoIP.ms knows nothing of."""
MEDIA_FIELDS: Final = tuple(
    param.name for param in FUNCTIONS[MMS].params if isinstance(param.kind, Media)
)
MAX_MEDIA: Final = len(MEDIA_FIELDS)


def read_message_fields(function: Function, data: Mapping[str, Any]) -> dict[str, Any]:
    """Check the fields of an action that sends.

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
    """Send a message to the numbers and people of an action."""
    people = [_contact(call.hass, device_id) for device_id in call.data[ATTR_CONTACT]]
    params: dict[str, str] = dict(call.data[ATTR_PARAMS])
    if "did" in params or ATTR_DEVICE_ID in call.data:
        entry, params = find(call.hass, function, call.data)
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
        pictures=function.method == MMS,
        long_text=call.data.get(ATTR_LONG_TEXT, AS_MMS),
        respond=call.return_response,
    )
    return cast("ServiceResponse", reply)


def _numbers(params: Mapping[str, str]) -> list[str]:
    """Return the phone numbers that a message goes to."""
    return params["dst"].split(";") if "dst" in params else []


def _contact(hass: HomeAssistant, device_id: str) -> tuple[VoipmsConfigEntry, Contact]:
    """Return the person that a device stands for, and the account that knows them."""
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
    """Return the media of a message as VoIP.ms takes them."""
    values: Sequence[Any] = call.data[ATTR_MEDIA]
    if not values:
        return {}
    # It takes a while to import, and few messages need it.
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
