"""The project's scripts; one word each, run from anywhere."""
