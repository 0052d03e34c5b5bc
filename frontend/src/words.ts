/** How people, numbers and messages are called in the card. */

import { oneLine } from "./bidi";
import {
  threadKey,
  type Account,
  type Conversation,
  type Message,
  type NumberInfo,
  type ThreadId,
} from "./contract";
import type { IconName } from "./icons";
import type { Localize } from "./localize";
import { formatNumber } from "./phone-numbers";
import type { State } from "./state";

/** Who a conversation is with. */
export interface Party {
  title: string;
  /** The number, where the title is a name. */
  number: string | undefined;
  isName: boolean;
}

export function partyOf(state: State, id: ThreadId): Party {
  const key = threadKey(id);
  const conversation = state.conversations.find((one) => threadKey(one) === key);
  const contact = accountOf(state, id)?.contacts.find(({ number }) => number === id.contact);
  const name = conversation?.name ?? contact?.name;
  const display = conversation?.display ?? contact?.display ?? formatNumber(id.contact);
  return { title: name ?? display, number: name ? display : undefined, isName: Boolean(name) };
}

export function accountOf(state: State, id: { config_entry_id: string }): Account | undefined {
  return state.accounts.find(({ config_entry_id }) => config_entry_id === id.config_entry_id);
}

export function numberOf(state: State, id: ThreadId): NumberInfo | undefined {
  return accountOf(state, id)?.numbers.find(({ did }) => did === id.did);
}

/** Return what a number of ours is called. */
export function numberName(number: NumberInfo | undefined, did: string): string {
  return number?.name || number?.display || formatNumber(did);
}

/** Return a number of ours in full, for a list to choose from. */
export function numberInFull({ name, display }: NumberInfo): string {
  return name && name !== display ? `${name} · ${display}` : display;
}

export interface SendingNumber extends NumberInfo {
  account: Account;
}

/** Return the numbers that a message can go out from. */
export function sendingNumbers(state: State, dids: string[] | undefined, entry?: string): SendingNumber[] {
  return state.accounts
    .filter((account) => !entry || account.config_entry_id === entry)
    .flatMap((account) => account.numbers.map((number) => ({ ...number, account })))
    .filter(({ did, can_send, active }) => can_send && active && (!dids || dids.includes(did)));
}

/** Return the first line of what a message says, or what it carries. */
export function previewOf(t: Localize, message: Message | null): { text: string; icon?: IconName } {
  if (!message) return { text: "" };
  const text = oneLine(message.text ?? "");
  const [first, ...others] = message.media;
  if (!first) return { text: text || t("kind.none") };
  const kind = first.type ?? "file";
  const words = others.length ? t("kind.media", { count: others.length + 1 }) : t(`kind.${kind}`);
  return { text: text || words, icon: kind };
}

/** Return a colour for somebody, the same every time. */
export function hueOf({ contact }: { contact: string }): number {
  let hash = 0;
  for (const character of contact) hash = (hash * 31 + (character.codePointAt(0) ?? 0)) >>> 0;
  // Neighbouring numbers get colours far from each other.
  return (hash * 137) % 360;
}

export function initialOf(party: Party): string | undefined {
  const first = party.isName ? /[\p{L}\p{N}]/u.exec(party.title)?.[0] : undefined;
  return first?.toUpperCase();
}

/** Return the conversations that the card is set to show. */
export function shownConversations(state: State, dids: string[] | undefined): Conversation[] {
  return dids ? state.conversations.filter(({ did }) => dids.includes(did)) : state.conversations;
}
