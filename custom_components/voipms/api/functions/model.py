"""The entries of the function table."""

from collections.abc import Callable, Mapping
from dataclasses import KW_ONLY, dataclass, field
from enum import StrEnum
import re
from typing import Final

from ..params import Kind, TrueSwitch


class Group(StrEnum):
    """What a function does to an account, which decides how it may be called."""

    READ = "read"
    WRITE = "write"
    SEND = "send"
    ORDER = "order"
    DELETE = "delete"


_GROUPS: Final[Mapping[str, Group]] = {
    "get": Group.READ,
    "search": Group.READ,
    "set": Group.WRITE,
    "connect": Group.WRITE,
    "unconnect": Group.WRITE,
    "remove": Group.WRITE,
    "send": Group.SEND,
    "order": Group.ORDER,
    "back": Group.ORDER,
    "del": Group.DELETE,
    "delete": Group.DELETE,
    "cancel": Group.DELETE,
}
"""What functions do, by the first word of their names."""

_WORDS: Final = re.compile(r"DIDs?|SIP|vPRI|[A-Z]+s?(?![a-z])|[A-Z]?[a-z]+")
"""The words of a function's name, such as order, DID and USA."""


def group_of(method: str) -> Group | None:
    """Return what a function does by its name; None if the name does not tell."""
    first = _WORDS.match(method)
    return _GROUPS.get(first[0].lower()) if first else None


type ForAdmins = bool | Callable[[str], bool]
"""Whether only administrators may give a parameter, or which of its values."""


@dataclass(frozen=True, slots=True)
class Param:
    """One parameter of a function, by its name on the wire.

    A secret is for administrators, as are parameters that cost money or open the
    account to outsiders.
    """

    name: str
    kind: Kind
    required: bool = False
    admin: ForAdmins = False

    @property
    def is_for_admins(self) -> bool:
        """Return True if only administrators may give it, or some of its values."""
        return self.kind.secret or bool(self.admin)

    def needs_admin(self, value: str) -> bool:
        """Return True if only administrators may give it this value."""
        if callable(self.admin):
            return self.admin(value)
        return self.is_for_admins


def required(name: str, kind: Kind, *, admin: ForAdmins = False) -> Param:
    """Return a parameter that a call cannot do without."""
    return Param(name, kind, required=True, admin=admin)


def optional(name: str, kind: Kind, *, admin: ForAdmins = False) -> Param:
    """Return a parameter that may be left out."""
    return Param(name, kind, admin=admin)


@dataclass(frozen=True, slots=True)
class Update:
    """How a function changes a record that exists.

    `id` is the parameter that names the record; where it is left out, a new one is
    made, if the function `creates` any. `partial` tells whether a change may leave out
    what a new record needs.

    `reader` is the function that reads the record, called with `by` (its parameter ->
    this function's; `id` alone if nothing else is said). `fields` says where a
    parameter's value (`id` included) stands in the record, for those under another
    name. Before a change the record is read, and what nobody means to change is sent
    back as it was read, unless VoIP.ms `keeps` what is not sent; after it the record
    is read again, to see that it has changed.

    `spelled` turns what the reader returns into what the function takes, for the few
    parameters for which VoIP.ms is known to write the two differently. `unseen` are
    parameters that the reader does not return for every account, and `idle` those
    that do nothing while a flag (the value) is off. Functions that change the same
    records from two sides share a `lock`.
    """

    id: str
    _: KW_ONLY
    reader: str
    by: Mapping[str, str] = field(default_factory=dict)
    fields: Mapping[str, str] = field(default_factory=dict)
    creates: bool = True
    partial: bool = True
    keeps: bool = False
    spelled: Mapping[str, Callable[[str], str]] = field(default_factory=dict)
    unseen: frozenset[str] = frozenset()
    idle: Mapping[str, str] = field(default_factory=dict)
    lock: str = ""

    def __post_init__(self) -> None:
        """Default `by` to the parameter that identifies the record."""
        if not self.by:
            object.__setattr__(self, "by", {self.id: self.id})

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


def spelling(**words: str) -> Callable[[str], str]:
    """Return a function that replaces some words and keeps all others."""
    return lambda text: words.get(text, text)


class Function:
    """One function of the API.

    `lists` names the key of the reply that holds a list, if one does. `shows` names
    the functions that show what a success changed; for an update, that is its reader.
    Of the lists that `aligned` names, the first entries belong together, the second
    ones, and so on. A function that `is_action` is one that people call by its
    snake-case name.

    `admin` is for functions that open the account to outsiders, and `costs` for those
    that also cost money or give something up, as every order and every deletion does.
    Only administrators call them, and no field of the latter is given in vain.
    """

    def __init__(
        self,
        method: str,
        *params: Param,
        lists: str = "",
        update: Update | None = None,
        shows: tuple[str, ...] = (),
        aligned: tuple[str, ...] = (),
        is_action: bool = True,
        admin: bool = False,
        costs: bool = False,
    ) -> None:
        """Initialize the function."""
        words = [word.lower() for word in _WORDS.findall(method)]
        self.method = method
        self.group = _GROUPS[words[0]]
        if words[0] == "del":
            words[0] = "delete"
        self.action = "_".join(words) if is_action else None
        self.params = params
        self.lists = lists
        self.update = update
        self.shows = shows or ((update.reader,) if update else ())
        self.aligned = aligned
        self.costs = costs or self.group in (Group.ORDER, Group.DELETE)
        self.admin = admin or self.costs

    @property
    def shows_numbers(self) -> bool:
        """Return True if a success changes the list of numbers or one of them."""
        return "getDIDsInfo" in self.shows

    @property
    def shows_messages(self) -> bool:
        """Return True if a success changes the list of messages."""
        return "getSMS" in self.shows

    @staticmethod
    def number_of(params: Mapping[str, str]) -> str | None:
        """Return the number of the account that a call is for."""
        return params.get("did")

    def changed_number(self, params: Mapping[str, str]) -> str | None:
        """Return the number that a call changes and that continues to exist."""
        if self.group is Group.WRITE and self.shows_numbers:
            return self.number_of(params)
        return None
