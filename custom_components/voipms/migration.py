"""Taking over config entries of version 1, our own and those of another integration.

Our own told everything apart by the account's e-mail address, which may change and is
nobody's business. The other is ha-voipms by andrewtryder, which has the same domain: it
tells everything apart by the id of its entry, as we do now.
"""

from collections.abc import Mapping
from typing import Any, Final

from homeassistant.components.webhook import async_generate_id
from homeassistant.config_entries import ConfigEntry
from homeassistant.const import CONF_PASSWORD, CONF_URL, CONF_USERNAME, CONF_WEBHOOK_ID
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import device_registry as dr, entity_registry as er

from .api import API_URL
from .const import CONF_CLOUDHOOK_URL, DOMAIN, ENTRY_VERSION, LOGGER
from .repairs import issues
from .sign_in import async_free_title, is_web_address, trimmed

USERNAMES: Final = (CONF_USERNAME, "email", "api_username")
PASSWORDS: Final = (CONF_PASSWORD, "api_password")
"""Under which keys credentials are found, whoever wrote them."""

KEPT: Final = {
    "balance": "balance",
    "last_call": "latest_call",
    # It may be called so already if Home Assistant was killed on the way.
    "latest_call": "latest_call",
}
"""What the other integration calls the sensors that we have, too."""


@callback
def async_migrate(hass: HomeAssistant, entry: ConfigEntry[Any]) -> bool:
    """Migrate an entry; return False and raise an issue if that is impossible."""
    if entry.version > ENTRY_VERSION:
        return False  # written by a later version than this one
    if entry.version == ENTRY_VERSION:
        return True
    data = data_of(entry)
    if data is None:
        return _refuse(hass, entry, issues.NOT_TAKEN_OVER)
    unique_id = data[CONF_USERNAME].lower()
    other = hass.config_entries.async_entry_for_domain_unique_id(DOMAIN, unique_id)
    if other not in (None, entry):
        return _refuse(hass, entry, issues.SET_UP_TWICE)
    if CONF_WEBHOOK_ID in entry.data:
        _rename(hass, entry)
    else:
        _take_over(hass, entry)
    named_by_email = trimmed(entry.title).lower() == unique_id
    hass.config_entries.async_update_entry(
        entry,
        data=data,
        title=async_free_title(hass) if named_by_email else entry.title,
        unique_id=unique_id,
        version=ENTRY_VERSION,
        minor_version=1,
    )
    return True


def data_of(entry: ConfigEntry[Any]) -> dict[str, Any] | None:
    """Return the data of an entry as they are written now.

    Returns None if they do not say whose account it is. A password that is missing is
    asked for when VoIP.ms does not accept that there is none.
    """
    username = _text(entry.data, *USERNAMES)
    if not username and "@" in str(entry.unique_id):
        username = trimmed(str(entry.unique_id))
    if not username:
        return None
    url = _text(entry.data, CONF_URL)
    data = {
        CONF_USERNAME: username,
        CONF_PASSWORD: _text(entry.data, *PASSWORDS),
        CONF_URL: url if is_web_address(url) else API_URL,
        CONF_WEBHOOK_ID: _text(entry.data, CONF_WEBHOOK_ID) or async_generate_id(),
    }
    if cloudhook := _text(entry.data, CONF_CLOUDHOOK_URL):
        data[CONF_CLOUDHOOK_URL] = cloudhook
    return data


def _text(data: Mapping[str, Any], *keys: str) -> str:
    """Return the first text that is under one of the keys, or an empty one."""
    values = (data.get(key) for key in keys)
    texts = (trimmed(value) for value in values if isinstance(value, str))
    return next(filter(None, texts), "")


def _refuse(hass: HomeAssistant, entry: ConfigEntry[Any], key: str) -> bool:
    """Tell the user what to do about an entry that cannot be used."""
    LOGGER.error("The entry %s cannot be taken over; see the repairs", entry.title)
    issues.async_raise(hass, entry, key)
    return False


@callback
def _rename(hass: HomeAssistant, entry: ConfigEntry[Any]) -> None:
    """Replace the email by the entry ID in all identifiers."""
    old = str(entry.unique_id)

    def renamed(name: str) -> str:
        """Return what something is called now."""
        mine = name == old or name.startswith(f"{old}_")
        return entry.entry_id + name.removeprefix(old) if mine else name

    entities = er.async_get(hass)
    for entity in er.async_entries_for_config_entry(entities, entry.entry_id):
        _set_unique_id(entities, entity, renamed(entity.unique_id))
    devices = dr.async_get(hass)
    for device in dr.async_entries_for_config_entry(devices, entry.entry_id):
        identifiers = {
            (domain, renamed(name) if domain == DOMAIN else name)
            for domain, name in device.identifiers
        }
        devices.async_update_device(device.id, new_identifiers=identifiers)


@callback
def _take_over(hass: HomeAssistant, entry: ConfigEntry[Any]) -> None:
    """Keep the entities of the other integration that exist here; remove the others."""
    entities = er.async_get(hass)
    for entity in er.async_entries_for_config_entry(entities, entry.entry_id):
        if unique_id := _counterpart(entry, entity):
            _set_unique_id(entities, entity, unique_id)
        else:
            entities.async_remove(entity.entity_id)
    devices = dr.async_get(hass)
    for device in dr.async_entries_for_config_entry(devices, entry.entry_id):
        if (DOMAIN, entry.entry_id) not in device.identifiers and not (
            er.async_entries_for_device(
                entities, device.id, include_disabled_entities=True
            )
        ):
            devices.async_remove_device(device.id)


def _counterpart(entry: ConfigEntry[Any], entity: er.RegistryEntry) -> str | None:
    """Return what an entity of the other integration is called here, if it is."""
    name = entity.unique_id.removeprefix(f"{entry.entry_id}_")
    if entity.domain == "sensor" and name in KEPT:
        return f"{entry.entry_id}_{KEPT[name]}"
    if entity.domain == "binary_sensor":
        if name.startswith("registration_"):
            return f"{name.removeprefix('registration_')}_registration"
        if name.endswith("_registration"):
            return name
    return None


@callback
def _set_unique_id(
    entities: er.EntityRegistry, entity: er.RegistryEntry, unique_id: str
) -> None:
    """Change the unique ID of an entity, unless another entity has it."""
    if unique_id == entity.unique_id:
        return
    if entities.async_get_entity_id(entity.domain, DOMAIN, unique_id):
        entities.async_remove(entity.entity_id)
    else:
        entities.async_update_entity(entity.entity_id, new_unique_id=unique_id)
