"""Check the permissions of the user who calls an action, and filter the response.

A user has the permissions they have for the entities, and an administrator has all. A
call without a user comes from an automation, which an administrator wrote; as everybody
can read its trace, it does not get secrets either.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from homeassistant.auth.models import User
from homeassistant.auth.permissions.const import POLICY_CONTROL, POLICY_READ
from homeassistant.core import Context, HomeAssistant
from homeassistant.exceptions import Unauthorized, UnknownUser
from homeassistant.helpers import device_registry as dr, entity_registry as er

from ..account import VoipmsConfigEntry
from ..api import Function, Group
from ..api.models import Did, Record
from ..api.private import without_secrets
from ..api.settings import setting_of
from ..api.subjects import GET_BALANCE, GET_MEDIA, MESSAGE_READERS, SUBJECTS
from ..const import DOMAIN
from ..coordinator.records import identifier

MAIN: Final = ("routing",)
"""The entity whose permissions apply where a setting has no entity of its own."""
MESSAGES: Final = ("latest_sms", "sms")
"""The entities that show the messages of a number."""


@dataclass(frozen=True)
class Access:
    """The permissions of the caller; an automation has no user."""

    hass: HomeAssistant
    context: Context | None
    user: User | None

    @property
    def is_unrestricted(self) -> bool:
        """Return True if the caller may call every action."""
        return self.user is None or self.user.is_admin

    def check_admin(self, function: Function, params: Mapping[str, str]) -> None:
        """Refuse functions and parameters for administrators. Raises Unauthorized."""
        given = [param for param in function.params if param.name in params]
        if not self.is_unrestricted and (
            function.admin or any(each.needs_admin(params[each.name]) for each in given)
        ):
            raise Unauthorized(context=self.context)

    def check(
        self, entry: VoipmsConfigEntry, function: Function, params: Mapping[str, str]
    ) -> None:
        """Check the permissions for a call. Raises Unauthorized."""
        self.check_admin(function, params)
        if self.is_unrestricted:
            return
        if function.group is Group.READ:
            self._check_read(entry, function, params)
        elif function.group is Group.SEND:
            self.check_number(entry, params["did"], MESSAGES)
        elif function.update and function.update.id == "did":
            self._check_change(entry, function, params)
        else:  # a record that every number of the account may use
            for did in entry.runtime_data.numbers.data or ("",):
                self.check_number(entry, did, MAIN)

    def check_number(
        self, entry: VoipmsConfigEntry, did: str, names: Iterable[str]
    ) -> None:
        """Check that the user may control one of these entities of a number."""
        self._require(POLICY_CONTROL, _of_number(self.hass, entry, did, names))

    def check_device(self, device_id: str) -> None:
        """Check that the user may control an entity of a device."""
        self._require(POLICY_CONTROL, _of_device(self.hass, device_id))

    def _check_change(
        self, entry: VoipmsConfigEntry, function: Function, params: Mapping[str, str]
    ) -> None:
        """Check that the user may control the entity of every changed setting.

        A setting without an entity requires control of the routing.
        """
        update, did = function.update, params["did"]
        assert update
        for name in params.keys() - {"did"} or {""}:
            shown = _of_number(self.hass, entry, did, [update.field_of(name)])
            self._require(
                POLICY_CONTROL, shown or _of_number(self.hass, entry, did, MAIN)
            )

    def _check_read(
        self, entry: VoipmsConfigEntry, function: Function, params: Mapping[str, str]
    ) -> None:
        """Check that the user may read what a function returns.

        Functions that return several records are allowed, and their reply filtered.
        """
        _, key = SUBJECTS.get(function, (None, ""))
        if function is GET_MEDIA:  # the number is not known
            keys: Iterable[str] = entry.runtime_data.numbers.data
        elif key in params:
            keys = [params[key]]
        else:
            only = f"{entry.entry_id}_balance" if function is GET_BALANCE else None
            self._require(POLICY_READ, _of_account(self.hass, entry, only))
            return
        if not all(map(self._reader(entry, function), keys)):
            raise Unauthorized(context=self.context, permission=POLICY_READ)

    def visible(
        self, entry: VoipmsConfigEntry, function: Function | None, reply: dict[str, Any]
    ) -> dict[str, Any]:
        """Return the part of a reply that the caller may read."""
        if self.user is None or not self.user.is_admin:
            reply = without_secrets(reply)
        if self.is_unrestricted or function is None or function.lists not in reply:
            return reply
        _, key = SUBJECTS.get(function, (Did, "did"))
        may_see = self._reader(entry, function)
        rows = [
            row
            for row in reply[function.lists]
            if (name := row.get(key) if isinstance(row, dict) else row) is None
            or may_see(str(name))
        ]
        return reply | {function.lists: rows}

    def _reader(
        self, entry: VoipmsConfigEntry, function: Function
    ) -> Callable[[str], bool]:
        """Return a function that checks whether the user may read a record."""
        assert self.user
        if self.user.permissions.access_all_entities(POLICY_READ):
            return lambda _: True
        model, _ = SUBJECTS.get(function, (Did, ""))
        names = MESSAGES if function in MESSAGE_READERS else MAIN

        @cache
        def may_see(key: str) -> bool:
            """Return True if the user may read an entity of the record."""
            if (device := _device(self.hass, entry, model, key)) is None:
                # Not a record of the account, such as a number in stock.
                return function not in SUBJECTS
            if model is Did:
                entity_ids = _of_number(self.hass, entry, key, names)
            else:
                entity_ids = _of_device(self.hass, device)
            return self._may(POLICY_READ, entity_ids)

        return may_see

    def _require(self, policy: str, entity_ids: Iterable[str]) -> None:
        """Raise Unauthorized unless the user has a permission for one of the entities."""
        if not self._may(policy, entity_ids):
            raise Unauthorized(context=self.context, permission=policy)

    def _may(self, policy: str, entity_ids: Iterable[str]) -> bool:
        """Return True if the user has a permission for one of the entities."""
        if self.is_unrestricted:
            return True
        assert self.user
        permissions = self.user.permissions
        return permissions.access_all_entities(policy) or any(
            permissions.check_entity(entity_id, policy) for entity_id in entity_ids
        )


async def async_access(hass: HomeAssistant, context: Context | None) -> Access:
    """Return the permissions of the caller. Raises UnknownUser."""
    user = None
    if context is not None and context.user_id:
        user = await hass.auth.async_get_user(context.user_id)
        if user is None:
            raise UnknownUser(context=context)
    return Access(hass, context, user)


async def async_check_setting(
    hass: HomeAssistant, context: Context | None, field: str, value: str
) -> None:
    """Refuse a value of a number's setting that only an administrator may give.

    Raises Unauthorized.
    """
    access = await async_access(hass, context)
    setting = setting_of(field)
    access.check_admin(setting.function, {setting.param: value})


def _of_number(
    hass: HomeAssistant, entry: VoipmsConfigEntry, did: str, names: Iterable[str]
) -> list[str]:
    """Return the entities of a number that have these keys."""
    if (device_id := _device(hass, entry, Did, did)) is None:
        return []
    unique_ids = {f"{did}_{name}" for name in names}
    return [
        each.entity_id
        for each in _entries(hass, device_id)
        if each.unique_id in unique_ids
    ]


def _device(
    hass: HomeAssistant, entry: VoipmsConfigEntry, model: type[Record], key: str
) -> str | None:
    """Return the ID of a record's device, if the account has such a record."""
    device = dr.async_get(hass).async_get_device_by_identifier(
        (DOMAIN, identifier(model, entry, key)), entry.entry_id
    )
    return device.id if device else None


def _of_device(hass: HomeAssistant, device_id: str) -> list[str]:
    """Return the entities of a device."""
    return [each.entity_id for each in _entries(hass, device_id)]


def _of_account(
    hass: HomeAssistant, entry: VoipmsConfigEntry, unique_id: str | None
) -> list[str]:
    """Return the entities of an account, or the one with a unique ID."""
    return [
        each.entity_id
        for each in er.async_entries_for_config_entry(
            er.async_get(hass), entry.entry_id
        )
        if unique_id in (None, each.unique_id)
    ]


def _entries(hass: HomeAssistant, device_id: str) -> list[er.RegistryEntry]:
    """Return the registry entries of a device, including disabled ones."""
    return er.async_entries_for_device(
        er.async_get(hass), device_id, include_disabled_entities=True
    )
