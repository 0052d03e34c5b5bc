"""Write or check the files generated from the function table."""

import json
import sys

from . import CONTRACT, ICONS, README, ROOT, SERVICES, TRANSLATIONS
from .check import missing_icons, missing_words
from .readme import readme
from .services import as_yaml, services


def main() -> int:
    """Write the files, or check them with --check, and report problems."""
    check = "--check" in sys.argv[1:]
    words = json.loads(TRANSLATIONS.read_text(encoding="utf-8"))
    icons = json.loads(ICONS.read_text(encoding="utf-8"))
    statuses = json.loads(CONTRACT.read_text(encoding="utf-8"))["statuses"]
    actions = services()
    problems = [
        *missing_words(words, actions, statuses),
        *missing_icons(icons, actions),
    ]
    made = {
        SERVICES: as_yaml(actions),
        README: readme(README.read_text(encoding="utf-8"), words),
    }
    for path, text in made.items():
        if path.exists() and path.read_text(encoding="utf-8") == text:
            continue
        name = path.relative_to(ROOT)
        if check:
            problems.append(f"{name} is out of date. Run scripts/generate.")
        else:
            path.write_text(text, encoding="utf-8")
            print(f"{name} was written.")
    for problem in problems:
        print(problem)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
