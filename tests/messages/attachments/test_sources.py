"""Pictures and files that go along with messages: where they may come from."""

import asyncio
import os
from pathlib import Path
import socket
import time
from typing import Any
from unittest.mock import patch

import pytest
from pytest_homeassistant_custom_component.common import MockUser

from homeassistant.components.http import ApiConfig
from homeassistant.components.image import ImageEntity
from homeassistant.components.image.const import DATA_COMPONENT as IMAGES
from homeassistant.core import Context, HomeAssistant
from homeassistant.exceptions import Unauthorized
from homeassistant.setup import async_setup_component

from ...conftest import Attach, Refusal
from ...simulator import Simulator
from .pictures import GIF, JPEG, LIMIT, MP4, PNG, add_camera, opened, picture, uri

URL = "https://example.com/1.jpg"


async def test_web_addresses(attach: Attach) -> None:
    """Up to three web addresses go along as they are."""
    urls = [f"https://example.com/{number}.jpg" for number in (1, 2, 3)]
    assert await attach(*urls) == urls
    assert await attach(media1=urls[0], media2=urls[1], media3=urls[2]) == urls
    assert await attach(*urls[1:], media1=urls[0]) == urls
    assert await attach(media=urls[0]) == urls[:1]


async def test_too_many(refusal: Refusal) -> None:
    """More than three do not go along."""
    assert (await refusal(*[URL] * 4))[0] == "too_many"
    assert (await refusal(*[URL] * 3, media1=URL))[0] == "too_many"


async def test_nothing(refusal: Refusal) -> None:
    """What a template left empty is no picture."""
    for given in ("", " ", None, {}, {"media_content_type": "image/jpeg"}):
        key, words = await refusal(given)
        assert key == "missing_field", given
        assert "media" in words


async def test_nought(attach: Attach, simulator: Simulator) -> None:
    """The text may be 0."""
    for text in ("0", 0):
        assert await attach(uri(JPEG), message=text) == [uri(JPEG)]
        assert simulator.calls_of("sendMMS")[0].params["message"] == "0"


async def test_data(attach: Attach) -> None:
    """Data in the call itself go along, and say themselves what they are."""
    assert await attach(uri(JPEG)) == [uri(JPEG)]
    assert await attach(uri(PNG, "image/jpeg")) == [uri(PNG, "image/png")]
    assert await attach(uri(PNG, "")) == [uri(PNG, "image/png")]
    cut = uri(GIF, "image/gif").replace("data:", "DATA:").replace(",", ",\n  ")
    assert await attach(f"{cut}\n") == [uri(GIF, "image/gif")]
    assert await attach("data:,GIF89a%20a%20picture") == [uri(GIF, "image/gif")]


async def test_broken_data(refusal: Refusal) -> None:
    """Data that are none are refused."""
    for given in ("data:a/b;base64,###", "data:a/b;base64,", "data:", "data:,"):
        key, words = await refusal(given)
        assert key == "invalid_media", given
        assert "media" in words


# --- Files ---------------------------------------------------------------------------


async def test_a_file(attach: Attach, folder: Path) -> None:
    """A file of a folder that may be read goes along."""
    path = str(folder / "door.jpg")
    for given in ({"media1": path}, {"media": path}, {"media": [path]}):
        assert await attach(**given) == [uri(JPEG)]


@pytest.fixture
def www(hass: HomeAssistant) -> Path:
    """Return the folder that everybody may see."""
    path = Path(hass.config.path("www"))
    (path / "deep").mkdir(parents=True)
    (path / "deep" / "my door.jpg").write_bytes(JPEG)
    return path


async def test_files_of_the_frontend(
    hass: HomeAssistant, attach: Attach, www: Path, folder: Path
) -> None:
    """What the frontend shows under /local and /media goes along."""
    for given in (
        "/local/deep/my door.jpg",
        "/local/deep/my%20door.jpg?v=2",
        "/local/deep/my%20door.jpg#top",
    ):
        assert await attach(given) == [uri(JPEG)]
    hass.config.media_dirs = {"local": str(folder)}
    for given in ("/media/local/door.jpg", "/media/local/door.jpg?authSig=an.old.one"):
        assert await attach(given) == [uri(JPEG)]


async def test_a_media_item(hass: HomeAssistant, attach: Attach, folder: Path) -> None:
    """What the media browser chose goes along."""
    hass.config.media_dirs = {"local": str(folder)}
    assert await async_setup_component(hass, "media_source", {})
    chosen = {
        "media_content_id": "media-source://media_source/local/door.jpg",
        "media_content_type": "image/jpeg",
        "metadata": {},
    }
    for given in (chosen, [chosen], chosen["media_content_id"]):
        assert await attach(media=given) == [uri(JPEG)]


FORBIDDEN = (
    *("/etc/passwd", "/dev/zero", "{folder}/../x.jpg", "{folder}/link.jpg"),
    *("/local/%2e%2e/secrets.yaml", "/local/link.jpg", "/media/local/link.jpg"),
    *("/media/local/%2e%2e/x.jpg", "media-source://media_source/local/../x.jpg"),
    *("/local/../secrets.yaml", "x" * 100_000),
)
UNREADABLE = (
    *("{folder}", "{folder}/missing.jpg", "{folder}/\0.jpg", "/local/missing.jpg"),
    *("/media/local//etc/passwd", "/local//etc/passwd", "{folder}/loop.jpg"),
    *("media-source://media_source/nowhere/x.jpg", "media-source://"),
    *("camera.missing", "camera.front_door", "image.missing", "light.kitchen"),
    *("/api/camera_proxy/light.kitchen", "media-source://camera/light.kitchen"),
)
TOO_LARGE = ("{folder}/large.jpg", "{folder}/huge.jpg", "{folder}/large.mp4")
NO_FILE = (
    *("{folder}/pipe.jpg", "{folder}/to_pipe.jpg", "{folder}/socket.jpg"),
    *("/media/local/pipe.jpg", "media-source://media_source/local/pipe.jpg"),
)


async def test_what_cannot_go(
    hass: HomeAssistant, refusal: Refusal, folder: Path, www: Path
) -> None:
    """What cannot be sent is refused in words, and nothing goes out."""
    hass.config.media_dirs = {"local": str(folder)}
    fill(hass, folder, www)
    await add_camera(hass, None)
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(folder / "socket.jpg"))
        for wrong, given in (
            *(("media_not_allowed", given) for given in FORBIDDEN),
            *(("media_not_readable", given) for given in UNREADABLE),
            *(("media_too_large", given) for given in TOO_LARGE),
            *(("media_no_file", given) for given in NO_FILE),
            ("media_empty", "{folder}/empty.jpg"),
        ):
            async with asyncio.timeout(10):
                key, words = await refusal(given.replace("{folder}", str(folder)))
            assert key == wrong, given[:100]
            assert len(words) < 500


def fill(hass: HomeAssistant, folder: Path, www: Path) -> None:
    """Put into folders what cannot be sent."""
    Path(hass.config.path("secrets.yaml")).write_bytes(JPEG)
    (folder / "large.jpg").write_bytes(b"x" * 2 * LIMIT)
    (folder / "large.mp4").write_bytes(MP4 + bytes(LIMIT))
    with (folder / "huge.jpg").open("wb") as file:
        file.truncate(10**12)
    (folder / "empty.jpg").touch()
    os.mkfifo(folder / "pipe.jpg")
    (folder / "to_pipe.jpg").symlink_to(folder / "pipe.jpg")
    (folder / "loop.jpg").symlink_to(folder / "loop.jpg")
    for linked in (folder, www):
        (linked / "link.jpg").symlink_to("/etc/passwd")


async def test_what_the_system_makes_up(hass: HomeAssistant, refusal: Refusal) -> None:
    """Even where everything may be read, devices and the like are not."""
    hass.config.allowlist_external_dirs = {"/"}
    for path in (
        *("/dev/zero", "/dev/null", "/dev/tty", "/proc/self/environ", "/proc/kmsg"),
        *("/proc/self/mem", "/proc/self/fd/0", "/proc/self/maps", "/sys/kernel/notes"),
    ):
        async with asyncio.timeout(10):
            key, _ = await refusal(path)
        assert key in ("media_no_file", "media_not_readable", "media_empty"), path


async def test_files_that_misbehave(refusal: Refusal, folder: Path) -> None:
    """A file that grows, or a disk that does not answer, is not waited for."""
    path, real = folder / "door.jpg", os.fstat

    def grow(descriptor: int) -> os.stat_result:
        found = real(descriptor)
        os.truncate(path, 10**9)
        return found

    def wait(descriptor: int) -> os.stat_result:
        time.sleep(0.5)
        return real(descriptor)

    for look, wrong in ((wait, "media_too_slow"), (grow, "media_too_large")):
        with (
            patch(
                "custom_components.voipms.messages.attachments.files.MAX_SECONDS", 0.3
            ),
            patch("os.fstat", look),
        ):
            assert (await refusal(str(path)))[0] == wrong


# --- Cameras and image entities ------------------------------------------------------


class Floorplan(ImageEntity):
    """An image entity."""

    _attr_content_type = "image/jpeg"

    def __init__(self, hass: HomeAssistant) -> None:
        """Show a picture."""
        super().__init__(hass)
        self.entity_id = "image.floorplan"

    async def async_image(self) -> bytes | None:
        """Return the picture."""
        return PNG


async def test_a_camera(hass: HomeAssistant, attach: Attach) -> None:
    """What a camera shows now goes along."""
    await add_camera(hass)
    given: Any
    for given in (
        "camera.front_door",
        {"entity_id": "camera.front_door"},
        {"media_content_id": "media-source://camera/camera.front_door"},
        "/api/camera_proxy/camera.front_door",
        "/api/camera_proxy/camera.front_door?token=0123&time=1",
        "/api/camera_proxy_stream/camera.front_door?token=0123",
    ):
        assert await attach(media=given) == [uri(JPEG)], given


async def test_an_image_entity(hass: HomeAssistant, attach: Attach) -> None:
    """What an image entity shows goes along."""
    assert await async_setup_component(hass, "image", {})
    await hass.data[IMAGES].async_add_entities([Floorplan(hass)])
    for given in (
        "image.floorplan",
        "media-source://image/image.floorplan",
        "/api/image_proxy/image.floorplan?token=0123",
    ):
        assert await attach(media1=given) == [uri(PNG, "image/png")], given


async def test_a_camera_with_large_pictures(
    hass: HomeAssistant, attach: Attach
) -> None:
    """A camera whose picture is too large is asked for a smaller one."""
    large, smaller = JPEG + bytes(3 * LIMIT), JPEG + bytes(2 * LIMIT)
    camera = await add_camera(hass, large, smaller, JPEG)
    assert await attach("camera.front_door") == [uri(JPEG)]
    [full, *asked] = camera.asked
    assert full == (None, None)
    assert len(asked) == 2
    assert all(width and height for width, height in asked)
    assert asked == sorted(asked, reverse=True)


async def test_a_camera_with_large_pictures_only(
    hass: HomeAssistant, refusal: Refusal
) -> None:
    """What is no picture that could be made smaller does not go."""
    camera = await add_camera(hass, *(JPEG + bytes(n * LIMIT) for n in (5, 4, 3, 2)))
    assert (await refusal("camera.front_door"))[0] == "media_too_large"
    assert len(camera.asked) == 4


@pytest.mark.parametrize("smaller", [(), (None,)], ids=["the same", "none"])
async def test_a_camera_without_smaller_pictures(
    hass: HomeAssistant, attach: Attach, smaller: tuple[None, ...]
) -> None:
    """What a camera does not make smaller is made smaller here."""
    large = picture(size=(2400, 1600), noisy=True, quality=95)
    assert len(large) > LIMIT
    camera = await add_camera(hass, large, *smaller)
    [sent] = await attach("camera.front_door")
    image = opened(sent)
    assert image.width < 2400
    assert image.width / image.height == pytest.approx(1.5, abs=0.01)
    assert len(camera.asked) == 2


async def test_whose_cameras(
    hass: HomeAssistant, attach: Attach, simulator: Simulator
) -> None:
    """Who may not see a camera cannot send what it shows."""
    await add_camera(hass)
    domains = ("event", "sensor", "select", "switch", "notify", "binary_sensor")
    user = MockUser(groups=[]).add_to_hass(hass)
    user.mock_policy({"entities": {"domains": dict.fromkeys(domains, True)}})
    context = Context(user_id=user.id)
    for given in (
        "camera.front_door",
        "media-source://camera/camera.front_door",
        "/api/camera_proxy/camera.front_door?token=0123",
    ):
        for who in (context, Context(user_id="nobody")):
            with pytest.raises(Unauthorized):
                await attach(given, context=who)
            assert simulator.calls_of("sendMMS") == []
    domains = (*domains, "camera")
    user.mock_policy({"entities": {"domains": dict.fromkeys(domains, True)}})
    assert await attach("camera.front_door", context=context) == [uri(JPEG)]


async def test_own_address(hass: HomeAssistant, attach: Attach, www: Path) -> None:
    """An address of Home Assistant means what is there."""
    hass.config.api = ApiConfig("192.168.7.7", "192.168.7.7", 8123, False)
    hass.config.external_url = "https://home.example.com"
    await add_camera(hass, PNG)
    for address in (
        "http://192.168.7.7:8123",
        "http://127.0.0.1:8123",
        "http://[::1]:8123",
        "http://localhost:8123",
        "http://homeassistant.local:8123",
        "https://home.example.com",
        "http://ann:secret@192.168.7.7:8123",
    ):
        file = f"{address}/local/deep/my%20door.jpg"
        assert await attach(file) == [uri(JPEG)], address
        proxy = f"{address}/api/camera_proxy/camera.front_door?token=secret"
        assert await attach(proxy) == [uri(PNG, "image/png")], address
