import { ALEX, conversations, log, count, receive, atEnd } from "./do";
import { expect, openThread, test } from "./home";

test.describe("reading", () => {
  test("a list of who wrote, to which number, what and when", async ({ page, home }) => {
    await page.clock.setFixedTime("2026-11-25T20:30:00Z");
    await home.start();
    const first = conversations(page).getByRole("listitem").first();
    await expect(first).toContainText("Alex Martin");
    await expect(first).toContainText("I am at the door.");
    await expect(first).toContainText("Kitchen");
    await expect(first).toContainText(/3:19.PM/);
    await expect(first).toContainText("2 unread messages");
    await expect(conversations(page).getByRole("listitem").nth(1)).toContainText("You: ⁨Merci beaucoup !⁩");
    await expect(conversations(page)).toContainText("(555) 987-6543");
  });

  test("a thread with days, times, links and the picture", async ({ page, home }) => {
    await home.start();
    await openThread(page, "Alex Martin");
    await expect(log(page)).toContainText("Today");
    const link = log(page).getByRole("link", { name: "https://bakery.example/cakes/42?size=l" });
    await expect(link).toHaveAttribute("target", "_blank");
    await expect(link).toHaveAttribute("rel", "noopener noreferrer");
    await expect.poll(() => home.asked.filter((path) => path.includes("cake.png")).length).toBeGreaterThan(0);
    await expect(log(page)).toContainText("Not delivered");
    expect(await atEnd(page)).toBe(true);
    expect(home.complaints).toEqual([]);
  });

  test("a larger view of a picture, which Esc closes and the focus does not leave", async ({
    page,
    home,
  }) => {
    await home.start();
    await openThread(page, "Alex Martin");
    await page.getByRole("button", { name: "Open the picture cake.png" }).click();
    const dialog = page.getByRole("dialog", { name: "Picture cake.png" });
    await expect(dialog.getByRole("img")).toBeVisible();
    for (let index = 0; index < 5; index++) await page.keyboard.press("Tab");
    expect(
      await page.evaluate(() => {
        let active = document.activeElement;
        while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
        return active === document.body || active?.closest("dialog") !== null;
      }),
    ).toBe(true);
    await page.keyboard.press("Escape");
    await expect(dialog).toBeHidden();
    await expect(page.getByRole("heading", { name: "Alex Martin" })).toBeVisible();
  });

  test("marks as read what is seen, and nothing else", async ({ page, home }) => {
    await home.start();
    await expect(conversations(page)).toContainText("2 unread messages");
    expect(await count(page, "voipms/messages/read")).toBe(0);
    await openThread(page, "Alex Martin");
    await expect(conversations(page)).not.toContainText("2 unread messages");
    await expect.poll(() => count(page, "voipms/messages/read")).toBe(1);
    await receive(page, "One more");
    await expect.poll(() => count(page, "voipms/messages/read")).toBe(2);
    // Scrolled away, a new message is not seen.
    await log(page).evaluate((one) => one.scrollBy(0, -500));
    await page.waitForTimeout(100);
    await receive(page, "Not seen");
    const first = conversations(page).getByRole("listitem").first();
    await expect(first).toContainText("1 unread message");
    await page.getByRole("button", { name: "1 new message" }).click();
    await expect(first).not.toContainText("1 unread message");
  });

  test("is not read while the page is hidden", async ({ page, home }) => {
    await home.start();
    await page.evaluate(() =>
      Object.defineProperty(document, "hidden", { configurable: true, get: () => true }),
    );
    await openThread(page, "Alex Martin");
    await page.waitForTimeout(100);
    expect(await count(page, "voipms/messages/read")).toBe(0);
    await page.evaluate(() => {
      Object.defineProperty(document, "hidden", { configurable: true, get: () => false });
      document.dispatchEvent(new Event("visibilitychange"));
    });
    await expect.poll(() => count(page, "voipms/messages/read")).toBe(1);
  });

  test("new messages appear at the end, or announce themselves to who reads further up", async ({
    page,
    home,
  }) => {
    await home.start();
    await openThread(page, "Alex Martin");
    await receive(page, "Are you open?");
    await expect(log(page)).toContainText("Are you open?");
    await expect.poll(() => atEnd(page)).toBe(true);
    await expect(page.getByText("Alex Martin⁩ wrote: ⁨Are you open?")).toBeAttached();
    await log(page).evaluate((one) => one.scrollTo(0, 0));
    await page.waitForTimeout(100);
    await receive(page, "Hello?");
    await page.getByRole("button", { name: "1 new message" }).click();
    await expect.poll(() => atEnd(page)).toBe(true);
    await expect(log(page)).toContainText("Hello?");
  });

  test("a picture that comes later and a delivery that is confirmed show without a reload", async ({
    page,
    home,
  }) => {
    await home.start({ scene: "one_number" });
    await openThread(page, "Alex Martin");
    await page.evaluate((id) => {
      const message = window.home.receive(id, "Look");
      const media = [
        { url: "/api/voipms/media/late.png?authSig=signed", type: "image" as const, name: "late.png" },
      ];
      window.home.alter(id, message.key, { media });
    }, ALEX);
    await expect(page.getByRole("button", { name: "Open the picture late.png" })).toBeVisible();
    await expect.poll(() => home.asked.some((path) => path.includes("late.png"))).toBe(true);
  });

  test("a picture whose signature has run out is signed anew", async ({ page, home }) => {
    await home.start({ scene: "one_number" });
    await openThread(page, "Alex Martin");
    await page.evaluate((id) => {
      const media = [
        { url: "/api/voipms/media/expired.png?authSig=old", type: "image" as const, name: "old.png" },
      ];
      window.home.receive(id, "", { media });
    }, ALEX);
    await expect.poll(() => home.asked.at(-1)).toBe("/api/voipms/media/expired.png?authSig=fresh");
    await expect(page.getByText("The picture cannot be shown")).toBeHidden();
  });

  test("older messages load when scrolled to, and what was in sight stays there", async ({ page, home }) => {
    await home.start({ scene: "many" });
    await conversations(page).getByRole("listitem").first().getByRole("button").click();
    await expect(log(page)).toContainText("5024");
    for (let index = 0; index < 3; index++) {
      const before = await count(page, "voipms/messages/list");
      await log(page).evaluate((one) => one.scrollTo(0, 300));
      await expect.poll(() => count(page, "voipms/messages/list")).toBe(before + 1);
      await page.waitForTimeout(100);
      const seen = await log(page).evaluate((one) => {
        const top = one.getBoundingClientRect().top;
        const rows = [...one.querySelectorAll(".bubble")];
        return rows.find((row) => row.getBoundingClientRect().bottom > top)?.textContent.trim();
      });
      expect(Number(seen?.match(/\d+$/)?.[0])).toBeGreaterThan(5024 - 100 * (index + 1));
      expect(Number(seen?.match(/\d+$/)?.[0])).toBeLessThan(5024 - 100 * (index + 1) + 15);
    }
  });

  test("older messages that cannot be read say why, and come when asked again", async ({ page, home }) => {
    await home.start({ scene: "many" });
    await conversations(page).getByRole("listitem").first().getByRole("button").click();
    await expect(log(page)).toContainText("5024");
    await page.evaluate(
      () => (window.home.listFailure = { code: "home_assistant_error", message: "No answer." }),
    );
    await log(page).evaluate((one) => one.scrollTo(0, 100));
    await expect(log(page)).toContainText("The older messages could not be loaded. No answer.");
    const before = await count(page, "voipms/messages/list");
    await log(page).evaluate((one) => one.scrollTo(0, 0));
    await page.waitForTimeout(100);
    expect(await count(page, "voipms/messages/list")).toBe(before);
    await page.evaluate(() => (window.home.listFailure = undefined));
    await page.getByRole("button", { name: "Try again" }).click();
    await expect(page.getByText("could not be loaded")).toBeHidden();
    await expect(log(page)).toContainText("4923");
  });

  test("the beginning of a conversation says so", async ({ page, home }) => {
    await home.start({ scene: "one_number" });
    await openThread(page, "Alex Martin");
    await expect(log(page)).toContainText("This is the beginning of the conversation");
  });

  test("search finds names, numbers and words, and leads to the message", async ({ page, home }) => {
    await home.start();
    const search = page.getByRole("searchbox");
    await search.fill("zoe");
    await expect(conversations(page).getByRole("listitem")).toHaveCount(1);
    await search.fill("987-6543");
    await expect(conversations(page).getByRole("listitem")).toHaveCount(1);
    await search.press("Escape");
    await openThread(page, "Alex Martin");
    await search.fill("saturday");
    await conversations(page).getByRole("button").click();
    await expect(log(page).getByText("Are we still on for Saturday?")).toBeInViewport();
    await search.fill("no such thing");
    await expect(page.getByText("Nothing found for “no such thing”")).toBeVisible();
  });

  test("the numbers it is set to, and as many conversations", async ({ page, home }) => {
    await home.start({ config: { numbers: [5551230001], limit: 2 } });
    await expect(conversations(page).getByRole("listitem")).toHaveCount(2);
    await expect(conversations(page)).not.toContainText("Alex Martin");
  });
});
