"""Web addresses of pictures: which are handed on, and which are fetched here."""

import asyncio
from base64 import b64encode
from collections.abc import AsyncGenerator
from itertools import product
import socket
from typing import Any
from unittest.mock import patch

from aiohttp import web
import pytest

from homeassistant.core import HomeAssistant

from ...conftest import Attach, Refusal, Serve
from .pictures import JPEG, opened, picture, uri

PUBLIC = (
    ("HTTPS://Example.com/a.png", "https://example.com/a.png"),
    ("https://example.com/a?size=1&b=%20", None),
    ("https://example.com/über uns.jpg", "https://example.com/%C3%BCber%20uns.jpg"),
    ("https://example.com/a.jpg#top", "https://example.com/a.jpg"),
    ("https://example.com/show.php?file=a.svg", None),
    ("https://example.com/a.MP4", None),
    ("https://example.com/a.unheard-of", None),
    ("https://8.8.8.8/a.jpg", None),
    ("https://[2606:4700::1]:8443/a.jpg", None),
    ("https://example.com/a.jpg?token=", None),
    ("https://example.com/a.jpg?tokens=3&monkey=yes", None),
)


async def test_public_addresses(attach: Attach) -> None:
    """What VoIP.ms can fetch itself is left to it."""
    for given, handed in PUBLIC:
        assert await attach(given) == [handed or given]


HOSTS = (
    *("127.0.0.1", "10.1.2.3", "192.168.1.5:8080", "172.16.0.1", "169.254.1.1"),
    *("0.0.0.0", "100.64.0.1", "224.0.0.1", "255.255.255.255"),
    *("2130706433", "0x7f000001", "0177.0.0.1", "127.1", "0xC0A80105"),
    *("[::1]", "[::]", "[fe80::1]", "[fe80::1%25eth0]", "[fd00::1]", "[fec0::1]"),
    *("[::ffff:192.168.1.5]", "[::ffff:7f00:1]", "[::127.0.0.1]", "[ff02::1]"),
    *("[64:ff9b::7f00:1]", "[2002:c0a8:105::1]"),
    *("nas", "nas:5000", "cam.local", "CAM.LOCAL.", "cam.lan", "cam.home"),
    *("cam.internal", "cam.home.arpa", "localhost", "x.localhost", "①②⑦.0.0.1"),
)


async def test_addresses_of_the_house(refusal: Refusal) -> None:
    """An address that VoIP.ms cannot reach is refused with the way out."""
    for host in HOSTS:
        key, words = await refusal(f"http://{host}/door.jpg?size=1")
        assert key == "media_private", host
        assert "allowlist_external_urls" in words


NAMES = (
    (["192.168.1.5"], True),
    (["93.184.215.14", "127.0.0.1"], True),
    (["fd00::1"], True),
    (["fe80::1%eth0"], True),
    (["93.184.215.14", "2606:4700::1", "64:ff9b::5db8:d70e"], False),
    ([], False),
)


async def test_names_of_the_house(attach: Attach, refusal: Refusal) -> None:
    """A name that leads into the house is of the house, whatever it looks like."""
    real, found = socket.getaddrinfo, list[str]()

    def look_up(host: Any, *args: Any, **options: Any) -> Any:
        if host != "cam.example.com":
            return real(host, *args, **options)
        if not found:
            raise socket.gaierror("unknown")
        return [(socket.AF_UNSPEC, 1, 6, "", (address, 0)) for address in found]

    given = "https://cam.example.com/door.jpg"
    with patch("socket.getaddrinfo", look_up):
        for addresses, of_house in NAMES:
            found[:] = addresses
            if of_house:
                key, words = await refusal(given)
                assert key == "media_private", addresses
                assert "https://cam.example.com " in words
            else:
                assert await attach(given) == [given]


async def test_addresses_with_secrets(refusal: Refusal) -> None:
    """An address that lets somebody in is not passed on, nor told."""
    for given in (
        "https://ann:s3cret@example.com/door.jpg",
        "https://s3cret@example.com/door.jpg",
        "https://example.com/door.jpg?token=s3cret",
        "https://example.com/door.jpg?size=1&API_KEY=s3cret",
        "https://example.com/door.jpg?accessToken=s3cret",
        "https://example.com/door.jpg?X-Plex-Token=s3cret",
        "https://example.com/door.jpg?user=ann&pwd=s3cret",
        "https://example.com/door.jpg?loginuse=ann&loginpas=s3cret",
        "https://example.com/door.jpg?authSig=s3cret",
        "https://example.com/door.jpg?key=s3cret",
    ):
        key, words = await refusal(given)
        assert key == "media_secret", given
        assert "https://example.com/door.jpg" in words
        assert "s3cret" not in words


async def test_addresses_that_are_none(refusal: Refusal) -> None:
    """What cannot be read as an address is refused, and no part of a secret told."""
    for given in (
        *("http://", "http:///x.jpg", "https://example.com:99999/x.jpg", "http:x.jpg"),
        *("https://example.com\\@127.0.0.1/x.jpg", "https://example.com/\n.jpg"),
        *("https://ann:s3cret@exa mple.com:port/", "https://ann:s3/cret@example.com/"),
        *("https://[::1/x.jpg", "/api/x\\?s3cret", "ftp://example.com/x.jpg?s3cret"),
    ):
        key, words = await refusal(given)
        assert key in ("media_not_readable", "media_not_allowed"), given
        assert "s3" not in words
        assert "cret" not in words


# --- Fetching ------------------------------------------------------------------------


@pytest.fixture
def seen() -> list[web.Request]:
    """Return what the server of the house was asked."""
    return []


@pytest.fixture
async def house(
    hass: HomeAssistant, serve: Serve, attach: Attach, seen: list[web.Request]
) -> AsyncGenerator[str]:
    """Return the address of a server of the house that may be asked."""
    stop = asyncio.Event()

    async def answer(request: web.Request) -> web.StreamResponse:
        seen.append(request)
        match request.path.strip("/"):
            case "door.jpg" | "other.jpg" | "next/door.jpg":
                response = web.Response(body=JPEG)
                response.set_cookie("session", "1")
                return response
            case "gone":
                raise web.HTTPNotFound
            case "empty":
                return web.Response()
            case "large":
                return web.Response(body=JPEG + bytes(25_000_000))
            case "picture.webp":
                return web.Response(body=picture("WEBP"))
            case "silent":
                await stop.wait()
            case "around":
                return web.Response(status=302, headers={"Location": "/around"})
            case "moved":
                status = int(request.query.get("status", 302))
                headers = {"Location": request.query["to"]}
                return web.Response(status=status, headers=headers)
        return await endless(request, stop)

    base = await serve(answer)
    hass.config.allowlist_external_urls = {f"{base}/"}
    yield base
    stop.set()


async def endless(request: web.Request, stop: asyncio.Event) -> web.StreamResponse:
    """Answer without end: drop by drop, or as fast as can be."""
    response = web.StreamResponse()
    await response.prepare(request)
    await response.write(JPEG)
    while not stop.is_set():
        if request.path == "/drip":
            await asyncio.sleep(0.05)
        await response.write(b"x" if request.path == "/drip" else bytes(1_000_000))
    return response


async def test_fetched(attach: Attach, house: str, seen: list[web.Request]) -> None:
    """What is on Home Assistant's list is fetched and sent as data, without cookies."""
    assert await attach(f"{house}/door.jpg?x=1", f"{house}/door.jpg") == [uri(JPEG)] * 2
    assert [request.query_string for request in seen] == ["x=1", ""]
    assert all("Cookie" not in request.headers for request in seen)
    # What VoIP.ms does not take is made into what it takes.
    [sent] = await attach(f"{house}/picture.webp")
    assert opened(sent).size == (64, 48)


async def test_fetched_for_its_kind(
    hass: HomeAssistant, attach: Attach, house: str
) -> None:
    """A public address of a kind that VoIP.ms does not take is fetched if it may be."""
    given = house.replace("127.0.0.1", "pictures.example.com")
    hass.config.allowlist_external_urls = {f"{given}/"}
    found = {"hostname": "", "host": "127.0.0.1", "port": int(house.rpartition(":")[2])}
    found |= {"family": socket.AF_INET, "proto": 0, "flags": 0}
    with patch("aiohttp.resolver.AsyncResolver.resolve", return_value=[found]):
        [sent] = await attach(f"{given}/picture.webp")
    assert opened(sent).size == (64, 48)


async def test_fetched_with_a_password(
    attach: Attach, house: str, seen: list[web.Request]
) -> None:
    """The password of an address is told to its own server only."""
    given = house.replace("://", "://ann:secret@")
    told = f"Basic {b64encode(b'ann:secret').decode()}"
    assert await attach(f"{given}/door.jpg") == [uri(JPEG)]
    assert await attach(f"{house}/door.jpg?token=abc") == [uri(JPEG)]
    assert await attach(f"{given}/moved?to={house}/door.jpg") == [uri(JPEG)]
    asked = [request.headers.get("Authorization") for request in seen]
    assert asked == [told, None, told, None]


async def test_redirections(
    attach: Attach, house: str, seen: list[web.Request]
) -> None:
    """A server of the list may point to one of the list."""
    targets = ("/door.jpg", "next/door.jpg", f"{house}/other.jpg")
    for status, target in product((301, 302, 303, 307, 308), targets):
        seen.clear()
        given = f"{house}/moved?status={status}&to={target}"
        assert await attach(given) == [uri(JPEG)]
        assert len(seen) == 2


async def test_redirection_into_the_house(
    refusal: Refusal, house: str, serve: Serve
) -> None:
    """What is not on the list is not asked, whoever points to it."""
    asked: list[str] = []

    async def answer(request: web.Request) -> web.Response:
        asked.append(request.path)
        return web.Response(body=JPEG)

    other = await serve(answer)
    for target in (
        f"{other}/door.jpg?s3cret",
        "http://169.254.169.254/latest",
        "http://127.0.0.1:8123/local/door.jpg",
        "https://example.com/door.jpg",
    ):
        key, words = await refusal(f"{house}/moved?to={target}")
        assert key == "media_redirected", target
        assert "allowlist_external_urls" in words
        assert "s3cret" not in words
    for target in ("file:///etc/passwd", "http://[", "http://"):
        key, _ = await refusal(f"{house}/moved?to={target}")
        assert key == "media_not_readable", target
    assert asked == []


async def test_redirection_without_end(
    refusal: Refusal, house: str, seen: list[web.Request]
) -> None:
    """A server that points to itself is left in peace soon."""
    assert (await refusal(f"{house}/around"))[0] == "media_not_readable"
    assert len(seen) < 10


async def test_servers_that_misbehave(refusal: Refusal, house: str) -> None:
    """A server takes no more time and memory than it may."""
    for path, wrong in (
        ("gone", "media_not_served"),
        ("empty", "media_empty"),
        ("large", "media_too_large"),
        ("flood", "media_too_large"),
        ("drip", "media_too_slow"),
        ("silent", "media_too_slow"),
    ):
        with patch(
            "custom_components.voipms.messages.attachments.fetch.MAX_SECONDS", 1
        ):
            async with asyncio.timeout(10):
                key, words = await refusal(f"{house}/{path}?token=s3cret")
        assert key == wrong, path
        assert "s3cret" not in words


async def test_a_server_that_is_not_there(
    hass: HomeAssistant, refusal: Refusal, unused_tcp_port: int
) -> None:
    """A server that does not answer is named without its secrets."""
    hass.config.allowlist_external_urls = {f"http://127.0.0.1:{unused_tcp_port}/"}
    given = f"http://ann:s3cret@127.0.0.1:{unused_tcp_port}/x?token=s3cret"
    key, words = await refusal(given)
    assert key == "media_not_readable"
    assert "s3cret" not in words
