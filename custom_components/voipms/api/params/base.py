"""What all kinds have in common."""

from typing import Any, ClassVar

from ..errors import VoipmsInvalidValueError


def invalid(key: str, value: object, **placeholders: object) -> Exception:
    """Return the error for a value, quoted back to the person who wrote it."""
    return VoipmsInvalidValueError(
        key,
        value=str(value),
        **{name: str(text) for name, text in placeholders.items()},
    )


class Kind:
    """What a parameter's values are like."""

    secret: bool = False
    """Whether a value must never be quoted back."""
    empty: ClassVar[str | None] = ""
    """What clears a parameter of this kind; None for one that is never empty."""

    def to_wire(self, value: Any) -> str | None:
        """Return the value as VoIP.ms expects it, or None if it need not be sent.

        Raises VoipmsInvalidValueError for a value that would be refused.
        """
        raise NotImplementedError
