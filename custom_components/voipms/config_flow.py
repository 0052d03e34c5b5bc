"""Config flow for VoIP.ms."""

from collections.abc import Mapping
from typing import Any, Final, override

import probatio

from homeassistant.components.webhook import async_generate_id
from homeassistant.config_entries import (
    SOURCE_USER,
    ConfigEntry,
    ConfigEntryState,
    ConfigFlow,
    ConfigFlowResult,
    ConfigSubentry,
    ConfigSubentryFlow,
    OptionsFlowWithReload,
    SubentryFlowResult,
)
from homeassistant.const import (
    CONF_NAME,
    CONF_PASSWORD,
    CONF_URL,
    CONF_USERNAME,
    CONF_WEBHOOK_ID,
)
from homeassistant.core import callback
from homeassistant.data_entry_flow import section
from homeassistant.helpers.selector import (
    BooleanSelector,
    TextSelector,
    TextSelectorConfig,
    TextSelectorType,
)

from .account import VoipmsConfigEntry
from .api import API_URL
from .api.errors import VoipmsInvalidValueError
from .api.phone import to_recipient
from .const import (
    API_PAGE,
    CONF_ADVANCED,
    CONF_CALLBACK,
    CONF_DID,
    CONF_DND_ROUTING,
    CONF_NUMBER,
    DOMAIN,
    ENTRY_VERSION,
)
from .contacts import SUBENTRY_TYPE
from .do_not_disturb import DEFAULT_ROUTING
from .messages.push import async_address
from .selectors import choice, sending_numbers
from .sign_in import (
    WRONG_ACCOUNT,
    Problem,
    async_free_title,
    async_try,
    complete_url,
    trimmed,
)

USERNAME: Final = TextSelector(
    TextSelectorConfig(type=TextSelectorType.EMAIL, autocomplete="username")
)
PASSWORD: Final = TextSelector(
    TextSelectorConfig(type=TextSelectorType.PASSWORD, autocomplete="current-password")
)
PHONE: Final = TextSelector(TextSelectorConfig(type=TextSelectorType.TEL))
ADDRESS: Final = TextSelector(TextSelectorConfig(type=TextSelectorType.URL))

ACCOUNT_SCHEMA: Final = probatio.Schema(
    {
        probatio.Required(CONF_USERNAME): USERNAME,
        probatio.Required(CONF_PASSWORD): PASSWORD,
        probatio.Required(CONF_ADVANCED): section(
            probatio.Schema({probatio.Required(CONF_URL, default=API_URL): ADDRESS}),
            {"collapsed": True},
        ),
    }
)
PASSWORD_SCHEMA: Final = probatio.Schema({probatio.Required(CONF_PASSWORD): PASSWORD})


def _read(user_input: Mapping[str, Any]) -> dict[str, str]:
    """Return what an account is reached with, as it was meant to be typed."""
    return {
        CONF_USERNAME: trimmed(user_input[CONF_USERNAME]),
        CONF_PASSWORD: trimmed(user_input[CONF_PASSWORD]),
        CONF_URL: complete_url(user_input[CONF_ADVANCED][CONF_URL]),
    }


class VoipmsConfigFlow(ConfigFlow, domain=DOMAIN):
    """Config flow of an account."""

    VERSION = ENTRY_VERSION

    @override
    async def async_step_user(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Handle the step initiated by the user."""
        problem = None
        if user_input is not None:
            data = _read(user_input)
            await self._async_claim(data)
            if not (problem := await async_try(self.hass, data)):
                return self.async_create_entry(
                    title=async_free_title(self.hass),
                    data={**data, CONF_WEBHOOK_ID: async_generate_id()},
                )
        return self._show("user", ACCOUNT_SCHEMA, user_input, problem)

    async def async_step_reconfigure(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Handle reconfiguration of an account."""
        entry = self._get_reconfigure_entry()
        if entry.version != self.VERSION:
            return self.async_abort(reason="not_taken_over")
        problem = None
        if user_input is not None:
            data = _read(user_input)
            if data[CONF_USERNAME].lower() != entry.unique_id:
                await self._async_claim(data)
            problem = await async_try(self.hass, data, instead_of=entry)
            if problem == WRONG_ACCOUNT:
                return self.async_abort(reason="wrong_account")
            if not problem:
                return self.async_update_reload_and_abort(
                    entry,
                    unique_id=data[CONF_USERNAME].lower(),
                    data_updates=data,
                )
        known = {
            CONF_USERNAME: entry.data[CONF_USERNAME],
            CONF_ADVANCED: {CONF_URL: entry.data[CONF_URL]},
        }
        return self._show("reconfigure", ACCOUNT_SCHEMA, user_input or known, problem)

    async def async_step_reauth(
        self, entry_data: Mapping[str, Any]
    ) -> ConfigFlowResult:
        """Handle credentials that VoIP.ms no longer accepts."""
        return await self.async_step_reauth_confirm()

    async def async_step_reauth_confirm(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask for the new API password of the account."""
        entry = self._get_reauth_entry()
        problem = None
        if user_input is not None:
            changed = {CONF_PASSWORD: trimmed(user_input[CONF_PASSWORD])}
            tried = {**entry.data, **changed}
            if not (problem := await async_try(self.hass, tried)):
                return self.async_update_reload_and_abort(entry, data_updates=changed)
        return self._show(
            "reauth_confirm",
            PASSWORD_SCHEMA,
            None,
            problem,
            account=entry.data[CONF_USERNAME],
        )

    @staticmethod
    @callback
    @override
    def async_get_options_flow(
        config_entry: ConfigEntry,
    ) -> VoipmsOptionsFlow:
        """Return the flow that asks for options."""
        return VoipmsOptionsFlow()

    @classmethod
    @callback
    @override
    def async_get_supported_subentry_types(
        cls, config_entry: ConfigEntry
    ) -> dict[str, type[ConfigSubentryFlow]]:
        """Return the flows that add something to an account."""
        return {SUBENTRY_TYPE: ContactFlow}

    async def _async_claim(self, data: Mapping[str, Any]) -> None:
        """Abort if the account is already configured.

        A sign-in that somebody began and left does not keep the next one from it.
        """
        username: str = data[CONF_USERNAME]
        await self.async_set_unique_id(username.lower(), raise_on_progress=False)
        self._abort_if_unique_id_configured()

    def _show(
        self,
        step_id: str,
        schema: probatio.Schema,
        known: Mapping[str, Any] | None,
        problem: Problem | None,
        **placeholders: str,
    ) -> ConfigFlowResult:
        """Show a form with its errors."""
        key, details = problem or ("", {})
        return self.async_show_form(
            step_id=step_id,
            data_schema=self.add_suggested_values_to_schema(schema, known),
            errors={"base": key} if key else {},
            description_placeholders={"api_url": API_PAGE, **placeholders, **details},
        )


class VoipmsOptionsFlow(OptionsFlowWithReload):
    """Options flow of an account."""

    async def async_step_init(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Handle the only step of the options."""
        entry: VoipmsConfigEntry = self.config_entry
        if entry.state is not ConfigEntryState.LOADED:
            return self.async_abort(reason="not_loaded")
        errors: dict[str, str] = {}
        if user_input is not None:
            wanted = user_input[CONF_CALLBACK]
            if not wanted or await async_address(self.hass, entry):
                return self.async_create_entry(data={**entry.options, **user_input})
            errors[CONF_CALLBACK] = "no_external_url"
        names = entry.runtime_data.directory.data.names
        schema = probatio.Schema(
            {
                probatio.Required(CONF_CALLBACK, default=False): BooleanSelector(),
                probatio.Required(CONF_DND_ROUTING, default=DEFAULT_ROUTING): choice(
                    names
                ),
            }
        )
        return self.async_show_form(
            step_id="init",
            data_schema=self.add_suggested_values_to_schema(
                schema, user_input or entry.options
            ),
            errors=errors,
        )


class ContactFlow(ConfigSubentryFlow):
    """Subentry flow of a contact."""

    async def async_step_user(
        self, user_input: dict[str, Any] | None = None
    ) -> SubentryFlowResult:
        """Add a contact."""
        return self._ask("user", user_input, {})

    async def async_step_reconfigure(
        self, user_input: dict[str, Any] | None = None
    ) -> SubentryFlowResult:
        """Change a contact."""
        return self._ask(
            "reconfigure", user_input, self._get_reconfigure_subentry().data
        )

    def _ask(
        self, step: str, user_input: dict[str, Any] | None, known: Mapping[str, Any]
    ) -> SubentryFlowResult:
        """Show the form of a contact, or finish if the input is valid."""
        entry: VoipmsConfigEntry = self._get_entry()
        if entry.state is not ConfigEntryState.LOADED:
            return self.async_abort(reason="not_loaded")
        if not (senders := sending_numbers(entry.runtime_data)):
            return self.async_abort(reason="no_numbers")
        errors: dict[str, str] = {}
        if user_input is not None:
            try:
                data = self._check(entry, user_input)
            except VoipmsInvalidValueError as err:
                errors[CONF_NUMBER] = err.key
            else:
                return self._finish(entry, data)
        schema = probatio.Schema(
            {
                probatio.Required(CONF_NAME): TextSelector(),
                probatio.Required(CONF_NUMBER): PHONE,
                probatio.Required(CONF_DID, default=next(iter(senders))): choice(
                    senders
                ),
            }
        )
        return self.async_show_form(
            step_id=step,
            data_schema=self.add_suggested_values_to_schema(
                schema, user_input or known
            ),
            errors=errors,
        )

    @property
    def _changed(self) -> ConfigSubentry | None:
        """Return the person that is changed, if it is not a new one."""
        new = self.source == SOURCE_USER
        return None if new else self._get_reconfigure_subentry()

    def _check(
        self, entry: VoipmsConfigEntry, data: Mapping[str, Any]
    ) -> dict[str, Any]:
        """Return what to keep. Raises VoipmsInvalidValueError for a bad number."""
        number = to_recipient(data[CONF_NUMBER])
        changed = self._changed
        for subentry in entry.subentries.values():
            if subentry is not changed and subentry.unique_id == number:
                raise VoipmsInvalidValueError("already_configured")
        return {**data, CONF_NUMBER: number}

    def _finish(
        self, entry: VoipmsConfigEntry, data: dict[str, Any]
    ) -> SubentryFlowResult:
        """Create or update the contact."""
        name, number = data[CONF_NAME], data[CONF_NUMBER]
        if (changed := self._changed) is None:
            return self.async_create_entry(title=name, data=data, unique_id=number)
        return self.async_update_reload_and_abort(
            entry, changed, title=name, data=data, unique_id=number
        )
