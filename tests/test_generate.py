"""What stands beside the function table: forms, words and icons."""

from copy import deepcopy
import json
import subprocess
import sys
from typing import Any

import pytest

from custom_components.voipms.api import ACTIONS, to_wire
from homeassistant.core import HomeAssistant
from homeassistant.helpers.selector import validate_selector
from scripts._generate import ICONS, ROOT, SERVICES, TRANSLATIONS
from scripts._generate.check import missing_icons, missing_words
from scripts._generate.examples import EXAMPLES, EXAMPLES_OF
from scripts._generate.services import services

from .services.calls import ACTIONS as CALLS, CONTRACT

type Tree = dict[str, Any]

WORDS: Tree = json.loads(TRANSLATIONS.read_text())
ACTION_FORMS = services()


def fields_of(action: str) -> Tree:
    """Return the fields of an action, those that are folded away included."""
    fields = dict(ACTION_FORMS[action]["fields"])
    return {**fields.pop("more", {}).get("fields", {}), **fields}


def changed(path: str, value: str | None) -> Tree:
    """Return the words with one of them changed, or taken away."""
    words = deepcopy(WORDS)
    tree = words
    *parts, last = path.split(".")
    for part in parts:
        tree = tree.setdefault(part, {})
    if value is None:
        del tree[last]
    else:
        tree[last] = value
    return words


def test_everything_is_up_to_date() -> None:
    """The files are what the table makes of them, and no word is missing."""
    done = subprocess.run(
        [sys.executable, "-m", "scripts._generate", "--check"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, ""), done.stderr


@pytest.mark.parametrize(
    "path",
    [
        "services.send_sms.name",
        "services.get_balance.description",
        "services.call_api.fields.method.name",
        "services.get_sms.fields.sms.description",
        "services.send_mms.fields.contact.name",
        "services.set_did_info.sections.more.name",
        "selector.billing_type.options.2",
        "selector.when_empty.options.strict",
        "selector.long_text.options.split",
        "exceptions.status_invalid_did.message",
    ],
)
def test_missing_words(path: str) -> None:
    """A text that is not there, or empty, is missed by its path."""
    for value in (None, ""):
        problems = missing_words(changed(path, value), ACTION_FORMS, CONTRACT.statuses)
        assert problems == [
            f"custom_components/voipms/translations/en.json: {path} is missing."
        ]


@pytest.mark.parametrize(
    "path",
    [
        "services.fly_to_the_moon.name",
        "services.send_sms.fields.color.description",
        "services.get_balance.sections.more.name",
        "selector.billing_type.options.3",
        "selector.nothing_like_it.options.1",
        "exceptions.status_never_heard_of.message",
    ],
)
def test_words_left_over(path: str) -> None:
    """A text that nothing shows is found, too."""
    problems = missing_words(changed(path, "Text"), ACTION_FORMS, CONTRACT.statuses)
    assert problems == [
        f"custom_components/voipms/translations/en.json: {path} is left over."
    ]


def test_icons() -> None:
    """Each action has an icon, and nothing else has."""
    icons = json.loads(ICONS.read_text())
    icons["services"]["to_the_moon"] = icons["services"].pop("send_sms")
    assert missing_icons(icons, ACTION_FORMS) == [
        "custom_components/voipms/icons.json: services.send_sms.service is missing.",
        "custom_components/voipms/icons.json: services.to_the_moon.service is left over.",
    ]


async def test_forms(hass: HomeAssistant) -> None:
    """Home Assistant understands every field, and no list tells words of its own."""
    assert SERVICES.exists()
    for action in ACTION_FORMS:
        for name, field in fields_of(action).items():
            validate_selector(field["selector"])
            select = field["selector"].get("select") or {}
            assert all(isinstance(option, str) for option in select.get("options", ()))
            assert name in WORDS["services"][action]["fields"]


def test_what_a_form_offers_is_accepted() -> None:
    """Each value of a list is one that the function takes, and so is each example."""
    for action, function in ACTIONS.items():
        fields = fields_of(action)
        later = [param.name for param in function.params]
        for param in function.params:
            field = fields[param.name]
            select = field["selector"].get("select") or {}
            examples = [field["example"]] if "example" in field else []
            for value in (*select.get("options", ()), *examples):
                to_wire(function, {param.name: value}, later=later)


def test_examples_are_of_fields() -> None:
    """No example is left over from a field that is gone."""
    shown = {action: fields_of(action).keys() for action in CALLS}
    assert EXAMPLES.keys() <= set().union(*shown.values())
    for action, examples in EXAMPLES_OF.items():
        assert examples.keys() <= shown[action]
        assert all(value != EXAMPLES.get(name) for name, value in examples.items())
