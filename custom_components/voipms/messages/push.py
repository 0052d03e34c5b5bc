"""The call from VoIP.ms when a message has come.

What it says is not believed: it only has the messages looked up. So nobody who
guesses or replays the address can make a message appear, and the answer is always
the "ok" that VoIP.ms waits for.
"""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Any, Final

from aiohttp import ClientError, hdrs, web
import orjson

from homeassistant.components import webhook
from homeassistant.const import CONF_WEBHOOK_ID
from homeassistant.core import HomeAssistant
from homeassistant.helpers.network import NoURLAvailableError

from ..account import VoipmsConfigEntry
from ..api.errors import VoipmsInvalidValueError
from ..api.phone import to_own
from ..const import CONF_CLOUDHOOK_URL, DOMAIN

QUERY: Final = "?to={TO}"
"""What VoIP.ms fills in. Nothing else is asked for, since it would not be believed."""
MAX_BODY: Final = 65_536


def async_register(hass: HomeAssistant, entry: VoipmsConfigEntry) -> None:
    """Listen for calls until the entry is unloaded."""
    webhook_id: str = entry.data[CONF_WEBHOOK_ID]

    async def handle(
        hass: HomeAssistant, webhook_id: str, request: web.Request
    ) -> web.Response:
        """Look up the messages of the numbers that a call names."""
        for did in await _numbers(request):
            entry.runtime_data.messages.async_called(did)
        return web.Response(text="ok")

    webhook.async_register(
        hass,
        DOMAIN,
        entry.title,
        webhook_id,
        handle,
        allowed_methods=[hdrs.METH_GET, hdrs.METH_HEAD, hdrs.METH_POST, hdrs.METH_PUT],
    )
    entry.async_on_unload(lambda: webhook.async_unregister(hass, webhook_id))


async def async_address(hass: HomeAssistant, entry: VoipmsConfigEntry) -> str | None:
    """Return the address for VoIP.ms to call, or None if there is none.

    Home Assistant Cloud comes first, since it works without a router's help.
    """
    webhook_id: str = entry.data[CONF_WEBHOOK_ID]
    if "cloud" in hass.config.components:
        # Only here, since it takes long to import and not everybody has it.
        from homeassistant.components import cloud

        if cloud.async_active_subscription(hass):
            url = entry.data.get(CONF_CLOUDHOOK_URL)
            if url is None:
                url = await cloud.async_create_cloudhook(hass, webhook_id)
                hass.config_entries.async_update_entry(
                    entry, data={**entry.data, CONF_CLOUDHOOK_URL: url}
                )
            return f"{url}{QUERY}"
    try:
        url = webhook.async_generate_url(hass, webhook_id, allow_internal=False)
    except NoURLAvailableError:
        return None
    return f"{url}{QUERY}"


async def async_remove_cloudhook(hass: HomeAssistant, entry: VoipmsConfigEntry) -> None:
    """Give back the address at Home Assistant Cloud, if there is one."""
    if CONF_CLOUDHOOK_URL not in entry.data or "cloud" not in hass.config.components:
        return
    from homeassistant.components import cloud

    if cloud.async_is_logged_in(hass):
        await cloud.async_delete_cloudhook(hass, entry.data[CONF_WEBHOOK_ID])


async def _numbers(request: web.Request) -> list[str]:
    """Return the numbers that a call names, of whatever form the call is."""
    named: list[Any] = [request.query.get("to", "")]
    if request.method == hdrs.METH_POST:
        # Whatever it is if it cannot be read, it names nobody.
        with suppress(ValueError, ClientError, web.RequestPayloadError):
            named += _addressees(orjson.loads(await _body(request)))
    numbers = []
    for value in named:
        try:
            numbers.append(to_own(value))
        except VoipmsInvalidValueError:
            continue
    return numbers


async def _body(request: web.Request) -> bytes:
    """Return the body of a call, or nothing of one that is too long."""
    body = b""
    async for chunk in request.content.iter_chunked(MAX_BODY):
        body += chunk
        if len(body) > MAX_BODY:
            return b""
    return body


def _addressees(body: Any) -> Iterator[Any]:
    """Return who a message of the portal's JSON webhook is for."""
    for key in ("data", "payload", "to"):
        body = body.get(key) if isinstance(body, Mapping) else None
    for addressee in body if isinstance(body, list) else ():
        if isinstance(addressee, Mapping):
            yield addressee.get("phone_number", "")
