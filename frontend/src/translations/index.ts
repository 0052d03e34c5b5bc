/** The languages there are: a new one is its file and its line here. */

import en from "./en.json";

type Deep<T> = { [K in keyof T]?: T[K] extends string ? string : Deep<T[K]> };

/** A language may lack words, which are English then, and may have more plurals. */
export type Words = Deep<typeof en>;

export const translations: Record<string, Words | undefined> = { en };
