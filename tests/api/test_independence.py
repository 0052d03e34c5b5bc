"""The client without Home Assistant."""

from pathlib import Path
import subprocess
import sys

IMPORT = """
import importlib, pkgutil, sys
from types import ModuleType

sys.modules["homeassistant"] = None  # importing it raises an error
parent = ModuleType("custom_components.voipms")
parent.__path__ = ["custom_components/voipms"]
sys.modules["custom_components.voipms"] = parent
api = importlib.import_module("custom_components.voipms.api")
for module in pkgutil.walk_packages(api.__path__, f"{api.__name__}."):
    importlib.import_module(module.name)
    print(module.name)
print(*(name for name in sys.modules if name.startswith("custom_components.")))
"""


def test_no_module_needs_home_assistant() -> None:
    """Every module can be imported where there is no Home Assistant."""
    done = subprocess.run(
        [sys.executable, "-c", IMPORT],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    *modules, imported = done.stdout.splitlines()
    assert len(modules) > 20
    # Nor does it need anything of the integration around it.
    assert {name.split(".")[2] for name in imported.split() if name.count(".") > 1} == {
        "api"
    }
