"""Pictures and files of messages, as a browser and a telephone get them."""

import asyncio
from base64 import b64decode
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path
from typing import Any
from unittest.mock import patch

from aiohttp import web
from aiohttp.test_utils import TestClient
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry, MockUser
from pytest_homeassistant_custom_component.typing import (
    ClientSessionGenerator,
    WebSocketGenerator,
)

from custom_components.voipms.const import DOMAIN
from custom_components.voipms.messages import media_cache
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er

from .conftest import ENTRY_ID, HOME, NEIGHBOR, OFFICE, Serve, set_up, unload, written
from .simulator import Account, Simulator
from .simulator.state import now
from .test_websocket_api import PIXEL, Card, thread

PNG = b64decode(PIXEL)
JPEG = b"\xff\xd8\xff\xe0 a picture \xff\xd9"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!doctype html><script>alert(1)</script>"

type Receive = Callable[..., Awaitable[list[str]]]


@pytest.fixture
async def client(
    loaded: MockConfigEntry, hass_client: ClientSessionGenerator
) -> TestClient[Any, Any]:
    """Return the client of an administrator, such as the app with its token."""
    return await hass_client()


@pytest.fixture
def receive(hass: HomeAssistant, loaded: MockConfigEntry, account: Account) -> Receive:
    """Return what lets a message with media arrive, and returns its paths."""

    async def arrive(*media: str, did: str = OFFICE) -> list[str]:
        events = written(hass)
        account.receive(did, NEIGHBOR, "look", media=media)
        await loaded.runtime_data.messages.async_refresh()
        await hass.async_block_till_done()
        [state] = [
            event.data["new_state"]
            for event in events
            if event.data["new_state"].attributes.get("message") == "look"
            and event.data["new_state"].domain == "event"
        ]
        kept = loaded.runtime_data.messages.conversations.threads[(did, NEIGHBOR)][-1]
        assert len(state.attributes["media"]) == len(media)
        return [
            f"/api/{DOMAIN}/media/{ENTRY_ID}/{kept.key}/{index}"
            for index in range(len(media))
        ]

    return arrive


def picture(simulator: Simulator, account: Account, data: str = PIXEL) -> str:
    """Have the service keep a picture; return its path there."""
    return simulator.keep_media(account, f"data:image/png;base64,{data}")


async def test_a_picture_of_the_service(
    client: TestClient[Any, Any],
    receive: Receive,
    simulator: Simulator,
    account: Account,
) -> None:
    """A picture is shown as what it is, and nothing in it could run."""
    [path] = await receive(picture(simulator, account))
    answer = await client.get(path)
    assert answer.status == 200
    assert await answer.read() == PNG
    assert answer.headers["Content-Type"] == "image/png"
    assert answer.headers["Content-Disposition"].startswith("inline")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert "private" in answer.headers["Cache-Control"]
    part = await client.get(path, headers={"Range": "bytes=1-3"})
    assert (part.status, await part.read()) == (206, b"PNG")


async def test_the_event_carries_pictures_for_a_notification(
    hass: HomeAssistant,
    client: TestClient[Any, Any],
    receive: Receive,
    simulator: Simulator,
    account: Account,
) -> None:
    """The event names the pictures by paths that the app loads with its token."""
    events = written(hass)
    paths = await receive(
        picture(simulator, account), "https://example.com/clip.mp4", "/media/none.svg"
    )
    [attributes] = [
        event.data["new_state"].attributes
        for event in events
        if event.data["new_state"].domain == "event"
        and event.data["new_state"].attributes.get("message") == "look"
    ]
    assert attributes["pictures"] == paths[:1]
    assert attributes["media"][1] == "https://example.com/clip.mp4"
    assert (await client.get(attributes["pictures"][0])).status == 200


async def test_the_event_shows_its_picture(
    hass: HomeAssistant,
    client: TestClient[Any, Any],
    hass_client_no_auth: ClientSessionGenerator,
    receive: Receive,
    loaded: MockConfigEntry,
    simulator: Simulator,
    account: Account,
) -> None:
    """The dialog of the event shows the picture, after a restart as well."""
    [path] = await receive(picture(simulator, account))
    browser = await hass_client_no_auth()
    entity_id = "event.555_123_0000_office_message"
    for _ in range(2):
        shown = hass.states.get(entity_id).attributes["entity_picture"]
        assert shown.startswith(f"{path}?authSig=")
        answer = await browser.get(shown)
        assert (answer.status, await answer.read()) == (200, PNG)
        await unload(hass, loaded)
        await set_up(hass, loaded)

    account.receive(OFFICE, NEIGHBOR, "no picture")
    await loaded.runtime_data.messages.async_refresh()
    await hass.async_block_till_done()
    assert "entity_picture" not in hass.states.get(entity_id).attributes


async def test_it_is_fetched_once(
    hass: HomeAssistant,
    client: TestClient[Any, Any],
    receive: Receive,
    loaded: MockConfigEntry,
    serve: Serve,
) -> None:
    """Two browsers and a restart ask VoIP.ms for a picture once."""
    asked: list[str] = []

    async def answer(request: web.Request) -> web.Response:
        asked.append(request.path)
        await asyncio.sleep(0.05)
        return web.Response(body=JPEG, content_type="text/html")

    base = await serve(answer)
    hass.config_entries.async_update_entry(loaded, data={**loaded.data, "url": base})
    [path] = await receive(f"{base}/a.jpg")
    first, second = await asyncio.gather(client.get(path), client.get(path))
    assert (first.status, second.status) == (200, 200)
    assert first.headers["Content-Type"] == "image/jpeg"
    assert asked == ["/a.jpg"]
    await hass.async_block_till_done()
    hass.data[media_cache.DATA_MEDIA] = media_cache.MediaCache(hass)
    assert (await client.get(path)).status == 200
    assert asked == ["/a.jpg"]


@pytest.mark.parametrize(
    ("data", "media_type"),
    [
        (JPEG, "image/jpeg"),
        (b"GIF89a...", "image/gif"),
        (b"RIFF....WEBPVP8 ", "image/webp"),
        (b"\0\0\0\x18ftypmp42....", "video/mp4"),
        (b"\0\0\0\x18ftyp3gp4....", "video/3gpp"),
        (b"ID3....", "audio/mpeg"),
        (b"RIFF....WAVEfmt ", "audio/wav"),
        (b"MThd....", "audio/midi"),
        (b"OggS....", "audio/ogg"),
        (b"#!AMR\n....", "audio/amr"),
        (SVG, None),
        (b"\xef\xbb\xbf<?xml version='1.0'?>" + SVG, None),
        (HTML, None),
        (b"%PDF-1.7", None),
        (b"PK\x03\x04", None),
        (b"alert(1)", None),
    ],
)
async def test_what_is_shown_and_what_is_saved(
    hass: HomeAssistant,
    client: TestClient[Any, Any],
    receive: Receive,
    loaded: MockConfigEntry,
    serve: Serve,
    data: bytes,
    media_type: str | None,
) -> None:
    """Only pictures, films and sounds are shown, by what is in them."""

    async def answer(_: web.Request) -> web.Response:
        return web.Response(body=data, content_type="image/png")

    base = await serve(answer)
    hass.config_entries.async_update_entry(loaded, data={**loaded.data, "url": base})
    [path] = await receive(f"{base}/picture.png")
    answer_ = await client.get(path)
    assert answer_.status == 200
    assert await answer_.read() == data
    wanted = media_type or "application/octet-stream"
    assert answer_.headers["Content-Type"] == wanted
    kind = "inline" if media_type else "attachment"
    assert answer_.headers["Content-Disposition"].startswith(kind)
    assert answer_.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1:{port}/secret.jpg",
        "http://localhost:{port}/secret.jpg",
        "http://[::1]:{port}/secret.jpg",
        "http://2130706433:{port}/secret.jpg",
        "http://[::ffff:127.0.0.1]:{port}/secret.jpg",
        "http://house.local/secret.jpg",
        "{service}/redirect?http://127.0.0.1:{port}/secret.jpg",
        "{service}/redirect?file:///etc/passwd",
        "{service}/redirect?/redirect?/redirect?/redirect?/redirect?/redirect?/",
        "http://public.example.com:{port}/secret.jpg",
    ],
)
async def test_nothing_of_the_house(
    hass: HomeAssistant,
    client: TestClient[Any, Any],
    receive: Receive,
    loaded: MockConfigEntry,
    serve: Serve,
    address: str,
) -> None:
    """Nothing that a stranger writes has Home Assistant ask a machine of the house."""
    asked: list[str] = []

    async def house(request: web.Request) -> web.Response:
        asked.append(request.path)
        return web.Response(body=JPEG)

    async def service(request: web.Request) -> web.Response:
        raise web.HTTPFound(request.query_string)

    port = (await serve(house)).rpartition(":")[2]
    base = await serve(service)
    hass.config_entries.async_update_entry(loaded, data={**loaded.data, "url": base})
    resolved = [
        # The first look-up is for the check, the second to connect: they may differ.
        {"hostname": "", "host": "127.0.0.1", "port": int(port), "family": 2}
        | {"proto": 0, "flags": 0}
    ]
    with (
        patch.object(media_cache.ThreadedResolver, "resolve", return_value=resolved),
        patch.object(media_cache.addresses, "_async_resolve", return_value=[]),
    ):
        [path] = await receive(address.format(port=port, service=base))
        answer = await client.get(path)
    assert answer.status == 502
    assert asked == []


@pytest.mark.parametrize("status", [404, 500, 204])
async def test_a_picture_that_is_not_there(
    hass: HomeAssistant,
    client: TestClient[Any, Any],
    receive: Receive,
    loaded: MockConfigEntry,
    serve: Serve,
    status: int,
) -> None:
    """A picture that VoIP.ms does not have is not asked for again at once."""
    asked: list[str] = []

    async def answer(request: web.Request) -> web.Response:
        asked.append(request.path)
        return web.Response(status=status)

    base = await serve(answer)
    hass.config_entries.async_update_entry(loaded, data={**loaded.data, "url": base})
    [path] = await receive(f"{base}/gone.jpg")
    for _ in range(3):
        assert (await client.get(path)).status == 502
    assert asked == ["/gone.jpg"]


async def test_too_large(
    hass: HomeAssistant,
    client: TestClient[Any, Any],
    receive: Receive,
    loaded: MockConfigEntry,
    serve: Serve,
) -> None:
    """What is too large is left where it is, whatever its server says of its size."""

    async def answer(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        if request.path == "/said.jpg":
            response.content_length = 5000
        await response.prepare(request)
        await response.write(JPEG + b"x" * 5000)
        return response

    base = await serve(answer)
    hass.config_entries.async_update_entry(loaded, data={**loaded.data, "url": base})
    with patch.object(media_cache, "MAX_BYTES", 1000):
        for path in await receive(f"{base}/said.jpg", f"{base}/unsaid.jpg"):
            assert (await client.get(path)).status == 502


async def test_the_cache_is_bounded(
    hass: HomeAssistant,
    client: TestClient[Any, Any],
    receive: Receive,
    loaded: MockConfigEntry,
    simulator: Simulator,
    account: Account,
) -> None:
    """What has not been looked at for longest makes room; a removed account all."""
    paths = await receive(*(picture(simulator, account) for _ in range(4)))
    folder = hass.config.path(".cache", DOMAIN, ENTRY_ID)

    def names() -> set[str]:
        return {path.name[-1] for path in Path(folder).iterdir()}

    with patch.object(media_cache, "CACHE_FILES", 2):
        for path in (*paths[:2], paths[0], paths[2]):
            assert (await client.get(path)).status == 200
            await asyncio.sleep(0.02)
        assert await hass.async_add_executor_job(names) == {"0", "2"}
    with patch.object(media_cache, "CACHE_BYTES", len(PNG)):
        assert (await client.get(paths[3])).status == 200
        assert await hass.async_add_executor_job(names) == {"3"}
    await hass.config_entries.async_remove(loaded.entry_id)
    assert not await hass.async_add_executor_job(Path(folder).exists)


async def test_who_may_see_it(
    hass: HomeAssistant,
    client: TestClient[Any, Any],
    receive: Receive,
    simulator: Simulator,
    account: Account,
    hass_client: ClientSessionGenerator,
    hass_client_no_auth: ClientSessionGenerator,
    hass_ws_client: WebSocketGenerator,
    hass_read_only_user: MockUser,
    hass_read_only_access_token: str,
) -> None:
    """A picture is for those who may read the number's messages, and for them only."""
    [path] = await receive(picture(simulator, account))
    stranger = await hass_client_no_auth()
    assert (await stranger.get(path)).status == 401
    other = await hass_client(hass_read_only_access_token)
    assert (await other.get(path)).status == 200
    card = Card(await hass_ws_client(hass, hass_read_only_access_token))
    page = await card.do("messages/list", **thread())
    signed = page["messages"][-1]["media"][0]["url"]
    assert signed.startswith(f"{path}?authSig=")
    assert (await stranger.get(signed)).status == 200
    assert (await stranger.get(signed.replace("/0?", "/1?"))).status == 401
    home = er.async_get(hass).async_get_entity_id("event", DOMAIN, f"{HOME}_sms")
    hass_read_only_user.mock_policy({"entities": {"entity_ids": {home: True}}})
    assert (await other.get(path)).status == 401
    assert (await stranger.get(signed)).status == 401


async def test_what_is_not_there(
    hass: HomeAssistant,
    client: TestClient[Any, Any],
    receive: Receive,
    loaded: MockConfigEntry,
    simulator: Simulator,
    account: Account,
) -> None:
    """An address that names nothing is answered so."""
    [path] = await receive(picture(simulator, account))
    entry, key, _ = path.rsplit("/", 2)
    for other in (
        f"{entry}/{key}/1",
        f"{entry}/{key}/x",
        f"{entry}/{key}/-1",
        f"{entry}/{key}/99999999999999999999999",
        f"{entry}/0123/0",
        f"/api/{DOMAIN}/media/unknown/{key}/0",
    ):
        assert (await client.get(other)).status == 404, other
    await unload(hass, loaded)
    assert (await client.get(path)).status == 404
    await set_up(hass, loaded)
    assert (await client.get(path)).status == 200


async def test_the_card_learns_what_a_medium_is(
    hass: HomeAssistant,
    client: TestClient[Any, Any],
    receive: Receive,
    loaded: MockConfigEntry,
    serve: Serve,
    hass_ws_client: WebSocketGenerator,
) -> None:
    """An address that says nothing seems a picture, until it turns out to be a film."""

    async def answer(_: web.Request) -> web.Response:
        return web.Response(body=b"\0\0\0\x18ftypmp42....")

    base = await serve(answer)
    hass.config_entries.async_update_entry(loaded, data={**loaded.data, "url": base})
    [path] = await receive(f"{base}/mms")
    card = Card(await hass_ws_client())
    await card.open()
    page = await card.do("messages/list", **thread())
    assert page["messages"][-1]["media"][0]["type"] == "image"
    assert (await client.get(path)).status == 200
    [message] = (await card.event())["messages"]
    assert message["media"][0]["type"] == "video"


async def test_a_picture_of_an_old_message(
    client: TestClient[Any, Any],
    simulator: Simulator,
    account: Account,
    hass_ws_client: WebSocketGenerator,
) -> None:
    """Pictures of messages that somebody scrolls back to are shown, too."""
    at = now() - timedelta(days=120)
    account.receive(
        OFFICE, NEIGHBOR, "then", media=[picture(simulator, account)], at=at
    )
    card = Card(await hass_ws_client())
    newest = await card.do("messages/list", **thread())
    page = await card.do("messages/list", **thread(), before=newest["before"])
    url = page["messages"][0]["media"][0]["url"]
    assert (await client.get(url)).status == 200
