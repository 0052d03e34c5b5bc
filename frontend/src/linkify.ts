/** Finds web addresses in a text; nothing else in it means anything. */

export interface TextPart {
  text: string;
  href?: string;
}

// An address ends at white space, quotes and angle brackets, and at the invisible characters that
// turn the direction of writing: with those it would look like another address than it is.
const ADDRESS =
  /https?:\/\/[^\s<>"'`\u0000-\u001f\u007f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]+/giu;

const CLOSING: Record<string, string> = { ")": "(", "]": "[", "}": "{" };

export function linkify(text: string): TextPart[] {
  const parts: TextPart[] = [];
  let end = 0;
  for (const match of text.matchAll(ADDRESS)) {
    const address = withoutPunctuation(match[0]);
    const href = toHref(address);
    if (!href) continue;
    if (match.index > end) parts.push({ text: text.slice(end, match.index) });
    parts.push({ text: address, href });
    end = match.index + address.length;
  }
  if (end < text.length) parts.push({ text: text.slice(end) });
  return parts;
}

/** Return an address without the punctuation of the sentence it stands in. */
function withoutPunctuation(address: string): string {
  let result = address;
  for (;;) {
    const last = result.at(-1) ?? "";
    const opening = CLOSING[last];
    const isLoose = opening !== undefined && count(result, opening) < count(result, last);
    if (!isLoose && !/[.,:;!?…*_~|]/u.test(last)) return result;
    result = result.slice(0, -1);
  }
}

function count(text: string, character: string): number {
  return text.split(character).length - 1;
}

function toHref(address: string): string | undefined {
  try {
    const { protocol, href, hostname } = new URL(address);
    return hostname && (protocol === "http:" || protocol === "https:") ? href : undefined;
  } catch {
    return undefined;
  }
}
