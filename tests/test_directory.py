"""The directory of destinations."""

from hypothesis import example, given, settings, strategies as st

from custom_components.voipms.api import Routing
from custom_components.voipms.directory import Directory


@settings(max_examples=50, deadline=None)
@example({1: "A", 2: "A", 3: "A [1]"})
@given(st.dictionaries(st.integers(1, 99), st.sampled_from(["A", "B", "A [1]", ""])))
def test_names_stand_for_one_destination(groups: dict[int, str]) -> None:
    """Whatever destinations are called, each name leads to one of them."""
    found = {Routing("grp", str(key)): f"Group {name}" for key, name in groups.items()}
    directory = Directory.of({"grp": found}, {})
    assert len(directory.options) == len(set(directory.options))
    assert {str(routing) for routing in found} <= directory.names.keys()


def test_what_the_directory_can_tell() -> None:
    """Only where every destination is known can one be unknown."""
    directory = Directory.of({"vm": {Routing("vm", "1001"): "Voicemail 1001"}}, {})
    assert directory.knows(Routing("vm", "1001"))
    assert not directory.knows(Routing("vm", "1002"))
    assert directory.knows(Routing("grp", "1"))
