"""Pictures, made small enough to be sent."""

from contextlib import suppress
from io import BytesIO
from typing import TYPE_CHECKING, Final

from .formats import Format
from .refusals import MAX_BYTES

if TYPE_CHECKING:
    from PIL import Image

LONGEST_SIDE: Final = 2048
"""How many pixels a picture that is made smaller may have in a row."""
QUALITY: Final = 85
MAX_PIXELS: Final = 50_000_000
LONGEST_PROFILE: Final = 65_536


def as_small_jpeg(data: bytes, kind: Format) -> bytes | None:
    """Return a picture as JPEG that can be sent, or None if it cannot be had.

    Of an animation the first picture is left. Call it from the executor.
    """
    # It takes a while to import, and few pictures need it.
    from PIL import Image

    # What a broken or malicious file makes Pillow raise is not documented.
    with (
        suppress(Exception),
        Image.open(BytesIO(data), formats=_readers(kind)) as image,
    ):
        if image.width * image.height <= MAX_PIXELS:
            image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
            return _shrink(image)
    return None


def _readers(kind: Format) -> tuple[str, ...]:
    """Return what Pillow may read a picture with: never anything else."""
    assert kind.pillow
    # Cameras put several pictures into one JPEG, which is a reader of its own.
    return ("JPEG", "MPO") if kind.pillow == "JPEG" else (kind.pillow,)


def _shrink(picture: Image.Image) -> bytes:
    """Return a picture as JPEG, at the largest size that can be sent."""
    from PIL import ImageOps

    image = ImageOps.exif_transpose(_scalable(picture))
    profile = picture.info.get("icc_profile") if picture.mode == "RGB" else None
    if profile and len(profile) > LONGEST_PROFILE:
        profile = None
    side = LONGEST_SIDE
    while True:
        image.thumbnail((side, side))
        file = BytesIO()
        _opaque(image).save(
            file, "JPEG", quality=QUALITY, optimize=True, icc_profile=profile
        )
        if file.tell() <= MAX_BYTES:
            return file.getvalue()
        side = side * 3 // 4


def _scalable(image: Image.Image) -> Image.Image:
    """Return a picture with colors that can be mixed."""
    if image.mode.startswith("I"):  # sixteen bits of gray
        return image.convert("I").point(lambda value: value / 256).convert("L")
    if image.mode in ("P", "PA", "1"):
        return image.convert("RGBA" if image.has_transparency_data else "RGB")
    image.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    return image


def _opaque(image: Image.Image) -> Image.Image:
    """Return a picture as JPEG can hold it, on white where one sees through."""
    from PIL import Image

    if not image.has_transparency_data:
        return image.convert("RGB")
    image = image.convert("RGBA")
    white = Image.new("RGBA", image.size, "white")
    return Image.alpha_composite(white, image).convert("RGB")
