/** What the card uses of the `hass` object that Home Assistant hands to a card. */

export interface HassEntity {
  entity_id: string;
  state: string;
  attributes: { friendly_name?: string };
}

export interface HassLocale {
  language: string;
  time_format: "language" | "system" | "12" | "24";
  date_format: "language" | "system" | "DMY" | "MDY" | "YMD";
  time_zone?: "local" | "server";
}

type ConnectionEvent = "ready" | "disconnected";

export interface HassConnection {
  readonly connected?: boolean;
  sendMessagePromise<T>(message: Record<string, unknown>): Promise<T>;
  subscribeMessage<T>(
    callback: (event: T) => void,
    message: Record<string, unknown>,
    options?: { resubscribe?: boolean },
  ): Promise<() => Promise<void>>;
  addEventListener(event: ConnectionEvent, callback: () => void): void;
  removeEventListener(event: ConnectionEvent, callback: () => void): void;
}

export interface Hass {
  connection: HassConnection;
  connected: boolean;
  language: string;
  locale: HassLocale;
  config: { time_zone: string };
  states: Record<string, HassEntity>;
  user?: { id: string; is_admin: boolean };
  hassUrl?(path?: string): string;
}
