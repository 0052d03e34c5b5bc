"""The WebSocket commands of the conversation card."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from functools import wraps
from typing import Any, Final

import probatio

from homeassistant.components import websocket_api
from homeassistant.components.websocket_api.connection import ActiveConnection
from homeassistant.components.websocket_api.const import (
    ERR_HOME_ASSISTANT_ERROR,
    ERR_NOT_FOUND,
    ERR_UNAUTHORIZED,
    AsyncWebSocketCommandHandler,
)
from homeassistant.components.websocket_api.decorators import (
    async_response,
    require_admin,
    websocket_command,
)
from homeassistant.config_entries import ConfigEntryState
from homeassistant.const import CONF_ID, CONF_TYPE
from homeassistant.core import HomeAssistant, callback
from homeassistant.exceptions import HomeAssistantError, Unauthorized
from homeassistant.helpers import config_validation as cv
from homeassistant.util.hass_dict import HassKey

from .account import VoipmsConfigEntry
from .api import FUNCTIONS
from .api.models import read_contact
from .const import DOMAIN
from .errors import not_loaded, translated
from .messages.conversations import Thread
from .messages.feed import Feed
from .messages.outbox import DATA_OUTBOX, OUTCOME_UNKNOWN
from .messages.presentation import Presentation
from .messages.read_marks import DATA_READ_MARKS
from .permissions import async_may_read, async_may_send
from .services.fields import invalid

ATTR_BEFORE: Final = "before"
ATTR_CONTACT: Final = "contact"
ATTR_DID: Final = "did"
ATTR_ENTRY: Final = "config_entry_id"
ATTR_KEY: Final = "key"
ATTR_LIMIT: Final = "limit"
ATTR_MEDIA: Final = "media"
ATTR_MESSAGE: Final = "message"
ATTR_REQUEST: Final = "request_id"

MOST_MESSAGES: Final = 500
MOST_MEDIA: Final = 3
ERR_UNKNOWN_OUTCOME: Final = "unknown_outcome"

type Command = dict[str, Any]
type Handler = Callable[[HomeAssistant, ActiveConnection, Command], Awaitable[Any]]

MOST_PRESENTATIONS: Final = 100
DATA_PRESENTATIONS: Final[HassKey[dict[tuple[str, str | None], Presentation]]] = (
    HassKey(f"{DOMAIN}_presentations")
)

THREAD: Final[dict[str | probatio.Marker, Any]] = {
    probatio.Required(ATTR_ENTRY): cv.string,
    probatio.Required(ATTR_DID): cv.string,
    probatio.Required(ATTR_CONTACT): cv.string,
}


@callback
def async_setup(hass: HomeAssistant) -> None:
    """Register the commands."""
    hass.data[DATA_PRESENTATIONS] = {}
    for command in (subscribe, list_messages, send, mark_read, delete):
        websocket_api.async_register_command(hass, command)


def _answers(handler: Handler) -> AsyncWebSocketCommandHandler:
    """Answer a command with the result of its handler, or with its error.

    What a person tried in vain is for that person, and not for the log.
    """

    @wraps(handler)
    async def answer(
        hass: HomeAssistant, connection: ActiveConnection, msg: Command
    ) -> None:
        """Answer a command."""
        try:
            result = await handler(hass, connection, msg)
        except Unauthorized:
            connection.send_error(msg[CONF_ID], ERR_UNAUTHORIZED, "Unauthorized")
        except HomeAssistantError as err:
            code = ERR_HOME_ASSISTANT_ERROR
            if err.translation_key == OUTCOME_UNKNOWN:
                code = ERR_UNKNOWN_OUTCOME
            elif err.translation_key == "account_not_loaded":
                code = ERR_NOT_FOUND
            connection.send_error(
                msg[CONF_ID],
                code,
                str(err),
                translation_domain=err.translation_domain,
                translation_key=err.translation_key,
                translation_placeholders=err.translation_placeholders,
            )
        else:
            connection.send_result(msg[CONF_ID], result)

    return answer


@websocket_command(
    {
        probatio.Required(CONF_TYPE): f"{DOMAIN}/conversations/subscribe",
        probatio.Optional(ATTR_ENTRY): cv.string,
    }
)
@callback
def subscribe(hass: HomeAssistant, connection: ActiveConnection, msg: Command) -> None:
    """Send all conversations, then every change."""

    @callback
    def send_event(event: dict[str, Any]) -> None:
        """Send an event to the card."""
        connection.send_event(msg[CONF_ID], event)

    feed = Feed(
        hass,
        _presentation(hass, connection),
        connection.user.id,
        msg.get(ATTR_ENTRY),
        send_event,
    )
    if feed.is_empty:
        entry = hass.config_entries.async_get_entry(msg.get(ATTR_ENTRY, ""))
        err = not_loaded(entry.title if entry else "VoIP.ms")
        connection.send_error(
            msg[CONF_ID],
            ERR_NOT_FOUND,
            str(err),
            translation_domain=DOMAIN,
            translation_key=err.translation_key,
            translation_placeholders=err.translation_placeholders,
        )
        return
    connection.subscriptions[msg[CONF_ID]] = feed.async_stop
    connection.send_result(msg[CONF_ID])
    feed.async_start()


@websocket_command(
    {
        probatio.Required(CONF_TYPE): f"{DOMAIN}/messages/list",
        **THREAD,
        probatio.Optional(ATTR_BEFORE): cv.datetime,
        probatio.Optional(ATTR_LIMIT, default=100): probatio.All(
            int, probatio.Range(min=1, max=MOST_MESSAGES)
        ),
    }
)
@async_response
@_answers
async def list_messages(
    hass: HomeAssistant, connection: ActiveConnection, msg: Command
) -> dict[str, Any]:
    """Return a part of a conversation, the newest unless told otherwise."""
    entry, thread = _readable(hass, connection, msg)
    before: datetime | None = msg.get(ATTR_BEFORE)
    if before is not None and before.tzinfo is None:
        before = before.replace(tzinfo=UTC)
    with translated():
        page = await entry.runtime_data.archive.async_page(
            thread, before, msg[ATTR_LIMIT]
        )
    presentation = _presentation(hass, connection)
    return {
        "messages": [presentation.message(entry, kept) for kept in page.messages],
        "has_more": page.has_more,
        "before": page.before.isoformat() if page.before else None,
    }


@websocket_command(
    {
        probatio.Required(CONF_TYPE): f"{DOMAIN}/messages/send",
        **THREAD,
        probatio.Required(ATTR_MESSAGE): cv.string,
        probatio.Optional(ATTR_MEDIA, default=list): probatio.All(
            [cv.string], probatio.Length(max=MOST_MEDIA)
        ),
        probatio.Required(ATTR_REQUEST): probatio.All(
            cv.string, probatio.Match(r"^[\w.-]{8,64}$")
        ),
    }
)
@async_response
@_answers
async def send(
    hass: HomeAssistant, connection: ActiveConnection, msg: Command
) -> dict[str, Any]:
    """Send a message, once for each request id; return it as VoIP.ms lists it."""
    entry, thread = _readable(hass, connection, msg)
    if not async_may_send(hass, connection.user, thread.did):
        raise Unauthorized
    found = await hass.data[DATA_OUTBOX].async_send(
        entry.runtime_data,
        msg[ATTR_REQUEST],
        thread,
        msg[ATTR_MESSAGE],
        msg[ATTR_MEDIA],
        connection.context(msg),
    )
    for kept in found:
        hass.data[DATA_READ_MARKS].async_read(
            connection.user.id, entry.entry_id, kept.thread, kept.message.time
        )
    presentation = _presentation(hass, connection)
    return {"messages": [presentation.message(entry, kept) for kept in found]}


@websocket_command({probatio.Required(CONF_TYPE): f"{DOMAIN}/messages/read", **THREAD})
@async_response
@_answers
async def mark_read(
    hass: HomeAssistant, connection: ActiveConnection, msg: Command
) -> None:
    """Count a conversation as read by the user."""
    entry, thread = _readable(hass, connection, msg)
    if messages := entry.runtime_data.messages.conversations.threads.get(thread):
        hass.data[DATA_READ_MARKS].async_read(
            connection.user.id, entry.entry_id, thread, messages[-1].message.time
        )


@websocket_command(
    {
        probatio.Required(CONF_TYPE): f"{DOMAIN}/messages/delete",
        probatio.Required(ATTR_ENTRY): cv.string,
        probatio.Required(ATTR_KEY): cv.string,
    }
)
@require_admin
@async_response
@_answers
async def delete(
    hass: HomeAssistant, connection: ActiveConnection, msg: Command
) -> None:
    """Delete a message at VoIP.ms, all copies of a group message with it."""
    account = _entry(hass, msg).runtime_data
    if (kept := account.message(msg[ATTR_KEY])) is None:
        raise invalid("message_gone")
    conversations = account.messages.conversations
    for each in (*conversations.legs(kept.key), kept):
        method = "deleteMMS" if each.kind == "mms" else "deleteSMS"
        await account.async_run(
            FUNCTIONS[method], {"id": each.message.id}, refresh=False
        )
        conversations.async_remove([each.key])
    account.archive.forget()
    await account.messages.async_look_back()


def _presentation(hass: HomeAssistant, connection: ActiveConnection) -> Presentation:
    """Return what says things in the words of the card, for a connection's user."""
    known = hass.data[DATA_PRESENTATIONS]
    key = (connection.user.id, connection.refresh_token_id)
    presentation = known.pop(key, None) or Presentation(hass, connection.user, key[1])
    known[key] = presentation
    if len(known) > MOST_PRESENTATIONS:
        del known[next(iter(known))]
    return presentation


def _entry(hass: HomeAssistant, msg: Command) -> VoipmsConfigEntry:
    """Return the account of a command. Raises a translated error if it is not there."""
    entry: VoipmsConfigEntry | None = hass.config_entries.async_get_entry(
        msg[ATTR_ENTRY]
    )
    if entry is None or entry.domain != DOMAIN:
        raise not_loaded("VoIP.ms")
    if entry.state is not ConfigEntryState.LOADED:
        raise not_loaded(entry.title)
    return entry


def _readable(
    hass: HomeAssistant, connection: ActiveConnection, msg: Command
) -> tuple[VoipmsConfigEntry, Thread]:
    """Return the account and the conversation of a command.

    Raises Unauthorized if the user may not read it.
    """
    if not async_may_read(hass, connection.user, msg[ATTR_DID]):
        raise Unauthorized
    return _entry(hass, msg), Thread(msg[ATTR_DID], read_contact(msg[ATTR_CONTACT]))
