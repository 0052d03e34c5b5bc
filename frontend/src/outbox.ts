/** Messages on their way: what a person has sent and the service has not confirmed. */

import { threadKey, type Message, type SendRequest, type ThreadId } from "./contract";
import { timeOf } from "./state";

/** A picture or file that a message will carry. */
export interface Attachment {
  /** What the integration takes: a data URI, an entity id, or the id of a media source. */
  source: string;
  name: string;
  /** A picture that the browser itself holds, to show what will be sent. */
  preview?: string;
}

export interface Outgoing extends ThreadId {
  requestId: string;
  text: string;
  attachments: Attachment[];
  time: number;
  status: "sending" | "unknown" | "refused";
  reason: string;
}

export function newOutgoing(
  { config_entry_id, did, contact }: ThreadId,
  text: string,
  attachments: Attachment[],
  requestId: string,
  time: number,
): Outgoing {
  return {
    config_entry_id,
    did,
    contact,
    text,
    attachments,
    requestId,
    time,
    status: "sending",
    reason: "",
  };
}

export function toRequest(outgoing: Outgoing): SendRequest {
  const { config_entry_id, did, contact } = outgoing;
  return {
    config_entry_id,
    did,
    contact,
    message: outgoing.text,
    media: outgoing.attachments.map((attachment) => attachment.source),
    request_id: outgoing.requestId,
  };
}

/**
 * Return a message that is sent again.
 *
 * One that was refused is a new one. Of one whose outcome is unknown the integration may know more,
 * so it keeps its id: it is never sent twice.
 */
export function again(outgoing: Outgoing, newId: () => string): Outgoing {
  return {
    ...outgoing,
    requestId: outgoing.status === "refused" ? newId() : outgoing.requestId,
    status: "sending",
    reason: "",
  };
}

/** How far the clocks of this browser and of the service may be apart. */
const CLOCKS = 5 * 60_000;

/**
 * Return the messages on their way without those that have arrived.
 *
 * `arrived` are messages that were not known before. The id of the request tells which is which;
 * without it the text does, and only for what is not refused.
 */
export function withoutArrived(outbox: Outgoing[], arrived: Message[]): Outgoing[] {
  let left = outbox;
  for (const message of arrived) {
    if (message.direction !== "sent") continue;
    const index = left.findIndex((outgoing) =>
      message.request_id ? outgoing.requestId === message.request_id : looksLike(outgoing, message),
    );
    if (index >= 0) left = left.filter((_, position) => position !== index);
  }
  return left;
}

function looksLike(outgoing: Outgoing, message: Message): boolean {
  return (
    outgoing.status !== "refused" &&
    threadKey(outgoing) === threadKey(message) &&
    outgoing.text.trim() === (message.text ?? "").trim() &&
    outgoing.attachments.length === message.media.length &&
    timeOf(message) > outgoing.time - CLOCKS
  );
}
