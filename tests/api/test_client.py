"""The client: what goes out, and what comes back."""

from typing import Any

from aiohttp import ClientSession
import orjson
import pytest

from custom_components.voipms.api import VoipmsClient
from custom_components.voipms.api.errors import (
    VoipmsApiNotEnabledError,
    VoipmsAuthError,
    VoipmsConnectionError,
    VoipmsIpNotEnabledError,
    VoipmsMaintenanceError,
    VoipmsRateLimitError,
    VoipmsRefusedError,
)

from ..simulator import Account as SimulatedAccount, Simulator
from .conftest import Server


async def test_what_a_call_looks_like(client: VoipmsClient, server: Server) -> None:
    """Everything travels in a multipart body, nothing in the address."""
    assert await client.call("sendSMS", {"message": "Grüße & 100 %\n\N{CAT}"}) == {}
    assert server.content_type == "multipart/form-data"
    assert server.query == ""
    assert server.form == {
        "api_username": "me@example.com",
        "api_password": "pass wörd",
        "method": "sendSMS",
        "message": "Grüße & 100 %\n\N{CAT}",
    }


@pytest.mark.parametrize(
    ("status", "error"),
    [
        ("invalid_credentials", VoipmsAuthError),
        ("missing_credentials", VoipmsAuthError),
        ("ip_not_enabled", VoipmsIpNotEnabledError),
        ("api_not_enabled", VoipmsApiNotEnabledError),
        ("api_limit_exceeded", VoipmsRateLimitError),
        ("method_maintenance", VoipmsMaintenanceError),
        ("limit_reached", VoipmsRefusedError),
        ("never_heard_of", VoipmsRefusedError),
    ],
)
async def test_errors_that_callers_tell_apart(
    client: VoipmsClient, server: Server, status: str, error: type[Exception]
) -> None:
    """A status other than success is the error of its kind, with the code."""
    server.body = orjson.dumps({"status": status, "password": "SECRET"})
    with pytest.raises(error, match=status) as raised:
        await client.call("getBalance")
    assert type(raised.value) is error
    assert "SECRET" not in str(raised.value)


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 200),
        (b"<html>Checking your browser SECRET</html>", 200),
        (b'{"status": "success", "password": "SECRET', 200),
        (b'["SECRET"]', 200),
        (b'"SECRET"', 200),
        (b"null", 200),
        (b'{"password": "SECRET"}', 200),
        (b'{"status": {"SECRET": 1}}', 200),
        (b'{"status": "please visit SECRET <b>"}', 200),
        (b'{"status": "success"}', 500),
        (b'{"status": "success"}', 403),
        (b'{"status": "success"}', 302),
        (b"\xff\xfe\x00", 200),
    ],
)
async def test_answers_that_make_no_sense(
    client: VoipmsClient, server: Server, body: bytes, status: int
) -> None:
    """What cannot be read is a connection error that does not repeat it."""
    server.body, server.status = body, status
    server.headers = {"Location": "https://example.com/"} if status == 302 else {}
    with pytest.raises(VoipmsConnectionError) as error:
        await client.call("getBalance")
    assert error.value.sent
    chain = f"{error.value!r} {error.value.__cause__!r} {error.value.__context__!r}"
    assert "SECRET" not in str(error.value)
    assert "SECRET" not in f"{error.value.__cause__!r}"
    assert "pass wörd" not in chain


async def test_one_wrong_byte(client: VoipmsClient, server: Server) -> None:
    """A byte that is no UTF-8 costs itself and nothing else."""
    server.body = b'{"status": "success", "sms": [{"id": 1, "message": "caf\xe9"}]}'
    reply = await client.call("getSMS")
    assert reply["sms"][0]["message"] == "caf\N{REPLACEMENT CHARACTER}"


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ({"dids": [{"did": "1"}]}, [{"did": "1"}]),
        ({"dids": {"did": "1"}}, [{"did": "1"}]),
        ({"dids": []}, []),
        ({"dids": None}, []),
        ({"dids": ""}, []),
        ({}, []),
    ],
)
async def test_lists_are_lists(
    client: VoipmsClient, server: Server, answer: dict[str, Any], expected: list[Any]
) -> None:
    """However VoIP.ms writes a list, it is one."""
    server.body = orjson.dumps({"status": "success", **answer})
    assert (await client.call("getDIDsInfo"))["dids"] == expected


async def test_empty_list_by_status(client: VoipmsClient, server: Server) -> None:
    """A code that says the list is empty is an empty list, but only when reading."""
    server.body = b'{"status": "no_sms"}'
    assert await client.call("getSMS") == {"sms": []}
    server.body = b'{"status": "no_did"}'
    with pytest.raises(VoipmsRefusedError):
        await client.call("setDIDRouting", {"did": "5551230000", "routing": "sys:busy"})


async def test_empty_answer(client: VoipmsClient, server: Server) -> None:
    """Nothing at all is a success when something is deleted, and only then."""
    server.body = b""
    assert await client.call("deleteSMS", {"id": "1"}) == {}
    with pytest.raises(VoipmsConnectionError):
        await client.call("setDIDRouting", {"did": "5551230000", "routing": "sys:busy"})
    with pytest.raises(VoipmsConnectionError):
        await client.call("noSuchFunction")


async def test_never_reached(socket_enabled: None) -> None:
    """A call that found nobody was not sent, which is worth knowing."""
    async with ClientSession() as session:
        client = VoipmsClient(session, "a", "b", url="http://127.0.0.1:9/")
        with pytest.raises(VoipmsConnectionError) as error:
            await client.call("getBalance")
    assert not error.value.sent


async def test_never_twice(simulator: Simulator, account: SimulatedAccount) -> None:
    """A call whose answer is lost is not sent again, not even by the HTTP library."""
    async with ClientSession() as session:
        client = VoipmsClient(
            session, account.email, account.password, url=simulator.url
        )
        await client.call("getBalance")  # so that a connection is kept open
        simulator.faults.add("lost_reply")
        with pytest.raises(VoipmsConnectionError) as error:
            await client.call("getBalance")
    assert error.value.sent
    assert len(simulator.calls) == 2
