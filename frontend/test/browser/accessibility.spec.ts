import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { log, box, fail, write } from "./do";
import { expect, openThread, test } from "./home";

test.describe("accessibility", () => {
  const scans: [string, Parameters<typeof openThread>[1] | undefined, object][] = [
    ["the list", undefined, {}],
    ["a thread", "Alex Martin", {}],
    ["a notice", "Sam", {}],
    ["dark", "Alex Martin", { theme: "dark" }],
    ["a theme of one's own", "Alex Martin", { theme: "sunny" }],
    ["right to left", "Alex Martin", { dir: "rtl" }],
    ["compact", undefined, { config: { layout: "compact" } }],
  ];
  for (const [name, thread, options] of scans) {
    test(`has nothing serious in ${name}`, async ({ page, home }) => {
      await home.start(options);
      if (thread) await openThread(page, thread);
      if (thread === "Alex Martin") {
        await fail(page, { code: "home_assistant_error", message: "Refused." });
        await write(page, "Hello");
        await box(page).fill("Next");
        await log(page).getByText("Sure.").click();
      }
      await page.waitForTimeout(250);
      await scan(page);
    });
  }

  test("has nothing serious in a new conversation, a menu, a dialog", async ({ page, home }) => {
    await home.start();
    await page.getByRole("button", { name: "New conversation" }).click();
    await page.getByLabel("To", { exact: true }).fill("555");
    await page.keyboard.press("Enter");
    await scan(page);
    await openThread(page, "Alex Martin");
    await page.getByRole("button", { name: "Add a picture or file" }).click();
    await scan(page);
    await page.getByRole("menuitem", { name: "Camera or media" }).click();
    await page.waitForTimeout(50);
    await scan(page);
  });

  async function scan(page: Page): Promise<void> {
    const { violations } = await new AxeBuilder({ page }).include("voipms-conversations").analyze();
    const grave = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
    expect(
      grave.map(({ id, nodes }) => [id, nodes.map(({ target, failureSummary }) => [target, failureSummary])]),
    ).toEqual([]);
  }
});
