"""What the tests of attachments share."""

from base64 import b64decode, b64encode
from io import BytesIO
import random
from typing import Any

from PIL import Image

from homeassistant.components.camera import Camera
from homeassistant.components.camera.const import DATA_COMPONENT as CAMERAS
from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component

JPEG = b"\xff\xd8\xff\xe0 a picture \xff\xd9"
PNG = b"\x89PNG\r\n\x1a\n a picture"
GIF = b"GIF89a a picture"
MP4 = b"\0\0\0\x18ftypisom a video"
LIMIT = 1_200_000


def uri(data: bytes, kind: str = "image/jpeg") -> str:
    """Return data as they are sent."""
    return f"data:{kind};base64,{b64encode(data).decode()}"


def picture(
    kind: str = "JPEG",
    size: tuple[int, int] = (64, 48),
    *,
    mode: str = "RGB",
    noisy: bool = False,
    **options: Any,
) -> bytes:
    """Return a real picture; a noisy one is as large as can be."""
    image = Image.new(mode, size)
    if noisy:
        depth = 2 if mode == "I;16" else len(image.getbands())
        noise = random.Random(1).randbytes(size[0] * size[1] * depth)
        image = Image.frombytes(mode, size, noise)
        if mode == "P":
            image.putpalette(noise[:768])
    file = BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def opened(sent: str) -> Image.Image:
    """Return the picture that was sent; it must be JPEG and small enough."""
    head, _, data = sent.partition(",")
    content = b64decode(data)
    assert head == "data:image/jpeg;base64"
    assert len(content) <= LIMIT
    image = Image.open(BytesIO(content))
    image.load()
    assert image.format == "JPEG"
    return image


class FrontDoor(Camera):
    """A camera that shows a picture, or does not work."""

    def __init__(self, *pictures: bytes | None) -> None:
        """Show pictures: the full one, and smaller ones if it is asked for them."""
        super().__init__()
        self.entity_id = "camera.front_door"
        self.pictures = list(pictures)
        self.asked: list[tuple[int | None, int | None]] = []

    async def async_camera_image(
        self, width: int | None = None, height: int | None = None
    ) -> bytes | None:
        """Return the picture."""
        self.asked.append((width, height))
        return self.pictures[min(len(self.asked), len(self.pictures)) - 1]


async def add_camera(hass: HomeAssistant, *pictures: bytes | None) -> FrontDoor:
    """Add a camera."""
    assert await async_setup_component(hass, "camera", {})
    camera = FrontDoor(*(pictures or (JPEG,)))
    await hass.data[CAMERAS].async_add_entities([camera])
    return camera
