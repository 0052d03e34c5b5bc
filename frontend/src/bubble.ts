/** Draws a row of a thread. */

import { html, nothing, type TemplateResult } from "lit";
import { classMap } from "lit/directives/class-map.js";
import type { Context } from "./context";
import type { Message } from "./contract";
import { icon } from "./icons";
import { linkify } from "./linkify";
import "./message-media";
import type { Attachment } from "./outbox";
import type { Row } from "./rows";
import { timeOf } from "./state";

export interface BubbleActions {
  toggle(key: string): void;
  again(requestId: string): void;
  discard(requestId: string): void;
  copy(text: string): void;
  askDelete(key: string | undefined): void;
  delete(message: Message): void;
}

export interface BubbleView {
  context: Context;
  actions: BubbleActions;
  /** Who writes. */
  name: string;
  mayDelete: boolean;
  /** Which message shows its details, and which asks whether it is to be deleted. */
  expanded: string | undefined;
  deleting: string | undefined;
  deleteError: string | undefined;
}

type Of<T extends Row["type"]> = Extract<Row, { type: T }>;

/** Draw the text of a stranger: as text, with its web addresses as links. */
export function renderText(text: string): TemplateResult {
  const parts = linkify(text).map(({ text: part, href }) =>
    href ? html`<a href=${href} target="_blank" rel="noopener noreferrer"><bdi>${part}</bdi></a>` : part,
  );
  // Every space in it would be seen.
  // prettier-ignore
  return html`<div class="text" dir="auto">${parts}</div>`;
}

export function renderMessage(view: BubbleView, { message, joined }: Of<"message">): TemplateResult {
  const { context, name } = view;
  const { t, dates } = context;
  const sent = message.direction === "sent";
  const expanded = view.expanded === message.key;
  const time = dates.time(timeOf(message));
  return html`<div class=${classMap({ message: true, sent, joined: joined && !expanded })} role="article">
    <span class="sr"><bdi>${sent ? t("message.sent") : name}</bdi>:</span>
    ${message.media.map(
      (media) => html`<voipms-message-media .context=${context} .media=${media}></voipms-message-media>`,
    )}
    ${
      message.text
        ? html`<div class="bubble" @click=${(event: MouseEvent) => onBubble(event, view, message.key)}>
            ${renderText(message.text)}
          </div>`
        : message.media.length
          ? nothing
          : html`<div class="bubble"><em>${t("kind.none")}</em></div>`
    }
    <button
      class="meta"
      aria-expanded=${expanded ? "true" : "false"}
      aria-label=${t("message.details", { time })}
      @click=${() => view.actions.toggle(message.key)}
    >
      <time dir="auto" datetime=${message.time}>${time}</time>${renderDelivery(context, message)}
    </button>
    ${expanded ? renderDetails(view, message) : nothing}
  </div>`;
}

function onBubble(event: MouseEvent, view: BubbleView, key: string): void {
  const onLink = event.composedPath().some((target) => target instanceof HTMLAnchorElement);
  if (!onLink && !document.getSelection()?.toString()) view.actions.toggle(key);
}

function renderDelivery({ t }: Context, { direction, delivery }: Message): TemplateResult | typeof nothing {
  if (direction !== "sent") return nothing;
  if (delivery === "failed") {
    return html`<span class="failed">${icon("alert")}${t("message.failed")}</span>`;
  }
  const word = delivery === "delivered" ? t("message.delivered") : t("message.sent_state");
  return html`<span class="state" title=${word}
    >${icon(delivery === "delivered" ? "delivered" : "sent")}<span class="sr">${word}</span></span
  >`;
}

function renderDetails(view: BubbleView, message: Message): TemplateResult {
  const { t, dates } = view.context;
  const words = [
    dates.full(timeOf(message)),
    message.kind && t(`message.${message.kind}`),
    message.direction === "sent" && message.delivery === "delivered" && t("message.delivered"),
  ].filter(Boolean);
  const text = message.text ?? "";
  return html`<div class="details">
    <span>${words.join(" · ")}</span>
    ${
      view.deleting === message.key
        ? html`<span role="alert">${t("message.delete_sure")}</span>
            <span class="actions">
              <button class="text-button danger" @click=${() => view.actions.delete(message)}>
                ${icon("delete")}${t("message.delete_forever")}
              </button>
              <button class="text-button" @click=${() => view.actions.askDelete(undefined)}>
                ${t("message.keep")}
              </button>
            </span>`
        : html`<span class="actions">
            ${
              text
                ? html`<button class="text-button" @click=${() => view.actions.copy(text)}>
                    ${icon("copy")}${t("message.copy")}
                  </button>`
                : nothing
            }
            ${
              view.mayDelete
                ? html`<button class="text-button" @click=${() => view.actions.askDelete(message.key)}>
                    ${icon("delete")}${t("message.delete")}
                  </button>`
                : nothing
            }
          </span>`
    }
    ${
      view.deleteError
        ? html`<span class="failed" role="alert"
            >${t("message.delete_failed", { reason: view.deleteError })}</span
          >`
        : nothing
    }
  </div>`;
}

export function renderOutgoing(view: BubbleView, { outgoing, joined }: Of<"outgoing">): TemplateResult {
  const { t } = view.context;
  const { requestId, status, text, attachments } = outgoing;
  const sending = status === "sending";
  const reason = outgoing.reason || (status === "refused" ? t("message.refused") : "");
  return html`<div
    class=${classMap({ message: true, sent: true, outgoing: true, failing: !sending, joined: joined && sending })}
    role="article"
  >
    <span class="sr">${t("message.sent")}:</span>
    ${attachments.map(renderAttachment)}
    ${text ? html`<div class="bubble">${renderText(text)}</div>` : nothing}
    ${
      sending
        ? html`<span class="meta">${icon("clock")}${t("message.sending")}</span>`
        : html`<div class="details">
            <span class="failed" role="alert">
              ${icon("alert")}<span
                ><strong>${t(status === "unknown" ? "message.not_confirmed" : "message.not_sent")}</strong>.
                <bdi>${reason}</bdi> ${status === "unknown" ? t("message.unknown") : nothing}</span
              >
            </span>
            <span class="actions">
              <button class="text-button" @click=${() => view.actions.again(requestId)}>
                ${icon("retry")}${t("message.try_again")}
              </button>
              <button
                class="text-button"
                aria-label=${t("message.delete_label")}
                @click=${() => view.actions.discard(requestId)}
              >
                ${icon("delete")}${t("message.delete")}
              </button>
            </span>
          </div>`
    }
  </div>`;
}

function renderAttachment({ preview, name }: Attachment): TemplateResult {
  return preview
    ? html`<img class="preview" src=${preview} alt=${name} />`
    : html`<span class="attachment">${icon("image")}<bdi class="ellipsis">${name}</bdi></span>`;
}
