"""Pictures that Home Assistant itself serves, and those of media sources."""

import asyncio
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

from aiohttp import web
import pytest
from pytest_homeassistant_custom_component.common import (
    MockModule,
    MockUser,
    mock_integration,
    mock_platform,
)
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from homeassistant.components.http import ApiConfig, HomeAssistantView
from homeassistant.components.media_source import MediaSource, PlayMedia, Unresolvable
from homeassistant.core import Context, HomeAssistant
from homeassistant.setup import async_setup_component

from ...conftest import Attach, Refusal
from .pictures import JPEG, MP4, uri

PATH = "/api/frigate/notifications/1.5-abc/snapshot.jpg"
ITEM = f"media-source://frigate{PATH}"


class Snapshots(HomeAssistantView):
    """Pictures of another integration, as Frigate has them."""

    url = "/api/frigate/notifications/{event}/snapshot.jpg"
    name = "api:frigate"

    def __init__(self) -> None:
        """Note who looks at them."""
        self.seen: list[tuple[str, str]] = []

    async def get(self, request: web.Request, event: str) -> web.Response:
        """Return a picture."""
        self.seen.append((request["hass_user"].id, request.query_string))
        if event == "gone":
            raise web.HTTPNotFound
        return web.Response(body=JPEG if event != "empty" else b"")


class Events(MediaSource):
    """A source of media that are at paths, addresses or files."""

    async def async_resolve_media(self, item: Any) -> PlayMedia:
        """Return where an item is."""
        kind, _, rest = item.identifier.partition("/")
        match kind:
            case "slow":
                await asyncio.sleep(60)
            case "unknown":
                raise Unresolvable("no such event")
            case "broken":
                raise KeyError(rest)
            case "file":
                return PlayMedia("/nowhere", "image/jpeg", path=Path(f"/{rest}"))
            case "api":
                return PlayMedia(f"/{item.identifier}", "image/jpeg")
        return PlayMedia(rest, "image/jpeg")


@pytest.fixture
async def snapshots(
    hass: HomeAssistant, attach: Attach, hass_client_no_auth: ClientSessionGenerator
) -> Snapshots:
    """Serve pictures over Home Assistant's own HTTP, and list them as media."""

    async def source(hass: HomeAssistant) -> Events:
        return Events("frigate")

    mock_integration(hass, MockModule("frigate"))
    mock_platform(
        hass, "frigate.media_source", SimpleNamespace(async_get_media_source=source)
    )
    hass.config.components.add("frigate")
    assert await async_setup_component(hass, "media_source", {})
    view = Snapshots()
    hass.http.register_view(view)
    client = await hass_client_no_auth()
    hass.config.api = ApiConfig("192.168.7.7", "192.168.7.7", client.port or 0, False)
    return view


async def test_pages_of_home_assistant(
    hass: HomeAssistant, snapshots: Snapshots, attach: Attach
) -> None:
    """What Home Assistant itself serves is fetched here, by a user who only reads."""
    assert hass.config.api
    port = hass.config.api.port
    for given, query in (
        (ITEM, ""),
        (f"{ITEM}?format=small&x=a%20b", "format=small&x=a b"),
        (PATH, ""),
        (PATH.replace("1.5", "1%3F%25%20ü"), ""),
        (f"{PATH}?authSig=an.old.one&format=small", "format=small"),
        (f"http://192.168.7.7:{port}{PATH}", ""),
        (f"http://localhost:{port}{PATH}?format=small", "format=small"),
    ):
        snapshots.seen.clear()
        assert await attach(given) == [uri(JPEG)], given
        [(seen_by, seen)] = snapshots.seen
        user = await hass.auth.async_get_user(seen_by)
        assert user and user.system_generated and not user.is_admin
        assert seen.partition("authSig")[0].rstrip("&") == query


async def test_pages_for_a_user(
    hass: HomeAssistant,
    snapshots: Snapshots,
    attach: Attach,
    refusal: Refusal,
    hass_admin_user: MockUser,
) -> None:
    """A page is asked for in the name of the user who runs the action."""
    context = Context(user_id=hass_admin_user.id)
    assert (await refusal(PATH, context=context))[0] == "media_not_readable"
    assert snapshots.seen == []
    await hass.auth.async_create_refresh_token(hass_admin_user, "https://x.example")
    assert await attach(PATH, context=context) == [uri(JPEG)]
    assert [user for user, _ in snapshots.seen] == [hass_admin_user.id]


async def test_pages_by_the_internal_address(
    hass: HomeAssistant, snapshots: Snapshots, attach: Attach, unused_tcp_port: int
) -> None:
    """Where Home Assistant is not at its port, its internal address tells."""
    assert hass.config.api
    hass.config.internal_url = f"http://127.0.0.1:{hass.config.api.port}"
    hass.config.api.port = unused_tcp_port
    assert await attach(PATH) == [uri(JPEG)]


async def test_pages_that_are_not_there(
    hass: HomeAssistant, snapshots: Snapshots, refusal: Refusal
) -> None:
    """What is not to be had is refused in words."""
    for given, wrong in (
        (PATH.replace("1.5-abc", "gone"), "media_not_served"),
        (PATH.replace("1.5-abc", "empty"), "media_empty"),
        ("/api/nothing/here?s3cret", "media_not_served"),
        ("media-source://frigate/unknown/s", "media_not_readable"),
        ("media-source://frigate/broken/s?s3cret", "media_not_readable"),
        (
            "media-source://frigate/url/rtsp://ann:s3cret@cam.lan/1",
            "media_not_readable",
        ),
        ("media-source://frigate/url/http://cam.lan/1.jpg?s3cret", "media_private"),
        ("media-source://frigate/url///[x", "media_not_readable"),
        ("media-source://frigate/file/nowhere/x.jpg", "media_not_readable"),
        ("media-source://frigate/file/dev/zero", "media_no_file"),
        ("media-source://nowhere/x", "media_not_readable"),
        ("media-source://frigate//x", "media_not_readable"),
    ):
        key, words = await refusal(given)
        assert key == wrong, given
        assert "s3cret" not in words


async def test_items_of_other_kinds(
    snapshots: Snapshots, attach: Attach, tmp_path: Path
) -> None:
    """A media item may be an address, data, or a file."""
    (tmp_path / "clip.mp4").write_bytes(MP4)
    url = "https://example.com/1.jpg"
    assert await attach(f"media-source://frigate/url/{url}") == [url]
    assert await attach(f"media-source://frigate/url/{uri(JPEG)}") == [uri(JPEG)]
    item = f"media-source://frigate/file{tmp_path}/clip.mp4"
    assert await attach(item) == [uri(MP4, "video/mp4")]


async def test_a_slow_media_source(snapshots: Snapshots, refusal: Refusal) -> None:
    """A media source does not hold a message up for ever."""
    with patch(
        "custom_components.voipms.messages.attachments.sources.MAX_SECONDS", 0.1
    ):
        key, _ = await refusal("media-source://frigate/slow/x")
    assert key == "media_too_slow"


async def test_nothing_to_ask(hass: HomeAssistant, refusal: Refusal) -> None:
    """Without media sources, image entities, or a port, nothing is read."""
    hass.config.api = None
    for given in (PATH, ITEM, "image.floorplan"):
        assert (await refusal(given))[0] == "media_not_readable"
