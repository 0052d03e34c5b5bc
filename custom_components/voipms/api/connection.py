"""The connection to VoIP.ms: one call is one POST.

Credentials are sent in the body of the request only. No call is ever retried here.
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
    ConnectionReason,
    VoipmsApiNotEnabledError,
    VoipmsAuthError,
    VoipmsConnectionError,
    VoipmsIpNotEnabledError,
    VoipmsMaintenanceError,
    VoipmsRateLimitError,
    VoipmsRefusedError,
    VoipmsStatusError,
)
from .functions import FUNCTIONS, Group

API_URL: Final = "https://voip.ms/api/v1/rest.php"
PARALLEL_CALLS: Final = 16
"""How many requests are sent in parallel; set-up needs no more."""
TIMEOUT: Final = aiohttp.ClientTimeout(total=60, connect=15)

_ERRORS: Final[Mapping[str, type[VoipmsStatusError]]] = {
    **dict.fromkeys(statuses.CREDENTIALS, VoipmsAuthError),
    statuses.IP_NOT_ENABLED: VoipmsIpNotEnabledError,
    statuses.API_NOT_ENABLED: VoipmsApiNotEnabledError,
    statuses.RATE_LIMIT: VoipmsRateLimitError,
    statuses.MAINTENANCE: VoipmsMaintenanceError,
}


class Connection:
    """Connection to the API of one account."""

    def __init__(
        self,
        session: aiohttp.ClientSession,
        username: str,
        password: str,
        *,
        url: str = API_URL,
    ) -> None:
        """Initialize the connection without sending anything.

        `username` is the email address of the account and `password` its API password,
        which is not the one of the customer portal.
        """
        self._session = session
        self._credentials = {"api_username": username, "api_password": password}
        self._url = url
        self._slots = asyncio.Semaphore(PARALLEL_CALLS)
        self.clock = ServiceClock()

    async def call(
        self, method: str, params: Mapping[str, str] | None = None
    ) -> dict[str, Any]:
        """Call any function with parameters in their wire form; return its reply.

        The reply has no `status`, and the list of a known function is always a list,
        empty if VoIP.ms answers that there is nothing. Raises a VoipmsError.
        """
        body = await self._post(method, params or {})
        if not body and method.startswith("del"):
            return {}  # seen on the live service when a record was deleted
        return _read(method, _decode(body))

    async def call_verbatim(
        self, method: str, params: Mapping[str, str]
    ) -> dict[str, Any]:
        """Call a function for values that are to be sent back as they were read.

        Numbers keep the text that VoIP.ms wrote, and a byte that is not UTF-8 becomes
        a lone surrogate. Raises a VoipmsError.
        """
        return _read(method, _decode_verbatim(await self._post(method, params)))

    async def call_if_changed(
        self, method: str, fingerprint: int | None
    ) -> tuple[dict[str, Any] | None, int]:
        """Call a function without parameters; return its reply and its fingerprint.

        The reply is None if it has the given fingerprint, and is not parsed then.
        Raises a VoipmsError.
        """
        body = await self._post(method, {})
        if (found := hash(body)) == fingerprint:
            return None, found
        return _read(method, _decode(body)), found

    async def _post(self, method: str, params: Mapping[str, str]) -> bytes:
        """Send one request as soon as a slot is free; return the body of the answer."""
        async with self._slots:
            return await self._send(method, params)

    async def _send(self, method: str, params: Mapping[str, str]) -> bytes:
        """Send one request; return the body of the answer."""
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
                        ConnectionReason.HTTP, code=str(response.status)
                    )
                return body
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as err:
            raise VoipmsConnectionError(
                ConnectionReason.NO_CONNECTION, sent=False
            ) from err
        except TimeoutError as err:
            raise VoipmsConnectionError(ConnectionReason.TIMEOUT) from err
        except aiohttp.ClientError as err:
            raise VoipmsConnectionError(ConnectionReason.BROKEN) from err


def _decode(body: bytes) -> dict[str, Any]:
    """Decode a reply, replacing what is not UTF-8."""
    if not body:
        raise VoipmsConnectionError(ConnectionReason.EMPTY)
    try:
        reply = orjson.loads(body)
    except orjson.JSONDecodeError as err:
        try:
            reply = _replace_surrogates(
                json.loads(body.decode("utf-8", "replace"), strict=False)
            )
        except ValueError, RecursionError:
            raise VoipmsConnectionError(ConnectionReason.UNREADABLE) from _position(
                err, body
            )
    return _object(reply)


def _decode_verbatim(body: bytes) -> dict[str, Any]:
    """Decode a reply, keeping its values as they are written."""
    if not body:
        raise VoipmsConnectionError(ConnectionReason.EMPTY)
    try:
        reply = json.loads(
            body.decode("utf-8", "surrogateescape"), parse_int=str, parse_float=str
        )
    except json.JSONDecodeError as err:
        raise VoipmsConnectionError(ConnectionReason.UNREADABLE) from _position(
            err, body
        )
    except RecursionError:
        raise VoipmsConnectionError(ConnectionReason.UNEXPECTED) from None
    return _object(reply)


def _position(err: json.JSONDecodeError, body: bytes) -> ValueError:
    """Return an error that tells where an answer is not JSON.

    The original error holds the whole answer, which may contain secrets.
    """
    return ValueError(f"{err.msg} at {err.pos} of {len(body)}")


def _object(reply: Any) -> dict[str, Any]:
    """Return a reply if it is an object, as every reply is."""
    if not isinstance(reply, dict):
        raise VoipmsConnectionError(ConnectionReason.UNEXPECTED)
    return reply


def _replace_surrogates(value: Any) -> Any:
    """Return a value without lone surrogates, the remains of a truncated emoji."""
    if isinstance(value, str):
        units = value.encode("utf-16-le", "surrogatepass")
        return units.decode("utf-16-le", "replace")
    if isinstance(value, list):
        return [_replace_surrogates(item) for item in value]
    if isinstance(value, dict):
        return {
            _replace_surrogates(key): _replace_surrogates(item)
            for key, item in value.items()
        }
    return value


def _read(method: str, reply: dict[str, Any]) -> dict[str, Any]:
    """Return a reply without its status; raise the error that the status stands for."""
    function = FUNCTIONS.get(method)
    status = reply.pop("status", None)
    if not isinstance(status, str) or not re.fullmatch(r"\w{1,64}", status):
        raise VoipmsConnectionError(ConnectionReason.NO_STATUS)
    key = function.lists if function else ""
    if status in statuses.EMPTY and function and function.group is Group.READ:
        return {key: []} if key else {}
    if status != "success":
        raise _ERRORS.get(status, VoipmsRefusedError)(method, status)
    if key:
        reply[key] = _list(reply.get(key))
    return reply


def _list(value: Any) -> list[Any]:
    """Return a list; VoIP.ms may write a single item without one."""
    if isinstance(value, list):
        return value
    return [] if value is None or value in ("", {}) else [value]
