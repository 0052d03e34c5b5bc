"""The media of messages: fetched from VoIP.ms once, and kept on disk for a while."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from http import HTTPStatus
import os
from pathlib import Path
import shutil
from time import monotonic
from typing import Final, override

from aiohttp import (
    ClientError,
    ClientResponse,
    ClientSession,
    DummyCookieJar,
    TCPConnector,
    ThreadedResolver,
)
from aiohttp.abc import AbstractResolver, ResolveResult
from yarl import URL

from homeassistant.const import CONF_URL
from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.util.hass_dict import HassKey
from homeassistant.util.ssl import get_default_context

from ..account import VoipmsConfigEntry
from ..const import DOMAIN, LOGGER
from .attachments import addresses
from .attachments.formats import LONGEST_MAGIC, recognize
from .conversations import Kept
from .media_paths import guess_type

MAX_BYTES: Final = 20_000_000
MAX_SECONDS: Final = 30
MAX_HOPS: Final = 5
AT_ONCE: Final = 3
CHUNK: Final = 65_536
CACHE_BYTES: Final = 100_000_000
CACHE_FILES: Final = 1000
FAILURE_SECONDS: Final = 60.0
"""How long a medium that could not be fetched is not asked for again."""
REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})

SHOWN: Final = {
    "JPEG": "image/jpeg",
    "PNG": "image/png",
    "GIF": "image/gif",
    "WebP": "image/webp",
    "MP4": "video/mp4",
    "3GP": "video/3gpp",
    "QuickTime": "video/quicktime",
    "MP3": "audio/mpeg",
    "WAV": "audio/wav",
    "MIDI": "audio/midi",
    "Ogg": "audio/ogg",
    "AMR": "audio/amr",
    "AAC": "audio/aac",
    "M4A": "audio/mp4",
}
"""The formats that browsers may show, of which none runs anything. By their content:
what a server calls them counts for nothing."""


class MediaError(Exception):
    """A medium cannot be fetched."""


@dataclass(frozen=True, slots=True)
class Medium:
    """A medium on disk, and what it is; None for what is only saved, not shown."""

    path: Path
    media_type: str | None


class MediaCache:
    """Fetches media, each once, and keeps those that were asked for last."""

    def __init__(self, hass: HomeAssistant) -> None:
        """Initialize; what is on disk stays."""
        self._hass = hass
        self._folder = Path(hass.config.cache_path(DOMAIN))
        self._fetching: dict[Path, asyncio.Task[Medium]] = {}
        self._failed: dict[Path, float] = {}
        self._types: dict[tuple[str, int], str] = {}
        self._listeners: list[Callable[[str, str], None]] = []
        self._slots = asyncio.Semaphore(AT_ONCE)

    @callback
    def async_listen(self, listener: Callable[[str, str], None]) -> CALLBACK_TYPE:
        """Have a function called with account and key of media that are not as told."""
        self._listeners.append(listener)

        @callback
        def stop() -> None:
            self._listeners.remove(listener)

        return stop

    def type_of(self, kept: Kept, index: int) -> str:
        """Return what a medium is, or seems to be by its address."""
        known = self._types.get((kept.key, index))
        return known or guess_type(kept.message.media[index])

    async def async_get(
        self, entry: VoipmsConfigEntry, kept: Kept, index: int
    ) -> Medium:
        """Return a medium of a message. Raises a MediaError."""
        path = self._folder / entry.entry_id / f"{kept.key}-{index}"
        if (task := self._fetching.get(path)) is None:
            # Others wait for it, too, when the one who asked first is gone.
            task = self._hass.async_create_background_task(
                self._async_get(entry, kept.message.media[index], path),
                f"{DOMAIN} medium",
            )
            self._fetching[path] = task
            task.add_done_callback(lambda _: self._fetching.pop(path, None))
        medium = await asyncio.shield(task)
        self._learn(entry.entry_id, kept, index, medium)
        return medium

    async def async_remove(self, entry_id: str) -> None:
        """Remove the media of an account."""
        folder = self._folder / entry_id
        await self._hass.async_add_executor_job(shutil.rmtree, folder, True)

    def _learn(self, entry_id: str, kept: Kept, index: int, medium: Medium) -> None:
        """Remember what a medium is; tell who has been told something else."""
        kind = (medium.media_type or "file").partition("/")[0]
        was = self.type_of(kept, index)
        if len(self._types) > CACHE_FILES:
            self._types.clear()
        self._types[kept.key, index] = kind
        if was != kind:
            for listener in self._listeners.copy():
                listener(entry_id, kept.key)

    async def _async_get(
        self, entry: VoipmsConfigEntry, address: str, path: Path
    ) -> Medium:
        """Return a medium from disk, or fetch it."""
        job = self._hass.async_add_executor_job
        if (medium := await job(_find, path)) is not None:
            return medium
        if monotonic() - self._failed.get(path, -FAILURE_SECONDS) < FAILURE_SECONDS:
            raise MediaError("could not be fetched a moment ago")
        try:
            async with self._slots, asyncio.timeout(MAX_SECONDS):
                data = await _async_fetch(self._hass, entry, URL(address))
        except (ClientError, OSError, ValueError, MediaError) as err:
            if len(self._failed) > CACHE_FILES:
                self._failed.clear()
            self._failed[path] = monotonic()
            # The client's own words may hold the address, which lets anybody in.
            reason = err if isinstance(err, MediaError) else type(err).__name__
            LOGGER.debug("A medium of a message could not be fetched: %s", reason)
            raise MediaError(str(reason)) from None
        try:
            return await job(_keep, path, data, self._folder)
        except OSError as err:
            LOGGER.warning("A medium could not be kept in %s: %s", self._folder, err)
            raise MediaError("could not be kept") from None


class PublicResolver(AbstractResolver):
    """Resolves names, and refuses those that lead into the house.

    What is connected to is what was checked: a name may lead elsewhere the next time.
    """

    def __init__(self, own_host: str | None) -> None:
        """Initialize for a service, whose own host may be anywhere."""
        self._own_host = own_host
        self._resolver = ThreadedResolver()

    @override
    async def resolve(
        self, host: str, port: int = 0, family: int = 0
    ) -> list[ResolveResult]:
        """Return the addresses of a host. Raises OSError for one of the house."""
        found = await self._resolver.resolve(host, port, family)  # type: ignore[arg-type]
        if host != self._own_host and not all(
            addresses.is_public(each["host"]) for each in found
        ):
            raise OSError("leads to a private address")
        return found

    @override
    async def close(self) -> None:
        """Close nothing."""


async def _async_fetch(
    hass: HomeAssistant, entry: VoipmsConfigEntry, url: URL
) -> bytes:
    """Return what is at an address. Raises what the client does, or a MediaError."""
    own = URL(entry.data[CONF_URL]).origin()
    connector = TCPConnector(
        resolver=PublicResolver(own.host), ssl=get_default_context(), limit=1
    )
    async with ClientSession(
        connector=connector,
        cookie_jar=DummyCookieJar(),
        headers={"Accept-Encoding": "identity"},
        trust_env=False,
    ) as session:
        for _ in range(MAX_HOPS):
            await _async_check(hass, url, own)
            async with session.get(url, allow_redirects=False) as response:
                if response.status in REDIRECTS and "Location" in response.headers:
                    url = response.url.join(URL(response.headers["Location"]))
                    continue
                return await _async_read(response)
    raise MediaError("leads on and on")


async def _async_check(hass: HomeAssistant, url: URL, own: URL) -> None:
    """Refuse an address that is not for everybody. Raises a MediaError."""
    if url.scheme not in ("http", "https") or url.host is None:
        raise MediaError("is not on the web")
    if url.origin() != own and await addresses.async_is_of_house(hass, url):
        raise MediaError("leads to a private address")


async def _async_read(response: ClientResponse) -> bytes:
    """Return the body of a response. Raises a MediaError."""
    if response.status != HTTPStatus.OK:
        raise MediaError(f"was answered with {response.status}")
    if (response.content_length or 0) > MAX_BYTES:
        raise MediaError("is too large")
    data = bytearray()
    async for chunk in response.content.iter_chunked(CHUNK):
        data += chunk
        if len(data) > MAX_BYTES:
            raise MediaError("is too large")
    if not data:
        raise MediaError("is empty")
    return bytes(data)


# --- On disk -----------------------------------------------------------------------


def _find(path: Path) -> Medium | None:
    """Return a medium if it is on disk, and count it as used."""
    try:
        with path.open("rb") as file:
            head = file.read(LONGEST_MAGIC)
        os.utime(path)
    except OSError:
        return None
    return _medium(path, head) if head else None


def _keep(path: Path, data: bytes, folder: Path) -> Medium:
    """Write a medium; those that have not been used for longest make room."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    with os.fdopen(
        os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb"
    ) as file:
        file.write(data)
    part.replace(path)
    _make_room(folder, path)
    return _medium(path, data)


def _make_room(folder: Path, kept: Path) -> None:
    """Remove files until what is left is few and small enough."""
    found = []
    for file in folder.glob("*/*"):
        with suppress(OSError):
            stat = file.stat()
            found.append((stat.st_mtime_ns, stat.st_size, file))
    found.sort()
    size, count = sum(each[1] for each in found), len(found)
    for _, length, file in found:
        if size <= CACHE_BYTES and count <= CACHE_FILES:
            break
        if file == kept:
            continue
        with suppress(OSError):
            file.unlink()
        size -= length
        count -= 1


def _medium(path: Path, data: bytes) -> Medium:
    """Return a medium with what it is by what is in it."""
    kind = recognize(data)
    return Medium(path, SHOWN.get(kind.name) if kind else None)


DATA_MEDIA: Final[HassKey[MediaCache]] = HassKey(f"{DOMAIN}_media")
