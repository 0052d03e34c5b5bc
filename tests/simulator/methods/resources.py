"""Everything an account keeps as rows with an id: list, set, delete."""

from __future__ import annotations

from tests.simulator.blanks import SMS_FIELDS
from tests.simulator.contract import Refusal, items
from tests.simulator.families import FAMILIES, Family
from tests.simulator.state import Account, Row

from .base import Context, Reply, handles

GETTERS = {family.get: name for name, family in FAMILIES.items()}
SETTERS = {family.set: name for name, family in FAMILIES.items() if family.set}
DELETERS = {family.delete: name for name, family in FAMILIES.items() if family.delete}
SPECIAL = {"getPhonebook", "getStaticMembers", "getBackOrders", "getClients"}


def _rows(ctx: Context, name: str) -> tuple[Family, dict[str, Row]]:
    return FAMILIES[name], ctx.account.families[name]


def _one(ctx: Context, name: str, param: str) -> Row:
    family, rows = _rows(ctx, name)
    if (row := rows.get(ctx.get(param))) is None:
        raise Refusal(family.invalid)
    return row


def held(account: Account, method: str, params: dict[str, str]) -> dict[str, str]:
    """Return what the record that a call changes holds, by the call's parameters."""
    if method in ("setDIDInfo", "setSMS"):
        row = account.dids.get(params.get("did", ""), {})
        renamed = {param: name for param, (name, _) in SMS_FIELDS.items()}
        renamed = renamed if method == "setSMS" else {}
    elif name := SETTERS.get(method):
        family = FAMILIES[name]
        row = account.families[name].get(params.get(family.set_param, ""), {})
        renamed = family.renamed
    else:
        return {}
    return row | {param: row[name] for param, name in renamed.items() if name in row}


@handles(*GETTERS)
def read(ctx: Context) -> Reply:
    """List the rows of a family, or the one asked for."""
    name = GETTERS[ctx.method]
    family, rows = _rows(ctx, name)
    if not rows:
        raise Refusal(family.empty)
    if ctx.get(family.one):
        return {family.listed: [_one(ctx, name, family.one)]}
    found = [row for row in rows.values() if _matches(ctx, family, row)]
    if not found:
        raise Refusal(family.empty)
    return {family.listed: found}


def _matches(ctx: Context, family: Family, row: Row) -> bool:
    """Return True if a row fits the other filters of a call."""
    for param, value in ctx.params.items():
        field = {"queue": "queue_number"}.get(param, param)
        if param == family.one or field not in row:
            continue
        if param == "name" and value.casefold() not in row["name"].casefold():
            return False
        if param != "name" and row[field] != value:
            return False
    return True


@handles("getStaticMembers")
def read_static_members(ctx: Context) -> Reply:
    """List the fixed members of a queue."""
    _one(ctx, "queues", "queue")
    if ctx.get("member"):
        row = _one(ctx, "static_members", "member")
        if row["queue_number"] != ctx.get("queue"):
            raise Refusal("invalid_member")
        return {"members": [row]}
    return read(ctx)


@handles("getClients")
def read_clients(ctx: Context) -> Reply:
    """List the reseller's clients; one can be named by email too."""
    wanted = ctx.get("client")
    for row in ctx.account.families["clients"].values():
        if "@" in wanted and row["email"].casefold() == wanted.casefold():
            return {"clients": [row]}
    return read(ctx)


@handles("getBackOrders")
def read_back_orders(ctx: Context) -> Reply:
    """List what was ordered and not delivered."""
    reply = read(ctx)
    return {"quantity": str(len(reply["back_orders"])), **reply}


@handles(*SETTERS)
def write(ctx: Context) -> Reply:
    """Make or change a row; what is left out is blank afterwards."""
    name = SETTERS[ctx.method]
    family, rows = _rows(ctx, name)
    key = ctx.get(family.set_param)
    if key or f"{ctx.method}" in ("setVoicemail", "setClient"):
        _one(ctx, name, family.set_param)
    before = rows.get(key, {})
    row = dict(family.blank)
    for param, value in ctx.params.items():
        if (
            field := family.renamed.get(param, param)
        ) in row and param != family.set_param:
            row[field] = value
    for param in ctx.emptied:
        if (field := family.renamed.get(param, param)) in row:
            row[field] = ""
    _adjust(ctx, name, row, before)
    _check_unique(family, rows, key, row)
    if key:
        rows[key] = {family.id: key, **row}
    else:
        key = ctx.account.add(name, **row)[family.id]
    if name == "phonebook_groups":
        _assign_group(ctx, key)
    return {family.answer: key} if family.answer else {}


def _check_unique(family: Family, rows: dict[str, Row], key: str, row: Row) -> None:
    if family.unique is None:
        return
    field, status = family.unique
    if any(other[field] == row[field] for id_, other in rows.items() if id_ != key):
        raise Refusal(status)


def _adjust(ctx: Context, name: str, row: Row, before: Row) -> None:
    """Look after what is particular to a family."""
    match name:
        case "voicemails":
            kept = ("new", "urgent")
            row.update({field: before[field] for field in kept if field in before})
            if "transcription_delay" not in ctx.params and before:
                row["transcription_delay"] = before["transcription_delay"]
        case "static_members":
            _one(ctx, "queues", "queue")
            target = row["account"].removeprefix("account:").removeprefix("SIP/")
            if (
                target
                and target != ctx.account.number
                and target not in ctx.account.sub_accounts
            ):
                raise Refusal("invalid_account")
            row["account"] = f"SIP/{target}" if target else ""
        case "phonebook":
            _adjust_entry(ctx, row)
        case "phonebook_groups":
            entries = ctx.account.families["phonebook"]
            if any(entry not in entries for entry in items(row["members"])):
                raise Refusal("invalid_phonebook")
        case "filters":
            if row["did"] != "all" and row["did"] not in ctx.account.dids:
                raise Refusal("invalid_did")
        case "conferences":
            members = ctx.account.families["conference_members"]
            if any(member not in members for member in items(row["members"])):
                raise Refusal("invalid_member")
        case "conference_members":
            _one(ctx, "conferences", "conference")
        case "callbacks":
            if row["number"] in ctx.account.dids:
                raise Refusal("existing_did")


def _adjust_entry(ctx: Context, row: Row) -> None:
    entries, groups = (
        ctx.account.families["phonebook"],
        ctx.account.families["phonebook_groups"],
    )
    if row["group"]:
        if row["group"] not in groups:
            raise Refusal("invalid_phonebook")
        row["group_name"] = groups[row["group"]]["name"]
    for id_, other in entries.items():
        if row["speed_dial"] and other["speed_dial"] == row["speed_dial"]:
            if id_ != ctx.get("phonebook"):
                raise Refusal("used_speed_dial")


def _assign_group(ctx: Context, group: str) -> None:
    row = ctx.account.families["phonebook_groups"][group]
    members = items(row["members"])
    for key, entry in ctx.account.families["phonebook"].items():
        if key in members:
            entry |= {"group": group, "group_name": row["name"]}
        elif entry["group"] == group:
            entry |= {"group": "", "group_name": ""}


@handles("setRecording")
def write_recording(ctx: Context) -> Reply:
    """Make a recording, or change its name, its sound or both."""
    family, rows = _rows(ctx, "recordings")
    key, name, file = ctx.get("recording"), ctx.get("name"), ctx.get("file")
    if key:
        row = _one(ctx, "recordings", "recording")
        if not name and not file:
            raise Refusal("missing_params")
    elif not file or not name:
        raise Refusal("missing_name" if file else "missing_file")
    else:
        row = dict(family.blank)
    _check_unique(family, rows, key, {"description": name or row["description"]})
    if not key:
        key = ctx.account.add_recording(name, file)["value"]
    rows[key]["description"] = name or rows[key]["description"]
    ctx.account.recording_files[key] = file or ctx.account.recording_files.get(key, "")
    return {"recording": key}


@handles("getRecordingFile")
def read_recording(ctx: Context) -> Reply:
    """Return a recording's sound."""
    key = _one(ctx, "recordings", "recording")["value"]
    return {
        "recordings": [{"value": key, "data": ctx.account.recording_files.get(key, "")}]
    }


@handles(*DELETERS)
def delete(ctx: Context) -> Reply:
    """Delete a row; what was routed to it leads nowhere then."""
    name = DELETERS[ctx.method]
    family, rows = _rows(ctx, name)
    key = _one(ctx, name, family.delete_param or family.one)[family.id]
    _check_use(ctx, name, key)
    del rows[key]
    if name == "queues":
        members = ctx.account.families["static_members"]
        for member in [
            id_ for id_, row in members.items() if row["queue_number"] == key
        ]:
            del members[member]
    elif name == "phonebook_groups":
        for entry in ctx.account.families["phonebook"].values():
            if entry["group"] == key:
                entry |= {"group": "", "group_name": ""}
    return {}


def _check_use(ctx: Context, name: str, key: str) -> None:
    """Refuse to delete what the service says is in use."""
    families = ctx.account.families
    if name == "recordings":
        route = f"recording:{key}"
        users: tuple[tuple[str, bool], ...] = (
            ("recording_in_use_did", _used(ctx.account.dids, route)),
            ("recording_in_use_ivr", _used(families["ivrs"], key, route)),
            ("recording_in_use_queue", _used(families["queues"], key, route)),
            (
                "recording_in_use_caller_timecondition",
                _used(families["time_conditions"], route),
            ),
            ("recording_in_use_caller_id_filtering", _used(families["filters"], route)),
        )
        for status, used in users:
            if used:
                raise Refusal(status)
    elif name == "sip_uris" and _used(families["phonebook"], f"sip:{key}"):
        raise Refusal("sipuri_in_phonebook")
    elif name == "static_members":
        _one(ctx, "queues", "queue")
        if families["static_members"][key]["queue_number"] != ctx.get("queue"):
            raise Refusal("invalid_member")


RECORDING_FIELDS = (
    "recording",
    "join_announcement",
    "agent_announcement",
    "voice_announcement",
)


def _used(rows: dict[str, Row], *values: str) -> bool:
    return any(
        value in values
        for row in rows.values()
        for field, value in row.items()
        if ":" in value or field in RECORDING_FIELDS
    )


@handles("addMemberToConference")
def join_conference(ctx: Context) -> Reply:
    """Put a member into a conference."""
    member = _one(ctx, "conference_members", "member")["member"]
    conference = _one(ctx, "conferences", "conference")
    members = items(conference["members"])
    if member in members:
        raise Refusal("member_already_included")
    conference["members"] = ";".join([*members, member])
    return {"member": member}


@handles("delMemberFromConference")
def leave_conference(ctx: Context) -> Reply:
    """Take a member out of a conference, or out of all."""
    member = _one(ctx, "conference_members", "member")["member"]
    if ctx.get("conference"):
        conferences = [_one(ctx, "conferences", "conference")]
    else:
        conferences = list(ctx.account.families["conferences"].values())
    held = [row for row in conferences if member in items(row["members"])]
    if not held:
        raise Refusal("conference_member_relation_not_found")
    for row in held:
        row["members"] = ";".join(m for m in items(row["members"]) if m != member)
    return {}
