"""The messages that are kept for the conversation card."""

from datetime import timedelta

from freezegun.api import FrozenDateTimeFactory
from pytest_homeassistant_custom_component.common import MockConfigEntry

from ..conftest import NEIGHBOR, OFFICE, Later
from ..simulator import Account
from ..simulator.state import now


def texts(entry: MockConfigEntry, contact: str = NEIGHBOR) -> list[str]:
    """Return the texts of a conversation, as the card shows them."""
    conversations = entry.runtime_data.messages.conversations
    return [
        kept.message.text for kept in conversations.threads.get((OFFICE, contact), ())
    ]


async def test_a_group_message_is_one_message(
    account: Account, loaded: MockConfigEntry
) -> None:
    """What is listed once for each of its recipients is shown once."""
    account.receive_group(OFFICE, NEIGHBOR, "To all of you", legs=3)
    await loaded.runtime_data.messages.async_refresh()
    assert texts(loaded).count("To all of you") == 1
    await loaded.runtime_data.messages.async_look_back()
    assert texts(loaded).count("To all of you") == 1


async def test_another_spelling_is_the_same_message(
    account: Account, loaded: MockConfigEntry
) -> None:
    """A message that VoIP.ms spells anew changes, and does not come twice."""
    arrived = account.receive_message(OFFICE, NEIGHBOR, "Fish \ufffd chips")
    await loaded.runtime_data.messages.async_refresh()
    arrived.message = "Fish & chips"
    await loaded.runtime_data.messages.async_refresh()
    assert texts(loaded)[-1] == "Fish & chips"
    assert sum(text.startswith("Fish") for text in texts(loaded)) == 1


async def test_media_that_come_late(
    later: Later, account: Account, loaded: MockConfigEntry
) -> None:
    """A message has its pictures as soon as VoIP.ms tells them."""
    account.receive_message(
        OFFICE, NEIGHBOR, "Look", media=["/media/a.jpg"], mms=True, media_after=8
    )
    await loaded.runtime_data.messages.async_refresh()
    conversations = loaded.runtime_data.messages.conversations
    assert conversations.threads[(OFFICE, NEIGHBOR)][-1].message.media == ()
    await later(seconds=6)
    await later(seconds=11)
    [address] = conversations.threads[(OFFICE, NEIGHBOR)][-1].message.media
    assert address.endswith("/media/a.jpg")


async def test_messages_in_the_order_of_their_time(
    account: Account, loaded: MockConfigEntry
) -> None:
    """A message that is listed late is shown at its place."""
    contact = "5550100777"
    at = now() - timedelta(minutes=10)
    account.receive(OFFICE, contact, "third", at=at + timedelta(seconds=2))
    await loaded.runtime_data.messages.async_refresh()
    account.receive(OFFICE, contact, "first", at=at)
    account.send(OFFICE, contact, "second", at=at + timedelta(seconds=1))
    await loaded.runtime_data.messages.async_refresh()
    assert texts(loaded, contact) == ["first", "second", "third"]


async def test_what_is_old_goes_from_memory(
    freezer: FrozenDateTimeFactory, account: Account, loaded: MockConfigEntry
) -> None:
    """A Home Assistant that runs for months does not keep all of them in memory."""
    contact = "5550100777"
    account.receive(OFFICE, contact, "long ago")
    await loaded.runtime_data.messages.async_refresh()
    assert texts(loaded, contact) == ["long ago"]
    freezer.tick(timedelta(days=130))
    await loaded.runtime_data.messages.async_refresh()
    assert texts(loaded, contact) == []
    conversations = loaded.runtime_data.messages.conversations
    assert conversations.since
    assert (now().date() - conversations.since).days < 92


async def test_deleting_does_not_need_the_whole_list(
    account: Account, loaded: MockConfigEntry
) -> None:
    """What one poll does not ask for is not taken for deleted."""
    before = texts(loaded)
    assert before
    for _ in range(3):
        await loaded.runtime_data.messages.async_refresh()
    assert texts(loaded) == before
