"""Finding new numbers, ordering them, and asking whether one can be moved here."""

from dataclasses import replace
from typing import Final

from ..kinds import Choice, Code, Did, Digits, Id, Integer, Pattern, Text
from .common import (
    BILLING_TYPE,
    CALLERID_PREFIX,
    CNAM,
    DIALTIME,
    FAILOVER_BUSY,
    FAILOVER_NOANSWER,
    FAILOVER_UNREACHABLE,
    MINUTE,
    MONTHLY,
    NEW_DID,
    NOTE,
    POP,
    PROVINCES,
    RESELLER_ACCOUNT,
    ROUTING,
    SETUP,
    TEST,
    VOICEMAIL,
    optional,
    required,
)
from .model import Function, Group, Param

STATE: Final = required(
    "state",
    Code(),
    "State",
    "A state of the USA, such as FL; `get_states` lists them.",
    "FL",
)
PROVINCE: Final = required(
    "province",
    PROVINCES,
    "Province",
    "A province of Canada, as `get_provinces` lists it.",
    "ON",
)
RATECENTER_USA: Final = required(
    "ratecenter",
    Text(),
    "Rate center",
    "A rate center of the state, as `get_rate_centers_usa` lists it.",
    "MIAMI",
)
RATECENTER_CAN: Final = required(
    "ratecenter",
    Text(),
    "Rate center",
    "A rate center of the province, as `get_rate_centers_can` lists it.",
    "Stoney Point",
)
COUNTRY: Final = required(
    "country_id",
    Id(),
    "Country",
    "The ID of a country, as `get_did_countries` lists it.",
    "205",
)
INTERNATIONAL_TYPE: Final = required(
    "type",
    Choice(
        {"GEOGRAPHIC": "Geographic", "NATIONAL": "National", "TOLLFREE": "Toll-free"}
    ),
    "Type",
    "A type of international number, as `get_international_types` lists it.",
    "NATIONAL",
)
SEARCH_TYPE: Final = required(
    "type",
    Choice({"starts": "Starts with", "contains": "Contains", "ends": "Ends with"}),
    "Match",
    "Where in the number the digits or letters must be.",
    "contains",
)
QUERY: Final = required(
    "query",
    Pattern(r"[A-Za-z0-9]{1,10}", "555"),
    "Query",
    "Up to ten digits or letters to look for; letters stand for the keys of a"
    " telephone.",
    "555",
)
CARRIER: Final = required(
    "carrier",
    Id(),
    "Carrier",
    "The carrier of a vanity number, as `get_carriers` lists it.",
    "2",
)
QUANTITY: Final = required(
    "quantity", Integer(1), "Quantity", "How many numbers to order.", 1
)


def location(lister: str, example: str) -> Param:
    """Return the parameter that says where abroad to order, from a list."""
    about = f"The ID of the location, as `{lister}` lists it."
    return required("location_id", Pattern(r"a?\d+", "a65"), "Location", about, example)


SETTINGS: Final = (
    ROUTING,
    FAILOVER_BUSY,
    FAILOVER_UNREACHABLE,
    FAILOVER_NOANSWER,
    VOICEMAIL,
    POP,
    DIALTIME,
    CNAM,
    CALLERID_PREFIX,
    NOTE,
)
"""How a new number is to behave."""

RESALE: Final = (RESELLER_ACCOUNT, MONTHLY, SETUP, MINUTE)
"""For which client of a reseller a new number is, and at what price."""

FUNCTIONS: Final = (
    # Where there are numbers
    Function(
        method="getStates",
        action="get_states",
        group=Group.READ,
        name="Get states of the USA",
        about="Lists the states of the USA in which numbers can be ordered.",
        icon="mdi:map",
        lists=("states",),
    ),
    Function(
        method="getProvinces",
        action="get_provinces",
        group=Group.READ,
        name="Get provinces of Canada",
        about="Lists the provinces of Canada in which numbers can be ordered.",
        icon="mdi:map",
        lists=("provinces",),
    ),
    Function(
        method="getRateCentersUSA",
        action="get_rate_centers_usa",
        group=Group.READ,
        name="Get rate centers of a state",
        about="Lists the local areas of a state, and which have numbers to offer.",
        icon="mdi:map-marker",
        params=(STATE,),
        lists=("ratecenters",),
    ),
    Function(
        method="getRateCentersCAN",
        action="get_rate_centers_can",
        group=Group.READ,
        name="Get rate centers of a province",
        about="Lists the local areas of a province, and which have numbers to offer.",
        icon="mdi:map-marker",
        params=(PROVINCE,),
        lists=("ratecenters",),
    ),
    Function(
        method="getInternationalTypes",
        action="get_international_types",
        group=Group.READ,
        name="Get types of international numbers",
        about="Lists the types of numbers offered outside the USA and Canada.",
        icon="mdi:earth",
        params=(
            replace(
                INTERNATIONAL_TYPE,
                required=False,
                about="Only this type. Leave it out for all.",
            ),
        ),
        lists=("types",),
    ),
    Function(
        method="getDIDCountries",
        action="get_did_countries",
        group=Group.READ,
        name="Get countries with numbers",
        about="Lists the countries that offer a type of international number.",
        icon="mdi:earth",
        params=(
            INTERNATIONAL_TYPE,
            replace(
                COUNTRY,
                required=False,
                about="Only the country with this ID. Leave it out for all.",
            ),
        ),
        lists=("countries",),
    ),
    Function(
        method="getCarriers",
        action="get_carriers",
        group=Group.READ,
        name="Get carriers of vanity numbers",
        about="Lists the carriers that a vanity number can be ordered from.",
        icon="mdi:transmission-tower",
        params=(
            replace(
                CARRIER,
                required=False,
                about="Only the carrier with this code. Leave it out for all.",
            ),
        ),
        lists=("carriers",),
    ),
    # What can be ordered
    Function(
        method="getDIDsUSA",
        action="get_dids_usa",
        group=Group.READ,
        name="Get numbers for sale in the USA",
        about="Lists the numbers that can be ordered in a state, with their prices.",
        icon="mdi:phone-plus",
        params=(STATE, replace(RATECENTER_USA, required=False)),
        lists=("dids",),
    ),
    Function(
        method="getDIDsCAN",
        action="get_dids_can",
        group=Group.READ,
        name="Get numbers for sale in Canada",
        about="Lists the numbers that can be ordered in a province, with their prices.",
        icon="mdi:phone-plus",
        params=(PROVINCE, replace(RATECENTER_CAN, required=False)),
        lists=("dids",),
    ),
    Function(
        method="searchDIDsUSA",
        action="search_dids_usa",
        group=Group.READ,
        name="Search numbers in the USA",
        about="Finds numbers for sale in the USA that contain certain digits or letters.",
        icon="mdi:magnify",
        params=(SEARCH_TYPE, QUERY, replace(STATE, required=False)),
        lists=("dids",),
    ),
    Function(
        method="searchDIDsCAN",
        action="search_dids_can",
        group=Group.READ,
        name="Search numbers in Canada",
        about="Finds numbers for sale in Canada that contain certain digits or letters.",
        icon="mdi:magnify",
        params=(SEARCH_TYPE, QUERY, replace(PROVINCE, required=False)),
        lists=("dids",),
    ),
    Function(
        method="searchTollFreeUSA",
        action="search_toll_free_usa",
        group=Group.READ,
        name="Search toll-free numbers in the USA",
        about="Finds toll-free numbers for sale that callers in the USA can reach.",
        icon="mdi:magnify",
        params=(replace(SEARCH_TYPE, required=False), replace(QUERY, required=False)),
        lists=("dids",),
    ),
    Function(
        method="searchTollFreeCanUS",
        action="search_toll_free_can_us",
        group=Group.READ,
        name="Search toll-free numbers in Canada and the USA",
        about="Finds toll-free numbers for sale that callers in both countries can"
        " reach.",
        icon="mdi:magnify",
        params=(replace(SEARCH_TYPE, required=False), replace(QUERY, required=False)),
        lists=("dids",),
    ),
    Function(
        method="searchVanity",
        action="search_vanity",
        group=Group.READ,
        name="Search vanity numbers",
        about="Finds toll-free numbers for sale that spell a word.",
        icon="mdi:magnify",
        params=(
            required(
                "type",
                Choice(
                    {
                        "8**": "Any toll-free prefix",
                        "800": "800",
                        "833": "833",
                        "844": "844",
                        "855": "855",
                        "866": "866",
                        "877": "877",
                        "888": "888",
                    }
                ),
                "Prefix",
                "The three digits that the number begins with.",
                "8**",
            ),
            required(
                "query",
                Pattern(r"[A-Za-z0-9*]{7}", "**HELLO"),
                "Query",
                "The seven characters after the prefix; an asterisk stands for any.",
                "**HELLO",
            ),
        ),
        lists=("dids",),
    ),
    Function(
        method="getDIDsInternationalGeographic",
        action="get_dids_international_geographic",
        group=Group.READ,
        name="Get geographic numbers of a country",
        about="Lists the places of a country with local numbers for sale.",
        icon="mdi:earth",
        params=(COUNTRY,),
        lists=("locations",),
    ),
    Function(
        method="getDIDsInternationalNational",
        action="get_dids_international_national",
        group=Group.READ,
        name="Get national numbers of a country",
        about="Lists the numbers for sale in a country that belong to no place.",
        icon="mdi:earth",
        params=(COUNTRY,),
        lists=("locations",),
    ),
    Function(
        method="getDIDsInternationalTollFree",
        action="get_dids_international_toll_free",
        group=Group.READ,
        name="Get toll-free numbers of a country",
        about="Lists the toll-free numbers for sale in a country.",
        icon="mdi:earth",
        params=(COUNTRY,),
        lists=("locations",),
    ),
    Function(
        method="getPortability",
        action="get_portability",
        group=Group.READ,
        name="Check whether a number can be moved here",
        about="Tells whether a number at another provider can be moved to VoIP.ms,"
        " and at what price.",
        icon="mdi:swap-horizontal",
        params=(
            required(
                "did",
                Did(),
                "Number",
                "A number at another provider, in any usual spelling.",
                "5551230000",
            ),
        ),
        lists=("plans",),
    ),
    # Orders
    Function(
        method="orderDID",
        action="order_did",
        group=Group.ORDER,
        name="Order a number",
        about="Orders a number in the USA or Canada. This costs money and cannot be"
        " undone.",
        icon="mdi:cart",
        params=(NEW_DID, *SETTINGS, BILLING_TYPE, *RESALE, TEST),
        shows=("getDIDsInfo",),
    ),
    Function(
        method="orderTollFree",
        action="order_toll_free",
        group=Group.ORDER,
        name="Order a toll-free number",
        about="Orders a toll-free number. This costs money and cannot be undone.",
        icon="mdi:cart",
        params=(replace(NEW_DID, example="8775550000"), *SETTINGS, *RESALE, TEST),
        shows=("getDIDsInfo",),
    ),
    Function(
        method="orderVanity",
        action="order_vanity",
        group=Group.ORDER,
        name="Order a vanity number",
        about="Orders a toll-free number that spells a word. This costs money and"
        " cannot be undone.",
        icon="mdi:cart",
        params=(
            replace(NEW_DID, example="8775550000"),
            *SETTINGS,
            CARRIER,
            *RESALE,
            TEST,
        ),
        shows=("getDIDsInfo",),
    ),
    Function(
        method="orderDIDVirtual",
        action="order_did_virtual",
        group=Group.ORDER,
        name="Order a virtual number",
        about="Orders a virtual number. This costs money and cannot be undone.",
        icon="mdi:cart",
        params=(
            required(
                "digits",
                Digits(3, 3),
                "Digits",
                "The three digits that the new number is to have.",
                "001",
            ),
            *SETTINGS,
            *RESALE,
            TEST,
        ),
        shows=("getDIDsInfo",),
    ),
    Function(
        method="orderDIDInternationalGeographic",
        action="order_did_international_geographic",
        group=Group.ORDER,
        name="Order geographic numbers of a country",
        about="Orders local numbers of a place abroad. This costs money and cannot be"
        " undone.",
        icon="mdi:cart",
        params=(
            location("get_dids_international_geographic", "a65"),
            QUANTITY,
            *SETTINGS,
            BILLING_TYPE,
            *RESALE,
            TEST,
        ),
        shows=("getDIDsInfo",),
    ),
    Function(
        method="orderDIDInternationalNational",
        action="order_did_international_national",
        group=Group.ORDER,
        name="Order national numbers of a country",
        about="Orders numbers of a foreign country that belong to no place. This costs"
        " money and cannot be undone.",
        icon="mdi:cart",
        params=(
            location("get_dids_international_national", "a5644"),
            QUANTITY,
            *SETTINGS,
            BILLING_TYPE,
            *RESALE,
            TEST,
        ),
        shows=("getDIDsInfo",),
    ),
    Function(
        method="orderDIDInternationalTollFree",
        action="order_did_international_toll_free",
        group=Group.ORDER,
        name="Order toll-free numbers of a country",
        about="Orders toll-free numbers of a foreign country. This costs money and"
        " cannot be undone.",
        icon="mdi:cart",
        params=(
            location("get_dids_international_toll_free", "a6422"),
            QUANTITY,
            *SETTINGS,
            *RESALE,
            TEST,
        ),
        shows=("getDIDsInfo",),
    ),
    Function(
        method="backOrderDIDUSA",
        action="back_order_did_usa",
        group=Group.ORDER,
        name="Back-order numbers in the USA",
        about="Orders numbers of a rate center that has none in stock. This costs money"
        " and cannot be undone.",
        icon="mdi:cart-arrow-down",
        params=(QUANTITY, STATE, RATECENTER_USA, *SETTINGS, BILLING_TYPE, TEST),
        shows=("getBackOrders",),
    ),
    Function(
        method="backOrderDIDCAN",
        action="back_order_did_can",
        group=Group.ORDER,
        name="Back-order numbers in Canada",
        about="Orders numbers of a rate center that has none in stock. This costs money"
        " and cannot be undone.",
        icon="mdi:cart-arrow-down",
        params=(QUANTITY, PROVINCE, RATECENTER_CAN, *SETTINGS, BILLING_TYPE, TEST),
        shows=("getBackOrders",),
    ),
    Function(
        method="getBackOrders",
        action="get_back_orders",
        group=Group.READ,
        name="Get back orders",
        about="Lists the numbers that are on order and not in stock yet.",
        icon="mdi:package-variant",
        params=(
            optional(
                "id",
                Id(),
                "Back order",
                "Only the back order with this ID. Leave it out for all.",
                "1234",
            ),
        ),
        lists=("back_orders",),
    ),
)
