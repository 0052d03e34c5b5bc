/** Finds web addresses in a text; nothing else in it means anything. */

export interface TextPart {
  text: string;
  href?: string;
}

// An address ends at white space, quotes and angle brackets, and at the invisible characters that
// turn the direction of writing: with those it would look like another address than it is.

/* eslint-disable no-control-regex -- control characters end an address */
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
  const counts = new Map<string, number>();
  for (const character of address) counts.set(character, (counts.get(character) ?? 0) + 1);
  let end = address.length;
  for (; end > 0; end--) {
    const last = address.charAt(end - 1);
    const opening = CLOSING[last];
    if (opening !== undefined) {
      const closings = counts.get(last) ?? 0;
      if (closings <= (counts.get(opening) ?? 0)) break;
      counts.set(last, closings - 1);
    } else if (!/[.,:;!?…*_~|]/u.test(last)) break;
  }
  return address.slice(0, end);
}

function toHref(address: string): string | undefined {
  try {
    const { protocol, href, hostname } = new URL(address);
    return hostname && (protocol === "http:" || protocol === "https:") ? href : undefined;
  } catch {
    return undefined;
  }
}
