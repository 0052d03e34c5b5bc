import { css } from "lit";

export const logStyles = css`
  :host {
    display: block;
    position: relative;
    flex: 1;
    min-height: 0;
  }
  .scroll {
    position: absolute;
    inset: 0;
    display: flex;
    flex-direction: column;
    overflow-anchor: none;
    padding-inline: max(12px, calc((100% - 1040px) / 2));
  }
  .canvas {
    margin-top: auto;
    padding-bottom: 8px;
    width: 100%;
  }
  .start {
    min-height: 56px;
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: center;
    gap: 8px;
    padding: 8px;
    color: var(--text-2);
    font-size: 12px;
    text-align: center;
    overflow-wrap: anywhere;
  }
  .day {
    display: flex;
    justify-content: center;
    padding-block: 12px 8px;
    font-size: 12px;
    line-height: 16px;
    font-weight: 500;
    color: var(--text-2);
  }
  .message {
    display: flex;
    flex-direction: column;
    align-items: flex-start;
    gap: 4px;
    padding-bottom: 10px;
    position: relative;
    --bubble: color-mix(in srgb, var(--text) 9%, transparent);
  }
  .message.joined {
    padding-bottom: 3px;
  }
  .message.sent {
    align-items: flex-end;
    --bubble: color-mix(in srgb, var(--primary) 26%, transparent);
  }
  .bubble {
    max-width: min(80%, 560px);
    padding: 8px 14px;
    border-radius: 18px;
    border-end-start-radius: 6px;
    background: var(--bubble);
  }
  .sent .bubble {
    border-end-start-radius: 18px;
    border-end-end-radius: 6px;
  }
  .joined .bubble {
    border-radius: 18px;
  }
  .failing .bubble {
    --bubble: color-mix(in srgb, var(--error) 16%, transparent);
  }
  .text {
    unicode-bidi: plaintext;
    text-align: start;
    white-space: pre-wrap;
    overflow-wrap: anywhere;
  }
  .text a {
    color: inherit;
    text-decoration: underline;
    text-underline-offset: 2px;
  }
  voipms-message-media,
  .preview,
  .attachment {
    max-width: min(80%, 360px);
  }
  .preview {
    display: block;
    max-height: 240px;
    border-radius: 18px;
    opacity: 0.7;
  }
  .attachment {
    display: inline-flex;
    align-items: center;
    gap: 8px;
    padding: 8px 14px;
    border-radius: 18px;
    background: var(--bubble);
  }
  .meta {
    display: inline-flex;
    align-items: center;
    gap: 4px;
    font-size: 12px;
    line-height: 16px;
    padding-inline: 6px;
    border-radius: 4px;
    color: var(--text-2);
  }
  .meta .icon,
  .failed .icon {
    width: 16px;
    height: 16px;
  }
  .joined .meta:not(:focus-visible) {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
  }
  .failed {
    display: inline-flex;
    align-items: flex-start;
    gap: 4px;
    color: var(--text);
  }
  .failed .icon {
    color: var(--error);
  }
  .details {
    display: flex;
    flex-direction: column;
    align-items: inherit;
    gap: 8px;
    max-width: min(90%, 560px);
    padding: 2px 6px;
    font-size: 12px;
    line-height: 16px;
    color: var(--text-2);
    overflow-wrap: anywhere;
  }
  .actions {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
  }
  .danger .icon {
    color: var(--error);
  }
  .found .bubble {
    box-shadow: 0 0 0 2px var(--primary);
  }
  .pill {
    position: absolute;
    inset-block-end: 12px;
    inset-inline: 0;
    margin-inline: auto;
    width: fit-content;
    min-width: 40px;
    height: 40px;
    border-radius: 20px;
    display: flex;
    align-items: center;
    justify-content: center;
    gap: 4px;
    padding-inline: 8px;
    background: var(--card-background-color, #fff);
    color: var(--text);
    border: 1px solid var(--line);
    box-shadow: 0 2px 8px rgba(0, 0, 0, 0.25);
    font-weight: 500;
  }
  .pill.news {
    padding-inline-start: 16px;
    background: var(--primary);
    color: var(--on-primary);
    border-color: transparent;
  }
`;
