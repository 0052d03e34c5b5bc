import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { property, query, state } from "lit/decorators.js";
import { ACCEPT, addAttachments, attachFile, AttachmentError } from "./attachments";
import { howItGoes, MMS_BYTES } from "./bytes";
import { composerStyles } from "./composer.styles";
import type { Context } from "./context";
import { threadKey, type ThreadId } from "./contract";
import { define, fire } from "./events";
import "./home-media-picker";
import type { HomeMediaPicker } from "./home-media-picker";
import { icon } from "./icons";
import type { Draft } from "./memory";
import type { Attachment } from "./outbox";
import { baseStyles } from "./styles";
import { numberInFull, numberName, type SendingNumber } from "./words";

const NO_DRAFT: Draft = { text: "", attachments: [] };

/** The box to answer in. */
export class Composer extends LitElement {
  @property({ attribute: false }) context!: Context;

  @property({ attribute: false }) thread!: ThreadId;

  @property({ attribute: false }) name = "";

  /** The numbers that a message can go out from. */
  @property({ attribute: false }) numbers: SendingNumber[] = [];

  @state() private _draft: Draft = NO_DRAFT;

  @state() private _error?: string;

  @state() private _preparing = false;

  @state() private _menu = false;

  @query("textarea") private _box?: HTMLTextAreaElement;

  @query("input[type=file]") private _file?: HTMLInputElement;

  @query("voipms-home-media-picker") private _picker?: HomeMediaPicker;

  protected override willUpdate(changed: PropertyValues<this>): void {
    const before = changed.get("thread");
    if (!changed.has("thread") || (before && threadKey(before) === threadKey(this.thread))) return;
    this._draft = this.context.session?.memory.draft(threadKey(this.thread)) ?? NO_DRAFT;
    this._error = undefined;
    this._menu = false;
  }

  protected override updated(): void {
    this._grow();
  }

  override focus(): void {
    this._box?.focus();
  }

  protected override render(): TemplateResult {
    const { t } = this.context;
    const goes = howItGoes(this._draft.text, this._draft.attachments.length);
    return html`
      ${this._error ? html`<div class="error" role="alert">${icon("alert")}<span>${this._error}</span></div>` : nothing}
      ${this._renderAttachments()}
      <div class="bar">
        <div class="attach" @focusout=${this._onMenuBlur} @keydown=${this._onMenuKey}>
          <button
            class="icon-button"
            title=${t("composer.attach")}
            aria-label=${t("composer.attach")}
            aria-haspopup="menu"
            aria-expanded=${this._menu ? "true" : "false"}
            @click=${this._toggleMenu}
          >
            ${icon("add")}
          </button>
          ${this._menu ? this._renderMenu() : nothing}
        </div>
        <label class="field box">
          <textarea
            rows="1"
            dir=${this._draft.text ? "auto" : nothing}
            enterkeyhint="send"
            .value=${this._draft.text}
            placeholder=${t("composer.placeholder")}
            aria-label=${t("composer.label", { name: this.name })}
            aria-describedby="goes"
            aria-invalid=${goes.kind === "too_long" ? "true" : "false"}
            @input=${this._onInput}
            @keydown=${this._onKey}
            @paste=${this._onPaste}
          ></textarea>
        </label>
        <button
          class="icon-button send"
          title=${t("composer.send")}
          aria-label=${t("composer.send")}
          ?disabled=${!this._maySend}
          @click=${this._send}
        >
          ${icon("send")}
        </button>
      </div>
      <div class="below">
        ${this._renderFrom()}
        <span id="goes" class=${goes.kind}
          >${this._draft.text || this._draft.attachments.length ? this._renderGoes() : nothing}</span
        >
      </div>
      <input type="file" hidden multiple accept=${ACCEPT} @change=${this._onFiles} />
      <voipms-home-media-picker .context=${this.context}></voipms-home-media-picker>
    `;
  }

  private _renderGoes(): TemplateResult {
    const { t } = this.context;
    const { kind, bytes, limit } = howItGoes(this._draft.text, this._draft.attachments.length);
    const title = kind === "too_long" ? t("composer.too_long_hint", { bytes, limit: MMS_BYTES }) : undefined;
    return html`<span class="bytes">${t("composer.bytes", { bytes, limit })}</span>
      <strong title=${title ?? nothing}>${t(`composer.${kind}`)}</strong>`;
  }

  private _renderAttachments(): TemplateResult | typeof nothing {
    const { t } = this.context;
    const { attachments } = this._draft;
    if (!attachments.length && !this._preparing) return nothing;
    return html`<ul class="chips" role="list" aria-label=${t("composer.attachments")}>
      ${attachments.map(
        (attachment) =>
          html`<li class="chip">
            ${
              attachment.preview
                ? html`<img src=${attachment.preview} alt="" />`
                : icon(attachment.source.startsWith("camera.") ? "camera" : "file")
            }
            <bdi class="ellipsis">${attachment.name}</bdi>
            <button
              class="icon-button"
              aria-label=${t("composer.remove", { name: attachment.name })}
              @click=${() => this._remove(attachment)}
            >
              ${icon("close")}
            </button>
          </li>`,
      )}
      ${
        this._preparing
          ? html`<li class="chip"><span class="spinner"></span><span>${t("composer.preparing")}</span></li>`
          : nothing
      }
    </ul>`;
  }

  private _renderMenu(): TemplateResult {
    const { t } = this.context;
    return html`<div class="menu" role="menu">
      <button role="menuitem" @click=${this._chooseFile}>${icon("image")}${t("composer.from_device")}</button>
      <button role="menuitem" @click=${this._chooseFromHome}>
        ${icon("home")}${t("composer.from_home")}
      </button>
    </div>`;
  }

  private _renderFrom(): TemplateResult | typeof nothing {
    const { t } = this.context;
    if (this.numbers.length < 2) return nothing;
    return html`<select class="from" aria-label=${t("composer.from")} @change=${this._onFrom}>
      ${this.numbers.map(
        (number) =>
          html`<option value=${number.did} ?selected=${number.did === this.thread.did}>
            ${shortName(number, this.numbers)}
          </option>`,
      )}
    </select>`;
  }

  private get _maySend(): boolean {
    const { text, attachments } = this._draft;
    const something = text.trim() !== "" || attachments.length > 0;
    return something && !this._preparing && howItGoes(text, attachments.length).kind !== "too_long";
  }

  private readonly _send = (): void => {
    // The draft is gone with the first click, so a second one has nothing to send.
    if (!this._maySend) return;
    const { text, attachments } = this._draft;
    this._setDraft(NO_DRAFT);
    if (this._box) this._box.value = "";
    this._error = undefined;
    this.context.session?.send(this.thread, text, attachments);
    this.focus();
  };

  private _setDraft(draft: Draft): void {
    this._draft = draft;
    this.context.session?.memory.setDraft(threadKey(this.thread), draft);
  }

  private _onInput(): void {
    this._setDraft({ ...this._draft, text: this._box?.value ?? "" });
  }

  private _onKey(event: KeyboardEvent): void {
    // 229 is what a browser says while an input method composes a character.
    // eslint-disable-next-line @typescript-eslint/no-deprecated
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    if (!event.repeat) this._send();
  }

  /** Fit the box to its text; the style sheet says where it begins to scroll. */
  private _grow(): void {
    const box = this._box;
    if (!box) return;
    box.style.height = "auto";
    box.style.height = `${box.scrollHeight}px`;
  }

  private _onFrom(event: Event): void {
    const did = (event.target as HTMLSelectElement).value;
    const { session } = this.context;
    const thread = { ...this.thread, did };
    // What is written so far goes along, unless something is begun there.
    const there = session?.memory.draft(threadKey(thread));
    if (session && !there?.text && !there?.attachments.length) {
      session.memory.setDraft(threadKey(thread), this._draft);
      session.memory.setDraft(threadKey(this.thread), NO_DRAFT);
    }
    fire(this, "thread-open", { thread });
  }

  private _toggleMenu(): void {
    this._menu = !this._menu;
    this._error = undefined;
    if (!this._menu) return;
    void this.updateComplete.then(() =>
      this.renderRoot.querySelector<HTMLElement>("[role=menuitem]")?.focus(),
    );
  }

  private _onMenuBlur(event: FocusEvent): void {
    if (!(event.currentTarget as Element).contains(event.relatedTarget as Node | null)) this._menu = false;
  }

  private _onMenuKey(event: KeyboardEvent): void {
    if (!this._menu) return;
    const items = [...this.renderRoot.querySelectorAll<HTMLElement>("[role=menuitem]")];
    const index = items.indexOf(this.shadowRoot?.activeElement as HTMLElement);
    if (event.key === "Escape") {
      event.stopPropagation();
      this._menu = false;
      this.renderRoot.querySelector<HTMLElement>(".attach > button")?.focus();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      items[(index + step + items.length) % items.length]?.focus();
    }
  }

  private _chooseFile(): void {
    this._menu = false;
    this._file?.click();
  }

  private async _chooseFromHome(): Promise<void> {
    this._menu = false;
    const thread = this.thread;
    const chosen = await this._picker?.choose();
    if (chosen) await this._attach(thread, () => Promise.resolve([chosen]));
    this.focus();
  }

  private _onFiles(event: Event): void {
    const input = event.target as HTMLInputElement;
    const files = [...(input.files ?? [])];
    input.value = "";
    void this._attachFiles(files);
  }

  private _onPaste(event: ClipboardEvent): void {
    const files = [...(event.clipboardData?.files ?? [])];
    if (!files.length) return;
    event.preventDefault();
    void this._attachFiles(files);
  }

  private async _attachFiles(files: File[]): Promise<void> {
    if (files.length) await this._attach(this.thread, () => Promise.all(files.map(attachFile)));
  }

  /** Add to the draft of the thread it was begun in, wherever the person is by then. */
  private async _attach(thread: ThreadId, prepare: () => Promise<Attachment[]>): Promise<void> {
    const key = threadKey(thread);
    const { t, session } = this.context;
    this._preparing = true;
    this._error = undefined;
    try {
      const added = await prepare();
      const here = key === threadKey(this.thread);
      const draft = here ? this._draft : (session?.memory.draft(key) ?? NO_DRAFT);
      const changed = { ...draft, attachments: addAttachments(draft.attachments, added) };
      if (here) this._setDraft(changed);
      else session?.memory.setDraft(key, changed);
    } catch (err) {
      if (!(err instanceof AttachmentError)) throw err;
      this._error = t(err.word, err.values);
    } finally {
      this._preparing = false;
    }
  }

  private _remove(attachment: Attachment): void {
    const attachments = this._draft.attachments.filter((one) => one !== attachment);
    this._setDraft({ ...this._draft, attachments });
    this._error = undefined;
    this.focus();
  }

  static override styles = [baseStyles, composerStyles];
}

/** Return what a number is called, in full where another one is called the same. */
function shortName(number: SendingNumber, numbers: SendingNumber[]): string {
  const name = numberName(number, number.did);
  return numbers.filter((one) => numberName(one, one.did) === name).length > 1 ? numberInFull(number) : name;
}

define("voipms-composer", Composer);

declare global {
  interface HTMLElementTagNameMap {
    "voipms-composer": Composer;
  }
}
