import { css, html, LitElement, type PropertyValues, type TemplateResult } from "lit";
import { property, state } from "lit/decorators.js";
import { signPath } from "./api";
import type { Context } from "./context";
import type { Media } from "./contract";
import { define, fire } from "./events";
import { icon } from "./icons";
import { addressOf, safePath } from "./media";
import { baseStyles } from "./styles";

/** A picture, video, sound or file of a message. */
export class MessageMedia extends LitElement {
  @property({ attribute: false }) context!: Context;

  @property({ attribute: false }) media!: Media;

  /** The path it is loaded from: the one that came, or one with a fresh signature. */
  @state() private _path?: string;

  @state() private _broken = false;

  private _signedAgain = false;

  protected override willUpdate(changed: PropertyValues<this>): void {
    const before = changed.get("media");
    if (!changed.has("media") || before?.url === this.media.url) return;
    this._path = safePath(this.media.url);
    this._broken = false;
    this._signedAgain = false;
  }

  protected override render(): TemplateResult {
    const { t } = this.context;
    if (!this._path) return html`<span class="note">${icon("no_image")}${t("media.blocked")}</span>`;
    const src = addressOf(this.context.hass(), this._path);
    const { type, name } = this.media;
    if (type === "image") return this._renderImage(src, name);
    if (this._broken || (type !== "video" && type !== "audio")) return this._renderFile(src, name);
    if (type === "audio") {
      return html`<audio
        controls
        preload="none"
        src=${src}
        aria-label=${t("media.audio", { name })}
        @error=${this._onError}
      ></audio>`;
    }
    return html`<video
      controls
      playsinline
      preload="metadata"
      src=${src}
      aria-label=${t("media.video", { name })}
      @error=${this._onError}
    ></video>`;
  }

  private _renderImage(src: string, name: string): TemplateResult {
    const { t } = this.context;
    if (this._broken) return html`<span class="note">${icon("no_image")}${t("media.unavailable")}</span>`;
    return html`<button
      class="picture"
      aria-label=${t("media.open", { name })}
      @click=${() => fire(this, "picture-open", { src, name })}
    >
      <img src=${src} alt=${name} decoding="async" referrerpolicy="no-referrer" @error=${this._onError} />
    </button>`;
  }

  private _renderFile(src: string, name: string): TemplateResult {
    const { t } = this.context;
    return html`<a class="note" href=${src} download=${name} aria-label=${t("media.download", { name })}>
      ${icon(this._broken ? "download" : "file")}<bdi class="ellipsis">${name || t("kind.file")}</bdi>
    </a>`;
  }

  /** The signature of an address lasts a while only; a card stays open for weeks. */
  private async _onError(): Promise<void> {
    const { session } = this.context;
    const path = this._path?.split("?")[0];
    if (this._signedAgain || !session || !path) {
      this._broken = true;
      return;
    }
    this._signedAgain = true;
    try {
      const signed = safePath(await signPath(session.connection, path));
      if (signed) this._path = signed;
      else this._broken = true;
    } catch {
      this._broken = true;
    }
  }

  static override styles = [
    baseStyles,
    css`
      :host {
        display: block;
        max-width: 100%;
      }
      .picture {
        display: block;
        border-radius: inherit;
        overflow: hidden;
        max-width: 100%;
      }
      img,
      video {
        display: block;
        max-width: 100%;
        max-height: 300px;
        object-fit: cover;
        border-radius: 18px;
        background: var(--field);
      }
      img {
        /* Room for a picture that is on its way, so that little moves when it is there. */
        min-width: min(140px, 100%);
        min-height: 100px;
      }
      video {
        width: 320px;
        background: #000;
      }
      audio {
        display: block;
        width: 280px;
        max-width: 100%;
        height: 44px;
      }
      .note {
        display: inline-flex;
        align-items: center;
        gap: 8px;
        max-width: 100%;
        min-height: 40px;
        padding: 8px 14px;
        border-radius: 18px;
        background: var(--field);
        color: var(--text);
      }
      a.note {
        text-decoration: underline;
      }
    `,
  ];
}

define("voipms-message-media", MessageMedia);
