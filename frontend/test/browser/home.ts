/** A page with the card in it, and a watch on what it asks whom. */

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { deflateSync, crc32 } from "node:zlib";
import { test as base, expect, type Page } from "@playwright/test";
import { buildSync } from "esbuild";
import type { Options } from "../harness/harness";

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

const CARD = readFileSync(here("../../../custom_components/voipms/frontend/voipms-conversations.js"));
const PAGE = readFileSync(here("../harness/index.html"));
const HARNESS = buildSync({
  entryPoints: [here("../harness/harness.ts")],
  bundle: true,
  format: "esm",
  write: false,
}).outputFiles[0]?.text;

/** Without https, as most houses have it. */
export const ORIGIN = "http://home.test";

function png(width: number, height: number): Buffer {
  const rows = Buffer.alloc((width * 3 + 1) * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      rows.set(
        [90 + (x * 150) / width, 120 + (y * 90) / height, 190 - (x * 90) / width],
        y * (width * 3 + 1) + 1 + x * 3,
      );
    }
  }
  const chunk = (type: string, data: Buffer): Buffer => {
    const body = Buffer.concat([Buffer.from(type), data]);
    const [size, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
    size.writeUInt32BE(data.length);
    sum.writeUInt32BE(crc32(body));
    return Buffer.concat([size, body, sum]);
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from("\x89PNG\r\n\x1a\n", "latin1"),
    chunk("IHDR", head),
    chunk("IDAT", deflateSync(rows)),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

export const PICTURE = png(640, 480);

export interface Home {
  start(options?: Options): Promise<void>;
  /** What the page asked other hosts for, and what it asked this one. */
  abroad: string[];
  asked: string[];
  complaints: string[];
}

export const test = base.extend<{ home: Home }>({
  home: async ({ page }, use) => {
    const home: Home = {
      abroad: [],
      asked: [],
      complaints: [],
      start: async (options = {}) => {
        await page.goto(ORIGIN);
        await page.waitForFunction(() => "start" in window);
        await page.evaluate((given) => window.start(given), options);
      },
    };
    page.on("pageerror", (error) => home.complaints.push(String(error)));
    page.on("console", (message) => {
      if (message.type() === "error") home.complaints.push(message.text());
    });
    await page.route("**/*", async (route) => {
      const url = new URL(route.request().url());
      if (url.protocol === "data:" || url.protocol === "blob:") return route.continue();
      if (url.origin !== ORIGIN) {
        home.abroad.push(url.href);
        return route.abort();
      }
      home.asked.push(url.pathname + url.search);
      const script = { contentType: "text/javascript" };
      if (url.pathname === "/") return route.fulfill({ body: PAGE, contentType: "text/html" });
      if (url.pathname === "/card.js") return route.fulfill({ body: CARD, ...script });
      if (url.pathname === "/harness.js") return route.fulfill({ body: HARNESS ?? "", ...script });
      if (url.pathname === "/api/voipms/media/expired.png" && url.search !== "?authSig=fresh") {
        return route.fulfill({ status: 401 });
      }
      if (/\/api\/voipms\/media\/\w+\.png/.test(url.pathname)) {
        return route.fulfill({ body: PICTURE, contentType: "image/png" });
      }
      return route.fulfill({ status: 404 });
    });
    await use(home);
    expect(home.abroad, "asked of other hosts").toEqual([]);
  },
});

export async function openThread(page: Page, name: string): Promise<void> {
  await page.getByRole("list", { name: "Conversations" }).getByText(name, { exact: true }).click();
  await expect(page.getByRole("heading", { name, exact: true })).toBeVisible();
}

export { expect };
