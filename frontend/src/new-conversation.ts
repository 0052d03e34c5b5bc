import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import { property, query, state } from "lit/decorators.js";
import { avatar } from "./avatar";
import type { Context } from "./context";
import type { Contact } from "./contract";
import { define, fire } from "./events";
import { icon } from "./icons";
import { canWriteTo, formatNumber, parseNumber, type NumberProblem } from "./phone-numbers";
import { fold } from "./search";
import type { State } from "./state";
import { baseStyles } from "./styles";
import { numberInFull, sendingNumbers, type SendingNumber } from "./words";

const MOST_CONTACTS = 100;

interface Choice extends Contact {
  entry: string;
  account: string;
}

/** Asks who to write to, and from which number. */
export class NewConversation extends LitElement {
  @property({ attribute: false }) context!: Context;

  @property({ attribute: false }) data!: State;

  @property({ attribute: false }) numbers?: string[];

  @state() private _to = "";

  @state() private _from?: string;

  @state() private _problem?: NumberProblem | "nothing_found";

  @query("input") private _input?: HTMLInputElement;

  protected override firstUpdated(): void {
    this._input?.focus();
  }

  private get _sending(): SendingNumber[] {
    return sendingNumbers(this.data, this.numbers);
  }

  private get _choices(): Choice[] {
    const entries = new Set(this._sending.map(({ account }) => account.config_entry_id));
    const words = fold(this._to).split(/\s+/u).filter(Boolean);
    const digits = this._to.replace(/\D/gu, "");
    return this.data.accounts
      .filter(({ config_entry_id }) => entries.has(config_entry_id))
      .flatMap(({ config_entry_id, title, contacts }) =>
        contacts.map((contact) => ({ ...contact, entry: config_entry_id, account: title })),
      )
      .filter(({ number }) => canWriteTo(number))
      .filter(({ name, number }) => {
        const who = fold(name);
        return words.every((word) => who.includes(word)) || (digits.length > 2 && number.includes(digits));
      })
      .sort((one, other) => one.name.localeCompare(other.name))
      .slice(0, MOST_CONTACTS);
  }

  protected override render(): TemplateResult {
    const { t } = this.context;
    const choices = this._choices;
    const parsed = this._to.trim() ? parseNumber(this._to) : undefined;
    return html`
      <header>
        <button
          class="icon-button"
          aria-label=${t("new.close")}
          @click=${() => fire(this, "thread-close", undefined)}
        >
          ${icon("back")}
        </button>
        <h2 class="ellipsis">${t("new.title")}</h2>
      </header>
      <form @submit=${this._onSubmit}>
        <label for="to">${t("new.to")}</label>
        <div class="field">
          <input
            id="to"
            autocomplete="off"
            spellcheck="false"
            dir=${this._to ? "auto" : nothing}
            .value=${this._to}
            placeholder=${t("new.to_placeholder")}
            aria-invalid=${this._problem ? "true" : "false"}
            aria-describedby="problem"
            @input=${this._onInput}
          />
        </div>
        ${this._renderFrom()}
        <div id="problem" role="alert">
          ${
            this._problem
              ? html`${icon("alert")}<span
                    >${this._problem === "nothing_found" ? t("new.nothing_found") : t(`new.problem.${this._problem}`)}</span
                  >`
              : nothing
          }
        </div>
      </form>
      <div class="scroll">
        ${
          parsed && "number" in parsed
            ? html`<button class="item" @click=${() => this._open(parsed.number)}>
                <span class="avatar">${icon("message")}</span>
                <span class="ellipsis">${t("new.write_to", { number: formatNumber(parsed.number) })}</span>
              </button>`
            : nothing
        }
        ${
          choices.length
            ? html`<h3>${t("new.contacts")}</h3>
                ${choices.map((choice) => this._renderChoice(choice))}`
            : nothing
        }
        ${!choices.length && !this._to.trim() ? html`<p>${t("new.no_contacts")}</p>` : nothing}
      </div>
    `;
  }

  private _renderChoice(choice: Choice): TemplateResult {
    const several = this.data.accounts.length > 1;
    const party = { title: choice.name, number: choice.display, isName: true };
    return html`<button class="item" @click=${() => this._choose(choice)}>
      ${avatar(party, choice.number)}
      <span class="lines">
        <bdi class="ellipsis">${choice.name}</bdi>
        <span class="ellipsis second"
          ><bdi>${choice.display}</bdi>${several ? html` · <bdi>${choice.account}</bdi>` : nothing}</span
        >
      </span>
    </button>`;
  }

  private _renderFrom(): TemplateResult | typeof nothing {
    const { t } = this.context;
    const numbers = this._sending;
    if (numbers.length < 2) return nothing;
    const several = new Set(numbers.map(({ account }) => account.config_entry_id)).size > 1;
    return html`<label for="from">${t("new.from")}</label>
      <select id="from" class="select" @change=${this._onFrom}>
        ${numbers.map(
          (number) =>
            html`<option value=${fromKey(number)} ?selected=${fromKey(number) === this._from}>
              ${numberInFull(number)}${several ? ` · ${number.account.title}` : nothing}
            </option>`,
        )}
      </select>`;
  }

  private _onFrom(event: Event): void {
    this._from = (event.target as HTMLSelectElement).value;
  }

  private _onInput(event: Event): void {
    this._to = (event.target as HTMLInputElement).value;
    this._problem = undefined;
  }

  private _onSubmit(event: Event): void {
    event.preventDefault();
    const [only, ...others] = this._choices;
    const parsed = parseNumber(this._to);
    if ("number" in parsed) this._open(parsed.number);
    else if (this._to.trim() && only && !others.length) this._choose(only);
    else this._problem = /\p{L}/u.test(this._to) && !/\d/u.test(this._to) ? "nothing_found" : parsed.problem;
  }

  /** Write to a contact: from the number that was chosen, else from the one the contact knows. */
  private _choose({ number, entry, did }: Choice): void {
    const numbers = this._sending.filter(({ account }) => account.config_entry_id === entry);
    const from =
      numbers.find((one) => fromKey(one) === this._from) ??
      numbers.find((one) => one.did === did) ??
      numbers[0];
    this._start(number, from);
  }

  private _open(number: string): void {
    const numbers = this._sending;
    this._start(number, numbers.find((one) => fromKey(one) === this._from) ?? numbers[0]);
  }

  private _start(contact: string, from: SendingNumber | undefined): void {
    if (!from) return;
    const { did, account } = from;
    fire(this, "thread-open", { thread: { config_entry_id: account.config_entry_id, did, contact } });
  }

  static override styles = [
    baseStyles,
    css`
      :host {
        display: flex;
        flex-direction: column;
        height: 100%;
        min-height: 0;
        min-width: 0;
      }
      header {
        display: flex;
        align-items: center;
        gap: 12px;
        min-height: 64px;
        padding: 8px 16px;
        padding-inline-start: 8px;
        border-bottom: 1px solid var(--line);
      }
      h2 {
        margin: 0;
        font-size: var(--ha-font-size-l, 16px);
        line-height: 22px;
        font-weight: 500;
      }
      form {
        display: grid;
        grid-template-columns: auto 1fr;
        align-items: center;
        gap: 8px 12px;
        padding: 12px 16px;
      }
      label {
        color: var(--text-2);
      }
      .field {
        border-radius: 8px;
      }
      input {
        width: 100%;
        height: 40px;
        padding-inline: 12px;
        border: 0;
        background: none;
        outline: none;
        font-size: 16px;
      }
      .select {
        min-width: 0;
        width: 100%;
        height: 40px;
      }
      .select option {
        color: var(--text);
        background: var(--card-background-color, #fff);
      }
      #problem {
        grid-column: 1 / -1;
        display: flex;
        gap: 8px;
      }
      #problem:empty {
        display: none;
      }
      #problem .icon {
        width: 20px;
        height: 20px;
        color: var(--error);
      }
      .scroll {
        flex: 1;
        min-height: 0;
        padding-bottom: 8px;
      }
      h3 {
        margin: 0;
        padding: 8px 16px 4px;
        font-size: 12px;
        line-height: 16px;
        font-weight: 500;
        color: var(--text-2);
      }
      p {
        margin: 0;
        padding: 8px 16px;
        color: var(--text-2);
      }
      .item {
        display: flex;
        align-items: center;
        gap: 12px;
        width: 100%;
        min-height: 56px;
        padding: 8px 16px;
      }
      @media (hover: hover) {
        .item:hover {
          background: var(--hover);
        }
      }
      .lines {
        display: flex;
        flex-direction: column;
        min-width: 0;
      }
      .second {
        font-size: 12px;
        line-height: 16px;
        color: var(--text-2);
      }
    `,
  ];
}

function fromKey({ did, account }: SendingNumber): string {
  return `${account.config_entry_id}|${did}`;
}

define("voipms-new-conversation", NewConversation);

declare global {
  interface HTMLElementTagNameMap {
    "voipms-new-conversation": NewConversation;
  }
}
