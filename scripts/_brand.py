"""Draw the brand images of the integration from docs/brand.svg."""

import asyncio
from pathlib import Path

from playwright.async_api import Browser

from ._shared.browser import open_browser

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "docs" / "brand.svg"
TARGET = ROOT / "custom_components" / "voipms" / "brand"

WIDTHS = {"icon": 256, "logo": 892}
HEIGHT = 256
INKS = {"": "#3d3a8c", "dark_": "#b4b1ff"}


async def draw(browser: Browser, name: str, prefix: str, scale: int) -> None:
    """Draw an image; the icon is the first square of the logo."""
    page = await browser.new_page(
        viewport={"width": WIDTHS[name], "height": HEIGHT}, device_scale_factor=scale
    )
    drawing = SOURCE.read_text(encoding="utf-8").replace(INKS[""], INKS[prefix])
    await page.set_content(
        f"<style>body {{ margin: 0; overflow: hidden }} svg {{ display: block; height: {HEIGHT}px }}</style>"
        + drawing
    )
    suffix = "@2x" if scale == 2 else ""
    await page.screenshot(
        path=TARGET / f"{prefix}{name}{suffix}.png", omit_background=True
    )
    await page.close()


async def main() -> None:
    """Draw all images."""
    TARGET.mkdir(parents=True, exist_ok=True)
    async with open_browser() as browser:
        for name in WIDTHS:
            for prefix in INKS:
                for scale in (1, 2):
                    await draw(browser, name, prefix, scale)
    print(f"Drawn into {TARGET.relative_to(ROOT)}.")


if __name__ == "__main__":
    asyncio.run(main())
