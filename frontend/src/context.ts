/** What every part of the card needs: words, dates, and the way to Home Assistant. */

import type { Dates } from "./dates";
import type { Hass } from "./hass";
import type { Localize } from "./localize";
import type { Session } from "./session";

export interface Context {
  /** The newest `hass`: Home Assistant makes a new one whenever a state changes. */
  readonly hass: () => Hass;
  readonly t: Localize;
  readonly dates: Dates;
  /** There is none where sample conversations are shown. */
  readonly session: Session | undefined;
}
