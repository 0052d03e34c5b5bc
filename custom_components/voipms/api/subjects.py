"""What the functions that read are about."""

from collections.abc import Mapping
from typing import Final

from .functions import FUNCTIONS, Function
from .models import Did, Mailbox, Record, SubAccount

MESSAGE_LISTS: Final = frozenset({FUNCTIONS["getSMS"], FUNCTIONS["getMMS"]})
"""The functions that list messages; see read_messages."""
GET_MEDIA: Final = FUNCTIONS["getMediaMMS"]
GET_BALANCE: Final = FUNCTIONS["getBalance"]
MESSAGE_READERS: Final = MESSAGE_LISTS | {GET_MEDIA}

SUBJECTS: Final[Mapping[Function, tuple[type[Record], str]]] = {
    FUNCTIONS["getDIDsInfo"]: (Did, "did"),
    FUNCTIONS["getRegistrationStatus"]: (SubAccount, "account"),
    FUNCTIONS["getSubAccounts"]: (SubAccount, "account"),
    FUNCTIONS["getVoicemails"]: (Mailbox, "mailbox"),
    **dict.fromkeys(MESSAGE_READERS, (Did, "did")),
}
"""The records that a function is about, and the field and parameter of their key."""
