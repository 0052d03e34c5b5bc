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

/**
 * Whether Home Assistant's own frontend is still to come.
 *
 * It replaces the registry of elements when it starts, and what was defined before is lost to it. This
 * file is loaded at the same time and is often there first.
 */
const frontend = document.querySelector("home-assistant")
  ? customElements.whenDefined("home-assistant")
  : undefined;

/** Define an element once: the file may be loaded twice. */
export function define(name: string, element: CustomElementConstructor): void {
  const now = (): void => {
    if (!customElements.get(name)) customElements.define(name, element);
  };
  if (frontend) void frontend.then(now);
  else now();
}
