"""Calling queues, in which callers wait for somebody, and those who answer them."""

from typing import Final

from ..kinds import Account, Choice, Either, Id, Integer, Pin, Routing, Text, YesNo
from .common import LANGUAGE, MUSIC, RECORDING, SECONDS, Record, optional, required
from .model import Function, Group, Param, Update

QUEUE: Final = Record("queue", "queue", "get_queues", "4764")
QUEUE_OF_MEMBER: Final = required(
    "queue",
    Id(),
    "Queue",
    "The ID of the queue, as `get_queues` lists it.",
    "4764",
)
MEMBER: Final = Record("member", "static member", "get_static_members", "163")

WHEN_EMPTY: Final = Choice({"yes": "Yes", "no": "No", "strict": "Strict"})
HOLD_TIME: Final = Choice({"yes": "Yes", "no": "No", "once": "Once"})
STRATEGY: Final = Choice(
    {
        "ringall": "Ring all",
        "leastrecent": "Least recent",
        "fewestcalls": "Fewest calls",
        "random": "Random",
        "rrmemory": "Round robin with memory",
    }
)


def failover(name: str, label: str, about: str) -> Param:
    """Return the parameter that says where calls go that the queue gives up."""
    return optional(
        f"fail_over_routing_{name}", Routing(), f"Failover {label}", about, "vm:101"
    )


FUNCTIONS: Final = (
    Function(
        method="getQueues",
        action="get_queues",
        group=Group.READ,
        name="Get queues",
        about="Lists the calling queues with their settings, passwords included.",
        icon="mdi:account-clock",
        params=(QUEUE.read,),
        lists=("queues",),
    ),
    Function(
        method="setQueue",
        action="set_queue",
        group=Group.WRITE,
        name="Create or change a queue",
        about="Creates a calling queue, in which callers wait for somebody to be free, or"
        " changes one.",
        icon="mdi:account-clock",
        params=(
            QUEUE.change,
            required(
                "queue_name",
                Text(),
                "Name",
                "What the queue is called in lists.",
                "Support",
            ),
            required(
                "queue_number",
                Integer(1),
                "Queue number",
                "The number by which members sign in to the queue.",
                "6",
            ),
            required(
                "queue_language",
                LANGUAGE,
                "Language",
                "The language of the system's own announcements.",
                "en",
            ),
            optional(
                "queue_password",
                Pin(),
                "Password",
                "What members must enter to sign in to the queue.",
            ),
            optional(
                "callerid_prefix",
                Text(19),
                "Caller ID prefix",
                "Put before the caller's name, to tell calls of this queue apart.",
                "Support",
            ),
            optional(
                "join_announcement",
                RECORDING,
                "Announcement on joining",
                "What callers hear first: a recording of `get_recordings`, or none.",
                "7567",
            ),
            required(
                "priority_weight",
                Integer(1, 60),
                "Priority",
                "How this queue ranks among those with the same members, from 1 to 60.",
                1,
            ),
            optional(
                "agent_announcement",
                RECORDING,
                "Announcement to members",
                "What a member hears before the caller: a recording of"
                " `get_recordings`, or none.",
                "none",
            ),
            required(
                "report_hold_time_agent",
                HOLD_TIME,
                "Tell members the wait",
                "Whether a member is told how long the caller has waited.",
                "yes",
            ),
            optional(
                "member_delay",
                Either(Integer(1, 15, unit=SECONDS), {"none": "None"}),
                "Member delay",
                "How long a member waits to be connected, 1 to 15 seconds, or none.",
                10,
            ),
            optional(
                "maximum_wait_time",
                Either(Integer(30, 1200, 30, SECONDS), {"unlimited": "Unlimited"}),
                "Longest wait",
                "How long a caller may wait: 30 to 1200 seconds in steps of 30, or"
                " unlimited.",
                60,
            ),
            optional(
                "maximum_callers",
                Either(Integer(1, 60), {"unlimited": "Unlimited"}),
                "Most callers",
                "How many callers may wait, 1 to 60, or unlimited.",
                10,
            ),
            required(
                "join_when_empty",
                WHEN_EMPTY,
                "Join when empty",
                "Whether callers may join when nobody is there to answer; strict also"
                " counts members who cannot take calls as absent.",
                "no",
            ),
            required(
                "leave_when_empty",
                WHEN_EMPTY,
                "Leave when empty",
                "Whether waiting callers are sent on once nobody is there to answer;"
                " strict also counts members who cannot take calls as absent.",
                "yes",
            ),
            required(
                "ring_strategy",
                STRATEGY,
                "Ring strategy",
                "Which members ring, a code of `get_ring_strategies`.",
                "rrmemory",
            ),
            required(
                "ring_inuse",
                YesNo(),
                "Ring in use",
                "Whether members ring who are already on a call.",
                True,
            ),
            optional(
                "agent_ring_timeout",
                Integer(5, 60, unit=SECONDS),
                "Member ring time",
                "How long a member rings, 5 to 60 seconds.",
                15,
            ),
            optional(
                "retry_timer",
                Either(Integer(5, 60, unit=SECONDS), {"none": "No delay"}),
                "Retry delay",
                "How long to wait before all members are tried again, 5 to 60 seconds,"
                " or none.",
                5,
            ),
            optional(
                "wrapup_time",
                Either(Integer(1, 60, unit=SECONDS), {"none": "No delay"}),
                "Wrap-up time",
                "How long a member rests after a call, 1 to 60 seconds, or none.",
                20,
            ),
            optional(
                "voice_announcement",
                RECORDING,
                "Repeated announcement",
                "What waiting callers hear now and then: a recording of"
                " `get_recordings`, or none.",
                "7567",
            ),
            optional(
                "frequency_announcement",
                Either(Integer(15, 1200, 15, SECONDS), {"none": "No announcement"}),
                "Announcement interval",
                "How often the announcement is repeated: 15 to 1200 seconds in steps of"
                " 15, or none.",
                60,
            ),
            optional(
                "announce_position_frecuency",
                Either(Integer(15, 1200, 15, SECONDS), {"none": "No announcement"}),
                "Position interval",
                "How often callers hear their place in the queue: 15 to 1200 seconds in"
                " steps of 15, or none.",
                60,
            ),
            optional(
                "announce_round_seconds",
                Either(Integer(1, 60, unit=SECONDS), {"none": "Do not announce"}),
                "Rounding of waits",
                "To how many seconds an announced wait is rounded, 1 to 60, or none.",
                30,
            ),
            optional(
                "if_announce_position_enabled_report_estimated_hold_time",
                HOLD_TIME,
                "Announce the wait",
                "Whether callers hear how long it may take, along with their place.",
                "once",
            ),
            optional(
                "thankyou_for_your_patience",
                YesNo(),
                "Thank for patience",
                "Whether callers are thanked after hearing their place.",
                True,
            ),
            optional(
                "music_on_hold",
                MUSIC,
                "Music on hold",
                "The code of the music that waiting callers hear.",
                "jazz",
            ),
            failover(
                "timeout",
                "after the longest wait",
                "Where callers go who have waited for too long.",
            ),
            failover(
                "full",
                "when full",
                "Where callers go when no more may wait.",
            ),
            failover(
                "join_empty",
                "without members",
                "Where callers go who may not join, since the queue has no members.",
            ),
            failover(
                "leave_empty",
                "once members left",
                "Where waiting callers go when the last member leaves the queue.",
            ),
            failover(
                "join_unavail",
                "without free members",
                "Where callers go who may not join, since no member can take calls.",
            ),
            failover(
                "leave_unavail",
                "once members are gone",
                "Where waiting callers go when no member can take calls any more.",
            ),
        ),
        update=Update(id="queue", reader="getQueues", by={"queue": "queue"}),
        shows=("getQueues",),
    ),
    Function(
        method="delQueue",
        action="delete_queue",
        group=Group.DELETE,
        name="Delete a queue",
        about="Deletes a calling queue. This cannot be undone.",
        icon="mdi:delete",
        params=(QUEUE.delete,),
        shows=("getQueues",),
    ),
    Function(
        method="getStaticMembers",
        action="get_static_members",
        group=Group.READ,
        name="Get static members of a queue",
        about="Lists the phones that answer a queue without signing in.",
        icon="mdi:account-group",
        params=(QUEUE_OF_MEMBER, MEMBER.read),
        lists=("members",),
    ),
    Function(
        method="setStaticMember",
        action="set_static_member",
        group=Group.WRITE,
        name="Add or change a static member of a queue",
        about="Lets a phone answer a queue without signing in, or changes how.",
        icon="mdi:account-plus",
        params=(
            MEMBER.change,
            QUEUE_OF_MEMBER,
            required(
                "member_name",
                Text(),
                "Name",
                "What the member is called in lists.",
                "Jane",
            ),
            optional(
                "account",
                Account(),
                "Account",
                "The sub-account that rings, as `get_sub_accounts` lists it.",
                "100001_VoIP",
            ),
            required(
                "priority",
                Integer(),
                "Priority",
                "Members with a lower value get calls first.",
                0,
            ),
        ),
        update=Update(
            id="member",
            reader="getStaticMembers",
            by={"queue": "queue", "member": "member"},
            fields={"member_name": "name"},
            spelled={"account": lambda account: account.removeprefix("SIP/")},
        ),
        shows=("getStaticMembers",),
    ),
    Function(
        method="delStaticMember",
        action="delete_static_member",
        group=Group.DELETE,
        name="Delete a static member of a queue",
        about="Takes a static member out of a queue. This cannot be undone.",
        icon="mdi:account-remove",
        params=(MEMBER.delete, QUEUE_OF_MEMBER),
        shows=("getStaticMembers",),
    ),
    Function(
        method="getRingStrategies",
        action="get_ring_strategies",
        group=Group.READ,
        name="Get ring strategies",
        about="Lists the ways in which a queue can ring its members.",
        icon="mdi:format-list-bulleted",
        params=(
            optional(
                "strategy",
                STRATEGY,
                "Ring strategy",
                "Only this strategy. Leave it out for all.",
                "rrmemory",
            ),
        ),
        lists=("strategies",),
    ),
    Function(
        method="getJoinWhenEmptyTypes",
        action="get_join_when_empty_types",
        group=Group.READ,
        name="Get rules for joining an empty queue",
        about="Lists what a queue can do with callers when nobody is there to answer.",
        icon="mdi:format-list-bulleted",
        params=(
            optional(
                "type",
                WHEN_EMPTY,
                "Rule",
                "Only this rule. Leave it out for all.",
                "yes",
            ),
        ),
        lists=("types",),
    ),
)
