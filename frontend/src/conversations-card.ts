import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { property, query, state } from "lit/decorators.js";
import { isolate, oneLine } from "./bidi";
import { cardStyles } from "./conversations-card.styles";
import { CARD_TYPE, ConfigError, parseConfig, type CardConfig } from "./config";
import type { Context } from "./context";
import { threadKey, type Message, type ThreadId } from "./contract";
import "./conversation-list";
import type { ConversationList } from "./conversation-list";
import { EDITOR_TYPE } from "./conversations-card-editor";
import { Dates } from "./dates";
import { define, type CardEvents } from "./events";
import type { Hass } from "./hass";
import { icon } from "./icons";
import { localizer } from "./localize";
import { memoryOf } from "./memory";
import "./new-conversation";
import "./picture-viewer";
import type { PictureViewer } from "./picture-viewer";
import { sampleState } from "./sample";
import { Session } from "./session";
import { EMPTY_STATE, timeOf, type State } from "./state";
import { renderStatus, renderWaiting } from "./status";
import { baseStyles } from "./styles";
import "./thread-view";
import type { ThreadView } from "./thread-view";
import { partyOf, previewOf } from "./words";

/** From this width on, list and thread stand side by side. */
const WIDE = 680;
/** A message that is older than this is no news, whenever it comes in. */
const FRESH = 10 * 60_000;

/** The card: the conversations of the house, and the one that is open. */
export class ConversationsCard extends LitElement {
  /** Home Assistant says where the card stands: "panel", "grid" for sections, or nothing. */
  @property({ reflect: true }) layout?: string;

  /** Whether it is shown while a dashboard is edited. */
  @property({ type: Boolean }) preview = false;

  @state() private _config?: CardConfig;

  @state() private _context?: Context;

  @state() private _state: State = EMPTY_STATE;

  @state() private _open?: { thread: ThreadId; reveal?: string };

  @state() private _asking = false;

  @state() private _wide = false;

  @state() private _inView = false;

  @state() private _now = Date.now();

  @state() private _said = "";

  @query("voipms-conversation-list") private _list?: ConversationList;

  @query("voipms-thread-view") private _thread?: ThreadView;

  @query("voipms-picture-viewer") private _viewer?: PictureViewer;

  private _hass?: Hass;

  private _session?: Session;

  private _dayTimer?: ReturnType<typeof setTimeout>;

  private readonly _resize = new ResizeObserver(() => this._onResize());

  private readonly _intersection = new IntersectionObserver(
    (entries) => (this._inView = entries.at(-1)?.isIntersecting ?? false),
  );

  static getConfigElement(): HTMLElement {
    return document.createElement(EDITOR_TYPE);
  }

  static getStubConfig(): Record<string, unknown> {
    return { layout: "full" };
  }

  setConfig(config: unknown): void {
    try {
      const parsed = parseConfig(config);
      const other = parsed.config_entry_id !== this._config?.config_entry_id;
      this._config = parsed;
      this._onResize();
      if (other) this._connect();
    } catch (err) {
      if (!(err instanceof ConfigError)) throw err;
      throw new Error(localizer(this._hass?.language ?? navigator.language)(err.word), { cause: err });
    }
  }

  getCardSize(): number {
    return this._config?.layout === "compact" ? 8 : 12;
  }

  getGridOptions(): Record<string, number | string> {
    const compact = this._config?.layout === "compact";
    return { columns: 12, min_columns: 6, rows: compact ? 6 : 9, min_rows: 5 };
  }

  get hass(): Hass | undefined {
    return this._hass;
  }

  /** Home Assistant sets it several times a second; most of that is no business of this card. */
  set hass(hass: Hass | undefined) {
    const before = this._hass;
    this._hass = hass;
    if (!hass) return;
    if (before?.connection !== hass.connection || before.user?.id !== hass.user?.id) {
      if (before) this._open = undefined;
      this._connect();
    } else if (
      before.language !== hass.language ||
      before.locale !== hass.locale ||
      before.config.time_zone !== hass.config.time_zone
    ) {
      this._makeContext();
    }
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this._resize.observe(this);
    this._intersection.observe(this);
    document.addEventListener("visibilitychange", this._onVisibility);
    window.addEventListener("resize", this._onResize);
    this._connect(this._session?.state);
    this._keepDay();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this._resize.disconnect();
    this._intersection.disconnect();
    document.removeEventListener("visibilitychange", this._onVisibility);
    window.removeEventListener("resize", this._onResize);
    clearTimeout(this._dayTimer);
    this._session?.stop();
  }

  /** Begin anew; what is known already is shown until the answer comes. */
  private _connect(known = EMPTY_STATE): void {
    this._session?.stop();
    this._session = undefined;
    if (!this._hass || !this._config || !this.isConnected) return;
    if (!this._inPicker) {
      this._session = new Session(
        this._hass.connection,
        this._config.config_entry_id,
        memoryOf(this._hass.user?.id ?? ""),
        { changed: () => this._onChanged(), received: (messages) => this._onReceived(messages) },
      );
    }
    if (this._session) this._session.state = known;
    this._makeContext();
    this._state = this._session?.state ?? this._sample();
    this._session?.start();
    if (this._open && !this._isSample) this._session?.open(this._open.thread);
  }

  private _makeContext(): void {
    const hass = this._hass;
    if (!hass) return;
    const t = localizer(hass.language);
    this._context = {
      hass: () => this._hass ?? hass,
      t,
      dates: new Dates(hass.locale, hass.config.time_zone, {
        today: t("day.today"),
        yesterday: t("day.yesterday"),
      }),
      session: this._session,
    };
    this._keepDay();
  }

  /** The card picker shows many cards at once; this one shows nobody's messages there. */
  private get _inPicker(): boolean {
    const root = this.getRootNode();
    return root instanceof ShadowRoot && root.host.localName === "hui-card-picker";
  }

  private get _isSample(): boolean {
    if (this._inPicker) return true;
    const session = this._session;
    return (
      this.preview && !session?.state.conversations.length && Boolean(session?.error ?? session?.state.ready)
    );
  }

  private _sample(): State {
    return this._context ? sampleState(this._context.t, Date.now()) : EMPTY_STATE;
  }

  private _onChanged(): void {
    this._state = this._isSample ? this._sample() : (this._session?.state ?? EMPTY_STATE);
    this.requestUpdate();
  }

  private _onReceived(messages: Message[]): void {
    const { t } = this._context ?? {};
    const news = messages.filter(
      (message) => message.direction === "received" && Date.now() - timeOf(message) < FRESH,
    );
    const latest = news.at(-1);
    if (!t || !latest) return;
    const name = isolate(partyOf(this._state, latest).title);
    this._say(t("message.received_from", { name, text: isolate(oneLine(previewOf(t, latest).text)) }));
  }

  private _say(text: string): void {
    // The same words again are no news to a screen reader, unless they were gone in between.
    this._said = "";
    void this.updateComplete.then(() => (this._said = text));
  }

  private readonly _onVisibility = (): void => {
    if (!document.hidden) this._keepDay();
    this.requestUpdate();
  };

  private readonly _onResize = (): void => {
    if (this.clientWidth) this._wide = this.clientWidth >= WIDE && this._config?.layout !== "compact";
    if (this._isPanel) {
      // Whatever bars stand above: the card ends where the window does.
      const top = Math.max(0, this.getBoundingClientRect().top + window.scrollY);
      this.style.setProperty("--voipms-top", `${Math.round(top)}px`);
    }
  };

  /** Write the times anew when another day begins. */
  private _keepDay(): void {
    clearTimeout(this._dayTimer);
    const dates = this._context?.dates;
    if (!dates) return;
    const now = Date.now();
    if (dates.dayKey(now) !== dates.dayKey(this._now)) this._now = now;
    this._dayTimer = setTimeout(() => this._keepDay(), dates.untilTomorrow(now));
  }

  private get _isPanel(): boolean {
    return this.layout === "panel" || this._config?.layout === "panel";
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has("preview") && this._session) this._onChanged();
  }

  protected override updated(changed: PropertyValues): void {
    if (changed.has("layout")) this._onResize();
  }

  protected override render(): TemplateResult | typeof nothing {
    const context = this._context;
    const config = this._config;
    if (!context || !config) return nothing;
    const side = !this._open && !this._asking;
    return html`<ha-card class=${this._isPanel ? "panel" : config.layout}>
      ${this._isSample ? nothing : renderStatus(context, this._session, this._state)}
      <div
        class="panes ${this._wide ? "wide" : "narrow"}"
        @thread-open=${this._onOpen}
        @thread-close=${this._onClose}
        @new-conversation=${this._onNew}
        @picture-open=${this._onPicture}
        @announce=${(event: CustomEvent<CardEvents["announce"]>) => this._say(event.detail.text)}
        @keydown=${this._onKey}
      >
        ${
          this._state.ready
            ? html`
                <div class="pane list" ?hidden=${!this._wide && !side}>
                  <voipms-conversation-list
                    .context=${context}
                    .data=${this._state}
                    .numbers=${config.numbers}
                    .limit=${config.limit}
                    .heading=${config.title}
                    .selected=${this._open && threadKey(this._open.thread)}
                    .compact=${config.layout === "compact"}
                    .now=${this._now}
                  ></voipms-conversation-list>
                </div>
                ${this._wide || !side ? html`<div class="pane main">${this._renderMain(context)}</div>` : nothing}
              `
            : renderWaiting(context, this._session, () => this._connect())
        }
      </div>
      <div class="sr" role="status" aria-live="polite">${this._said}</div>
      <voipms-picture-viewer .context=${context}></voipms-picture-viewer>
    </ha-card>`;
  }

  private _renderMain(context: Context): TemplateResult {
    if (this._asking) {
      return html`<voipms-new-conversation
        .context=${context}
        .data=${this._state}
        .numbers=${this._config?.numbers}
      ></voipms-new-conversation>`;
    }
    if (!this._open) {
      return html`<div class="blank">${icon("message")}<span>${context.t("card.choose")}</span></div>`;
    }
    const { thread, reveal } = this._open;
    const key = threadKey(thread);
    return html`<voipms-thread-view
      .context=${context}
      .thread=${thread}
      .data=${this._state}
      .outbox=${this._session?.memory.outbox ?? []}
      .loading=${this._session?.loading.has(key) ?? false}
      .failed=${this._session?.failed.get(key)?.message}
      .numbers=${this._config?.numbers}
      .narrow=${!this._wide}
      .visible=${this._inView && !document.hidden}
      .now=${this._now}
      .reveal=${reveal}
    ></voipms-thread-view>`;
  }

  private _onOpen(event: CustomEvent<CardEvents["thread-open"]>): void {
    const { thread, reveal } = event.detail;
    if (this._open) this._session?.close(this._open.thread);
    this._open = { thread, reveal };
    this._asking = false;
    if (!this._isSample) this._session?.open(thread);
    // On a phone the keyboard would cover what a person came to read.
    const touched = window.matchMedia("(pointer: coarse)").matches;
    void this.updateComplete
      .then(() => this._thread?.updateComplete)
      .then(() => (touched ? this._thread?.focusHeader() : this._thread?.focusComposer()));
  }

  private _onClose(): void {
    if (this._asking) this._asking = false;
    else if (this._open) {
      this._session?.close(this._open.thread);
      this._open = undefined;
    }
    void this.updateComplete.then(() => {
      if (this._open) this._thread?.focusComposer();
      else this._list?.focusActive();
    });
  }

  private _onNew(): void {
    this._asking = true;
  }

  private _onPicture(event: CustomEvent<CardEvents["picture-open"]>): void {
    void this._viewer?.show(event.detail);
  }

  private _onKey(event: KeyboardEvent): void {
    if (event.key !== "Escape" || event.defaultPrevented || event.isComposing) return;
    const inDialog = event.composedPath().some((target) => target instanceof HTMLDialogElement);
    if (inDialog || (!this._asking && !this._open)) return;
    event.preventDefault();
    event.stopPropagation();
    this._onClose();
  }

  static override styles = [baseStyles, cardStyles];
}

define(CARD_TYPE, ConversationsCard);

declare global {
  interface HTMLElementTagNameMap {
    "voipms-conversations": ConversationsCard;
  }
}
