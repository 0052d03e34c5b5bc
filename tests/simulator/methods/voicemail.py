"""Voicemail boxes and what was left in them."""

from __future__ import annotations

from tests.simulator.contract import FOLDERS, Refusal
from tests.simulator.families import FAMILIES
from tests.simulator.state import Row

from .base import Context, Reply, handles
from .tables import LOOKUPS


def _box(ctx: Context) -> Row:
    if (box := ctx.account.families["voicemails"].get(ctx.get("mailbox"))) is None:
        raise Refusal("invalid_mailbox")
    return box


@handles("createVoicemail")
def create(ctx: Context) -> Reply:
    """Make a voicemail box; its number begins with 1."""
    mailbox = f"1{ctx.params['digits']}"
    if mailbox in ctx.account.families["voicemails"]:
        raise Refusal("used_number")
    if ctx.get("timezone") not in LOOKUPS["getTimezones"][3]:
        raise Refusal("invalid_timezone")
    blank = FAMILIES["voicemails"].blank
    ctx.account.add_voicemail(
        mailbox, **{name: ctx.get(name, v) for name, v in blank.items()}
    )
    return {}


@handles("getVoicemailFolders")
def folders(ctx: Context) -> Reply:
    """List the folders of a box."""
    if ctx.get("mailbox"):
        _box(ctx)
    one = ctx.get("folder")
    if one and one not in FOLDERS:
        raise Refusal("invalid_folder")
    return {
        "folders": [
            {"value": name, "description": name}
            for name in FOLDERS
            if one in ("", name)
        ]
    }


@handles("getVoicemailMessages")
def list_messages(ctx: Context) -> Reply:
    """List what was left in a box."""
    mailbox = _box(ctx)["mailbox"]
    first, last = ctx.get("date_from", "0000-00-00"), ctx.get("date_to", "9999-12-31")
    rows = [
        row
        for row in ctx.account.voicemail_messages
        if row["mailbox"] == mailbox
        and ctx.get("folder") in ("", row["folder"])
        and first <= row["date"][:10] <= last
    ]
    if not rows:
        raise Refusal("no_messages")
    return {"messages": rows}


def _message(ctx: Context) -> Row:
    key = (_box(ctx)["mailbox"], ctx.get("folder"), ctx.get("message_num"))
    for row in ctx.account.voicemail_messages:
        if (row["mailbox"], row["folder"], row["message_num"]) == key:
            return row
    raise Refusal("message_not_found")


@handles("getVoicemailMessageFile")
def message_file(ctx: Context) -> Reply:
    """Return the sound of a message."""
    row = _message(ctx)
    kept = {name: row[name] for name in ("mailbox", "folder", "message_num")}
    return {"message": [kept | {"data": "UklGRg=="}]}


@handles("markListenedVoicemailMessage")
def mark_listened(ctx: Context) -> Reply:
    """Mark a message as heard or not, which moves it."""
    listened = ctx.params["listened"]
    folder = "Old" if listened == "yes" else "INBOX"
    _message(ctx).update(listened=listened, folder=folder)
    return {}


@handles("markUrgentVoicemailMessage")
def mark_urgent(ctx: Context) -> Reply:
    """Mark a message as urgent or not, which moves it."""
    urgent = ctx.params["urgent"]
    _message(ctx).update(urgent=urgent, folder="Urgent" if urgent == "yes" else "INBOX")
    return {}


@handles("moveFolderVoicemailMessage")
def move(ctx: Context) -> Reply:
    """Move a message."""
    _message(ctx)["folder"] = ctx.params["new_folder"]
    return {}


@handles("sendVoicemailEmail")
def mail(ctx: Context) -> Reply:
    """Mail a message to somebody."""
    _message(ctx)
    return {}


@handles("delMessages")
def delete_messages(ctx: Context) -> Reply:
    """Delete a message, or all of a box."""
    mailbox = _box(ctx)["mailbox"]
    messages = ctx.account.voicemail_messages
    if ctx.get("message_num"):
        messages.remove(_message(ctx))
    else:
        messages[:] = [row for row in messages if row["mailbox"] != mailbox]
    return {}
