"""Base class of the kinds of parameters."""

from typing import Any, ClassVar

from ..errors import VoipmsInvalidValueError


def invalid(key: str, value: object, **placeholders: object) -> Exception:
    """Return the error for a value, which it quotes."""
    return VoipmsInvalidValueError(
        key,
        value=str(value),
        **{name: str(text) for name, text in placeholders.items()},
    )


class Kind:
    """Kind of a parameter: which values it takes, and their wire form."""

    secret: bool = False
    """Whether errors and logs must not quote a value."""
    empty: ClassVar[str | None] = ""
    """The wire form that clears a parameter; None if it cannot be cleared."""

    def to_wire(self, value: Any) -> str | None:
        """Return the value as VoIP.ms expects it, or None if it need not be sent.

        Raises VoipmsInvalidValueError for a value that would be refused.
        """
        raise NotImplementedError
