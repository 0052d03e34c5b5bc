import { conversations, log } from "./do";
import { expect, openThread, test } from "./home";

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 740 } });

  test("list and thread take turns; back and Esc lead back to the row", async ({ page, home }) => {
    await home.start();
    await openThread(page, "Alex Martin");
    await expect(conversations(page)).toBeHidden();
    await page.getByRole("button", { name: "Back to the conversations" }).click();
    await expect(conversations(page)).toBeVisible();
    await expect(page.getByRole("button", { name: /Alex Martin/ })).toBeFocused();
    await page.keyboard.press("Enter");
    await expect(log(page)).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(conversations(page)).toBeVisible();
  });
});

test.describe("with the keyboard", () => {
  test("arrows move through 200 conversations", async ({ page, home }) => {
    await home.start({ scene: "many" });
    await page.getByRole("searchbox").press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    await expect(conversations(page).getByRole("button").nth(1)).toBeFocused();
    await page.keyboard.press("End");
    const focused = page.locator("button.row:focus");
    await expect(focused).toHaveAttribute("data-index", "199");
    await expect(focused).toBeInViewport();
    await page.keyboard.press("Home");
    await expect(focused).toHaveAttribute("data-index", "0");
  });
});
