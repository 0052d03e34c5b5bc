"""What people do with the actions, written as they would write it in a script."""

from typing import Any

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from homeassistant.core import Context, HomeAssistant
from homeassistant.helpers import config_validation as cv
from homeassistant.helpers.script import Script
from homeassistant.util.yaml import parse_yaml

from ..conftest import HOME, OFFICE
from ..simulator import Account

FIND_A_NUMBER = """
- action: voipms.search_dids_usa
  data:
    state: FL
    type: starts
    query: "786"
  response_variable: found
- action: voipms.order_did
  data:
    did: "{{ found.dids[0].did }}"
    routing: account:100001_VoIP
    pop: 2
    dialtime: 30
    cnam: false
    billing_type: 1
    test: true  # leave this out to buy the number
  response_variable: order
"""

FORWARD_TO_A_MOBILE = """
- action: voipms.set_forwarding
  data:
    phone_number: (555) 010-0955
    description: Jane's mobile
  response_variable: made
- action: voipms.set_did_routing
  data:
    did: (555) 123-0001
    routing: "fwd:{{ made.forwarding }}"
"""

OFFICE_HOURS = """
- action: voipms.set_time_condition
  data:
    name: Shop
    routing_match: account:100001_VoIP
    routing_nomatch: vm:1001
    # Monday to Friday from 9:00 to 17:30, Saturday from 10:00 to 14:00
    weekdaystart: [mon, sat]
    weekdayend: [fri, sat]
    starthour: [9, 10]
    startminute: [0, 0]
    endhour: [17, 14]
    endminute: [30, 0]
  response_variable: made
- action: voipms.set_did_routing
  data:
    did: (555) 123-0000
    routing: "tc:{{ made.timecondition }}"
"""

TWO_PHONES = """
- action: voipms.set_ring_group
  data:
    name: Family
    members:
      - account:100001_VoIP,25  # rings for 25 seconds
      - fwd:18635,20,1  # rings for 20 seconds, and asks to press 1
    voicemail: 1001
  response_variable: made
- action: voipms.set_did_routing
  data:
    did: (555) 123-0001
    routing: "grp:{{ made.ring_group }}"
"""

BLOCK_A_CALLER = """
- action: voipms.set_caller_id_filtering
  data:
    callerid: (555) 010-0666
    did: all
    routing: sys:hangup
    note: Sells windows
  response_variable: made
"""

WHO_ANSWERS = """
- action: voipms.get_queues
  response_variable: queues
- action: voipms.get_static_members
  data:
    queue: "{{ queues.queues[0].queue }}"
  response_variable: answering
"""

CHANGE_ONE_THING = """
- action: voipms.set_did_info
  data:
    did: (555) 123-0000
    note: Moved to the kitchen
"""


async def run(hass: HomeAssistant, text: str) -> dict[str, Any]:
    """Run the steps of a script and return its variables."""
    sequence = cv.SCRIPT_SCHEMA(parse_yaml(text))
    script = Script(hass, sequence, "A case", "test")
    result = await script.async_run(context=Context())
    return result.variables


async def test_find_a_number(
    hass: HomeAssistant, loaded: MockConfigEntry, account: Account
) -> None:
    """A number in Florida is found, and ordering it would work."""
    variables = await run(hass, FIND_A_NUMBER)
    assert (
        variables["found"]["dids"][0].items()
        >= {
            "ratecenter": "MIAMI",
            "state": "FL",
            "perminute_monthly": "0.85",
        }.items()
    )
    assert variables["order"] == {}
    assert len(account.dids) == 3


async def test_forward_to_a_mobile(
    hass: HomeAssistant, loaded: MockConfigEntry, account: Account
) -> None:
    """A number rings a mobile phone."""
    made = (await run(hass, FORWARD_TO_A_MOBILE))["made"]["forwarding"]
    assert account.families["forwardings"][made]["phone_number"] == "5550100955"
    state = hass.states.get("select.555_123_0001_home_routing")
    assert state.state == "Forwarding (555) 010-0955 (Jane's mobile)"


async def test_office_hours(
    hass: HomeAssistant, loaded: MockConfigEntry, account: Account
) -> None:
    """A number rings a phone in office hours only."""
    made = (await run(hass, OFFICE_HOURS))["made"]["timecondition"]
    assert account.dids[OFFICE]["routing"] == f"tc:{made}"
    assert (
        account.families["time_conditions"][made].items()
        >= {
            "weekdaystart": "mon;sat",
            "endhour": "17;14",
            "endminute": "30;0",
        }.items()
    )


async def test_two_phones(
    hass: HomeAssistant, loaded: MockConfigEntry, account: Account
) -> None:
    """A number rings two phones."""
    made = (await run(hass, TWO_PHONES))["made"]["ring_group"]
    assert account.dids[HOME]["routing"] == f"grp:{made}"
    members = account.families["ring_groups"][made]["members"]
    assert members == "account:100001_VoIP,25;fwd:18635,20,1"


async def test_block_a_caller(
    hass: HomeAssistant, loaded: MockConfigEntry, account: Account
) -> None:
    """Somebody who calls too often is hung up on."""
    made = (await run(hass, BLOCK_A_CALLER))["made"]["filtering"]
    assert (
        account.families["filters"][made].items()
        >= {
            "callerid": "5550100666",
            "did": "all",
            "routing": "sys:hangup",
        }.items()
    )


async def test_who_answers(
    hass: HomeAssistant, loaded: MockConfigEntry, account: Account
) -> None:
    """The phones that answer a queue are listed."""
    variables = await run(hass, WHO_ANSWERS)
    assert [member["account"] for member in variables["answering"]["members"]] == [
        "SIP/100001_VoIP",
        "SIP/100001_Desk",
    ]


@pytest.mark.parametrize("simulator_options", [{}, {"values": "native"}])
async def test_change_one_thing(
    hass: HomeAssistant, loaded: MockConfigEntry, account: Account
) -> None:
    """A note is changed and nothing else."""
    before = dict(account.dids[OFFICE])
    await run(hass, CHANGE_ONE_THING)
    assert account.dids[OFFICE] == before | {"note": "Moved to the kitchen"}
