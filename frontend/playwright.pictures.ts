import { defineConfig } from "@playwright/test";
import config from "./playwright.config";

/** Pictures of every state, to be looked at. */
export default defineConfig(config, { testIgnore: [], testMatch: "pictures.spec.ts" });
