"""Sensors of VoIP.ms."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, Final, override

from homeassistant.components.sensor import (
    SensorDeviceClass,
    SensorEntity,
    SensorEntityDescription,
    SensorStateClass,
)
from homeassistant.const import EntityCategory
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .account import VoipmsAccount, VoipmsConfigEntry
from .api import Did, Message
from .api.models import EASTERN, Balance, Mailbox, eastern_today
from .contact_sensors import contact_sensors
from .contacts import async_follow_contacts, async_on_contacts_changed, contact_name
from .coordinator import (
    BalanceCoordinator,
    CallsCoordinator,
    MessagesCoordinator,
    RecordsCoordinator,
)
from .entity import (
    UNRECORDED,
    AccountEntity,
    DidEntity,
    RecordEntity,
    RecordEntityDescription,
    SettingEntity,
    async_follow,
    call_attributes,
    message_attributes,
    message_state,
)
from .messages.recent import LatestOf

PARALLEL_UPDATES = 0

DOLLAR: Final = "USD"
"""What VoIP.ms bills in."""


@dataclass(frozen=True, kw_only=True)
class MessageDescription(RecordEntityDescription[Did], SensorEntityDescription):
    """Describes a sensor of a number's messages."""


@dataclass(frozen=True, kw_only=True)
class NumberSensorDescription(RecordEntityDescription[Did], SensorEntityDescription):
    """Describes a sensor of a number; its key is the record's field."""


@dataclass(frozen=True, kw_only=True)
class MailboxDescription(RecordEntityDescription[Mailbox], SensorEntityDescription):
    """Describes a sensor of a mailbox."""

    value_fn: Callable[[Mailbox], int | None]


@dataclass(frozen=True, kw_only=True)
class BalanceDescription(SensorEntityDescription):
    """Describes a sensor of the account's money and use."""

    value_fn: Callable[[Balance], Decimal | int | None]
    daily: bool = False


MESSAGES = (
    MessageDescription(key="latest_sms", has_fn=lambda number: number.has_messages),
)
NUMBERS = (
    NumberSensorDescription(
        key="next_billing",
        device_class=SensorDeviceClass.DATE,
        entity_category=EntityCategory.DIAGNOSTIC,
    ),
    NumberSensorDescription(
        key="order_date",
        device_class=SensorDeviceClass.TIMESTAMP,
        entity_category=EntityCategory.DIAGNOSTIC,
        entity_registry_enabled_default=False,
    ),
    NumberSensorDescription(
        key="reseller_monthly",
        device_class=SensorDeviceClass.MONETARY,
        entity_category=EntityCategory.DIAGNOSTIC,
        native_unit_of_measurement=DOLLAR,
        suggested_display_precision=2,
        has_fn=lambda number: bool(number.reseller_account),
    ),
)
MAILBOXES = (
    MailboxDescription(
        key="new",
        translation_key="new_voicemails",
        state_class=SensorStateClass.MEASUREMENT,
        value_fn=lambda mailbox: mailbox.new,
    ),
    MailboxDescription(
        key="urgent",
        translation_key="urgent_voicemails",
        state_class=SensorStateClass.MEASUREMENT,
        value_fn=lambda mailbox: mailbox.urgent,
    ),
)
BALANCE = (
    BalanceDescription(
        key="balance",
        device_class=SensorDeviceClass.MONETARY,
        native_unit_of_measurement=DOLLAR,
        state_class=SensorStateClass.TOTAL,
        suggested_display_precision=2,
        value_fn=lambda balance: balance.current_balance,
    ),
    BalanceDescription(
        key="spent_today",
        device_class=SensorDeviceClass.MONETARY,
        native_unit_of_measurement=DOLLAR,
        state_class=SensorStateClass.TOTAL,
        suggested_display_precision=2,
        value_fn=lambda balance: balance.spent_today,
        daily=True,
    ),
    BalanceDescription(
        key="calls_today",
        state_class=SensorStateClass.TOTAL_INCREASING,
        value_fn=lambda balance: balance.calls_today,
    ),
)
LATEST_CALL = SensorEntityDescription(
    key="latest_call", device_class=SensorDeviceClass.TIMESTAMP
)


async def async_setup_entry(
    hass: HomeAssistant,
    entry: VoipmsConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Set up the sensors of an account, its numbers, mailboxes and contacts."""
    account = entry.runtime_data
    async_add_entities(
        [
            *(BalanceSensor(account.balance, entry, each) for each in BALANCE),
            LatestCallSensor(account.calls, entry, LATEST_CALL),
        ]
    )
    numbers = account.numbers
    async_follow(entry, async_add_entities, numbers, MESSAGES, LatestMessageSensor)
    async_follow(entry, async_add_entities, numbers, NUMBERS, NumberSensor)
    async_follow(entry, async_add_entities, account.mailboxes, MAILBOXES, MailboxSensor)
    async_follow_contacts(hass, entry, async_add_entities, contact_sensors)


class LatestMessageSensor(DidEntity[MessagesCoordinator], SensorEntity):
    """Sensor of the latest message of a number, received or sent."""

    _unrecorded_attributes = UNRECORDED

    def __init__(
        self, account: VoipmsAccount, did: str, description: MessageDescription
    ) -> None:
        """Initialize the sensor."""
        super().__init__(account.messages, account, did, description)
        self._shown = self._now

    @property
    def _message(self) -> Message | None:
        """Return the number's latest message."""
        return self.coordinator.latest(LatestOf.NUMBER, self.did)

    @property
    def _contact_name(self) -> str | None:
        """Return the name of whom the message was exchanged with."""
        if (message := self._message) is None:
            return None
        account = self.account
        return contact_name(
            account.hass, account.messages.config_entry, message.contact
        )

    @property
    def _now(self) -> tuple[object, ...]:
        """Return what a state says."""
        return (
            self.coordinator.last_update_success,
            self._message,
            self._contact_name,
        )

    @override
    async def async_added_to_hass(self) -> None:
        """Follow the names of contacts."""
        await super().async_added_to_hass()
        self.async_on_remove(
            async_on_contacts_changed(
                self.hass,
                self.coordinator.config_entry,
                self._handle_coordinator_update,
            )
        )

    @callback
    @override
    def _handle_coordinator_update(self) -> None:
        """Write the state only if the message of this number changed."""
        if (now := self._now) != self._shown:
            self._shown = now
            self.async_write_ha_state()

    @property
    @override
    def native_value(self) -> str | None:
        """Return the text, as much of it as a state can hold."""
        return message_state(self._message)

    @property
    @override
    def extra_state_attributes(self) -> dict[str, Any] | None:
        """Return the whole message."""
        if (message := self._message) is None:
            return None
        return message_attributes(message, self._contact_name)


class NumberSensor(SettingEntity, SensorEntity):
    """Sensor of a date or a price of a number."""

    @property
    @override
    def native_value(self) -> date | datetime | Decimal | None:
        """Return the field of the record."""
        value: date | datetime | Decimal | None = self.setting
        return value


class MailboxSensor(RecordEntity[RecordsCoordinator[Mailbox], Mailbox], SensorEntity):
    """Sensor of the voicemails in a mailbox."""

    entity_description: MailboxDescription

    def __init__(
        self, account: VoipmsAccount, mailbox: str, description: MailboxDescription
    ) -> None:
        """Initialize the sensor."""
        boxes = account.mailboxes
        super().__init__(boxes, boxes, account, mailbox, description)

    @property
    @override
    def native_value(self) -> int | None:
        """Return how many."""
        return self.entity_description.value_fn(self.record) if self.record else None


class BalanceSensor(AccountEntity[BalanceCoordinator], SensorEntity):
    """Sensor of the balance of the account, or the cost of today."""

    entity_description: BalanceDescription

    @property
    @override
    def native_value(self) -> Decimal | int | None:
        """Return the sum or the count."""
        return self.entity_description.value_fn(self.coordinator.data)

    @property
    @override
    def last_reset(self) -> datetime | None:
        """Return when a sum of today began, which is midnight at VoIP.ms."""
        if not self.entity_description.daily:
            return None
        return datetime.combine(eastern_today(), time(), EASTERN)


class LatestCallSensor(AccountEntity[CallsCoordinator], SensorEntity):
    """Sensor of the latest call."""

    @property
    @override
    def native_value(self) -> datetime | None:
        """Return when the call began."""
        return self.coordinator.data.time if self.coordinator.data else None

    @property
    @override
    def extra_state_attributes(self) -> dict[str, Any] | None:
        """Return the call."""
        if (call := self.coordinator.data) is None:
            return None
        name = contact_name(
            self.hass, self.coordinator.config_entry, call.caller_number
        )
        return call_attributes(call, name)
