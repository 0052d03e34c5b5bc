/** What the integration and the card say to each other over the WebSocket. */

export type Direction = "received" | "sent";
export type MediaType = "image" | "video" | "audio" | "file";

export interface NumberInfo {
  did: string;
  name: string;
  display: string;
  can_send: boolean;
  active: boolean;
}

export interface Contact {
  name: string;
  number: string;
  display: string;
  did?: string | null;
}

export interface Account {
  config_entry_id: string;
  title: string;
  available: boolean;
  error: string | null;
  numbers: NumberInfo[];
  contacts: Contact[];
  may_delete: boolean;
}

export interface Media {
  url: string;
  type: MediaType | null;
  name: string;
}

/** What a thread is known by. */
export interface ThreadId {
  config_entry_id: string;
  did: string;
  contact: string;
}

export interface Message extends ThreadId {
  key: string;
  id: string | number | null;
  kind: "sms" | "mms" | null;
  direction: Direction;
  text: string | null;
  time: string;
  media: Media[];
  delivery: "delivered" | "failed" | null;
  request_id?: string | null;
}

export interface Conversation extends ThreadId {
  id: string;
  name: string | null;
  display: string;
  last: Message | null;
  unread: number;
}

export interface ConversationsEvent {
  snapshot?: boolean;
  accounts?: Account[];
  conversations?: Conversation[];
  messages?: Message[];
  removed?: string[];
  removed_messages?: string[];
}

export interface MessagesPage {
  messages: Message[];
  has_more: boolean;
  /** What to ask for next, where it is not the time of the oldest message. */
  before?: string | null;
}

export interface SendRequest extends ThreadId {
  message: string;
  media?: string[];
  request_id: string;
}

/** Messages of one contact with one of our numbers belong together. */
export function threadKey(id: ThreadId): string {
  return `${id.config_entry_id}|${id.did}|${id.contact}`;
}
