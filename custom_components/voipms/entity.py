"""Base entities of VoIP.ms, and their devices."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final, override

from homeassistant.config_entries import ConfigEntry
from homeassistant.const import MAX_LENGTH_STATE_STATE, STATE_UNAVAILABLE, STATE_UNKNOWN
from homeassistant.core import callback
from homeassistant.helpers.device_registry import DeviceEntryType, DeviceInfo
from homeassistant.helpers.entity import Entity, EntityDescription
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback
from homeassistant.helpers.update_coordinator import CoordinatorEntity

from .account import VoipmsAccount, VoipmsConfigEntry
from .api import Did, Direction, Message
from .api.models import Call, Mailbox, Record, SubAccount
from .api.phone import display
from .const import DOMAIN, MANUFACTURER, PORTAL_URL
from .coordinator import NumbersCoordinator, RecordsCoordinator, VoipmsCoordinator

NUMBER_MODEL = "Phone number"
NO_TEXT: Final = "MMS"
"""What a picture without words shows as."""
UNRECORDED: Final = frozenset({"message", "media"})
"""What sensors have not recorded of a message, since its event has it recorded."""


def account_device(entry: ConfigEntry[Any]) -> DeviceInfo:
    """Return the device of an account, under which everything of it hangs."""
    return DeviceInfo(
        identifiers={(DOMAIN, entry.entry_id)},
        entry_type=DeviceEntryType.SERVICE,
        manufacturer=MANUFACTURER,
        model="Account",
        name=entry.title,
        configuration_url=PORTAL_URL,
    )


def record_device(
    record: Record, records: RecordsCoordinator[Any], account: VoipmsAccount
) -> DeviceInfo:
    """Return the device of a number, a phone or a mailbox; its entities share it."""
    identifier = records.identifier(record.key)
    described, device = account.devices.get(identifier, (None, DeviceInfo()))
    if described is not record:
        device = DeviceInfo(
            identifiers={(DOMAIN, identifier)},
            manufacturer=MANUFACTURER,
            via_device_id=account.device_id,
            **_words(record),
        )
        account.devices[identifier] = (record, device)
    return device


def _words(record: Record) -> DeviceInfo:
    """Return what the device of a record is called, and where it is looked after."""
    match record:
        case Did():
            return DeviceInfo(
                name=f"{display(record.did)} {record.description}".strip(),
                model=NUMBER_MODEL,
                entry_type=DeviceEntryType.SERVICE,
                configuration_url=f"{PORTAL_URL}managedid.php",
            )
        case SubAccount():
            return DeviceInfo(
                name=record.description or record.account,
                model="Sub-account",
                model_id=record.account,
                configuration_url=f"{PORTAL_URL}subaccount.php",
            )
        case Mailbox():
            return DeviceInfo(
                name=f"Voicemail {record.name or record.mailbox}",
                model="Mailbox",
                model_id=record.mailbox,
                entry_type=DeviceEntryType.SERVICE,
                configuration_url=f"{PORTAL_URL}voicemail.php",
            )
    raise NotImplementedError


def message_state(message: Message | None) -> str | None:
    """Return the text of a message, as much of it as a state can hold."""
    if message is None:
        return None
    return state_text(message.text) if message.text.strip() else NO_TEXT


def state_text(text: str) -> str:
    """Return a text as a state, as much of it as a state can hold.

    In quotation marks, a text of "unavailable" or "unknown" is what somebody wrote.
    """
    if text in (STATE_UNAVAILABLE, STATE_UNKNOWN):
        return f"“{text}”"
    return text[:MAX_LENGTH_STATE_STATE]


def message_attributes(message: Message, contact_name: str | None) -> dict[str, Any]:
    """Return a message as the attributes of an event or a sensor."""
    attributes = {
        "message": message.text,
        "contact": message.contact,
        "contact_name": contact_name,
        "direction": message.direction.value,
        "id": message.id,
        "time": message.time.isoformat(),
        "media": list(message.media),
    }
    if message.direction is Direction.SENT:
        attributes["delivery"] = message.delivery.value
    return attributes


def call_attributes(call: Call, contact_name: str | None) -> dict[str, Any]:
    """Return a call as the attributes of an event or a sensor; seconds for duration."""
    return {
        "direction": call.direction.value,
        "caller": call.caller,
        "caller_name": contact_name or call.caller_name or None,
        "destination": call.destination,
        "disposition": call.disposition,
        "duration": call.duration,
        "description": call.description,
        "account": call.account,
        "id": call.id,
        "time": call.time.isoformat(),
    }


class VoipmsEntity[CoordinatorT: VoipmsCoordinator[Any]](
    CoordinatorEntity[CoordinatorT]
):
    """Base class of the entities."""

    _attr_has_entity_name = True

    def __init__(
        self,
        coordinator: CoordinatorT,
        description: EntityDescription,
        owner: str,
        context: Any = None,
    ) -> None:
        """Initialize the entity."""
        super().__init__(coordinator, context)
        self.entity_description = description
        self._attr_translation_key = description.translation_key or description.key
        self._attr_unique_id = f"{owner}_{description.key}"


class AccountEntity[CoordinatorT: VoipmsCoordinator[Any]](VoipmsEntity[CoordinatorT]):
    """Entity of the account as a whole."""

    def __init__(
        self,
        coordinator: CoordinatorT,
        entry: VoipmsConfigEntry,
        description: EntityDescription,
    ) -> None:
        """Initialize the entity on the device of the account."""
        super().__init__(coordinator, description, entry.entry_id)
        self._attr_device_info = account_device(entry)


@dataclass(frozen=True, kw_only=True)
class RecordEntityDescription[RecordT: Record](EntityDescription):
    """Describes an entity of a record, and which records have it."""

    has_fn: Callable[[RecordT], bool] = lambda _: True


class RecordEntity[CoordinatorT: VoipmsCoordinator[Any], RecordT: Record](
    VoipmsEntity[CoordinatorT]
):
    """Entity of a record, available as long as the record exists."""

    def __init__(
        self,
        coordinator: CoordinatorT,
        records: RecordsCoordinator[RecordT],
        account: VoipmsAccount,
        key: str,
        description: RecordEntityDescription[RecordT],
    ) -> None:
        """Initialize the entity on the device of its record."""
        record = records.data[key]
        super().__init__(coordinator, description, records.owner(record), context=key)
        self.account = account
        self.key = key
        self._records = records
        self._attr_device_info = record_device(record, records, account)

    @property
    def record(self) -> RecordT | None:
        """Return the record as VoIP.ms last described it."""
        return self._records.data.get(self.key)

    @property
    @override
    def available(self) -> bool:
        """Return whether the record is there and VoIP.ms answers."""
        return super().available and self.record is not None


class DidEntity[CoordinatorT: VoipmsCoordinator[Any]](RecordEntity[CoordinatorT, Did]):
    """Entity of a number (DID)."""

    def __init__(
        self,
        coordinator: CoordinatorT,
        account: VoipmsAccount,
        did: str,
        description: RecordEntityDescription[Did],
    ) -> None:
        """Initialize the entity on the device of its number."""
        super().__init__(coordinator, account.numbers, account, did, description)

    @property
    def did(self) -> str:
        """Return the number."""
        return self.key


class SettingEntity(DidEntity[NumbersCoordinator]):
    """Entity of a setting of a number, whose key is the field of the record."""

    def __init__(
        self,
        account: VoipmsAccount,
        did: str,
        description: RecordEntityDescription[Did],
    ) -> None:
        """Initialize the setting."""
        super().__init__(account.numbers, account, did, description)

    @property
    def setting(self) -> Any:
        """Return the setting, or None where it is not known."""
        return getattr(self.record, self.entity_description.key, None)


@callback
def async_follow[RecordT: Record, DescriptionT: RecordEntityDescription[Any]](
    entry: VoipmsConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
    records: RecordsCoordinator[RecordT],
    descriptions: Sequence[DescriptionT],
    build: Callable[[VoipmsAccount, str, DescriptionT], Entity],
) -> None:
    """Add the entities of every record, and of those that appear later."""
    account = entry.runtime_data
    added: dict[str, tuple[DescriptionT, ...]] = {}

    @callback
    def add() -> None:
        """Add the entities that records have gained."""
        # An entity goes with its record, not with what it was added for.
        for key in added.keys() - records.data.keys():
            del added[key]
        new: list[tuple[str, DescriptionT]] = []
        for key, record in records.data.items():
            had = added.get(key, ())
            more = tuple(
                each for each in descriptions if each not in had and each.has_fn(record)
            )
            if more:
                added[key] = had + more
                new += [(key, description) for description in more]
        if new:
            async_add_entities(
                build(account, key, description) for key, description in new
            )

    add()
    entry.async_on_unload(records.async_add_listener(add))
