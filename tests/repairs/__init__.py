"""The tests of what the user is asked to repair."""
