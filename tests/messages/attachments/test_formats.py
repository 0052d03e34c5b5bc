"""Kinds of pictures and files: which go, which are changed, how large they may be."""

from io import BytesIO
from pathlib import Path
import random
from typing import Any

from PIL import Image
import pytest

from ...conftest import Attach, Refusal
from .pictures import JPEG, LIMIT, MP4, opened, picture, uri

TAKEN = (
    (picture("JPEG"), "image/jpeg"),
    (picture("PNG"), "image/png"),
    (picture("GIF", mode="P"), "image/gif"),
    (b"ID3\x04 a song", "audio/mpeg"),
    (b"\xff\xfb\x90\x64 a song", "audio/mpeg"),
    (b"RIFF\0\0\0\0WAVEfmt ", "audio/wav"),
    (b"MThd\0\0\0\x06", "audio/midi"),
    (MP4, "video/mp4"),
    (b"\0\0\0\x18ftypmp42", "video/mp4"),
    (b"\0\0\0\x18ftyp3gp5", "video/3gpp"),
)


async def test_kinds_that_go(attach: Attach, folder: Path) -> None:
    """What VoIP.ms takes goes as it is, under its own name."""
    for data, kind in TAKEN:
        (folder / "file.jpg").write_bytes(data)
        assert await attach(str(folder / "file.jpg")) == [uri(data, kind)]


async def test_kinds_that_are_changed(attach: Attach, folder: Path) -> None:
    """A picture that VoIP.ms does not take goes as JPEG."""
    for kind in ("WEBP", "BMP", "TIFF", "AVIF"):
        (folder / "picture.jpg").write_bytes(picture(kind))
        [sent] = await attach(str(folder / "picture.jpg"))
        assert opened(sent).size == (64, 48)


REFUSED = (
    (b"\0\0\0\x18ftypheic\0\0\0\0", "HEIC"),
    (b"\0\0\0\x18ftypmif1heic", "HEIC"),
    (b"\0\0\0\x18ftypavif, but broken", "AVIF"),
    (b"\0\0\0\x18ftypqt  ", "QuickTime"),
    (b"\0\0\0\x18ftypM4A ", "M4A"),
    (b"RIFF\0\0\0\0WEBP, but broken", "WebP"),
    (b"RIFF\0\0\0\0AVI LIST", "AVI"),
    (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "SVG"),
    (b"<?xml version='1.0'?>\n<!-- x -->\n<svg>", "SVG"),
    (b"%PDF-1.7", "PDF"),
    (b"\x1aE\xdf\xa3webm", "WebM"),
    (b"OggS\0", "Ogg"),
    (b"PK\x03\x04", "ZIP"),
    (b"\xef\xbb\xbf<!DOCTYPE HTML><html>", "HTML"),
    (b"#EXTM3U\n", "HLS"),
    (picture("WEBP", (8_000, 8_000)), "WebP"),
)


async def test_kinds_that_do_not_go(refusal: Refusal, folder: Path) -> None:
    """What VoIP.ms does not take is refused by name, whatever its file is called."""
    for data, name in REFUSED:
        (folder / "file.jpg").write_bytes(data)
        for given in (str(folder / "file.jpg"), uri(data)):
            key, words = await refusal(given)
            assert key == "media_wrong_type", name
            assert f" {name}," in words


async def test_unknown_kinds(refusal: Refusal, folder: Path) -> None:
    """What nobody can tell what it is does not go either."""
    for data in (b"some text", b"BMW is a car", b"\0" * 100, b"<!---->" * 150):
        (folder / "file.jpg").write_bytes(data)
        assert (await refusal(str(folder / "file.jpg")))[0] == "media_unknown"


async def test_addresses_of_other_kinds(refusal: Refusal) -> None:
    """An address that says that it is something else is refused by name."""
    for ending in ("svg", "pdf", "HEIC", "webp", "mov", "webm", "tiff", "zip"):
        key, words = await refusal(f"https://example.com/file.{ending}?size=1")
        assert key == "media_wrong_type", ending
        assert f" {ending.upper()}," in words


# --- Pictures that are too large -----------------------------------------------------


LARGE: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("JPEG", "RGB", {"quality": 95}),
    ("JPEG", "L", {"quality": 100}),
    ("JPEG", "CMYK", {"quality": 95}),
    ("PNG", "RGB", {}),
    ("PNG", "RGBA", {}),
    ("PNG", "LA", {}),
    ("PNG", "P", {}),
    ("PNG", "I;16", {}),
    ("GIF", "P", {}),
    ("BMP", "RGB", {}),
    ("WEBP", "RGB", {"lossless": True}),
    ("TIFF", "F", {}),
)


async def test_large_pictures(attach: Attach, folder: Path) -> None:
    """A picture that is too large is scaled down."""
    for kind, mode, options in LARGE:
        data = picture(kind, (1500, 1000), mode=mode, noisy=mode != "F", **options)
        assert len(data) > LIMIT, (kind, mode)
        (folder / "large.jpg").write_bytes(data)
        [sent] = await attach(str(folder / "large.jpg"))
        image = opened(sent)
        assert max(image.size) >= 800
        assert image.width / image.height == pytest.approx(1.5, abs=0.01)


async def test_large_pictures_stand_upright(attach: Attach) -> None:
    """A picture that a phone turned is turned, and does not say where it was taken."""
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "a phone"
    data = picture(size=(2400, 1200), noisy=True, quality=95, exif=exif)
    image = opened((await attach(uri(data)))[0])
    assert image.height == 2 * image.width
    assert not image.getexif()


async def test_large_pictures_keep_their_colors(attach: Attach) -> None:
    """What one sees through becomes white; sixteen bits of gray stay gray."""
    noise = random.Random(1).randbytes(1500 * 1200 * 4)
    clear = Image.frombytes("RGBA", (1500, 1200), noise)
    clear.paste((255, 0, 0, 0), (0, 0, 1500, 600))
    half = b"\x00\x80" * (1500 * 600) + noise[: 1500 * 600 * 2]
    gray = Image.frombytes("I;16", (1500, 1200), half)
    for image, color in ((clear, 255), (gray, 128)):
        file = BytesIO()
        image.save(file, "PNG")
        assert len(file.getvalue()) > LIMIT
        shown = opened((await attach(uri(file.getvalue())))[0]).convert("RGB")
        assert shown.getpixel((50, 50)) == pytest.approx((color,) * 3, abs=3)


async def test_large_pictures_keep_their_profile(attach: Attach) -> None:
    """The colors of a phone's screen stay what they are, unless that takes much."""
    for profile, kept in ((b"a profile", b"a profile"), (b"x" * 70_000, None)):
        data = picture(size=(1500, 1000), noisy=True, quality=95, icc_profile=profile)
        image = opened((await attach(uri(data)))[0])
        assert image.info.get("icc_profile") == kept


async def test_a_large_animation(attach: Attach) -> None:
    """Of an animation that is too large the first picture goes."""
    first = Image.new("L", (900, 900), 200)
    others = [Image.effect_noise((900, 900), 100) for _ in range(3)]
    file = BytesIO()
    first.save(file, "GIF", save_all=True, append_images=others)
    assert len(file.getvalue()) > LIMIT
    image = opened((await attach(uri(file.getvalue())))[0])
    assert image.convert("L").getpixel((450, 450)) == pytest.approx(200, abs=3)


async def test_pictures_too_large_to_open(refusal: Refusal) -> None:
    """A picture that would fill the memory, or is broken, is refused."""
    torn = picture(size=(1500, 1000), noisy=True, quality=95)[: LIMIT + 1]
    for data in (
        picture("PNG", (14_000, 14_000), mode="1") + bytes(LIMIT),
        picture("PNG", (8_000, 8_000), mode="1") + bytes(LIMIT),
        torn,
        JPEG + bytes(LIMIT),
        MP4 + bytes(LIMIT),
    ):
        assert (await refusal(uri(data)))[0] == "media_too_large"
    huge = uri(JPEG) + "A" * 50_000_000
    assert (await refusal(huge))[0] == "media_too_large"


async def test_several_large_pictures(attach: Attach) -> None:
    """Each of several is bounded."""
    data = uri(picture(size=(1500, 1000), noisy=True, quality=95))
    sent = await attach(data, data, data)
    assert [opened(item).size for item in sent] == [opened(sent[0]).size] * 3
