"""The flows that fix issues."""

from collections.abc import Mapping
from typing import Any, Final, override

import probatio

from homeassistant.components.repairs import (
    ConfirmRepairFlow,
    RepairsFlow,
    RepairsFlowResult,
)
from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant
from homeassistant.helpers import issue_registry as ir

from ..account import VoipmsConfigEntry, make_client
from ..api.errors import VoipmsError
from ..const import CONF_CALLBACK, CONF_DID, CONF_DND_ROUTING, CONF_RESETS, DOMAIN
from ..coordinator import own_address
from ..errors import async_sentence
from ..selectors import choice, sending_numbers
from . import issues

type Input = dict[str, str | bool] | None

NOTHING: Final = probatio.Schema({})


class _Flow(RepairsFlow):
    """Fixes an issue of one account."""

    def __init__(self, entry: VoipmsConfigEntry, subentry_id: str) -> None:
        """Initialize the flow."""
        self.entry = entry
        self.subentry_id = subentry_id

    async def async_step_init(self, user_input: Input = None) -> RepairsFlowResult:
        """Handle the first step of the flow."""
        return await self.async_step_confirm()

    async def async_step_confirm(self, user_input: Input = None) -> RepairsFlowResult:
        """Handle the confirm step of the flow."""
        raise NotImplementedError

    def _placeholders(self) -> Mapping[str, str]:
        """Return the placeholders of the issue."""
        issue = ir.async_get(self.hass).async_get_issue(DOMAIN, self.issue_id)
        return (issue and issue.translation_placeholders) or {}

    def _ask(
        self,
        schema: probatio.Schema,
        errors: dict[str, str] | None = None,
        **placeholders: str,
    ) -> RepairsFlowResult:
        """Show the form."""
        return self.async_show_form(
            step_id="confirm",
            data_schema=schema,
            errors=errors,
            description_placeholders={**self._placeholders(), **placeholders},
        )

    def _reload(self) -> None:
        """Schedule a reload of the entry."""
        self.hass.config_entries.async_schedule_reload(self.entry.entry_id)


class AccessFlow(_Flow):
    """Tries again after the user has allowed access at VoIP.ms."""

    @override
    async def async_step_confirm(self, user_input: Input = None) -> RepairsFlowResult:
        """Try again; the address may have changed since the issue was raised."""
        client = make_client(self.hass, self.entry.data)
        errors: dict[str, str] = {}
        if user_input is not None:
            try:
                await client.verify_credentials()
            except VoipmsError as err:
                key, _ = await async_sentence(self.hass, err)
                errors["base"] = "refused" if key.startswith("status_") else key
            else:
                self._reload()
                return self.async_create_entry(data={})
        known = self._placeholders().get("address", "")
        address = await own_address(client) or known
        return self._ask(NOTHING, errors, address=address)


class CallbackFlow(_Flow):
    """Sets the callback again, or turns the option off."""

    @override
    async def async_step_confirm(self, user_input: Input = None) -> RepairsFlowResult:
        """Ask whether to use the callback."""
        if user_input is None:
            schema = probatio.Schema(
                {probatio.Required(CONF_CALLBACK, default=True): bool}
            )
            return self._ask(schema)
        options = {**self.entry.options, CONF_CALLBACK: user_input[CONF_CALLBACK]}
        self.hass.config_entries.async_update_entry(self.entry, options=options)
        self._reload()
        return self.async_create_entry(data={})


class ResetFlow(_Flow):
    """Allows the reset of settings that VoIP.ms does not return."""

    @override
    async def async_step_confirm(self, user_input: Input = None) -> RepairsFlowResult:
        """Ask for confirmation."""
        if user_input is None:
            return self._ask(NOTHING)
        agreed = {*self.entry.options.get(CONF_RESETS, ())}
        agreed.update(self._placeholders()["fields"].split(", "))
        options = {**self.entry.options, CONF_RESETS: sorted(agreed)}
        self.hass.config_entries.async_update_entry(self.entry, options=options)
        self._reload()
        return self.async_create_entry(data={})


class TargetFlow(_Flow):
    """Changes where do not disturb routes calls."""

    @override
    async def async_step_confirm(self, user_input: Input = None) -> RepairsFlowResult:
        """Ask for the destination."""
        if self.entry.state is not ConfigEntryState.LOADED:
            return self.async_abort(reason="not_loaded")
        if user_input is None:
            names = self.entry.runtime_data.directory.data.names
            return self._ask(
                probatio.Schema({probatio.Required(CONF_DND_ROUTING): choice(names)})
            )
        options = {**self.entry.options, **user_input}
        self.hass.config_entries.async_update_entry(self.entry, options=options)
        self._reload()
        return self.async_create_entry(data={})


class ContactFlow(_Flow):
    """Changes the number that a contact is written to from."""

    @override
    async def async_step_confirm(self, user_input: Input = None) -> RepairsFlowResult:
        """Ask for the number."""
        subentry = self.entry.subentries.get(self.subentry_id)
        if self.entry.state is not ConfigEntryState.LOADED or subentry is None:
            return self.async_abort(reason="not_loaded")
        if user_input is None:
            senders = sending_numbers(self.entry.runtime_data)
            return self._ask(
                probatio.Schema({probatio.Required(CONF_DID): choice(senders)})
            )
        self.hass.config_entries.async_update_subentry(
            self.entry, subentry, data={**subentry.data, **user_input}
        )
        self._reload()
        return self.async_create_entry(data={})


FLOWS: Final[Mapping[str, type[_Flow]]] = {
    issues.IP_NOT_ENABLED: AccessFlow,
    issues.API_NOT_ENABLED: AccessFlow,
    issues.CALLBACK_IGNORED: CallbackFlow,
    issues.CALLBACK_MISSING: CallbackFlow,
    issues.NO_EXTERNAL_URL: CallbackFlow,
    issues.DND_TARGET_GONE: TargetFlow,
    issues.CONTACT_NUMBER_GONE: ContactFlow,
    issues.SETTINGS_UNKNOWN: ResetFlow,
}


def flow_of(hass: HomeAssistant, data: Mapping[str, Any]) -> RepairsFlow:
    """Return the flow that fixes an issue, by the data of the issue."""
    if data[issues.ATTR_KEY] in issues.NOT_RESTORED:
        return ConfirmRepairFlow()  # the entry may be removed
    entry: VoipmsConfigEntry = hass.config_entries.async_get_known_entry(
        data[issues.ATTR_ENTRY_ID]
    )
    return FLOWS[data[issues.ATTR_KEY]](entry, data[issues.ATTR_SUBENTRY_ID])
