"""Check unattended that everything in the demo works."""

from datetime import UTC, date, datetime, timedelta
import re

from scripts._shared import ROOT, ScriptError, say

from .browser import look_at_pages
from .cases import CASES
from .client import Json, until
from .conversations import OpenCard, try_conversations
from .home import Home
from .office import CLOSED, OFFICE_OPEN, URL_PATH, automation
from .probe import Step, expect, routing_is, service_routes, state_is
from .scene import Scene
from .service import ALEX, DOMAIN, PASSWORD, Line, account_entities

AT_ONCE = 10
"""Seconds to wait where polls are 15 minutes apart."""
ICON = ROOT / "custom_components" / DOMAIN / "brand" / "icon.png"
SECRET = "-SECRET-"
"""The text that every secret of the simulator contains."""
UNTESTED = "which has not been tested by Home Assistant"


async def check_scene(here: Scene, card: OpenCard) -> None:
    """Run all checks and report each on a line."""

    for title, test in (
        ("three numbers are there, with their routing", _numbers),
        ("the phones show whether they are registered", _registrations),
        ("the dashboard shows nothing that is missing", _dashboard),
        ("the entities of the README's examples are there", _examples),
        ("Activity begins with a text, and with nothing unavailable", _activity),
        ("a text arrives at once, as an event and as the latest message", _text),
        ("a text that asks for the status is answered", _status),
        ("an action changes where calls go", _action_routes),
        ("a choice on the dashboard changes where calls go", _choice_routes),
        ("do not disturb sends calls away, and back", _do_not_disturb),
        ("Assist turns on do not disturb for the office line", _assist),
        ("closing the office sends its line to busy, opening it back", _office_closes),
        ("a text is sent", _text_is_sent),
        ("the answer on the dashboard is sent", _answer_is_sent),
        ("a notification to a contact is sent", _contact_is_notified),
        ("a year of messages can be looked up", _year),
        *CASES,
        ("the integration has its own icon", _icon),
        ("a browser shows a text on the dashboard that the phone sends", look_at_pages),
        ("the conversation card does what people do with it", try_conversations),
        ("VoIP.ms was called as its documentation says", _calls_are_right),
        ("the log has no complaints and no secrets", _log_is_clean),
        ("a card is open while Home Assistant restarts", card.open),
    ):
        await _step(title, test, here)


async def check_second_start(here: Scene, card: OpenCard) -> None:
    """Check that the demo works after a restart."""
    for title, test in (
        ("a second start finds the numbers", _numbers),
        ("a second start finds the dashboard", _dashboard),
        ("a second start shows the same messages again, and none as new", _same_past),
        ("a second start finds the contact and the callback", _kept),
        ("the card that was open goes on by itself", card.recovers),
        ("a second start leaves no complaints in the log", _log_is_clean),
    ):
        await _step(title, test, here)


async def _step(title: str, test: Step, here: Scene) -> None:
    try:
        skipped = await test(here)
    except ScriptError as error:
        raise ScriptError(f"FAILED  {title}\n{error}") from error
    say(f"skipped  {title}: {skipped}" if skipped else f"ok  {title}")


async def _numbers(here: Scene) -> None:
    expect(len(here.lines), 3, "numbers")
    texting = [line for line in here.lines if "latest_sms" in line]
    expect(len(texting), 2, "numbers that take texts")
    for line in here.lines:
        await routing_is(here, line, await here.service.routing(line.did))


async def _dashboard(here: Scene) -> None:
    config = await here.client.command("lovelace/config", url_path=URL_PATH)
    for entity_id in sorted(_entities(config)):
        state = await here.client.state(entity_id)
        if state["state"] == "unavailable":
            raise ScriptError(f"{entity_id} is unavailable")
    start = await here.client.command("frontend/get_system_data", key="core")
    expect(start["value"]["default_panel"], URL_PATH, "where Home Assistant opens")


async def _examples(here: Scene) -> None:
    """Look for the entities of this integration that examples name."""
    readme = (ROOT / "README.md").read_text("utf-8")
    named = set(
        re.findall(r"entity_id: ((?:binary_sensor|event|notify|switch)\.\w+)", readme)
    )
    expect(bool(named), True, "whether examples name entities")
    for entity_id in sorted(named):
        await here.client.state(entity_id)


async def _activity(here: Scene) -> None:
    """Look at what somebody sees who opens Activity for the first time."""
    start = datetime.now(UTC) - timedelta(hours=1)

    async def entries() -> Json:
        return await here.client.command(
            "logbook/get_events", start_time=start.isoformat()
        )

    async def text() -> bool:
        sentences = [str(entry.get("message")) for entry in await entries()]
        return any(each.startswith("Alex wrote: Are you open") for each in sentences)

    await until("Activity shows what Alex wrote", text)
    states = [entry.get("state") for entry in await entries()]
    expect(states.count("unavailable"), 0, "how many became unavailable")


def _entities(config: Json) -> set[str]:
    """Return all entities of a dashboard."""
    if isinstance(config, dict):
        own = {config["entity"]} if isinstance(config.get("entity"), str) else set()
        return own.union(*map(_entities, config.values()))
    if isinstance(config, list):
        return set().union(*map(_entities, config))
    return set()


async def _registrations(here: Scene) -> None:
    registered = (await here.service.show("account"))["registered"]
    entities = await account_entities(here.client)
    for account in ("100001_VoIP", "100001_Desk", "100001_Mobile"):
        entity_id = entities[f"{account}_registration"]
        wanted = "on" if account in registered else "off"
        await state_is(here, entity_id, wanted)


async def _text(here: Scene) -> None:
    words = "Is the office open on Friday? \N{SMILING FACE WITH SMILING EYES}"
    line = here.lines[0]
    await _write(here, line, words)
    latest = await _latest_is(here, line, words)
    expect(latest["attributes"]["contact"], ALEX, "who wrote")
    event = await here.client.state(line["sms"])
    attributes = event["attributes"]
    expect(attributes.get("event_type"), "received", "the event's type")
    expect(attributes.get("message"), words, "the event's message")


async def _write(here: Scene, line: Line, words: str) -> None:
    """Send a message as the neighbor."""
    await here.service.do("receive", did=line.did, contact=ALEX, message=words)


async def _latest_is(here: Scene, line: Line, words: str) -> Json:
    """Wait for the latest message without polling."""
    sensor = line["latest_sms"]

    async def shown() -> Json:
        state = await here.client.state(sensor)
        return state if state["attributes"].get("message") == words else None

    return await until(f"{sensor} shows {words!r}", shown, AT_ONCE)


async def _status(here: Scene) -> None:
    line = here.lines[0]
    await _write(here, line, "What is the Status?")

    async def answered() -> bool:
        return "The office is open." in await _last_sent(here, line)

    await until("the neighbor has an answer", answered, AT_ONCE)


async def _action_routes(here: Scene) -> None:
    line = here.lines[1]
    await here.client.act("voipms.set_did_routing", did=line.did, routing="sys:echo")
    expect(await here.service.routing(line.did), "sys:echo", "the routing at VoIP.ms")
    await routing_is(here, line, "sys:echo")


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
        expect(
            (await here.client.state(line["routing"]))["state"], option, "the choice"
        )
    expect(await here.service.routing(line.did), routing, "the routing at VoIP.ms")


async def _do_not_disturb(here: Scene) -> None:
    line = here.lines[0]
    rings_at = await here.service.routing(line.did)
    for action, state, routing in (
        ("turn_on", "on", CLOSED),
        ("turn_off", "off", rings_at),
    ):
        await here.client.act(f"switch.{action}", entity_id=line["do_not_disturb"])
        expect(await here.service.routing(line.did), routing, "the routing at VoIP.ms")
        await state_is(here, line["do_not_disturb"], state)
        await routing_is(here, line, routing)


async def _assist(here: Scene) -> None:
    line = here.lines[0]
    rings_at = await here.service.routing(line.did)
    for words, routing in (("on", CLOSED), ("off", rings_at)):
        answer = await here.client.post(
            "/api/conversation/process",
            {"text": f"turn {words} do not disturb for the office line"},
        )
        kind = answer["response"]["response_type"]
        expect(kind, "action_done", f"what Assist made of it: {answer}")
        await service_routes(here, line, routing)


async def _office_closes(here: Scene) -> None:
    line = here.lines[0]
    rings_at = await here.service.routing(line.did)
    for key in ("office_closed", "office_open"):
        state = await here.client.state(str(await automation(here.client, key)))
        expect(state["state"], "on", f"the automation {key}")
    for action, routing in (("turn_off", CLOSED), ("turn_on", rings_at)):
        await here.client.act(f"input_boolean.{action}", entity_id=OFFICE_OPEN)
        await service_routes(here, line, routing)
        await routing_is(here, line, routing)


async def _text_is_sent(here: Scene) -> None:
    words = "Yes, from nine to five."
    line = here.lines[0]
    await here.client.act("voipms.send_sms", did=line.did, dst=ALEX, message=words)
    expect(await _last_sent(here, line), words, "the latest text sent")
    await _latest_is(here, line, words)


async def _answer_is_sent(here: Scene) -> None:
    await here.client.act("script.on_my_way")
    expect(await _last_sent(here, here.lines[0]), "I am on my way!", "the answer")


async def _contact_is_notified(here: Scene) -> None:
    words = "The washing machine is done."
    await here.client.act("notify.send_message", entity_id="notify.alex", message=words)
    expect(await _last_sent(here, here.lines[0]), words, "the notification")


async def _last_sent(here: Scene, line: Line) -> str:
    """Return the latest message to the neighbor from a number."""
    account = await here.service.show("account")
    sent = [
        message["message"]
        for message in account["sent"]
        if (message["did"], message["contact"]) == (line.did, ALEX)
    ]
    return str(sent[-1])


async def _year(here: Scene) -> None:
    line = here.lines[1]
    words = "Happy birthday!"
    long_ago = datetime.now(UTC) - timedelta(days=300)
    await here.service.do(
        "receive", did=line.did, contact=ALEX, message=words, at=long_ago.isoformat()
    )
    today = date.today()
    found = await here.client.ask(
        "voipms.get_sms",
        **{
            "did": line.did,
            "from": (today - timedelta(days=364)).isoformat(),
            "to": (today + timedelta(days=1)).isoformat(),
            "all_messages": True,
        },
    )
    wanted = await here.service.show("messages", did=line.did)
    expect(
        sorted(message["message"] for message in found["sms"]),
        sorted(message["message"] for message in wanted),
        "the messages of a year",
    )


async def _same_past(here: Scene) -> None:
    for line in here.lines:
        if "latest_sms" not in line:
            continue
        latest = (await here.service.show("messages", did=line.did))[-1]
        state = await _latest_is(here, line, latest["message"])
        expect(state["attributes"]["time"], latest["at"], "when it came")
        event = await here.client.state(line["sms"])
        if event["state"] != "unknown" and event["attributes"]["id"] == latest["id"]:
            raise ScriptError(f"{line['sms']} takes the past for new")


async def _kept(here: Scene) -> None:
    await here.client.state("notify.alex")
    await _text(here)


async def _icon(here: Scene) -> None:
    path = f"/api/brands/integration/{DOMAIN}/icon.png?placeholder=no"
    expect(await here.client.read(path), ICON.read_bytes(), "the icon")


async def _calls_are_right(here: Scene) -> None:
    expect(await here.service.show("violations"), [], "violations of the contract")
    for call in await here.service.show("calls"):
        expect(call["transport"], "multipart", f"how {call['method']} was called")


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
    expect(complaints, [], "complaints in the log")
    for secret in (PASSWORD, SECRET):
        if secret in log:
            raise ScriptError(f"the log tells {secret}")


def _log(home: Home) -> str:
    """Return the log of Home Assistant since its start."""
    return (home.directory / "console.log").read_text("utf-8", errors="replace")
