/** Telephone numbers as people write them: those of the USA and Canada, which messages can go to. */

/** Why a text is no number to write to: the key of the sentence that says so. */
export type NumberProblem = "letters" | "foreign" | "short" | "long" | "invalid";

export type ParsedNumber = { number: string } | { problem: NumberProblem };

export function parseNumber(text: string): ParsedNumber {
  const plain = text.normalize("NFKC").trim();
  if (/\p{L}/u.test(plain)) return { problem: "letters" };
  if (/[^\d\s()+\-‐-―−./·]/u.test(plain.replace(/[\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, ""))) {
    return { problem: "invalid" };
  }
  let digits = plain.replace(/\D/gu, "");
  if (plain.startsWith("+") && !digits.startsWith("1")) return { problem: "foreign" };
  if (digits.startsWith("011")) return { problem: "foreign" };
  if (digits.startsWith("1")) digits = digits.slice(1);
  if (digits.length < 10) return { problem: "short" };
  if (digits.length > 10) return { problem: "long" };
  // Neither the area nor the exchange begins with 0 or 1.
  return /^[2-9]\d{2}[2-9]\d{6}$/u.test(digits) ? { number: digits } : { problem: "invalid" };
}

/** Return a number as people write it; a short code or a word stays as it is. */
export function formatNumber(number: string): string {
  const match = /^1?(\d{3})(\d{3})(\d{4})$/u.exec(number);
  return match ? `(${match[1]}) ${match[2]}-${match[3]}` : number;
}

/** Return whether one can write there: to short codes and words one cannot. */
export function canWriteTo(contact: string): boolean {
  return /^1?\d{10}$/u.test(contact);
}
