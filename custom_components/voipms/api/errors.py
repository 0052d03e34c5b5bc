"""The errors of the VoIP.ms client: the few that callers tell apart.

None of them ever holds a credential, a message text or a reply's contents.
"""

from collections.abc import Collection


class VoipmsError(Exception):
    """Anything that kept a call from doing what it was asked to do."""


class VoipmsInvalidValueError(VoipmsError, ValueError):
    """A value that would be refused, found before anything was sent.

    `key` names the reason, and `placeholders` what a sentence about it needs;
    whoever knows the user's language makes the sentence.
    """

    def __init__(self, key: str, **placeholders: str) -> None:
        """Keep the reason apart from its details."""
        super().__init__(key)
        self.key = key
        self.placeholders = placeholders


class VoipmsUnknownSettingsError(VoipmsInvalidValueError):
    """Settings that a change would reset, since VoIP.ms does not say what they are.

    `unseen` tells whether VoIP.ms is known not to return them for every account.
    """

    def __init__(self, fields: Collection[str], *, unseen: bool) -> None:
        """Keep what they are."""
        super().__init__("unknown_settings", fields=", ".join(fields))
        self.unseen = unseen


class VoipmsNotAppliedError(VoipmsError):
    """A change that VoIP.ms accepted, and did not make.

    Without values for a setting that is a secret.
    """

    def __init__(self, field: str, **values: str) -> None:
        """Keep what was wanted, and what there is instead."""
        super().__init__(f"{field} was not changed")
        self.placeholders = {"field": field, **values}


class VoipmsConnectionError(VoipmsError):
    """VoIP.ms was not reached, or did not answer in a way that makes sense.

    `sent` tells whether the request may have been carried out all the same.
    """

    def __init__(self, reason: str, *, sent: bool = True) -> None:
        """Keep the reason, written for the person who reads it."""
        super().__init__(reason)
        self.sent = sent


class VoipmsStatusError(VoipmsError):
    """VoIP.ms answered with a status other than success."""

    def __init__(self, method: str, status: str) -> None:
        """Keep the vendor's code beside the function that got it."""
        super().__init__(f"{method}: {status}")
        self.method = method
        self.status = status


class VoipmsAuthError(VoipmsStatusError):
    """The e-mail address or the API password is wrong."""


class VoipmsIpNotEnabledError(VoipmsStatusError):
    """The public address that the call came from is not on the account's list."""


class VoipmsApiNotEnabledError(VoipmsStatusError):
    """The account has the API switched off."""


class VoipmsRateLimitError(VoipmsStatusError):
    """More calls came within a minute than VoIP.ms allows."""


class VoipmsMaintenanceError(VoipmsStatusError):
    """VoIP.ms works on this function; it will be back."""


class VoipmsRefusedError(VoipmsStatusError):
    """VoIP.ms understood the request and will not do it."""
