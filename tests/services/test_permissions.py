"""Actions obey the permissions of their user, and keep secrets from all but a few."""

from collections.abc import Callable
from http import HTTPStatus
import json
from types import MappingProxyType
from typing import Any

import pytest
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    MockUser,
    async_mock_service,
)
from pytest_homeassistant_custom_component.typing import (
    ClientSessionGenerator,
    WebSocketGenerator,
)

from custom_components.voipms.api import FUNCTIONS
from custom_components.voipms.api.private import is_secret
from custom_components.voipms.const import DOMAIN
from homeassistant.auth.permissions import PermissionLookup
from homeassistant.config_entries import ConfigSubentry
from homeassistant.core import Context, HomeAssistant
from homeassistant.exceptions import Unauthorized, UnknownUser
from homeassistant.helpers import device_registry as dr, entity_registry as er
from homeassistant.setup import async_setup_component

from ..conftest import CABIN, HOME, NEIGHBOR, OFFICE, device_of
from ..simulator import Account, Simulator, seed
from .calls import ACTIONS, CONTRACT, READ, SEND, WRITE, value

type MakeUser = Callable[..., Context]

CALLBACK = "https://example.com/callback?key=CALLBACK-KEY"
WEBHOOK = "https://example.com/hook/WEBHOOK-KEY"
SECRETS = (*seed.SECRETS, "CALLBACK-KEY", "WEBHOOK-KEY", "ssmpp://", "SMPP-USER")
ABROAD = ("+44 20 7946 0000", "011 44 20 7946 0000", "+1 876 234 5678", "900 234 5678")

pytestmark = pytest.mark.freeze_time("2026-11-20 17:00:00+00:00")


@pytest.fixture
def account(account: Account) -> Account:
    """Return an account with a secret in every place that can hold one."""
    account.dids[OFFICE] |= {
        "sms_url_callback": CALLBACK,
        "webhook": WEBHOOK,
        "webhook_enabled": "1",
        "smpp_url": "ssmpp://smpp.example.com:3550",
        "smpp_user": "SMPP-USER",
    }
    return account


@pytest.fixture
def user(hass: HomeAssistant) -> MakeUser:
    """Return what makes a user with a policy for entities, and their context."""

    def make(entities: Any) -> Context:
        user = MockUser().add_to_hass(hass)
        user.perm_lookup = PermissionLookup(er.async_get(hass), dr.async_get(hass))
        user.mock_policy({"entities": entities})
        return Context(user_id=user.id)

    return make


async def call(
    hass: HomeAssistant, action: str, context: Context | None, **data: Any
) -> Any:
    """Call an action and return its response."""
    return await hass.services.async_call(
        DOMAIN, action, data, blocking=True, context=context, return_response=True
    )


def needed(method: str) -> dict[str, Any]:
    """Return a call with what a function cannot do without."""
    specs = CONTRACT.params_of(method)
    return {
        name: value(method, name).written
        for name, spec in specs.items()
        if spec.get("required") or name == "did" or method == "setRecording"
    }


def spilled(reply: Any) -> list[str]:
    """Return the secrets that are in a reply."""
    text = json.dumps(reply, default=str)
    return [secret for secret in SECRETS if secret in text]


# --- Secrets -------------------------------------------------------------------------


@pytest.mark.parametrize("caller", ["reader", "user", "automation"])
async def test_readers_tell_no_secret(
    hass: HomeAssistant,
    loaded: MockConfigEntry,
    hass_read_only_user: MockUser,
    hass_admin_user: MockUser,
    user: MakeUser,
    caller: str,
) -> None:
    """Every look-up leaves the secrets out, and nothing else, if no administrator asks."""
    context = {
        "reader": Context(user_id=hass_read_only_user.id),
        "user": user(True),
        "automation": None,
    }[caller]
    admin = Context(user_id=hass_admin_user.id)
    told: set[str] = set()
    for action, (method, group) in ACTIONS.items():
        if group != READ:
            continue
        data = {"did": OFFICE} if action == "get_dids_info" else needed(method)
        if method in ("getCallerIDFiltering", "getSMS", "getMMS"):
            data.pop("did", None)
        everything = await call(hass, action, admin, **data)
        less = await call(hass, action, context, **data)
        assert spilled(less) == [], action
        told |= {*spilled(everything)}
        assert less == without(everything), action
    assert {"SIP-SECRET", "SMPP-SECRET", "CALLBACK-KEY", "WEBHOOK-KEY"} < told
    assert {*seed.PINS} - told == {seed.PINS[3], seed.PINS[6]}  # a conference's, HOME's


def without(reply: Any) -> Any:
    """Return a reply without the fields that hold one of the account's secrets."""
    if isinstance(reply, dict):
        return {
            name: without(item) for name, item in reply.items() if not is_secret(name)
        }
    return [without(item) for item in reply] if isinstance(reply, list) else reply


@pytest.mark.parametrize(
    "field",
    [
        *("password", "pin", "queue_password", "smpp_pass", "smpp_url", "smpp_user"),
        *(
            "port_out_pin",
            "sms_url_callback",
            "url_callback",
            "webhook",
            "api_password",
        ),
        *("sip_password", "confirm_password", "PIN", "token", "webhook_url", "secret"),
    ],
)
def test_secret_fields(field: str) -> None:
    """What a field is called says that it is a secret, also one that is new."""
    assert is_secret(field)


@pytest.mark.parametrize(
    "field",
    [
        *("callback", "skip_password", "has_port_out_pin", "webhook_enabled", "did"),
        *("sms_url_callback_enabled", "sms_url_callback_retry", "smpp_enabled"),
        *("callbacks", "shipping", "spinning", "passage", "pinned", "number"),
    ],
)
def test_other_fields(field: str) -> None:
    """Flags, IDs and all the rest are no secrets."""
    assert not is_secret(field)


def test_every_secret_that_is_set_is_kept_when_read() -> None:
    """What the table knows as a secret when it is written is one when it is read."""
    for function in FUNCTIONS.values():
        for param in function.params:
            if param.kind.secret and function.update:
                assert is_secret(function.update.field_of(param.name)), param.name


async def test_call_api_of_an_automation(
    hass: HomeAssistant, loaded: MockConfigEntry, hass_admin_user: MockUser
) -> None:
    """The action for all functions tells secrets to administrators only."""
    fields = {"method": "getClients"}
    admin = Context(user_id=hass_admin_user.id)
    assert spilled(await call(hass, "call_api", admin, **fields)) == ["CLIENT-SECRET"]
    reply = await call(hass, "call_api", None, **fields)
    assert spilled(reply) == []
    assert reply["clients"][0]["company"] == "Sample Bakery"


async def test_secrets_over_the_websocket(
    hass: HomeAssistant,
    loaded: MockConfigEntry,
    hass_ws_client: WebSocketGenerator,
    hass_read_only_access_token: str,
    hass_client: ClientSessionGenerator,
) -> None:
    """Nobody in the house reads the SIP passwords, by whatever way."""
    assert await async_setup_component(hass, "api", {})
    client = await hass_ws_client(hass, hass_read_only_access_token)
    await client.send_json_auto_id(
        {
            "type": "call_service",
            "domain": DOMAIN,
            "service": "get_sub_accounts",
            "return_response": True,
        }
    )
    reply = await client.receive_json()
    assert reply["success"]
    [phone, *_] = reply["result"]["response"]["accounts"]
    assert phone["account"] == "100001_VoIP"
    assert "password" not in phone
    http = await hass_client(hass_read_only_access_token)
    answer = await http.post(
        "/api/services/voipms/get_sub_accounts?return_response", json={}
    )
    assert spilled(await answer.json()) == []
    answer = await http.post(
        "/api/services/voipms/set_did_routing",
        json={"did": OFFICE, "routing": "sys:busy"},
    )
    assert answer.status == HTTPStatus.UNAUTHORIZED


# --- What is for administrators --------------------------------------------------------

FOR_ADMINS: list[tuple[str, dict[str, Any]]] = [
    ("set_disa", {"disa": "1", "name": "x"}),
    ("set_callback", {"callback": "1", "description": "x"}),
    ("set_sip_uri", {"sipuri": "1", "description": "x"}),
    ("connect_did", needed("connectDID")),
    ("unconnect_did", {"did": OFFICE}),
    ("remove_did_vpri", {"did": CABIN}),
    ("set_did_billing_type", {"did": OFFICE, "billing_type": "2"}),
    ("set_did_info", {"did": OFFICE, "billing_type": "2"}),
    ("set_did_info", {"did": OFFICE, "port_out_pin": "1234"}),
    ("set_did_info", {"did": OFFICE, "transcribe": True}),
    ("set_sms", {"did": OFFICE, "url_callback": "https://example.com/x"}),
    ("set_sms", {"did": OFFICE, "url_callback_enable": False}),
    ("set_sms", {"did": OFFICE, "webhook": "https://example.com/x"}),
    ("set_sms", {"did": OFFICE, "webhook_enable": True}),
    ("set_sms", {"did": OFFICE, "smpp_pass": "x"}),
    ("set_queue", {"queue": "1", "queue_password": "1234"}),
    *(("set_forwarding", {"phone_number": number}) for number in ABROAD),
    *(("set_sms", {"did": OFFICE, "sms_forward": number}) for number in ABROAD),
    ("call_api", {"method": "getBalance"}),
]


@pytest.mark.parametrize(("action", "data"), FOR_ADMINS)
async def test_for_administrators(
    hass: HomeAssistant,
    loaded: MockConfigEntry,
    simulator: Simulator,
    user: MakeUser,
    action: str,
    data: dict[str, Any],
) -> None:
    """What costs money or opens the account takes more than control of entities."""
    simulator.clear_calls()
    with pytest.raises(Unauthorized):
        await call(hass, action, user(True), **data)
    assert simulator.calls == []


async def test_administrators_and_automations_may(
    hass: HomeAssistant,
    loaded: MockConfigEntry,
    simulator: Simulator,
    hass_admin_user: MockUser,
) -> None:
    """Administrators may, and so may the automations that they write."""
    for context in (Context(user_id=hass_admin_user.id), None):
        await call(hass, "set_forwarding", context, phone_number=ABROAD[0])
        await call(hass, "set_did_info", context, did=OFFICE, port_out_pin="1234")
    assert len(simulator.calls_of("setForwarding")) == 2


async def test_users_may(
    hass: HomeAssistant, loaded: MockConfigEntry, simulator: Simulator, user: MakeUser
) -> None:
    """Everybody who controls the entities may do all the rest."""
    context = user(True)
    await call(hass, "set_forwarding", context, phone_number="(555) 010-0955")
    await call(hass, "set_did_info", context, did=OFFICE, note="Front desk")
    await call(hass, "set_sms", context, did=OFFICE, sms_forward="(555) 010-0955")
    await call(hass, "send_sms", context, did=OFFICE, dst=NEIGHBOR, message="x")
    assert len(simulator.calls_of("sendSMS")) == 1


async def test_unknown_user(hass: HomeAssistant, loaded: MockConfigEntry) -> None:
    """A user who no longer exists may do nothing."""
    for action in ("get_dids_info", "get_balance"):
        with pytest.raises(UnknownUser):
            await call(hass, action, Context(user_id="gone"))


@pytest.mark.usefixtures("entity_registry_enabled_by_default")
async def test_entities_for_administrators(
    hass: HomeAssistant,
    loaded: MockConfigEntry,
    account: Account,
    user: MakeUser,
    hass_admin_user: MockUser,
) -> None:
    """The entities of such settings are no way around."""
    billing = "select.555_123_0000_office_billing"
    forward = "text.555_123_0000_office_forward_messages_to"

    async def choose(context: Context | None) -> None:
        data = {"entity_id": billing, "option": "flat"}
        await hass.services.async_call("select", "select_option", data, True, context)

    async def write(number: str, context: Context) -> None:
        data = {"entity_id": forward, "value": number}
        await hass.services.async_call("text", "set_value", data, True, context)

    context = user(True)
    with pytest.raises(Unauthorized):
        await choose(context)
    assert account.dids[OFFICE]["billing_type"] == "1"
    await choose(Context(user_id=hass_admin_user.id))
    assert account.dids[OFFICE]["billing_type"] == "2"
    with pytest.raises(Unauthorized):
        await write("18762345678", context)
    assert account.dids[OFFICE]["sms_forward"] == ""
    await write("5550100955", context)
    assert account.dids[OFFICE]["sms_forward"] == "5550100955"


# --- The permissions of entities --------------------------------------------------------


async def test_readers_change_nothing(
    hass: HomeAssistant,
    loaded: MockConfigEntry,
    simulator: Simulator,
    hass_read_only_user: MockUser,
) -> None:
    """Who may read everything and control nothing writes and sends nothing."""
    context = Context(user_id=hass_read_only_user.id)
    simulator.clear_calls()
    for action, (method, group) in ACTIONS.items():
        if group in (WRITE, SEND):
            with pytest.raises(Unauthorized):
                await call(hass, action, context, **needed(method))
    assert simulator.calls == []


async def test_control_of_one_number(
    hass: HomeAssistant, loaded: MockConfigEntry, simulator: Simulator, user: MakeUser
) -> None:
    """Who controls one number's device controls this number by actions."""
    office, home = (device_of(hass, did).id for did in (OFFICE, HOME))
    context = user({"device_ids": {home: True}})
    busy = {"routing": "sys:busy"}
    text = {"dst": NEIGHBOR, "message": "x"}
    await call(hass, "set_did_routing", context, did=HOME, **busy)
    await call(hass, "set_did_routing", context, device_id=home, **busy)
    await call(hass, "send_sms", context, device_id=home, **text)
    simulator.clear_calls()
    for refused in (
        ("set_did_routing", {"did": OFFICE, **busy}),
        ("set_did_routing", {"device_id": office, **busy}),
        ("set_did_info", {"did": OFFICE, "note": "x"}),
        ("send_sms", {"did": OFFICE, **text}),
        ("send_mms", {"device_id": office, **text}),
        ("get_sms", {"did": OFFICE}),
        ("get_mms", {"device_id": office}),
        ("get_dids_info", {"did": OFFICE}),
        ("get_balance", {}),
        ("get_media_mms", {"id": "111120"}),
        ("set_forwarding", {"phone_number": NEIGHBOR}),
        ("set_caller_id_filtering", {"filter": "18915", "note": "x"}),
    ):
        with pytest.raises(Unauthorized):
            await call(hass, refused[0], context, **refused[1])
    assert simulator.calls == []


async def test_control_of_one_entity(
    hass: HomeAssistant, loaded: MockConfigEntry, user: MakeUser
) -> None:
    """A setting is changed by those who control its entity."""
    context = user({"entity_ids": {"text.555_123_0000_office_note": {"control": True}}})
    await call(hass, "set_did_info", context, did=OFFICE, note="Front desk")
    for more in ({"routing": "sys:busy"}, {"note": "x", "dialtime": 20}, {"pop": 5}):
        with pytest.raises(Unauthorized):
            await call(hass, "set_did_info", context, did=OFFICE, **more)


async def test_lists_hold_what_may_be_seen(
    hass: HomeAssistant, loaded: MockConfigEntry, account: Account, user: MakeUser
) -> None:
    """A list leaves out the numbers, messages, phones and mailboxes of others."""
    phone, mailbox = (
        next(
            device.id
            for device in dr.async_get(hass).devices
            if device.model_id == model_id
        )
        for model_id in ("100001_Desk", "1002")
    )
    home = device_of(hass, HOME).id
    seen = {"read": True}
    context = user({"device_ids": dict.fromkeys((home, phone, mailbox), seen)})
    numbers = await call(hass, "get_dids_info", context)
    assert [row["did"] for row in numbers["dids"]] == [HOME]
    accounts = (await call(hass, "get_sub_accounts", context))["accounts"]
    assert [row["account"] for row in accounts] == ["100001_Desk"]
    mailboxes = (await call(hass, "get_voicemails", context))["voicemails"]
    assert [row["mailbox"] for row in mailboxes] == ["1002"]
    for action in ("get_sms", "get_mms"):
        rows = (await call(hass, action, context, **{"from": "2026-11-01"}))["sms"]
        assert {row["did"] for row in rows} == {HOME}
    filters = (await call(hass, "get_caller_id_filtering", context))["filtering"]
    assert {row["did"] for row in filters} == {HOME, "all"}
    await call(hass, "get_registration_status", context, account="100001_Desk")
    with pytest.raises(Unauthorized):
        await call(hass, "get_registration_status", context, account="100001_VoIP")
    # What can be ordered is nobody's yet.
    stock = await call(hass, "get_dids_usa", context, state="FL")
    assert len(stock["dids"]) > 1


async def test_no_entity_of_the_account(
    hass: HomeAssistant, loaded: MockConfigEntry, simulator: Simulator, user: MakeUser
) -> None:
    """Who sees nothing of the account looks nothing up in it."""
    context = user({"entity_ids": {"light.kitchen": True}})
    simulator.clear_calls()
    for action, (method, _) in ACTIONS.items():
        with pytest.raises(Unauthorized):
            await call(hass, action, context, **needed(method))
    assert simulator.calls == []


async def test_contacts(
    hass: HomeAssistant,
    account: Account,
    entry: MockConfigEntry,
    simulator: Simulator,
    user: MakeUser,
) -> None:
    """Who controls a contact's entity writes to the contact, and to nobody else."""
    people = {"Ann": NEIGHBOR, "Bob": "5550100333"}
    for name, number in people.items():
        data = {"name": name, "number": number, "did": OFFICE}
        hass.config_entries.async_add_subentry(
            entry,
            ConfigSubentry(
                data=MappingProxyType(data),
                subentry_type="contact",
                title=name,
                unique_id=number,
            ),
        )
    assert await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done()
    registry = er.async_get(hass)
    ann, bob = (
        registry.async_get(f"notify.{name.lower()}").device_id for name in people
    )
    context = user({"entity_ids": {"notify.ann": {"control": True}}})
    await call(hass, "send_sms", context, contact=ann, message="x")
    assert account.sent[-1].contact == NEIGHBOR
    simulator.clear_calls()
    for data in (
        {"contact": bob},
        {"contact": [ann, bob]},
        {"contact": ann, "did": OFFICE},
        {"contact": ann, "did": OFFICE, "dst": "5550100777"},
    ):
        with pytest.raises(Unauthorized):
            await call(hass, "send_sms", context, message="x", **data)
    assert simulator.calls == []


async def test_script_of_a_user(
    hass: HomeAssistant,
    loaded: MockConfigEntry,
    simulator: Simulator,
    hass_read_only_user: MockUser,
) -> None:
    """A script has the permissions of whoever starts it, an automation its author's."""
    async_mock_service(hass, "test", "run")
    route = {
        "action": "voipms.set_did_routing",
        "data": {"did": OFFICE, "routing": "sys:busy"},
    }
    assert await async_setup_component(
        hass, "script", {"script": {"close": {"sequence": [route]}}}
    )
    with pytest.raises(Unauthorized):
        await hass.services.async_call(
            "script",
            "close",
            blocking=True,
            context=Context(user_id=hass_read_only_user.id),
        )
    assert simulator.calls_of("setDIDRouting") == []
    await hass.services.async_call("script", "close", blocking=True)
    assert len(simulator.calls_of("setDIDRouting")) == 1
