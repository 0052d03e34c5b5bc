"""The function table against the witness."""

from typing import Any

import pytest

from custom_components.voipms.api import ACTIONS, FUNCTIONS, Function

from ..simulator import Simulator


@pytest.mark.parametrize("function", FUNCTIONS.values(), ids=lambda f: f.method)
def test_function_is_as_the_contract_says(
    function: Function, contract: dict[str, Any]
) -> None:
    """Each function takes what VoIP.ms takes, and needs what VoIP.ms needs."""
    facts = contract[function.method]
    names = {param.name for param in function.params}
    assert names <= facts["params"].keys()
    required = {name for name, spec in facts["params"].items() if spec.get("required")}
    missing = required - {param.name for param in function.params if param.required}
    assert not missing
    assert {
        key for key, shape in facts["reply"].items() if isinstance(shape, list)
    } >= ({function.lists} & facts["reply"].keys())


def test_actions_are_named_once() -> None:
    """No two functions share an action."""
    named = [function for function in FUNCTIONS.values() if function.action]
    assert len(ACTIONS) == len(named)


@pytest.fixture(scope="module")
def contract() -> dict[str, Any]:
    """Return what the simulator knows of every function."""
    return Simulator().contract.methods
