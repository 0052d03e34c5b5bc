"""The account's numbers and how they are set."""

from __future__ import annotations

from datetime import timedelta

from tests.simulator.blanks import DID_BLANK, DID_OPTIONAL, SMS_FIELDS
from tests.simulator.contract import Refusal
from tests.simulator.state import Account, Row, now

from .base import Context, Reply, handles


@handles("getDIDsInfo")
def list_numbers(ctx: Context) -> Reply:
    """List the numbers: all, one, or those of a client or sub-account."""
    if not ctx.account.dids:
        raise Refusal("no_did")
    rows = [ctx.own_did()] if ctx.get("did") else list(ctx.account.dids.values())
    if client := ctx.get("client"):
        accounts = _accounts_of(ctx.account, client)
        rows = [row for row in rows if _belongs(row, accounts)]
    if not rows:
        raise Refusal("no_did")
    return {"dids": rows}


def _accounts_of(account: Account, client: str) -> set[str]:
    if client in account.sub_accounts:
        return {client}
    if client not in account.families["clients"]:
        raise Refusal("invalid_client" if client.isdigit() else "invalid_account")
    subs = account.sub_accounts.values()
    return {row["account"] for row in subs if row["reseller_client"] == client}


def _belongs(row: Row, accounts: set[str]) -> bool:
    header, _, record = row["routing"].partition(":")
    return row["reseller_account"] in accounts or (
        header == "account" and record in accounts
    )


@handles("setDIDInfo")
def set_info(ctx: Context) -> Reply:
    """Set everything about a number; what is left out is blank afterwards."""
    did = ctx.own_did()
    if ctx.get("transcribe") == "1":
        for name in ("transcription_locale", "transcription_email"):
            if not ctx.get(name):
                raise Refusal(f"missing_{name}")
    _check_sip_account(ctx)
    required = ("routing", "pop", "dialtime", "cnam", "billing_type")
    did.update({name: ctx.params[name] for name in required})
    did.update({name: ctx.value(name, blank) for name, blank in DID_OPTIONAL.items()})
    return {}


@handles("setDIDRouting")
def set_routing(ctx: Context) -> Reply:
    """Send a number's calls elsewhere."""
    ctx.own_did()["routing"] = ctx.params["routing"]
    return {}


@handles("setDIDPOP")
def set_pop(ctx: Context) -> Reply:
    """Move a number to another server."""
    ctx.own_did()["pop"] = ctx.params["pop"]
    return {}


@handles("setDIDVoicemail")
def set_voicemail(ctx: Context) -> Reply:
    """Give a number a voicemail box, or none."""
    ctx.own_did()["voicemail"] = ctx.get("voicemail")
    return {}


@handles("setDIDBillingType")
def set_billing(ctx: Context) -> Reply:
    """Bill a number otherwise."""
    did = ctx.own_did()
    if did["billing_type"] == ctx.params["billing_type"]:
        raise Refusal("same_did_billingtype")
    did["billing_type"] = ctx.params["billing_type"]
    return {}


@handles("setSMS")
def set_sms(ctx: Context) -> Reply:
    """Set everything about a number's messages; what is left out is blank afterwards."""
    did = ctx.own_did()
    if did["sms_available"] != "1":
        raise Refusal("sms_apply_regulations")
    _check_targets(ctx)
    _check_sip_account(ctx)
    changed = ctx.account.sms_changed
    wait = timedelta(seconds=ctx.simulator.sms_settings_wait)
    if (last := changed.get(did["did"])) and now() - last < wait:
        raise Refusal("sms_wait_message")
    changed[did["did"]] = now()
    for param, (name, blank) in SMS_FIELDS.items():
        did[name] = ctx.value(param, blank)
    return {}


def _check_targets(ctx: Context) -> None:
    """Refuse what is switched on without saying where to."""
    for flag, target, wrong in (
        ("email_enabled", "email_address", "invalid_email"),
        ("sms_forward_enable", "sms_forward", "invalid_sms_forward"),
        ("url_callback_enable", "url_callback", "invalid_callback"),
        ("webhook_enable", "webhook", "invalid_callback"),
        ("smpp_enabled", "smpp_url", "invalid_smpp_url"),
    ):
        if ctx.get(flag) == "1" and not ctx.get(target):
            raise Refusal(wrong)
    if ctx.get("sms_forward") == ctx.get("did"):
        raise Refusal("invalid_forwarding_did")


def _check_sip_account(ctx: Context) -> None:
    target = ctx.get("sms_sipaccount")
    known = target in ("", ctx.account.number) or target in ctx.account.sub_accounts
    if not known or (ctx.get("sms_sipaccount_enabled") == "1" and not target):
        raise Refusal("invalid_account")


@handles("cancelDID")
def cancel(ctx: Context) -> Reply:
    """Give a number up."""
    did = ctx.own_did()["did"]
    if not ctx.testing:
        ctx.account.remove_did(did)
    return {}


@handles("connectDID")
def connect(ctx: Context) -> Reply:
    """Give a number to a reseller client's sub-account."""
    did = ctx.own_did()
    if ctx.get("account") not in ctx.account.sub_accounts:
        raise Refusal("invalid_account")
    did["reseller_account"] = ctx.params["account"]
    did["reseller_next_billing"] = ctx.get("next_billing", "0000-00-00")
    for fee in ("monthly", "setup", "minute"):
        did[f"reseller_{fee}"] = f"{float(ctx.params[fee]):.8f}"
    return {}


@handles("unconnectDID")
def unconnect(ctx: Context) -> Reply:
    """Take a number back from a reseller client."""
    did = ctx.own_did()
    did.update(
        {name: DID_BLANK[name] for name in DID_BLANK if name.startswith("reseller_")}
    )
    return {}


def _vpri(ctx: Context) -> list[str]:
    if (vpri := ctx.get("vpri")) not in ctx.account.families["vpris"]:
        raise Refusal("invalid_id")
    return ctx.account.vpri_dids.setdefault(vpri, [])


@handles("getDIDvPRI")
def list_vpri(ctx: Context) -> Reply:
    """List the numbers of a vPRI."""
    if not (dids := _vpri(ctx)):
        raise Refusal("no_did")
    return {"vpri": ctx.params["vpri"], "dids": list(dids)}


@handles("assignDIDvPRI")
def assign_vpri(ctx: Context) -> Reply:
    """Put a number into a vPRI."""
    dids, did = _vpri(ctx), ctx.own_did()
    if did["billing_type"] != "1":
        raise Refusal("invalid_billingtype")
    if did["did"] in dids:
        raise Refusal("did_in_use")
    dids.append(did["did"])
    return {"vpri": ctx.params["vpri"], "DIDAdded": did["did"], "monthly": "2.00"}


@handles("removeDIDvPRI")
def remove_vpri(ctx: Context) -> Reply:
    """Take a number out of a vPRI."""
    did = ctx.own_did()["did"]
    vpris = ctx.account.vpri_dids
    vpri = ctx.get("vpri") or next(
        (key for key, dids in vpris.items() if did in dids), ""
    )
    if did not in vpris.get(vpri, []):
        raise Refusal("invalid_did")
    vpris[vpri].remove(did)
    return {"vpri": vpri, "DIDRemoved": did}
