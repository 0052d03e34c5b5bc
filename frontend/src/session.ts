/** The card's line to the integration: subscribes, recovers by itself, sends, and tells of changes. */

import * as api from "./api";
import { ApiError, toApiError } from "./api";
import {
  threadKey,
  type Conversation,
  type ConversationsEvent,
  type Message,
  type ThreadId,
} from "./contract";
import type { HassConnection } from "./hass";
import type { Memory } from "./memory";
import { again, newOutgoing, toRequest, withoutArrived, type Attachment, type Outgoing } from "./outbox";
import {
  applyEvent,
  applyNewest,
  applyOlder,
  EMPTY_STATE,
  EMPTY_THREAD,
  newLastMessages,
  newMessages,
  timeOf,
  withoutMessage,
  withRead,
  type State,
  type Thread,
} from "./state";

export const PAGE_SIZE = 100;
const RETRY_DELAYS = [5_000, 10_000, 20_000, 30_000];
const READ_AGAIN = 30_000;

export interface SessionHost {
  /** Something to show has changed. */
  changed(): void;
  /** Messages have come in that were not there before. */
  received(messages: Message[]): void;
}

export class Session {
  state: State = EMPTY_STATE;

  /** Why there is no subscription, where there is none. */
  error: ApiError | undefined;

  connected = true;

  /** Threads that are being read, and those that could not be. */
  readonly loading = new Set<string>();

  readonly failed = new Map<string, ApiError>();

  private _unsubscribe: (() => Promise<void>) | undefined;

  private _attempt = 0;

  private _retries = 0;

  private _timer: ReturnType<typeof setTimeout> | undefined;

  private _stopListening: (() => void) | undefined;

  /** The threads a person looks at: they are read anew after a pause. */
  private readonly _open = new Map<string, ThreadId>();

  private readonly _loads = new Map<string, Promise<void>>();

  private readonly _readAt = new Map<string, number>();

  constructor(
    readonly connection: HassConnection,
    readonly configEntryId: string | undefined,
    readonly memory: Memory,
    private readonly _host: SessionHost,
    private readonly _newId: () => string = newId,
  ) {}

  start(): void {
    this.connected = this.connection.connected !== false;
    this.connection.addEventListener("ready", this._onReady);
    this.connection.addEventListener("disconnected", this._onDisconnected);
    this._stopListening = this.memory.listen(() => this._host.changed());
    void this._subscribe();
  }

  stop(): void {
    this._attempt += 1;
    clearTimeout(this._timer);
    this.connection.removeEventListener("ready", this._onReady);
    this.connection.removeEventListener("disconnected", this._onDisconnected);
    this._stopListening?.();
    this._drop();
  }

  thread(key: string): Thread {
    return this.state.threads.get(key) ?? EMPTY_THREAD;
  }

  /** Read the newest messages of a thread that a person looks at. */
  open(id: ThreadId): void {
    this._open.set(threadKey(id), id);
    if (!this.thread(threadKey(id)).loaded) void this.loadNewest(id);
  }

  close(id: ThreadId): void {
    this._open.delete(threadKey(id));
  }

  async loadNewest(id: ThreadId): Promise<void> {
    const key = threadKey(id);
    await this._loads.get(key);
    const known = new Set(this.thread(key).messages.map((message) => message.key));
    await this._load(key, async () => {
      const page = await api.listMessages(this.connection, id, PAGE_SIZE);
      this._arrived(page.messages.filter((message) => !known.has(message.key)));
      return applyNewest(this.state, key, page, known);
    });
  }

  async loadOlder(id: ThreadId): Promise<void> {
    const key = threadKey(id);
    const thread = this.thread(key);
    if (!thread.hasMore || this.loading.has(key)) return;
    await this._load(key, async () =>
      applyOlder(this.state, key, await api.listMessages(this.connection, id, PAGE_SIZE, thread.before)),
    );
  }

  private _load(key: string, load: () => Promise<State>): Promise<void> {
    this.loading.add(key);
    this.failed.delete(key);
    this._host.changed();
    const done = (async () => {
      try {
        this.state = await load();
      } catch (err) {
        this.failed.set(key, toApiError(err));
      } finally {
        this._loads.delete(key);
        this.loading.delete(key);
        this._host.changed();
      }
    })();
    this._loads.set(key, done);
    return done;
  }

  outgoing(key: string): Outgoing[] {
    return this.memory.outbox.filter((outgoing) => threadKey(outgoing) === key);
  }

  /** Send a message; it is in the outbox until the integration has it. */
  send(id: ThreadId, text: string, attachments: Attachment[]): void {
    const outgoing = newOutgoing(id, text, attachments, this._newId(), Date.now());
    this.memory.outbox = [...this.memory.outbox, outgoing];
    void this._deliver(outgoing);
  }

  sendAgain(requestId: string): void {
    const failed = this._find(requestId);
    // A second click finds it on its way already.
    if (!failed || failed.status === "sending") return;
    const outgoing = again(failed, this._newId);
    this._replace(requestId, outgoing);
    void this._deliver(outgoing);
  }

  discard(requestId: string): void {
    this.memory.outbox = this.memory.outbox.filter((outgoing) => outgoing.requestId !== requestId);
  }

  private async _deliver(outgoing: Outgoing): Promise<void> {
    try {
      const { messages } = await api.sendMessage(this.connection, toRequest(outgoing));
      this.discard(outgoing.requestId);
      this.state = applyEvent(this.state, { messages });
    } catch (err) {
      const { outcomeUnknown, message, lostConnection } = toApiError(err);
      this._replace(outgoing.requestId, {
        ...outgoing,
        status: outcomeUnknown ? "unknown" : "refused",
        reason: lostConnection ? "" : message,
      });
    }
    this._host.changed();
  }

  private _find(requestId: string): Outgoing | undefined {
    return this.memory.outbox.find((outgoing) => outgoing.requestId === requestId);
  }

  private _replace(requestId: string, outgoing: Outgoing): void {
    this.memory.outbox = this.memory.outbox.map((one) => (one.requestId === requestId ? outgoing : one));
  }

  /** Count a conversation as read, here at once and in Home Assistant. */
  markRead(conversation: Conversation): void {
    const key = threadKey(conversation);
    const newest = timeOf(conversation.last);
    // What could not be marked is not asked for again and again, but a new message asks at once.
    const asked = this._readAt.get(`${key}|${newest}`) ?? -Infinity;
    if (!conversation.unread || !this.connected || Date.now() - asked < READ_AGAIN) return;
    this._readAt.set(`${key}|${newest}`, Date.now());
    this.state = withRead(this.state, key);
    this._host.changed();
    // The next snapshot tells what counts.
    api.markRead(this.connection, conversation).catch(() => undefined);
  }

  async delete(message: Message): Promise<void> {
    await api.deleteMessage(this.connection, message);
    this.state = withoutMessage(this.state, message.key);
    this._host.changed();
  }

  private readonly _onReady = (): void => {
    this.connected = true;
    this._retries = 0;
    this._host.changed();
    void this._subscribe();
  };

  private readonly _onDisconnected = (): void => {
    this.connected = false;
    this._unsubscribe = undefined;
    this._attempt += 1;
    clearTimeout(this._timer);
    this._host.changed();
  };

  private async _subscribe(): Promise<void> {
    // A subscription that was on its way when the connection broke never answers: what it says
    // later belongs to an older attempt and counts for nothing.
    const attempt = (this._attempt += 1);
    clearTimeout(this._timer);
    this._drop();
    try {
      const unsubscribe = await api.subscribe(this.connection, this.configEntryId, (event) => {
        if (attempt === this._attempt) this._onEvent(event);
      });
      if (attempt === this._attempt) this._unsubscribe = unsubscribe;
      else void unsubscribe().catch(() => undefined);
      if (attempt === this._attempt && this.error) {
        this.error = undefined;
        this._host.changed();
      }
      this._retries = 0;
    } catch (err) {
      if (attempt !== this._attempt) return;
      this.error = toApiError(err);
      this._host.changed();
      this._retry();
    }
  }

  private _retry(): void {
    const delay = RETRY_DELAYS[Math.min(this._retries, RETRY_DELAYS.length - 1)];
    this._retries += 1;
    this._timer = setTimeout(() => void this._subscribe(), delay);
  }

  private _drop(): void {
    const unsubscribe = this._unsubscribe;
    this._unsubscribe = undefined;
    unsubscribe?.().catch(() => undefined);
  }

  private _onEvent(event: ConversationsEvent): void {
    const before = this.state;
    const news = newMessages(event, before);
    this.state = applyEvent(before, event);
    this._arrived([...news, ...newLastMessages(event, before)]);
    if (event.snapshot) this._resync();
    this._host.changed();
    if (before.ready && news.length) this._host.received(news);
  }

  private _arrived(messages: Message[]): void {
    if (this.memory.outbox.length) this.memory.outbox = withoutArrived(this.memory.outbox, messages);
  }

  /** Read the open threads anew; the others when they are opened. */
  private _resync(): void {
    const threads = new Map(this.state.threads);
    for (const [key, thread] of threads) {
      if (!this._open.has(key)) threads.set(key, { ...thread, loaded: false });
    }
    this.state = { ...this.state, threads };
    for (const id of this._open.values()) void this.loadNewest(id);
  }
}

/** Return a random UUID, also where the page is not served over https. */
function newId(): string {
  if (typeof crypto.randomUUID === "function") return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
