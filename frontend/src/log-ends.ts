/** What stands at the ends of a thread: how to get to older messages, and to the newest. */

import { html, nothing, type TemplateResult } from "lit";
import type { Context } from "./context";
import { icon } from "./icons";
import type { Thread } from "./state";

export interface LogStart {
  context: Context;
  data: Thread;
  loading: boolean;
  failed?: string;
  name: string;
}

export function renderStart(
  { context: { t }, data, loading, failed, name }: LogStart,
  load: () => void,
): TemplateResult {
  if (loading) {
    return html`<div class="start">
      <span class="spinner"></span><span class="sr">${t("thread.loading")}</span>
    </div>`;
  }
  if (failed !== undefined) {
    return html`<div class="start" role="alert">
      <span>${data.loaded ? t("thread.older_failed") : t("thread.failed")} <bdi>${failed}</bdi></span>
      <button class="text-button" @click=${load}>${icon("retry")}${t("thread.retry")}</button>
    </div>`;
  }
  if (data.hasMore) {
    return html`<div class="start">
      <button class="text-button" @click=${load}>${t("thread.older")}</button>
    </div>`;
  }
  if (!data.loaded) return html`<div class="start"></div>`;
  const words = data.messages.length ? t("thread.beginning") : t("thread.empty", { name });
  return html`<div class="start"><bdi>${words}</bdi></div>`;
}

export function renderPill({ t }: Context, news: number, toEnd: () => void): TemplateResult {
  const words = news ? t("thread.new", { count: news }) : undefined;
  return html`<button
    class="pill ${words ? "news" : ""}"
    aria-label=${words ?? t("thread.to_end")}
    @click=${toEnd}
  >
    ${words ?? nothing}${icon("down")}
  </button>`;
}
