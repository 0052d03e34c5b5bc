"""The devices: the account, and each of its numbers."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, override

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import callback
from homeassistant.helpers.device_registry import DeviceEntryType, DeviceInfo
from homeassistant.helpers.entity import Entity, EntityDescription
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback
from homeassistant.helpers.update_coordinator import (
    CoordinatorEntity,
    DataUpdateCoordinator,
)

from .account import VoipmsAccount, VoipmsConfigEntry
from .api import Did, Message
from .api.phone import display
from .const import DOMAIN, MANUFACTURER, PORTAL_URL


def account_device(entry: ConfigEntry[Any]) -> DeviceInfo:
    """Return the device of an account, under which everything of it hangs."""
    return DeviceInfo(
        identifiers={(DOMAIN, str(entry.unique_id))},
        entry_type=DeviceEntryType.SERVICE,
        manufacturer=MANUFACTURER,
        model="Account",
        name=entry.title,
        configuration_url=PORTAL_URL,
    )


def number_device(number: Did, account: VoipmsAccount) -> DeviceInfo:
    """Return the device of a number, named as people write it."""
    return DeviceInfo(
        identifiers={(DOMAIN, number.did)},
        entry_type=DeviceEntryType.SERVICE,
        manufacturer=MANUFACTURER,
        model="Phone number",
        name=f"{display(number.did)} {number.description}".strip(),
        configuration_url=PORTAL_URL,
        via_device_id=account.device_id,
    )


def message_attributes(message: Message) -> dict[str, Any]:
    """Return a message as the attributes of an event or a sensor."""
    return {
        "message": message.text,
        "contact": message.contact,
        "direction": message.direction.value,
        "id": message.id,
        "time": message.time.isoformat(),
        "media": list(message.media),
    }


@dataclass(frozen=True, kw_only=True)
class NumberEntityDescription(EntityDescription):
    """Describes an entity of a number, and which numbers have it."""

    has_fn: Callable[[Did], bool] = lambda _: True


class NumberEntity[CoordinatorT: DataUpdateCoordinator[Any]](
    CoordinatorEntity[CoordinatorT]
):
    """Something of a number. It is available as long as the number is there."""

    _attr_has_entity_name = True

    def __init__(
        self,
        coordinator: CoordinatorT,
        account: VoipmsAccount,
        did: str,
        description: NumberEntityDescription,
    ) -> None:
        """Hang the entity on its number's device."""
        super().__init__(coordinator)
        self.account = account
        self.did = did
        self.entity_description = description
        self._attr_translation_key = description.translation_key or description.key
        self._attr_unique_id = f"{did}_{description.key}"
        self._attr_device_info = number_device(account.numbers.data[did], account)

    @property
    def number(self) -> Did | None:
        """Return the number as VoIP.ms last described it."""
        return self.account.numbers.data.get(self.did)

    @property
    @override
    def available(self) -> bool:
        """Return whether the number is there and VoIP.ms answers."""
        return super().available and self.number is not None


@callback
def async_follow_numbers[DescriptionT: NumberEntityDescription](
    entry: VoipmsConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
    descriptions: Sequence[DescriptionT],
    build: Callable[[VoipmsAccount, str, DescriptionT], Entity],
) -> None:
    """Add the entities of every number, and of those that appear later."""
    account = entry.runtime_data
    added: set[tuple[str, str]] = set()

    @callback
    def add() -> None:
        """Add what numbers have now and had not before."""
        wanted = {
            (did, description.key): description
            for did, number in account.numbers.data.items()
            for description in descriptions
            if description.has_fn(number)
        }
        new = wanted.keys() - added
        added.intersection_update(wanted)
        added.update(new)
        async_add_entities(
            build(account, did, description)
            for (did, key), description in wanted.items()
            if (did, key) in new
        )

    add()
    entry.async_on_unload(account.numbers.async_add_listener(add))
