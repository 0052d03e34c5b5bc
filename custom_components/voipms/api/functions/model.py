"""What is known of one API function: the shape of the table's entries."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from ..kinds import Kind


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
    made. `reader` is the function that reads the record, called with `by` (its
    parameter -> this function's), so that the fields that nobody means to change can
    be sent back. `fields` says where a parameter's value (`id` included) stands in the
    record, for those under another name. Without a reader, VoIP.ms keeps what is not
    sent. `partial` tells whether a change may leave out what a new record needs.
    """

    id: str
    reader: str | None = None
    by: Mapping[str, str] = field(default_factory=dict)
    fields: Mapping[str, str] = field(default_factory=dict)
    creates: bool = True
    partial: bool = True


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
