"""The settings of a number, and how a dashboard changes them."""

from dataclasses import dataclass, field
from typing import Any

from homeassistant.core import HomeAssistant, State

EVERYTHING: dict[str, str] = {
    "routing": "account:100001_VoIP",
    "failover_busy": "fwd:18636",
    "failover_unreachable": "sys:hangup",
    "failover_noanswer": "vm:1001",
    "voicemail": "1001",
    "pop": "2",
    "dialtime": "25",
    "cnam": "1",
    "billing_type": "1",
    "callerid_prefix": "Office",
    "note": "Main number",
    "record_calls": "1",
    "inbound_dialing_mode": "1",
    "port_out_pin": "7193",
    "transcribe": "1",
    "transcription_locale": "en-US,fr-CA",
    "transcription_redaction": "yes",
    "transcription_summary": "yes",
    "transcription_sentiment": "yes",
    "transcription_email": "text@example.com",
    "transcription_start_delay": "10",
    "voicemail_threshold": "15",
    "sms_enabled": "1",
    "sms_email_enabled": "1",
    "sms_email": "demo@example.com",
    "sms_forward_enabled": "1",
    "sms_forward": "5550100900",
    "sms_url_callback_enabled": "1",
    "sms_url_callback": "https://example.com/sms?to={TO}&from={FROM}",
    "sms_url_callback_retry": "1",
    "webhook_enabled": "1",
    "webhook": "https://pbx.example.com/hook",
    "dialmode": "2",
    "smpp_enabled": "1",
    "smpp_url": "ssmpp://smpp.example.com:3550",
    "smpp_user": "sample",
    "smpp_pass": "SMPP-SECRET-1",
    "sms_sipaccount_enabled": "1",
    "sms_sipaccount": "100001_VoIP",
}
"""A number of which no setting is what VoIP.ms puts where a call leaves it out."""


@dataclass(frozen=True)
class Setting:
    """One change of a setting, as a dashboard makes it."""

    entity: str
    action: str
    record: dict[str, str]
    """What is different in the number's record afterwards."""
    shown: str
    data: dict[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        """Return what tells the change from others in a list of tests."""
        return f"{self.entity}={self.shown}"

    @property
    def entity_id(self) -> str:
        """Return the entity."""
        domain, _, name = self.entity.partition(".")
        return f"{domain}.555_123_0000_office_{name}"

    async def make(self, hass: HomeAssistant) -> None:
        """Make the change."""
        domain = self.entity.partition(".")[0]
        data = {"entity_id": self.entity_id, **self.data}
        await hass.services.async_call(domain, self.action, data, blocking=True)


def chosen(name: str, option: str, **record: str) -> Setting:
    """Return a choice from a select."""
    data = {"option": option}
    return Setting(f"select.{name}", "select_option", record, option, data)


def turned(name: str, way: str, **record: str) -> Setting:
    """Return a switch that is turned."""
    return Setting(f"switch.{name}", f"turn_{way}", record, way)


def written(name: str, words: str, **record: str) -> Setting:
    """Return words that are written."""
    return Setting(f"text.{name}", "set_value", record, words, {"value": words})


RING_TIME = Setting(
    "number.ring_time", "set_value", {"dialtime": "45"}, "45", {"value": 45}
)


MESSAGES = turned("messages", "off", sms_enabled="0")


SETTINGS = (
    chosen("failover_when_busy", "Voicemail 1002 (Office)", failover_busy="vm:1002"),
    chosen(
        "failover_when_unreachable", "System: no action", failover_unreachable="none:"
    ),
    chosen(
        "failover_when_unanswered", "Ring group Everyone", failover_noanswer="grp:4768"
    ),
    chosen("server_pop", "Montreal 1, QC", pop="7"),
    chosen("billing", "flat", billing_type="2"),
    RING_TIME,
    turned("caller_name_lookup_cnam", "off", cnam="0"),
    turned("record_calls", "off", record_calls="0"),
    turned("messages_to_email", "off", sms_email_enabled="0"),
    turned("forward_messages", "off", sms_forward_enabled="0"),
    MESSAGES,
    written("note", "Reception", note="Reception"),
    written("caller_id_prefix", "Front: ", callerid_prefix="Front: "),
    written("email_for_messages", "new@example.com", sms_email="new@example.com"),
    written("forward_messages_to", "5550100901", sms_forward="5550100901"),
)


def state(hass: HomeAssistant, entity: str) -> State:
    """Return the state of an entity of the office's number."""
    domain, _, name = entity.partition(".")
    state = hass.states.get(f"{domain}.555_123_0000_office_{name}")
    assert state
    return state
