"""The webhook that VoIP.ms calls when a message arrives.

The content of a request is not trusted: it only makes Home Assistant fetch messages. So
nobody who guesses the address or replays a request can make a message appear. The
response is always the "ok" that VoIP.ms waits for.
"""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Any, Final

from aiohttp import ClientError, hdrs, web
import orjson

from homeassistant.components import webhook
from homeassistant.const import CONF_WEBHOOK_ID, EVENT_CORE_CONFIG_UPDATE
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.network import NoURLAvailableError

from ..account import VoipmsConfigEntry
from ..api.errors import VoipmsInvalidValueError
from ..api.phone import to_own
from ..const import CONF_CLOUDHOOK_URL, DOMAIN

QUERY: Final = "?to={TO}"
"""What VoIP.ms fills in. Nothing else is asked for, since it would not be trusted."""
MAX_BODY: Final = 65_536


def async_register(hass: HomeAssistant, entry: VoipmsConfigEntry) -> None:
    """Register the webhook until the entry is unloaded."""
    webhook_id: str = entry.data[CONF_WEBHOOK_ID]

    async def handle(
        hass: HomeAssistant, webhook_id: str, request: web.Request
    ) -> web.Response:
        """Fetch the messages of the numbers that a request names."""
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
    """Return the address of the webhook, or None if Home Assistant has none outside.

    Home Assistant Cloud is preferred, since it needs no port forwarding.
    """
    webhook_id: str = entry.data[CONF_WEBHOOK_ID]
    if "cloud" in hass.config.components:
        # Imported here since it is slow to import and not everybody uses it.
        from homeassistant.components import cloud

        if cloud.async_active_subscription(hass):
            with suppress(cloud.CloudNotAvailable):
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


@callback
def async_follow_address(
    hass: HomeAssistant, entry: VoipmsConfigEntry, address: str | None
) -> None:
    """Reload the entry when the address of its webhook is another one."""

    async def check(_: object) -> None:
        """Check the address."""
        if await async_address(hass, entry) != address:
            hass.config_entries.async_schedule_reload(entry.entry_id)

    entry.async_on_unload(hass.bus.async_listen(EVENT_CORE_CONFIG_UPDATE, check))
    if "cloud" in hass.config.components:
        from homeassistant.components import cloud

        # The cloudhook can be created only while the cloud is connected.
        entry.async_on_unload(cloud.async_listen_connection_change(hass, check))


async def async_remove_cloudhook(hass: HomeAssistant, entry: VoipmsConfigEntry) -> None:
    """Delete the cloudhook, if there is one."""
    if CONF_CLOUDHOOK_URL not in entry.data or "cloud" not in hass.config.components:
        return
    from homeassistant.components import cloud

    if cloud.async_is_logged_in(hass):
        await cloud.async_delete_cloudhook(hass, entry.data[CONF_WEBHOOK_ID])


async def _numbers(request: web.Request) -> list[str]:
    """Return the numbers that a request names, whatever its form."""
    named: list[Any] = [request.query.get("to", "")]
    if request.method == hdrs.METH_POST:
        # A body that cannot be read names no numbers.
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
    """Return the body of a request, empty if it is too long."""
    body = b""
    async for chunk in request.content.iter_chunked(MAX_BODY):
        body += chunk
        if len(body) > MAX_BODY:
            return b""
    return body


def _addressees(body: Any) -> Iterator[Any]:
    """Return the recipients of a message of the portal's JSON webhook."""
    for key in ("data", "payload", "to"):
        body = body.get(key) if isinstance(body, Mapping) else None
    for addressee in body if isinstance(body, list) else ():
        if isinstance(addressee, Mapping):
            yield addressee.get("phone_number", "")
