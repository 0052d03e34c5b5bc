import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { property, query, state } from "lit/decorators.js";
import { classMap } from "lit/directives/class-map.js";
import { repeat } from "lit/directives/repeat.js";
import { avatar } from "./avatar";
import { isolate } from "./bidi";
import type { Context } from "./context";
import { threadKey } from "./contract";
import { listStyles } from "./conversation-list.styles";
import { define, fire } from "./events";
import { icon } from "./icons";
import { search, type Found } from "./search";
import { timeOf, type State } from "./state";
import { baseStyles } from "./styles";
import { fixedRange } from "./windowing";
import { numberName, numberOf, partyOf, previewOf, sendingNumbers, shownConversations } from "./words";

/** The conversations of the card, of which only those in sight are drawn. */
export class ConversationList extends LitElement {
  @property({ attribute: false }) context!: Context;

  @property({ attribute: false }) data!: State;

  @property({ attribute: false }) numbers?: string[];

  @property({ attribute: false }) limit?: number;

  @property({ attribute: false }) heading?: string;

  @property({ attribute: false }) selected?: string;

  @property({ type: Boolean, reflect: true }) compact = false;

  /** Changes when the day does, and the times with it. */
  @property({ attribute: false }) now = 0;

  @state() private _question = "";

  @state() private _top = 0;

  @state() private _height = 600;

  /** Which row the arrow keys have reached. */
  @state() private _active = 0;

  @query(".scroll") private _scroller?: HTMLElement;

  private _found: Found[] = [];

  private readonly _resize = new ResizeObserver(([entry]) => {
    if (entry) this._height = entry.contentRect.height;
  });

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this._resize.disconnect();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this._scroller) this._resize.observe(this._scroller);
  }

  protected override firstUpdated(): void {
    if (this._scroller) this._resize.observe(this._scroller);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has("data") || changed.has("numbers") || changed.has("limit")) this._find();
  }

  private _find(): void {
    const found = search(this.data, shownConversations(this.data, this.numbers), this._question);
    this._found = this._question.trim() ? found : found.slice(0, this.limit);
    this._active = Math.max(0, Math.min(this._active, this._found.length - 1));
  }

  private get _rowHeight(): number {
    return (this.compact ? 56 : 72) + (this._showsNumbers && !this.compact ? 12 : 0);
  }

  private get _showsNumbers(): boolean {
    const dids = this.data.accounts.flatMap(({ numbers }) => numbers.map(({ did }) => did));
    return new Set(this.numbers ?? dids).size > 1;
  }

  protected override render(): TemplateResult {
    const { t } = this.context;
    return html`
      ${this.heading ? html`<h2 class="heading ellipsis"><bdi>${this.heading}</bdi></h2>` : nothing}
      <div class="bar">
        <label class="field search">
          ${icon("search")}
          <input
            type="search"
            autocomplete="off"
            spellcheck="false"
            dir=${this._question ? "auto" : nothing}
            .value=${this._question}
            placeholder=${t("list.search")}
            aria-label=${t("list.search")}
            @input=${this._onSearch}
            @keydown=${this._onSearchKey}
          />
          ${
            this._question
              ? html`<button class="icon-button" aria-label=${t("list.clear_search")} @click=${this._clear}>
                  ${icon("close")}
                </button>`
              : nothing
          }
        </label>
        <button
          class="icon-button new"
          title=${t("list.new")}
          aria-label=${t("list.new")}
          ?disabled=${!this._maySend}
          @click=${() => fire(this, "new-conversation", undefined)}
        >
          ${icon("new")}
        </button>
      </div>
      <div class="scroll" @scroll=${this._onScroll}>
        ${this._found.length ? this._renderRows() : this._renderBlank()}
      </div>
      <div class="sr" role="status">
        ${this._question.trim() ? t("list.found", { count: this._found.length }) : nothing}
      </div>
    `;
  }

  private get _maySend(): boolean {
    return sendingNumbers(this.data, this.numbers).length > 0;
  }

  private _renderBlank(): TemplateResult {
    const { t } = this.context;
    if (this._question.trim()) {
      return html`<div class="blank">
        ${icon("search")}<strong
          ><bdi>${t("list.nothing_found", { question: this._question.trim() })}</bdi></strong
        >
        <span>${t("list.nothing_found_hint")}</span>
      </div>`;
    }
    const has = this.data.accounts.some(({ numbers }) => numbers.length);
    const key = has || this.data.accounts.some(({ available }) => !available) ? "empty" : "no_numbers";
    return html`<div class="blank">
      ${icon("message")}<strong>${t(`list.${key}`)}</strong><span>${t(`list.${key}_hint`)}</span>
    </div>`;
  }

  private _renderRows(): TemplateResult {
    const row = this._rowHeight;
    const [start, end] = fixedRange(this._top, this._height, row, this._found.length);
    const shown = this._found.slice(start, end).map((found, index) => ({ found, index: start + index }));
    return html`<ul
      aria-label=${this.context.t("list.label")}
      role="list"
      style="height: ${this._found.length * row}px; --row: ${row}px"
      @keydown=${this._onKey}
    >
      ${repeat(
        shown,
        ({ found }) => threadKey(found.conversation),
        ({ found, index }) => this._renderRow(found, index),
      )}
    </ul>`;
  }

  private _renderRow({ conversation, message }: Found, index: number): TemplateResult {
    const { t, dates } = this.context;
    const key = threadKey(conversation);
    const party = partyOf(this.data, conversation);
    const shown = message ?? conversation.last;
    const preview = previewOf(t, shown);
    const number = numberName(numberOf(this.data, conversation), conversation.did);
    const unread = conversation.unread > 0;
    return html`<li
      role="listitem"
      aria-setsize=${this._found.length}
      aria-posinset=${index + 1}
      style="top: ${index * this._rowHeight}px"
    >
      <button
        class=${classMap({ row: true, unread, selected: key === this.selected })}
        tabindex=${index === this._active ? 0 : -1}
        data-index=${index}
        aria-current=${key === this.selected ? "true" : "false"}
        @click=${() => this._open(conversation, index, message?.key)}
        @focus=${() => (this._active = index)}
      >
        ${this.compact ? nothing : avatar(party, conversation.contact)}
        <span class="lines">
          <span class="line">
            <span class="name ellipsis" dir="auto"
              ><bdi>${party.title}</bdi>${
                this._showsNumbers && this.compact ? html`<bdi class="number"> · ${number}</bdi>` : nothing
              }</span
            >
            <time class="time" dir="auto" datetime=${shown?.time ?? ""}
              >${dates.short(timeOf(shown), this.now)}</time
            >
          </span>
          <span class="line">
            <span class="preview ellipsis" dir="auto">
              ${preview.icon ? icon(preview.icon) : nothing}
              <bdi
                >${shown?.direction === "sent" ? t("list.you", { text: isolate(preview.text) }) : preview.text}</bdi
              >
            </span>
            ${
              unread
                ? html`<span class="badge"
                    ><span aria-hidden="true" dir="ltr"
                      >${conversation.unread > 99 ? t("list.more_unread") : conversation.unread}</span
                    ><span class="sr">${t("list.unread", { count: conversation.unread })}</span></span
                  >`
                : nothing
            }
          </span>
          ${
            this._showsNumbers && !this.compact
              ? html`<span class="number ellipsis"><bdi>${number}</bdi></span>`
              : nothing
          }
        </span>
      </button>
    </li>`;
  }

  private _open(conversation: Found["conversation"], index: number, reveal?: string): void {
    this._active = index;
    const { config_entry_id, did, contact } = conversation;
    fire(this, "thread-open", { thread: { config_entry_id, did, contact }, reveal });
  }

  private _onScroll(): void {
    this._top = this._scroller?.scrollTop ?? 0;
  }

  private _onSearch(event: InputEvent): void {
    this._question = (event.target as HTMLInputElement).value;
    this._find();
    this._scroller?.scrollTo({ top: 0 });
  }

  private _onSearchKey(event: KeyboardEvent): void {
    if (event.key === "Escape" && this._question) {
      event.stopPropagation();
      this._clear();
    } else if (event.key === "ArrowDown") {
      event.preventDefault();
      void this._focus(0);
    }
  }

  private _clear(): void {
    this._question = "";
    this._find();
    this.renderRoot.querySelector("input")?.focus();
  }

  private _onKey(event: KeyboardEvent): void {
    const page = Math.max(1, Math.floor(this._height / this._rowHeight) - 1);
    const moves: Record<string, number> = {
      ArrowDown: this._active + 1,
      ArrowUp: this._active - 1,
      PageDown: this._active + page,
      PageUp: this._active - page,
      Home: 0,
      End: this._found.length - 1,
    };
    const index = moves[event.key];
    if (index === undefined) return;
    event.preventDefault();
    void this._focus(index);
  }

  private async _focus(wanted: number): Promise<void> {
    const index = Math.max(0, Math.min(wanted, this._found.length - 1));
    this._active = index;
    const scroller = this._scroller;
    if (scroller) {
      const top = index * this._rowHeight;
      if (top < scroller.scrollTop) scroller.scrollTop = top;
      const bottom = top + this._rowHeight - scroller.clientHeight;
      if (bottom > scroller.scrollTop) scroller.scrollTop = bottom;
      this._top = scroller.scrollTop;
    }
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>(`[data-index="${index}"]`)?.focus({ preventScroll: true });
  }

  /** Put the focus back to where the person came from. */
  focusActive(): void {
    void this._focus(this._active);
  }

  static override styles = [baseStyles, listStyles];
}

define("voipms-conversation-list", ConversationList);

declare global {
  interface HTMLElementTagNameMap {
    "voipms-conversation-list": ConversationList;
  }
}
