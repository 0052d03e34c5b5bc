"""Looks whether the demo does what it shows, without a person."""

from collections.abc import Awaitable, Callable
import re
from typing import TYPE_CHECKING

from . import ROOT, DemoError, say
from .client import Json, until
from .home import Home
from .office import CLOSED, OFFICE_OPEN, URL_PATH, automation
from .service import DOMAIN, PASSWORD, Line

if TYPE_CHECKING:
    from .__main__ import Scene

SOMEBODY = "5550100111"
ICON = ROOT / "custom_components" / DOMAIN / "brand" / "icon.png"
SECRET = "-SECRET-"
"""What every secret inside the simulator has in it."""
UNTESTED = "which has not been tested by Home Assistant"


async def check_scene(here: Scene) -> None:
    """Check everything there is, and say line by line what works."""
    for title, test in (
        ("three numbers are there, with their routing", _numbers),
        ("the dashboard shows nothing that is missing", _dashboard),
        ("a text arrives as an event and as the latest message", _text_arrives),
        ("an action changes where calls go", _action_routes),
        ("a choice on the dashboard changes where calls go", _choice_routes),
        ("closing the office sends its line to busy, opening it back", _office_closes),
        ("a text is sent", _text_is_sent),
        ("the answer on the dashboard is sent", _answer_is_sent),
        ("the integration has its own icon", _icon),
        ("VoIP.ms was called as its documentation says", _calls_are_right),
        ("the log has no complaints and no secrets", _log_is_clean),
    ):
        await _step(title, test, here)


async def check_second_start(here: Scene) -> None:
    """Check that what has run before runs again."""
    for title, test in (
        ("a second start finds the numbers", _numbers),
        ("a second start finds the dashboard", _dashboard),
        ("a second start leaves no complaints in the log", _log_is_clean),
    ):
        await _step(title, test, here)


async def _step(
    title: str, test: Callable[[Scene], Awaitable[None]], here: Scene
) -> None:
    try:
        await test(here)
    except DemoError as error:
        raise DemoError(f"FAILED  {title}\n{error}") from error
    say(f"ok  {title}")


def _expect(found: Json, wanted: Json, what: str) -> None:
    if found != wanted:
        raise DemoError(f"{what}: expected {wanted!r}, found {found!r}")


async def _numbers(here: Scene) -> None:
    _expect(len(here.lines), 3, "numbers")
    texting = [line for line in here.lines if "latest_sms" in line]
    _expect(len(texting), 2, "numbers that take texts")
    for line in here.lines:
        await _routing_is(here, line, await here.service.routing(line.did))


async def _dashboard(here: Scene) -> None:
    config = await here.client.command("lovelace/config", url_path=URL_PATH)
    for entity_id in sorted(_entities(config)):
        state = await here.client.state(entity_id)
        if state["state"] == "unavailable":
            raise DemoError(f"{entity_id} is unavailable")
    start = await here.client.command("frontend/get_system_data", key="core")
    _expect(start["value"]["default_panel"], URL_PATH, "where Home Assistant opens")


def _entities(config: Json) -> set[str]:
    """Return every entity that a dashboard names."""
    if isinstance(config, dict):
        own = {config["entity"]} if isinstance(config.get("entity"), str) else set()
        return own.union(*map(_entities, config.values()))
    if isinstance(config, list):
        return set().union(*map(_entities, config))
    return set()


async def _text_arrives(here: Scene) -> None:
    words = "Is the office open on Friday? \N{SMILING FACE WITH SMILING EYES}"
    line = here.lines[0]
    await here.service.do("receive", did=line.did, contact=SOMEBODY, message=words)
    latest = await _latest_is(here, line, words)
    _expect(latest["attributes"]["contact"], SOMEBODY, "who wrote")
    event = await here.client.state(line["sms"])
    attributes = event["attributes"]
    _expect(attributes.get("event_type"), "received", "the event's type")
    _expect(attributes.get("message"), words, "the event's message")


async def _latest_is(here: Scene, line: Line, words: str) -> Json:
    """Poll for messages, and wait for the latest one to be as given."""
    sensor = line["latest_sms"]
    await here.client.act("homeassistant.update_entity", entity_id=[sensor])

    async def shown() -> Json:
        state = await here.client.state(sensor)
        return state if state["attributes"].get("message") == words else None

    return await until(f"{sensor} shows {words!r}", shown)


async def _action_routes(here: Scene) -> None:
    line = here.lines[1]
    await here.client.act("voipms.set_did_routing", did=line.did, routing="sys:echo")
    _expect(await here.service.routing(line.did), "sys:echo", "the routing at VoIP.ms")
    await _routing_is(here, line, "sys:echo")


async def _choice_routes(here: Scene) -> None:
    line = here.lines[2]
    select = await here.client.state(line["routing"])
    before = select["state"]
    choice = next(name for name in select["attributes"]["options"] if name != before)
    routing = await here.service.routing(line.did)
    for option in (choice, before):
        await here.client.act(
            "select.select_option", entity_id=line["routing"], option=option
        )
        _expect(
            (await here.client.state(line["routing"]))["state"], option, "the choice"
        )
    _expect(await here.service.routing(line.did), routing, "the routing at VoIP.ms")


async def _office_closes(here: Scene) -> None:
    line = here.lines[0]
    rings_at = await here.service.routing(line.did)
    for key in ("office_closed", "office_open"):
        state = await here.client.state(str(await automation(here.client, key)))
        _expect(state["state"], "on", f"the automation {key}")
    for action, routing in (("turn_off", CLOSED), ("turn_on", rings_at)):
        await here.client.act(f"input_boolean.{action}", entity_id=OFFICE_OPEN)
        await _service_routes(here, line, routing)
        await _routing_is(here, line, routing)


async def _service_routes(here: Scene, line: Line, routing: str) -> None:
    async def routed() -> bool:
        return await here.service.routing(line.did) == routing

    await until(f"VoIP.ms sends {line.did} to {routing}", routed)


async def _routing_is(here: Scene, line: Line, routing: str) -> None:
    async def shown() -> bool:
        state = await here.client.state(line["routing"])
        return bool(state["attributes"].get("routing") == routing)

    await until(f"{line['routing']} shows {routing}", shown)


async def _text_is_sent(here: Scene) -> None:
    words = "Yes, from nine to five."
    line = here.lines[0]
    await here.client.act("voipms.send_sms", did=line.did, dst=SOMEBODY, message=words)
    await _is_sent(here, line, words)
    await _latest_is(here, line, words)


async def _answer_is_sent(here: Scene) -> None:
    await here.client.act("script.on_my_way")
    await _is_sent(here, here.lines[0], "I am on my way!")


async def _is_sent(here: Scene, line: Line, words: str) -> None:
    account = await here.service.show("account")
    sent = [
        message
        for message in account["sent"]
        if (message["did"], message["contact"]) == (line.did, SOMEBODY)
    ]
    _expect(sent[-1]["message"], words, "the latest text sent")


async def _icon(here: Scene) -> None:
    path = f"/api/brands/integration/{DOMAIN}/icon.png?placeholder=no"
    _expect(await here.client.read(path), ICON.read_bytes(), "the icon")


async def _calls_are_right(here: Scene) -> None:
    _expect(await here.service.show("violations"), [], "violations of the contract")
    for call in await here.service.show("calls"):
        _expect(call["transport"], "multipart", f"how {call['method']} was called")


async def _log_is_clean(here: Scene) -> None:
    log = _log(here.home)
    complaints = [
        line
        for line in log.splitlines()
        if re.search(r" (WARNING|ERROR|CRITICAL) ", line)
        and "voipms" in line
        and UNTESTED not in line
    ]
    complaints += [line for line in log.splitlines() if "deprecat" in line.lower()]
    complaints += [line for line in log.splitlines() if line.startswith("Traceback")]
    _expect(complaints, [], "complaints in the log")
    for secret in (PASSWORD, SECRET):
        if secret in log:
            raise DemoError(f"the log tells {secret}")


def _log(home: Home) -> str:
    """Return what Home Assistant has logged since its start."""
    return (home.directory / "console.log").read_text("utf-8", errors="replace")
