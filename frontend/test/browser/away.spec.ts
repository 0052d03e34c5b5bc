import { conversations, log, receive } from "./do";
import { expect, openThread, test } from "./home";

test.describe("when something is away", () => {
  test("an integration that is not there yet is waited for", async ({ page, home }) => {
    await home.start({ loaded: false });
    await expect(page.getByText("VoIP.ms is not ready in Home Assistant.")).toBeVisible();
    await page.evaluate(() => (window.home.loaded = true));
    await expect(conversations(page)).toBeVisible({ timeout: 8000 });
  });

  test("a restart of Home Assistant is survived, the thread stays and catches up", async ({ page, home }) => {
    await home.start();
    await openThread(page, "Alex Martin");
    await page.evaluate(() => {
      window.home.lose();
      window.home.loaded = false;
    });
    await expect(page.getByText("The connection to Home Assistant is lost.")).toBeVisible();
    await expect(log(page)).toContainText("I am at the door.");
    await receive(page, "Came in between");
    await page.evaluate(() => window.home.restore());
    await page.waitForTimeout(100);
    await expect(page.getByText("VoIP.ms is not ready")).toBeVisible();
    await page.evaluate(() => (window.home.loaded = true));
    await expect(log(page)).toContainText("Came in between", { timeout: 8000 });
    await expect(page.getByText("VoIP.ms is not ready")).toBeHidden();
  });

  test("an account that does not answer says so, keeps showing, and recovers", async ({ page, home }) => {
    await home.start();
    await page.evaluate(() =>
      window.home.changeAccount(0, { available: false, error: "VoIP.ms does not answer." }),
    );
    await expect(page.getByText("VoIP.ms does not answer.")).toBeVisible();
    await expect(conversations(page)).toContainText("Alex Martin");
    await page.evaluate(() => window.home.changeAccount(0, { available: true, error: null }));
    await expect(page.getByText("VoIP.ms does not answer.")).toBeHidden();
  });

  test("nothing to show has words", async ({ page, home }) => {
    await home.start({ scene: "empty" });
    await expect(page.getByText("No messages yet")).toBeVisible();
    await home.start({ scene: "no_numbers" });
    await expect(page.getByText("No numbers", { exact: true })).toBeVisible();
    await expect(page.getByRole("button", { name: "New conversation" })).toBeDisabled();
  });

  test("the card picker shows samples and asks nothing", async ({ page, home }) => {
    await home.start({ picker: true });
    await expect(conversations(page).getByRole("listitem")).toHaveCount(3);
    expect(await page.evaluate(() => window.home.commands)).toEqual([]);
    const card = await page.evaluate(() =>
      window.customCards?.map(({ type, name, preview }) => ({ type, name, preview })),
    );
    expect(card).toEqual([{ type: "voipms-conversations", name: "VoIP.ms conversations", preview: true }]);
  });

  test("a wrong configuration says what is wrong", async ({ page, home }) => {
    await home.start();
    const error = await page.evaluate(() => {
      try {
        window.card.setConfig({ type: "custom:voipms-conversations", layout: "huge" });
        return "";
      } catch (err) {
        return (err as Error).message;
      }
    });
    expect(error).toBe("`layout` is one of: full, compact, panel.");
  });

  test("the file may be loaded twice", async ({ page, home }) => {
    await home.start();
    await page.addScriptTag({ url: "/card.js?again", type: "module" });
    await expect(conversations(page)).toBeVisible();
    expect(await page.evaluate(() => window.customCards?.length)).toBe(1);
    expect(home.complaints).toEqual([]);
  });
});
