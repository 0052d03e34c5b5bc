"""The examples of actions in the README, run one after the other."""

from typing import Final

from .probe import Step, expect, routing_is
from .scene import Scene
from .service import ALEX

KITCHEN, DESK = "account:100001_VoIP", "account:100001_Desk"


async def _order(here: Scene) -> None:
    """Find a number in Florida and test ordering it."""
    client = here.client
    states = await client.ask("voipms.get_states")
    florida = next(
        row["state"] for row in states["states"] if row["description"] == "FLORIDA"
    )
    offer = (await client.ask("voipms.get_dids_usa", state=florida))["dids"][0]
    before = (await here.service.show("account"))["dids"]
    await client.ask(
        "voipms.order_did",
        did=offer["did"],
        routing=KITCHEN,
        pop="5",
        dialtime=60,
        cnam=True,
        billing_type="1",
        test=True,
    )
    expect((await here.service.show("account"))["dids"], before, "the numbers")


async def _forwarding(here: Scene) -> None:
    """Create a forwarding to a mobile phone and route a number to it."""
    client, line = here.client, here.lines[1]
    before = await here.service.routing(line.did)
    made = await client.ask(
        "voipms.set_forwarding",
        phone_number="(555) 010-0955",
        description="Jane's mobile",
    )
    routing = f"fwd:{made['forwarding']}"
    await client.act("voipms.set_did_routing", did=line.did, routing=routing)
    expect(await here.service.routing(line.did), routing, "the routing at VoIP.ms")
    await routing_is(here, line, routing)
    state = (await client.state(line["routing"]))["state"]
    expect("Jane's mobile" in state, True, f"the name in {state!r}")
    await client.act("voipms.set_did_routing", did=line.did, routing=before)


async def _time_condition(here: Scene) -> None:
    """Send calls to the desk in office hours, and to voicemail outside of them."""
    made = await here.client.ask(
        "voipms.set_time_condition",
        name="Shop hours",
        routing_match=DESK,
        routing_nomatch="vm:1002",
        starthour=["8", "9"],
        startminute=["30", "0"],
        endhour=["18", "13"],
        endminute=["0", "0"],
        weekdaystart=["mon", "sat"],
        weekdayend=["fri", "sat"],
    )
    [row] = (
        await here.client.ask(
            "voipms.get_time_conditions", timecondition=str(made["timecondition"])
        )
    )["timecondition"]
    expect((row["name"], row["routing_match"]), ("Shop hours", DESK), "what was made")


async def _ring_group(here: Scene) -> None:
    """Ring two phones together."""
    members = [f"{KITCHEN},25,0", f"{DESK},25,0"]
    made = await here.client.ask(
        "voipms.set_ring_group", name="Both phones", members=members, voicemail="1001"
    )
    [row] = (
        await here.client.ask(
            "voipms.get_ring_groups", ring_group=str(made["ring_group"])
        )
    )["ring_groups"]
    expect(row["members"], ";".join(members), "the members")


async def _block(here: Scene) -> None:
    """Hang up on a caller."""
    made = await here.client.ask(
        "voipms.set_caller_id_filtering",
        callerid=ALEX,
        did=here.lines[0].did,
        routing="sys:hangup",
        note="Too many cakes",
    )
    filtering = str(made["filtering"])
    [row] = (
        await here.client.ask("voipms.get_caller_id_filtering", filtering=filtering)
    )["filtering"]
    expect((row["callerid"], row["routing"]), (ALEX, "sys:hangup"), "the filter")
    await here.client.ask("voipms.delete_caller_id_filtering", filtering=filtering)


async def _members(here: Scene) -> None:
    """List the members of a queue."""
    [queue] = (await here.client.ask("voipms.get_queues"))["queues"]
    found = await here.client.ask("voipms.get_static_members", queue=queue["queue"])
    accounts = [member["account"] for member in found["members"]]
    expect(accounts, ["SIP/100001_VoIP", "SIP/100001_Desk"], "the members")


CASES: Final[tuple[tuple[str, Step], ...]] = (
    ("a number in Florida is found, and a test order changes nothing", _order),
    ("a forwarding to a mobile phone is made, and a number routed there", _forwarding),
    ("a time condition is made", _time_condition),
    ("two phones ring together", _ring_group),
    ("a caller is blocked", _block),
    ("the static members of a queue are listed", _members),
)
