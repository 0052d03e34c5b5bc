"""What shows the messages: the card, its commands, and the media over HTTP."""

from functools import partial

from homeassistant.core import HomeAssistant, callback

from . import card, websocket_api
from .account import VoipmsConfigEntry
from .const import DOMAIN
from .media_view import MediaView
from .messages.conversations import Changes
from .messages.media_cache import DATA_MEDIA, MediaCache
from .messages.outbox import DATA_OUTBOX, Outbox
from .messages.read_marks import DATA_READ_MARKS, ReadMarks


async def async_setup_conversations(hass: HomeAssistant) -> None:
    """Set up what all accounts share."""
    await _async_load(hass)
    websocket_api.async_setup(hass)
    hass.http.register_view(MediaView())
    await card.async_serve(hass)


async def _async_load(hass: HomeAssistant) -> None:
    """Load what is stored for all accounts."""
    hass.data[DATA_MEDIA] = MediaCache(hass)
    outbox = hass.data[DATA_OUTBOX] = Outbox(hass)
    marks = hass.data[DATA_READ_MARKS] = ReadMarks(hass)
    await outbox.async_load()
    await marks.async_load()


@callback
def async_follow_conversations(hass: HomeAssistant, entry: VoipmsConfigEntry) -> None:
    """Follow the conversations of an account."""
    conversations = entry.runtime_data.messages.conversations
    entry.async_on_unload(
        conversations.async_listen(
            partial(_mark, hass.data[DATA_READ_MARKS], entry.entry_id)
        )
    )
    card.async_show(hass)


@callback
def _mark(marks: ReadMarks, entry_id: str, changes: Changes) -> None:
    """Count what came as unread, also if it is older than what has been read."""
    for kept in changes.messages:
        if kept.key in changes.new:
            marks.async_arrived(entry_id, kept)
    for kept in changes.removed:
        marks.async_removed(entry_id, kept)


async def async_forget_conversations(
    hass: HomeAssistant, entry: VoipmsConfigEntry
) -> None:
    """Remove what is kept for an account that has been removed."""
    if DATA_MEDIA not in hass.data:
        # If all accounts are disabled, the integration is not set up.
        await _async_load(hass)
    await hass.data[DATA_MEDIA].async_remove(entry.entry_id)
    if hass.config_entries.async_entries(DOMAIN):
        hass.data[DATA_READ_MARKS].async_forget_account(entry.entry_id)
    else:
        card.async_hide(hass)
        await hass.data[DATA_READ_MARKS].async_remove()
        await hass.data[DATA_OUTBOX].async_remove()
