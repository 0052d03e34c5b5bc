"""Lists that are the same for every account."""

from __future__ import annotations

from tests.simulator.contract import Refusal

from .base import Context, Reply, handles
from .tables import (
    COUNTRIES,
    LOCATIONS,
    LOOKUPS,
    MUSIC,
    PROVINCES,
    RATE_CENTERS,
    SERVERS,
    STATES,
)


@handles(*LOOKUPS)
def lookup(ctx: Context) -> Reply:
    """List the choices, or the one asked for."""
    key, param, invalid, pairs = LOOKUPS[ctx.method]
    one = ctx.get(param)
    if one and one not in pairs:
        raise Refusal(invalid)
    rows = [{"value": value, "description": words} for value, words in pairs.items()]
    return {key: [row for row in rows if one in ("", row["value"])]}


@handles("getServersInfo")
def servers(ctx: Context) -> Reply:
    """List the servers."""
    pop = ctx.get("server_pop")
    return {"servers": [row for row in SERVERS if pop in ("", row["server_pop"])]}


@handles("getMusicOnHold")
def music(ctx: Context) -> Reply:
    """List the music, the account's own included."""
    rows = [
        {"value": value, "description": words, "recordings": "", "total": "0"}
        | {"volume": "mp3", "sort": "alpha", "custom": "0"}
        for value, words in MUSIC.items()
    ]
    rows += ctx.account.music.values()
    one = ctx.get("music_on_hold")
    if one and all(row["value"] != one for row in rows):
        raise Refusal("invalid_musiconhold")
    return {"music_on_hold": [row for row in rows if one in ("", row["value"])]}


@handles("setMusicOnHold")
def set_music(ctx: Context) -> Reply:
    """Make or change own music."""
    recordings = [part for part in ctx.get("recordings").split(",") if part.strip()]
    if any(
        part.strip() not in ctx.account.families["recordings"] for part in recordings
    ):
        raise Refusal("invalid_recording")
    name = ctx.get("name")
    if name and name not in ctx.account.music:
        raise Refusal("invalid_musiconhold")
    name = name or f"custom_{ctx.account.next_id('music', 1)}"
    ctx.account.music[name] = {
        "value": name,
        "description": ctx.get("description"),
        "recordings": ctx.get("recordings"),
        "total": str(len(recordings)),
        "volume": "quietmp3" if ctx.get("volume") == "1" else "mp3",
        "sort": ctx.get("sort", "alpha"),
        "custom": "1",
    }
    return {}


@handles("delMusicOnHold")
def delete_music(ctx: Context) -> Reply:
    """Delete own music."""
    if ctx.account.music.pop(ctx.get("music_on_hold"), None) is None:
        raise Refusal("invalid_musiconhold")
    return {}


@handles("getProvinces")
def provinces(ctx: Context) -> Reply:
    """List the provinces."""
    return {
        "provinces": [
            {"province": key, "description": v} for key, v in PROVINCES.items()
        ]
    }


@handles("getStates")
def states(ctx: Context) -> Reply:
    """List the states."""
    return {"states": [{"state": key, "description": v} for key, v in STATES.items()]}


@handles("getRateCentersCAN", "getRateCentersUSA")
def rate_centers(ctx: Context) -> Reply:
    """List the rate centers of a province or state."""
    where = ctx.get("province") or ctx.get("state")
    if where not in (PROVINCES if ctx.method.endswith("CAN") else STATES):
        raise Refusal(
            "invalid_province" if ctx.method.endswith("CAN") else "invalid_state"
        )
    return {
        "ratecenters": [
            {"ratecenter": name, "available": "yes" if prefix else "no"}
            for name, prefix in RATE_CENTERS.get(where, {}).items()
        ]
    }


@handles("getDIDCountries")
def countries(ctx: Context) -> Reply:
    """List the countries with numbers of a type."""
    one = ctx.get("country_id")
    if one and one not in COUNTRIES:
        raise Refusal("invalid_countryid")
    offered = {
        place["country_id"] for place in LOCATIONS if place["type"] == ctx.get("type")
    }
    return {
        "countries": [
            {"value": key, "description": words}
            for key, words in COUNTRIES.items()
            if key in offered and one in ("", key)
        ]
    }


@handles("getPortability", "getFaxNumbersPortability")
def portability(ctx: Context) -> Reply:
    """Return True if a number could move here; those that end in 0 could not."""
    portable = "no" if ctx.get("did").endswith("0") else "yes"
    if ctx.method == "getFaxNumbersPortability":
        return {"getFaxNumbersPortability": portable}
    if portable == "no":
        return {"portable": portable, "sms": "no", "plans": []}
    plans = [
        {"title": "Per minute", "pricePerMonth": "0.85", "pricePerMin": "0.009"},
        {"title": "Flat", "pricePerMonth": "4.25", "pricePerMin": "0.00"},
    ]
    return {"portable": portable, "sms": "yes", "plans": plans}


@handles("getLNPListStatus")
def port_statuses(ctx: Context) -> Reply:
    """List the stages of moving a number."""
    return {"list_status": {"processing": "Processing", "completed": "Completed"}}
