"""The simulator behaves as the service is known to behave."""

from collections.abc import AsyncGenerator, Awaitable, Callable
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

from aiohttp import ClientError, ClientSession, ClientTimeout, FormData, web
from freezegun.api import FrozenDateTimeFactory
import orjson
import pytest

from tests.simulator import Account, Simulator, seed
from tests.simulator.families import FAMILIES
from tests.simulator.methods import HANDLERS

pytestmark = pytest.mark.usefixtures("socket_enabled")

OFFICE, HOME, CABIN = "5551230000", "5551230001", "5551230002"
OTHER = "5550100111"
Api = Callable[..., Awaitable[dict[str, Any]]]
DID_INFO = {"pop": "2", "dialtime": "60", "cnam": "1", "billing_type": "1"}


@pytest.fixture
async def simulator() -> AsyncGenerator[Simulator]:
    """Run a service."""
    async with Simulator() as simulator:
        yield simulator


@pytest.fixture
def account(simulator: Simulator) -> Account:
    """Have the demonstration's account."""
    return seed.demo_account(simulator)


@pytest.fixture
async def raw(
    simulator: Simulator, account: Account
) -> AsyncGenerator[Callable[..., Awaitable[bytes]]]:
    """Call the service and get the bytes of the reply."""

    async def call(method: str, /, **params: str) -> bytes:
        form = FormData()
        who = {"api_username": account.email, "api_password": account.password}
        for name, value in {**who, "method": method, **params}.items():
            form.add_field(name, value, content_type="text/plain")
        async with session.post(simulator.url, data=form) as response:
            assert response.headers["Content-Type"] == "text/html; charset=UTF-8"
            return await response.read()

    async with ClientSession(timeout=ClientTimeout(total=2)) as session:
        yield call


@pytest.fixture
def api(raw: Callable[..., Awaitable[bytes]]) -> Api:
    """Call the service and get the reply."""

    async def call(method: str, /, **params: str) -> dict[str, Any]:
        # Where a record was deleted, the body is empty.
        reply = orjson.loads(await raw(method, **params) or b'{"status": "success"}')
        assert isinstance(reply, dict)
        return reply

    return call


async def status(api: Api, method: str, **params: str) -> str:
    """Return only the status."""
    return str((await api(method, **params))["status"])


def test_contract_covers_the_interface(simulator: Simulator) -> None:
    """All functions are there, and everything the handlers answer to is one."""
    assert len(simulator.contract.methods) == 222
    assert set(HANDLERS) <= set(simulator.contract.methods)
    for family in FAMILIES.values():
        reply = simulator.contract.methods[family.get]["reply"]
        assert set(reply[family.listed][0]) <= {family.id, *family.blank}


async def test_reading_everything_keeps_the_shape(
    api: Api, simulator: Simulator
) -> None:
    """A list that the contract promises is a list, with the promised fields."""
    for method, facts in simulator.contract.methods.items():
        required = [n for n, spec in facts["params"].items() if spec.get("required")]
        if not method.startswith("get") or required:
            continue
        reply = await api(method)
        if reply["status"] != "success" or method == "getBalance":
            continue
        for key, shape in facts["reply"].items():
            assert isinstance(reply[key], type(shape)), method
            if isinstance(shape, list) and isinstance(shape[0], dict):
                assert set(shape[0]) <= set(reply[key][0]), method
    assert simulator.violations == []


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"api_password": ""}, "missing_credentials"),
        ({"api_password": "Demo-password"}, "invalid_credentials"),
        ({"api_username": "DEMO@Example.com"}, "success"),
        ({"method": ""}, "missing_method"),
        ({"method": "getNothing"}, "invalid_method"),
    ],
)
async def test_credentials(api: Api, change: dict[str, str], expected: str) -> None:
    """The email is compared loosely, the password exactly."""
    params = {"api_username": "demo@example.com", "method": "getBalance", **change}
    method = params.pop("method")
    assert await status(api, method, **params) == expected


async def test_switched_off(api: Api, account: Account) -> None:
    """A wrong address and a disabled interface have codes of their own."""
    account.ip_enabled = False
    assert await status(api, "getBalance") == "ip_not_enabled"
    assert await status(api, "getIP") == "success"
    account.api_enabled = False
    assert await status(api, "getBalance") == "api_not_enabled"


async def test_page_spellings(api: Api, simulator: Simulator) -> None:
    """What the page spells differently from the documentation works too."""
    group = (await api("getRingGroups"))["ring_groups"][0]["ring_group"]
    assert await status(api, "getRingGroups", ringgroup=group) == "success"
    assert await status(api, "getRingGroups", ring_group=group) == "success"
    assert await status(api, "getPortability", DID="5552341234") == "success"
    assert await status(api, "CancelDID", did=OFFICE, test="true") == "success"
    assert simulator.violations == []


@pytest.mark.parametrize(
    ("method", "params", "expected"),
    [
        ("setDIDRouting", {"routing": "none:"}, "missing_did"),
        ("setDIDRouting", {"did": f"+1{OFFICE}", "routing": "none:"}, "invalid_did"),
        ("setDIDInfo", {"did": OFFICE, "routing": "none:", **DID_INFO, "cnam": "true"}, "invalid_cnam"),
        ("cancelDID", {"did": OFFICE, "test": "1"}, "invalid_parameter"),
        ("getDIDsInfo", {"number": OFFICE}, "invalid_parameter"),
        ("setForwarding", {"phone_number": OTHER, "pause": "1.3"}, "invalid_pause"),
        ("sendSMS", {"did": OFFICE, "dst": OTHER, "message": ""}, "message_empty"),
        ("sendSMS", {"did": OFFICE, "dst": "+15550100111", "message": "x"}, "invalid_dst"),
    ],
)  # fmt: skip
async def test_contract_is_strict(
    api: Api, simulator: Simulator, method: str, params: dict[str, str], expected: str
) -> None:
    """What does not fit is refused with its code, and noted."""
    assert await status(api, method, **params) == expected
    assert len(simulator.violations) == 1
    assert simulator.violations[0].startswith(f"{method}.")
    assert OTHER not in simulator.violations[0]


@pytest.mark.parametrize(
    ("routing", "expected"),
    [
        ("account:100001_VoIP", "success"),
        ("account:100001_Gone", "invalid_route"),
        ("fwd:1", "invalid_route"),
        ("sys:busy", "success"),
        ("sys:nap", "invalid_route"),
        ("none:", "success"),
        ("moon:1", "invalid_routing_header"),
    ],
)
async def test_routing_must_lead_somewhere(
    api: Api, account: Account, routing: str, expected: str
) -> None:
    """A route names something the account has."""
    before = account.dids[CABIN]["routing"]
    assert await status(api, "setDIDRouting", did=CABIN, routing=routing) == expected
    assert account.dids[CABIN]["routing"] == (
        routing if expected == "success" else before
    )


async def test_careless_writes_blank(
    api: Api, account: Account, simulator: Simulator
) -> None:
    """What a caller leaves out is gone."""
    simulator.sms_settings_wait = 0
    assert (
        await status(api, "setDIDInfo", did=OFFICE, routing="none:", **DID_INFO)
        == "success"
    )
    office = account.dids[OFFICE]
    assert (office["note"], office["failover_busy"], office["port_out_pin"]) == (
        "",
        "none:",
        "",
    )
    assert office["description"] == "OFFICE"
    assert await status(api, "setSMS", did=OFFICE, enable="1") == "success"
    assert (office["sms_email"], office["smpp_pass"], office["dialmode"]) == (
        "",
        "",
        "1",
    )
    row = (await api("getForwardings"))["forwardings"][1]
    params = {"forwarding": row["forwarding"], "phone_number": row["phone_number"]}
    await api("setForwarding", **params)
    row = (await api("getForwardings", forwarding=row["forwarding"]))["forwardings"][0]
    assert (row["description"], row["dtmf_digits"], row["pause"]) == ("", "", "0")


async def test_updates_need_what_creating_needs(api: Api) -> None:
    """The id of an existing one makes nothing else optional."""
    disa = (await api("getDISAs"))["disa"][0]
    del disa["pin"]
    assert (
        await status(api, "setDISA", **{k: v for k, v in disa.items() if v})
        == "missing_pin"
    )


async def test_settings_twice_in_a_minute(
    api: Api, freezer: FrozenDateTimeFactory
) -> None:
    """Message settings can be changed once a minute, each number by itself."""
    assert await status(api, "setSMS", did=OFFICE, enable="1") == "success"
    assert await status(api, "setSMS", did=OFFICE, enable="0") == "sms_wait_message"
    assert await status(api, "setSMS", did=HOME, enable="1") == "success"
    freezer.tick(61)
    assert await status(api, "setSMS", did=OFFICE, enable="0") == "success"


@pytest.mark.parametrize(
    ("moment", "winter_zone", "expected"),
    [
        ("2026-07-01T12:00:00+00:00", "-5", "2026-07-01 08:00:00"),
        ("2026-12-01T12:00:00+00:00", "-5", "2026-12-01 07:00:00"),
        ("2026-07-01T12:00:00+00:00", "0", "2026-07-01 13:00:00"),
        ("2026-11-01T05:30:00+00:00", "-5", "2026-11-01 01:30:00"),
        ("2026-11-01T06:30:00+00:00", "-5", "2026-11-01 01:30:00"),
        ("2026-03-08T07:30:00+00:00", "-5", "2026-03-08 03:30:00"),
    ],
)
async def test_times_have_eastern_daylight_saving(
    api: Api, account: Account, moment: str, winter_zone: str, expected: str
) -> None:
    """With -5, times are those of a clock in New York, all year."""
    account.messages.clear()
    account.receive(OFFICE, OTHER, "x", at=datetime.fromisoformat(moment))
    days = {"from": moment[:10], "to": moment[:10]}
    reply = await api("getSMS", timezone=winter_zone, **days)
    assert reply["sms"][0]["date"] == expected


async def test_days_are_eastern(
    api: Api, account: Account, freezer: FrozenDateTimeFactory
) -> None:
    """A day begins at midnight in New York, whatever the timezone asked for."""
    freezer.move_to("2026-07-02T03:59:00+00:00")
    account.messages.clear()
    account.receive(OFFICE, OTHER, "late")
    assert (await api("getSMS", timezone="0"))["sms"][0][
        "date"
    ] == "2026-07-02 04:59:00"
    freezer.tick(60)
    assert await status(api, "getSMS", timezone="0") == "no_sms"
    july_first = {"from": "2026-07-01", "to": "2026-07-01"}
    assert await status(api, "getSMS", timezone="13", **july_first) == "success"


async def test_messages_listed(
    api: Api, account: Account, freezer: FrozenDateTimeFactory
) -> None:
    """Fifty, the newest first; MMS only if asked for; ids count by kind."""
    freezer.move_to("2026-07-02T16:00:00+00:00")
    account.messages.clear()
    for number in range(60):
        freezer.tick(1)
        account.receive(OFFICE, OTHER, f"text {number}")
    picture = account.receive(HOME, OTHER, "look", media=["https://example.com/a.png"])
    rows = (await api("getSMS"))["sms"]
    assert len(rows) == 50
    assert all(newer["date"] > older["date"] for newer, older in pairwise(rows))
    assert "media" not in rows[0]
    rows = (await api("getSMS", all_messages="1", limit="1000"))["sms"]
    assert len(rows) == 61
    assert rows[0]["col_media1"] == rows[0]["media"][0] == "https://example.com/a.png"
    assert [r["message"] for r in rows if r["id"] == "111121"] == ["look"]
    assert await status(api, "deleteSMS", id=picture["id"]) == "invalid_sms"
    assert await status(api, "deleteMMS", id=picture["id"]) == "success"
    old = {"from": "2026-03-31", "to": "2026-07-02"}
    assert await status(api, "getSMS", **old) == "invalid_daterange"


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("x" * 160, "success"),
        ("x" * 161, "sms_toolong"),
        ("é" * 80, "success"),
        ("é" * 80 + "x", "sms_toolong"),
        ("ж" * 80, "success"),
        ("中" * 53, "success"),
        ("中" * 54, "sms_toolong"),
        ("😀" * 40, "success"),
        ("😀" * 41, "sms_toolong"),
    ],
)
async def test_length(api: Api, message: str, expected: str) -> None:
    """One SMS holds 160 bytes, whatever the alphabet."""
    text = {"did": OFFICE, "dst": OTHER, "message": message}
    assert await status(api, "sendSMS", **text) == expected
    assert await status(api, "sendMMS", **text) == "success"


async def test_length_of_a_picture_message(api: Api) -> None:
    """One MMS holds 2048 bytes."""
    for message, expected in (("é" * 1024, "success"), ("é" * 1025, "sms_toolong")):
        text = {"did": OFFICE, "dst": OTHER, "message": message}
        assert await status(api, "sendMMS", **text) == expected


async def test_quotes_that_count_twice(api: Api, simulator: Simulator) -> None:
    """On request the service counts a quotation mark as two."""
    simulator.quotes_twice = True
    for message, expected in (("'\"" * 40, "success"), ("'" * 81, "sms_toolong")):
        text = {"did": OFFICE, "dst": OTHER, "message": message}
        assert await status(api, "sendSMS", **text) == expected


async def test_a_number_that_gets_no_messages(api: Api, simulator: Simulator) -> None:
    """On request the service refuses a recipient."""
    simulator.unreachable[OTHER] = "sms_failed"
    text = {"did": OFFICE, "message": "x"}
    assert await status(api, "sendSMS", dst=OTHER, **text) == "sms_failed"
    assert await status(api, "sendSMS", dst=HOME, **text) == "success"


async def test_sending(api: Api, account: Account) -> None:
    """A text between own numbers is there twice; the day has a limit; off is off."""
    account.messages.clear()
    account.daily_limit = 2
    sent = await api("sendSMS", did=OFFICE, dst=f"1{HOME}", message="hi")
    assert [(m.type, m.did, m.contact) for m in account.messages] == [
        ("0", OFFICE, HOME),
        ("1", HOME, OFFICE),
    ]
    assert account.sent[0].id == sent["sms"]
    data = "data:image/png;base64,aGVsbG8="
    mms = await api("sendMMS", did=OFFICE, dst=OTHER, message="look", media1=data)
    media = (await api("getMediaMMS", id=mms["mms"]))["media"]
    async with ClientSession() as session, session.get(media["1"]) as response:
        assert await response.read() == b"hello"
    assert (
        await status(api, "sendSMS", did=OFFICE, dst=OTHER, message="x")
        == "limit_reached"
    )
    assert (
        await status(api, "sendSMS", did=CABIN, dst=OTHER, message="x") == "sms_failed"
    )


@pytest.mark.parametrize(
    ("media", "expected"),
    [
        ("https://example.com/door.jpg", "success"),
        ("https://8.8.8.8/door?size=1", "success"),
        ("data:video/mp4;base64,aGVsbG8=", "success"),
        ("data:image/svg+xml;base64,aGVsbG8=", "invalid_file"),
        ("https://example.com/door.svg", "invalid_file"),
        (f"data:image/png;base64,{'A' * 1_700_000}", "exceeds_file_size"),
        ("http://192.168.1.5/door.jpg", "missing_file"),
        ("http://2130706433/door.jpg", "missing_file"),
        ("http://[::ffff:10.0.0.1]/door.jpg", "missing_file"),
        ("http://cam.local/door.jpg", "missing_file"),
        ("http://cam/door.jpg", "missing_file"),
    ],
    ids=lambda value: value[:40],
)
async def test_media(api: Api, account: Account, media: str, expected: str) -> None:
    """Pictures come as data or from where the service reaches; some kinds are taken."""
    known = len(account.sent)
    sent = await status(
        api, "sendMMS", did=OFFICE, dst=OTHER, message="look", media3=media
    )
    assert sent == expected
    assert len(account.sent) - known == (expected == "success")


async def test_urlencoded_sending_fails(simulator: Simulator, account: Account) -> None:
    """Sending by a plain form does not get through; reading does."""
    params = {"api_username": account.email, "api_password": account.password}
    text = {"method": "sendSMS", "did": OFFICE, "dst": OTHER, "message": "x"}
    async with ClientSession() as session:
        async with session.post(simulator.url, data=params | text) as response:
            assert orjson.loads(await response.read()) == {"status": "missing_params"}
        async with session.get(simulator.url, params=params | text) as response:
            assert orjson.loads(await response.read())["status"] == "success"
    assert [call.transport for call in simulator.calls] == ["urlencoded", "query"]
    assert all("api_password" not in call.params for call in simulator.calls)


async def test_orders(api: Api, account: Account) -> None:
    """An order adds the number and charges; a test does neither."""
    did = (await api("getDIDsUSA", state="FL"))["dids"][0]["did"]
    order = {"did": did, "routing": "vm:1001", **DID_INFO}
    balance = account.balance
    assert await status(api, "orderDID", **order, test="true") == "success"
    assert did not in account.dids
    assert account.balance == balance
    assert await status(api, "orderDID", **order) == "success"
    assert account.dids[did]["routing"] == "vm:1001"
    assert account.balance < balance
    assert await status(api, "orderDID", **order) == "did_in_use"
    account.balance -= account.balance
    order["did"] = (await api("getDIDsUSA", state="FL"))["dids"][0]["did"]
    assert await status(api, "orderDID", **order) == "non_sufficient_funds"
    assert await status(api, "cancelDID", did=did, test="true") == "success"
    assert did in account.dids
    assert await status(api, "cancelDID", did=did) == "success"
    assert did not in account.dids


@pytest.mark.parametrize(
    ("method", "wrong", "code"),
    [
        ("setTimeCondition", {"routing_match": "none:"}, "invalid_route"),
        ("setCallback", {"delay_before": "0"}, "invalid_delay_before"),
        (
            "setVoicemail",
            {"email_attachment_format": "no"},
            "invalid_email_attachment_format",
        ),
        ("setSubAccount", {"music_on_hold": "none"}, "invalid_musiconhold"),
    ],
)
async def test_refused_although_documented(
    api: Api,
    account: Account,
    simulator: Simulator,
    method: str,
    wrong: dict[str, str],
    code: str,
) -> None:
    """What the service lists and refuses is refused, also if a record holds it."""
    if method == "setSubAccount":
        row = dict(next(iter(account.sub_accounts.values())))
    else:
        family = next(each for each in FAMILIES.values() if each.set == method)
        rows = (await api(family.get))[family.listed]
        row = rows[-1]
    params = simulator.contract.params_of(method).keys()
    row |= wrong
    sent = {
        name: str(value)
        for name, value in row.items()
        if name in params and value not in ("", "0000-00-00")
    }
    assert await status(api, method, **sent) == code


async def test_deleting(
    api: Api, raw: Callable[..., Awaitable[bytes]], account: Account
) -> None:
    """What is in use stays where there is a code for it, and is missed where not.

    The answer to a deletion that was made is empty.
    """
    recording = account.families["ivrs"]["4636"]["recording"]
    assert (
        await status(api, "delRecording", recording=recording) == "recording_in_use_ivr"
    )
    account.dids[CABIN]["routing"] = "fwd:18635"
    assert await status(api, "delForwarding", forwarding="18635") == "success"
    assert account.dids[CABIN]["routing"] == "fwd:18635"
    assert (
        await status(api, "delForwarding", forwarding="18635") == "invalid_forwarding"
    )
    assert await raw("delForwarding", forwarding="18636") == b""
    assert await status(api, "getForwardings") == "no_forwarding"


async def test_a_row_survives_being_written_back(
    api: Api, simulator: Simulator
) -> None:
    """A row as listed is what `set` takes, by the names of its parameters."""
    for name, family in FAMILIES.items():
        params = simulator.contract.methods.get(family.set, {}).get("params", {})
        if not params or name in (
            "conference_members",
            "static_members",
            "call_parkings",
        ):
            continue
        row = (await api(family.get))[family.listed][0]
        known = {family.renamed.get(param, param): param for param in params}
        sent = {known[field]: value for field, value in row.items() if field in known}
        sent[family.set_param] = row[family.id]
        sent.pop(family.one if family.one != family.set_param else "", None)
        assert await status(api, family.set, **sent) == "success", name
        assert (await api(family.get))[family.listed][0] == row, name


async def test_values_as_numbers_and_single_rows(
    api: Api, simulator: Simulator
) -> None:
    """Replies can be written the other ways the service has."""
    simulator.values, simulator.bare_single = "native", True
    row = (await api("getDIDsInfo", did=OFFICE))["dids"]
    assert row["description"] == "OFFICE"
    assert any(isinstance(value, int) for value in row.values())
    assert any(value == "1" for value in row.values())


async def test_faults(
    api: Api, raw: Callable[..., Awaitable[bytes]], simulator: Simulator
) -> None:
    """Each fault does what its name says, as often as told."""
    simulator.faults.add("status:method_maintenance", method="getSMS", times=1)
    assert await status(api, "getBalance") == "success"
    assert await status(api, "getSMS") == "method_maintenance"
    assert await status(api, "getSMS") in ("success", "no_sms")
    simulator.faults.add("reset", times=1)
    with pytest.raises(ClientError):
        await api("getBalance")
    simulator.faults.add("empty_list", times=1)
    assert await status(api, "getForwardings") == "no_forwarding"
    simulator.faults.add("truncated", times=1)
    with pytest.raises(orjson.JSONDecodeError):
        orjson.loads(await raw("getDIDsInfo"))
    simulator.faults.add("bad_record", times=1)
    assert len((await api("getDIDsInfo"))["dids"]) == 5
    simulator.faults.add("slow", seconds=0.1, times=1)
    assert await status(api, "getBalance") == "success"
    with pytest.raises(ValueError, match="unknown fault"):
        simulator.faults.add("nonsense")


async def test_timeout_ends_with_the_server(api: Api, simulator: Simulator) -> None:
    """A call without an answer keeps nobody from stopping, nor from starting again."""
    simulator.faults.add("timeout")
    with pytest.raises(TimeoutError):
        await api("getBalance")
    port = simulator.port
    await simulator.stop()
    with pytest.raises(ClientError):
        await api("getBalance")
    await simulator.start()
    simulator.faults.clear()
    assert simulator.port == port
    assert await status(api, "getBalance") == "success"


async def test_done_but_reply_lost(
    api: Api, account: Account, simulator: Simulator
) -> None:
    """The text goes out though the caller hears nothing."""
    account.messages.clear()
    simulator.faults.add("lost_reply", method="sendSMS", times=1)
    with pytest.raises(ClientError):
        await api("sendSMS", did=OFFICE, dst=OTHER, message="once")
    assert [message.message for message in account.sent] == ["once"]


async def test_rate_limit(
    api: Api, simulator: Simulator, freezer: FrozenDateTimeFactory
) -> None:
    """So many calls a minute, and then no more for a while."""
    simulator.rate_limit = 2
    answers = [await status(api, "getBalance") for _ in range(3)]
    assert answers == ["success", "success", "api_limit_exceeded"]
    freezer.tick(61)
    assert await status(api, "getBalance") == "success"


class Listener:
    """Somebody's web server."""

    def __init__(self) -> None:
        """Answer what the service wants to hear."""
        self.answer = "ok"
        self.seen: list[web.Request] = []
        self.posted: list[Any] = []
        self.url = ""

    async def handle(self, request: web.Request) -> web.Response:
        """Note a request and answer it."""
        self.seen.append(request)
        if request.method == "POST":
            self.posted.append(await request.json())
        return web.Response(text=self.answer)


@pytest.fixture
async def listener() -> AsyncGenerator[Listener]:
    """Run a web server that notes what it gets."""
    listener = Listener()
    app = web.Application()
    app.router.add_route("*", "/hook", listener.handle)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    listener.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield listener
    await runner.cleanup()


async def test_url_callback(
    simulator: Simulator, account: Account, listener: Listener
) -> None:
    """The address is filled in, and called until it says ok."""
    query = "?to={TO}&from={FROM}&text={MESSAGE}&id={ID}&at={TIMESTAMP}&media={MEDIA}"
    account.dids[OFFICE].update(
        sms_url_callback=listener.url + query,
        sms_url_callback_enabled="1",
        sms_url_callback_retry="1",
    )
    listener.answer = "ok\n"
    at = datetime(2026, 7, 1, 12, tzinfo=UTC)
    await simulator.receive(OFFICE, OTHER, "a&b = ü?", at=at, id="7")
    assert dict(listener.seen[0].query) == {
        "to": OFFICE,
        "from": OTHER,
        "text": "a&b = ü?",
        "id": "7",
        "at": "2026-07-01 08:00:00",
        "media": "",
    }
    assert [message.id for message in simulator.callbacks.waiting] == ["7"]
    listener.answer = "ok"
    await simulator.callbacks.retry()
    assert [outcome.ok for outcome in simulator.callbacks.outcomes] == [False, True]
    assert simulator.callbacks.waiting == []


async def test_webhook(
    simulator: Simulator, account: Account, listener: Listener
) -> None:
    """The webhook gets the message as JSON."""
    account.dids[HOME].update(webhook=listener.url, webhook_enabled="1", dialmode="2")
    await simulator.receive(HOME, OTHER, "look", media=["https://example.com/a.png"])
    data = listener.posted[0]["data"]
    assert data["event_type"] == "message.received"
    assert data["payload"]["from"] == {"phone_number": f"+1{OTHER}"}
    assert data["payload"]["to"] == [{"phone_number": f"+1{HOME}"}]
    assert data["payload"]["text"] == "look"
    assert data["payload"]["media"] == [{"url": "https://example.com/a.png"}]
    assert simulator.callbacks.outcomes[0].ok


async def test_controls(simulator: Simulator, account: Account) -> None:
    """The controls do over HTTP what tests do in Python."""
    async with ClientSession(simulator.base_url) as session:

        async def post(path: str, body: Any = None) -> tuple[int, Any]:
            async with session.post(f"/control/{path}", json=body or {}) as response:
                return response.status, await response.json()

        text = {"did": OFFICE, "contact": OTHER, "message": "hello"}
        assert (await post("receive", text))[0] == 200
        assert (await post("receive", text | {"did": CABIN}))[0] == 409
        async with session.get(
            f"/control/messages?did={OFFICE}&contact={OTHER}"
        ) as response:
            assert (await response.json())[-1]["message"] == "hello"
        await post("set", {"did": OFFICE, "fields": {"routing": "sys:busy"}})
        assert account.dids[OFFICE]["routing"] == "sys:busy"
        await post("latency", {"ms": 250})
        await post("fault", {"kind": "reset", "times": 1})
        assert simulator.latency == 0.25
        await post("reset")
        assert simulator.latency == 0
        assert simulator.faults.take("getSMS") is None
        assert simulator.accounts[0].dids[OFFICE]["routing"] == "account:100001_VoIP"
        async with session.get("/phone") as response:
            assert "http://" not in await response.text()
