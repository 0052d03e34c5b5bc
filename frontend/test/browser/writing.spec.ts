import type { Page } from "@playwright/test";
import { KITCHEN } from "../harness/scenes";
import { ALEX, log, box, sent, fail, write } from "./do";
import { expect, openThread, test } from "./home";

test.describe("writing", () => {
  test("Enter sends, Shift and Enter begin a line, an input method is left alone", async ({ page, home }) => {
    await home.start();
    await openThread(page, "Alex Martin");
    await box(page).pressSequentially("One");
    await box(page).press("Shift+Enter");
    await box(page).pressSequentially("Two");
    await box(page).evaluate((one) =>
      one.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", isComposing: true, bubbles: true })),
    );
    expect(await sent(page)).toEqual([]);
    await box(page).press("Enter");
    await expect
      .poll(() => sent(page))
      .toMatchObject([{ message: "One\nTwo", did: KITCHEN, contact: ALEX.contact }]);
    await expect(box(page)).toHaveValue("");
    await expect(log(page).locator(".message", { hasText: "One" })).toHaveCount(1);
    await expect(log(page)).not.toContainText("Sending…");
  });

  test("a double click and Enter twice send once", async ({ page, home }) => {
    await home.start();
    await openThread(page, "Alex Martin");
    await page.evaluate(() => (window.home.latency = 200));
    await box(page).fill("Only once");
    await page.getByRole("button", { name: "Send", exact: true }).dblclick();
    await box(page).press("Enter");
    await box(page).fill("Twice");
    await box(page).press("Enter");
    await box(page).press("Enter");
    await page.waitForTimeout(600);
    expect((await sent(page)).map(({ message }) => message)).toEqual(["Only once", "Twice"]);
  });

  test("says how it would go", async ({ page, home }) => {
    await home.start();
    await openThread(page, "Alex Martin");
    const send = page.getByRole("button", { name: "Send", exact: true });
    await expect(send).toBeDisabled();
    await box(page).fill("é".repeat(80));
    await expect(page.getByText("160 / 160 bytes")).toBeVisible();
    await expect(page.getByText("1 SMS")).toBeVisible();
    await box(page).fill("é".repeat(81));
    await expect(page.getByText("162 / 2,048 bytes")).toBeVisible();
    await box(page).fill("a".repeat(2049));
    await expect(page.getByText("Too long")).toBeVisible();
    await expect(send).toBeDisabled();
    await box(page).press("Enter");
    expect(await sent(page)).toEqual([]);
  });

  test("what was refused stays with the reason, and goes out as a new message", async ({ page, home }) => {
    await home.start();
    await openThread(page, "Alex Martin");
    await fail(page, { code: "service_validation_error", message: "No funds left." });
    await write(page, "Please");
    await expect(page.getByRole("alert").filter({ hasText: "No funds left." })).toBeVisible();
    await page.getByRole("button", { name: "Try again" }).dblclick();
    await expect(page.getByText("No funds left.")).toBeHidden();
    expect(await sent(page)).toHaveLength(1);
    const ids = await page.evaluate(() =>
      window.home.commands
        .filter(({ type }) => type === "voipms/messages/send")
        .map((one) => String(one.request_id)),
    );
    expect(new Set(ids).size).toBe(2);
  });

  test("what was refused can be deleted, and a new card still knows it", async ({ page, home }) => {
    await home.start();
    await openThread(page, "Alex Martin");
    await fail(page, { code: "home_assistant_error", message: "Refused." });
    await write(page, "Never mind");
    await expect(page.getByText("Refused.")).toBeVisible();
    await page.evaluate(() => window.again());
    await openThread(page, "Alex Martin");
    await expect(page.getByText("Refused.")).toBeVisible();
    await page.getByRole("button", { name: "Delete this message, which was not sent" }).click();
    await expect(log(page)).not.toContainText("Never mind");
  });

  for (const [when, failure] of [
    ["before it left", "lost_before"],
    ["after it left", "lost_after"],
  ] as const) {
    test(`a connection that breaks ${when} sends it once`, async ({ page, home }) => {
      await home.start();
      await openThread(page, "Alex Martin");
      await fail(page, failure);
      await write(page, "Are you there?");
      await expect(page.getByText("The connection to Home Assistant is lost.")).toBeVisible();
      await expect(page.getByText("Not confirmed")).toBeVisible();
      await page.evaluate(() => window.home.restore());
      await expect(page.getByText("The connection to Home Assistant is lost.")).toBeHidden();
      if (failure === "lost_before") await page.getByRole("button", { name: "Try again" }).click();
      await expect(page.getByText("Not confirmed")).toBeHidden();
      await expect(log(page).locator(".message", { hasText: "Are you there?" })).toHaveCount(1);
      expect(await sent(page)).toHaveLength(1);
    });
  }

  test("what was on its way when the page was reloaded is asked for by the same id", async ({
    page,
    home,
  }) => {
    await home.start();
    await openThread(page, "Alex Martin");
    await page.evaluate(() => (window.home.latency = 60_000));
    await write(page, "On its way");
    await home.start();
    await openThread(page, "Alex Martin");
    await page.getByRole("button", { name: "Try again" }).click();
    await expect.poll(() => sent(page)).toHaveLength(1);
    await expect(page.getByText("Not confirmed")).toBeHidden();
  });

  test("a second card shows what the first one sends", async ({ page, home }) => {
    await home.start({ width: 600 });
    await page.evaluate(() => {
      const second = document.createElement("voipms-conversations") as typeof window.card;
      second.setConfig({ type: "custom:voipms-conversations" });
      second.hass = window.card.hass;
      document.querySelector("main")?.append(second);
    });
    await page.locator("voipms-conversations").first().getByText("Alex Martin").click();
    await page.locator("voipms-conversations").last().getByText("Alex Martin").click();
    await write(page.locator("voipms-conversations").first() as unknown as Page, "For both");
    for (const card of await page.locator("voipms-conversations").all()) {
      await expect(card.locator(".message", { hasText: "For both" })).toHaveCount(1);
    }
  });

  test("drafts stay with their thread", async ({ page, home }) => {
    await home.start();
    await openThread(page, "Alex Martin");
    await box(page).fill("Half a thought");
    await openThread(page, "Zoë Béland");
    await expect(box(page)).toHaveValue("");
    await openThread(page, "Alex Martin");
    await expect(box(page)).toHaveValue("Half a thought");
    await page.getByLabel("Send from").selectOption({ label: "Office" });
    await expect(page.getByText("(555) 234-0001⁩ · ⁨Office")).toBeVisible();
    await expect(box(page)).toHaveValue("Half a thought");
    await box(page).press("Enter");
    await expect.poll(() => sent(page)).toMatchObject([{ did: "5551230001", contact: ALEX.contact }]);
  });

  test("one cannot write to a short code, nor from a number that is gone", async ({ page, home }) => {
    await home.start();
    await openThread(page, "72975");
    await expect(page.getByText("You cannot answer to")).toBeVisible();
    await expect(box(page)).toHaveCount(0);
    await openThread(page, "Sam");
    await expect(page.getByText("is no longer yours")).toBeVisible();
    await page.getByRole("button", { name: "Kitchen · (555) 123-0000" }).click();
    await expect(box(page)).toBeVisible();
  });

  test("an administrator deletes a message, after a second thought", async ({ page, home }) => {
    await home.start();
    await openThread(page, "Alex Martin");
    await log(page).getByText("Sure.").click();
    await page.getByRole("button", { name: "Delete", exact: true }).click();
    await page.getByRole("button", { name: "Keep" }).click();
    await page.getByRole("button", { name: "Delete", exact: true }).click();
    await page.getByRole("button", { name: "Delete at VoIP.ms" }).click();
    await expect(log(page)).not.toContainText("Sure.");
    await home.start({ scene: "one_number" });
    await openThread(page, "Alex Martin");
    await log(page).getByText("Are you open?").click();
    await expect(page.getByRole("button", { name: "Copy text" })).toBeVisible();
    await expect(page.getByRole("button", { name: "Delete", exact: true })).toHaveCount(0);
  });
});
