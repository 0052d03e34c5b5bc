"""Errors of the VoIP.ms client.

None of them contains a credential, the text of a message or the contents of a reply.
Their texts are for logs; whoever shows them to a user has the words.
"""

from collections.abc import Collection
from enum import StrEnum
from typing import Self


class VoipmsError(Exception):
    """Base class of all errors of the client."""


class VoipmsInvalidValueError(VoipmsError, ValueError):
    """A value that VoIP.ms would refuse; nothing was sent.

    `key` is the reason, `placeholders` its details.
    """

    def __init__(self, key: str, **placeholders: str) -> None:
        """Initialize the error."""
        super().__init__(key)
        self.key = key
        self.placeholders = placeholders


class VoipmsUnknownSettingsError(VoipmsInvalidValueError):
    """Settings that a change would reset because VoIP.ms did not return them.

    `unseen` is True if VoIP.ms is known not to return them for every account.
    """

    def __init__(self, fields: Collection[str], *, unseen: bool) -> None:
        """Initialize the error."""
        super().__init__("unknown_settings", fields=", ".join(fields))
        self.unseen = unseen


class VoipmsNotAppliedError(VoipmsError):
    """VoIP.ms accepted a change but did not make it.

    `placeholders` has the values `wanted` and `current`, unless they are secret.
    """

    def __init__(self, field: str, **values: str) -> None:
        """Initialize the error."""
        super().__init__(f"{field} was not changed")
        self.placeholders = {"field": field, **values}


class ConnectionReason(StrEnum):
    """Why VoIP.ms could not be reached or understood."""

    NO_CONNECTION = "no_connection"
    TIMEOUT = "timeout"
    BROKEN = "broken"
    """The connection was lost before the answer was complete."""
    HTTP = "http"
    """An HTTP status other than 200, the detail `code`."""
    EMPTY = "empty"
    UNREADABLE = "unreadable"
    """The answer is not JSON."""
    NO_STATUS = "no_status"
    UNEXPECTED = "unexpected"
    """The answer is JSON of a form that VoIP.ms does not use."""


class VoipmsConnectionError(VoipmsError):
    """VoIP.ms could not be reached, or its answer could not be understood.

    `details` belong to the reason. `sent` is True if the request may have been carried
    out nevertheless.
    """

    def __init__(
        self, reason: ConnectionReason, *, sent: bool = True, **details: str
    ) -> None:
        """Initialize the error."""
        super().__init__(" ".join((reason, *details.values())))
        self.reason = reason
        self.details = details
        self.sent = sent

    def unsent(self) -> Self:
        """Return the same error for a request that cannot have changed anything."""
        return type(self)(self.reason, sent=False, **self.details)


class VoipmsStatusError(VoipmsError):
    """VoIP.ms answered with a status other than success."""

    def __init__(self, method: str, status: str) -> None:
        """Initialize the error with the function and the code of the vendor."""
        super().__init__(f"{method}: {status}")
        self.method = method
        self.status = status


class VoipmsAuthError(VoipmsStatusError):
    """The email address or the API password is wrong."""


class VoipmsIpNotEnabledError(VoipmsStatusError):
    """The public IP address of the caller is not enabled for the API."""


class VoipmsApiNotEnabledError(VoipmsStatusError):
    """The API is not enabled for the account."""


class VoipmsRateLimitError(VoipmsStatusError):
    """VoIP.ms received more calls within a minute than it allows."""


class VoipmsMaintenanceError(VoipmsStatusError):
    """The function is under maintenance."""


class VoipmsRefusedError(VoipmsStatusError):
    """VoIP.ms refused the request for any other reason."""
