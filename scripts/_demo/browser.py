"""Check the demo in a browser, as a visitor sees it."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import asdict
from importlib.util import find_spec
import json
import time
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from .client import Client
from .office import URL_PATH
from .probe import expect
from .scene import Scene

if TYPE_CHECKING:
    from playwright.async_api import Browser, ConsoleMessage, Page


WORDS = "I am at the door, with the cake."
ICONS = "/api/brands/"
"""Missing brand images of other integrations are ignored."""


class CannotTry(Exception):
    """There is no browser here."""


@asynccontextmanager
async def with_browser() -> AsyncGenerator[Browser]:
    """Open a browser. Raises CannotTry where there is none."""
    if find_spec("playwright") is None:
        raise CannotTry("scripts/setup browser gets what it needs")
    from scripts._shared.browser import find_browser, open_browser

    if find_browser() is None:
        raise CannotTry("there is no Chromium")
    async with open_browser() as browser:
        yield browser


async def look_at_pages(here: Scene) -> str | None:
    """Type a text on the phone's page, and see it on the dashboard."""
    try:
        async with with_browser() as browser:
            await _look_at_pages(here, browser)
    except CannotTry as reason:
        return str(reason)
    return None


async def _look_at_pages(here: Scene, browser: Browser) -> None:
    """Look at the pages in a browser."""
    complaints: list[str] = []
    dashboard = await sign_in(browser, here.client)
    phone = await browser.new_page()
    for page in (dashboard, phone):
        page.on("console", lambda message: note(complaints, message))
        page.on("pageerror", lambda error: complaints.append(str(error)))
    await dashboard.goto(f"{here.client.url}/{URL_PATH}")
    await dashboard.get_by_text("Write to this house").wait_for()
    await phone.goto(here.service.phone)
    await phone.get_by_label("Text message").fill(WORDS)
    await phone.get_by_label("Send").click()
    await phone.get_by_text(WORDS).wait_for()
    await dashboard.get_by_text(WORDS).first.wait_for()
    await dashboard.get_by_text("Write to this house").click()
    inside = dashboard.frame_locator("iframe")
    await inside.get_by_text(WORDS).wait_for()
    expect(complaints, [], "complaints in the browser")


async def sign_in(browser: Browser, client: Client, **options: object) -> Page:
    """Open a page that is signed in to Home Assistant."""
    page = await browser.new_page(**options)
    value = json.dumps(json.dumps(_tokens(client)))
    await page.add_init_script(f"localStorage.hassTokens = {value}")
    return page


def note(complaints: list[str], message: ConsoleMessage) -> None:
    """Record an error of the console."""
    address = urlsplit(message.location.get("url", "")).path
    if message.type == "error" and not address.startswith(ICONS):
        complaints.append(f"{message.text} ({address})")


def _tokens(client: Client) -> dict[str, object]:
    """Return the local storage of a signed-in browser."""
    tokens = client.tokens
    assert tokens
    return {
        **asdict(tokens),
        "hassUrl": client.url,
        "clientId": client.client_id,
        "expires": int((time.time() + tokens.expires_in) * 1000),
    }
