"""Why something cannot be sent along, in words that give nothing away."""

import re
from typing import Final

from homeassistant.exceptions import ServiceValidationError

from ...const import DOMAIN

MAX_BYTES: Final = 1_200_000
"""How large a medium may be when it is sent; carriers refuse larger ones."""

MAX_SECONDS: Final = 15
"""How long it may take until a medium is there."""

LONGEST_NAME: Final = 200

_ADDRESS: Final = re.compile(
    r"(https?://)(?:[^/?#]*@)?([\w.%-]+|\[[^\]/?#]*\])(:\d+)?(/[^?#@]*)?(?:[?#@].*)?",
    re.IGNORECASE | re.DOTALL,
)


def refused(key: str, media: str, **placeholders: str) -> ServiceValidationError:
    """Return the error for a medium that cannot be sent."""
    return ServiceValidationError(
        translation_domain=DOMAIN,
        translation_key=key,
        translation_placeholders={"media": shown(media), **placeholders},
    )


def too_large(media: str) -> ServiceValidationError:
    """Return the error for a medium that cannot be made small enough."""
    maximum = f"{MAX_BYTES / 1_000_000:.1f} MB"
    return refused("media_too_large", media, maximum=maximum)


def too_slow(media: str) -> ServiceValidationError:
    """Return the error for a medium that was not there in time."""
    return refused("media_too_slow", media, seconds=str(MAX_SECONDS))


def shown(media: str) -> str:
    """Return what a person gave, without passwords, tokens and data."""
    if media[:5].lower() == "data:":
        return "data:…"
    if re.match(r"https?:", media, re.IGNORECASE):
        parts = _ADDRESS.fullmatch(media)
        media = "".join(part or "" for part in parts.groups()) if parts else "http…"
    else:
        media = re.sub(r"(?<=//)[^/]*@", "", media).partition("?")[0]
    return media if len(media) <= LONGEST_NAME else f"{media[:LONGEST_NAME]}…"
