"""Functions to search and order numbers, and to check whether one can be ported."""

from typing import Final

from ..params import Choice, Code, Did, Digits, Id, Integer, Pattern, Text
from .common import BILLING_TYPE, RESALE, SETTINGS, TEST
from .model import Function, optional, required

PROVINCE: Final = Choice(
    "AB", "BC", "MB", "NB", "NL", "NS", "NT", "NU", "ON", "PE", "QC", "SK", "YT"
)
INTERNATIONAL_TYPE: Final = Choice("GEOGRAPHIC", "NATIONAL", "TOLLFREE")
MATCH: Final = Choice("starts", "contains", "ends")
QUERY: Final = Pattern("[A-Za-z0-9]{1,10}", "555")
VANITY_PREFIX: Final = Choice("8**", "800", "833", "844", "855", "866", "877", "888")
LOCATION: Final = Pattern(r"a?\d+", "a65")

FUNCTIONS: Final = (
    # Places
    Function("getStates", lists="states"),
    Function("getProvinces", lists="provinces"),
    Function("getRateCentersUSA", required("state", Code()), lists="ratecenters"),
    Function("getRateCentersCAN", required("province", PROVINCE), lists="ratecenters"),
    Function(
        "getInternationalTypes", optional("type", INTERNATIONAL_TYPE), lists="types"
    ),
    Function(
        "getDIDCountries",
        required("type", INTERNATIONAL_TYPE),
        optional("country_id", Id()),
        lists="countries",
    ),
    Function("getCarriers", optional("carrier", Id()), lists="carriers"),
    # What can be ordered
    Function(
        "getDIDsUSA",
        required("state", Code()),
        optional("ratecenter", Text()),
        lists="dids",
    ),
    Function(
        "getDIDsCAN",
        required("province", PROVINCE),
        optional("ratecenter", Text()),
        lists="dids",
    ),
    Function(
        "searchDIDsUSA",
        required("type", MATCH),
        required("query", QUERY),
        optional("state", Code()),
        lists="dids",
    ),
    Function(
        "searchDIDsCAN",
        required("type", MATCH),
        required("query", QUERY),
        optional("province", PROVINCE),
        lists="dids",
    ),
    Function(
        "searchTollFreeUSA",
        optional("type", MATCH),
        optional("query", QUERY),
        lists="dids",
    ),
    Function(
        "searchTollFreeCanUS",
        optional("type", MATCH),
        optional("query", QUERY),
        lists="dids",
    ),
    Function(
        "searchVanity",
        required("type", VANITY_PREFIX),
        required("query", Pattern("[A-Za-z0-9*]{7}", "**HELLO")),
        lists="dids",
    ),
    Function(
        "getDIDsInternationalGeographic",
        required("country_id", Id()),
        lists="locations",
    ),
    Function(
        "getDIDsInternationalNational", required("country_id", Id()), lists="locations"
    ),
    Function(
        "getDIDsInternationalTollFree", required("country_id", Id()), lists="locations"
    ),
    Function("getPortability", required("did", Did()), lists="plans"),
    # Orders
    Function(
        "orderDID",
        required("did", Did()),
        *SETTINGS,
        BILLING_TYPE,
        *RESALE,
        TEST,
        shows=("getDIDsInfo",),
    ),
    Function(
        "orderTollFree",
        required("did", Did()),
        *SETTINGS,
        *RESALE,
        TEST,
        shows=("getDIDsInfo",),
    ),
    Function(
        "orderVanity",
        required("did", Did()),
        *SETTINGS,
        required("carrier", Id()),
        *RESALE,
        TEST,
        shows=("getDIDsInfo",),
    ),
    Function(
        "orderDIDVirtual",
        required("digits", Digits(3, 3)),
        *SETTINGS,
        *RESALE,
        TEST,
        shows=("getDIDsInfo",),
    ),
    Function(
        "orderDIDInternationalGeographic",
        required("location_id", LOCATION),
        required("quantity", Integer(1)),
        *SETTINGS,
        BILLING_TYPE,
        *RESALE,
        TEST,
        shows=("getDIDsInfo",),
    ),
    Function(
        "orderDIDInternationalNational",
        required("location_id", LOCATION),
        required("quantity", Integer(1)),
        *SETTINGS,
        BILLING_TYPE,
        *RESALE,
        TEST,
        shows=("getDIDsInfo",),
    ),
    Function(
        "orderDIDInternationalTollFree",
        required("location_id", LOCATION),
        required("quantity", Integer(1)),
        *SETTINGS,
        *RESALE,
        TEST,
        shows=("getDIDsInfo",),
    ),
    Function(
        "backOrderDIDUSA",
        required("quantity", Integer(1)),
        required("state", Code()),
        required("ratecenter", Text()),
        *SETTINGS,
        BILLING_TYPE,
        TEST,
        shows=("getBackOrders",),
    ),
    Function(
        "backOrderDIDCAN",
        required("quantity", Integer(1)),
        required("province", PROVINCE),
        required("ratecenter", Text()),
        *SETTINGS,
        BILLING_TYPE,
        TEST,
        shows=("getBackOrders",),
    ),
    Function("getBackOrders", optional("id", Id()), lists="back_orders"),
)
