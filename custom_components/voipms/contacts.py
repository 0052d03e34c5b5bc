"""People to write to: each is a subentry of the account that writes to them."""

from dataclasses import dataclass
from typing import Final, Self

from homeassistant.config_entries import ConfigSubentry
from homeassistant.const import CONF_NAME
from homeassistant.helpers.device_registry import AnyDeviceEntry, DeviceInfo

from .account import VoipmsConfigEntry
from .const import CONF_DID, CONF_NUMBER, DOMAIN, MANUFACTURER

SUBENTRY_TYPE: Final = "contact"
MODEL: Final = "Contact"


@dataclass(frozen=True, slots=True)
class Contact:
    """A person, the number they are reached at, and the number to write from."""

    name: str
    number: str
    did: str

    @classmethod
    def of(cls, subentry: ConfigSubentry) -> Self:
        """Read a subentry."""
        data = subentry.data
        return cls(data[CONF_NAME], data[CONF_NUMBER], data[CONF_DID])


def contacts(entry: VoipmsConfigEntry) -> dict[str, Contact]:
    """Return the contacts of an account by the id of their subentry."""
    return {
        subentry_id: Contact.of(subentry)
        for subentry_id, subentry in entry.subentries.items()
        if subentry.subentry_type == SUBENTRY_TYPE
    }


def contact_device(
    entry: VoipmsConfigEntry, subentry_id: str, contact: Contact
) -> DeviceInfo:
    """Return the device of a person."""
    return DeviceInfo(
        identifiers={(DOMAIN, identifier(entry, subentry_id))},
        manufacturer=MANUFACTURER,
        model=MODEL,
        name=contact.name,
        via_device_id=entry.runtime_data.device_id,
    )


def contact_of(entry: VoipmsConfigEntry, device: AnyDeviceEntry) -> Contact | None:
    """Return the person that a device stands for."""
    for subentry_id, contact in contacts(entry).items():
        if (DOMAIN, identifier(entry, subentry_id)) in device.identifiers:
            return contact
    return None


def identifier(entry: VoipmsConfigEntry, subentry_id: str) -> str:
    """Return what tells the device of a person from all others."""
    return f"{entry.entry_id}_{SUBENTRY_TYPE}_{subentry_id}"
