"""The tests of the integration."""
