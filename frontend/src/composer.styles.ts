import { css } from "lit";

export const composerStyles = css`
  :host {
    display: block;
    padding: 8px 8px 10px;
    padding-inline: max(8px, calc((100% - 1048px) / 2));
    border-top: 1px solid var(--line);
  }
  .bar {
    display: flex;
    align-items: flex-end;
    gap: 4px;
  }
  .box {
    flex: 1;
    min-width: 0;
    display: flex;
    border-radius: 20px;
    overflow: hidden;
    cursor: text;
  }
  textarea {
    display: block;
    width: 100%;
    height: 38px;
    max-height: min(180px, 30vh);
    padding: 9px 16px;
    border: 0;
    background: none;
    resize: none;
    overflow-y: auto;
    line-height: 20px;
    /* Smaller letters make a phone zoom in. */
    font-size: 16px;
    overflow-wrap: anywhere;
    scrollbar-width: thin;
  }
  @media (hover: hover) {
    textarea {
      font-size: inherit;
    }
  }
  .send:not(:disabled) {
    background: var(--primary);
    color: var(--on-primary);
  }
  .send .icon {
    width: 20px;
    height: 20px;
  }
  .send:disabled {
    opacity: 0.4;
  }
  .send:not(:disabled):hover {
    background: color-mix(in srgb, var(--primary) 88%, var(--text));
  }
  .below {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: 8px;
    padding-inline: 44px;
    min-height: 16px;
    margin-top: 4px;
    font-size: 12px;
    line-height: 16px;
    color: var(--text-2);
  }
  .below:not(:has(select)):has(#goes:empty) {
    display: none;
  }
  #goes {
    margin-inline-start: auto;
    text-align: end;
    display: inline-flex;
    flex: none;
    gap: 8px;
  }
  #goes strong {
    font-weight: 500;
    color: var(--text);
  }
  .too_long strong {
    text-decoration: underline 2px var(--error);
    text-underline-offset: 2px;
  }
  .from {
    min-width: 0;
    flex: 0 1 auto;
    height: 24px;
    padding: 0;
    padding-inline-end: 2px;
    border: 0;
    border-radius: 4px;
    background: transparent;
    color: var(--text-2);
    text-overflow: ellipsis;
    cursor: pointer;
  }
  .from option {
    color: var(--text);
    background: var(--card-background-color, #fff);
  }
  .attach {
    position: relative;
  }
  .menu {
    position: absolute;
    z-index: 2;
    inset-block-end: calc(100% + 8px);
    inset-inline-start: 0;
    width: max-content;
    max-width: min(320px, 80vw);
    padding: 8px 0;
    border-radius: 12px;
    background: var(--card-background-color, #fff);
    box-shadow: 0 4px 20px rgba(0, 0, 0, 0.35);
    border: 1px solid var(--line);
  }
  .menu button {
    display: flex;
    align-items: center;
    gap: 12px;
    width: 100%;
    min-height: 44px;
    padding: 8px 16px;
  }
  .menu button:hover {
    background: var(--hover);
  }
  .menu .icon {
    color: var(--text-2);
  }
  .chips {
    list-style: none;
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
    margin: 0;
    padding: 0 4px 8px;
  }
  .chip {
    display: flex;
    align-items: center;
    gap: 8px;
    max-width: min(240px, 100%);
    min-height: 40px;
    border-radius: 12px;
    background: var(--field);
    padding-inline-start: 10px;
    overflow: hidden;
  }
  .chip:has(img) {
    padding-inline-start: 0;
  }
  .chip:has(.spinner) {
    padding-inline-end: 12px;
  }
  .chip img {
    width: 40px;
    height: 40px;
    object-fit: cover;
    flex: none;
  }
  .chip .icon-button .icon {
    width: 18px;
    height: 18px;
  }
  .error {
    display: flex;
    gap: 8px;
    padding: 0 8px 8px;
    font-size: 13px;
    overflow-wrap: anywhere;
  }
  .error .icon {
    width: 20px;
    height: 20px;
    color: var(--error);
  }
`;
