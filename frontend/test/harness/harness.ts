/** Puts the built card into a page that is as much of Home Assistant as the card needs. */

import type { Hass } from "../../src/hass";
import { FakeHome } from "./fake-home";
import { SCENES, type SceneName } from "./scenes";
import { THEMES, type ThemeName } from "./themes";

export interface Options {
  scene?: SceneName;
  theme?: ThemeName;
  config?: Record<string, unknown>;
  hass?: Partial<Hass>;
  layout?: string;
  preview?: boolean;
  dir?: "ltr" | "rtl";
  width?: number;
  height?: number;
  loaded?: boolean;
  picker?: boolean;
}

interface Card extends HTMLElement {
  setConfig(config: Record<string, unknown>): void;
  hass: Hass;
  layout?: string;
  preview?: boolean;
}

declare global {
  interface Window {
    home: FakeHome;
    card: Card;
    start(options?: Options): void;
    again(): void;
  }
}

class HaCard extends HTMLElement {
  constructor() {
    super();
    const style = `:host { background: var(--ha-card-background, var(--card-background-color, white));
      border-radius: var(--ha-card-border-radius, 12px); border: 1px solid var(--divider-color); box-sizing: border-box;
      color: var(--primary-text-color); display: block; position: relative; }`;
    this.attachShadow({ mode: "open" }).innerHTML = `<style>${style}</style><slot></slot>`;
  }
}
customElements.define("ha-card", HaCard);

class HuiCardPicker extends HTMLElement {
  constructor() {
    super();
    this.attachShadow({ mode: "open" });
  }
}
customElements.define("hui-card-picker", HuiCardPicker);

let options: Options = {};

function hass(home: FakeHome): Hass {
  return {
    connection: home,
    connected: true,
    language: "en",
    locale: { language: "en", time_format: "language", date_format: "language", time_zone: "server" },
    config: { time_zone: "America/Toronto" },
    states: {
      "camera.door": { entity_id: "camera.door", state: "idle", attributes: { friendly_name: "Front door" } },
      "camera.yard": { entity_id: "camera.yard", state: "idle", attributes: { friendly_name: "Yard" } },
      "camera.gone": {
        entity_id: "camera.gone",
        state: "unavailable",
        attributes: { friendly_name: "Gone" },
      },
      "light.kitchen": { entity_id: "light.kitchen", state: "on", attributes: {} },
    },
    user: { id: "user1", is_admin: true },
    hassUrl: (path = "") => new URL(path, location.origin).href,
    ...options.hass,
  };
}

function mount(): void {
  const frame = document.querySelector("main");
  if (!frame) return;
  frame.replaceChildren();
  let parent: HTMLElement | ShadowRoot = frame;
  if (options.picker) {
    const picker = document.createElement("hui-card-picker");
    frame.append(picker);
    if (picker.shadowRoot) parent = picker.shadowRoot;
  }
  const card = document.createElement("voipms-conversations") as Card;
  card.setConfig({ type: "custom:voipms-conversations", ...options.config });
  card.hass = hass(window.home);
  if (!options.picker) {
    card.preview = options.preview ?? false;
    card.layout = options.layout;
  }
  window.card = card;
  parent.append(card);
}

window.start = (given = {}) => {
  options = given;
  const root = document.documentElement;
  root.dir = options.dir ?? "ltr";
  for (const [name, value] of Object.entries(THEMES[options.theme ?? "light"]))
    root.style.setProperty(name, value);
  const frame = document.querySelector("main");
  if (frame) {
    frame.style.width = options.width ? `${options.width}px` : "";
    frame.style.height = options.height ? `${options.height}px` : "";
    frame.style.padding = options.layout === "panel" ? "0" : "";
  }
  window.home = new FakeHome(SCENES[options.scene ?? "house"]());
  window.home.loaded = options.loaded ?? true;
  mount();
};

/** Home Assistant makes a new card, as it does when a dashboard was edited. */
window.again = mount;
