"""The VoIP.ms client by itself, where it is hard to see from above."""

from collections.abc import AsyncGenerator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from aiohttp import ClientSession, web
from hypothesis import example, given, settings, strategies as st
import orjson
import pytest

from custom_components.voipms.api import (
    ACTIONS,
    FUNCTIONS,
    Did,
    Function,
    Message,
    Routing,
    VoipmsClient,
)
from custom_components.voipms.api.errors import (
    VoipmsApiNotEnabledError,
    VoipmsAuthError,
    VoipmsConnectionError,
    VoipmsInvalidValueError,
    VoipmsIpNotEnabledError,
    VoipmsMaintenanceError,
    VoipmsRateLimitError,
    VoipmsRefusedError,
)
from custom_components.voipms.api.params import (
    Account,
    Amount,
    Base64,
    CallerId,
    Choice,
    Code,
    Date,
    Did as DidKind,
    Digits,
    Either,
    Flag,
    Id,
    Integer,
    IvrChoices,
    Joined,
    Kind,
    Media,
    Member,
    MessageText,
    OwnDid,
    PhoneNumber,
    PhoneNumbers,
    Pin,
    Routing as RoutingKind,
    Secret,
    Text,
    TrueSwitch,
    YesNo,
)
from custom_components.voipms.api.phone import display, normalize
from custom_components.voipms.directory import Directory
from custom_components.voipms.messages.ledger import Ledger, digest

from .simulator import Account as SimulatedAccount, Simulator

# --- One call ----------------------------------------------------------------------


class Server:
    """Answers every request with the same bytes, and keeps what it was sent."""

    def __init__(self) -> None:
        """Answer with a success until told otherwise."""
        self.body = b'{"status": "success"}'
        self.status = 200
        self.headers: dict[str, str] = {}
        self.query = ""
        self.form: dict[str, str] = {}
        self.content_type = ""

    async def answer(self, request: web.Request) -> web.Response:
        """Answer a request."""
        self.query = request.query_string
        self.content_type = request.content_type
        self.form = {name: str(value) for name, value in (await request.post()).items()}
        return web.Response(body=self.body, status=self.status, headers=self.headers)


@pytest.fixture
async def server(socket_enabled: None) -> AsyncGenerator[Server]:
    """Run a server that says anything."""
    server = Server()
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", server.answer)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    server.url = f"http://127.0.0.1:{runner.addresses[0][1]}/rest.php"
    yield server
    await runner.cleanup()


@pytest.fixture
async def client(server: Server) -> AsyncGenerator[VoipmsClient]:
    """Return a client that calls the server."""
    async with ClientSession() as session:
        yield VoipmsClient(session, "me@example.com", "pass wörd", url=server.url)


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


# --- Values ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "header", "record"),
    [
        ("account:100001_VoIP", "account", "100001_VoIP"),
        (
            "sip:5551230000@pbx.example.com:5060",
            "sip",
            "5551230000@pbx.example.com:5060",
        ),
        ("none:", "none", ""),
        ("none", "none", ""),
        ("sys:busy", "sys", "busy"),
        ("VM:1001", "vm", "1001"),
        (" fwd : 1026 ", "fwd", "1026"),
        ("newthing:7", "newthing", "7"),
    ],
)
def test_routing(text: str, header: str, record: str) -> None:
    """A routing is split at its first colon; unknown headers are kept."""
    assert Routing.parse(text) == Routing(header, record)
    assert Routing.parse(str(Routing(header, record))) == Routing(header, record)


@pytest.mark.parametrize(
    "text", ["", "busy", ":", "sys:", "vm:", ":1", "sys:nap", "v m:1", "5:1", "None"]
)
def test_what_is_no_routing(text: str) -> None:
    """What leads nowhere is refused."""
    if text == "None":
        assert str(Routing.parse(text)) == "none:"
        return
    with pytest.raises(VoipmsInvalidValueError):
        Routing.parse(text)


@pytest.mark.parametrize(
    ("spelling", "number"),
    [
        ("5551230000", "5551230000"),
        ("15551230000", "5551230000"),
        ("+15551230000", "5551230000"),
        ("+1 (555) 123-0000", "5551230000"),
        ("555.123.0000", "5551230000"),
        ("555-123-0000", "5551230000"),
        ("tel:+1-555-123-0000", "5551230000"),
        ("+442079460000", "011442079460000"),
        ("011442079460000", "011442079460000"),
        ("+44 20 7946 0000", "011442079460000"),
        ("+390612345678", "011390612345678"),
        ("22000", "22000"),
        ("911", "911"),
        ("BANK", "BANK"),
        ("anonymous", "anonymous"),
        ("", ""),
    ],
)
def test_spellings_of_a_number(spelling: str, number: str) -> None:
    """The same number always reads the same; what is none stays what it is."""
    assert normalize(spelling) == number


VANITY = [
    ("1-800-FLOWERS", "8003569377"),
    ("+1 (800) flowers", "8003569377"),
    ("1-888-555-HELP", "8885554357"),
    ("833.GO.FEDEX", "8334633339"),
    ("1\u2011877\u2011KARS4KIDS", "8775277454"),
    ("1-800-CONTACTS", "8002668228"),
    ("844-2-CALLME", "8442225563"),
]
NO_NUMBERS = [
    *("555-010-XXXX", "(555) 010-XXXX", "555010XXXX", "1-555-FLOWERS"),
    *("1-900-FLOWERS", "800-FLOWER", "800-555-XXXX", "1-800-555-01XX"),
    *("1-800-FL\u00d6WERS", "800-555-0100 ext 5", "5550100111x3", "call 555 010 0111"),
    *("800flowers@example.com", "1-800-FLOWERS x12", "+44 20 7946 XXXX", "INFO123"),
    *("011 44 20 7946 CALL", "2-800-FLOWERS", "Google"),
]


@pytest.mark.parametrize("kind", [DidKind(), OwnDid(), PhoneNumber()], ids=type)
def test_letters_of_a_number(kind: Kind) -> None:
    """Letters are keys in a toll-free number that spells a word, and nowhere else."""
    for spelling, number in VANITY:
        assert kind.to_wire(spelling) == number
        assert normalize(spelling) == number
    for text in NO_NUMBERS:
        with pytest.raises(VoipmsInvalidValueError) as error:
            kind.to_wire(text)
        assert error.value.placeholders["value"] == text
        assert normalize(text) == text


@pytest.mark.parametrize(
    "spelling",
    [
        "\u0665\u0665\u0665\u0661\u0662\u0663\u0660\u0660\u0660\u0660",
        "\uff15\uff15\uff15\uff11\uff12\uff13\uff10\uff10\uff10\uff10",
        "\u202a+1 555 123 0000\u202c",
        "TEL:+15551230000",
    ],
    ids=["Arabic", "full width", "marks of direction", "address"],
)
def test_digits_of_any_script(spelling: str) -> None:
    """A digit is a digit in any script; what is not seen is not there."""
    for kind in (DidKind(), OwnDid(), PhoneNumber()):
        assert kind.to_wire(spelling) == "5551230000"


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("5551230000", "(555) 123-0000"),
        ("011442079460000", "+44 20 7946 0000"),
        ("22000", "22000"),
        ("BANK", "BANK"),
    ],
)
def test_number_as_people_write_it(number: str, shown: str) -> None:
    """A number is shown as people write it."""
    assert display(number) == shown


@pytest.mark.parametrize(
    ("kind", "value", "wire"),
    [
        (Text(), "  as it is ", "  as it is "),
        (Text(), 12, "12"),
        (Text(3), "abc", "abc"),
        (Text(3), "abcd", None),
        (Text(), ["a"], None),
        (Text(), {"a": 1}, None),
        (Secret(), "s3cret", "s3cret"),
        (Digits(4, 4), "0012", "0012"),
        (Digits(4, 4), "123", None),
        (Digits(4, 4), "12a4", None),
        (Digits(4, 4), "١٢٣٤", None),
        (Pin(), "0000", "0000"),
        (Pin(), "12 34", None),
        (Base64(), "UklG\n Rg==", "UklGRg=="),
        (Base64(), "not base64!", None),
        (Base64(), "", None),
        (Media(), "https://example.com/a.jpg", "https://example.com/a.jpg"),
        (Media(), "data:image/png;base64,UklGRg==", "data:image/png;base64,UklGRg=="),
        (Media(), "ftp://example.com/a.jpg", None),
        (Media(), "data:image/png;base64,###", None),
        (Media(), "a.jpg", None),
        (OwnDid(), "+1 (555) 123-0000", "5551230000"),
        (PhoneNumber(), "(555) 123-0000", "5551230000"),
        (PhoneNumber(), "+44 20 7946 0000", "011442079460000"),
        (PhoneNumber(), "22000", "22000"),
        (PhoneNumber(), 5551230000, "5551230000"),
        (PhoneNumber(), "12", None),
        (PhoneNumber(), "Jane", None),
        (PhoneNumber(), "555 123", None),
        (CallerId(), "Jane <(555) 123-0000>", "Jane <5551230000>"),
        (CallerId(), "555-123-0000", "5551230000"),
        (CallerId(), "Jane <>", None),
        (CallerId(), "Jane <1-800-FLOWERS>", "Jane <8003569377>"),
        (CallerId(), "Jane <555-010-XXXX>", None),
        (PhoneNumbers(), "5551230000, 555 123 0001", "5551230000;5551230001"),
        (PhoneNumbers(), "5551230000\r\n5551230001;", "5551230000;5551230001"),
        (PhoneNumbers(), ["5551230000,5551230001"], "5551230000;5551230001"),
        (PhoneNumbers(), 5551230000, "5551230000"),
        (PhoneNumbers(), "5551230000, Jane", None),
        (MessageText(), 0, "0"),
        (MessageText(), "é" * 1024, "é" * 1024),
        (MessageText(), "é" * 1024 + "a", None),
        (RoutingKind(), "SYS:busy", "sys:busy"),
        (RoutingKind(), "sys:nap", None),
        (Flag(), True, "1"),
        (Flag(), "off", "0"),
        (Flag(), 0, "0"),
        (Flag(), "YES", "1"),
        (Flag(), 2, None),
        (Flag(), "perhaps", None),
        (YesNo(), True, "yes"),
        (YesNo(), "0", "no"),
        (TrueSwitch(), "yes", "true"),
        (Id(), 737, "737"),
        (Id(), " 737 ", "737"),
        (Id(), "7;8", None),
        (Id(), -1, None),
        (Id(), True, None),
        (Code(), "wav49", "wav49"),
        (Code(), "two words", None),
        (Account(), "SIP/100001_VoIP", "100001_VoIP"),
        (Account(), "account:100001_VoIP", "100001_VoIP"),
        (Amount(), "1.50", "1.50"),
        (Amount(), 1e-05, "0.00001"),
        (Amount(), 3, "3"),
        (Amount(), -1, None),
        (Amount(), "NaN", None),
        (Amount(), "1e400", None),
        (Amount(), "Infinity", None),
        (Amount(0, 10, 0.5), 2.5, "2.5"),
        (Amount(0, 10, 0.5), 2.6, None),
        (Amount(0, 10), 11, None),
        (Integer(1, 60), 20.0, "20"),
        (Integer(1, 60), "20", "20"),
        (Integer(1, 60), 20.5, None),
        (Integer(1, 60), 0, None),
        (Integer(1, 60), True, None),
        (Integer(1, 60), "many", None),
        (Integer(0, 60, 5), 7, None),
        (Date(), "2026-03-30", "2026-03-30"),
        (Date(), date(2026, 3, 30), "2026-03-30"),
        (Date(), datetime(2026, 3, 30, 12, tzinfo=UTC), "2026-03-30"),
        (Date(), "2026-02-30", None),
        (Date(), "30.3.2026", None),
        (Choice("a", "b"), "A", "a"),
        (Choice("a", "b"), "c", None),
        (Choice("no", "yes"), False, "no"),
        (Choice("a", "b"), True, None),
        (Either(Integer(1, 60), "none"), "None", "none"),
        (Either(Integer(1, 60), "none"), 30, "30"),
        (Either(Integer(1, 60), "none"), "some", None),
        (Joined(Id()), [1, "2"], "1;2"),
        (Joined(Id()), "1; 2;", "1;2"),
        (Joined(Id()), 1, "1"),
        (Joined(Id(), at_most=1), [1, 2], None),
        (Joined(Id()), ["1", "x y"], None),
        (Member(), "account:100001_VoIP,20,1", "account:100001_VoIP,20,1"),
        (Member(), "fwd:18635, 20, yes", "fwd:18635,20,1"),
        (Member(), "fwd:18635,99", None),
        (Member(), "vm:1001", None),
        (IvrChoices(), {1: "sip:5096", "*": "vm:1001"}, "1=sip:5096;*=vm:1001"),
        (IvrChoices(), "1=sip:5096;2=fwd:20222;", "1=sip:5096;2=fwd:20222"),
        (IvrChoices(), {"1": "busy"}, None),
        (IvrChoices(), {}, None),
        (IvrChoices(), "1:sip:5096", None),
    ],
    ids=lambda value: None if isinstance(value, Kind) else repr(value),
)
def test_what_goes_out(kind: Kind, value: Any, wire: str | None) -> None:
    """What a person writes goes out as VoIP.ms takes it, or is refused."""
    if wire is None:
        with pytest.raises(VoipmsInvalidValueError):
            kind.to_wire(value)
    else:
        assert kind.to_wire(value) == wire


def test_silence_is_no_value() -> None:
    """Where the wire knows only "true", a no is not sent."""
    assert TrueSwitch().to_wire(False) is None


@pytest.mark.parametrize(
    "row",
    [
        {"did": "5551230000", "sms_available": 1, "description": None},
        {"did": 5551230000, "sms_available": "1", "unknown": []},
        {"did": "555.123.0000", "sms_available": "yes"},
        {"did": "+15551230000", "sms_available": True, "next_billing": "0000-00-00"},
    ],
)
def test_number_in_any_form(row: dict[str, Any]) -> None:
    """However VoIP.ms writes a number's record, it reads the same."""
    did = Did.from_dict(row)
    assert (did.did, did.description, did.routing) == ("5551230000", "", "")
    assert did.sms_available is True


ROW = {
    "id": "1",
    "date": "2026-11-20 12:00:00",
    "type": "1",
    "did": "5551230000",
    "contact": "5550100111",
    "message": "Hi",
}


@pytest.mark.parametrize(
    ("change", "media"),
    [
        ({}, ()),
        ({"media": ["https://a/1", "https://a/2"]}, ("https://a/1", "https://a/2")),
        ({"media": {"0": "https://a/1"}}, ("https://a/1",)),
        (
            {"col_media1": "https://a/1", "col_media2": "", "media": ["https://a/1"]},
            ("https://a/1",),
        ),
        ({"media": "", "col_media1": None}, ()),
    ],
)
def test_media_of_a_message(change: dict[str, Any], media: tuple[str, ...]) -> None:
    """Media come in several forms; each is listed once."""
    assert Message.from_row(ROW | change).media == media


@pytest.mark.parametrize("missing", ["id", "date", "did", "contact"])
def test_broken_message(missing: str) -> None:
    """A row without what tells a message apart is no message."""
    with pytest.raises((KeyError, ValueError)):
        Message.from_row({key: value for key, value in ROW.items() if key != missing})


# --- The directory -----------------------------------------------------------------


@settings(max_examples=50, deadline=None)
@example({1: "A", 2: "A", 3: "A [1]"})
@given(st.dictionaries(st.integers(1, 99), st.sampled_from(["A", "B", "A [1]", ""])))
def test_names_stand_for_one_destination(groups: dict[int, str]) -> None:
    """Whatever destinations are called, each name leads to one of them."""
    found = {Routing("grp", str(key)): f"Group {name}" for key, name in groups.items()}
    directory = Directory.of({"grp": found}, {})
    assert len(directory.options) == len(set(directory.options))
    assert {str(routing) for routing in found} <= directory.names.keys()


def test_what_the_directory_can_tell() -> None:
    """Only where every destination is known can one be unknown."""
    directory = Directory.of({"vm": {Routing("vm", "1001"): "Voicemail 1001"}}, {})
    assert directory.knows(Routing("vm", "1001"))
    assert not directory.knows(Routing("vm", "1002"))
    assert directory.knows(Routing("grp", "1"))


# --- The table and its witness -----------------------------------------------------


@pytest.mark.parametrize("function", FUNCTIONS.values(), ids=lambda f: f.method)
def test_function_is_as_the_contract_says(
    function: Function, contract: dict[str, Any]
) -> None:
    """Each function takes what VoIP.ms takes, and needs what VoIP.ms needs."""
    facts = contract[function.method]
    names = {param.name for param in function.params}
    assert names <= facts["params"].keys()
    required = {name for name, spec in facts["params"].items() if spec.get("required")}
    missing = required - {param.name for param in function.params if param.required}
    assert not missing
    assert {
        key for key, shape in facts["reply"].items() if isinstance(shape, list)
    } >= ({function.lists} & facts["reply"].keys())


def test_actions_are_named_once() -> None:
    """No two functions share an action."""
    named = [function for function in FUNCTIONS.values() if function.action]
    assert len(ACTIONS) == len(named)


@pytest.fixture(scope="module")
def contract() -> dict[str, Any]:
    """Return what the simulator knows of every function."""
    return Simulator().contract.methods


# --- The ledger --------------------------------------------------------------------

TODAY, YESTERDAY = date(2026, 11, 20), date(2026, 11, 19)


def entered(path: Path, *identities: str) -> Ledger:
    """Return a ledger in which messages of today are entered."""
    ledger = Ledger(path)
    ledger.open()
    for identity in identities:
        ledger.enter(digest(identity), TODAY)
    return ledger


def reopened(path: Path) -> Ledger:
    """Return what another process finds."""
    ledger = Ledger(path)
    ledger.open()
    ledger.close()
    return ledger


def test_ledger_survives_a_kill(tmp_path: Path) -> None:
    """What was entered is there even if nobody closed the file."""
    path = tmp_path / "ledger"
    ledger = entered(path, "one", "two")
    found = reopened(path)
    assert digest("one") in found and digest("two") in found
    assert digest("three") not in found
    ledger.close()


@pytest.mark.parametrize("cut", range(1, 38))
def test_ledger_with_its_last_line_cut(tmp_path: Path, cut: int) -> None:
    """A crash in the middle of a line costs that line only, now and later."""
    path = tmp_path / "ledger"
    entered(path, "one", "two").close()
    path.write_bytes(path.read_bytes()[:-cut])
    ledger = entered(path, "three")
    ledger.close()
    found = reopened(path)
    assert digest("one") in found
    assert digest("three") in found
    assert (digest("two") in found) == (cut == 1)


def test_ledger_forgets_what_is_behind_the_horizon(tmp_path: Path) -> None:
    """When the horizon moves, the days before it go, and the file gets shorter."""
    path = tmp_path / "ledger"
    ledger = entered(path, "new")
    ledger.enter(digest("old"), YESTERDAY)
    size = path.stat().st_size
    ledger.move(TODAY)
    ledger.enter(digest("newer"), TODAY)
    ledger.close()
    found = reopened(path)
    assert found.horizon == TODAY
    assert digest("old") not in found
    assert digest("new") in found and digest("newer") in found
    assert path.stat().st_size < size + 40
    assert path.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    "rubbish", ["", "\n\n", "horizon\n", "horizon soon\n", "2026-11-20 short\n", "x"]
)
def test_ledger_with_rubbish(tmp_path: Path, rubbish: str) -> None:
    """What cannot be read is passed over."""
    path = tmp_path / "ledger"
    path.write_text(rubbish, encoding="utf-8")
    entered(path, "one").close()
    found = reopened(path)
    assert digest("one") in found
    assert found.horizon is None


def test_closed_ledger(tmp_path: Path) -> None:
    """A poll that ends after the account was taken down writes nothing."""
    path = tmp_path / "ledger"
    ledger = entered(path, "one")
    ledger.move(YESTERDAY)
    ledger.close()
    before = path.read_bytes()
    ledger.move(TODAY)
    ledger.close()
    assert path.read_bytes() == before
    assert reopened(path).horizon == YESTERDAY
    ledger.remove()
    assert not path.exists()
