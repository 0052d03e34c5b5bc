"""Numbers on offer, and ordering them."""

from __future__ import annotations

from decimal import Decimal
import re

from tests.simulator.blanks import DID_OPTIONAL
from tests.simulator.contract import Refusal
from tests.simulator.state import Row

from .accounts import stamp
from .base import Context, Reply, handles
from .tables import LOCATIONS, PROVINCES, RATE_CENTERS, STATES

PRICES: Row = {
    "perminute_monthly": "0.85",
    "perminute_minute": "0.0090",
    "perminute_setup": "0.40",
    "flat_monthly": "4.25",
    "flat_minute": "0.00",
    "flat_setup": "1.00",
}
TOLL_FREE = ("800", "833", "844", "855", "866", "877", "888")
KEYS = {
    letter: str(key)
    for key, letters in enumerate(
        ("ABC", "DEF", "GHI", "JKL", "MNO", "PQRS", "TUV", "WXYZ"), 2
    )
    for letter in letters
}


def _digits(query: str) -> str:
    return "".join(KEYS.get(char, char) for char in query.upper())


def local_stock(ctx: Context, canada: bool) -> list[Row]:
    """Return the local numbers that nobody has, of one of the two countries."""
    regions, name = (PROVINCES, "province") if canada else (STATES, "state")
    return [
        {
            "did": did,
            "ratecenter": center,
            name: region,
            f"{name}_description": words,
            **PRICES,
            **({} if canada else {"has_port_out_pin": "1"}),
            "sms": "1",
        }
        for region, words in regions.items()
        for center, prefix in RATE_CENTERS.get(region, {}).items()
        if prefix
        for number in range(100, 110)
        if not ctx.simulator.taken(did := f"{prefix}0{number}")
    ]


@handles("getDIDsCAN", "getDIDsUSA", "searchDIDsCAN", "searchDIDsUSA")
def offers(ctx: Context) -> Reply:
    """List the local numbers on offer."""
    canada = ctx.method.endswith("CAN")
    name, regions = ("province", PROVINCES) if canada else ("state", STATES)
    if (region := ctx.get(name)) and region not in regions:
        raise Refusal(f"invalid_{name}")
    found = [
        row
        for row in local_stock(ctx, canada)
        if region in ("", row[name])
        and ctx.get("ratecenter").casefold() in ("", row["ratecenter"].casefold())
        and _fits(ctx, row["did"])
    ]
    if not found:
        raise Refusal("no_did")
    return {"dids": found}


def _fits(ctx: Context, did: str) -> bool:
    query = _digits(ctx.get("query"))
    match ctx.get("type"):
        case "starts":
            return did.startswith(query)
        case "ends":
            return did.endswith(query)
        case _:
            return query in did


def toll_free_stock(ctx: Context) -> list[str]:
    """Return the toll-free numbers that nobody has."""
    dids = [
        f"{prefix}5550{number}" for prefix in TOLL_FREE for number in range(100, 105)
    ]
    return [did for did in dids if not ctx.simulator.taken(did)]


@handles("searchTollFreeCanUS", "searchTollFreeUSA")
def toll_free_offers(ctx: Context) -> Reply:
    """List the toll-free numbers on offer."""
    if ctx.method == "searchTollFreeCanUS":
        prices = {"monthly": "1.25", "minute": "0.0300", "setup": "0.00"}
    else:
        places = ("usa", "canada", "puertorico", "alaska")
        prices = {"monthly": "0.85", **{f"minute_{place}": "0.019" for place in places}}
        prices["setup"] = "0"
    found = [{"did": did, **prices} for did in toll_free_stock(ctx) if _fits(ctx, did)]
    if not found:
        raise Refusal("no_did")
    return {"dids": found}


@handles("searchVanity")
def vanity_offers(ctx: Context) -> Reply:
    """Make numbers that fit the word asked for."""
    kind = ctx.params["type"]
    prefixes = TOLL_FREE if kind == "8**" else (kind,)
    pattern = _digits(ctx.params["query"])
    found = [
        f"{prefix}{pattern.replace('*', fill)}" for prefix in prefixes for fill in "25"
    ]
    prices = {"monthly_american": "0.85", "monthly_canadian": "1.25"}
    prices |= {"minute_american_usa": "0.019", "minute_american_canada": "0.08"}
    prices |= {
        "minute_canadian": "0.03",
        "setup_american": "15",
        "setup_canadian": "30",
    }
    dids = [did for did in dict.fromkeys(found) if not ctx.simulator.taken(did)]
    return {"dids": [{"did": did, **prices} for did in dids]}


@handles(
    "getDIDsInternationalGeographic",
    "getDIDsInternationalNational",
    "getDIDsInternationalTollFree",
)
def international_offers(ctx: Context) -> Reply:
    """List the places abroad with numbers on offer."""
    kind = ctx.method.removeprefix("getDIDsInternational").upper()
    places = [
        place
        for place in LOCATIONS
        if place["type"] == kind and place["country_id"] == ctx.get("country_id")
    ]
    if not places:
        raise Refusal("invalid_countryid")
    return {"locations": [_place(ctx, place) for place in places]}


def _place(ctx: Context, place: Row) -> Row:
    row = {
        key: value for key, value in place.items() if key not in ("type", "country_id")
    }
    row["stock"] = str(ctx.simulator.stock_abroad(place["location_id"]))
    row |= {"monthly": "5.00", "setup": "2.00", "minute": "0.00"}
    if place["type"] != "TOLLFREE":
        row |= {"monthly_per_minute": "6.00", "setup_per_minute": "5.00"}
    if place["type"] == "GEOGRAPHIC":
        row["channels"] = "2"
    return row


def _buy(ctx: Context, dids: list[str], each: Decimal, billing: str) -> Reply:
    """Charge the account and add the numbers, unless it is a test."""
    if any(ctx.simulator.taken(did) for did in dids):
        raise Refusal("did_in_use")
    if (reseller := ctx.get("account")) and reseller not in ctx.account.sub_accounts:
        raise Refusal("invalid_account")
    if ctx.account.balance < each * len(dids):
        raise Refusal("non_sufficient_funds")
    if ctx.testing:
        return {}
    ctx.account.balance -= each * len(dids)
    fields = {name: ctx.get(name, DID_OPTIONAL[name]) for name in DID_OPTIONAL}
    fields |= {
        name: ctx.params[name] for name in ("routing", "pop", "dialtime", "cnam")
    }
    fields |= {
        f"reseller_{fee}": ctx.get(fee, "0.00")
        for fee in ("monthly", "setup", "minute")
    }
    for did in dids:
        ctx.account.add_did(
            did, **fields, reseller_account=reseller, billing_type=billing
        )
        ctx.account.transactions.append(
            {
                "date": stamp(),
                "uniqueid": ctx.account.next_id("transactions", 12964421),
                "type": f"DID{did}",
                "description": f"DID order {did}",
                "ammount": f"-{each}",
            }
        )
    return {}


@handles("orderDID")
def order(ctx: Context) -> Reply:
    """Order a local number."""
    for row in (*local_stock(ctx, canada=True), *local_stock(ctx, canada=False)):
        if row["did"] == ctx.get("did"):
            plan = "flat" if ctx.get("billing_type") == "2" else "perminute"
            cost = Decimal(row[f"{plan}_monthly"]) + Decimal(row[f"{plan}_setup"])
            return _buy(ctx, [row["did"]], cost, ctx.params["billing_type"])
    raise Refusal(
        "did_in_use" if ctx.simulator.taken(ctx.get("did")) else "invalid_did"
    )


@handles("orderTollFree", "orderVanity")
def order_toll_free(ctx: Context) -> Reply:
    """Order a toll-free number."""
    did = ctx.params["did"]
    if ctx.simulator.taken(did):
        raise Refusal("did_in_use")
    if ctx.method == "orderVanity":
        if did[:3] not in TOLL_FREE:
            raise Refusal("invalid_did")
        if ctx.get("carrier") not in ("1", "2", "3"):
            raise Refusal("invalid_carrier")
    elif did not in toll_free_stock(ctx):
        raise Refusal("invalid_did")
    return _buy(ctx, [did], Decimal("1.25"), "1")


@handles("orderDIDVirtual")
def order_virtual(ctx: Context) -> Reply:
    """Order a number that only exists inside the service."""
    return _buy(
        ctx, [f"0{ctx.account.number}{ctx.params['digits']}"], Decimal("0.85"), "1"
    )


@handles(
    "orderDIDInternationalGeographic",
    "orderDIDInternationalNational",
    "orderDIDInternationalTollFree",
)
def order_abroad(ctx: Context) -> Reply:
    """Order numbers abroad."""
    kind = ctx.method.removeprefix("orderDIDInternational").upper()
    location = f"a{ctx.params['location_id'].removeprefix('a')}"
    if not any(p["location_id"] == location and p["type"] == kind for p in LOCATIONS):
        raise Refusal("invalid_location")
    quantity = int(ctx.params["quantity"])
    if quantity > ctx.simulator.stock_abroad(location):
        raise Refusal("unsifficient_stock")
    first = 100 - ctx.simulator.stock_abroad(location)
    dids = [
        f"46{re.sub(r'\D', '', location):0>3}{n:05}"
        for n in range(first, first + quantity)
    ]
    reply = _buy(ctx, dids, Decimal("7.00"), ctx.get("billing_type", "1"))
    if not ctx.testing:
        ctx.simulator.take_abroad(location, quantity)
    return reply


@handles("backOrderDIDUSA", "backOrderDIDCAN")
def back_order(ctx: Context) -> Reply:
    """Order numbers that are not there yet."""
    canada = ctx.method.endswith("CAN")
    region = ctx.params["province" if canada else "state"]
    if region not in (PROVINCES if canada else STATES):
        raise Refusal("invalid_province" if canada else "invalid_state")
    centers = {name.casefold() for name in RATE_CENTERS.get(region, {})}
    if ctx.params["ratecenter"].casefold() not in centers:
        raise Refusal("invalid_city")
    if ctx.testing:
        return {}
    names = ("routing", "failover_busy", "failover_unreachable", "failover_noanswer")
    more = ("voicemail", "pop", "dialtime", "cnam", "billing_type")
    fields = {name: ctx.params[name] for name in (*names, *more) if name in ctx.params}
    for _ in range(int(ctx.params["quantity"])):
        place = f"{ctx.params['ratecenter']}, {region}"
        ctx.account.add("back_orders", description=place, order_date=stamp(), **fields)
    return {}
