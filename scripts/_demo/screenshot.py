"""Take a screenshot of the dashboard."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from PIL import Image
from playwright.async_api import Page

from scripts._shared.browser import open_browser

from .browser import sign_in
from .office import OFFICE_OPEN, URL_PATH
from .scene import Scene
from .service import ALEX

SIZE = {"width": 1440, "height": 1180}


async def take(here: Scene, path: Path) -> None:
    """Create some activity, open the dashboard, and save a screenshot."""
    await _live(here)
    async with open_browser() as browser:
        page = await sign_in(browser, here.client, viewport=SIZE, device_scale_factor=2)
        await page.goto(f"{here.client.url}/{URL_PATH}")
        await _settle(page)
        path.parent.mkdir(parents=True, exist_ok=True)
        await page.screenshot(path=path)
    with Image.open(path) as picture:
        picture.convert("RGB").quantize(dither=Image.Dither.NONE).save(path)


async def _live(here: Scene) -> None:
    """Create the activity of part of a day at the office."""
    office = here.lines[0]
    for action in ("turn_off", "turn_on"):
        await here.client.act(f"input_boolean.{action}", entity_id=OFFICE_OPEN)
    await here.service.do(
        "receive",
        did=office.did,
        contact=ALEX,
        message="Otherwise Saturday works, too.",
        at=(datetime.now(UTC) - timedelta(minutes=4)).isoformat(),
    )
    await here.client.act(
        "homeassistant.update_entity", entity_id=[office["latest_sms"]]
    )


async def _settle(page: Page) -> None:
    """Open a conversation, and wait until the cards are rendered and stable."""
    conversations = page.get_by_role("list", name="Conversations")
    await conversations.get_by_role("button").first.click(timeout=60_000)
    await page.wait_for_timeout(5_000)
