import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { property, query } from "lit/decorators.js";
import { avatar } from "./avatar";
import { isolate } from "./bidi";
import "./composer";
import type { Composer } from "./composer";
import type { Context } from "./context";
import { threadKey, type ThreadId } from "./contract";
import { define, fire } from "./events";
import { icon } from "./icons";
import "./message-log";
import type { MessageLog } from "./message-log";
import type { Outgoing } from "./outbox";
import { canWriteTo, formatNumber } from "./phone-numbers";
import { EMPTY_THREAD, type State } from "./state";
import { baseStyles } from "./styles";
import { accountOf, numberInFull, numberName, numberOf, partyOf, sendingNumbers } from "./words";

/** One conversation: who it is with, its messages, and the box to answer in. */
export class ThreadView extends LitElement {
  @property({ attribute: false }) context!: Context;

  @property({ attribute: false }) thread!: ThreadId;

  @property({ attribute: false }) data!: State;

  @property({ attribute: false }) outbox: Outgoing[] = [];

  @property({ type: Boolean }) loading = false;

  @property({ attribute: false }) failed?: string;

  @property({ attribute: false }) numbers?: string[];

  /** Whether the list lies behind, and a button leads back to it. */
  @property({ type: Boolean }) narrow = false;

  /** Whether a person can see it: what they see is read. */
  @property({ type: Boolean }) visible = false;

  @property({ attribute: false }) now = 0;

  @property({ attribute: false }) reveal?: string;

  @query("voipms-message-log") private _log?: MessageLog;

  @query("voipms-composer") private _composer?: Composer;

  private _outgoing: Outgoing[] = [];

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has("outbox") && !changed.has("thread")) return;
    const key = threadKey(this.thread);
    const outgoing = this.outbox.filter((one) => threadKey(one) === key);
    const same =
      outgoing.length === this._outgoing.length &&
      outgoing.every((one, index) => one === this._outgoing[index]);
    if (!same) this._outgoing = outgoing;
  }

  protected override updated(): void {
    this._markRead();
  }

  /** Put the focus where a person goes on. */
  focusComposer(): void {
    if (this._composer) this._composer.focus();
    else this.focusHeader();
  }

  focusHeader(): void {
    this.renderRoot.querySelector<HTMLElement>("button")?.focus();
  }

  protected override render(): TemplateResult {
    const { t } = this.context;
    const party = partyOf(this.data, this.thread);
    const number = numberOf(this.data, this.thread);
    return html`
      <header>
        ${
          this.narrow
            ? html`<button class="icon-button back" aria-label=${t("thread.back")} @click=${this._close}>
                ${icon("back")}
              </button>`
            : nothing
        }
        ${avatar(party, this.thread.contact)}
        <div class="who">
          <h2 class="ellipsis"><bdi>${party.title}</bdi></h2>
          <div class="number ellipsis">
            ${this._subtitle(party.number, numberName(number, this.thread.did))}
          </div>
        </div>
      </header>
      <voipms-message-log
        .context=${this.context}
        .thread=${this.thread}
        .data=${this.data.threads.get(threadKey(this.thread)) ?? EMPTY_THREAD}
        .outbox=${this._outgoing}
        .loading=${this.loading}
        .failed=${this.failed}
        .name=${party.title}
        .mayDelete=${accountOf(this.data, this.thread)?.may_delete ?? false}
        .now=${this.now}
        .reveal=${this.reveal}
        @seen=${this._markRead}
      ></voipms-message-log>
      ${this._renderFoot(party.title)}
    `;
  }

  private _subtitle(contact: string | undefined, ours: string): string {
    const { t } = this.context;
    const several = this.data.accounts.reduce((sum, { numbers }) => sum + numbers.length, 0) > 1;
    if (!several) return contact ?? "";
    const number = isolate(ours);
    return contact ? t("thread.via_name", { name: isolate(contact), number }) : t("thread.via", { number });
  }

  private _renderFoot(name: string): TemplateResult {
    const { t } = this.context;
    const numbers = sendingNumbers(this.data, this.numbers, this.thread.config_entry_id);
    if (!canWriteTo(this.thread.contact)) {
      return html`<div class="notice">${t("composer.cannot_write", { name: isolate(name) })}</div>`;
    }
    if (numbers.some(({ did }) => did === this.thread.did)) {
      return html`<voipms-composer
        .context=${this.context}
        .thread=${this.thread}
        .name=${name}
        .numbers=${numbers}
      ></voipms-composer>`;
    }
    const ours = numberOf(this.data, this.thread);
    const word = !ours?.active ? "composer.number_gone" : "composer.number_cannot_send";
    return html`<div class="notice">
      <span>${t(word, { number: isolate(ours ? numberInFull(ours) : formatNumber(this.thread.did)) })}</span>
      ${
        numbers.length
          ? html`<div class="switch">
              ${t("composer.switch_number")}
              ${numbers.map(
                (number) =>
                  html`<button class="text-button" @click=${() => this._switch(number.did)}>
                    ${numberInFull(number)}
                  </button>`,
              )}
            </div>`
          : nothing
      }
    </div>`;
  }

  private _switch(did: string): void {
    fire(this, "thread-open", { thread: { ...this.thread, did } });
  }

  private _close(): void {
    fire(this, "thread-close", undefined);
  }

  private _markRead(): void {
    const { session } = this.context;
    if (!session || !this.visible || !this._log?.atEnd) return;
    const key = threadKey(this.thread);
    const conversation = this.data.conversations.find((one) => threadKey(one) === key);
    if (conversation?.unread) session.markRead(conversation);
  }

  static override styles = [
    baseStyles,
    css`
      :host {
        display: flex;
        flex-direction: column;
        height: 100%;
        min-width: 0;
        min-height: 0;
      }
      header {
        display: flex;
        align-items: center;
        gap: 12px;
        min-height: 64px;
        padding: 8px 16px;
        border-bottom: 1px solid var(--line);
      }
      .back {
        margin-inline-start: -8px;
        margin-inline-end: -4px;
      }
      .who {
        min-width: 0;
        flex: 1;
      }
      h2 {
        margin: 0;
        font-size: var(--ha-font-size-l, 16px);
        line-height: 22px;
        font-weight: 500;
      }
      .number {
        font-size: 12px;
        line-height: 16px;
        color: var(--text-2);
      }
      .notice {
        padding: 12px 16px;
        border-top: 1px solid var(--line);
        color: var(--text-2);
        overflow-wrap: anywhere;
      }
      .switch {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 8px;
        margin-top: 8px;
      }
    `,
  ];
}

define("voipms-thread-view", ThreadView);

declare global {
  interface HTMLElementTagNameMap {
    "voipms-thread-view": ThreadView;
  }
}
