"""Adds what it is given."""

from . import async_add_bare as async_setup_entry

__all__ = ["async_setup_entry"]
