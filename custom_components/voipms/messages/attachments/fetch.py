"""Fetching attachments from allowed hosts and from Home Assistant itself.

Whatever a server does, it takes no longer and no more memory than is allowed.
"""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from typing import Final

from aiohttp import (
    ClientConnectorError,
    ClientError,
    ClientResponse,
    ClientSession,
    DummyCookieJar,
)
from yarl import URL

from homeassistant.components.http.auth import SIGN_QUERY_PARAM, async_sign_path
from homeassistant.core import Context, HomeAssistant
from homeassistant.helpers.aiohttp_client import async_create_clientsession

from .addresses import plain
from .files import MAX_SOURCE_BYTES
from .refusals import MAX_SECONDS, refused, too_large, too_slow

MAX_HOPS: Final = 5
CHUNK: Final = 65_536
REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})

_EVERYWHERE: Final = frozenset({"0.0.0.0", "::"})
_SIGNED_FOR: Final = timedelta(seconds=2 * MAX_SECONDS)


def is_allowed(hass: HomeAssistant, url: URL) -> bool:
    """Return True if an address is on Home Assistant's own list."""
    return any(
        hass.config.is_allowed_external_url(str(address))
        for address in (url, plain(url))
    )


async def async_fetch(hass: HomeAssistant, url: URL) -> bytes:
    """Return what is at an address of Home Assistant's own list.

    Where that points to must be on the list as well. Raises a translated
    HomeAssistantError.
    """
    name = str(url)
    async with _bounded(name), _session(hass) as session:
        for _ in range(MAX_HOPS):
            async with session.get(url, allow_redirects=False) as response:
                if (target := _target(response)) is None:
                    return await _read(response, name)
            if not is_allowed(hass, target):
                raise refused("media_redirected", name, origin=str(target.origin()))
            url = target
    raise refused("media_not_readable", name)


async def async_fetch_own(
    hass: HomeAssistant, path: URL, context: Context | None
) -> bytes:
    """Return what Home Assistant itself serves at a path.

    It is asked in the name of the user who runs the action, and otherwise in that of
    the one which Home Assistant has for media. Raises a translated HomeAssistantError.
    """
    name = str(path)
    token = await _async_token(hass, context)
    if context is not None and context.user_id and token is None:
        raise refused("media_not_readable", name)
    # The signature that it may have is old, or was made for somebody else.
    unsigned = path.without_query_params(SIGN_QUERY_PARAM)
    signed = async_sign_path(
        hass,
        str(unsigned),
        _SIGNED_FOR,
        refresh_token_id=token,
        use_content_user=True,
    )
    signature = {SIGN_QUERY_PARAM: signed.rpartition("=")[2]}
    async with _bounded(name):
        for base, certified in _own_bases(hass):
            with suppress(ClientConnectorError):
                url = URL(f"{base}{unsigned.raw_path_qs}", encoded=True)
                async with (
                    _session(hass, verify_ssl=certified) as session,
                    session.get(
                        url.extend_query(signature), allow_redirects=False
                    ) as response,
                ):
                    return await _read(response, name)
    raise refused("media_not_readable", name)


async def _async_token(hass: HomeAssistant, context: Context | None) -> str | None:
    """Return a token of the user who runs an action."""
    if context is None or context.user_id is None:
        return None
    user = await hass.auth.async_get_user(context.user_id)
    return next(iter(user.refresh_tokens), None) if user else None


def _own_bases(hass: HomeAssistant) -> Iterator[tuple[str, bool]]:
    """Return where Home Assistant answers, and whether to check its certificate.

    That is made out for its name on the Internet, and not for its address at home.
    """
    if (api := hass.config.api) is not None:
        hosts = hass.http.server_host or ["127.0.0.1"]
        host = "127.0.0.1" if _EVERYWHERE & set(hosts) else hosts[0]
        scheme = "https" if api.use_ssl else "http"
        yield str(URL.build(scheme=scheme, host=host, port=api.port)), False
    if hass.config.internal_url:
        yield hass.config.internal_url.rstrip("/"), True


@asynccontextmanager
async def _session(
    hass: HomeAssistant, *, verify_ssl: bool = True
) -> AsyncIterator[ClientSession]:
    """Provide a session without cookies."""
    session = async_create_clientsession(
        hass,
        verify_ssl,
        auto_cleanup=False,
        cookie_jar=DummyCookieJar(),
        headers={"Accept-Encoding": "identity"},
    )
    try:
        yield session
    finally:
        session.detach()


@asynccontextmanager
async def _bounded(name: str) -> AsyncIterator[None]:
    """Limit the time, and translate errors.

    The client's own errors may hold the address and what is secret in it.
    """
    try:
        async with asyncio.timeout(MAX_SECONDS):
            yield
    except TimeoutError:
        raise too_slow(name) from None
    except ClientError, OSError, ValueError:
        raise refused("media_not_readable", name) from None


def _target(response: ClientResponse) -> URL | None:
    """Return where a response points to, if it does."""
    if response.status not in REDIRECTS or "Location" not in response.headers:
        return None
    target = response.url.join(URL(response.headers["Location"]))
    if target.scheme not in ("http", "https") or target.host is None:
        raise ValueError("points to something that is not of the web")
    return target


async def _read(response: ClientResponse, name: str) -> bytes:
    """Return the body of a response, if there is one and it is not too large."""
    if response.status != 200:
        raise refused("media_not_served", name, status=str(response.status))
    if (response.content_length or 0) > MAX_SOURCE_BYTES:
        raise too_large(name)
    data = bytearray()
    async for chunk in response.content.iter_chunked(CHUNK):
        data += chunk
        if len(data) > MAX_SOURCE_BYTES:
            raise too_large(name)
    if not data:
        raise refused("media_empty", name)
    return bytes(data)
