/** Words of strangers in sentences of ours. */

// Marks, embeddings, overrides and isolates: in an attribute no element keeps them in.
const CONTROLS = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** Return a text that cannot turn the direction of what stands around it, for labels and titles. */
export function isolate(text: string): string {
  return `\u2068${text.replace(CONTROLS, "")}\u2069`;
}

/** Return a text as one short line. */
export function oneLine(text: string, length = 200): string {
  const line = text
    .slice(0, length * 4)
    .replace(/\s+/gu, " ")
    .trim();
  return line.length > length ? `${line.slice(0, length)}…` : line;
}
