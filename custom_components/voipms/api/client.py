"""The client: one call is one POST.

Credentials travel in the body of the request only. Whether a call may be repeated is
for its caller to decide; here, each is sent exactly once.
"""

import asyncio
from collections.abc import Mapping
import json
import re
from typing import Any, Final

import aiohttp
from aiohttp import hdrs
import orjson

from . import statuses
from .clock import ServiceClock
from .errors import (
    VoipmsApiNotEnabledError,
    VoipmsAuthError,
    VoipmsConnectionError,
    VoipmsIpNotEnabledError,
    VoipmsMaintenanceError,
    VoipmsRateLimitError,
    VoipmsRefusedError,
    VoipmsStatusError,
)
from .functions import FUNCTIONS, Function, Group

API_URL: Final = "https://voip.ms/api/v1/rest.php"
PARALLEL_CALLS: Final = 16
"""Enough for everything that is fetched at set-up to be under way at once."""
TIMEOUT: Final = aiohttp.ClientTimeout(total=60, connect=15)

_UNREADABLE: Final = "its answer could not be read"
_ERRORS: Final[Mapping[str, type[VoipmsStatusError]]] = {
    **dict.fromkeys(statuses.CREDENTIALS, VoipmsAuthError),
    statuses.IP_NOT_ENABLED: VoipmsIpNotEnabledError,
    statuses.API_NOT_ENABLED: VoipmsApiNotEnabledError,
    statuses.RATE_LIMIT: VoipmsRateLimitError,
    statuses.MAINTENANCE: VoipmsMaintenanceError,
}


class VoipmsClient:
    """Calls the functions of one VoIP.ms account."""

    def __init__(
        self,
        session: aiohttp.ClientSession,
        username: str,
        password: str,
        *,
        url: str = API_URL,
    ) -> None:
        """Remember how to reach the account; nothing is sent yet."""
        self._session = session
        self._credentials = {"api_username": username, "api_password": password}
        self._url = url
        self._slots = asyncio.Semaphore(PARALLEL_CALLS)
        self.clock = ServiceClock()

    async def call(
        self, method: str, params: Mapping[str, str] | None = None
    ) -> dict[str, Any]:
        """Call a function with parameters in their wire form; return its reply.

        The reply comes without `status`, and what the table knows as a list is one.
        Raises a VoipmsError.
        """
        function = FUNCTIONS.get(method)
        body = await self._post(method, params or {})
        if not body and method.startswith("del"):
            return {}  # seen on the live service when a record was deleted
        return _read(method, _decode(body), function)

    async def call_verbatim(
        self, method: str, params: Mapping[str, str]
    ) -> dict[str, Any]:
        """Call a function for values that are to be sent back as they come.

        Numbers are the text that VoIP.ms wrote, and a byte that is no UTF-8 is a lone
        surrogate. Raises a VoipmsError.
        """
        body = await self._post(method, params)
        return _read(method, _decode_verbatim(body), FUNCTIONS[method])

    async def call_again(
        self, method: str, known: int | None
    ) -> tuple[dict[str, Any] | None, int]:
        """Call a function that was called before; return its reply, and its mark.

        If the mark is the known one, the reply is what it was, and not read again.
        Raises a VoipmsError.
        """
        body = await self._post(method, {})
        if (mark := hash(body)) == known:
            return None, mark
        return _read(method, _decode(body), FUNCTIONS[method]), mark

    async def _post(self, method: str, params: Mapping[str, str]) -> bytes:
        """Send one request when it is its turn; return the body of its answer."""
        async with self._slots:
            return await self._send(method, params)

    async def _send(self, method: str, params: Mapping[str, str]) -> bytes:
        """Send one request; return the body of its answer."""
        form = aiohttp.FormData(default_to_multipart=True)
        for name, value in {**self._credentials, "method": method, **params}.items():
            form.add_field(name, value)
        try:
            async with self._session.post(
                self._url, data=form, timeout=TIMEOUT, allow_redirects=False
            ) as response:
                self.clock.read(response.headers.get(hdrs.DATE))
                body = await response.read()
                if response.status == 429:
                    raise VoipmsRateLimitError(method, statuses.RATE_LIMIT)
                if response.status != 200:
                    raise VoipmsConnectionError(
                        f"it answered with HTTP status {response.status}"
                    )
                return body
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as err:
            raise VoipmsConnectionError(
                "no connection could be made", sent=False
            ) from err
        except TimeoutError as err:
            raise VoipmsConnectionError("it did not answer in time") from err
        except aiohttp.ClientError as err:
            raise VoipmsConnectionError("the connection broke") from err


def _decode(body: bytes) -> dict[str, Any]:
    """Read a reply. Half a character somewhere in it does not cost the rest."""
    if not body:
        raise VoipmsConnectionError("its answer was empty")
    try:
        reply = orjson.loads(body)
    except orjson.JSONDecodeError as err:
        try:
            reply = _mend(json.loads(body.decode("utf-8", "replace"), strict=False))
        except ValueError, RecursionError:
            raise VoipmsConnectionError(_UNREADABLE) from _place(err, body)
    return _object(reply)


def _decode_verbatim(body: bytes) -> dict[str, Any]:
    """Read a reply without losing how its values are written."""
    if not body:
        raise VoipmsConnectionError("its answer was empty")
    try:
        reply = json.loads(
            body.decode("utf-8", "surrogateescape"), parse_int=str, parse_float=str
        )
    except json.JSONDecodeError as err:
        raise VoipmsConnectionError(_UNREADABLE) from _place(err, body)
    except RecursionError:
        raise VoipmsConnectionError("its answer had an unexpected form") from None
    return _object(reply)


def _place(err: json.JSONDecodeError, body: bytes) -> ValueError:
    """Return where an answer is no JSON.

    The original error holds the whole answer, which may hold secrets.
    """
    return ValueError(f"{err.msg} at {err.pos} of {len(body)}")


def _object(reply: Any) -> dict[str, Any]:
    """Return a reply, which is always an object."""
    if not isinstance(reply, dict):
        raise VoipmsConnectionError("its answer had an unexpected form")
    return reply


def _mend(value: Any) -> Any:
    """Return a value without lone surrogates, which are what is left of a cut emoji."""
    if isinstance(value, str):
        units = value.encode("utf-16-le", "surrogatepass")
        return units.decode("utf-16-le", "replace")
    if isinstance(value, list):
        return [_mend(item) for item in value]
    if isinstance(value, dict):
        return {_mend(key): _mend(item) for key, item in value.items()}
    return value


def _read(
    method: str, reply: dict[str, Any], function: Function | None
) -> dict[str, Any]:
    """Tell a success from an error, and give lists the form of lists."""
    status = reply.pop("status", None)
    if not isinstance(status, str) or not re.fullmatch(r"\w{1,64}", status):
        raise VoipmsConnectionError("its answer had no status")
    key = function.lists if function else ""
    if status in statuses.EMPTY and function and function.group is Group.READ:
        return {key: []} if key else {}
    if status != "success":
        raise _ERRORS.get(status, VoipmsRefusedError)(method, status)
    if key:
        reply[key] = _list(reply.get(key))
    return reply


def _list(value: Any) -> list[Any]:
    """Return a list, of which a single item may have come bare."""
    if isinstance(value, list):
        return value
    return [] if value is None or value in ("", {}) else [value]
