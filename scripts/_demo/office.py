"""What the demo's owner has set up: two automations, a script and a dashboard."""

from .client import Client, Json, until
from .service import Line, account_entity

URL_PATH = "phone-lines"
OFFICE_OPEN = "input_boolean.office_open"
CLOSED = "sys:busy"


async def furnish(client: Client, lines: list[Line], rings_at: str) -> None:
    """Set everything up; what is there already is written anew."""
    office = lines[0]
    await _save_automation(client, "office_closed", _closing(office))
    await _save_automation(client, "office_open", _opening(office, rings_at))
    await client.post("/api/config/script/config/on_my_way", _on_my_way(office))
    await until("the script is there", lambda: _has(client, "script.on_my_way"))
    await _save_dashboard(client, _dashboard(lines, await _badges(client)))


async def automation(client: Client, key: str) -> str | None:
    """Return the entity id of one of the automations."""
    return next(
        (
            state["entity_id"]
            for state in await client.get("/api/states")
            if state["entity_id"].startswith("automation.")
            and state["attributes"].get("id") == key
        ),
        None,
    )


async def _save_automation(client: Client, key: str, config: Json) -> None:
    await client.post(f"/api/config/automation/config/{key}", config)
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
    """Save the dashboard, and have everybody begin there."""
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


async def _badges(client: Client) -> list[Json]:
    """Return what to show on top, of what there is."""
    balance = await account_entity(client, "balance")
    if balance is None:
        return []
    badge = {"type": "entity", "entity": balance, "name": "Balance", "show_name": True}
    return [badge]


GREETING = """\
# Good {{ 'morning' if now().hour < 12 else 'afternoon' if now().hour < 18 else 'evening' }}
Here is who wrote last, and where your calls go.
"""


def _dashboard(lines: list[Line], badges: list[Json]) -> Json:
    view = {
        "title": "Phone lines",
        "path": "lines",
        "type": "sections",
        "max_columns": 3,
        "badges": badges,
        "header": {
            "layout": "responsive",
            "badges_position": "bottom",
            "card": {"type": "markdown", "text_only": True, "content": GREETING},
        },
        "sections": [
            *map(_line_section, lines),
            _office_section(),
            _activity_section(lines),
        ],
    }
    return {"views": [view]}


ICONS = {"Office": "mdi:storefront", "Home": "mdi:home", "Cabin": "mdi:pine-tree"}

LATEST = """\
{%- set sms = 'ENTITY' -%}
{%- if has_value(sms) -%}
{%- set who = state_attr(sms, 'contact') | string
  | regex_replace('^([0-9]{3})([0-9]{3})([0-9]{4})$', '(\\\\1) \\\\2-\\\\3') -%}
**{{ 'From' if state_attr(sms, 'direction') == 'received' else 'To' }} {{ who }}**, \
{{ relative_time(as_datetime(state_attr(sms, 'time'))) }} ago

> {{ state_attr(sms, 'message') or 'A picture' }}
{%- else -%}
Nobody has written yet.
{%- endif -%}
"""


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
    ]
    if "do_not_disturb" in line:
        cards.append(_switch(line["do_not_disturb"], "Do not disturb", "red"))
    cards.append(_latest_card(line))
    return {"type": "grid", "cards": cards}


def _tile(entity_id: str, name: str, color: str, **more: Json) -> Json:
    return {
        "type": "tile",
        "entity": entity_id,
        "name": name,
        "color": color,
        "grid_options": {"columns": 12},
        **more,
    }


def _switch(entity_id: str, name: str, color: str) -> Json:
    return {
        **_tile(entity_id, name, color),
        "features": [{"type": "toggle"}],
        "features_position": "inline",
    }


def _latest_card(line: Line) -> Json:
    if "latest_sms" in line:
        content = LATEST.replace("ENTITY", line["latest_sms"])
    else:
        content = "This number takes calls, and no texts."
    return {
        "type": "markdown",
        "content": content,
        "grid_options": {"columns": 12},
    }


def _office_section() -> Json:
    answer = _tile("script.on_my_way", "Answer: on my way", "amber", hide_state=True)
    answer["tap_action"] = {
        "action": "perform-action",
        "perform_action": "script.on_my_way",
    }
    cards = [
        {"type": "heading", "heading": "At the office", "icon": "mdi:desk"},
        _switch(OFFICE_OPEN, "Office open", "green"),
        answer,
    ]
    return {"type": "grid", "cards": cards}


def _activity_section(lines: list[Line]) -> Json:
    entities = [
        line[key] for key in ("sms", "routing") for line in lines if key in line
    ]
    cards = [
        {"type": "heading", "heading": "What happened", "icon": "mdi:history"},
        {
            "type": "logbook",
            "target": {"entity_id": [OFFICE_OPEN, *entities]},
            "hours_to_show": 24,
            "grid_options": {"columns": "full", "rows": 5},
        },
    ]
    return {"type": "grid", "column_span": 2, "cards": cards}
