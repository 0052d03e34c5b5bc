import type { Account, Conversation, Message, ThreadId } from "../../src/contract";

export const ALEX: ThreadId = { config_entry_id: "entry", did: "5551230000", contact: "5552340001" };
export const KIM: ThreadId = { ...ALEX, contact: "5552340002" };

export const at = (minute: number): string => new Date(Date.UTC(2026, 10, 25, 12, minute)).toISOString();

export function message(key: string, minute: number, changes: Partial<Message> = {}): Message {
  return {
    ...ALEX,
    key,
    id: null,
    kind: "sms",
    direction: "received",
    text: key,
    time: at(minute),
    media: [],
    delivery: null,
    ...changes,
  };
}

export function conversation(
  id: ThreadId,
  last: Message | null,
  changes: Partial<Conversation> = {},
): Conversation {
  return { ...id, id: `c-${id.contact}`, name: null, display: id.contact, last, unread: 0, ...changes };
}

export function account(changes: Partial<Account> = {}): Account {
  return {
    config_entry_id: "entry",
    title: "Home",
    available: true,
    error: null,
    numbers: [{ did: ALEX.did, name: "Kitchen", display: "(555) 123-0000", can_send: true, active: true }],
    contacts: [],
    may_delete: false,
    ...changes,
  };
}
