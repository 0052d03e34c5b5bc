"""Every function as an action: the table against the witness, every call on the wire."""

from collections.abc import Iterator
from copy import deepcopy
from decimal import Decimal
from typing import Any

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry, MockUser

from custom_components.voipms.api import FUNCTIONS
from custom_components.voipms.const import DOMAIN
from homeassistant.core import HomeAssistant, SupportsResponse
from homeassistant.exceptions import (
    HomeAssistantError,
    ServiceValidationError,
    Unauthorized,
)
from homeassistant.helpers import translation

from ..conftest import OFFICE, device_of
from ..simulator import Account, Simulator
from ..simulator.contract import Spec, valid
from .calls import ACTIONS, CONTRACT, DELETE, ORDER, READ, act, value

EMPTY = {"success", "no_did", "no_mms", "no_sms"}
"""What a look-up may be answered."""
UNDOCUMENTED = {("setPhonebookGroup", "phonebook")}
"""Parameters that the interface names and no document describes."""
LETTERS = ("555-010-XXXX", "(555) 010-XXXX", "555010XXXX", "+1 555 FLOWERS")
"""What a telephone's keys would make a number of, and nobody means as one."""
FIRST_TIME = {("setRecording", "file"), ("setRecording", "name")}
"""Parameters that only a new record needs."""


def params_of(method: str) -> dict[str, Spec]:
    """Return what the witness says a function takes."""
    return {
        name: spec
        for name, spec in CONTRACT.params_of(method).items()
        if (method, name) not in UNDOCUMENTED
    }


def needed(method: str) -> list[str]:
    """Return what a function cannot do without."""
    return [
        name
        for name, spec in params_of(method).items()
        if spec.get("required") or (method, name) in FIRST_TIME
    ]


def written(method: str, names: Iterator[str] | list[str]) -> dict[str, Any]:
    """Return what a person writes for some parameters."""
    return {name: value(method, name).written for name in names}


def on_the_wire(method: str, names: Iterator[str] | list[str]) -> dict[str, str]:
    """Return what must arrive for some parameters."""
    return {name: value(method, name).wire for name in names}


async def refused(hass: HomeAssistant, action: str, data: dict[str, Any]) -> str | None:
    """Return the reason for which an action is refused; None if it is not."""
    try:
        await act(hass, action, data)
    except ServiceValidationError as err:
        return err.translation_key
    except HomeAssistantError as err:
        return f"too late: {err.translation_key}"
    return None


# --- The table and the witness -----------------------------------------------------


def test_actions(hass: HomeAssistant, loaded: MockConfigEntry) -> None:
    """Each function has its action, and there are no others but one for the rest."""
    assert hass.services.async_services_for_domain(DOMAIN).keys() == {
        *ACTIONS,
        "call_api",
    }


@pytest.mark.parametrize("method", FUNCTIONS)
def test_table(method: str) -> None:
    """The table takes what the vendor's documents list, and knows their lists."""
    function = FUNCTIONS[method]
    named = {param.name for param in function.params}
    required = {param.name for param in function.params if param.required}
    lists = {
        key
        for key, shape in CONTRACT.methods[method]["reply"].items()
        if isinstance(shape, list)
    }
    assert named == params_of(method).keys()
    assert required == set(needed(method))
    assert {function.lists} - {""} == lists


# --- Every call on the wire --------------------------------------------------------


@pytest.mark.parametrize("action", ACTIONS)
async def test_with_every_parameter(
    hass: HomeAssistant, loaded: MockConfigEntry, simulator: Simulator, action: str
) -> None:
    """An action with every parameter sends them as VoIP.ms writes them."""
    method, group = ACTIONS[action]
    names = list(params_of(method))
    simulator.clear_calls()
    response = await act(hass, action, written(method, names))

    (call,) = simulator.calls_of(method)
    assert call.params == on_the_wire(method, names)
    assert call.status in (EMPTY if group == READ else {"success"})
    assert "status" not in response
    for key, shape in CONTRACT.methods[method]["reply"].items():
        if isinstance(shape, list):
            assert isinstance(response[key], list)


@pytest.mark.parametrize("action", ACTIONS)
async def test_with_what_is_needed(
    hass: HomeAssistant, loaded: MockConfigEntry, simulator: Simulator, action: str
) -> None:
    """What is not given is not sent, unless it has to be sent back to be kept."""
    method, group = ACTIONS[action]
    names = needed(method)
    simulator.clear_calls()
    await act(hass, action, written(method, names))

    call = simulator.calls_of(method)[0]
    expected = on_the_wire(method, names)
    if method in ("setDIDInfo", "setSMS"):  # they always change a number that exists
        assert call.params.items() >= expected.items()
    elif method in ("getSMS", "getMMS"):  # VoIP.ms cuts a list of 50 off
        assert call.params.keys() == {*expected, "limit"}
    else:
        assert call.params == expected
    assert call.status in (EMPTY if group == READ else {"success"})


@pytest.mark.parametrize(
    "simulator_options", [{"bare_single": True}, {"values": "native"}]
)
async def test_lists_are_lists(
    hass: HomeAssistant, loaded: MockConfigEntry, simulator: Simulator
) -> None:
    """However VoIP.ms writes a list, a response holds one, of what was in it."""
    for action, (method, group) in ACTIONS.items():
        if group == READ:
            response = await act(hass, action, written(method, needed(method)))
            for key, shape in CONTRACT.methods[method]["reply"].items():
                if isinstance(shape, list):
                    kind = dict if isinstance(shape[0], dict) else (str, int)
                    assert isinstance(response[key], list), (action, key)
                    assert all(isinstance(item, kind) for item in response[key])
    assert [
        str(did) for did in (await act(hass, "get_did_vpri", {"vpri": 100112}))["dids"]
    ] == ["5551230002"]


async def test_empty_lists(
    hass: HomeAssistant, loaded: MockConfigEntry, simulator: Simulator
) -> None:
    """That there is nothing is an empty list and no error."""
    for action, (method, group) in ACTIONS.items():
        reply = CONTRACT.methods[method]["reply"]
        keys = [key for key, shape in reply.items() if isinstance(shape, list)]
        if group == READ and keys:
            simulator.faults.add("empty_list", method=method)
            response = await act(hass, action, written(method, needed(method)))
            assert response == {key: [] for key in keys}, action
            simulator.faults.clear()


# --- What is refused before it is sent ---------------------------------------------


def wrong(spec: Spec) -> list[Any]:
    """Return values that a parameter cannot have, by what the witness says of it."""
    if separator := spec.get("separator"):
        one = {
            key: item for key, item in spec.items() if key not in ("separator", "items")
        }
        bad = [item for item in wrong(one) if separator not in str(item)]
        many = ["en-US"] * (spec["items"] + 1) if "items" in spec else []
        return [*([item] for item in bad), *([many] if many else [])] + [
            f"{item}{separator}{item}" for item in bad if isinstance(item, str)
        ]
    match spec["kind"]:
        case "integer" | "decimal":
            return ["many", True, *_beside(spec)]
        case "text" if "length" in spec:
            return ["x" * (spec["length"] + 1)]
        case "text":
            return []
    return {
        "id": ["the first", "-1", "12;13", "1.5", True],
        "flag": ["perhaps", 2],
        "yesno": ["perhaps", 2],
        "true": ["perhaps", 2, ""],
        "choice": ["perhaps", "5"],
        "pattern": [
            text
            for text in ("!", "not this way!", "0" * 40, "abcdefghijkl")
            if not valid(spec, text)
        ],
        "date": ["tomorrow", "2026-02-30", "30.3.2026"],
        "did": ["my phone", "12", "555-0100", *LETTERS],
        "phone": ["my phone", "12", "0", "555-0100", *LETTERS],
        "email": ["jane", "jane@example", "jane at example.com"],
        "url": ["ftp://example.com", "example.com", "https://"],
        "base64": ["###", "UklGR"],
        "media": ["data:image/png;base64,###"],
        "language": ["klingon", "EN-us"],
        "locale": ["english", "en_US"],
        "recording": ["a song", "-1"],
        "music": ["rock & roll"],
        "routing": ["nowhere", "sys:coffee", ":1", "vm:"],
        "members": [
            "queue:4764",
            "account:100001_VoIP,61",
            "account:100001_VoIP,20,2",
            "account:100001_VoIP,20,1,1",
        ],
        "choices": ["1", "1>vm:1001", "z=vm:1001", "1=nowhere", {"x": "vm:1001"}],
    }[spec["kind"]]


def _beside(spec: Spec) -> Iterator[Any]:
    """Yield numbers just outside a range and between its steps."""
    step = Decimal(str(spec.get("step", 1)))
    if "min" in spec:
        yield str(spec["min"] - step)
    if "max" in spec:
        yield str(spec["max"] + step)
    if "step" in spec or spec["kind"] == "integer":
        yield str(Decimal(spec.get("max", 100)) - step / 2)


WRONG = [
    (action, name, bad)
    for action, (method, _) in ACTIONS.items()
    for name, spec in params_of(method).items()
    for bad in wrong(spec)
]


def test_wrong_is_wrong() -> None:
    """The witness itself refuses what stands here as wrong."""
    assert len(WRONG) > 1000
    for action, name, bad in WRONG:
        spec = params_of(ACTIONS[action][0])[name]
        if isinstance(bad, str) and bad and spec["kind"] != "routing":
            assert not valid(spec, bad), (action, name, bad)


async def test_wrong_values(
    hass: HomeAssistant, loaded: MockConfigEntry, simulator: Simulator
) -> None:
    """A value that cannot be right is refused by a sentence, and nothing is sent."""
    await translation.async_load_integrations(hass, {DOMAIN})
    simulator.clear_calls()
    passed = []
    sentences = []
    for action, name, bad in WRONG:
        method = ACTIONS[action][0]
        data = written(method, needed(method)) | {name: bad}
        try:
            await act(hass, action, data)
        except ServiceValidationError as err:
            sentences.append((name.rstrip("123"), bad, str(err)))
        except HomeAssistantError as err:
            passed.append((action, name, bad, str(err)))
        else:
            passed.append((action, name, bad, "carried out"))
    assert passed == []
    assert simulator.calls == []
    for name, bad, sentence in sentences:
        assert name in sentence
        assert "{" not in sentence.replace(str(bad), "")


async def test_missing(
    hass: HomeAssistant, loaded: MockConfigEntry, simulator: Simulator
) -> None:
    """What is needed and left out, or left empty, is asked for, and nothing is sent."""
    simulator.clear_calls()
    for action, (method, _) in ACTIONS.items():
        data = written(method, needed(method))
        changes = method in ("setDIDInfo", "setSMS")
        for name in data:
            for less in ({}, {name: ""}, {name: "  "}):
                if changes and name != "did" and not less:
                    continue  # the number keeps what it has
                rest = {key: item for key, item in data.items() if key != name}
                reason = await refused(hass, action, rest | less)
                missed = {"missing_field", "invalid_flag"}
                if name == "dst":
                    missed.add("no_recipient")
                assert reason in missed, (action, name, less)
    assert simulator.calls == []


async def test_misspelt(
    hass: HomeAssistant, loaded: MockConfigEntry, simulator: Simulator
) -> None:
    """A field that does not exist is refused, and nothing is sent."""
    simulator.clear_calls()
    for action, (method, _) in ACTIONS.items():
        for name in ("notes", "Did", "api_password", "method"):
            data = written(method, needed(method)) | {name: "x"}
            assert await refused(hass, action, data) == "unknown_field", (action, name)
    assert simulator.calls == []


@pytest.mark.parametrize(
    ("action", "names"),
    [
        ("set_call_hunting", ("members", "ring_time", "press")),
        (
            "set_time_condition",
            (
                "starthour",
                "startminute",
                "endhour",
                "endminute",
                "weekdaystart",
                "weekdayend",
            ),
        ),
    ],
)
async def test_lists_that_belong_together(
    hass: HomeAssistant,
    loaded: MockConfigEntry,
    simulator: Simulator,
    action: str,
    names: tuple[str, ...],
) -> None:
    """Lists of which each entry belongs to one of another have the same length."""
    method = ACTIONS[action][0]
    data = written(method, needed(method))
    simulator.clear_calls()
    for name in names:
        shorter = value(method, name).wire.split(";")[:1]
        with pytest.raises(ServiceValidationError) as error:
            await act(hass, action, data | {name: shorter})
        assert error.value.translation_key == "not_aligned"
        assert error.value.translation_placeholders["fields"] == ", ".join(names)
    assert simulator.calls == []

    # A change of one of them alone is measured against what the record holds.
    record = next(iter(params_of(method)))
    change = {record: value(method, record).written, names[0]: data[names[0]] * 2}
    assert await refused(hass, action, change) == "not_aligned"
    assert simulator.calls_of(method) == []


# --- Classes -----------------------------------------------------------------------


def test_responses(hass: HomeAssistant, loaded: MockConfigEntry) -> None:
    """A look-up has nothing but a response; others may be called without."""
    for action, (_, group) in ACTIONS.items():
        response = hass.services.supports_response(DOMAIN, action)
        assert response is (
            SupportsResponse.ONLY if group == READ else SupportsResponse.OPTIONAL
        ), action


async def test_administrators(
    hass: HomeAssistant,
    loaded: MockConfigEntry,
    simulator: Simulator,
    hass_read_only_user: MockUser,
    hass_admin_user: MockUser,
) -> None:
    """What costs a number or is gone for good is for administrators."""
    simulator.clear_calls()
    for action, (method, group) in ACTIONS.items():
        if group in (ORDER, DELETE):
            data = written(method, needed(method))
            with pytest.raises(Unauthorized):
                await act(hass, action, data, hass_read_only_user)
    with pytest.raises(Unauthorized):
        await act(hass, "call_api", {"method": "getIP"}, hass_read_only_user)
    assert simulator.calls == []

    await act(hass, "delete_forwarding", {"forwarding": 18636}, hass_admin_user)
    await act(hass, "get_balance", {}, hass_read_only_user)
    assert [call.method for call in simulator.calls if call.status == "success"] == [
        "delForwarding",
        "getForwardings",
        "getBalance",
    ]


@pytest.mark.parametrize("fault", ["reset", "lost_reply", "http_502", "truncated"])
async def test_sent_once(
    hass: HomeAssistant, loaded: MockConfigEntry, simulator: Simulator, fault: str
) -> None:
    """What changes something is sent once, also if nobody knows whether it arrived."""
    for action, (method, group) in ACTIONS.items():
        if group == READ or (fault != "reset" and group == DELETE):
            continue  # what is gone cannot be deleted for the next action
        simulator.clear_calls()
        simulator.faults.add(fault, method=method)
        with pytest.raises(HomeAssistantError) as error:
            await act(hass, action, written(method, needed(method)))
        simulator.faults.clear()
        assert len(simulator.calls_of(method)) == 1, action
        assert error.value.translation_key == "outcome_unknown", action
        assert error.value.translation_placeholders["action"] == f"{DOMAIN}.{action}"


async def test_nothing_was_sent(
    hass: HomeAssistant, loaded: MockConfigEntry, simulator: Simulator
) -> None:
    """A change that cannot even read what is there says that nothing happened."""
    simulator.faults.add("reset", method="getForwardings")
    with pytest.raises(HomeAssistantError) as error:
        await act(hass, "set_forwarding", {"forwarding": 18635, "description": "Car"})
    assert error.value.translation_key == "cannot_connect"
    assert simulator.calls_of("setForwarding") == []


async def test_any_function_with_unknown_outcome(
    hass: HomeAssistant, loaded: MockConfigEntry, simulator: Simulator
) -> None:
    """A function called by its name is not repeated either."""
    simulator.faults.add("lost_reply", method="setLocation")
    with pytest.raises(HomeAssistantError) as error:
        await act(
            hass,
            "call_api",
            {"method": "setLocation", "parameters": {"name": "Upstairs"}},
        )
    assert error.value.translation_key == "outcome_unknown"
    assert len(simulator.calls_of("setLocation")) == 1

    simulator.faults.add("reset", method="getLocations")
    with pytest.raises(HomeAssistantError) as error:
        await act(hass, "call_api", {"method": "getLocations"})
    assert error.value.translation_key == "cannot_connect"


def shape(account: Account) -> Any:
    """Return everything that an account holds."""
    return deepcopy((account.dids, account.families, account.balance))


async def test_only_a_test(
    hass: HomeAssistant,
    loaded: MockConfigEntry,
    simulator: Simulator,
    account: Account,
) -> None:
    """With test, nothing is ordered, paid or given up; without, it is."""
    account.balance = Decimal(1000)
    tried = []
    for action, (method, _) in ACTIONS.items():
        if "test" not in params_of(method):
            continue
        tried.append(action)
        data = written(method, needed(method))
        before = shape(account)
        await act(hass, action, data | {"test": True})
        assert shape(account) == before, action
        await act(hass, action, data | {"test": False})
        assert shape(account) != before, action
        assert simulator.calls_of(method)[-1].params == on_the_wire(
            method, needed(method)
        )
    assert len(tried) == 10


# --- Refusals of VoIP.ms -----------------------------------------------------------


async def test_refusal_in_words(
    hass: HomeAssistant, loaded: MockConfigEntry, simulator: Simulator
) -> None:
    """A refusal shows the vendor's code and what it means; an unknown one the code."""
    await translation.async_load_integrations(hass, {DOMAIN})
    with pytest.raises(HomeAssistantError) as error:
        await act(hass, "delete_forwarding", {"forwarding": 99999})
    assert error.value.translation_key == "status_invalid_forwarding"
    assert "(invalid_forwarding)" in str(error.value)

    simulator.faults.add("status:quota_of_tuesdays", method="getBalance")
    with pytest.raises(HomeAssistantError) as error:
        await act(hass, "get_balance", {})
    assert "quota_of_tuesdays" in str(error.value)


async def test_every_refusal_has_words(
    hass: HomeAssistant, loaded: MockConfigEntry, simulator: Simulator
) -> None:
    """Every code of the vendor's documents becomes a sentence with the code in it."""
    await translation.async_load_integrations(hass, {DOMAIN})
    special = {
        "invalid_credentials",
        "missing_credentials",
        "ip_not_enabled",
        "api_not_enabled",
        "api_limit_exceeded",
        "method_maintenance",
    }
    for code in sorted(CONTRACT.statuses - special):
        simulator.faults.add(f"status:{code}", method="delIVR", times=1)
        with pytest.raises(HomeAssistantError) as error:
            await act(hass, "delete_ivr", {"ivr": 4636})
        assert f"({code})" in str(error.value), code


# --- A number by its device --------------------------------------------------------


async def test_number_by_device(
    hass: HomeAssistant, loaded: MockConfigEntry, simulator: Simulator
) -> None:
    """Whatever is about a number of the account takes its device instead."""
    device = device_of(hass, OFFICE)
    for action, (method, _) in ACTIONS.items():
        own = "did" in params_of(method) and not method.startswith("order")
        data = written(method, needed(method))
        data.pop("did", None)
        simulator.faults.add("status:no_provision", method=method)
        simulator.clear_calls()
        if own and method != "getPortability":
            with pytest.raises(HomeAssistantError):
                await act(hass, action, data | {"device_id": device.id})
            assert simulator.calls_of(method)[0].params["did"] == OFFICE
        else:
            reason = await refused(hass, action, data | {"device_id": device.id})
            assert reason == "device_not_wanted", action
        simulator.faults.clear()
