/** Conversations to look at where there are none: in the card picker. */

import { threadKey, type Conversation, type Direction, type Message, type ThreadId } from "./contract";
import type { Localize } from "./localize";
import type { State } from "./state";

const ENTRY = "sample";
const DID = "5551230000";
const MINUTE = 60_000;

export function sampleState(t: Localize, now: number): State {
  const alex = thread("5552340001");
  const messages = [
    message(alex, "received", t("sample.alex_1"), now - 14 * MINUTE),
    message(alex, "sent", t("sample.alex_2"), now - 12 * MINUTE),
    message(alex, "received", t("sample.alex_3"), now - 11 * MINUTE),
  ];
  const school = message(thread("5552340002"), "received", t("sample.school"), now - 190 * MINUTE);
  const bakery = message(thread("5552340003"), "received", t("sample.bakery"), now - 1500 * MINUTE);
  const names = t("sample.names.alex");
  return {
    ready: true,
    accounts: [
      {
        config_entry_id: ENTRY,
        title: "VoIP.ms",
        available: true,
        error: null,
        may_delete: false,
        contacts: [],
        numbers: [{ did: DID, name: "", display: "(555) 123-0000", can_send: true, active: true }],
      },
    ],
    conversations: [
      conversation(names, messages.at(-1), 1),
      conversation(t("sample.names.school"), school, 0),
      conversation(t("sample.names.bakery"), bakery, 0),
    ].flatMap((one) => one ?? []),
    threads: new Map([[threadKey(alex), { messages, loaded: true, hasMore: false, before: undefined }]]),
  };
}

function thread(contact: string): ThreadId {
  return { config_entry_id: ENTRY, did: DID, contact };
}

function message(id: ThreadId, direction: Direction, text: string, time: number): Message {
  return {
    ...id,
    key: `${id.contact}-${time}`,
    id: null,
    kind: "sms",
    direction,
    text,
    time: new Date(time).toISOString(),
    media: [],
    delivery: direction === "sent" ? "delivered" : null,
  };
}

function conversation(name: string, last: Message | undefined, unread: number): Conversation | undefined {
  if (!last) return undefined;
  const { config_entry_id, did, contact } = last;
  return { id: contact, config_entry_id, did, contact, name, display: contact, last, unread };
}
