import type { Page } from "@playwright/test";
import type { Options } from "../harness/harness";
import { expect, openThread, test, type Home } from "./home";

const WIDTHS = [320, 390, 800, 1280, 2560];

interface Shot {
  name: string;
  options: Options;
  act?: (page: Page, home: Home) => Promise<void>;
  widths?: number[];
}

const composer = (page: Page) => page.getByRole("textbox", { name: /^Message to/ });

const SHOTS: Shot[] = [
  { name: "list", options: {} },
  { name: "titled", options: { config: { title: "Messages of the house" } } },
  { name: "thread", options: {}, act: (page) => openThread(page, "Alex Martin") },
  {
    name: "details",
    options: {},
    act: async (page) => {
      await openThread(page, "Alex Martin");
      await page.getByText("I am at the door.").last().click();
    },
  },
  {
    name: "composing",
    options: {},
    act: async (page) => {
      await openThread(page, "Alex Martin");
      await composer(page).fill("A long answer. ".repeat(14));
      const file = {
        name: "IMG_20260101_holiday.png",
        mimeType: "image/png",
        buffer: Buffer.from(await picture()),
      };
      await page.locator("input[type=file]").setInputFiles([file, file]);
      await expect(page.getByRole("button", { name: /^Remove/ })).toHaveCount(2);
    },
  },
  {
    name: "failed",
    options: {},
    act: async (page) => {
      await openThread(page, "Alex Martin");
      await page.evaluate(() => {
        window.home.failures = [
          {
            code: "home_assistant_error",
            message: "VoIP.ms refused the message: your account has no funds left.",
          },
          "lost_before",
        ];
      });
      for (const text of ["First", "Second"]) {
        await composer(page).fill(text);
        await composer(page).press("Enter");
        await page.waitForTimeout(60);
      }
    },
  },
  {
    name: "attach-menu",
    options: {},
    widths: [320, 1280],
    act: async (page) => {
      await openThread(page, "Alex Martin");
      await page.getByRole("button", { name: "Add a picture or file" }).click();
    },
  },
  {
    name: "from-home",
    options: {},
    widths: [320, 1280],
    act: async (page) => {
      await openThread(page, "Alex Martin");
      await page.getByRole("button", { name: "Add a picture or file" }).click();
      await page.getByRole("menuitem", { name: "Camera or media" }).click();
      await page.waitForTimeout(60);
    },
  },
  {
    name: "new",
    options: {},
    act: (page) => page.getByRole("button", { name: "New conversation" }).click(),
  },
  {
    name: "new-wrong",
    options: {},
    widths: [320, 1280],
    act: async (page) => {
      await page.getByRole("button", { name: "New conversation" }).click();
      await page.getByLabel("To", { exact: true }).fill("555 123");
      await page.keyboard.press("Enter");
    },
  },
  {
    name: "search",
    options: {},
    act: async (page) => {
      await page.getByRole("searchbox").fill("colis");
    },
  },
  {
    name: "search-nothing",
    options: {},
    widths: [320],
    act: async (page) => {
      await page.getByRole("searchbox").fill("a question that nobody asked");
    },
  },
  { name: "empty", options: { scene: "empty" } },
  { name: "no-numbers", options: { scene: "no_numbers" }, widths: [320, 1280] },
  { name: "not-loaded", options: { loaded: false }, widths: [320, 1280] },
  {
    name: "down",
    options: {},
    act: async (page) => {
      await openThread(page, "Alex Martin");
      await page.evaluate(() =>
        window.home.changeAccount(0, {
          available: false,
          error: "VoIP.ms does not answer: the request timed out.",
        }),
      );
    },
  },
  { name: "cancelled", options: {}, act: (page) => openThread(page, "Sam") },
  { name: "short-code", options: {}, widths: [320, 1280], act: (page) => openThread(page, "72975") },
  {
    name: "hostile",
    options: { scene: "hostile" },
    act: async (page) => {
      await page.getByRole("listitem").first().getByRole("button").click();
      await page.waitForTimeout(100);
    },
  },
  {
    name: "hostile-top",
    options: { scene: "hostile" },
    widths: [320, 1280],
    act: async (page) => {
      await page.getByRole("listitem").first().getByRole("button").click();
      await page.getByRole("log").evaluate((log) => log.scrollTo(0, 0));
      await page.waitForTimeout(100);
    },
  },
  {
    name: "many",
    options: { scene: "many" },
    act: async (page) => {
      await page.getByRole("listitem").first().getByRole("button").click();
      await page.getByRole("log").evaluate((log) => log.scrollTo(0, log.scrollHeight / 2));
      await page.waitForTimeout(100);
    },
  },
  { name: "compact", options: { config: { layout: "compact" } } },
  { name: "panel", options: { layout: "panel" }, act: (page) => openThread(page, "Alex Martin") },
  { name: "section", options: { layout: "grid", height: 480, width: 480 }, widths: [800] },
  {
    name: "rtl",
    options: { dir: "rtl" },
    widths: [390, 1280],
    act: (page) => openThread(page, "Alex Martin"),
  },
  {
    name: "sunny",
    options: { theme: "sunny" },
    widths: [390, 1280],
    act: (page) => openThread(page, "Alex Martin"),
  },
  {
    name: "viewer",
    options: {},
    widths: [390, 1280],
    act: async (page) => {
      await openThread(page, "Alex Martin");
      await page.getByRole("button", { name: "Open the picture" }).click();
    },
  },
  { name: "picker", options: { picker: true, width: 400 }, widths: [800] },
];

async function picture(): Promise<Buffer> {
  return (await import("./home")).PICTURE;
}

for (const theme of ["light", "dark"] as const) {
  for (const { name, options, act, widths = WIDTHS } of SHOTS) {
    if (options.theme && theme === "dark") continue;
    test(`${name} ${theme}`, async ({ page, home }) => {
      await page.clock.setFixedTime("2026-11-25T20:30:00Z");
      for (const width of widths) {
        await page.setViewportSize({ width, height: width < 500 ? 740 : 800 });
        await home.start({ theme, ...options });
        await page.evaluate(() => sessionStorage.clear());
        await home.start({ theme, ...options });
        await page.waitForTimeout(60);
        await act?.(page, home);
        await page.waitForTimeout(150);
        await page.screenshot({ path: `test/pictures/${name}-${theme}-${width}.png` });
        const wide = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
        expect(wide, "scrolls sideways").toBe(false);
      }
    });
  }
}
