"""The typed methods of the client, against the simulator."""

from datetime import timedelta
from decimal import Decimal

import orjson
import pytest

from custom_components.voipms.api import UrlCallback, VoipmsClient, change_of
from custom_components.voipms.api.destinations import SOURCES, headers_of
from custom_components.voipms.api.errors import (
    ConnectionReason,
    VoipmsAuthError,
    VoipmsConnectionError,
    VoipmsInvalidValueError,
    VoipmsRefusedError,
)
from custom_components.voipms.api.models import Did, Mailbox, SubAccount, eastern_today

from ..simulator import Account, Simulator
from .conftest import Server

OFFICE = "5551230000"


async def test_credentials(voipms: VoipmsClient, simulator: Simulator) -> None:
    """Credentials are right or an error says that they are not."""
    await voipms.verify_credentials()
    simulator.faults.add("status:invalid_credentials")
    with pytest.raises(VoipmsAuthError):
        await voipms.verify_credentials()


@pytest.mark.parametrize(
    ("said", "address"),
    [
        ("203.0.113.7", "203.0.113.7"),
        (" 2001:db8::7 ", "2001:db8::7"),
        ("2001:0db8:0::7", "2001:0db8:0::7"),
        ("<b>you</b>", ""),
        (None, ""),
        (["203.0.113.7"], ""),
    ],
)
async def test_own_ip(
    client: VoipmsClient, server: Server, said: object, address: str
) -> None:
    """Only what is an address is one."""
    server.body = orjson.dumps({"status": "success", "ip": said})
    assert await client.own_ip() == address


async def test_balance(voipms: VoipmsClient, account: Account) -> None:
    """The balance is an exact amount."""
    balance = await voipms.balance()
    assert balance.current_balance == Decimal(str(account.balance))
    assert balance.calls_today is not None


@pytest.mark.parametrize("said", [None, [], "", "12.50"])
async def test_no_balance(client: VoipmsClient, server: Server, said: object) -> None:
    """A balance that is not there is not known."""
    server.body = orjson.dumps({"status": "success", "balance": said})
    assert (await client.balance()).current_balance is None


async def test_records(voipms: VoipmsClient, account: Account) -> None:
    """Numbers, sub-accounts and mailboxes come by their key."""
    assert (await voipms.numbers()).keys() == account.dids.keys()
    for model in (SubAccount, Mailbox):
        records = await voipms.records(model)
        assert records
        assert all(record.key == key for key, record in records.items())


async def test_records_that_have_not_changed(
    voipms: VoipmsClient, account: Account
) -> None:
    """A reply that was read already is not read again."""
    first = await voipms.records_if_changed(Did, None)
    assert first is not None and first.is_complete
    assert await voipms.records_if_changed(Did, first.fingerprint) is None
    account.dids[OFFICE]["description"] = "Somewhere else"
    again = await voipms.records_if_changed(Did, first.fingerprint)
    assert again is not None
    assert again.by_key[OFFICE].description == "Somewhere else"


async def test_records_that_cannot_be_read(
    client: VoipmsClient, server: Server
) -> None:
    """A broken record does not cost the others, but a reply of nothing else is one."""
    broken = {"did": "no digits"}
    rows = [{"did": OFFICE, "note": "1"}, broken, {"did": OFFICE, "note": "2"}, 7]
    server.body = orjson.dumps({"status": "success", "dids": rows})
    records = await client.records_if_changed(Did, None)
    assert records is not None and not records.is_complete
    assert [number.note for number in records.by_key.values()] == ["1"]
    server.body = orjson.dumps({"status": "success", "dids": [broken]})
    with pytest.raises(VoipmsConnectionError) as error:
        await client.numbers()
    assert error.value.reason is ConnectionReason.UNEXPECTED


async def test_registration(voipms: VoipmsClient) -> None:
    """A sub-account is registered somewhere, or there is none of that name."""
    for account in await voipms.records(SubAccount):
        registration = await voipms.registration(account)
        assert registration.registered == bool(registration.address)
    with pytest.raises(VoipmsRefusedError):
        await voipms.registration("100001_nobody")


async def test_calls(client: VoipmsClient, server: Server) -> None:
    """Calls that cannot be read are left out."""
    call = {
        "uniqueid": "1",
        "date": "2026-11-20 12:00:00",
        "destination_type": "IN:DID",
        "seconds": "61",
    }
    server.body = orjson.dumps({"status": "success", "cdr": [call, {"seconds": 1}]})
    today = eastern_today()
    [found] = await client.calls(today - timedelta(days=1), today)
    assert (found.duration, found.time.hour) == (61, 17)
    assert server.form["date_from"] < server.form["date_to"] == today.isoformat()


async def test_destinations_and_servers(voipms: VoipmsClient) -> None:
    """Every source lists destinations that can be routed to."""
    for header, source in SOURCES.items():
        destinations = await voipms.destinations(source)
        assert {each.routing.header for each in destinations} <= {header}
    servers = await voipms.servers()
    assert servers and all(server.isdigit() for server in servers)


def test_sources_of_a_function() -> None:
    """What shows the effect of a function may be a source of destinations."""
    assert headers_of(["getIVRs", "getDIDsInfo"]) == ["ivr"]


@pytest.mark.parametrize(
    ("field", "value", "method", "sent"),
    [
        ("routing", "SYS:busy", "setDIDRouting", {"routing": "sys:busy"}),
        ("pop", 5, "setDIDPOP", {"pop": "5"}),
        ("note", "", "setDIDInfo", {"note": ""}),
        ("cnam", False, "setDIDInfo", {"cnam": "0"}),
        ("sms_enabled", True, "setSMS", {"enable": "1"}),
        ("sms_email", "me@example.com", "setSMS", {"email_address": "me@example.com"}),
    ],
)
def test_settings(field: str, value: object, method: str, sent: dict[str, str]) -> None:
    """A setting is named by the field of the record."""
    function, params = change_of(OFFICE, field, value)
    assert function.method == method
    assert params == {"did": OFFICE, **sent}


def test_invalid_setting() -> None:
    """A value that would be refused is found before anything is sent."""
    with pytest.raises(VoipmsInvalidValueError) as error:
        change_of(OFFICE, "dialtime", "soon")
    assert error.value.placeholders["field"] == "dialtime"


async def test_change(voipms: VoipmsClient, account: Account) -> None:
    """A change keeps everything else, and shows what became of it."""
    before = (await voipms.numbers())[OFFICE]
    shown: list[Did] = []
    await voipms.run(
        *change_of(OFFICE, "note", "new"),
        lambda record: shown.append(before.updated(record)),
    )
    after = (await voipms.numbers())[OFFICE]
    assert after.note == "new"
    assert after == before.updated({"note": "new"}) == shown[-1]


async def test_url_callback(voipms: VoipmsClient) -> None:
    """A callback is set exactly as it is given, and nothing else changes."""
    before = (await voipms.numbers())[OFFICE]
    wanted = UrlCallback(url="https://example.com/sms", enabled=True, retry=True)
    await voipms.set_url_callback(OFFICE, wanted)
    after = (await voipms.numbers())[OFFICE]
    assert after.url_callback == wanted
    assert after.sms_email == before.sms_email
    assert "example.com" not in repr(wanted)


async def test_reroute(voipms: VoipmsClient) -> None:
    """The routing of this moment decides about the next one."""
    shown: list[str] = []

    async def busy(routing: str) -> str | None:
        return None if routing == "sys:busy" else "sys:busy"

    for _ in range(2):
        await voipms.reroute(
            OFFICE, busy, lambda record: shown.append(record["routing"])
        )
    assert (await voipms.numbers())[OFFICE].routing == "sys:busy"
    assert set(shown) == {"sys:busy"}


@pytest.mark.parametrize(
    ("body", "status", "reason"),
    [
        (b"", 200, ConnectionReason.EMPTY),
        (b"<html>", 200, ConnectionReason.UNREADABLE),
        (b"[]", 200, ConnectionReason.UNEXPECTED),
        (b"{}", 200, ConnectionReason.NO_STATUS),
        (b"{}", 503, ConnectionReason.HTTP),
    ],
)
async def test_reasons(
    client: VoipmsClient,
    server: Server,
    body: bytes,
    status: int,
    reason: ConnectionReason,
) -> None:
    """The reason is a key, with details."""
    server.body, server.status = body, status
    with pytest.raises(VoipmsConnectionError) as error:
        await client.verify_credentials()
    assert error.value.reason is reason
    assert error.value.details == ({"code": "503"} if status == 503 else {})
    unsent = error.value.unsent()
    assert (unsent.sent, unsent.reason) == (False, reason)
    assert unsent.details == error.value.details
