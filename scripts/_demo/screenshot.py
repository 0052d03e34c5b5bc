"""Takes a picture of the dashboard."""

from dataclasses import asdict
from datetime import UTC, datetime, timedelta
import json
from pathlib import Path
import time
from typing import TYPE_CHECKING

from playwright.async_api import Page

from scripts._browser import open_browser

from .office import OFFICE_OPEN, URL_PATH

if TYPE_CHECKING:
    from .__main__ import Scene

SIZE = {"width": 1440, "height": 940}
NEIGHBOR = "5550100111"


async def take(here: Scene, path: Path) -> None:
    """Let something happen, open the dashboard signed in, and save what it looks like."""
    await _live(here)
    async with open_browser() as browser:
        page = await browser.new_page(viewport=SIZE, device_scale_factor=2)
        value = json.dumps(json.dumps(_tokens(here)))
        await page.add_init_script(f"localStorage.hassTokens = {value}")
        await page.goto(f"{here.client.url}/{URL_PATH}")
        await _settle(page)
        path.parent.mkdir(parents=True, exist_ok=True)
        await page.screenshot(path=path)


async def _live(here: Scene) -> None:
    """Let a part of a day go by at the office."""
    office = here.lines[0]
    for action in ("turn_off", "turn_on"):
        await here.client.act(f"input_boolean.{action}", entity_id=OFFICE_OPEN)
    await here.service.do(
        "receive",
        did=office.did,
        contact=NEIGHBOR,
        message="Are you open on Friday? I would come by with the cake around ten.",
        at=(datetime.now(UTC) - timedelta(minutes=4)).isoformat(),
    )
    await here.client.act(
        "homeassistant.update_entity", entity_id=[office["latest_sms"]]
    )


def _tokens(here: Scene) -> dict[str, object]:
    """Return what a signed-in browser remembers."""
    tokens = here.client.tokens
    assert tokens
    return {
        **asdict(tokens),
        "hassUrl": here.client.url,
        "clientId": here.client.client_id,
        "expires": int((time.time() + tokens.expires_in) * 1000),
    }


async def _settle(page: Page) -> None:
    """Wait until the cards are there and have stopped moving."""
    await page.locator("hui-markdown-card").first.wait_for(timeout=60_000)
    await page.wait_for_timeout(5_000)
