/** Lays a thread out as rows: days, messages, and which of them stand close together. */

import type { Message } from "./contract";
import type { Dates } from "./dates";
import type { Outgoing } from "./outbox";
import { timeOf } from "./state";

interface BubbleRow {
  key: string;
  /** Whether the row below is of the same side and soon after: the two form one group. */
  joined: boolean;
}

export type Row =
  | { type: "start"; key: string }
  | { type: "day"; key: string; time: number }
  | ({ type: "message"; message: Message } & BubbleRow)
  | ({ type: "outgoing"; outgoing: Outgoing } & BubbleRow);

/** Messages of one side within this time form a group. */
const GROUP = 5 * 60_000;

export function layOut(messages: Message[], outbox: Outgoing[], dates: Dates): Row[] {
  const rows: Row[] = [{ type: "start", key: "start" }];
  let day = "";
  let previous: { row: BubbleRow; sent: boolean; time: number; failed: boolean } | undefined;

  const add = (row: Extract<Row, BubbleRow>, sent: boolean, time: number, failed = false): void => {
    const key = dates.dayKey(time);
    const newDay = key !== day;
    if (newDay) {
      day = key;
      rows.push({ type: "day", key: `day-${key}`, time });
    }
    if (previous && !newDay && previous.sent === sent && time - previous.time < GROUP) {
      // What went wrong is said below the message itself.
      previous.row.joined = !previous.failed;
    }
    rows.push(row);
    previous = { row, sent, time, failed };
  };

  for (const message of messages) {
    add(
      { type: "message", key: message.key, message, joined: false },
      message.direction === "sent",
      timeOf(message),
      message.delivery === "failed",
    );
  }
  // What is on its way stands below all that has arrived, whatever the clocks say.
  let last = messages.length ? timeOf(messages.at(-1) ?? null) : 0;
  for (const outgoing of outbox) {
    last = Math.max(last, outgoing.time);
    add({ type: "outgoing", key: `out-${outgoing.requestId}`, outgoing, joined: false }, true, last);
  }
  return rows;
}

/** Return about how high a row will be, until it is drawn and measured. */
export function estimateHeight(row: Row, width: number): number {
  if (row.type === "start") return 56;
  if (row.type === "day") return 44;
  const [text, media] =
    row.type === "message"
      ? [row.message.text ?? "", row.message.media.length]
      : [row.outgoing.text, row.outgoing.attachments.length];
  const perLine = Math.max(12, Math.floor((width * 0.75 - 24) / 7.2));
  const lines = text
    ? text.split("\n").reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / perLine)), 0)
    : 0;
  return lines * 20 + media * 200 + (row.joined ? 20 : 42);
}
