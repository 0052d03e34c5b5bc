"""Do not disturb: a number's calls are routed elsewhere for a while, and back again.

The routing of before is kept on disk to survive a restart. It is restored only if the
number is still routed where do not disturb routed it; whoever changed the routing in
the meantime, here or at VoIP.ms, meant it.
"""

from typing import Any, ClassVar, Final, NotRequired, TypedDict, override

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.storage import Store

from .api import Did, Routing, VoipmsClient
from .api.errors import VoipmsInvalidValueError
from .api.phone import display
from .const import CONF_DND_ROUTING, DOMAIN
from .coordinator import NumbersCoordinator
from .directory import async_words, key_of
from .repairs import issues
from .undo import Changes

DEFAULT_ROUTING: Final = "sys:busy"
VERSION: Final = 1


class Memory(TypedDict):
    """Where a number was routed before, and where do not disturb routed it."""

    before: str
    target: str
    elsewhere: NotRequired[bool]
    """Whether somebody else routed it there, at VoIP.ms or by an action."""


def store_of(hass: HomeAssistant, entry: ConfigEntry[Any]) -> Store[dict[str, Memory]]:
    """Return the store of the routings of before."""
    key = f"{DOMAIN}.{entry.entry_id}.do_not_disturb"
    return Store(hass, VERSION, key, private=True)


class DoNotDisturb:
    """Do not disturb for the numbers of one account."""

    def __init__(
        self,
        hass: HomeAssistant,
        entry: ConfigEntry[Any],
        numbers: NumbersCoordinator,
    ) -> None:
        """Initialize with nothing remembered."""
        self._hass = hass
        self._entry = entry
        self._numbers = numbers
        self._store = store_of(hass, entry)
        self._memory: dict[str, Memory] = {}
        self._last: dict[str, str] = {}

    async def async_load(self) -> None:
        """Load the routings of before."""
        self._memory = await self._store.async_load() or {}

    @property
    def target(self) -> str:
        """Return where do not disturb routes calls."""
        return str(self._entry.options.get(CONF_DND_ROUTING, DEFAULT_ROUTING))

    @callback
    def async_follow(self) -> None:
        """Follow the routings, to know those of before also if others change them."""
        self._entry.async_on_unload(self._numbers.async_add_listener(self._update))
        self._update()

    @callback
    def _update(self) -> None:
        """Update what is remembered by the current routings.

        Whoever routes a number to a new place ends do not disturb; what was there
        before that no longer matters.
        """
        before = self._memory.copy()
        for did, number in self._numbers.data.items():
            routing = number.routing
            if self._is_target(did, routing):
                if did not in self._memory and did in self._last:
                    self._memory[did] = Memory(
                        before=self._last[did], target=routing, elsewhere=True
                    )
            elif self._last.get(did) != routing:
                self._last[did] = routing
                self._memory.pop(did, None)
        if self._memory != before:
            # Unloading waits for it, so that who loads it next finds it.
            self._entry.async_create_task(self._hass, self._save())

    def is_on(self, did: str) -> bool:
        """Return True if do not disturb is on for a number."""
        number = self._numbers.data.get(did)
        return number is not None and self._is_target(did, number.routing)

    def _is_target(self, did: str, routing: str) -> bool:
        """Return True if do not disturb routes a number there."""
        memory = self._memory.get(did)
        return routing == self.target or bool(memory and routing == memory["target"])

    async def async_turn_on(self, did: str) -> None:
        """Turn do not disturb on for a number. Raises a VoipmsError."""

        async def choose(routing: str) -> str | None:
            """Keep the current routing, unless do not disturb is on already."""
            if self._is_target(did, routing):
                return None
            target = self.target
            await self._remember(did, Memory(before=routing, target=target))
            return target

        await self._numbers.async_reroute(did, choose)

    async def async_turn_off(self, did: str) -> None:
        """Restore the routing of before. Raises a VoipmsError."""

        async def choose(routing: str) -> str | None:
            """Restore only what do not disturb itself has changed."""
            memory = self._memory.get(did)
            if memory and routing == memory["target"]:
                return memory["before"]
            if routing == self.target:
                raise VoipmsInvalidValueError("unknown_before", value=routing)
            return None

        await self._numbers.async_reroute(did, choose)
        await self._remember(did, None)

    async def _remember(self, did: str, memory: Memory | None) -> None:
        """Save the routing of before, before the number is routed elsewhere."""
        if memory:
            self._memory[did] = memory
        elif self._memory.pop(did, None) is None:
            return
        await self._save()

    async def _save(self) -> None:
        """Save what is remembered."""
        await self._store.async_save(self._memory)


class RoutingChanges(Changes):
    """The numbers that do not disturb routed elsewhere."""

    issue: ClassVar = issues.ROUTING_NOT_RESTORED

    def __init__(self, hass: HomeAssistant, entry: ConfigEntry[Any]) -> None:
        """Initialize with nothing to restore."""
        self._hass = hass
        self._store = store_of(hass, entry)
        self._others: dict[str, Memory] = {}
        self.before: dict[str, Memory] = {}

    @override
    async def async_load(self) -> None:
        """Load the routings of before. What others routed stays as it is."""
        for did, memory in (await self._store.async_load() or {}).items():
            kept = self._others if memory.get("elsewhere") else self.before
            kept[did] = memory

    @override
    async def async_save(self) -> None:
        """Save the routings that are still to be restored."""
        await self._store.async_save(self._others | self.before)

    @override
    async def async_restore(self, client: VoipmsClient, number: Did) -> None:
        """Restore the routing of a number if do not disturb still stands."""
        memory = self.before[number.did]

        async def choose(routing: str) -> str | None:
            """Return the routing of before, unless somebody has changed it since."""
            return memory["before"] if routing == memory["target"] else None

        await client.reroute(number.did, choose, lambda _: None)

    @override
    def remaining(self, did: str) -> tuple[str, dict[str, str]]:
        """Return the message about a number that is still routed elsewhere."""
        memory = self.before[did]
        return "routing_not_restored", {
            "number": display(did),
            "target": self._name(memory["target"]),
            "before": self._name(memory["before"]),
        }

    def _name(self, routing: str) -> str:
        """Return a routing in words, without asking VoIP.ms for its name."""
        words = async_words(self._hass)
        try:
            parsed = Routing.parse(routing)
        except VoipmsInvalidValueError:
            return routing
        if name := words.get(key_of(parsed)):
            return name
        kind = words.get(parsed.header)
        return f"{kind} {parsed.record} ({routing})" if kind else routing
