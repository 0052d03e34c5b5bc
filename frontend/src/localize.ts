/** The words of the card in the person's language. */

import { knownLanguage } from "./dates";
import { translations, type Words } from "./translations";
import en from "./translations/en.json";

type Plural = Partial<Record<Intl.LDMLPluralRule, string>> & { other: string };

/** All paths that lead to a sentence: "list.empty". */
type Path<T> = {
  [K in keyof T & string]: T[K] extends string | Plural ? K : `${K}.${Path<T[K]>}`;
}[keyof T & string];

export type WordKey = Path<typeof en>;

export type Localize = (key: WordKey, values?: Record<string, string | number>) => string;

function find(words: Words, key: string): string | Plural | undefined {
  let found: unknown = words;
  for (const name of key.split(".")) found = (found as Record<string, unknown> | undefined)?.[name];
  return found as string | Plural | undefined;
}

/** Return what gives the words of a language; English where it has none. */
export function localizer(language: string): Localize {
  const code = knownLanguage(language) ?? "en";
  const words = translations[code] ?? translations[code.split("-")[0] ?? "en"] ?? en;
  const rules = new Intl.PluralRules(words === en && !code.startsWith("en") ? "en" : code);
  const numbers = new Intl.NumberFormat(code);
  return (key, values = {}) => {
    const found = find(words, key) ?? find(en, key) ?? key;
    const sentence =
      typeof found === "string" ? found : (found[rules.select(Number(values.count))] ?? found.other);
    return sentence.replace(/\{(\w+)\}/gu, (whole, name: string) => {
      const value = values[name];
      return typeof value === "number" ? numbers.format(value) : (value ?? whole);
    });
  };
}
