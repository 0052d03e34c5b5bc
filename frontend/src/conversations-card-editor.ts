import { html, LitElement, nothing, type TemplateResult } from "lit";
import { property, state } from "lit/decorators.js";
import { subscribe } from "./api";
import { LAYOUTS } from "./config";
import type { Account } from "./contract";
import { define } from "./events";
import type { Hass } from "./hass";
import { localizer, type Localize } from "./localize";
import { numberInFull } from "./words";

export const EDITOR_TYPE = "voipms-conversations-editor";

type Field = "title" | "layout" | "numbers" | "config_entry_id" | "limit";

type Values = Partial<Record<string, unknown>>;

interface CardHelpers {
  createCardElement(config: Values): Promise<HTMLElement> | HTMLElement;
}

declare global {
  interface Window {
    loadCardHelpers?: () => Promise<CardHelpers>;
  }
}

/** The form in which a person sets the card up: Home Assistant's own form element, given a schema. */
export class ConversationsCardEditor extends LitElement {
  @property({ attribute: false }) hass?: Hass;

  @state() private _config?: Values;

  @state() private _accounts: Account[] = [];

  private _asked = false;

  setConfig(config: Values): void {
    this._config = config;
  }

  protected override willUpdate(): void {
    if (!this.hass || this._asked) return;
    this._asked = true;
    void loadForm();
    void this._readAccounts(this.hass);
  }

  /** Ask which numbers there are; without an answer they can be typed. */
  private async _readAccounts(hass: Hass): Promise<void> {
    const subscription = subscribe(hass.connection, undefined, ({ accounts }) => {
      if (!accounts) return;
      this._accounts = accounts;
      void subscription.then((unsubscribe) => unsubscribe()).catch(() => undefined);
    });
    await subscription.catch(() => undefined);
  }

  protected override render(): TemplateResult | typeof nothing {
    if (!this.hass || !this._config) return nothing;
    const t = localizer(this.hass.language);
    return html`<ha-form
      .hass=${this.hass}
      .data=${{ layout: "full", ...this._config }}
      .schema=${this._schema(t)}
      .computeLabel=${({ name }: { name: Field }) => t(`editor.${name}`)}
      .computeHelper=${({ name }: { name: Field }) => helper(t, name)}
      @value-changed=${this._onChanged}
    ></ha-form>`;
  }

  private _schema(t: Localize): unknown[] {
    const numbers = this._accounts.flatMap((account) => account.numbers);
    const accounts = this._accounts.length > 1 || this._config?.config_entry_id;
    return [
      { name: "title", selector: { text: {} } },
      {
        name: "layout",
        required: true,
        selector: {
          select: {
            mode: "dropdown",
            options: LAYOUTS.map((value) => ({ value, label: t(`editor.layout_${value}`) })),
          },
        },
      },
      {
        name: "numbers",
        selector: {
          select: {
            multiple: true,
            custom_value: true,
            mode: "dropdown",
            options: numbers.map((number) => ({ value: number.did, label: numberInFull(number) })),
          },
        },
      },
      ...(accounts
        ? [{ name: "config_entry_id", selector: { config_entry: { integration: "voipms" } } }]
        : []),
      { name: "limit", selector: { number: { min: 1, max: 1000, mode: "box" } } },
    ];
  }

  private _onChanged(event: CustomEvent<{ value: Values }>): void {
    event.stopPropagation();
    const config = Object.fromEntries(
      Object.entries(event.detail.value).filter(
        ([, value]) => value !== undefined && value !== "" && !(Array.isArray(value) && !value.length),
      ),
    );
    this._config = config;
    this.dispatchEvent(
      new CustomEvent("config-changed", { detail: { config }, bubbles: true, composed: true }),
    );
  }
}

function helper(t: Localize, field: Field): string | undefined {
  switch (field) {
    case "layout":
      return t("editor.layout_help");
    case "numbers":
    case "config_entry_id":
    case "limit":
      return t(`editor.${field}_help`);
    case "title":
      return undefined;
  }
}

/** Home Assistant loads its form with the first editor that uses one; see that it has. */
async function loadForm(): Promise<void> {
  if (customElements.get("ha-form")) return;
  try {
    const helpers = await window.loadCardHelpers?.();
    const card = await helpers?.createCardElement({ type: "button" });
    await (
      card?.constructor as { getConfigElement?: () => Promise<unknown> } | undefined
    )?.getConfigElement?.();
  } catch {
    // The YAML editor is left.
  }
}

define(EDITOR_TYPE, ConversationsCardEditor);
