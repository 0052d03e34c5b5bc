/** What a person can set on the card. */

import type { WordKey } from "./localize";

export const CARD_TYPE = "voipms-conversations";
export const LAYOUTS = ["full", "compact", "panel"] as const;

export type Layout = (typeof LAYOUTS)[number];

export interface CardConfig {
  type: string;
  title?: string;
  numbers?: string[];
  config_entry_id?: string;
  limit?: number;
  layout: Layout;
}

export class ConfigError extends Error {
  constructor(readonly word: Extract<WordKey, `config.${string}`>) {
    super(word);
  }
}

/** Return the configuration as the card uses it, or say what is wrong with it. */
export function parseConfig(config: unknown): CardConfig {
  if (typeof config !== "object" || config === null) throw new ConfigError("config.no_object");
  const given = config as Record<string, unknown>;
  const { title, config_entry_id, limit, layout = "full" } = given;
  if (!isEmpty(title) && typeof title !== "string") throw new ConfigError("config.title");
  if (!isEmpty(config_entry_id) && typeof config_entry_id !== "string") {
    throw new ConfigError("config.config_entry_id");
  }
  if (!isEmpty(limit) && !(Number.isInteger(limit) && Number(limit) >= 1)) {
    throw new ConfigError("config.limit");
  }
  if (!LAYOUTS.includes(layout as Layout)) throw new ConfigError("config.layout");
  return {
    type: String(given.type),
    title: (title as string | undefined) ?? undefined,
    numbers: parseNumbers(given.numbers),
    config_entry_id: (config_entry_id as string | undefined) || undefined,
    limit: (limit as number | undefined) ?? undefined,
    layout: layout as Layout,
  };
}

/** Return the numbers as VoIP.ms writes them; YAML makes a number of what has no quotes. */
function parseNumbers(numbers: unknown): string[] | undefined {
  if (isEmpty(numbers)) return undefined;
  const list = Array.isArray(numbers) ? (numbers as unknown[]) : [numbers];
  const dids = list.map((item) => {
    const digits =
      typeof item === "string" || typeof item === "number" ? String(item).replace(/[\s()+.-]/gu, "") : "";
    if (!/^\d{5,15}$/u.test(digits)) throw new ConfigError("config.numbers");
    return digits.replace(/^1(?=\d{10}$)/u, "");
  });
  return dids.length ? dids : undefined;
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || value === "";
}
