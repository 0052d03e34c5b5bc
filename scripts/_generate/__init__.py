"""Files generated from the function table: services.yaml and the README's list of actions.

The words beside them are written by hand, in translations/en.json and icons.json; here
is only told which of them are missing, and which nothing uses any more.
"""

from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).parents[2]
INTEGRATION: Final = ROOT / "custom_components" / "voipms"
SERVICES: Final = INTEGRATION / "services.yaml"
TRANSLATIONS: Final = INTEGRATION / "translations" / "en.json"
ICONS: Final = INTEGRATION / "icons.json"
README: Final = ROOT / "README.md"
CONTRACT: Final = ROOT / "tests" / "simulator" / "contract.json"

type Tree = dict[str, Any]
