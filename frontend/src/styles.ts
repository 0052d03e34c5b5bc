/** What all parts of the card look like: Home Assistant's variables and nothing else. */

import { css } from "lit";

export const baseStyles = css`
  :host {
    --primary: var(--primary-color, #009ac7);
    --text: var(--primary-text-color, #212121);
    --text-2: var(--secondary-text-color, #5e5e5e);
    --surface: var(--ha-card-background, var(--card-background-color, #fff));
    --line: var(--divider-color, rgba(127, 127, 127, 0.3));
    --error: var(--error-color, #db4437);
    /* Every theme has its own primary colour: what stands on it is black or white, as can be read. */
    --on-primary: var(--text-primary-color, #fff);
    --hover: color-mix(in srgb, var(--text) 6%, transparent);
    --focus: color-mix(in srgb, var(--primary) 60%, var(--text));
    --field: color-mix(in srgb, var(--text) 7%, transparent);
    color: var(--text);
    font-family: var(--ha-font-family-body, var(--paper-font-body1_-_font-family, Roboto, sans-serif));
    font-size: var(--ha-font-size-m, 14px);
    line-height: 20px;
  }
  @supports (color: oklch(from white l c h)) {
    :host {
      --on-primary: oklch(from var(--primary) clamp(0, (0.6 - l) * 1000, 1) 0 0);
    }
  }
  :host,
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  button,
  input,
  select,
  textarea {
    font: inherit;
    color: inherit;
    letter-spacing: inherit;
    margin: 0;
  }
  button {
    background: none;
    border: 0;
    padding: 0;
    cursor: pointer;
    text-align: inherit;
    -webkit-tap-highlight-color: transparent;
  }
  button:disabled {
    cursor: default;
  }
  :focus-visible {
    outline: 2px solid var(--focus);
    outline-offset: -2px;
  }
  .icon {
    width: 24px;
    height: 24px;
    fill: currentColor;
    flex: none;
    display: block;
  }
  .icon-button {
    width: 40px;
    height: 40px;
    border-radius: 50%;
    display: grid;
    place-items: center;
    flex: none;
    color: var(--text);
    transition: background-color 0.15s;
  }
  .text-button {
    min-height: 32px;
    padding: 4px 12px;
    border-radius: 16px;
    display: inline-flex;
    align-items: center;
    gap: 6px;
    font-weight: 500;
    color: var(--text);
    background: var(--field);
    transition: background-color 0.15s;
  }
  .text-button .icon {
    width: 18px;
    height: 18px;
  }
  @media (hover: hover) {
    .icon-button:not(:disabled):hover,
    .text-button:hover {
      background: color-mix(in srgb, var(--text) 12%, transparent);
    }
  }
  .icon-button:not(:disabled):active,
  .text-button:active {
    background: color-mix(in srgb, var(--text) 18%, transparent);
  }
  bdi,
  .bdi {
    unicode-bidi: isolate;
  }
  .ellipsis {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
    min-width: 0;
  }
  .sr {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  .scroll {
    overflow-y: auto;
    overflow-x: hidden;
    overscroll-behavior: contain;
    scrollbar-width: thin;
    scrollbar-color: var(--scrollbar-thumb-color, rgba(127, 127, 127, 0.5)) transparent;
  }
  .blank {
    display: flex;
    flex-direction: column;
    align-items: center;
    justify-content: center;
    gap: 8px;
    padding: 24px 16px;
    text-align: center;
    color: var(--text-2);
  }
  .blank > .icon {
    width: 40px;
    height: 40px;
    opacity: 0.6;
  }
  .blank strong {
    color: var(--text);
    font-weight: 500;
    overflow-wrap: anywhere;
  }
  .avatar {
    --tint: hsl(var(--hue, 200) 70% 50%);
    width: 40px;
    height: 40px;
    border-radius: 50%;
    flex: none;
    display: grid;
    place-items: center;
    font-size: 16px;
    font-weight: 500;
    color: var(--text);
    background: color-mix(in srgb, var(--tint) 22%, transparent);
  }
  .avatar .icon {
    opacity: 0.8;
  }
  .select {
    max-width: 100%;
    padding-block: 4px;
    padding-inline: 8px 4px;
    min-height: 32px;
    border: 1px solid var(--line);
    border-radius: 8px;
    background: var(--surface);
    text-overflow: ellipsis;
  }
  .spinner {
    width: 20px;
    height: 20px;
    border-radius: 50%;
    border: 2px solid var(--line);
    border-top-color: var(--primary);
    animation: spin 0.9s linear infinite;
  }
  .field {
    border: 1px solid transparent;
    background: var(--field);
    transition: border-color 0.15s;
  }
  .field:focus-within {
    border-color: var(--focus);
  }
  .field :is(input, textarea):focus-visible {
    outline: none;
  }
  ::placeholder {
    color: var(--text-2);
    opacity: 1;
  }
  dialog {
    color: var(--text);
    background: var(--card-background-color, #fff);
    border: 0;
    border-radius: var(--ha-border-radius-3xl, 24px);
    padding: 0;
    box-shadow: 0 8px 32px rgba(0, 0, 0, 0.35);
  }
  dialog::backdrop {
    background: rgba(0, 0, 0, 0.5);
  }
  .icon-back:dir(rtl),
  .icon-send:dir(rtl) {
    transform: scaleX(-1);
  }
  @keyframes spin {
    to {
      transform: rotate(1turn);
    }
  }
  @media (prefers-reduced-motion: reduce) {
    *,
    *::before,
    *::after {
      transition-duration: 0.01ms !important;
      animation-duration: 0.01ms !important;
      animation-iteration-count: 1 !important;
      scroll-behavior: auto !important;
    }
  }
`;
