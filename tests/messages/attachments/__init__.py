"""The tests of pictures and files that go along with messages."""
