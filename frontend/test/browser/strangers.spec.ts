import { HOSTILE_TEXTS } from "../harness/scenes";
import { conversations, log } from "./do";
import { expect, test } from "./home";

test.describe("a stranger's text", () => {
  test("is text and nothing else, and asks no other host", async ({ page, home }) => {
    await home.start({ scene: "hostile" });
    await conversations(page).getByRole("listitem").first().getByRole("button").click();
    await expect(log(page)).toContainText("Attachment that cannot be shown");
    for (let index = 0; index < 40; index++) {
      await log(page).evaluate((one) => one.scrollBy(0, -400));
      await page.waitForTimeout(10);
    }
    await expect(log(page)).toContainText("This is the beginning");
    await expect(log(page)).toContainText(HOSTILE_TEXTS[0] ?? "");
    await expect(log(page)).toContainText(HOSTILE_TEXTS[2] ?? "");
    const texts = await log(page)
      .locator(".text")
      .evaluateAll((all) => all.map((one) => one.textContent));
    expect(texts.filter((text) => !HOSTILE_TEXTS.includes(text))).toEqual([]);
    expect(await page.evaluate(() => "pwned" in window)).toBe(false);
    const urls = await page.evaluate(() => {
      const all = (root: ParentNode): Element[] =>
        [...root.querySelectorAll("*")].flatMap((one) => [
          one,
          ...(one.shadowRoot ? all(one.shadowRoot) : []),
        ]);
      return all(document)
        .flatMap((one) => [one.getAttribute("href"), one.getAttribute("src")])
        .filter(Boolean);
    });
    expect(urls.filter((url) => !/^(https?:\/\/|\/card|\/harness)/.test(url ?? ""))).toEqual([]);
    expect(home.abroad).toEqual([]);
  });

  test("of 10,000 letters wraps, and nothing scrolls sideways", async ({ page, home }) => {
    await page.setViewportSize({ width: 320, height: 700 });
    await home.start({ scene: "hostile" });
    await conversations(page).getByRole("listitem").first().getByRole("button").click();
    await log(page).evaluate((one) => one.scrollTo(0, 800));
    await page.waitForTimeout(100);
    expect(await log(page).evaluate((one) => one.scrollWidth - one.clientWidth)).toBe(0);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(
      0,
    );
  });

  test("that turns the direction of writing turns nothing but itself", async ({ page, home }) => {
    await home.start({ scene: "hostile" });
    const row = conversations(page).getByRole("listitem").first();
    const [name, time] = [await row.locator(".name").boundingBox(), await row.locator(".time").boundingBox()];
    expect(name && time && name.x < time.x).toBe(true);
  });
});
