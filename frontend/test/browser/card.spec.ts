/** What a person does with the card, in a browser. */

import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import type { SendRequest } from "../../src/contract";
import { HOSTILE_TEXTS, KITCHEN } from "../harness/scenes";
import { expect, openThread, PICTURE, test } from "./home";

const ALEX = { config_entry_id: "entry1", did: KITCHEN, contact: "5552340001" };

const conversations = (page: Page) => page.getByRole("list", { name: "Conversations" });
const log = (page: Page) => page.getByRole("log");
const box = (page: Page) => page.getByRole("textbox", { name: /^Message to/ });
const sent = (page: Page): Promise<SendRequest[]> => page.evaluate(() => window.home.sent);
const count = (page: Page, type: string): Promise<number> =>
  page.evaluate((name) => window.home.commands.filter((one) => one.type === name).length, type);
const receive = (page: Page, text: string) =>
  page.evaluate(([id, words]) => void window.home.receive(id, words), [ALEX, text] as const);
const fail = (page: Page, ...failures: unknown[]) =>
  page.evaluate((list) => void (window.home.failures = list as typeof window.home.failures), failures);

async function write(page: Page, text: string): Promise<void> {
  await box(page).fill(text);
  await box(page).press("Enter");
}

/** Return whether the end of the thread is in sight. */
const atEnd = (page: Page): Promise<boolean> =>
  log(page).evaluate((one) => one.scrollHeight - one.scrollTop - one.clientHeight < 4);

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

  test("a larger view of a picture, which Esc closes and the focus does not leave", async ({ page, home }) => {
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
    await expect(conversations(page)).toContainText("1 unread message");
    await page.getByRole("button", { name: "1 new message" }).click();
    await expect(conversations(page)).not.toContainText("1 unread message");
  });

  test("is not read while the page is hidden", async ({ page, home }) => {
    await home.start();
    await page.evaluate(() => Object.defineProperty(document, "hidden", { configurable: true, get: () => true }));
    await openThread(page, "Alex Martin");
    await page.waitForTimeout(100);
    expect(await count(page, "voipms/messages/read")).toBe(0);
    await page.evaluate(() => {
      Object.defineProperty(document, "hidden", { configurable: true, get: () => false });
      document.dispatchEvent(new Event("visibilitychange"));
    });
    await expect.poll(() => count(page, "voipms/messages/read")).toBe(1);
  });

  test("new messages appear at the end, or announce themselves to who reads further up", async ({ page, home }) => {
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

  test("a picture that comes later and a delivery that is confirmed show without a reload", async ({ page, home }) => {
    await home.start({ scene: "one_number" });
    await openThread(page, "Alex Martin");
    await page.evaluate((id) => {
      const message = window.home.receive(id, "Look");
      const media = [{ url: "/api/voipms/media/late.png?authSig=signed", type: "image" as const, name: "late.png" }];
      window.home.alter(id, message.key, { media });
    }, ALEX);
    await expect(page.getByRole("button", { name: "Open the picture late.png" })).toBeVisible();
    await expect.poll(() => home.asked.some((path) => path.includes("late.png"))).toBe(true);
  });

  test("a picture whose signature has run out is signed anew", async ({ page, home }) => {
    await home.start({ scene: "one_number" });
    await openThread(page, "Alex Martin");
    await page.evaluate((id) => {
      const media = [{ url: "/api/voipms/media/expired.png?authSig=old", type: "image" as const, name: "old.png" }];
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
    expect(await page.evaluate(() => "pwned" in window)).toBe(false);
    const urls = await page.evaluate(() => {
      const all = (root: ParentNode): Element[] =>
        [...root.querySelectorAll("*")].flatMap((one) => [one, ...(one.shadowRoot ? all(one.shadowRoot) : [])]);
      return all(document).flatMap((one) => [one.getAttribute("href"), one.getAttribute("src")]).filter(Boolean);
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
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  });

  test("that turns the direction of writing turns nothing but itself", async ({ page, home }) => {
    await home.start({ scene: "hostile" });
    const row = conversations(page).getByRole("listitem").first();
    const [name, time] = [await row.locator(".name").boundingBox(), await row.locator(".time").boundingBox()];
    expect(name && time && name.x < time.x).toBe(true);
  });
});

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
    await expect.poll(() => sent(page)).toMatchObject([{ message: "One\nTwo", did: KITCHEN, contact: ALEX.contact }]);
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
      window.home.commands.filter(({ type }) => type === "voipms/messages/send").map((one) => one.request_id),
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

  test("what was on its way when the page was reloaded is asked for by the same id", async ({ page, home }) => {
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

test.describe("pictures", () => {
  const attach = (page: Page, name: string, mimeType: string, buffer: Buffer) =>
    page.locator("input[type=file]").setInputFiles({ name, mimeType, buffer });

  test("of the device go along, and can be taken back", async ({ page, home }) => {
    await home.start();
    await openThread(page, "Alex Martin");
    await attach(page, "a.png", "image/png", PICTURE);
    await attach(page, "b.png", "image/png", PICTURE);
    await expect(page.getByText("MMS", { exact: true })).toBeVisible();
    await page.getByRole("button", { name: "Remove b.png" }).click();
    await write(page, "Look");
    await expect.poll(() => sent(page)).toHaveLength(1);
    const [request] = await sent(page);
    expect(request?.media).toHaveLength(1);
    expect(request?.media?.[0]).toMatch(/^data:image\/png;base64,/);
    await expect(page.getByRole("button", { name: /^Remove/ })).toHaveCount(0);
  });

  test("that are large are made small, as JPEG", async ({ page, home }) => {
    await home.start();
    await openThread(page, "Alex Martin");
    const large = await page.evaluate(async () => {
      const canvas = document.createElement("canvas");
      [canvas.width, canvas.height] = [3000, 2000];
      const context = canvas.getContext("2d");
      const data = context?.createImageData(3000, 2000);
      for (let index = 0; data && index < data.data.length; index++) data.data[index] = Math.random() * 255;
      if (data) context?.putImageData(data, 0, 0);
      const url = canvas.toDataURL("image/jpeg", 0.95);
      return url.slice(url.indexOf(",") + 1);
    });
    const buffer = Buffer.from(large, "base64");
    expect(buffer.length).toBeGreaterThan(1_200_000);
    await attach(page, "camera.jpg", "image/jpeg", buffer);
    await expect(page.getByRole("button", { name: "Remove camera.jpg" })).toBeVisible({ timeout: 15_000 });
    await page.getByRole("button", { name: "Send", exact: true }).click();
    await expect.poll(() => sent(page)).toHaveLength(1);
    const source = (await sent(page))[0]?.media?.[0] ?? "";
    expect(source).toMatch(/^data:image\/jpeg;base64,/);
    expect(source.length * 0.75).toBeLessThan(1_200_000);
  });

  test("that cannot be sent say why", async ({ page, home }) => {
    await home.start();
    await openThread(page, "Alex Martin");
    await attach(page, "big.gif", "image/gif", Buffer.alloc(1_300_000));
    await expect(page.getByRole("alert")).toContainText("big.gif is too large: at most 1.2 MB.");
    await attach(page, "page.svg", "image/svg+xml", Buffer.from("<svg/>"));
    await expect(page.getByRole("alert")).toContainText("page.svg cannot be sent.");
    await attach(page, "torn.jpg", "image/jpeg", Buffer.from("no picture"));
    await expect(page.getByRole("alert")).toContainText("torn.jpg cannot be read.");
    for (let index = 0; index < 4; index++) await attach(page, `${index}.png`, "image/png", PICTURE);
    await expect(page.getByRole("alert")).toContainText("at most 3");
    await expect(page.getByRole("button", { name: /^Remove/ })).toHaveCount(3);
  });

  test("come from a camera or the media of Home Assistant", async ({ page, home }) => {
    await home.start();
    await openThread(page, "Alex Martin");
    const choose = async (): Promise<void> => {
      await page.getByRole("button", { name: "Add a picture or file" }).click();
      await page.getByRole("menuitem", { name: "Camera or media of Home Assistant" }).click();
    };
    await choose();
    await expect(page.getByRole("button", { name: "Gone" })).toHaveCount(0);
    await page.getByRole("button", { name: "Front door" }).click();
    await choose();
    await page.getByRole("button", { name: "My media" }).click();
    await expect(page.getByRole("button", { name: "notes.pdf" })).toHaveCount(0);
    await page.getByRole("button", { name: "garden.jpg" }).click();
    await page.getByRole("button", { name: "Send", exact: true }).click();
    await expect.poll(() => sent(page)).toMatchObject([
      { message: "", media: ["camera.door", "media-source://media_source/local/garden.jpg"] },
    ]);
  });
});

test.describe("a new conversation", () => {
  test("begins with a contact, from the number it was last written from", async ({ page, home }) => {
    await home.start();
    await page.getByRole("button", { name: "New conversation" }).click();
    await page.getByLabel("To", { exact: true }).fill("zoe");
    await page.keyboard.press("Enter");
    await expect(page.getByRole("heading", { name: "Zoë Béland" })).toBeVisible();
    await write(page, "Hello");
    await expect.poll(() => sent(page)).toMatchObject([{ contact: "5552340002", did: "5551230001" }]);
  });

  test("begins with a typed number, and refuses what is none", async ({ page, home }) => {
    await home.start();
    await page.getByRole("button", { name: "New conversation" }).click();
    const to = page.getByLabel("To", { exact: true });
    for (const [text, words] of [
      ["555 234", "too short"],
      ["+49 30 901820", "USA and Canada only"],
      ["1-800-FLOWERS", "no letters"],
      ["Nobody", "No contact has this name"],
    ] as const) {
      await to.fill(text);
      await to.press("Enter");
      await expect(page.getByRole("alert").filter({ hasText: words })).toBeVisible();
    }
    await to.fill("+1 (555) 777-8888");
    await page.getByLabel("From", { exact: true }).selectOption({ label: "Office · (555) 123-0001" });
    await to.press("Enter");
    await expect(page.getByRole("heading", { name: "(555) 777-8888" })).toBeVisible();
    await expect(log(page)).toContainText("No messages with (555) 777-8888 yet");
    await write(page, "Hello");
    await expect.poll(() => sent(page)).toMatchObject([{ contact: "5557778888", did: "5551230001" }]);
    await expect(conversations(page).getByRole("listitem").first()).toContainText("(555) 777-8888");
  });

  test("tells two accounts apart", async ({ page, home }) => {
    await home.start({ scene: "two_accounts" });
    await expect(conversations(page).getByRole("listitem")).toHaveCount(2);
    await page.getByRole("button", { name: "New conversation" }).click();
    await page.getByRole("button", { name: /Alex Martin.*Company/s }).click();
    await write(page, "From work");
    await expect.poll(() => sent(page)).toMatchObject([{ config_entry_id: "entry2", did: "5557770000" }]);
  });
});

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
    await page.evaluate(() => window.home.changeAccount(0, { available: false, error: "VoIP.ms does not answer." }));
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
    const card = await page.evaluate(() => window.customCards?.map(({ type, name, preview }) => ({ type, name, preview })));
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

test.describe("the editor", () => {
  test("hands the form its fields, and hands back what is set", async ({ page, home }) => {
    await home.start();
    const fields = await page.evaluate(async () => {
      const Card = customElements.get("voipms-conversations") as unknown as {
        getConfigElement(): HTMLElement & { setConfig(config: object): void; hass: unknown };
      };
      const editor = Card.getConfigElement();
      editor.setConfig({ type: "custom:voipms-conversations", title: "Old" });
      editor.hass = window.card.hass;
      document.body.append(editor);
      await new Promise((resolve) => setTimeout(resolve, 100));
      interface Form extends HTMLElement {
        schema: { name: string; selector: { select?: { options: { value: string; label: string }[] } } }[];
        computeLabel(field: { name: string }): string;
      }
      const form = editor.shadowRoot?.querySelector("ha-form") as Form;
      let changed: unknown;
      editor.addEventListener("config-changed", (event) => (changed = (event as CustomEvent).detail));
      const value = { type: "custom:voipms-conversations", title: "", layout: "compact", numbers: ["5551230000"] };
      form.dispatchEvent(new CustomEvent("value-changed", { detail: { value } }));
      return {
        names: form.schema.map(({ name }) => `${name}: ${form.computeLabel({ name })}`),
        numbers: form.schema.find(({ name }) => name === "numbers")?.selector.select?.options[0],
        changed,
      };
    });
    expect(fields.names).toEqual([
      "title: Title",
      "layout: Layout",
      "numbers: Numbers",
      "limit: Conversations shown at most",
    ]);
    expect(fields.numbers).toEqual({ value: "5551230000", label: "Kitchen · (555) 123-0000" });
    expect(fields.changed).toEqual({
      config: { type: "custom:voipms-conversations", layout: "compact", numbers: ["5551230000"] },
    });
  });
});

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
    expect(grave.map(({ id, nodes }) => [id, nodes.map(({ target, failureSummary }) => [target, failureSummary])])).toEqual([]);
  }
});

test.describe("speed", () => {
  test("200 conversations and 10,000 messages open in under a second and draw what is seen", async ({ page, home }) => {
    await home.start({ scene: "empty" });
    const spent = await page.evaluate(async () => {
      const seen = (): boolean => (window.card.shadowRoot?.querySelector("voipms-conversation-list")?.shadowRoot?.querySelectorAll("li").length ?? 0) > 0;
      window.start({ scene: "many" });
      const start = performance.now();
      window.again();
      while (!seen()) await new Promise((resolve) => requestAnimationFrame(resolve));
      return performance.now() - start;
    });
    console.log(`    content after ${Math.round(spent)} ms`);
    expect(spent).toBeLessThan(1000);
    expect(await conversations(page).getByRole("listitem").count()).toBeLessThan(30);
  });

  test("a thread of 5,000 loaded messages scrolls smoothly", async ({ page, home }) => {
    await home.start({ scene: "many" });
    // All at once, as after a day of scrolling back.
    await page.evaluate(() => {
      const send = window.home.sendMessagePromise.bind(window.home);
      window.home.sendMessagePromise = (message) => send({ ...message, limit: 10_000 });
    });
    await conversations(page).getByRole("listitem").first().getByRole("button").click();
    await expect(log(page)).toContainText("5024");
    const frames = await log(page).evaluate(async (one) => {
      const times: number[] = [];
      let last = performance.now();
      for (let index = 0; index < 60; index++) {
        one.scrollBy(0, index % 20 ? -400 : -30_000);
        await new Promise((resolve) => requestAnimationFrame(resolve));
        times.push(performance.now() - last);
        last = performance.now();
      }
      return times.sort((a, b) => a - b);
    });
    const drawn = await log(page).locator(".row").count();
    console.log(`    ${drawn} rows drawn, the median frame took ${Math.round(frames[30] ?? 0)} ms, the longest ${Math.round(frames[59] ?? 0)} ms`);
    expect(drawn).toBeLessThan(80);
    expect(frames[30]).toBeLessThan(50);
  });
});
