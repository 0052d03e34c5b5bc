/** Finds conversations by who, by number, and by what was written. */

import { threadKey, type Conversation, type Message } from "./contract";
import type { State } from "./state";

export interface Found {
  conversation: Conversation;
  /** The newest message with the words, where it was they that were found. */
  message?: Message;
}

/** Return a text without what people leave out when they search: case and accents. */
export function fold(text: string): string {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}

/** Return the conversations with all the words of a question, newest first. */
export function search(state: State, conversations: Conversation[], question: string): Found[] {
  const words = fold(question).split(/\s+/u).filter(Boolean);
  if (!words.length) return conversations.map((conversation) => ({ conversation }));
  const digits = question.replace(/[\s()+\-.]/gu, "");
  const number = /^\d{3,}$/u.test(digits) ? digits.replace(/^1(?=\d{10}$)/u, "") : undefined;
  const found: Found[] = [];
  for (const conversation of conversations) {
    if (isNamed(conversation, words, number)) {
      found.push({ conversation });
      continue;
    }
    const message = newestWith(state, conversation, words);
    if (message) found.push({ conversation, message });
  }
  return found;
}

function isNamed({ name, display, contact }: Conversation, words: string[], number?: string): boolean {
  if (number && contact.includes(number)) return true;
  const who = fold(`${name ?? ""} ${display} ${contact}`);
  return words.every((word) => who.includes(word));
}

function newestWith(state: State, conversation: Conversation, words: string[]): Message | undefined {
  const { last } = conversation;
  const messages = state.threads.get(threadKey(conversation))?.messages ?? [];
  const contains = (message: Message): boolean => {
    const text = fold(message.text ?? "");
    return words.every((word) => text.includes(word));
  };
  return messages.findLast(contains) ?? (last && contains(last) ? last : undefined);
}
