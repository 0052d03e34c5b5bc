import { html, type TemplateResult } from "lit";
import { icon } from "./icons";
import { hueOf, initialOf, type Party } from "./words";

/** Draw the round sign of somebody: the initial of a name, or a figure for a bare number. */
export function avatar(party: Party, contact: string): TemplateResult {
  return html`<span class="avatar" style="--hue: ${hueOf({ contact })}" aria-hidden="true"
    >${initialOf(party) ?? icon("account")}</span
  >`;
}
