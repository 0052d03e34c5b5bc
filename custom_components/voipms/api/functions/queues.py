"""Functions for calling queues and their static members."""

from typing import Final

from ..params import (
    Account,
    Choice,
    Either,
    Id,
    Integer,
    Pin,
    Routing,
    Seconds,
    Text,
    YesNo,
)
from .common import LANGUAGE, MUSIC
from .model import Function, Update, optional, required

WHEN_EMPTY: Final = Choice("yes", "no", "strict")
HOLD_TIME: Final = Choice("yes", "no", "once")
STRATEGY: Final = Choice("ringall", "leastrecent", "fewestcalls", "random", "rrmemory")

FUNCTIONS: Final = (
    # Queues
    Function("getQueues", optional("queue", Id()), lists="queues"),
    Function(
        "setQueue",
        optional("queue", Id()),
        required("queue_name", Text()),
        required("queue_number", Integer(1)),
        required("queue_language", LANGUAGE),
        optional("queue_password", Pin()),
        optional("callerid_prefix", Text(19)),
        optional("join_announcement", Either(Id(), "none")),
        required("priority_weight", Integer(1, 60)),
        optional("agent_announcement", Either(Id(), "none")),
        required("report_hold_time_agent", HOLD_TIME),
        optional("member_delay", Either(Seconds(1, 15), "none")),
        optional("maximum_wait_time", Either(Seconds(30, 1200, 30), "unlimited")),
        optional("maximum_callers", Either(Integer(1, 60), "unlimited")),
        required("join_when_empty", WHEN_EMPTY),
        required("leave_when_empty", WHEN_EMPTY),
        required("ring_strategy", STRATEGY),
        required("ring_inuse", YesNo()),
        optional("agent_ring_timeout", Seconds(5, 60)),
        optional("retry_timer", Either(Seconds(5, 60), "none")),
        optional("wrapup_time", Either(Seconds(1, 60), "none")),
        optional("voice_announcement", Either(Id(), "none")),
        optional("frequency_announcement", Either(Seconds(15, 1200, 15), "none")),
        optional("announce_position_frecuency", Either(Seconds(15, 1200, 15), "none")),
        optional("announce_round_seconds", Either(Seconds(1, 60), "none")),
        optional("if_announce_position_enabled_report_estimated_hold_time", HOLD_TIME),
        optional("thankyou_for_your_patience", YesNo()),
        optional("music_on_hold", MUSIC),
        optional("fail_over_routing_timeout", Routing()),
        optional("fail_over_routing_full", Routing()),
        optional("fail_over_routing_join_empty", Routing()),
        optional("fail_over_routing_leave_empty", Routing()),
        optional("fail_over_routing_join_unavail", Routing()),
        optional("fail_over_routing_leave_unavail", Routing()),
        update=Update("queue", reader="getQueues"),
    ),
    Function("delQueue", required("queue", Id()), shows=("getQueues",)),
    # Static members
    Function(
        "getStaticMembers",
        required("queue", Id()),
        optional("member", Id()),
        lists="members",
    ),
    Function(
        "setStaticMember",
        optional("member", Id()),
        required("queue", Id()),
        required("member_name", Text()),
        optional("account", Account()),
        required("priority", Integer()),
        update=Update(
            "member",
            reader="getStaticMembers",
            by={"queue": "queue", "member": "member"},
            fields={"member_name": "name"},
            spelled={"account": lambda account: account.removeprefix("SIP/")},
        ),
    ),
    Function(
        "delStaticMember",
        required("member", Id()),
        required("queue", Id()),
        shows=("getStaticMembers",),
    ),
    # Options
    Function("getRingStrategies", optional("strategy", STRATEGY), lists="strategies"),
    Function("getJoinWhenEmptyTypes", optional("type", WHEN_EMPTY), lists="types"),
)
