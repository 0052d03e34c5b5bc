"""The lists that are the same for every account."""

from __future__ import annotations

Pairs = dict[str, str]

MUSIC: Pairs = {
    "default": "Default",
    "jazz": "Jazz",
    "classical": "Classical",
    "guitar": "Guitar",
    "nature": "Nature",
}

_CITIES = (
    ("Atlanta 1", "GA", "USA", False),
    ("Chicago 1", "IL", "USA", True),
    ("Dallas 1", "TX", "USA", False),
    ("Denver 1", "CO", "USA", False),
    ("Houston 1", "TX", "USA", False),
    ("Los Angeles 1", "CA", "USA", False),
    ("Montreal 1", "QC", "Canada", True),
    ("New York 1", "NY", "USA", False),
    ("Seattle 1", "WA", "USA", False),
    ("Toronto 1", "ON", "Canada", False),
    ("Vancouver 1", "BC", "Canada", False),
    ("London 1", "UK", "United Kingdom", False),
)

SERVERS: list[dict[str, str]] = [
    {
        "server_name": f"{city}, {region}",
        "server_shortname": city,
        "server_hostname": f"{city.lower().replace(' ', '')}.sip.example",
        "server_ip": f"192.0.2.{pop}",
        "server_country": country,
        "server_pop": str(pop),
        "server_recommended": "Yes" if recommended else "No",
    }
    for pop, (city, region, country, recommended) in enumerate(_CITIES, 1)
]

LOOKUPS: dict[str, tuple[str, str, str, Pairs]] = {
    # method: key of the list, parameter for one, code when there is no such, the list
    "getLanguages": (
        *("languages", "language", "invalid_language"),
        {"en": "English", "es": "Spanish", "fr": "French"},
    ),
    "getLocales": (
        *("locales", "locale", "invalid_transcription_locale"),
        {
            "en-CA": "English, Canada",
            "en-US": "English, USA",
            "fr-CA": "French, Canada",
        },
    ),
    "getCountries": (
        *("countries", "country", "invalid_country"),
        {"CA": "Canada", "MX": "Mexico", "US": "United States"},
    ),
    "getProtocols": (
        *("protocols", "protocol", "invalid_protocol"),
        {"1": "SIP", "3": "IAX2"},
    ),
    "getAuthTypes": (
        *("auth_types", "type", "invalid_authtype"),
        {"1": "User and password", "2": "Fixed IP address"},
    ),
    "getDeviceTypes": (
        *("device_types", "device_type", "invalid_devicetype"),
        {"1": "Telephone system", "2": "Telephone or adapter"},
    ),
    "getDTMFModes": (
        *("dtmf_modes", "dtmf_mode", "invalid_dtmfmode"),
        {"auto": "Auto", "inband": "In band", "info": "Info", "rfc2833": "RFC 2833"},
    ),
    "getNAT": (
        *("nat", "nat", "invalid_nat"),
        {"never": "Never", "no": "No", "route": "Route", "yes": "Yes"},
    ),
    "getAllowedCodecs": (
        *("allowed_codecs", "codec", "invalid_codec"),
        {"g729": "G.729a", "gsm": "GSM", "ulaw": "G.711 u-law"},
    ),
    "getLockInternational": (
        *("lock_international", "lock_international", "invalid_lockinternational"),
        {"0": "Allowed", "1": "Not allowed"},
    ),
    "getRoutes": (
        *("routes", "route", "invalid_route"),
        {"1": "Value", "2": "Premium"},
    ),
    "getReportEstimatedHoldTime": (
        *("types", "type", "invalid_type"),
        {"yes": "Always", "no": "Never", "once": "One time"},
    ),
    "getJoinWhenEmptyTypes": (
        *("types", "type", "invalid_type"),
        {"yes": "Yes", "no": "No", "strict": "Strict"},
    ),
    "getRingStrategies": (
        *("strategies", "strategy", "invalid_strategy"),
        {
            "ringall": "All at once",
            "leastrecent": "Longest idle",
            "fewestcalls": "Fewest calls",
            "random": "Random",
            "rrmemory": "In turn",
        },
    ),
    "getInternationalTypes": (
        *("types", "type", "invalid_type"),
        {"GEOGRAPHIC": "Geographic", "NATIONAL": "National", "TOLLFREE": "Toll-free"},
    ),
    "getCarriers": (
        *("carriers", "carrier", "invalid_carrier"),
        {
            "1": "US carrier, US callers",
            "2": "US carrier, US and Canadian callers",
            "3": "Canadian carrier",
        },
    ),
    "getVoicemailSetups": (
        *("voicemailsetups", "voicemailsetup", "invalid_voicemailsetup"),
        {"1": "No voicemail", "2": "Voicemail of the account"},
    ),
    "getVoicemailAttachmentFormats": (
        *(
            "email_attachment_formats",
            "email_attachment_format",
            "invalid_email_attachment_format",
        ),
        {"wav49": "Small WAV", "wav": "Large WAV", "wavmp3": "MP3", "no": "None"},
    ),
    "getPlayInstructions": (
        *("play_instructions", "play_instructions", "invalid_playinstructions"),
        {"u": "Yes", "su": "No"},
    ),
    "getTimezones": (
        *("timezones", "timezone", "invalid_timezone"),
        {
            zone: zone.replace("_", " ")
            for zone in (
                *("America/Chicago", "America/Denver", "America/Los_Angeles"),
                *("America/New_York", "America/Toronto", "America/Vancouver"),
            )
        },
    ),
    "getBalanceManagement": (
        *("balance_management", "balance_management", "invalid_balancemanagement"),
        {"1": "Hard", "2": "Soft"},
    ),
    "getCallBilling": (
        *("call_billing", "", ""),
        {"all": "All", "free": "Free", "billed": "Billed"},
    ),
    "e911AddressTypes": (
        *("types", "type", "invalid_type"),
        {"Apartment": "Apartment", "Floor": "Floor", "Suite": "Suite"},
    ),
}

PROVINCES: Pairs = {
    "AB": "ALBERTA",
    "BC": "BRITISH COLUMBIA",
    "MB": "MANITOBA",
    "NB": "NEW BRUNSWICK",
    "NL": "NEWFOUNDLAND AND LABRADOR",
    "NS": "NOVA SCOTIA",
    "ON": "ONTARIO",
    "PE": "PRINCE EDWARD ISLAND",
    "QC": "QUEBEC",
    "SK": "SASKATCHEWAN",
}
STATES: Pairs = {
    "AL": "ALABAMA",
    "AZ": "ARIZONA",
    "CA": "CALIFORNIA",
    "CO": "COLORADO",
    "FL": "FLORIDA",
    "GA": "GEORGIA",
    "IL": "ILLINOIS",
    "MA": "MASSACHUSETTS",
    "NY": "NEW YORK",
    "OR": "OREGON",
    "TX": "TEXAS",
    "WA": "WASHINGTON",
}
RATE_CENTERS: dict[str, dict[str, str]] = {
    # province or state: rate center, and how its numbers begin; without numbers, nothing in stock
    "AB": {"Calgary": "403555", "Edmonton": "780555", "Canmore": ""},
    "BC": {"Vancouver": "604555", "Victoria": "250555"},
    "ON": {"Ottawa": "613555", "Toronto": "416555", "Stoney Point": "226555"},
    "QC": {"Montreal": "514555", "Quebec City": "418555"},
    "CA": {"LOS ANGELES": "213555", "SAN FRANCISCO": "415555"},
    "CO": {"DENVER": "303555"},
    "FL": {"MIAMI": "786555", "TAMPA": "813555", "ALFORD": ""},
    "IL": {"CHICAGO": "312555"},
    "MA": {"BOSTON": "617555"},
    "NY": {"NEW YORK": "212555", "BUFFALO": "716555"},
    "TX": {"AUSTIN": "512555", "HOUSTON": "713555"},
    "WA": {"SEATTLE": "206555"},
}
COUNTRIES: Pairs = {
    "205": "SWEDEN (+46)",
    "73": "FINLAND (+358)",
    "198": "SPAIN (+34)",
    "10": "ARGENTINA (+54)",
}
LOCATIONS: list[dict[str, str]] = [
    # kind and country id go first and are not listed
    {"type": kind, "country_id": country_id, "location_id": f"a{number}", **details}
    for number, (kind, country_id, details) in enumerate(
        (
            (
                "GEOGRAPHIC",
                "73",
                {"location_name": "HELSINKI", "country": "FINLAND", "area_code": "9"},
            ),
            (
                "GEOGRAPHIC",
                "73",
                {"location_name": "TAMPERE", "country": "FINLAND", "area_code": "3"},
            ),
            (
                "GEOGRAPHIC",
                "205",
                {"location_name": "STOCKHOLM", "country": "SWEDEN", "area_code": "8"},
            ),
            (
                "NATIONAL",
                "198",
                {"location_name": "NATIONAL", "country": "SPAIN", "area_code": "901"},
            ),
            (
                "TOLLFREE",
                "10",
                {
                    "location_name": "TOLLFREE",
                    "country": "ARGENTINA",
                    "area_code": "800",
                },
            ),
        ),
        65,
    )
]
