/** A Home Assistant as the card sees it: answers the commands of the contract, breaks when told to. */

import type {
  Account,
  Conversation,
  ConversationsEvent,
  Message,
  MessagesPage,
  SendRequest,
  ThreadId,
} from "../../src/contract";
import { threadKey } from "../../src/contract";
import type { HassConnection } from "../../src/hass";
import type { Scene } from "./scenes";

type Command = Record<string, unknown> & { type: string };
type Listener = () => void;

interface Failure {
  code: string;
  message: string;
}

const LOST = { type: "result", success: false, error: { code: 3, message: "Connection lost" } };

export class FakeHome implements HassConnection {
  connected = true;
  /** Whether the integration is loaded. */
  loaded = true;
  latency = 5;
  /** Why older messages cannot be read, where that is so. */
  listFailure: Failure | undefined;
  /** What the next messages to send are answered with. */
  failures: (Failure | "lost_before" | "lost_after")[] = [];
  /** Whether an event comes before the answer to what caused it, as it does in Home Assistant. */
  tellsOwnRequests = true;

  /** What VoIP.ms was asked to send. */
  readonly sent: SendRequest[] = [];
  readonly commands: Command[] = [];

  private readonly _listeners = new Map<string, Set<Listener>>();
  private readonly _subscribers = new Set<(event: ConversationsEvent) => void>();
  private readonly _answers = new Map<string, Message[]>();
  private readonly _pending = new Set<(reason: unknown) => void>();
  private _count = 0;

  constructor(readonly scene: Scene) {}

  addEventListener(event: string, callback: Listener): void {
    const listeners = this._listeners.get(event) ?? new Set();
    this._listeners.set(event, listeners.add(callback));
  }

  removeEventListener(event: string, callback: Listener): void {
    this._listeners.get(event)?.delete(callback);
  }

  lose(): void {
    this.connected = false;
    this._subscribers.clear();
    for (const reject of this._pending) reject(LOST);
    this._pending.clear();
    this._fire("disconnected");
  }

  restore(): void {
    this.connected = true;
    this._fire("ready");
  }

  private _fire(event: string): void {
    for (const listener of this._listeners.get(event) ?? []) listener();
  }

  async subscribeMessage<T>(
    callback: (event: T) => void,
    message: Record<string, unknown>,
  ): Promise<() => Promise<void>> {
    await this._wait(message as Command);
    if (!this.loaded) throw { code: "unknown_command", message: "Unknown command." };
    const subscriber = callback as (event: ConversationsEvent) => void;
    this._subscribers.add(subscriber);
    queueMicrotask(() => subscriber(this._snapshot()));
    return () => {
      this._subscribers.delete(subscriber);
      return Promise.resolve();
    };
  }

  private _snapshot(): ConversationsEvent {
    const { accounts, conversations } = this.scene;
    return structuredClone({ snapshot: true, accounts, conversations });
  }

  async sendMessagePromise<T>(message: Record<string, unknown>): Promise<T> {
    const command = message as Command;
    await this._wait(command);
    return structuredClone(this._answer(command)) as T;
  }

  private _wait(command: Command): Promise<void> {
    this.commands.push(structuredClone(command));
    if (!this.connected) return Promise.reject(3);
    return new Promise((resolve, reject) => {
      this._pending.add(reject);
      setTimeout(() => {
        if (this._pending.delete(reject)) resolve();
      }, this.latency);
    });
  }

  private _answer(command: Command): unknown {
    if (command.type.startsWith("voipms/") && !this.loaded) {
      throw { code: "unknown_command", message: "Unknown command." };
    }
    const id = command as unknown as ThreadId;
    switch (command.type) {
      case "voipms/messages/list":
        if (this.listFailure) throw this.listFailure as unknown as Error;
        return this._list(id, Number(command.limit), command.before as string | undefined);
      case "voipms/messages/send":
        return this._send(command as unknown as SendRequest);
      case "voipms/messages/read":
        this.change(id, (conversation) => (conversation.unread = 0));
        return null;
      case "voipms/messages/delete":
        this.remove(String(command.key));
        return null;
      case "auth/sign_path":
        return { path: `${String(command.path)}?authSig=fresh` };
      case "media_source/browse_media":
        return this.scene.media[String(command.media_content_id ?? "")] ?? { children: [] };
      default:
        throw { code: "unknown_command", message: "Unknown command." };
    }
  }

  private _list(id: ThreadId, limit: number, before: string | undefined): MessagesPage {
    const all = this.messages(id).filter(({ time }) => !before || time < before);
    return { messages: all.slice(-limit), has_more: all.length > limit };
  }

  messages(id: ThreadId): Message[] {
    const key = threadKey(id);
    let messages = this.scene.threads.get(key);
    if (!messages) this.scene.threads.set(key, (messages = []));
    return messages;
  }

  private _send(request: SendRequest): { messages: Message[] } {
    const answered = this._answers.get(request.request_id);
    if (answered) return { messages: answered };
    const failure = this.failures.shift();
    if (failure === "lost_before") {
      this.lose();
      throw LOST as unknown as Error;
    }
    if (failure && failure !== "lost_after") throw failure as unknown as Error;
    this.sent.push(structuredClone(request));
    const message = this._message(request, "sent", request.message, request.request_id);
    this._answers.set(request.request_id, [message]);
    if (failure === "lost_after") this.lose();
    this.add(message, true);
    if (failure === "lost_after") throw LOST as unknown as Error;
    return { messages: [message] };
  }

  private _message(id: ThreadId, direction: Message["direction"], text: string, requestId?: string): Message {
    this._count += 1;
    return {
      config_entry_id: id.config_entry_id,
      did: id.did,
      contact: id.contact,
      key: `new-${this._count}`,
      id: 900_000 + this._count,
      kind: "sms",
      direction,
      text,
      time: new Date(Date.now()).toISOString(),
      media: [],
      delivery: null,
      request_id: this.tellsOwnRequests ? (requestId ?? null) : null,
    };
  }

  /** Somebody writes. */
  receive(id: ThreadId, text: string, extra: Partial<Message> = {}): Message {
    const message = { ...this._message(id, "received", text), ...extra };
    this.add(message, false);
    return message;
  }

  add(message: Message, read: boolean): void {
    this.messages(message).push(message);
    const key = threadKey(message);
    const known = this.scene.conversations.find((one) => threadKey(one) === key);
    const { config_entry_id, did, contact } = message;
    const conversation: Conversation = known ?? {
      id: key,
      config_entry_id,
      did,
      contact,
      name: null,
      display: contact.replace(/^(\d{3})(\d{3})(\d{4})$/, "($1) $2-$3"),
      last: null,
      unread: 0,
    };
    conversation.last = message;
    if (!read) conversation.unread += 1;
    this.scene.conversations = [conversation, ...this.scene.conversations.filter((one) => one !== known)];
    this.tell({ messages: [message], conversations: [conversation] });
  }

  /** A message changes: delivered, or its picture has come. */
  alter(id: ThreadId, key: string, changes: Partial<Message>): void {
    const message = this.messages(id).find((one) => one.key === key);
    if (!message) return;
    Object.assign(message, changes);
    this.tell({ messages: [message] });
  }

  remove(key: string): void {
    for (const messages of this.scene.threads.values()) {
      const index = messages.findIndex((one) => one.key === key);
      if (index >= 0) messages.splice(index, 1);
    }
    this.tell({ removed_messages: [key] });
  }

  change(id: ThreadId, change: (conversation: Conversation) => void): void {
    const conversation = this.scene.conversations.find((one) => threadKey(one) === threadKey(id));
    if (!conversation) return;
    change(conversation);
    this.tell({ conversations: [conversation] });
  }

  changeAccount(index: number, changes: Partial<Account>): void {
    const account = this.scene.accounts[index];
    if (!account) return;
    Object.assign(account, changes);
    this.tell({ accounts: [account] });
  }

  tell(event: ConversationsEvent): void {
    for (const subscriber of this._subscribers) subscriber(structuredClone(event));
  }
}
