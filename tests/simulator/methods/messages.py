"""Text messages: reading, sending, deleting."""

from __future__ import annotations

from datetime import date
import re
from typing import Any

from tests.simulator.contract import Refusal
from tests.simulator.media import check_media
from tests.simulator.state import Message, today, wall_time

from .base import Context, Reply, handles

LONGEST_RANGE = 92
SMS_BYTES, MMS_BYTES = 160, 2048


def _check_length(ctx: Context, most: int) -> None:
    """Refuse a text of too many bytes, of which a quotation mark can count for two."""
    message = ctx.params["message"]
    counted = len(message.encode())
    if ctx.simulator.quotes_twice:
        counted += message.count("'") + message.count('"')
    if counted > most:
        raise Refusal("sms_toolong")


def _range(ctx: Context) -> tuple[date, date]:
    first = date.fromisoformat(ctx.get("from") or today().isoformat())
    last = date.fromisoformat(ctx.get("to") or today().isoformat())
    if first > last:
        raise Refusal("invalid_date_from")
    if (last - first).days > LONGEST_RANGE:
        raise Refusal("invalid_daterange")
    return first, last


def _found(ctx: Context, kind: str) -> list[Message]:
    """Return the messages asked for, newest first."""
    if (wanted := ctx.get(kind, "0")) != "0":
        return [m for m in ctx.account.messages if m.kind == kind and m.id == wanted]
    kinds = {kind}
    if ctx.get("all_messages") == "1":
        kinds |= {"sms", "mms"} if ctx.account.all_lists_mms else {"sms"}
    did, contact, direction = ctx.get("did"), ctx.get("contact"), ctx.get("type")
    found = [
        message
        for message in reversed(ctx.account.between(*_range(ctx)))
        if message.kind in kinds
        and did in ("", message.did)
        and contact in ("", message.contact)
        and direction in ("", message.type)
    ]
    limit = int(ctx.get("limit", "50"))
    return found[: min(limit, ctx.simulator.row_cap or limit)]


@handles("getSMS", "getMMS", "getResellerSMS", "getResellerMMS")
def list_messages(ctx: Context) -> Reply:
    """List messages."""
    if ctx.get("did"):
        ctx.own_did()
    kind = "mms" if ctx.method.endswith("MMS") else "sms"
    if not (found := _found(ctx, kind)):
        raise Refusal(f"no_{kind}")
    options: dict[str, Any] = {
        "media": kind == "mms" or ctx.get("all_messages") == "1",
        "by_mms": kind == "mms",
        "base": ctx.simulator.base_url,
    }
    timezone = int(ctx.get("timezone", "-5"))
    return {"sms": [message.row(timezone, **options) for message in found]}


def _one(ctx: Context, kind: str, name: str) -> Message:
    for message in ctx.account.messages:
        if message.kind == kind and message.id == ctx.get(name):
            return message
    raise Refusal("invalid_sms" if kind == "sms" else "invalid_id")


@handles("getMediaMMS")
def list_media(ctx: Context) -> Reply:
    """List the media of a message."""
    message = _one(ctx, "mms", "id")
    urls = message.told_media(ctx.simulator.base_url)
    as_list = ctx.get("media_as_array") == "1" or not urls
    return {
        "id": message.id,
        "date": wall_time(message.at),
        "media": urls if as_list else {str(n): url for n, url in enumerate(urls, 1)},
    }


@handles("deleteSMS", "deleteMMS")
def delete(ctx: Context) -> Reply:
    """Delete a message."""
    kind = "sms" if ctx.method == "deleteSMS" else "mms"
    ctx.account.messages.remove(_one(ctx, kind, "id"))
    return {}


def _destination(ctx: Context) -> str:
    number = ctx.get("dst")
    if len(number) == 11 and number.startswith("1"):
        number = number[1:]
    if not re.fullmatch(r"[2-9]\d{9}", number):
        raise Refusal("invalid_dst")
    return number


def _check_sender(ctx: Context) -> tuple[str, str]:
    did, destination = ctx.own_did(), _destination(ctx)
    if did["sms_enabled"] != "1":
        raise Refusal("sms_failed")
    if (status := ctx.simulator.unreachable.get(destination)) is not None:
        raise Refusal(status)
    return did["did"], destination


def _deliver(ctx: Context, sent: Message) -> None:
    """Let a message arrive at a number of the service."""
    for account in ctx.simulator.accounts:
        if account.dids.get(sent.contact, {}).get("sms_enabled") == "1":
            media = sent.media_urls(ctx.simulator.base_url)
            arrived = account.receive_message(
                sent.contact, sent.did, sent.message, media=media
            )
            ctx.simulator.callbacks.announce(account, arrived)


@handles("sendSMS")
def send_sms(ctx: Context) -> Reply:
    """Send a text."""
    did, destination = _check_sender(ctx)
    _check_length(ctx, SMS_BYTES)
    if not ctx.account.note_sending():
        raise Refusal("limit_reached")
    sent = ctx.account.send(did, destination, ctx.params["message"])
    _deliver(ctx, sent)
    return {"sms": sent.id}


@handles("sendMMS")
def send_mms(ctx: Context) -> Reply:
    """Send a text with media."""
    did, destination = _check_sender(ctx)
    _check_length(ctx, MMS_BYTES)
    given = [item for n in (1, 2, 3) if (item := ctx.get(f"media{n}"))]
    for item in given:
        check_media(item)
    if not ctx.account.note_sending():
        raise Refusal("limit_reached")
    media = [ctx.simulator.keep_media(ctx.account, item) for item in given]
    sent = ctx.account.send(
        did, destination, ctx.params["message"], media=media, mms=True
    )
    _deliver(ctx, sent)
    return {"mms": sent.id}
