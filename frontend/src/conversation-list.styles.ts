import { css } from "lit";

export const listStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    min-height: 0;
    height: 100%;
  }
  .heading {
    margin: 0;
    padding: 12px 16px 0;
    font-size: var(--ha-card-header-font-size, var(--ha-font-size-2xl, 24px));
    font-family: var(--ha-card-header-font-family, inherit);
    font-weight: var(--ha-font-weight-normal, 400);
    color: var(--ha-card-header-color, var(--text));
    line-height: 40px;
  }
  .bar {
    display: flex;
    align-items: center;
    gap: 4px;
    padding: 12px;
    padding-inline-end: 8px;
  }
  :host([compact]) .bar {
    padding-block: 8px;
  }
  .search {
    flex: 1;
    min-width: 0;
    display: flex;
    align-items: center;
    height: 40px;
    border-radius: 20px;
    padding-inline-start: 10px;
    gap: 8px;
    color: var(--text-2);
    cursor: text;
  }
  .search .icon {
    width: 20px;
    height: 20px;
  }
  .search input {
    flex: 1;
    min-width: 0;
    height: 100%;
    border: 0;
    background: none;
    outline: none;
    color: var(--text);
    font-size: max(16px, 1em);
    appearance: none;
  }
  @media (hover: hover) {
    .search input {
      font-size: inherit;
    }
  }
  .search input::-webkit-search-cancel-button {
    display: none;
  }
  .new {
    color: var(--text);
  }
  .new:disabled {
    opacity: 0.4;
  }
  .scroll {
    flex: 1;
    min-height: 0;
    position: relative;
  }
  .blank {
    min-height: 100%;
  }
  ul {
    list-style: none;
    margin: 0;
    padding: 0;
    position: relative;
  }
  li {
    position: absolute;
    inset-inline: 0;
    height: var(--row);
    contain: layout paint style;
  }
  .row {
    display: flex;
    align-items: center;
    gap: 12px;
    width: 100%;
    height: 100%;
    padding-inline: 16px;
    transition: background-color 0.15s;
  }
  @media (hover: hover) {
    .row:hover {
      background: var(--hover);
    }
  }
  .row:active {
    background: color-mix(in srgb, var(--text) 12%, transparent);
  }
  .row.selected {
    background: color-mix(in srgb, var(--primary) 16%, transparent);
  }
  .lines {
    flex: 1;
    min-width: 0;
    display: flex;
    flex-direction: column;
    gap: 2px;
  }
  .line {
    display: flex;
    align-items: center;
    gap: 8px;
    min-height: 20px;
  }
  .name {
    flex: 1;
    font-size: var(--ha-font-size-l, 16px);
    line-height: 22px;
  }
  :host([compact]) .name {
    font-size: inherit;
    line-height: 20px;
    font-weight: 500;
  }
  .number {
    font-weight: 400;
  }
  .time,
  .number {
    font-size: 12px;
    line-height: 16px;
    color: var(--text-2);
    flex: none;
  }
  .preview {
    flex: 1;
    color: var(--text-2);
  }
  .preview .icon {
    width: 16px;
    height: 16px;
    display: inline-block;
    vertical-align: -3px;
    margin-inline-end: 2px;
  }
  /* Their own direction is that of the stranger's words; their place is that of the card. */
  .row:dir(rtl) :is(.name, .preview) {
    text-align: right;
  }
  .row:dir(ltr) :is(.name, .preview) {
    text-align: left;
  }
  .unread .name,
  .unread .preview {
    font-weight: 600;
    color: var(--text);
  }
  .unread .time {
    color: var(--text);
    font-weight: 500;
  }
  .badge {
    flex: none;
    min-width: 20px;
    height: 20px;
    padding-inline: 6px;
    border-radius: 10px;
    background: var(--primary);
    color: var(--on-primary);
    font-size: 12px;
    font-weight: 600;
    line-height: 20px;
    text-align: center;
    position: relative;
  }
`;
