import { describe, expect, it } from "vitest";
import { threadKey } from "../../src/contract";
import { Dates } from "../../src/dates";
import { newOutgoing } from "../../src/outbox";
import { layOut } from "../../src/rows";
import { search } from "../../src/search";
import { applyEvent, applyNewest, applyOlder, EMPTY_STATE, newMessages, type State } from "../../src/state";
import { account, ALEX, conversation, KIM, message } from "./make";

const KEY = threadKey(ALEX);
const keys = (state: State, key = KEY) => state.threads.get(key)?.messages.map((one) => one.key);

const START = applyEvent(EMPTY_STATE, {
  snapshot: true,
  accounts: [account()],
  conversations: [
    conversation(KIM, message("k", 5, KIM)),
    conversation(ALEX, message("a", 9), { unread: 2 }),
  ],
});

describe("events", () => {
  it("bring the newest conversation to the top", () => {
    expect(START.conversations.map(({ contact }) => contact)).toEqual([ALEX.contact, KIM.contact]);
    const state = applyEvent(START, { conversations: [conversation(KIM, message("k2", 20, KIM))] });
    expect(state.conversations.map(({ contact }) => contact)).toEqual([KIM.contact, ALEX.contact]);
  });

  it("of a snapshot are the whole truth about conversations, and forget no message", () => {
    const heard = applyEvent(START, { messages: [message("a", 9)] });
    const state = applyEvent(heard, {
      snapshot: true,
      accounts: [],
      conversations: [conversation(KIM, null)],
    });
    expect(state.conversations).toHaveLength(1);
    expect(state.accounts).toEqual([]);
    expect(keys(state)).toEqual(["a"]);
  });

  it("change one account and leave the others", () => {
    const state = applyEvent(START, { accounts: [account({ config_entry_id: "other", available: false })] });
    expect(state.accounts.map(({ config_entry_id }) => config_entry_id)).toEqual(["entry", "other"]);
  });

  it("remove conversations and messages", () => {
    const heard = applyEvent(START, { messages: [message("a", 1), message("b", 2)] });
    const state = applyEvent(heard, { removed: [`c-${KIM.contact}`], removed_messages: ["a", "unknown"] });
    expect(state.conversations.map(({ contact }) => contact)).toEqual([ALEX.contact]);
    expect(keys(state)).toEqual(["b"]);
  });

  it("mend a message that is there, and do not add it again", () => {
    const heard = applyEvent(START, { messages: [message("a", 1), message("b", 2)] });
    const state = applyEvent(heard, { messages: [message("a", 1, { text: "better" })] });
    expect(state.threads.get(KEY)?.messages.map(({ text }) => text)).toEqual(["better", "b"]);
    expect(
      newMessages({ messages: [message("a", 1), message("c", 3)] }, heard).map(({ key }) => key),
    ).toEqual(["c"]);
  });

  it("that change nothing leave everything as it is", () => {
    const state = applyEvent(START, {});
    expect(state.conversations).toBe(START.conversations);
    expect(state.threads).toBe(START.threads);
  });

  it("sort by time, then by number, whatever the spelling of the time", () => {
    const state = applyEvent(START, {
      messages: [
        message("c", 0, { time: "2026-11-25T12:00:00+00:00", id: 10 }),
        message("b", 0, { time: "2026-11-25T12:00:00.000Z", id: 9 }),
        message("a", 0, { time: "2026-11-25T06:59:00-05:00", id: 99 }),
        message("?", 0, { time: "no time at all" }),
      ],
    });
    expect(keys(state)).toEqual(["?", "a", "b", "c"]);
  });
});

describe("pages", () => {
  const page = (minutes: number[], has_more = true) => ({
    messages: minutes.map((minute) => message(`m${minute}`, minute)),
    has_more,
  });
  const known = (state: State) => new Set(keys(state));
  const loaded = applyNewest(START, KEY, page([10, 11, 12]), new Set());

  it("put older messages before the others and ask on from the oldest", () => {
    const state = applyOlder(loaded, KEY, page([7, 8, 9], false));
    expect(keys(state)).toEqual(["m7", "m8", "m9", "m10", "m11", "m12"]);
    expect(state.threads.get(KEY)).toMatchObject({ hasMore: false, before: message("", 7).time });
  });

  it("go on after an empty stretch, and stop where nothing leads further", () => {
    const further = applyOlder(loaded, KEY, { messages: [], has_more: true, before: message("", 1).time });
    expect(further.threads.get(KEY)).toMatchObject({ hasMore: true, before: message("", 1).time });
    const stuck = applyOlder(loaded, KEY, { messages: [], has_more: true });
    expect(stuck.threads.get(KEY)?.hasMore).toBe(false);
  });

  it("read anew keep what is older, and lose what was deleted meanwhile", () => {
    const older = applyOlder(loaded, KEY, page([8, 9], false));
    const state = applyNewest(older, KEY, page([10, 12, 13]), known(older));
    expect(keys(state)).toEqual(["m8", "m9", "m10", "m12", "m13"]);
    expect(state.threads.get(KEY)?.hasMore).toBe(false);
  });

  it("read anew lose also the newest, when it was deleted", () => {
    expect(keys(applyNewest(loaded, KEY, page([10, 11]), known(loaded)))).toEqual(["m10", "m11"]);
  });

  it("keep what came while they were read", () => {
    const heard = applyEvent(loaded, { messages: [message("m13", 13)] });
    expect(keys(applyNewest(heard, KEY, page([10, 11, 12]), known(loaded)))).toEqual([
      "m10",
      "m11",
      "m12",
      "m13",
    ]);
  });

  it("leave no hole: where they do not touch what is there, they begin anew", () => {
    const state = applyNewest(loaded, KEY, page([50, 51]), known(loaded));
    expect(keys(state)).toEqual(["m50", "m51"]);
    expect(state.threads.get(KEY)).toMatchObject({ hasMore: true, before: message("", 50).time });
  });
});

describe("rows", () => {
  const dates = new Dates(
    { language: "en", time_format: "24", date_format: "language", time_zone: "server" },
    "UTC",
    { today: "Today", yesterday: "Yesterday" },
  );
  const shape = (messages: Parameters<typeof layOut>[0], outbox: Parameters<typeof layOut>[1] = []) =>
    layOut(messages, outbox, dates).map((row) =>
      "joined" in row ? `${row.key}${row.joined ? "+" : ""}` : row.type,
    );

  it("begin each day with its name", () => {
    expect(shape([message("a", 0), message("b", 12 * 60), message("c", 12 * 60 + 1)])).toEqual([
      "start",
      "day",
      "a",
      "day",
      "b+",
      "c",
    ]);
  });

  it("join what one side writes in one go", () => {
    const sent = { direction: "sent" } as const;
    expect(
      shape([
        message("a", 0),
        message("b", 1),
        message("c", 2, sent),
        message("d", 3, sent),
        message("e", 30, sent),
      ]),
    ).toEqual(["start", "day", "a+", "b", "c+", "d", "e"]);
  });

  it("do not hide what failed", () => {
    expect(
      shape([
        message("a", 0, { direction: "sent", delivery: "failed" }),
        message("b", 1, { direction: "sent" }),
      ]),
    ).toEqual(["start", "day", "a", "b"]);
  });

  it("end with what is on its way, also where the clock of the browser is behind", () => {
    const outgoing = newOutgoing(ALEX, "hi", [], "r1", Date.parse(message("", 0).time) - 86_400_000);
    expect(shape([message("a", 0)], [outgoing])).toEqual(["start", "day", "a", "out-r1"]);
  });
});

describe("search", () => {
  const state = applyEvent(START, {
    messages: [message("x", 1, { text: "Le Café est ouvert" }), message("y", 2, { text: "le café fermé" })],
    conversations: [
      conversation(ALEX, message("z", 9, { text: "Bye" }), { name: "Zoë Béland", display: "(555) 234-0001" }),
    ],
  });
  const find = (question: string) =>
    search(state, state.conversations, question).map(({ conversation: one, message: found }) => [
      one.contact,
      found?.key,
    ]);

  it("finds names without accents, and numbers in any spelling", () => {
    expect(find("zoe")).toEqual([[ALEX.contact, undefined]]);
    expect(find("234-0001")).toEqual([[ALEX.contact, undefined]]);
    expect(find("+1 (555) 234-0001")).toEqual([[ALEX.contact, undefined]]);
  });

  it("finds words of loaded messages, the newest first", () => {
    expect(find("CAFE")).toEqual([[ALEX.contact, "y"]]);
    expect(find("cafe ouvert")).toEqual([[ALEX.contact, "x"]]);
    expect(find("bye")).toEqual([[ALEX.contact, "z"]]);
    expect(find("nothing of the kind")).toEqual([]);
  });

  it("without a question finds all", () => {
    expect(find("  ")).toHaveLength(2);
  });
});
