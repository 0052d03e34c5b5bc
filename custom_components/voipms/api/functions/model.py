"""What is known of one API function: the shape of the table's entries."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from ..kinds import Kind, TrueSwitch


class Group(StrEnum):
    """What a function does to an account, which decides how it may be called."""

    READ = "read"
    WRITE = "write"
    SEND = "send"
    ORDER = "order"
    DELETE = "delete"


@dataclass(frozen=True, slots=True, kw_only=True)
class Param:
    """One parameter of a function.

    `name` is the name on the wire and of the action's field, `label` and `about` the
    words beside it, `example` a value that a person might write.
    """

    name: str
    kind: Kind
    label: str
    about: str
    required: bool = False
    example: Any = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Update:
    """How a function changes a record that exists.

    `id` is the parameter that names the record; where it is left out, a new one is
    made, if the function `creates` at all. `partial` tells whether a change may leave
    out what a new record needs.

    `reader` is the function that reads the record, called with `by` (its parameter ->
    this function's). `fields` says where a parameter's value (`id` included) stands in
    the record, for those under another name. Before a change the record is read, and
    what nobody means to change is sent back as it was read, unless VoIP.ms `keeps`
    what is not sent; after it the record is read again, to see that it has changed.

    `spelled` turns what the reader returns into what the function takes, for the few
    parameters for which VoIP.ms is known to write the two differently. `unseen` are
    parameters that the reader does not return for every account, and `idle` those
    that do nothing while a flag (the value) is off. Functions that change the same
    records from two sides share a `lock`.
    """

    id: str
    reader: str
    by: Mapping[str, str]
    fields: Mapping[str, str] = field(default_factory=dict)
    creates: bool = True
    partial: bool = True
    keeps: bool = False
    spelled: Mapping[str, Callable[[str], str]] = field(default_factory=dict)
    unseen: frozenset[str] = frozenset()
    idle: Mapping[str, str] = field(default_factory=dict)
    lock: str = ""

    def field_of(self, param: str) -> str:
        """Return the field of the record that a parameter stands for."""
        return self.fields.get(param, param)

    def settings(self, params: tuple[Param, ...]) -> list[Param]:
        """Return the parameters that are settings of the record.

        What names the record is none, nor what says something of one call only.
        """
        finders = {self.id, *self.by.values()}
        return [
            param
            for param in params
            if param.name not in finders and not isinstance(param.kind, TrueSwitch)
        ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Function:
    """One function of the API, and the action that stands for it, if there is one.

    `lists` names the keys of the reply that hold lists, `shows` the functions that
    show what a success changed. Of the lists that `aligned` names, the first entries
    belong together, the second ones, and so on.
    """

    method: str
    action: str | None = None
    group: Group
    name: str
    about: str
    icon: str
    params: tuple[Param, ...] = ()
    extras: tuple[Param, ...] = ()
    lists: tuple[str, ...] = ()
    update: Update | None = None
    shows: tuple[str, ...] = ()
    aligned: tuple[str, ...] = ()

    @property
    def changes_number(self) -> bool:
        """Tell whether it changes a number that goes on to exist."""
        return self.group is Group.WRITE and "getDIDsInfo" in self.shows
