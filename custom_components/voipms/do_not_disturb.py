"""Do not disturb: sending a number's calls away for a while, and back again.

What was there before is kept on disk, so that it survives a restart. It is put back
only if the number is still where do not disturb sent it; somebody who changed the
routing in the meantime, here or at VoIP.ms, meant it.
"""

from typing import Any, Final, TypedDict

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.storage import Store

from .api.errors import VoipmsInvalidValueError
from .const import CONF_DND_ROUTING, DOMAIN
from .coordinator import NumbersCoordinator

DEFAULT_ROUTING: Final = "sys:busy"
VERSION: Final = 1


class Memory(TypedDict):
    """Where a number's calls went before, and where they were sent."""

    before: str
    target: str


def store_of(hass: HomeAssistant, entry: ConfigEntry[Any]) -> Store[dict[str, Memory]]:
    """Return what keeps the memory of an account's numbers."""
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
        """Start without a memory."""
        self._entry = entry
        self._numbers = numbers
        self._store = store_of(hass, entry)
        self._memory: dict[str, Memory] = {}
        self._last: dict[str, str] = {}

    async def async_load(self) -> None:
        """Remember what was before a restart."""
        self._memory = await self._store.async_load() or {}

    @property
    def target(self) -> str:
        """Return where calls are sent when somebody does not want to be disturbed."""
        return str(self._entry.options.get(CONF_DND_ROUTING, DEFAULT_ROUTING))

    @callback
    def async_follow(self) -> None:
        """Remember where calls went also when somebody else sends them away."""
        self._entry.async_on_unload(self._numbers.async_add_listener(self._look))
        self._look()

    @callback
    def _look(self) -> None:
        """Look at where all numbers are now.

        Somebody who routes a number to a new place ends do not disturb; what was
        there before that no longer matters.
        """
        before = self._memory.copy()
        for did, number in self._numbers.data.items():
            routing = number.routing
            if self._is_sent_away(did, routing):
                if did not in self._memory and did in self._last:
                    self._memory[did] = Memory(before=self._last[did], target=routing)
            elif self._last.get(did) != routing:
                self._last[did] = routing
                self._memory.pop(did, None)
        if self._memory != before:
            self._store.async_delay_save(lambda: self._memory)

    def is_on(self, did: str) -> bool:
        """Tell whether the calls of a number are sent away."""
        number = self._numbers.data.get(did)
        return number is not None and self._is_sent_away(did, number.routing)

    def _is_sent_away(self, did: str, routing: str) -> bool:
        """Tell whether a routing of a number is the one of do not disturb."""
        memory = self._memory.get(did)
        return routing == self.target or bool(memory and routing == memory["target"])

    async def async_turn_on(self, did: str) -> None:
        """Send the calls of a number away. Raises a VoipmsError."""

        async def choose(routing: str) -> str | None:
            """Keep where calls go now, unless they are sent away already."""
            if self._is_sent_away(did, routing):
                return None
            target = self.target
            await self._remember(did, Memory(before=routing, target=target))
            return target

        await self._numbers.async_reroute(did, choose)

    async def async_turn_off(self, did: str) -> None:
        """Put back what was before. Raises a VoipmsError."""

        async def choose(routing: str) -> str | None:
            """Put back only what do not disturb itself has changed."""
            memory = self._memory.get(did)
            if memory and routing == memory["target"]:
                return memory["before"]
            if routing == self.target:
                raise VoipmsInvalidValueError("unknown_before", value=routing)
            return None

        await self._numbers.async_reroute(did, choose)
        await self._remember(did, None)

    async def _remember(self, did: str, memory: Memory | None) -> None:
        """Write down where a number's calls went, before they go elsewhere."""
        if memory:
            self._memory[did] = memory
        elif self._memory.pop(did, None) is None:
            return
        await self._store.async_save(self._memory)
