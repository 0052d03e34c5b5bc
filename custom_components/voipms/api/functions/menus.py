"""Functions for IVRs, ring groups, call huntings and time conditions."""

from typing import Final

from ..params import (
    Choice,
    Either,
    Flag,
    Id,
    Integer,
    IvrChoices,
    Joined,
    Member,
    Routing,
    Seconds,
    Text,
)
from .common import LANGUAGE, MUSIC
from .model import Function, Update, optional, required

WEEKDAY: Final = Choice("mon", "tue", "wed", "thu", "fri", "sat", "sun")

FUNCTIONS: Final = (
    # IVRs
    Function("getIVRs", optional("ivr", Id()), lists="ivrs"),
    Function(
        "setIVR",
        optional("ivr", Id()),
        required("name", Text()),
        required("recording", Id()),
        required("timeout", Seconds(1)),
        required("language", LANGUAGE),
        required("voicemailsetup", Id()),
        required("choices", IvrChoices()),
        update=Update("ivr", reader="getIVRs"),
    ),
    Function("delIVR", required("ivr", Id()), shows=("getIVRs",)),
    # Ring groups
    Function("getRingGroups", optional("ring_group", Id()), lists="ring_groups"),
    Function(
        "setRingGroup",
        optional("ring_group", Id()),
        required("name", Text()),
        required("members", Joined(Member())),
        required("voicemail", Either(Id(), "none")),
        optional("caller_announcement", Either(Id(), "none")),
        optional("music_on_hold", MUSIC),
        optional("language", LANGUAGE),
        update=Update("ring_group", reader="getRingGroups"),
    ),
    Function("delRingGroup", required("ringgroup", Id()), shows=("getRingGroups",)),
    # Call huntings
    Function("getCallHuntings", optional("callhunting", Id()), lists="call_hunting"),
    Function(
        "setCallHunting",
        optional("callhunting", Id()),
        required("description", Text()),
        required("music", MUSIC),
        required("recording", Either(Id(), "default", "none")),
        required("language", LANGUAGE),
        required("order", Choice("follow", "random")),
        required("members", Joined(Routing())),
        required("ring_time", Joined(Seconds(1, 60))),
        required("press", Joined(Flag())),
        update=Update("callhunting", reader="getCallHuntings"),
        aligned=("members", "ring_time", "press"),
    ),
    Function(
        "delCallHunting", required("callhunting", Id()), shows=("getCallHuntings",)
    ),
    # Time conditions
    Function(
        "getTimeConditions", optional("timecondition", Id()), lists="timecondition"
    ),
    Function(
        "setTimeCondition",
        optional("timecondition", Id()),
        required("name", Text()),
        required("routing_match", Routing(nowhere=False)),
        required("routing_nomatch", Routing(nowhere=False)),
        required("starthour", Joined(Integer(0, 23))),
        required("startminute", Joined(Integer(0, 59))),
        required("endhour", Joined(Integer(0, 23))),
        required("endminute", Joined(Integer(0, 59))),
        required("weekdaystart", Joined(WEEKDAY)),
        required("weekdayend", Joined(WEEKDAY)),
        update=Update("timecondition", reader="getTimeConditions"),
        aligned=(
            "starthour",
            "startminute",
            "endhour",
            "endminute",
            "weekdaystart",
            "weekdayend",
        ),
    ),
    Function(
        "delTimeCondition",
        required("timecondition", Id()),
        shows=("getTimeConditions",),
    ),
)
