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

test("a thread stays open, and in sight, when its view is left and entered again", async ({ page, home }) => {
  await home.start();
  await openThread(page, "Alex Martin");
  const texts = await page.evaluate(async () => {
    const { card } = window;
    const parent = card.parentElement;
    card.remove();
    window.home.receive(
      { config_entry_id: "entry1", did: "5551230000", contact: "5552340001" },
      "In between",
    );
    window.home.latency = 300;
    await new Promise((resolve) => setTimeout(resolve, 50));
    parent?.append(card);
    await new Promise((resolve) => requestAnimationFrame(resolve));
    return card.shadowRoot?.querySelector("voipms-thread-view")?.shadowRoot?.querySelector("h2")?.textContent;
  });
  expect(texts).toBe("Alex Martin");
  await expect(log(page)).toContainText("In between");
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
