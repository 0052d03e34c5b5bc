"""Nothing that is secret, said or somebody else's is written to the log.

The line: every record of every logger counts, at every level, but not those that Home
Assistant writes by itself: `homeassistant.core`, which at debug level writes every
event with all its data (the calls of actions and the states among them), and its web
server, which writes the path of every request.
"""

import logging
import re
from typing import Any

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.voipms.const import CONF_CALLBACK, DOMAIN
from homeassistant.config_entries import SOURCE_USER
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import device_registry as dr

from .conftest import (
    EMAIL,
    HOME,
    OFFICE,
    PASSWORD,
    WEBHOOK_ID,
    Later,
    serve_http,
    set_up,
)
from .simulator import Account, Simulator, seed

FOREIGN = "5550100999"
NOT_OURS = (
    "homeassistant.core",
    "homeassistant.helpers.http",
    "homeassistant.components.webhook",
    "aiohttp.access",
    "pytest_homeassistant_custom_component",
)

PINS = ("42424242", "WORD-OF-SECRECY", "smpp-secrecy", "sub-secrecy")
TYPED = ("my words", "words of a contact")
SECRET = (
    *seed.SECRETS,
    *PINS,
    EMAIL,
    WEBHOOK_ID,
    # What was said, and by whom
    *TYPED,
    "Any time after six",
    "We made it",
    "come in by",
    *(seed.NEIGHBOR, seed.DENTIST, seed.FRIEND, FOREIGN, "5550100900"),
    "Ann Onymous",
)

ACTIONS: list[tuple[str, dict[str, Any]]] = [
    ("send_sms", {"did": OFFICE, "dst": FOREIGN, "message": "my words"}),
    ("send_sms", {"did": OFFICE, "dst": FOREIGN, "message": "my words " * 40}),
    ("set_did_routing", {"did": OFFICE, "routing": "vm:1001"}),
    ("set_did_info", {"did": OFFICE, "port_out_pin": "42424242"}),
    ("set_sms", {"did": HOME, "enable": True, "smpp_pass": "smpp-secrecy"}),
    (
        "set_disa",
        {
            "name": "x",
            "pin": "42424242",
            "digit_timeout": 5,
            "callerid_override": OFFICE,
        },
    ),
    ("set_phonebook", {"name": "Ann Onymous", "number": FOREIGN}),
    ("get_sub_accounts", {}),
    ("get_voicemails", {}),
    ("get_queues", {}),
    ("get_sms", {}),
    # Refused here
    ("set_disa", {"name": "x", "pin": "WORD-OF-SECRECY", "digit_timeout": 5}),
    ("set_did_info", {"did": OFFICE, "port_out_pin": "WORD-OF-SECRECY"}),
    ("set_did_info", {"did": OFFICE, "dialtime": "x", "port_out_pin": "42424242"}),
    # Refused at VoIP.ms
    (
        "call_api",
        {
            "method": "setSMS",
            "parameters": {
                "did": "5550000000",
                "enable": 1,
                "smpp_pass": "sub-secrecy",
            },
        },
    ),
    ("delete_sms", {"id": "999999999"}),
]
FAULTS = [
    "reset",
    "http_503",
    "truncated",
    "not_utf8",
    "wrong_top",
    "wrong_types",
    "bad_record",
    "no_status",
    "status:invalid_did",
    "status:ip_not_enabled",
]


def leaks(caplog: pytest.LogCaptureFixture) -> list[tuple[str, str]]:
    """Return what of the secrets stands in the log, and who wrote it."""
    formatter = logging.Formatter()
    return [
        (secret, record.name)
        for record in caplog.records
        if not record.name.startswith(NOT_OURS)
        for text in [formatter.format(record)]
        for secret in SECRET
        if secret in text
    ]


async def act(hass: HomeAssistant) -> str:
    """Call every action; return all that is said about what does not work."""
    said = []
    for action, data in ACTIONS:
        try:
            await hass.services.async_call(
                DOMAIN, action, data, blocking=True, return_response=True
            )
        except HomeAssistantError as err:
            said.append(f"{err} {err.translation_placeholders} {err.__cause__!r}")
    return "\n".join(said)


async def test_a_whole_life(
    hass: HomeAssistant,
    hass_client_no_auth: ClientSessionGenerator,
    later: Later,
    account: Account,
    entry: MockConfigEntry,
    simulator: Simulator,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """From signing in to removing, with all that goes wrong, the log tells nothing."""
    caplog.set_level(logging.DEBUG)
    await serve_http(hass, "repairs")
    client = await hass_client_no_auth()
    await hass.config.async_update(external_url="https://example.com")
    hass.config_entries.async_update_entry(entry, options={CONF_CALLBACK: True})
    await set_up(hass, entry)

    form = await hass.config_entries.subentries.async_init(
        (entry.entry_id, "contact"), context={"source": SOURCE_USER}
    )
    ann = {"name": "Ann Onymous", "number": FOREIGN, "did": HOME}
    await hass.config_entries.subentries.async_configure(form["flow_id"], ann)
    await hass.async_block_till_done(wait_background_tasks=True)
    write = {"entity_id": "notify.ann_onymous", "message": "words of a contact"}
    await hass.services.async_call("notify", "send_message", write, blocking=True)

    said = [await act(hass)]
    for fault in FAULTS:
        simulator.faults.add(fault)
        account.receive(HOME, FOREIGN, f"come in by {fault}")
        await client.get(f"/api/webhook/{WEBHOOK_ID}?to={HOME}&from={FOREIGN}")
        await later(hours=13)
        said.append(await act(hass))
        simulator.faults.clear()
        await later(minutes=16)

    account.password = "changed"
    await later(minutes=16)
    said.append(await act(hass))
    [flow] = hass.config_entries.flow.async_progress()
    await hass.config_entries.flow.async_configure(
        flow["flow_id"], {"password": PASSWORD}
    )
    account.password = PASSWORD
    await hass.config_entries.async_reload(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    account.dids.pop(OFFICE)
    await later(minutes=6)
    await later(minutes=6)
    await simulator.stop()
    await hass.config_entries.async_remove(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)

    assert leaks(caplog) == []
    text = "\n".join(said)
    secrets = (*seed.SECRETS, *PINS, *TYPED, WEBHOOK_ID)
    assert [secret for secret in secrets if secret in text] == []
    ours = [r for r in caplog.records if r.name.startswith("custom_components.voipms")]
    assert ours
    assert [r.getMessage() for r in ours if r.exc_info] == []
    deprecated = re.compile(
        r"deprecated.*voipms|voipms.*deprecated", re.IGNORECASE | re.DOTALL
    )
    assert [
        record.getMessage()
        for record in caplog.records
        if record.levelno >= logging.WARNING and deprecated.search(record.getMessage())
    ] == []


async def test_states_and_devices(
    hass: HomeAssistant, entity_registry_enabled_by_default: None, loaded: None
) -> None:
    """No password and no PIN is in a state, an attribute or a device."""
    shown = str([state.as_dict() for state in hass.states.async_all()])
    shown += str([device.dict_repr for device in dr.async_get(hass).devices])
    assert [secret for secret in (*seed.SECRETS, WEBHOOK_ID) if secret in shown] == []
