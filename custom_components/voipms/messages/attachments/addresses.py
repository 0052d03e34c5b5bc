"""Checks of web addresses: private hosts and secrets in URLs."""

import asyncio
from collections.abc import Iterator
from contextlib import suppress
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
import re
import socket
from typing import Final

from yarl import URL

from homeassistant.core import HomeAssistant
from homeassistant.helpers.network import is_hass_url
from homeassistant.util.network import is_loopback

from .refusals import refused

NAMES_OF_HOUSES: Final = (
    *(".local", ".localhost", ".localdomain", ".lan", ".home", ".home.arpa"),
    *(".internal", ".intranet", ".private", ".corp"),
)
"""What names end with that only a network at home or at work knows."""

OWN_NAMES: Final = frozenset({"localhost", "homeassistant", "homeassistant.local"})

SECRETS: Final = re.compile(
    r"(token|passw(or)?d|passwort|passcode|pwd|secret|api_?key|access_?key|auth_?key"
    r"|auth_?sig|authorization|credentials?|jwt|session_?id|loginpas)$"
    r"|^(auth|key|pass|pw|psw|sid)$"
)
"""Names of parameters that let somebody in."""

SECONDS_TO_RESOLVE: Final = 5
_TRANSLATED_TO_V4: Final = IPv6Network("64:ff9b::/96")


def is_web_address(text: str) -> bool:
    """Return True if a text is meant as a web address."""
    return text[:8].lower().startswith(("http:", "https:"))


def parse(text: str) -> URL:
    """Return a web address; raise a translated error if it is none."""
    try:
        url = URL(text)
    except ValueError:
        url = URL()
    if url.host is None or re.search(r"[\x00-\x1f\\]", text):
        raise refused("media_not_readable", text)
    return url.with_fragment(None)


def written(text: str, url: URL) -> str:
    """Return an address as other programs read it, and otherwise as it was given."""
    return text if re.fullmatch(r"https?://[!\"$-~]+", text) else str(url)


def plain(url: URL) -> URL:
    """Return an address without a name and password in it."""
    return url.with_user(None)


def is_own(hass: HomeAssistant, url: URL) -> bool:
    """Return True if an address is Home Assistant's own."""
    if is_hass_url(hass, str(plain(url))):
        return True
    api = hass.config.api
    if api is None or url.port != api.port or url.host is None:
        return False
    address = _literal(url.host)
    return url.host in OWN_NAMES or (address is not None and is_loopback(address))


def holds_secret(url: URL) -> bool:
    """Return True if an address lets those in who know it."""
    return bool(url.user or url.password) or any(
        value and SECRETS.search(name.lower().replace("-", "_"))
        for name, value in url.query.items()
    )


async def async_is_of_house(hass: HomeAssistant, url: URL) -> bool:
    """Return True if only this house, or no one, reaches an address."""
    host = (url.raw_host or "").lower().rstrip(".")
    if (address := _literal(host)) is not None:
        return not is_public(address)
    if "." not in host or host.endswith(NAMES_OF_HOUSES):
        return True
    return any(not is_public(found) for found in await _async_resolve(hass, host))


async def _async_resolve(
    hass: HomeAssistant, host: str
) -> list[IPv4Address | IPv6Address]:
    """Return the addresses of a host, as far as they are known here."""
    # RuntimeError: nothing is looked up any more, since Home Assistant is stopping.
    with suppress(OSError, UnicodeError, RuntimeError):
        async with asyncio.timeout(SECONDS_TO_RESOLVE):
            found = await hass.loop.getaddrinfo(host, None, type=socket.SOCK_STREAM)
        return [ip_address(str(at[0]).partition("%")[0]) for *_, at in found]
    return []


def _literal(host: str) -> IPv4Address | IPv6Address | None:
    """Return the address that a host is, however it is written.

    Web clients take 127.1, 0x7f000001 and 2130706433 for 127.0.0.1.
    """
    with suppress(ValueError):
        return ip_address(host.partition("%")[0])
    with suppress(OSError):
        return IPv4Address(socket.inet_aton(host))
    return None


def is_public(address: str | IPv4Address | IPv6Address) -> bool:
    """Return True if an address leads out into the Internet, and not back."""
    if isinstance(address, str):
        address = ip_address(address.partition("%")[0])
    if (inner := next(_inside(address), None)) is not None:
        return is_public(inner)
    return address.is_global and not (
        address.is_multicast
        or address.is_reserved
        or (isinstance(address, IPv6Address) and address.is_site_local)
    )


def _inside(address: IPv4Address | IPv6Address) -> Iterator[IPv4Address]:
    """Return the address of version 4 that one of version 6 stands for."""
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped is not None:
            yield address.ipv4_mapped
        if address.sixtofour is not None:
            yield address.sixtofour
        if address in _TRANSLATED_TO_V4:
            yield IPv4Address(int(address) & 0xFFFFFFFF)
