import { css } from "lit";

export const cardStyles = css`
  :host {
    display: block;
    height: 100%;
  }
  ha-card {
    display: flex;
    flex-direction: column;
    overflow: hidden;
    height: 560px;
    max-height: calc(100vh - var(--header-height, 56px) - 16px);
    min-height: 320px;
    background: var(--ha-card-background, var(--card-background-color, #fff));
    text-align: start;
  }
  ha-card.compact {
    height: 400px;
  }
  :host([layout="grid"]) ha-card {
    height: 100%;
    max-height: none;
  }
  ha-card.panel {
    height: calc(100vh - var(--voipms-top, var(--header-height, 56px)) - env(safe-area-inset-bottom));
    height: calc(100dvh - var(--voipms-top, var(--header-height, 56px)) - env(safe-area-inset-bottom));
    max-height: none;
    border-radius: 0;
    border-width: 0;
    box-shadow: none;
  }
  .panes {
    flex: 1;
    min-height: 0;
    display: flex;
  }
  .pane {
    flex: 1;
    min-width: 0;
    min-height: 0;
  }
  .pane[hidden] {
    display: none;
  }
  .wide .list {
    flex: 0 0 clamp(260px, 34%, 400px);
    border-inline-end: 1px solid var(--line);
  }
  .main > .blank {
    height: 100%;
  }
  .status {
    display: flex;
    gap: 12px;
    align-items: center;
    padding: 8px 16px;
    background: color-mix(in srgb, var(--warning-color, #ffa600) 18%, transparent);
    border-bottom: 1px solid var(--line);
  }
`;
