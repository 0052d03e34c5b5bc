"""What is set up in the demo: automations, a script, and a dashboard."""

from .client import Client, Json, until
from .service import ALEX, Line, Service, account_entities

URL_PATH = "phone-lines"
OFFICE_OPEN = "input_boolean.office_open"
CLOSED = "sys:busy"


async def furnish(client: Client, service: Service, lines: list[Line]) -> None:
    """Set everything up, replacing what exists."""
    office = lines[0]
    rings_at = await service.routing(office.did)
    account = await account_entities(client)
    for key, config in (
        ("office_closed", _closing(office)),
        ("office_open", _opening(office, rings_at)),
        ("answer_status", _status(office)),
    ):
        await client.post(f"/api/config/automation/config/{key}", config)
    for key in ("office_closed", "office_open", "answer_status"):
        await _automation_is_there(client, key)
    await client.post("/api/config/script/config/on_my_way", _on_my_way(office))
    await until("the script is there", lambda: _has(client, "script.on_my_way"))
    await _save_dashboard(client, _dashboard(service, lines, account))


async def automation(client: Client, key: str) -> str | None:
    """Return the entity ID of an automation."""
    return next(
        (
            state["entity_id"]
            for state in await client.get("/api/states")
            if state["entity_id"].startswith("automation.")
            and state["attributes"].get("id") == key
        ),
        None,
    )


async def _automation_is_there(client: Client, key: str) -> None:
    await until(f"the automation {key} is there", lambda: automation(client, key))


async def _has(client: Client, entity_id: str) -> bool:
    return any(
        state["entity_id"] == entity_id for state in await client.get("/api/states")
    )


def _closing(office: Line) -> Json:
    return {
        "alias": "Office closed: send the office line to busy",
        "description": "Callers hear the busy tone while nobody is there.",
        "triggers": [{"trigger": "state", "entity_id": OFFICE_OPEN, "to": "off"}],
        "actions": [
            {
                "action": "voipms.set_did_routing",
                "data": {"did": office.did, "routing": CLOSED},
            }
        ],
    }


def _opening(office: Line, rings_at: str) -> Json:
    return {
        "alias": "Office open: let the office phone ring again",
        "triggers": [{"trigger": "state", "entity_id": OFFICE_OPEN, "to": "on"}],
        "actions": [
            {
                "action": "voipms.set_did_routing",
                "data": {"did": office.did, "routing": rings_at},
            }
        ],
    }


STATUS = """\
The office is {{ 'open' if is_state('OPEN', 'on') else 'closed' }}.
Calls go to: {{ states('ROUTING') }}.
Do not disturb is {{ states('DND') }}."""


def _status(office: Line) -> Json:
    """Reply to the neighbor only, who asks for the status."""
    message = (
        STATUS.replace("OPEN", OFFICE_OPEN)
        .replace("ROUTING", office["routing"])
        .replace("DND", office["do_not_disturb"])
    )
    return {
        "alias": "Answer a text that asks for the status",
        "triggers": [
            {
                "trigger": "voipms.message_received",
                "target": {"entity_id": office["sms"]},
                "options": {"sender": [ALEX], "text": "status"},
            }
        ],
        "actions": [
            {
                "action": "voipms.send_sms",
                "data": {
                    "did": office.did,
                    "dst": "{{ trigger.to_state.attributes.contact }}",
                    "message": message,
                },
            }
        ],
        "mode": "queued",
        "max": 1000,
    }


def _on_my_way(office: Line) -> Json:
    contact = f"{{{{ state_attr('{office['latest_sms']}', 'contact') }}}}"
    return {
        "alias": "Answer: on my way",
        "description": "Texts whoever the office line last exchanged messages with.",
        "icon": "mdi:run-fast",
        "sequence": [
            {
                "action": "voipms.send_sms",
                "data": {
                    "did": office.did,
                    "dst": contact,
                    "message": "I am on my way!",
                },
            }
        ],
    }


async def _save_dashboard(client: Client, config: Json) -> None:
    """Save the dashboard and make it the default."""
    dashboards = await client.command("lovelace/dashboards/list")
    if not any(dashboard["url_path"] == URL_PATH for dashboard in dashboards):
        await client.command(
            "lovelace/dashboards/create",
            url_path=URL_PATH,
            title="Phone lines",
            icon="mdi:phone-message",
            show_in_sidebar=True,
            require_admin=False,
        )
    await client.command("lovelace/config/save", url_path=URL_PATH, config=config)
    await client.command(
        "frontend/set_system_data", key="core", value={"default_panel": URL_PATH}
    )


GREETING = """\
# Good {{ 'morning' if now().hour < 12 else 'afternoon' if now().hour < 18 else 'evening' }}
Here is who wrote last, and where your calls go.
"""


def _dashboard(service: Service, lines: list[Line], account: dict[str, str]) -> Json:
    view = {
        "title": "Phone lines",
        "path": "lines",
        "type": "sections",
        "max_columns": 2,
        "badges": _badges(account),
        "header": {
            "layout": "responsive",
            "badges_position": "bottom",
            "card": {"type": "markdown", "text_only": True, "content": GREETING},
        },
        "sections": [
            _conversations_section(),
            *map(_line_section, lines),
            _phones_section(account),
            _office_section(),
            _activity_section(lines),
        ],
    }
    return {"views": [view, MESSAGES, _phone_view(service, lines)]}


def _badges(account: dict[str, str]) -> list[Json]:
    """Return the cards at the top."""
    return [
        {"type": "entity", "entity": account[key], "name": name, "show_name": True}
        for key, name in (
            ("balance", "Balance"),
            ("spent_today", "Spent today"),
            ("calls_today", "Calls today"),
        )
    ]


ICONS = {"Office": "mdi:storefront", "Home": "mdi:home", "Cabin": "mdi:pine-tree"}

CONVERSATIONS = {"type": "custom:voipms-conversations"}
MESSAGES = {
    "title": "Messages",
    "path": "messages",
    "icon": "mdi:message-text",
    "type": "panel",
    "cards": [{**CONVERSATIONS, "layout": "panel"}],
}
"""The page that is nothing but the conversations, for a telephone or a wall tablet."""


def _conversations_section() -> Json:
    """Return the messages of the house, and the box to answer in."""
    card = {**CONVERSATIONS, "grid_options": {"columns": "full", "rows": 9}}
    return {"type": "grid", "column_span": 2, "cards": [card]}


def _line_section(line: Line) -> Json:
    cards: list[Json] = [
        {
            "type": "heading",
            "heading": f"{line.name} ({line.did[:3]}) {line.did[3:6]}-{line.did[6:]}",
            "heading_style": "title",
            "icon": ICONS.get(line.name, "mdi:phone"),
        },
        {
            **_tile(line["routing"], "Calls go to", "indigo", hide_state=True),
            "icon": "mdi:phone-forward",
            "features": [{"type": "select-options"}],
        },
        _switch(line["do_not_disturb"], "Do not disturb", "red"),
    ]
    return {"type": "grid", "cards": cards}


def _tile(
    entity_id: str, name: str, color: str, columns: int = 12, **more: Json
) -> Json:
    return {
        "type": "tile",
        "entity": entity_id,
        "name": name,
        "color": color,
        "grid_options": {"columns": columns},
        **more,
    }


def _switch(entity_id: str, name: str, color: str) -> Json:
    return {
        **_tile(entity_id, name, color),
        "features": [{"type": "toggle"}],
        "features_position": "inline",
    }


def _words(content: str) -> Json:
    return {
        "type": "markdown",
        "content": content,
        "grid_options": {"columns": 12},
    }


MAILBOXES = {"1001": "Home voicemail", "1002": "Office voicemail"}
PHONES = (
    ("100001_VoIP", "Kitchen phone", "mdi:deskphone", 6),
    ("100001_Desk", "Office desk", "mdi:desk", 6),
    ("100001_Mobile", "Mobile app", "mdi:cellphone", 12),
)


def _phones_section(account: dict[str, str]) -> Json:
    """Return the cards of sub-accounts and calls."""
    cards = [
        {"type": "heading", "heading": "Phones and voicemail", "icon": "mdi:phone"},
        *(
            _tile(account[f"mailbox_{key}_new"], name, "amber", 6, icon="mdi:voicemail")
            for key, name in MAILBOXES.items()
        ),
        *(
            _tile(account[f"{key}_registration"], name, "green", columns, icon=icon)
            for key, name, icon, columns in PHONES
        ),
        {
            **_tile(
                account["latest_call"], "Latest call", "blue", icon="mdi:phone-log"
            ),
            "state_content": ["caller_name", "disposition", "state"],
        },
    ]
    return {"type": "grid", "cards": cards}


def _office_section() -> Json:
    answer = _tile("script.on_my_way", "Answer: on my way", "amber", hide_state=True)
    answer["tap_action"] = {
        "action": "perform-action",
        "perform_action": "script.on_my_way",
    }
    write = {
        "type": "button",
        "name": "Write to this house as somebody else",
        "icon": "mdi:cellphone-message",
        "tap_action": {"action": "navigate", "navigation_path": f"/{URL_PATH}/phone"},
        "grid_options": {"columns": 12, "rows": 2},
    }
    cards = [
        {"type": "heading", "heading": "At the office", "icon": "mdi:desk"},
        _switch(OFFICE_OPEN, "Office open", "green"),
        answer,
        write,
    ]
    return {"type": "grid", "cards": cards}


HINT = """\
This is the phone of the other party, beside what the house makes of it. Text **status** \
as Alex, and the office answers. In a window of its own: [URL](URL)
"""


def _phone_view(service: Service, lines: list[Line]) -> Json:
    """Return the view that embeds the phone of the simulator."""
    phone = {
        "type": "iframe",
        "url": service.phone,
        "hide_background": True,
        "grid_options": {"columns": "full", "rows": 11},
    }
    return {
        "title": "Somebody else's phone",
        "path": "phone",
        "type": "sections",
        "max_columns": 2,
        "subview": True,
        "back_path": f"/{URL_PATH}/lines",
        "sections": [
            {"type": "grid", "cards": [phone]},
            {
                "type": "grid",
                "cards": [
                    *_line_section(lines[0])["cards"],
                    *_activity_section(lines)["cards"],
                    _words(HINT.replace("URL", service.phone)),
                ],
            },
        ],
    }


def _activity_section(lines: list[Line]) -> Json:
    entities = [
        line[key] for key in ("sms", "do_not_disturb") for line in lines if key in line
    ]
    cards = [
        {"type": "heading", "heading": "What happened", "icon": "mdi:history"},
        {
            "type": "logbook",
            "target": {"entity_id": [OFFICE_OPEN, *entities]},
            "hours_to_show": 24,
            "grid_options": {"columns": "full", "rows": 4},
        },
    ]
    return {"type": "grid", "cards": cards}
