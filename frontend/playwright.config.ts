import { existsSync } from "node:fs";
import { defineConfig } from "@playwright/test";

const PATHS = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/usr/bin/google-chrome-stable"];

export default defineConfig({
  testDir: "test/browser",
  testMatch: "*.spec.ts",
  testIgnore: "pictures.spec.ts",
  outputDir: "test/results",
  workers: 1,
  timeout: 30_000,
  forbidOnly: Boolean(process.env.CI),
  reporter: "line",
  use: {
    viewport: { width: 1280, height: 800 },
    timezoneId: "America/Toronto",
    locale: "en-US",
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? PATHS.find((path) => existsSync(path)),
      args: ["--no-sandbox", "--disable-background-networking", "--disable-component-update"],
    },
  },
});
