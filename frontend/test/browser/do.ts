/** What a person does with the card, and what can be seen of it. */

import type { Page } from "@playwright/test";
import type { SendRequest } from "../../src/contract";
import { KITCHEN } from "../harness/scenes";

export const ALEX = { config_entry_id: "entry1", did: KITCHEN, contact: "5552340001" };

export const conversations = (page: Page) => page.getByRole("list", { name: "Conversations" });
export const log = (page: Page) => page.getByRole("log");
export const box = (page: Page) => page.getByRole("textbox", { name: /^Message to/ });
export const sent = (page: Page): Promise<SendRequest[]> => page.evaluate(() => window.home.sent);
export const count = (page: Page, type: string): Promise<number> =>
  page.evaluate((name) => window.home.commands.filter((one) => one.type === name).length, type);
export const receive = (page: Page, text: string) =>
  page.evaluate(([id, words]) => void window.home.receive(id, words), [ALEX, text] as const);
export const fail = (page: Page, ...failures: unknown[]) =>
  page.evaluate((list) => void (window.home.failures = list as typeof window.home.failures), failures);

export async function write(page: Page, text: string): Promise<void> {
  await box(page).fill(text);
  await box(page).press("Enter");
}

/** Return whether the end of the thread is in sight. */
export const atEnd = (page: Page): Promise<boolean> =>
  log(page).evaluate((one) => one.scrollHeight - one.scrollTop - one.clientHeight < 4);
