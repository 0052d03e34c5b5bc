/** Says what keeps the card from being up to date. */

import { html, nothing, type TemplateResult } from "lit";
import type { ApiError } from "./api";
import type { Context } from "./context";
import { icon } from "./icons";
import type { Localize, WordKey } from "./localize";
import type { Session } from "./session";
import type { State } from "./state";

const WORDS: Record<string, WordKey> = {
  unauthorized: "status.not_allowed",
  unknown_command: "status.starting",
};

/** Draw the line above conversations that are shown all the same. */
export function renderStatus(
  { t }: Context,
  session: Session | undefined,
  { ready, accounts }: State,
): TemplateResult | typeof nothing {
  const words: string[] = [];
  if (session && !session.connected) words.push(t("status.disconnected"));
  else if (session?.error && ready) words.push(errorWords(t, session.error));
  for (const { available, error, title } of accounts) {
    if (available) continue;
    const reason = error ?? t("status.account_unavailable");
    words.push(accounts.length > 1 ? `${title}: ${reason}` : reason);
  }
  if (!words.length) return nothing;
  return html`<div class="status" role="status">
    ${icon("offline")}
    <div>${words.map((word) => html`<div><bdi>${word}</bdi></div>`)}</div>
  </div>`;
}

/** Draw what stands in place of the conversations until they are there. */
export function renderWaiting(
  { t }: Context,
  session: Session | undefined,
  retry: () => void,
): TemplateResult {
  if (!session?.error) {
    return html`<div class="blank pane"><span class="spinner"></span><span>${t("card.loading")}</span></div>`;
  }
  return html`<div class="blank pane" role="alert">
    ${icon("offline")}<strong>${t("status.failed")}</strong
    ><span><bdi>${errorWords(t, session.error)}</bdi></span>
    <button class="text-button" @click=${retry}>${icon("retry")}${t("status.retry")}</button>
  </div>`;
}

function errorWords(t: Localize, { code, message }: ApiError): string {
  const word = WORDS[code];
  return word ? t(word) : message || t("status.starting");
}
