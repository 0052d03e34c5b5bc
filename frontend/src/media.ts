/** Media of messages: which addresses the card loads, and as what. */

import type { Hass } from "./hass";

export const MEDIA_PATH = "/api/voipms/media/";

/**
 * Return the path of a medium of ours, or nothing for any other address.
 *
 * Whatever a message says, the browser never asks another host for it.
 */
export function safePath(url: unknown): string | undefined {
  if (typeof url !== "string" || !url.startsWith("/")) return undefined;
  try {
    const base = "https://home.invalid";
    const { origin, pathname, search } = new URL(url, base);
    return origin === base && pathname.startsWith(MEDIA_PATH) ? pathname + search : undefined;
  } catch {
    return undefined;
  }
}

/** Return a path with the address of Home Assistant, which may be another one than the page's. */
export function addressOf(hass: Hass, path: string): string {
  return hass.hassUrl ? hass.hassUrl(path) : path;
}
