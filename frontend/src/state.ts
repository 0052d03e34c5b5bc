/** What the card knows of accounts, conversations and messages, and how an event changes it. */

import {
  threadKey,
  type Account,
  type Conversation,
  type ConversationsEvent,
  type Message,
  type MessagesPage,
} from "./contract";

export interface Thread {
  /** Oldest first. */
  messages: Message[];
  /** Whether the newest page has been read, and not only a message or two heard of. */
  loaded: boolean;
  hasMore: boolean;
  /** What to ask for to get what is older. */
  before: string | undefined;
}

export interface State {
  /** Whether a snapshot has come. */
  ready: boolean;
  accounts: Account[];
  /** Newest first. */
  conversations: Conversation[];
  threads: ReadonlyMap<string, Thread>;
}

export const EMPTY_STATE: State = { ready: false, accounts: [], conversations: [], threads: new Map() };

export const EMPTY_THREAD: Thread = { messages: [], loaded: false, hasMore: false, before: undefined };

/** Return a time as a number to sort by; what cannot be read is the oldest. */
export function timeOf(message: Message | null): number {
  return (message && Date.parse(message.time)) || 0;
}

function byTime(one: Message, other: Message): number {
  return timeOf(one) - timeOf(other) || compareIds(one, other);
}

function compareIds(one: Message, other: Message): number {
  const difference = Number(one.id) - Number(other.id);
  if (difference) return difference;
  return one.key < other.key ? -1 : one.key > other.key ? 1 : 0;
}

/** Return both lists as one, oldest first, the later word on a message winning. */
export function mergeMessages(known: Message[], news: Message[]): Message[] {
  const merged = new Map(known.map((message) => [message.key, message]));
  for (const message of news) merged.set(message.key, message);
  return [...merged.values()].sort(byTime);
}

/** Return the state after an event of the subscription. */
export function applyEvent(state: State, event: ConversationsEvent): State {
  const accounts = event.accounts
    ? event.snapshot
      ? event.accounts
      : mergeAccounts(state.accounts, event.accounts)
    : state.accounts;
  return {
    ready: state.ready || event.snapshot === true,
    accounts,
    conversations: nextConversations(state.conversations, event),
    threads: nextThreads(state.threads, event),
  };
}

function mergeAccounts(known: Account[], news: Account[]): Account[] {
  const merged = new Map(known.map((account) => [account.config_entry_id, account]));
  for (const account of news) merged.set(account.config_entry_id, account);
  return [...merged.values()];
}

function nextConversations(known: Conversation[], event: ConversationsEvent): Conversation[] {
  if (!event.snapshot && !event.conversations?.length && !event.removed?.length) return known;
  const removed = new Set(event.removed);
  const merged = new Map<string, Conversation>();
  if (!event.snapshot) for (const one of known) merged.set(threadKey(one), one);
  for (const one of event.conversations ?? []) merged.set(threadKey(one), one);
  return [...merged.values()]
    .filter((one) => !removed.has(one.id))
    .sort((one, other) => timeOf(other.last) - timeOf(one.last));
}

function nextThreads(
  known: ReadonlyMap<string, Thread>,
  event: ConversationsEvent,
): ReadonlyMap<string, Thread> {
  const news = new Map<string, Message[]>();
  for (const message of event.messages ?? []) {
    const key = threadKey(message);
    news.set(key, [...(news.get(key) ?? []), message]);
  }
  const removed = new Set(event.removed_messages);
  if (!news.size && !removed.size) return known;
  const threads = new Map(known);
  for (const [key, messages] of news) {
    const thread = threads.get(key) ?? EMPTY_THREAD;
    threads.set(key, { ...thread, messages: mergeMessages(thread.messages, messages) });
  }
  if (removed.size) {
    for (const [key, thread] of threads) {
      const messages = thread.messages.filter((message) => !removed.has(message.key));
      if (messages.length !== thread.messages.length) threads.set(key, { ...thread, messages });
    }
  }
  return threads;
}

/**
 * Return the state after the newest messages of a thread were read.
 *
 * `known` are the keys that were there when they were asked for: what is not on the page and not
 * older than it was deleted while nobody listened, except for what came in the meantime.
 */
export function applyNewest(state: State, key: string, page: MessagesPage, known: Set<string>): State {
  const thread = state.threads.get(key) ?? EMPTY_THREAD;
  const keys = new Set(page.messages.map((message) => message.key));
  const start = timeOf(page.messages[0] ?? null);
  // Where page and thread do not touch, what lies between them is missing: begin anew.
  const touching = thread.loaded && page.has_more && thread.messages.some((message) => keys.has(message.key));
  const older = touching ? thread.messages.filter((message) => timeOf(message) < start) : [];
  const meanwhile = thread.messages.filter((message) => !known.has(message.key));
  const messages = mergeMessages([...older, ...meanwhile], page.messages);
  return withThread(state, key, {
    messages,
    loaded: true,
    hasMore: older.length ? thread.hasMore : page.has_more,
    before: older.length ? thread.before : cursor(page, page.messages),
  });
}

/** Return the state after an older page of a thread was read. */
export function applyOlder(state: State, key: string, page: MessagesPage): State {
  const thread = state.threads.get(key) ?? EMPTY_THREAD;
  const messages = mergeMessages(page.messages, thread.messages);
  const before = cursor(page, messages);
  return withThread(state, key, {
    messages,
    loaded: true,
    // An answer that leads no further would be asked for again and again.
    hasMore: page.has_more && (page.messages.length > 0 || before !== thread.before),
    before,
  });
}

/** Return the state after a message was deleted here. */
export function withoutMessage(state: State, key: string): State {
  return applyEvent(state, { removed_messages: [key] });
}

/** Return the state with a conversation counted as read. */
export function withRead(state: State, key: string): State {
  const conversations = state.conversations.map((one) =>
    threadKey(one) === key && one.unread ? { ...one, unread: 0 } : one,
  );
  return { ...state, conversations };
}

function withThread(state: State, key: string, thread: Thread): State {
  return { ...state, threads: new Map(state.threads).set(key, thread) };
}

function cursor(page: MessagesPage, messages: Message[]): string | undefined {
  return page.before ?? messages[0]?.time;
}

/** Return the messages of an event that were not known before. */
export function newMessages(event: ConversationsEvent, before: State): Message[] {
  return (event.messages ?? []).filter((message) => !isKnown(message, before));
}

/** Return the last messages of conversations in an event that were not known before. */
export function newLastMessages(event: ConversationsEvent, before: State): Message[] {
  const last = new Set(before.conversations.map((one) => one.last?.key));
  return (event.conversations ?? []).flatMap((one) =>
    one.last && !last.has(one.last.key) && !isKnown(one.last, before) ? one.last : [],
  );
}

function isKnown({ key, ...message }: Message, { threads }: State): boolean {
  return threads.get(threadKey(message))?.messages.some((known) => known.key === key) === true;
}
