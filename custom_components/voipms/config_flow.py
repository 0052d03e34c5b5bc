"""Signing in to VoIP.ms."""

from collections.abc import Mapping
from typing import Any, Final, override

import probatio
from yarl import URL

from homeassistant.config_entries import (
    ConfigEntry,
    ConfigEntryState,
    ConfigFlow,
    ConfigFlowResult,
    OptionsFlowWithReload,
)
from homeassistant.const import CONF_PASSWORD, CONF_URL, CONF_USERNAME
from homeassistant.core import callback
from homeassistant.data_entry_flow import section
from homeassistant.helpers.aiohttp_client import async_get_clientsession
from homeassistant.helpers.selector import (
    SelectOptionDict,
    SelectSelector,
    SelectSelectorConfig,
    SelectSelectorMode,
    TextSelector,
    TextSelectorConfig,
    TextSelectorType,
)

from .account import VoipmsAccount
from .api import API_URL, VoipmsClient
from .api.errors import VoipmsError
from .const import CONF_ADVANCED, CONF_DND_ROUTING, DOMAIN
from .do_not_disturb import DEFAULT_ROUTING
from .errors import sentence

USERNAME: Final = TextSelector(
    TextSelectorConfig(type=TextSelectorType.EMAIL, autocomplete="username")
)
PASSWORD: Final = TextSelector(
    TextSelectorConfig(type=TextSelectorType.PASSWORD, autocomplete="current-password")
)
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


class VoipmsConfigFlow(ConfigFlow, domain=DOMAIN):
    """Asks for an account and tries it before anything is stored."""

    @override
    async def async_step_user(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Sign in to an account."""
        errors: dict[str, str] = {}
        reason = ""
        if user_input is not None:
            username = user_input[CONF_USERNAME].strip()
            await self.async_set_unique_id(username.lower())
            self._abort_if_unique_id_configured()
            data = {
                CONF_USERNAME: username,
                CONF_PASSWORD: user_input[CONF_PASSWORD],
                CONF_URL: complete_url(user_input[CONF_ADVANCED][CONF_URL]),
            }
            errors, reason = await self._try(data)
            if not errors:
                return self.async_create_entry(title=username.lower(), data=data)
        return self.async_show_form(
            data_schema=self.add_suggested_values_to_schema(ACCOUNT_SCHEMA, user_input),
            errors=errors,
            description_placeholders={"reason": reason},
        )

    async def async_step_reauth(
        self, entry_data: Mapping[str, Any]
    ) -> ConfigFlowResult:
        """Begin again after VoIP.ms stopped accepting the password."""
        return await self.async_step_reauth_confirm()

    async def async_step_reauth_confirm(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask for the account's new API password."""
        entry = self._get_reauth_entry()
        errors: dict[str, str] = {}
        reason = ""
        if user_input is not None:
            errors, reason = await self._try({**entry.data, **user_input})
            if not errors:
                return self.async_update_reload_and_abort(
                    entry, data_updates=user_input
                )
        return self.async_show_form(
            step_id="reauth_confirm",
            data_schema=PASSWORD_SCHEMA,
            errors=errors,
            description_placeholders={"account": entry.title, "reason": reason},
        )

    @staticmethod
    @callback
    @override
    def async_get_options_flow(
        config_entry: ConfigEntry,
    ) -> VoipmsOptionsFlow:
        """Return the flow that asks for options."""
        return VoipmsOptionsFlow()

    async def _try(self, data: Mapping[str, Any]) -> tuple[dict[str, str], str]:
        """Sign in once; return what to show beside the form, and the reason."""
        if not is_web_address(data[CONF_URL]):
            return {"base": "invalid_url"}, ""
        client = VoipmsClient(
            async_get_clientsession(self.hass),
            data[CONF_USERNAME],
            data[CONF_PASSWORD],
            url=data[CONF_URL],
        )
        try:
            await client.call("getBalance")
        except VoipmsError as err:
            key, placeholders = sentence(err)
            if key.startswith("status_"):
                key, placeholders = "refused", {"reason": str(err)}
            return {"base": key}, placeholders.get("reason", "")
        return {}, ""


class VoipmsOptionsFlow(OptionsFlowWithReload):
    """Asks how the account's entities behave."""

    async def async_step_init(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask for everything there is to choose."""
        if user_input is not None:
            return self.async_create_entry(data=user_input)
        if self.config_entry.state is not ConfigEntryState.LOADED:
            return self.async_abort(reason="not_loaded")
        account: VoipmsAccount = self.config_entry.runtime_data
        destinations: list[SelectOptionDict] = [
            {"value": routing, "label": name}
            for routing, name in account.directory.data.names.items()
        ]
        schema = probatio.Schema(
            {
                probatio.Required(
                    CONF_DND_ROUTING, default=DEFAULT_ROUTING
                ): SelectSelector(
                    SelectSelectorConfig(
                        options=destinations, mode=SelectSelectorMode.DROPDOWN
                    )
                )
            }
        )
        return self.async_show_form(
            step_id="init",
            data_schema=self.add_suggested_values_to_schema(
                schema, self.config_entry.options
            ),
        )


def is_web_address(text: str) -> bool:
    """Tell whether an address can be called by HTTP."""
    try:
        url = URL(text)
    except ValueError:
        return False
    return url.scheme in {"http", "https"} and bool(url.host)


def complete_url(text: str) -> str:
    """Return the API's address; one without a path gets the vendor's."""
    text = text.strip()
    if not is_web_address(text) or URL(text).path not in {"", "/"}:
        return text
    return str(URL(text).with_path(URL(API_URL).path))
