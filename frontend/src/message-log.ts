import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { property, query, state } from "lit/decorators.js";
import { repeat } from "lit/directives/repeat.js";
import { renderMessage, renderOutgoing, type BubbleActions, type BubbleView } from "./bubble";
import type { Context } from "./context";
import { threadKey, type Message, type ThreadId } from "./contract";
import { define, fire } from "./events";
import { renderPill, renderStart } from "./log-ends";
import { logStyles } from "./message-log.styles";
import type { Outgoing } from "./outbox";
import { estimateHeight, layOut, type Row } from "./rows";
import { timeOf, type Thread } from "./state";
import { baseStyles } from "./styles";
import { Heights } from "./windowing";
import { toApiError } from "./api";

/** How far from the end still counts as there. */
const AT_END = 48;
/** How much is drawn beyond what is in sight. */
const BEYOND = 700;
/** How near the top older messages are asked for. */
const NEAR_TOP = 600;

interface Anchor {
  key: string;
  top: number;
}

/** The messages of a thread, of which only those in sight are drawn. */
export class MessageLog extends LitElement {
  @property({ attribute: false }) context!: Context;

  @property({ attribute: false }) thread!: ThreadId;

  @property({ attribute: false }) data!: Thread;

  @property({ attribute: false }) outbox: Outgoing[] = [];

  @property({ type: Boolean }) loading = false;

  /** Why messages could not be read, where that is so. */
  @property({ attribute: false }) failed?: string;

  @property({ attribute: false }) name = "";

  @property({ type: Boolean }) mayDelete = false;

  @property({ attribute: false }) now = 0;

  /** A message to go to. */
  @property({ attribute: false }) reveal?: string;

  @state() private _range: [number, number] = [0, 0];

  @state() private _expanded?: string;

  @state() private _deleting?: string;

  @state() private _deleteError?: string;

  @state() private _news = 0;

  @state() private _away = false;

  @query(".scroll") private _scroller?: HTMLElement;

  private _rows: Row[] = [];

  private readonly _heights = new Heights();

  /** Whether the newest message stays in sight when another comes. */
  private _stick = true;

  private _anchor?: Anchor;

  private _lastTop = 0;

  private _lastSize = 0;

  private _width = 0;

  private _highlighted?: string;

  private readonly _resize = new ResizeObserver(() => this._onResize());

  get atEnd(): boolean {
    return this._stick;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated) this._observe();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this._resize.disconnect();
  }

  protected override firstUpdated(): void {
    this._observe();
  }

  private _observe(): void {
    if (!this._scroller?.firstElementChild) return;
    this._resize.observe(this._scroller);
    this._resize.observe(this._scroller.firstElementChild);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const before = changed.get("thread");
    if (before && threadKey(before) !== threadKey(this.thread)) this._begin();
    if (changed.has("reveal") && this.reveal) this._stick = false;
    if (!changed.has("data") && !changed.has("outbox") && !changed.has("context")) return;
    this._noteNews(changed);
    this._rows = layOut(this.data.messages, this.outbox, this.context.dates);
    this._heights.setRows(
      this._rows.map((row) => row.key),
      this._rows.map((row) => estimateHeight(row, this._width || 400)),
    );
    this._range = this._wantedRange();
  }

  /** Show another thread, from its end. */
  private _begin(): void {
    this._stick = true;
    this._anchor = undefined;
    this._news = 0;
    this._expanded = undefined;
    this._deleting = undefined;
    this._highlighted = undefined;
    this._heights.forget();
  }

  private _noteNews(changed: PropertyValues<this>): void {
    const sentNow = this.outbox.length > (changed.get("outbox")?.length ?? this.outbox.length);
    if (sentNow && !changed.has("thread")) this._stick = true;
    const before = changed.get("data");
    const newest = before?.messages.at(-1);
    if (this._stick || !newest || changed.has("thread")) return;
    const known = new Set(before?.messages.map(({ key }) => key));
    this._news += this.data.messages.filter(
      (message) =>
        message.direction === "received" && timeOf(message) >= timeOf(newest) && !known.has(message.key),
    ).length;
  }

  protected override update(changed: PropertyValues): void {
    this._anchor = this._findAnchor() ?? this._anchor;
    super.update(changed);
  }

  protected override updated(changed: PropertyValues): void {
    this._settle();
    if ((changed.has("reveal") || changed.has("data")) && this.reveal) this._reveal(this.reveal);
    if (this._stick) this._seen();
  }

  protected override render(): TemplateResult {
    const { t } = this.context;
    const [start, end] = this._range;
    const view = this._view();
    return html`
      <div
        class="scroll"
        role="log"
        aria-live="off"
        aria-label=${t("thread.label", { name: this.name })}
        tabindex="0"
        @scroll=${this._onScroll}
        @keydown=${this._onKey}
      >
        <div class="canvas">
          <div class="pad" style="height: ${this._heights.offset(start)}px"></div>
          ${repeat(
            this._rows.slice(start, end),
            (row) => row.key,
            (row) => html`<div class="row" data-key=${row.key}>${this._renderRow(view, row)}</div>`,
          )}
          <div class="pad" style="height: ${this._heights.total - this._heights.offset(end)}px"></div>
        </div>
      </div>
      ${this._away || this._news ? renderPill(this.context, this._news, this._toEnd) : nothing}
    `;
  }

  private _view(): BubbleView {
    return {
      context: this.context,
      actions: this._actions,
      name: this.name,
      mayDelete: this.mayDelete,
      expanded: this._expanded,
      deleting: this._deleting,
      deleteError: this._deleteError,
    };
  }

  private _renderRow(view: BubbleView, row: Row): TemplateResult {
    switch (row.type) {
      case "start":
        return renderStart(this, () => this._loadOlder());
      case "day":
        return html`<div class="day" role="separator">
          <span>${this.context.dates.day(row.time, this.now)}</span>
        </div>`;
      case "message":
        return renderMessage(view, row);
      case "outgoing":
        return renderOutgoing(view, row);
    }
  }

  private readonly _actions: BubbleActions = {
    toggle: (key) => {
      this._expanded = this._expanded === key ? undefined : key;
      this._deleting = undefined;
      this._deleteError = undefined;
    },
    again: (requestId) => this.context.session?.sendAgain(requestId),
    discard: (requestId) => this.context.session?.discard(requestId),
    copy: (text) => void this._copy(text),
    askDelete: (key) => {
      this._deleting = key;
      this._deleteError = undefined;
    },
    delete: (message) => void this._delete(message),
  };

  private async _copy(text: string): Promise<void> {
    // Without https there is no clipboard; the text can be selected by hand.
    const clipboard = navigator.clipboard as Clipboard | undefined;
    await clipboard?.writeText(text);
    if (clipboard) fire(this, "announce", { text: this.context.t("message.copied") });
    this._expanded = undefined;
  }

  private async _delete(message: Message): Promise<void> {
    this._deleting = undefined;
    try {
      await this.context.session?.delete(message);
    } catch (err) {
      this._deleteError = toApiError(err).message;
    }
  }

  private _loadOlder(): void {
    const { session } = this.context;
    void (this.data.loaded ? session?.loadOlder(this.thread) : session?.loadNewest(this.thread));
  }

  private _onScroll(): void {
    const scroller = this._scroller;
    if (!scroller) return;
    const { scrollTop, scrollHeight, clientHeight } = scroller;
    // What grows or shrinks moves the place, too; only a person scrolls up without that.
    const upwards = scrollTop < this._lastTop && scrollHeight - clientHeight === this._lastSize;
    this._noteScroll();
    const distance = scrollHeight - scrollTop - clientHeight;
    if (distance <= AT_END) this._stick = true;
    else if (upwards) this._stick = false;
    this._away = !this._stick && distance > clientHeight;
    if (this._stick) this._seen();
    this._anchor = this._findAnchor();
    this._draw();
    if (upwards && scrollTop < NEAR_TOP && this.data.hasMore && !this.loading && this.failed === undefined) {
      this._loadOlder();
    }
  }

  /** Draw other rows, where others have come into sight. */
  private _draw(): void {
    const [start, end] = this._wantedRange();
    if (start !== this._range[0] || end !== this._range[1]) this._range = [start, end];
  }

  private _wantedRange(): [number, number] {
    const height = this._scroller?.clientHeight ?? 600;
    const top = this._stick ? this._heights.total - height : (this._scroller?.scrollTop ?? 0);
    return this._heights.range(top, height, BEYOND);
  }

  /** Return the first message in sight, to keep it where it is whatever changes above it. */
  private _findAnchor(): Anchor | undefined {
    const scroller = this._scroller;
    if (!scroller) return undefined;
    const { top } = scroller.getBoundingClientRect();
    for (const element of this._drawn()) {
      const key = element.dataset.key ?? "";
      if (key === "start" || key.startsWith("day-")) continue;
      const box = element.getBoundingClientRect();
      if (box.bottom > top) return { key, top: box.top - top };
    }
    return undefined;
  }

  private _drawn(): NodeListOf<HTMLElement> {
    return this.renderRoot.querySelectorAll<HTMLElement>(".row");
  }

  /** Measure what is drawn, and put the scroll position where the person expects it. */
  private _settle(): void {
    const scroller = this._scroller;
    if (!scroller?.clientHeight) return;
    const rows = [...this._drawn()];
    const changed = this._heights.measure(rows.map((row) => [row.dataset.key ?? "", row.offsetHeight]));
    if (changed) {
      const [above, below] = this.renderRoot.querySelectorAll<HTMLElement>(".pad");
      const [start, end] = this._range;
      if (above) above.style.height = `${this._heights.offset(start)}px`;
      if (below) below.style.height = `${this._heights.total - this._heights.offset(end)}px`;
    }
    if (this._stick) scroller.scrollTop = scroller.scrollHeight;
    else if (this._anchor) this._hold(scroller, this._anchor, rows);
    this._noteScroll();
    this._draw();
  }

  private _noteScroll(): void {
    const { scrollTop = 0, scrollHeight = 0, clientHeight = 0 } = this._scroller ?? {};
    this._lastTop = scrollTop;
    this._lastSize = scrollHeight - clientHeight;
  }

  private _hold(scroller: HTMLElement, anchor: Anchor, rows: HTMLElement[]): void {
    const row = rows.find((one) => one.dataset.key === anchor.key);
    if (row) {
      const top = row.getBoundingClientRect().top - scroller.getBoundingClientRect().top;
      if (Math.abs(top - anchor.top) >= 1) scroller.scrollTop += top - anchor.top;
      return;
    }
    const offset = this._heights.offsetOf(anchor.key);
    if (offset !== undefined) scroller.scrollTop = offset - anchor.top;
  }

  private _onResize(): void {
    const width = this._scroller?.clientWidth ?? 0;
    if (width !== this._width) {
      this._width = width;
      this._heights.forget();
    }
    this._settle();
    this._anchor = this._findAnchor();
  }

  private _reveal(key: string): void {
    if (this._highlighted === key) return;
    const offset = this._heights.offsetOf(key);
    const scroller = this._scroller;
    if (offset === undefined || !scroller) return;
    this._highlighted = key;
    this._stick = false;
    this._anchor = { key, top: scroller.clientHeight / 3 };
    scroller.scrollTop = offset - this._anchor.top;
    this._draw();
    void this.updateComplete.then(() => {
      const row = [...this._drawn()].find((one) => one.dataset.key === key);
      row?.classList.add("found");
      setTimeout(() => row?.classList.remove("found"), 2500);
    });
  }

  private readonly _toEnd = (): void => {
    this._stick = true;
    this._away = false;
    this._range = this._wantedRange();
    this._settle();
    this._seen();
    this._scroller?.focus();
  };

  private _seen(): void {
    if (this._news) this._news = 0;
    this.dispatchEvent(new Event("seen"));
  }

  private _onKey(event: KeyboardEvent): void {
    if (event.key !== "ArrowUp" && event.key !== "ArrowDown") return;
    const buttons = [...this.renderRoot.querySelectorAll<HTMLElement>(".meta[aria-expanded]")];
    const index = buttons.indexOf(this.shadowRoot?.activeElement as HTMLElement);
    if (index < 0) return;
    event.preventDefault();
    buttons[index + (event.key === "ArrowUp" ? -1 : 1)]?.focus();
  }

  static override styles = [baseStyles, logStyles];
}

define("voipms-message-log", MessageLog);

declare global {
  interface HTMLElementTagNameMap {
    "voipms-message-log": MessageLog;
  }
}
