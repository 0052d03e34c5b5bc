import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import { property, query, state } from "lit/decorators.js";
import { browseMedia, toApiError, type BrowseItem } from "./api";
import type { Context } from "./context";
import { define } from "./events";
import type { Hass } from "./hass";
import { icon, type IconName } from "./icons";
import type { Attachment } from "./outbox";
import { baseStyles } from "./styles";

const SENDABLE = /^(image|audio|video)/u;
const ICONS: Record<string, IconName> = { image: "image", video: "video", music: "audio", audio: "audio" };

/**
 * Lets a person choose a camera or an item of Home Assistant's media.
 *
 * Names only: a thumbnail of a media source may lie on another host.
 */
export class HomeMediaPicker extends LitElement {
  @property({ attribute: false }) context!: Context;

  @query("dialog") private _dialog?: HTMLDialogElement;

  /** The folders that lead to where the person is. */
  @state() private _path: { id: string | undefined; title: string }[] = [];

  @state() private _items: BrowseItem[] = [];

  @state() private _loading = false;

  @state() private _error?: string;

  private _request = 0;

  private _done?: (chosen: Attachment | undefined) => void;

  /** Ask for an item; nothing comes back where the person leaves. */
  choose(): Promise<Attachment | undefined> {
    this._dialog?.showModal();
    this._path = [];
    void this._browse(undefined);
    return new Promise((resolve) => (this._done = resolve));
  }

  private async _browse(id: string | undefined): Promise<void> {
    const { session } = this.context;
    if (!session) return;
    const request = (this._request += 1);
    this._loading = true;
    this._error = undefined;
    this._items = [];
    try {
      const { children } = await browseMedia(session.connection, id);
      if (request !== this._request) return;
      // Cameras stand above: as an entity they give a snapshot, as media they give a stream.
      this._items = (children ?? []).filter(
        (item) =>
          !item.media_content_id.startsWith("media-source://camera") && (item.can_expand || isSendable(item)),
      );
    } catch (err) {
      if (request === this._request) this._error = toApiError(err).message;
    }
    if (request === this._request) this._loading = false;
  }

  protected override render(): TemplateResult {
    const { t } = this.context;
    const here = this._path.at(-1);
    const title = here?.title ?? t("picker.title");
    return html`<dialog aria-label=${t("picker.title")} @close=${this._onClose} @click=${this._onBackdrop}>
      <div class="box">
        <header>
          ${
            here
              ? html`<button class="icon-button" aria-label=${t("picker.back")} @click=${this._back}>
                  ${icon("back")}
                </button>`
              : nothing
          }
          <h2 class="ellipsis"><bdi>${title}</bdi></h2>
          <button class="icon-button" aria-label=${t("picker.close")} @click=${() => this._dialog?.close()}>
            ${icon("close")}
          </button>
        </header>
        <div class="scroll">
          ${here ? nothing : this._renderCameras()} ${this._renderItems(Boolean(here))}
        </div>
      </div>
    </dialog>`;
  }

  private _renderCameras(): TemplateResult | typeof nothing {
    const { t, hass } = this.context;
    const cameras = camerasOf(hass());
    if (!cameras.length) return nothing;
    return html`<h3>${t("picker.cameras")}</h3>
      ${cameras.map(({ id, name }) =>
        this._renderItem("camera", name, () =>
          this._finish({ source: id, name: t("attachment.snapshot", { name }) }),
        ),
      )}`;
  }

  private _renderItems(inside: boolean): TemplateResult {
    const { t } = this.context;
    if (this._loading) {
      return html`<div class="blank">
        <span class="spinner"></span><span class="sr">${t("picker.loading")}</span>
      </div>`;
    }
    if (this._error !== undefined) {
      return html`<p role="alert">${t("picker.failed", { reason: this._error })}</p>`;
    }
    if (!this._items.length) return inside ? html`<p>${t("picker.empty")}</p>` : html``;
    return html`${inside ? nothing : html`<h3>${t("picker.media")}</h3>`}
    ${this._items.map((item) =>
      item.can_expand
        ? this._renderItem("folder", item.title, () => this._enter(item))
        : this._renderItem(iconOf(item), item.title, () =>
            this._finish({ source: item.media_content_id, name: item.title }),
          ),
    )}`;
  }

  private _renderItem(name: IconName, title: string, click: () => void): TemplateResult {
    return html`<button class="item" @click=${click}>
      ${icon(name)}<bdi class="ellipsis">${title}</bdi>
    </button>`;
  }

  private _enter({ media_content_id, title }: BrowseItem): void {
    this._path = [...this._path, { id: media_content_id, title }];
    void this._browse(media_content_id);
  }

  private _back(): void {
    this._path = this._path.slice(0, -1);
    void this._browse(this._path.at(-1)?.id);
  }

  private _finish(chosen: Attachment | undefined): void {
    this._done?.(chosen);
    this._done = undefined;
    this._dialog?.close();
  }

  private _onClose(): void {
    this._done?.(undefined);
    this._done = undefined;
  }

  private _onBackdrop(event: MouseEvent): void {
    if (event.target instanceof HTMLDialogElement) event.target.close();
  }

  static override styles = [
    baseStyles,
    css`
      dialog {
        width: min(420px, calc(100vw - 32px));
        max-height: min(600px, calc(100vh - 32px));
      }
      .box {
        display: flex;
        flex-direction: column;
        max-height: inherit;
        padding-bottom: 12px;
      }
      header {
        display: flex;
        align-items: center;
        gap: 8px;
        padding: 12px 12px 4px;
      }
      h2 {
        flex: 1;
        margin: 0;
        padding-inline-start: 8px;
        font-size: 18px;
        font-weight: 500;
      }
      h3 {
        margin: 0;
        padding: 12px 20px 4px;
        font-size: 12px;
        font-weight: 500;
        color: var(--text-2);
      }
      p {
        margin: 0;
        padding: 12px 20px;
        color: var(--text-2);
      }
      .item {
        display: flex;
        align-items: center;
        gap: 16px;
        width: 100%;
        min-height: 48px;
        padding: 8px 20px;
      }
      .item:hover {
        background: var(--hover);
      }
      .item .icon {
        color: var(--text-2);
      }
    `,
  ];
}

function isSendable(item: BrowseItem): boolean {
  return item.can_play && SENDABLE.test(item.media_content_type ?? item.media_class ?? "");
}

function iconOf({ media_class, media_content_type }: BrowseItem): IconName {
  return ICONS[media_class ?? ""] ?? ICONS[media_content_type?.split("/")[0] ?? ""] ?? "file";
}

export function camerasOf(hass: Hass): { id: string; name: string }[] {
  return Object.values(hass.states)
    .filter(({ entity_id, state: now }) => entity_id.startsWith("camera.") && now !== "unavailable")
    .map(({ entity_id, attributes }) => ({ id: entity_id, name: attributes.friendly_name ?? entity_id }))
    .sort((one, other) => one.name.localeCompare(other.name));
}

define("voipms-home-media-picker", HomeMediaPicker);

declare global {
  interface HTMLElementTagNameMap {
    "voipms-home-media-picker": HomeMediaPicker;
  }
}
