"""Areas suggested for new devices."""

import re

from homeassistant.core import CALLBACK_TYPE, Event, HassJob, HomeAssistant, callback
from homeassistant.helpers import area_registry as ar, device_registry as dr
from homeassistant.helpers.device_registry import (
    EVENT_DEVICE_REGISTRY_UPDATED,
    EventDeviceRegistryUpdatedData,
)
from homeassistant.helpers.event import async_call_later

from .account import VoipmsConfigEntry

DELAY = 1.0
"""How many seconds a new device has to get its entities."""


class NewDevices:
    """Assigns new devices to the area that their name mentions.

    A suggested area would be part of the entity ids, in which the name says it already:
    binary_sensor.kitchen_kitchen_phone_registration. So the entities come first.
    """

    def __init__(self, hass: HomeAssistant, entry: VoipmsConfigEntry) -> None:
        """Initialize, listening for new devices of an account until it is unloaded."""
        self._hass = hass
        self._entry = entry
        self._new: set[str] = set()
        self._cancel: CALLBACK_TYPE | None = None
        entry.async_on_unload(
            hass.bus.async_listen(
                EVENT_DEVICE_REGISTRY_UPDATED, self._on_created, _is_created
            )
        )
        entry.async_on_unload(self._stop)

    @callback
    def _on_created(self, event: Event[EventDeviceRegistryUpdatedData]) -> None:
        """Handle a new device, which has no entities yet."""
        self._new.add(event.data["device_id"])
        self._stop()
        job = HassJob(self.async_place, cancel_on_shutdown=True)
        self._cancel = async_call_later(self._hass, DELAY, job)

    @callback
    def _stop(self) -> None:
        """Stop listening."""
        if self._cancel:
            self._cancel()
            self._cancel = None

    @callback
    def async_place(self, _: object = None) -> None:
        """Assign the new devices to their areas."""
        self._stop()
        registry = dr.async_get(self._hass)
        while self._new:
            device = registry.async_get(self._new.pop(), include_child_devices=False)
            if (
                device is not None
                and device.config_entry_id == self._entry.entry_id
                and device.config_subentry_id is None
                and device.via_device_id
                and device.area_id is None
                and (area_id := _area_of(self._hass, device.name or ""))
            ):
                registry.async_update_device(device.id, area_id=area_id)


@callback
def _is_created(data: EventDeviceRegistryUpdatedData) -> bool:
    """Return True if a device has been created."""
    return data["action"] == "create"


def _area_of(hass: HomeAssistant, name: str) -> str | None:
    """Return the area that a name speaks of: the kitchen, for "Kitchen phone"."""
    for area in ar.async_get(hass).async_list_areas():
        if re.search(rf"(?<!\w){re.escape(area.name)}(?!\w)", name, re.IGNORECASE):
            return area.id
    return None
