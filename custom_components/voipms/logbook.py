"""Messages and calls in the words of Activity."""

from collections.abc import Callable, Mapping
from mimetypes import guess_type
from typing import Any, Final

from yarl import URL

from homeassistant.components.logbook.const import (
    LOGBOOK_ENTRY_ENTITY_ID,
    LOGBOOK_ENTRY_ICON,
    LOGBOOK_ENTRY_MESSAGE,
    LOGBOOK_ENTRY_NAME,
)
from homeassistant.components.logbook.models import LazyEventPartialState
from homeassistant.config_entries import ConfigEntryState
from homeassistant.const import ATTR_DEVICE_ID, ATTR_ENTITY_ID
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import device_registry as dr

from .account import VoipmsConfigEntry
from .api import Direction, Message
from .api.models import CallDirection
from .api.phone import display, normalize
from .const import DOMAIN, EVENT_CALL, EVENT_MESSAGE, MANUFACTURER
from .contacts import contact_name
from .messages.delivery import MEDIA_RECEIVED

type Describe = Callable[[LazyEventPartialState], dict[str, Any]]

LONGEST: Final = 500
"""How much of a text is quoted."""
ANSWERED: Final = "answered"
NO_ANSWER: Final = "no answer"
NOUNS: Final = {"video": "video", "audio": "sound recording"}
"""What media are called that are not pictures."""


@callback
def async_describe_events(
    hass: HomeAssistant,
    async_describe_event: Callable[[str, str, Describe], None],
) -> None:
    """Describe messages and calls.

    Descriptions of past events are made outside of the event loop.
    """

    def describe_message(event: LazyEventPartialState) -> dict[str, Any]:
        """Describe a message."""
        data = event.data
        kind = str(data.get("type"))
        who = _who(hass, data, "contact")
        sentence = message_sentence(kind, who, _find(hass, data))
        icon = "mdi:message-image" if kind == MEDIA_RECEIVED else "mdi:message-text"
        return _entry(hass, data, sentence, icon)

    def describe_call(event: LazyEventPartialState) -> dict[str, Any]:
        """Describe a call."""
        data = event.data
        outbound = data.get("type") == CallDirection.OUTBOUND
        disposition = str(data.get("disposition", ""))
        if outbound:
            who = _who(hass, data, "destination")
            icon = "mdi:phone-outgoing"
        else:
            who = _who(hass, data, "caller", str(data.get("caller_name") or ""))
            answered = disposition == ANSWERED
            icon = "mdi:phone-incoming" if answered else "mdi:phone-missed"
        sentence = call_sentence(
            who, disposition, int(data.get("duration") or 0), outbound=outbound
        )
        return _entry(hass, data, sentence, icon)

    async_describe_event(DOMAIN, EVENT_MESSAGE, describe_message)
    async_describe_event(DOMAIN, EVENT_CALL, describe_call)


def message_sentence(kind: str, who: str, message: Message | None) -> str:
    """Return what Activity says of a message; of one that is not known, only whose."""
    text = message.text.strip() if message else ""
    media = media_words(message.media) if message else ""
    if len(text) > LONGEST:
        text = f"{text[:LONGEST].rstrip()}…"
    if kind == MEDIA_RECEIVED:
        arrived = media or "a picture"
        return f"{arrived[0].upper()}{arrived[1:]} from {who} arrived"
    quoted = f": {text}" if text else ""
    if quoted and media:
        quoted += f" (with {media})"
    if kind == Direction.SENT:
        return (
            f"Sent {media} to {who}"
            if media and not text
            else f"Wrote to {who}{quoted}"
        )
    if media and not text:
        return f"{who} sent {media}"
    return f"{who} wrote{quoted}" if quoted else f"{who} wrote a message"


def media_words(media: tuple[str, ...]) -> str:
    """Return what media are called: a picture, 2 videos, 3 attachments."""
    if not media:
        return ""
    types = {guess_type(URL(address).path)[0] or "" for address in media}
    nouns = {NOUNS.get(each.partition("/")[0], "picture") for each in types}
    noun = nouns.pop() if len(nouns) == 1 else "attachment"
    return f"a {noun}" if len(media) == 1 else f"{len(media)} {noun}s"


def call_sentence(who: str, disposition: str, seconds: int, *, outbound: bool) -> str:
    """Return what Activity says of a call: who, how long, and whether it was answered."""
    if disposition == ANSWERED:
        return f"Call {'to' if outbound else 'from'} {who}, {duration_words(seconds)}"
    if outbound:
        return f"Call to {who}, {disposition or NO_ANSWER}"
    reason = "" if disposition in ("", NO_ANSWER, "noanswer") else f" ({disposition})"
    return f"Missed call from {who}{reason}"


def duration_words(seconds: int) -> str:
    """Return how long a call was, as people say it."""
    if seconds < 60:
        return _count(seconds, "second")
    hours, minutes = divmod(round(seconds / 60), 60)
    words = [_count(hours, "hour")] if hours else []
    if minutes:
        words.append(_count(minutes, "minute"))
    return " ".join(words)


def _count(number: int, unit: str) -> str:
    """Return a number of units."""
    return f"{number} {unit}" if number == 1 else f"{number} {unit}s"


def _entry(
    hass: HomeAssistant, data: Mapping[str, Any], sentence: str, icon: str
) -> dict[str, Any]:
    """Return an entry of Activity, which names the number or the account."""
    device_id = data.get(ATTR_DEVICE_ID)
    device = dr.async_get(hass).async_get(device_id) if device_id else None
    return {
        LOGBOOK_ENTRY_NAME: (device and (device.name_by_user or device.name))
        or MANUFACTURER,
        LOGBOOK_ENTRY_MESSAGE: sentence,
        LOGBOOK_ENTRY_ICON: icon,
        LOGBOOK_ENTRY_ENTITY_ID: data.get(ATTR_ENTITY_ID),
    }


def _who(
    hass: HomeAssistant, data: Mapping[str, Any], field: str, fallback: str = ""
) -> str:
    """Return the name of a contact, or else the number as people write it."""
    number = str(data.get(field) or "")
    entry = _account_entry(hass, data)
    name = contact_name(hass, entry, normalize(number)) if entry and number else None
    if any(char.isdecimal() for char in number) or not fallback:
        fallback = display(number) or "an unknown number"
    return name or fallback


def _find(hass: HomeAssistant, data: Mapping[str, Any]) -> Message | None:
    """Return the message that an event is about, if it is still known."""
    entry = _account_entry(hass, data)
    if entry is None or entry.state is not ConfigEntryState.LOADED:
        return None
    did, contact, message_id, time = (
        str(data.get(field)) for field in ("did", "contact", "id", "time")
    )
    return entry.runtime_data.messages.recent.find(did, contact, message_id, time)


def _account_entry(
    hass: HomeAssistant, data: Mapping[str, Any]
) -> VoipmsConfigEntry | None:
    """Return the account that an event is about, unless it has been removed."""
    return hass.config_entries.async_get_entry(str(data.get("config_entry_id")))
