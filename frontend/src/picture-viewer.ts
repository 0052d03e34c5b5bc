import { css, html, LitElement, type TemplateResult } from "lit";
import { property, query, state } from "lit/decorators.js";
import type { Context } from "./context";
import { define } from "./events";
import { icon } from "./icons";
import { baseStyles } from "./styles";

/** Shows a picture as large as the window. The browser keeps the focus in it and closes it with Esc. */
export class PictureViewer extends LitElement {
  @property({ attribute: false }) context!: Context;

  @state() private _picture?: { src: string; name: string };

  @query("dialog") private _dialog?: HTMLDialogElement;

  async show(picture: { src: string; name: string }): Promise<void> {
    this._picture = picture;
    await this.updateComplete;
    this._dialog?.showModal();
  }

  protected override render(): TemplateResult {
    const { t } = this.context;
    const { src, name } = this._picture ?? { src: "", name: "" };
    return html`<dialog
      aria-label=${t("media.viewer", { name })}
      @close=${() => (this._picture = undefined)}
      @click=${this._onClick}
    >
      <div class="bar">
        <bdi class="ellipsis">${name}</bdi>
        <a class="icon-button" href=${src} download=${name} aria-label=${t("media.download", { name })}>
          ${icon("download")}
        </a>
        <button
          class="icon-button"
          autofocus
          aria-label=${t("media.close")}
          @click=${() => this._dialog?.close()}
        >
          ${icon("close")}
        </button>
      </div>
      ${src ? html`<img src=${src} alt=${name} referrerpolicy="no-referrer" />` : ""}
    </dialog>`;
  }

  private _onClick(event: MouseEvent): void {
    if (event.target instanceof HTMLDialogElement) event.target.close();
  }

  static override styles = [
    baseStyles,
    css`
      dialog {
        width: 100vw;
        height: 100vh;
        height: 100dvh;
        max-width: none;
        max-height: none;
        border-radius: 0;
        background: rgba(0, 0, 0, 0.92);
        color: #fff;
      }
      dialog[open] {
        display: flex;
        align-items: center;
        justify-content: center;
      }
      img {
        max-width: 100%;
        max-height: 100%;
        object-fit: contain;
      }
      .bar {
        position: absolute;
        inset: 0 0 auto;
        display: flex;
        align-items: center;
        gap: 4px;
        padding: max(8px, env(safe-area-inset-top)) 8px 24px;
        padding-inline-start: 16px;
        background: linear-gradient(rgba(0, 0, 0, 0.75), transparent);
      }
      .bar bdi {
        flex: 1;
      }
      .bar .icon-button {
        color: #fff;
      }
      :focus-visible {
        outline-color: #fff;
      }
    `,
  ];
}

define("voipms-picture-viewer", PictureViewer);

declare global {
  interface HTMLElementTagNameMap {
    "voipms-picture-viewer": PictureViewer;
  }
}
