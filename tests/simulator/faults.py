"""Things that go wrong, on request."""

from __future__ import annotations

import asyncio
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
import json
import socket
import struct
from typing import Any

from aiohttp import web
import orjson

HTML = "text/html; charset=UTF-8"
BLOCKED = """<!DOCTYPE html><html><head><title>Just a moment...</title></head>
<body><h1>Checking your browser</h1><p>Ray ID: 0123456789abcdef</p></body></html>"""

BEFORE = frozenset({"reset", "timeout", "http", "cloudflare", "status", "empty_list"})
"""Kinds that keep the call from being carried out."""
AFTER = frozenset(
    {
        "slow",
        "empty_body",
        "truncated",
        "not_utf8",
        "wrong_top",
        "no_status",
        "wrong_types",
        "bad_record",
        "lost_reply",
        "lacking",
    }
)
"""Kinds that spoil the reply of a call that was carried out."""


type Answer = str | dict[str, Any]


@dataclass
class Fault:
    """One thing that goes wrong."""

    kind: str
    method: str | None = None
    times: int | None = None
    """How often; without a number until cleared."""
    status: str = ""
    """The code for kind `status`."""
    code: int = 503
    """The HTTP status for kinds `http` and `cloudflare`."""
    seconds: float = 5.0
    """How long kind `slow` takes."""
    field: str = ""
    """What the records of kind `lacking` lack."""

    @property
    def before(self) -> bool:
        """Return True if the call is not carried out."""
        return self.kind in BEFORE


class Faults:
    """The faults in force."""

    def __init__(self) -> None:
        """Begin with none."""
        self._faults: list[Fault] = []

    def add(self, kind: str, **options: Any) -> Fault:
        """Add a fault; `http_503` and `status:code` are short for the kinds with a code."""
        if kind.startswith("http_"):
            options["code"], kind = int(kind[5:]), "http"
        elif kind.startswith("status:"):
            options["status"], kind = kind[7:], "status"
        if kind not in BEFORE | AFTER:
            raise ValueError(f"unknown fault {kind}")
        fault = Fault(kind, **options)
        self._faults.append(fault)
        return fault

    def clear(self) -> None:
        """Let everything work again."""
        self._faults.clear()

    def take(self, method: str) -> Fault | None:
        """Return the fault this call meets, and count it."""
        for fault in self._faults:
            if fault.method in (None, method):
                if fault.times is not None:
                    fault.times -= 1
                    if fault.times <= 0:
                        self._faults.remove(fault)
                return fault
        return None


def reset(request: web.Request) -> web.Response:
    """Break the connection off the hard way."""
    if (transport := request.transport) is not None:
        if (sock := transport.get_extra_info("socket")) is not None:
            sock.setsockopt(
                socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0)
            )
        transport.abort()
    return web.Response()


async def answer_instead(
    fault: Fault, request: web.Request, empty: str, stopping: asyncio.Event
) -> web.StreamResponse:
    """Answer in place of the call."""
    match fault.kind:
        case "timeout":
            await stopping.wait()
            return reset(request)
        case "http":
            body = f"<html><body><h1>{fault.code}</h1></body></html>"
            return web.Response(status=fault.code, text=body, content_type="text/html")
        case "cloudflare":
            headers = {"Content-Type": HTML, "Server": "cloudflare"}
            return web.Response(status=fault.code, text=BLOCKED, headers=headers)
        case "status" | "empty_list":
            status = fault.status if fault.kind == "status" else empty
            return reply(encode({"status": status}))
        case _:
            return reset(request)


def encode(payload: Any) -> bytes:
    """Write a reply. Half an emoji, as the service cuts them, is written as an escape."""
    try:
        return orjson.dumps(payload)
    except orjson.JSONEncodeError:
        return json.dumps(payload).encode()


def reply(body: bytes) -> web.Response:
    """Return a reply as the service labels it."""
    return web.Response(body=body, headers={"Content-Type": HTML})


def laid_down(answer: Answer) -> web.Response:
    """Return an answer that a test has laid down, a text as it is."""
    return reply(answer.encode() if isinstance(answer, str) else orjson.dumps(answer))


async def spoil(
    fault: Fault, request: web.Request, payload: dict[str, Any], stopping: asyncio.Event
) -> web.StreamResponse:
    """Answer a call that was carried out, wrongly."""
    if fault.kind == "lost_reply":
        return reset(request)
    if fault.kind == "slow":
        return await _drip(request, encode(payload), fault.seconds, stopping)
    if fault.kind == "lacking":
        records = {key: without(value, {fault.field}) for key, value in payload.items()}
        return reply(encode(records))
    return reply(_spoiled(fault.kind, payload))


def without(value: Any, fields: AbstractSet[str]) -> Any:
    """Return a reply's value, the records in it without some of their fields."""
    if isinstance(value, list):
        return [without(item, fields) for item in value]
    if isinstance(value, dict):
        return {name: item for name, item in value.items() if name not in fields}
    return value


def _spoiled(kind: str, payload: dict[str, Any]) -> bytes:
    match kind:
        case "empty_body":
            return b""
        case "truncated":
            body = encode(payload)
            return body[: max(1, len(body) * 2 // 3)]
        case "not_utf8":
            return encode(payload | {"note": "@@"}).replace(b"@@", b"caf\xe9")
        case "wrong_top":
            return encode([payload])
        case "no_status":
            return encode(
                {key: value for key, value in payload.items() if key != "status"}
            )
        case "wrong_types":
            return encode(
                {
                    key: value if key == "status" else _mistyped(value)
                    for key, value in payload.items()
                }
            )
        case _:
            return encode(
                {key: _with_bad_record(value) for key, value in payload.items()}
            )


def _mistyped(value: Any) -> Any:
    if isinstance(value, list):
        return [_mistyped(item) for item in value]
    if isinstance(value, dict):
        return {name: ["?"] for name in value}
    return {"?": value}


def _with_bad_record(value: Any) -> Any:
    if not isinstance(value, list) or not value:
        return value
    bad: Any = dict.fromkeys(value[0], None) if isinstance(value[0], dict) else None
    middle = len(value) // 2
    return [*value[:middle], bad, "?", *value[middle:]]


async def _drip(
    request: web.Request, body: bytes, seconds: float, stopping: asyncio.Event
) -> web.StreamResponse:
    response = web.StreamResponse(
        headers={"Content-Type": HTML, "Content-Length": str(len(body))}
    )
    await response.prepare(request)
    steps = 20
    size = max(1, len(body) // steps)
    for start in range(0, len(body), size):
        if stopping.is_set():
            break
        await response.write(body[start : start + size])
        await asyncio.sleep(seconds / steps)
    return response
