"""The WebSocket commands of the conversation card, from another browser's side."""

import asyncio
from datetime import timedelta
from time import monotonic
from types import MappingProxyType
from typing import Any

import pytest
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    MockUser,
    async_fire_time_changed,
)
from pytest_homeassistant_custom_component.typing import (
    ClientSessionGenerator,
    WebSocketGenerator,
)

from custom_components.voipms.const import CONF_DID, CONF_NUMBER, DOMAIN
from custom_components.voipms.messages.outbox import DATA_OUTBOX, Outbox
from homeassistant.components.frontend import DATA_EXTRA_MODULE_URL, UrlManager
from homeassistant.config_entries import ConfigSubentry
from homeassistant.const import CONF_NAME
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
from homeassistant.setup import async_setup_component
from homeassistant.util import dt as dt_util

from .conftest import ENTRY_ID, HOME, NEIGHBOR, OFFICE, make_entry, set_up, unload
from .simulator import Account, Simulator
from .simulator.state import now

PIXEL = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAA"
    "AABJRU5ErkJggg=="
)


class Card:
    """A card of somebody's browser."""

    def __init__(self, client: Any) -> None:
        """Initialize with a connection."""
        self.client = client
        self.events: list[dict[str, Any]] = []
        self._results: dict[int, dict[str, Any]] = {}

    async def ask(self, type_: str, **data: Any) -> dict[str, Any]:
        """Send a command and return its answer; events are kept."""
        await self.client.send_json_auto_id({"type": f"{DOMAIN}/{type_}", **data})
        while (answer := await self.client.receive_json())["type"] != "result":
            self.events.append(answer["event"])
        return answer

    async def do(self, type_: str, **data: Any) -> Any:
        """Send a command that succeeds."""
        answer = await self.ask(type_, **data)
        assert answer["success"], answer
        return answer["result"]

    async def error(self, type_: str, **data: Any) -> tuple[str, str]:
        """Send a command that fails; return the code and the sentence."""
        answer = await self.ask(type_, **data)
        assert not answer["success"], answer
        return answer["error"]["code"], answer["error"]["message"]

    async def event(self) -> dict[str, Any]:
        """Return the next event."""
        if self.events:
            return self.events.pop(0)
        async with asyncio.timeout(5):
            answer = await self.client.receive_json()
        assert answer["type"] == "event", answer
        return answer["event"]

    async def open(self, **data: Any) -> dict[str, Any]:
        """Subscribe; return the snapshot."""
        await self.do("conversations/subscribe", **data)
        while not (event := await self.event()).get("snapshot"):
            pass
        return event


@pytest.fixture
async def card(loaded: MockConfigEntry, hass_ws_client: WebSocketGenerator) -> Card:
    """Return the card of an administrator."""
    return Card(await hass_ws_client())


def thread(contact: str = NEIGHBOR, did: str = OFFICE) -> dict[str, str]:
    """Return the fields that name a conversation."""
    return {"config_entry_id": ENTRY_ID, "did": did, "contact": contact}


def add_contact(
    hass: HomeAssistant, entry: MockConfigEntry, name: str, number: str, did: str
) -> None:
    """Add a contact to an account."""
    subentry = ConfigSubentry(
        data=MappingProxyType({CONF_NAME: name, CONF_NUMBER: number, CONF_DID: did}),
        subentry_type="contact",
        title=name,
        unique_id=number,
    )
    hass.config_entries.async_add_subentry(entry, subentry)


async def test_the_list_of_conversations(card: Card, simulator: Simulator) -> None:
    """A card that opens gets it all at once, without a call to VoIP.ms."""
    simulator.clear_calls()
    snapshot = await card.open()
    [account] = snapshot["accounts"]
    assert account["available"] is True
    assert account["may_delete"] is True
    assert {number["did"] for number in account["numbers"]} >= {OFFICE}
    conversations = snapshot["conversations"]
    times = [each["last"]["time"] for each in conversations]
    assert times == sorted(times, reverse=True)
    assert all(each["unread"] == 0 for each in conversations)
    page = await card.do("messages/list", **thread(), limit=50)
    assert page["messages"][-1]["text"]
    assert simulator.calls == []


async def test_what_changes_is_told(
    card: Card, account: Account, loaded: MockConfigEntry
) -> None:
    """A message that arrives is shown in each browser, unread until it is read."""
    await card.open()
    account.receive(OFFICE, "+1 (555) 010-0111", "Are you open?")
    await loaded.runtime_data.messages.async_refresh()
    event = await card.event()
    [message] = event["messages"]
    [conversation] = event["conversations"]
    assert (message["text"], message["direction"]) == ("Are you open?", "received")
    assert conversation["contact"] == NEIGHBOR  # with and without +1 is one person
    assert conversation["display"] == "(555) 010-0111"
    assert conversation["unread"] == 1
    assert conversation["last"] == message
    await card.do("messages/read", **thread())
    assert (await card.event())["conversations"][0]["unread"] == 0


async def test_unread_is_counted_for_each_user(
    hass: HomeAssistant,
    card: Card,
    account: Account,
    loaded: MockConfigEntry,
    hass_ws_client: WebSocketGenerator,
    hass_read_only_access_token: str,
) -> None:
    """One has read what another has not, and reading in one tab is seen in the next."""
    tab = Card(await hass_ws_client())
    other = Card(await hass_ws_client(hass, hass_read_only_access_token))
    for each in (card, tab, other):
        await each.open()
    account.receive(OFFICE, NEIGHBOR, "Are you open?")
    await loaded.runtime_data.messages.async_refresh()
    for each in (card, tab, other):
        assert (await each.event())["conversations"][0]["unread"] == 1
    await card.do("messages/read", **thread())
    assert (await tab.event())["conversations"][0]["unread"] == 0
    assert unread(await other.open()) == 1
    assert unread(await card.open()) == 0


def unread(snapshot: dict[str, Any]) -> int:
    """Return how much of everything is unread."""
    return sum(each["unread"] for each in snapshot["conversations"])


async def test_a_late_message_is_unread(
    card: Card, account: Account, loaded: MockConfigEntry, hass: HomeAssistant
) -> None:
    """A message that comes late is unread, though a later one has been read."""
    await card.open()
    account.receive(OFFICE, NEIGHBOR, "Second", at=now() + timedelta(seconds=20))
    await loaded.runtime_data.messages.async_refresh()
    await card.do("messages/read", **thread())
    account.receive(OFFICE, NEIGHBOR, "First", at=now() + timedelta(seconds=10))
    await loaded.runtime_data.messages.async_refresh()
    assert unread(await card.open()) == 1
    await card.do("messages/read", **thread())
    assert unread(await card.open()) == 0


async def test_a_message_is_sent_once(
    card: Card, simulator: Simulator, hass_ws_client: WebSocketGenerator
) -> None:
    """A double click, another tab and a lost connection send nothing again."""
    tab = Card(await hass_ws_client())
    await tab.open()
    wanted = {**thread(), "message": "Yes, until six.", "request_id": "click-0001"}
    first, second, third = await asyncio.gather(
        card.do("messages/send", **wanted),
        tab.do("messages/send", **wanted),
        Card(await hass_ws_client()).do("messages/send", **wanted),
    )
    assert len(simulator.calls_of("sendSMS")) == 1
    [message] = first["messages"]
    assert message["text"] == "Yes, until six."
    assert message["request_id"] == "click-0001"
    assert second["messages"][0]["key"] == message["key"]
    assert third == first
    told = [m for event in tab.events for m in event.get("messages", ())]
    assert {each["request_id"] for each in told} == {"click-0001"}
    assert await card.do("messages/send", **wanted) == first
    assert len(simulator.calls_of("sendSMS")) == 1


async def test_nothing_is_sent_again_after_a_restart(
    hass: HomeAssistant,
    card: Card,
    simulator: Simulator,
    loaded: MockConfigEntry,
) -> None:
    """The request is known by its id, also to a Home Assistant that was restarted."""
    wanted = {**thread(), "message": "Yes.", "request_id": "click-0002"}
    [message] = (await card.do("messages/send", **wanted))["messages"]
    outbox = hass.data[DATA_OUTBOX] = Outbox(hass)
    await hass.async_block_till_done()
    async_fire_time_changed(hass, dt_util.utcnow() + timedelta(seconds=5))
    await hass.async_block_till_done()
    await outbox.async_load()
    again = await card.do("messages/send", **wanted)
    assert again["messages"][0]["key"] == message["key"]
    assert len(simulator.calls_of("sendSMS")) == 1


async def test_an_unknown_outcome(
    card: Card, simulator: Simulator, loaded: MockConfigEntry
) -> None:
    """What VoIP.ms took without saying so is found, and not sent again."""
    wanted = {**thread(), "message": "Hello?", "request_id": "click-0003"}
    simulator.faults.add("lost_reply", method="sendSMS", times=1)
    simulator.faults.add("http_503", method="getSMS", times=1)
    code, words = await card.error("messages/send", **wanted)
    assert code == "unknown_outcome"
    assert "VoIP.ms" in words
    assert [
        each["text"] for each in (await card.do("messages/send", **wanted))["messages"]
    ] == ["Hello?"]
    assert len(simulator.calls_of("sendSMS")) == 1


async def test_what_was_not_sent_is_sent_at_the_second_try(
    card: Card, simulator: Simulator
) -> None:
    """A retry goes out if the message is not there."""
    wanted = {**thread(), "message": "Hello?", "request_id": "click-0004"}
    simulator.faults.add("reset", method="sendSMS", times=1)
    code, _ = await card.error("messages/send", **wanted)
    assert code == "unknown_outcome"
    found = await card.do("messages/send", **wanted)
    assert [each["text"] for each in found["messages"]] == ["Hello?"]
    assert [call.status for call in simulator.calls_of("sendSMS")][-1] == "success"


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"message": "  "}, "message"),
        ({"contact": "Google", "message": "Hi"}, "Google"),
        ({"contact": "12345", "message": "Hi"}, "12345"),
        ({"did": "5551239999", "message": "Hi"}, "5551239999"),
    ],
)
async def test_what_cannot_be_sent(
    card: Card, simulator: Simulator, fields: dict[str, str], words: str
) -> None:
    """What cannot go is refused in words for people, and nothing is sent."""
    wanted = {**thread(), "request_id": "click-0005", **fields}
    code, sentence = await card.error("messages/send", **wanted)
    assert code == "home_assistant_error"
    assert words in sentence
    assert simulator.calls_of("sendSMS") == []


async def test_a_picture_is_sent(card: Card, simulator: Simulator) -> None:
    """A picture of the person's browser goes along."""
    sent = await card.do(
        "messages/send",
        **thread(),
        message="look",
        media=[f"data:image/png;base64,{PIXEL}"],
        request_id="click-0006",
    )
    [message] = sent["messages"]
    assert message["kind"] == "mms"
    assert message["media"][0]["url"].startswith(f"/api/voipms/media/{ENTRY_ID}/")
    assert len(simulator.calls_of("sendMMS")) == 1


async def test_older_messages(
    card: Card, account: Account, simulator: Simulator, loaded: MockConfigEntry
) -> None:
    """Scrolling back costs a call for each 90 days, until there is nothing older."""
    for days in (100, 101, 300):
        account.receive(
            OFFICE, NEIGHBOR, f"{days} days", at=now() - timedelta(days=days)
        )
    simulator.clear_calls()
    texts: list[str] = []
    asked: dict[str, Any] = {}
    pages = 0
    while True:
        page = await card.do("messages/list", **thread(), limit=1, **asked)
        texts = [each["text"] for each in page["messages"]] + texts
        pages += 1
        assert pages < 40
        if not page["has_more"]:
            break
        asked = {"before": page["before"]}
    assert texts[:3] == ["300 days", "101 days", "100 days"]
    stretches = len(simulator.calls_of("getSMS"))
    assert stretches == 7  # 300 days are three of them, and four empty ones the end
    assert len(simulator.calls_of("getMMS")) == stretches


async def test_messages_of_one_second_stay_together(
    card: Card, account: Account, loaded: MockConfigEntry
) -> None:
    """No page ends within a second."""
    at = now().replace(microsecond=0) - timedelta(minutes=5)
    for number in range(5):
        account.receive(OFFICE, "5550100999", f"{number}", at=at)
    account.receive(OFFICE, "5550100999", "last", at=at + timedelta(seconds=1))
    await loaded.runtime_data.messages.async_refresh()
    page = await card.do("messages/list", **thread("5550100999"), limit=2)
    assert [each["text"] for each in page["messages"]] == [*"01234", "last"]


async def test_a_user_who_may_only_read(
    hass: HomeAssistant,
    loaded: MockConfigEntry,
    simulator: Simulator,
    hass_ws_client: WebSocketGenerator,
    hass_read_only_access_token: str,
) -> None:
    """Who may not control the number reads its messages, and sends and deletes none."""
    card = Card(await hass_ws_client(hass, hass_read_only_access_token))
    snapshot = await card.open()
    [account] = snapshot["accounts"]
    assert snapshot["conversations"]
    assert account["may_delete"] is False
    assert not any(number["can_send"] for number in account["numbers"])
    page = await card.do("messages/list", **thread())
    key = page["messages"][-1]["key"]
    wanted = {**thread(), "message": "Hi", "request_id": "click-0007"}
    assert (await card.error("messages/send", **wanted))[0] == "unauthorized"
    asked = {"config_entry_id": ENTRY_ID, "key": key}
    assert (await card.error("messages/delete", **asked))[0] == "unauthorized"
    for method in ("sendSMS", "deleteSMS", "deleteMMS"):
        assert simulator.calls_of(method) == []


async def test_a_user_of_one_number(
    hass: HomeAssistant,
    loaded: MockConfigEntry,
    account: Account,
    hass_ws_client: WebSocketGenerator,
    hass_read_only_user: MockUser,
    hass_read_only_access_token: str,
) -> None:
    """Who may read one number's entities hears of no other number."""
    registry = er.async_get(hass)
    entity_id = registry.async_get_entity_id("event", DOMAIN, f"{HOME}_sms")
    hass_read_only_user.mock_policy(
        {"entities": {"entity_ids": {entity_id: {"read": True, "control": True}}}}
    )
    card = Card(await hass_ws_client(hass, hass_read_only_access_token))
    snapshot = await card.open()
    assert {each["did"] for each in snapshot["conversations"]} == {HOME}
    numbers = snapshot["accounts"][0]["numbers"]
    assert [(each["did"], each["can_send"]) for each in numbers] == [(HOME, True)]
    assert (await card.error("messages/list", **thread()))[0] == "unauthorized"
    assert (await card.error("messages/read", **thread()))[0] == "unauthorized"
    account.receive(OFFICE, NEIGHBOR, "Not for everybody")
    await loaded.runtime_data.messages.async_refresh()
    account.receive(HOME, NEIGHBOR, "For the house")
    await loaded.runtime_data.messages.async_refresh()
    event = await card.event()
    assert [each["text"] for each in event["messages"]] == ["For the house"]


async def test_deleting(
    card: Card, account: Account, loaded: MockConfigEntry, simulator: Simulator
) -> None:
    """A message that is deleted goes from every card, and from VoIP.ms."""
    account.receive(OFFICE, "5550100999", "Wrong number")
    await loaded.runtime_data.messages.async_refresh()
    await card.open()
    [message] = (await card.do("messages/list", **thread("5550100999")))["messages"]
    asked = {"config_entry_id": ENTRY_ID, "key": message["key"]}
    await card.do("messages/delete", **asked)
    event = await card.event()
    assert event["removed_messages"] == [message["key"]]
    assert len(event["removed"]) == 1
    assert all(each.message != "Wrong number" for each in account.messages)
    assert (await card.error("messages/delete", **asked))[0] == "home_assistant_error"


async def test_deleted_elsewhere(
    card: Card, account: Account, loaded: MockConfigEntry
) -> None:
    """A message that somebody deletes at VoIP.ms goes from the card."""
    account.receive(OFFICE, NEIGHBOR, "Wrong number")
    await loaded.runtime_data.messages.async_refresh()
    await card.open()
    account.messages.pop()
    await loaded.runtime_data.messages.async_refresh()
    event = await card.event()
    assert len(event["removed_messages"]) == 1
    assert event["conversations"][0]["last"]["text"] != "Wrong number"


async def test_unloaded_under_an_open_card(
    hass: HomeAssistant, card: Card, loaded: MockConfigEntry, account: Account
) -> None:
    """The card keeps what it shows, is told why nothing comes, and gets it all again."""
    before = await card.open()
    await unload(hass, loaded)
    events = [await card.event()]
    assert set(events[0]) == {"accounts"}
    [told] = events[0]["accounts"]
    assert told["available"] is False
    assert loaded.title in told["error"]
    assert told["numbers"] == before["accounts"][0]["numbers"]
    wanted = {**thread(), "message": "Hi", "request_id": "click-0008"}
    assert (await card.error("messages/send", **wanted))[0] == "not_found"
    assert (await card.error("conversations/subscribe"))[0] == "not_found"
    card.events.clear()
    account.receive(OFFICE, NEIGHBOR, "While it was away")
    await set_up(hass, loaded)
    while not (event := await card.event()).get("snapshot"):
        pass
    assert event["accounts"][0]["available"] is True
    assert event["conversations"][0]["last"]["text"] == "While it was away"
    card.events.clear()
    account.receive(OFFICE, NEIGHBOR, "And now")
    await loaded.runtime_data.messages.async_refresh()
    while "messages" not in (event := await card.event()):
        pass
    assert [each["text"] for each in event["messages"]] == ["And now"]


async def test_a_removed_account(
    hass: HomeAssistant, card: Card, loaded: MockConfigEntry
) -> None:
    """What belonged to an account goes with it."""
    await card.open()
    await hass.config_entries.async_remove(loaded.entry_id)
    while not (event := await card.event()).get("snapshot"):
        pass
    assert event["accounts"] == []
    assert event["conversations"] == []


async def test_an_outage_under_an_open_card(
    card: Card, loaded: MockConfigEntry, simulator: Simulator
) -> None:
    """The card says that VoIP.ms does not answer, and recovers by itself."""
    await card.open()
    simulator.faults.add("http_503")
    await loaded.runtime_data.messages.async_refresh()
    [account] = (await card.event())["accounts"]
    assert account["available"] is False
    assert "VoIP.ms" in account["error"]
    assert (await card.do("messages/list", **thread()))["messages"]
    simulator.faults.clear()
    await loaded.runtime_data.messages.async_refresh()
    [account] = (await card.event())["accounts"]
    assert (account["available"], account["error"]) == (True, None)


async def test_a_cancelled_number(
    card: Card, loaded: MockConfigEntry, account: Account
) -> None:
    """The conversations of a number stay readable when it is gone."""
    del account.dids[OFFICE]
    for _ in range(3):
        await loaded.runtime_data.numbers.async_refresh()
    snapshot = await card.open()
    [number] = [
        each for each in snapshot["accounts"][0]["numbers"] if each["did"] == OFFICE
    ]
    assert (number["active"], number["can_send"]) == (False, False)
    assert (await card.do("messages/list", **thread()))["messages"]


async def test_names_of_contacts(
    hass: HomeAssistant, card: Card, loaded: MockConfigEntry, simulator: Simulator
) -> None:
    """A contact has its name, also in the other account, where it has its own."""
    other = make_entry(hass, simulator, "two@example.com", "two", "01SECOND")
    two = simulator.add_account("two@example.com", "two")
    two.add_did("5551230009", sms_enabled="1")
    two.receive("5551230009", NEIGHBOR, "Hello")
    await set_up(hass, other)
    add_contact(hass, loaded, "Alex", NEIGHBOR, OFFICE)
    snapshot = await card.open()
    names = {
        (each["config_entry_id"], each["name"])
        for each in snapshot["conversations"]
        if each["contact"] == NEIGHBOR
    }
    assert names == {(ENTRY_ID, "Alex"), ("01SECOND", "Alex")}
    add_contact(hass, other, "Neighbor", NEIGHBOR, "5551230009")
    while not (event := await card.event()).get("snapshot"):
        pass
    assert {
        (each["config_entry_id"], each["name"])
        for each in event["conversations"]
        if each["contact"] == NEIGHBOR
    } == {(ENTRY_ID, "Alex"), ("01SECOND", "Neighbor")}
    one = Card(card.client)
    only = await one.open(config_entry_id="01SECOND")
    assert len(only["accounts"]) == 1


async def test_many_conversations(
    hass: HomeAssistant,
    card: Card,
    account: Account,
    loaded: MockConfigEntry,
) -> None:
    """A thousand conversations arrive whole, and fast enough to be looked at."""
    start = now() - timedelta(days=30)
    for number in range(10_000):
        account.receive(
            OFFICE,
            f"555010{number % 1000:04}",
            f"Message {number}",
            at=start + timedelta(minutes=number),
        )
    await loaded.runtime_data.messages.async_look_back()
    began = monotonic()
    snapshot = await card.open()
    assert monotonic() - began < 2
    assert len(snapshot["conversations"]) >= 1000


async def test_without_an_account(
    hass: HomeAssistant, hass_ws_client: WebSocketGenerator
) -> None:
    """Where nothing is loaded, the card is told so."""
    assert await async_setup_component(hass, DOMAIN, {})
    card = Card(await hass_ws_client())
    code, words = await card.error("conversations/subscribe")
    assert code == "not_found"
    assert "not loaded" in words


async def test_the_card_is_served(
    hass: HomeAssistant,
    loaded: MockConfigEntry,
    simulator: Simulator,
    hass_client_no_auth: ClientSessionGenerator,
) -> None:
    """Dashboards load it, once for all accounts, and no more when the last is gone."""
    hass.config.components.add("frontend")
    changes: list[tuple[str, str]] = []
    urls = hass.data[DATA_EXTRA_MODULE_URL] = UrlManager(
        lambda change, url: changes.append((change, url)), []
    )
    other = make_entry(hass, simulator, "two@example.com", "two", "01SECOND")
    simulator.add_account("two@example.com", "two")
    await set_up(hass, other)
    await hass.config_entries.async_reload(loaded.entry_id)
    await hass.async_block_till_done()
    [url] = urls.urls
    client = await hass_client_no_auth()
    answer = await client.get(url)
    assert answer.status == 200
    assert "javascript" in answer.headers["Content-Type"]
    assert "max-age" in answer.headers["Cache-Control"]
    assert b"voipms-conversations" in await answer.read()
    await hass.config_entries.async_remove(other.entry_id)
    assert urls.urls == {url}
    await hass.config_entries.async_remove(loaded.entry_id)
    assert urls.urls == frozenset()
