/** What the parts of the card tell each other. */

import type { ThreadId } from "./contract";

export interface CardEvents {
  "thread-open": { thread: ThreadId; reveal?: string };
  "thread-close": undefined;
  "new-conversation": undefined;
  "picture-open": { src: string; name: string };
  announce: { text: string };
}

export function fire<Name extends keyof CardEvents>(
  target: EventTarget,
  name: Name,
  detail: CardEvents[Name],
): void {
  target.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
}

/** Define an element once: the file may be loaded twice. */
export function define(name: string, element: CustomElementConstructor): void {
  if (!customElements.get(name)) customElements.define(name, element);
}
