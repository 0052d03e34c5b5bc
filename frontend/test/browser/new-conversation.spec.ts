import { conversations, log, sent, write } from "./do";
import { expect, test } from "./home";

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
