"""What decides where a call goes: menus, groups of phones, and the clock."""

from dataclasses import replace
from typing import Final

from ..kinds import (
    Choice,
    Either,
    Flag,
    Id,
    Integer,
    IvrChoices,
    Joined,
    Member,
    Routing,
    Text,
)
from .common import (
    LANGUAGE,
    MAILBOX,
    MUSIC,
    ORDER,
    RECORDING,
    SECONDS,
    Record,
    optional,
    required,
)
from .model import Function, Group, Param, Update

IVR: Final = Record("ivr", "IVR", "get_ivrs", "4636")
RING_GROUP: Final = Record("ring_group", "ring group", "get_ring_groups", "4768")
CALL_HUNTING: Final = Record("callhunting", "call hunting", "get_call_huntings", "323")
TIME_CONDITION: Final = Record(
    "timecondition", "time condition", "get_time_conditions", "1830"
)

SOMEWHERE: Final = Routing(nowhere=False)
HOURS: Final = Joined(Integer(0, 23))
MINUTES: Final = Joined(Integer(0, 59))
WEEKDAYS: Final = Joined(
    Choice(
        {
            "mon": "Monday",
            "tue": "Tuesday",
            "wed": "Wednesday",
            "thu": "Thursday",
            "fri": "Friday",
            "sat": "Saturday",
            "sun": "Sunday",
        }
    )
)


def named(noun: str, example: str) -> Param:
    """Return the parameter that names a record."""
    about = f"What the {noun} is called in lists."
    return required("name", Text(), "Name", about, example)


FUNCTIONS: Final = (
    # IVRs
    Function(
        method="getIVRs",
        action="get_ivrs",
        group=Group.READ,
        name="Get IVRs",
        about="Lists the menus that callers walk through by pressing keys.",
        icon="mdi:dialpad",
        params=(IVR.read,),
        lists=("ivrs",),
    ),
    Function(
        method="setIVR",
        action="set_ivr",
        group=Group.WRITE,
        name="Create or change an IVR",
        about="Creates a menu that callers walk through by pressing keys, or changes one.",
        icon="mdi:dialpad",
        params=(
            IVR.change,
            named("IVR", "Main menu"),
            required(
                "recording",
                Id(),
                "Recording",
                "What callers hear, as `get_recordings` lists it.",
                "7567",
            ),
            required(
                "timeout",
                Integer(1, unit=SECONDS),
                "Timeout",
                "How long callers have to press a key after the recording, in seconds.",
                5,
            ),
            required(
                "language",
                LANGUAGE,
                "Language",
                "The language of the system's own announcements.",
                "en",
            ),
            required(
                "voicemailsetup",
                Id(),
                "Voicemail setup",
                "Whose voicemail callers can reach, as `get_voicemail_setups` lists it.",
                "1",
            ),
            required(
                "choices",
                IvrChoices(),
                "Choices",
                "Where each key leads: keys and routings.",
                {"1": "sip:5096", "2": "fwd:20222"},
            ),
        ),
        update=Update(id="ivr", reader="getIVRs", by={"ivr": "ivr"}),
        shows=("getIVRs",),
    ),
    Function(
        method="delIVR",
        action="delete_ivr",
        group=Group.DELETE,
        name="Delete an IVR",
        about="Deletes an IVR. This cannot be undone.",
        icon="mdi:delete",
        params=(IVR.delete,),
        shows=("getIVRs",),
    ),
    # Ring groups
    Function(
        method="getRingGroups",
        action="get_ring_groups",
        group=Group.READ,
        name="Get ring groups",
        about="Lists the groups of phones that ring together.",
        icon="mdi:account-group",
        params=(RING_GROUP.read,),
        lists=("ring_groups",),
    ),
    Function(
        method="setRingGroup",
        action="set_ring_group",
        group=Group.WRITE,
        name="Create or change a ring group",
        about="Creates a group of phones that ring together, or changes one.",
        icon="mdi:account-group",
        params=(
            RING_GROUP.change,
            named("ring group", "Family"),
            required(
                "members",
                Joined(Member()),
                "Members",
                "Sub-accounts, forwardings and SIP URIs as routings. Each may carry its"
                " ring time (1 to 60 seconds) and 1 if it must press 1 to answer.",
                ["account:100001_VoIP,25,0", "fwd:18635,10,1"],
            ),
            required(
                "voicemail",
                MAILBOX,
                "Voicemail",
                "The mailbox that takes unanswered calls, as `get_voicemails` lists it,"
                " or none.",
                "101",
            ),
            optional(
                "caller_announcement",
                RECORDING,
                "Announcement",
                "What callers hear first: a recording of `get_recordings`, or none.",
                "7567",
            ),
            optional(
                "music_on_hold",
                MUSIC,
                "Music on hold",
                "The code of the music that callers hear while they wait.",
                "jazz",
            ),
            optional(
                "language",
                LANGUAGE,
                "Language",
                "The language of the system's own announcements.",
                "en",
            ),
        ),
        update=Update(
            id="ring_group", reader="getRingGroups", by={"ring_group": "ring_group"}
        ),
        shows=("getRingGroups",),
    ),
    Function(
        method="delRingGroup",
        action="delete_ring_group",
        group=Group.DELETE,
        name="Delete a ring group",
        about="Deletes a ring group. This cannot be undone.",
        icon="mdi:delete",
        params=(replace(RING_GROUP.delete, name="ringgroup"),),
        shows=("getRingGroups",),
    ),
    # Call huntings
    Function(
        method="getCallHuntings",
        action="get_call_huntings",
        group=Group.READ,
        name="Get call huntings",
        about="Lists the call huntings, which ring phones one after the other.",
        icon="mdi:account-arrow-right",
        params=(CALL_HUNTING.read,),
        lists=("call_hunting",),
    ),
    Function(
        method="setCallHunting",
        action="set_call_hunting",
        group=Group.WRITE,
        name="Create or change a call hunting",
        about="Creates a call hunting, which rings phones one after the other, or changes"
        " one.",
        icon="mdi:account-arrow-right",
        params=(
            CALL_HUNTING.change,
            required(
                "description",
                Text(),
                "Description",
                "What the call hunting is called in lists.",
                "Support",
            ),
            required(
                "music",
                MUSIC,
                "Music on hold",
                "The code of the music that callers hear while they wait.",
                "default",
            ),
            required(
                "recording",
                Either(Id(), {"default": "Default", "none": "None"}),
                "Recording",
                "What callers hear first: a recording of `get_recordings`, default or"
                " none.",
                "7567",
            ),
            required(
                "language",
                LANGUAGE,
                "Language",
                "The language of the system's own announcements.",
                "en",
            ),
            required(
                "order",
                ORDER,
                "Order",
                "Whether members ring in the given order or at random.",
                "follow",
            ),
            required(
                "members",
                Joined(Routing()),
                "Members",
                "The phones to ring, as routings.",
                ["account:100001_VoIP", "fwd:18635"],
            ),
            required(
                "ring_time",
                Joined(Integer(1, 60, unit=SECONDS)),
                "Ring times",
                "How long each member rings, 1 to 60 seconds; one for each, in the same"
                " order.",
                [20, 20],
            ),
            required(
                "press",
                Joined(Flag()),
                "Press 1",
                "Whether each member must press 1 to take the call; one for each, in the"
                " same order.",
                [True, False],
            ),
        ),
        update=Update(
            id="callhunting",
            reader="getCallHuntings",
            by={"callhunting": "callhunting"},
        ),
        shows=("getCallHuntings",),
        aligned=("members", "ring_time", "press"),
    ),
    Function(
        method="delCallHunting",
        action="delete_call_hunting",
        group=Group.DELETE,
        name="Delete a call hunting",
        about="Deletes a call hunting. This cannot be undone.",
        icon="mdi:delete",
        params=(CALL_HUNTING.delete,),
        shows=("getCallHuntings",),
    ),
    # Time conditions
    Function(
        method="getTimeConditions",
        action="get_time_conditions",
        group=Group.READ,
        name="Get time conditions",
        about="Lists the time conditions, which route calls by day and hour.",
        icon="mdi:calendar-clock",
        params=(TIME_CONDITION.read,),
        lists=("timecondition",),
    ),
    Function(
        method="setTimeCondition",
        action="set_time_condition",
        group=Group.WRITE,
        name="Create or change a time condition",
        about="Creates a time condition, which routes calls by day and hour, or changes"
        " one. The lists hold one entry for each period.",
        icon="mdi:calendar-clock",
        params=(
            TIME_CONDITION.change,
            named("time condition", "Office hours"),
            required(
                "routing_match",
                SOMEWHERE,
                "Routing within",
                "Where calls go during one of the periods.",
                "account:100001_VoIP",
            ),
            required(
                "routing_nomatch",
                SOMEWHERE,
                "Routing outside",
                "Where calls go at any other time.",
                "vm:101",
            ),
            required(
                "starthour",
                HOURS,
                "Start hours",
                "The hour at which each period starts, from 0 to 23.",
                [8, 8],
            ),
            required(
                "startminute",
                MINUTES,
                "Start minutes",
                "The minute at which each period starts, from 0 to 59.",
                [0, 0],
            ),
            required(
                "endhour",
                HOURS,
                "End hours",
                "The hour at which each period ends, from 0 to 23.",
                [16, 12],
            ),
            required(
                "endminute",
                MINUTES,
                "End minutes",
                "The minute at which each period ends, from 0 to 59.",
                [0, 0],
            ),
            required(
                "weekdaystart",
                WEEKDAYS,
                "First weekdays",
                "The weekday on which each period begins, such as mon.",
                ["mon", "sat"],
            ),
            required(
                "weekdayend",
                WEEKDAYS,
                "Last weekdays",
                "The weekday on which each period ends, such as fri.",
                ["fri", "sat"],
            ),
        ),
        update=Update(
            id="timecondition",
            reader="getTimeConditions",
            by={"timecondition": "timecondition"},
        ),
        shows=("getTimeConditions",),
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
        method="delTimeCondition",
        action="delete_time_condition",
        group=Group.DELETE,
        name="Delete a time condition",
        about="Deletes a time condition. This cannot be undone.",
        icon="mdi:delete",
        params=(TIME_CONDITION.delete,),
        shows=("getTimeConditions",),
    ),
)
