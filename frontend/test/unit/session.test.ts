import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { threadKey } from "../../src/contract";
import { Memory } from "../../src/memory";
import { again, newOutgoing, withoutArrived } from "../../src/outbox";
import { Session } from "../../src/session";
import { FakeHome } from "../harness/fake-home";
import { SCENES } from "../harness/scenes";
import { ALEX as WHO, message } from "./make";

const ALEX = { ...WHO, config_entry_id: "entry1" };
const KEY = threadKey(ALEX);
const TIME = Date.parse(message("", 0).time);

class Drawer {
  private readonly _items = new Map<string, string>();
  getItem = (key: string) => this._items.get(key) ?? null;
  setItem = (key: string, value: string) => void this._items.set(key, value);
}

function remember(drawer = new Drawer()): Memory {
  return new Memory("key", drawer as unknown as Storage);
}

describe("the session", () => {
  let home: FakeHome;
  let session: Session;
  let memory: Memory;
  let count: number;
  const received = vi.fn();

  function open(): Session {
    return new Session(
      home,
      undefined,
      memory,
      { changed: () => undefined, received },
      () => `id${(count += 1)}`,
    );
  }

  beforeEach(async () => {
    vi.useFakeTimers();
    count = 0;
    received.mockClear();
    home = new FakeHome(SCENES.house());
    memory = remember();
    session = open();
    session.start();
    await vi.advanceTimersByTimeAsync(50);
  });

  afterEach(() => {
    session.stop();
    vi.useRealTimers();
  });

  const settle = () => vi.advanceTimersByTimeAsync(50);
  const subscriptions = () => home.commands.filter(({ type }) => type.endsWith("/subscribe")).length;
  const texts = () => session.thread(KEY).messages.map(({ text }) => text);

  it("shows a message while it is on its way, and once when it is sent", async () => {
    session.open(ALEX);
    await settle();
    session.send(ALEX, "Hello", []);
    expect(session.outgoing(KEY)).toMatchObject([{ text: "Hello", status: "sending" }]);
    await settle();
    expect(session.outgoing(KEY)).toEqual([]);
    expect(texts().filter((text) => text === "Hello")).toHaveLength(1);
    expect(home.sent).toHaveLength(1);
  });

  it("keeps what was refused with the reason, and sends it as a new message", async () => {
    home.failures = [{ code: "home_assistant_error", message: "No funds left." }];
    session.send(ALEX, "Hello", []);
    await settle();
    expect(session.outgoing(KEY)).toMatchObject([
      { status: "refused", reason: "No funds left.", requestId: "id1" },
    ]);
    session.sendAgain("id1");
    session.sendAgain("id1");
    await settle();
    expect(home.sent.map(({ request_id }) => request_id)).toEqual(["id2"]);
    expect(session.outgoing(KEY)).toEqual([]);
  });

  it.each(["unknown_outcome", "timeout", "unknown_error"])("asks by the same id after %s", async (code) => {
    home.failures = [{ code, message: "?" }];
    session.send(ALEX, "Hello", []);
    await settle();
    expect(session.outgoing(KEY)).toMatchObject([{ status: "unknown" }]);
    session.sendAgain("id1");
    session.sendAgain("id1");
    await settle();
    expect(home.sent.map(({ request_id }) => request_id)).toEqual(["id1"]);
  });

  it("sees by itself that a message left before the connection broke", async () => {
    session.open(ALEX);
    await settle();
    home.failures = ["lost_after"];
    session.send(ALEX, "Hello", []);
    await settle();
    home.restore();
    await settle();
    expect(session.outgoing(KEY)).toEqual([]);
    expect(texts().filter((text) => text === "Hello")).toHaveLength(1);
    expect(home.sent).toHaveLength(1);
  });

  it("keeps a message that did not leave, and sends it once", async () => {
    home.failures = ["lost_before"];
    session.send(ALEX, "Hello", []);
    await settle();
    expect(session.connected).toBe(false);
    expect(session.outgoing(KEY)).toMatchObject([{ status: "unknown", requestId: "id1" }]);
    home.restore();
    await settle();
    session.sendAgain("id1");
    await settle();
    expect(home.sent).toHaveLength(1);
  });

  it("subscribes anew after a pause, and reads what it missed", async () => {
    session.open(ALEX);
    await settle();
    home.lose();
    home.receive(ALEX, "While you were away");
    home.restore();
    await settle();
    expect(subscriptions()).toBe(2);
    expect(texts()).toContain("While you were away");
    home.receive(ALEX, "And now");
    expect(texts().filter((text) => text === "And now")).toHaveLength(1);
  });

  it("waits for an integration that is not there yet", async () => {
    home.loaded = false;
    home.lose();
    home.restore();
    await settle();
    expect(session.error?.code).toBe("unknown_command");
    expect(session.state.conversations).not.toEqual([]);
    home.loaded = true;
    await vi.advanceTimersByTimeAsync(5_100);
    expect(session.error).toBeUndefined();
    home.receive(ALEX, "Back");
    expect(session.state.conversations[0]?.last?.text).toBe("Back");
  });

  it("does not count an answer that comes after the connection broke", async () => {
    home.latency = 100;
    home.lose();
    home.restore();
    await vi.advanceTimersByTimeAsync(50);
    home.lose();
    home.restore();
    await vi.advanceTimersByTimeAsync(500);
    received.mockClear();
    home.receive(ALEX, "Once");
    expect(received).toHaveBeenCalledTimes(1);
  });

  it("marks as read once, and again for a new message", async () => {
    const reads = () => home.commands.filter(({ type }) => type.endsWith("/read")).length;
    const [first] = session.state.conversations;
    if (!first) throw new Error("no conversation");
    session.markRead(first);
    session.markRead(first);
    expect(session.state.conversations[0]?.unread).toBe(0);
    await settle();
    expect(reads()).toBe(1);
    home.receive(ALEX, "News");
    const [again_] = session.state.conversations;
    if (again_) session.markRead(again_);
    await settle();
    expect(reads()).toBe(2);
  });

  it("says when a thread cannot be read, and reads it when asked again", async () => {
    home.loaded = false;
    session.open(ALEX);
    await settle();
    expect(session.failed.has(KEY)).toBe(true);
    home.loaded = true;
    void session.loadNewest(ALEX);
    await settle();
    expect(session.failed.has(KEY)).toBe(false);
    expect(texts()).not.toEqual([]);
  });
});

describe("what is on its way", () => {
  const outgoing = newOutgoing(ALEX, "Hello", [], "r1", TIME);
  const sent = (changes = {}) => message("k", 0, { ...ALEX, direction: "sent", text: "Hello", ...changes });

  it("has arrived when its id comes back, whatever the text has become", () => {
    expect(withoutArrived([outgoing], [sent({ request_id: "r1", text: "Hello " })])).toEqual([]);
    expect(withoutArrived([outgoing], [sent({ request_id: "r2" })])).toEqual([outgoing]);
  });

  it("has arrived when its text does, where no id is told", () => {
    expect(withoutArrived([outgoing], [sent()])).toEqual([]);
    expect(withoutArrived([outgoing], [sent({ text: "Other" })])).toEqual([outgoing]);
    expect(withoutArrived([outgoing], [sent({ direction: "received" })])).toEqual([outgoing]);
    expect(withoutArrived([outgoing], [sent({ contact: "5550000000" })])).toEqual([outgoing]);
    expect(withoutArrived([outgoing], [sent({ time: "2026-11-25T11:00:00Z" })])).toEqual([outgoing]);
    expect(withoutArrived([{ ...outgoing, status: "refused" }], [sent()])).toHaveLength(1);
  });

  it("of two equal ones only one arrives with one message", () => {
    expect(withoutArrived([outgoing, { ...outgoing, requestId: "r2" }], [sent()])).toHaveLength(1);
  });

  it("keeps its id unless it was refused", () => {
    expect(again({ ...outgoing, status: "unknown" }, () => "new").requestId).toBe("r1");
    expect(again({ ...outgoing, status: "refused" }, () => "new").requestId).toBe("new");
  });
});

describe("memory", () => {
  it("outlives a reload of the page; what was on its way is uncertain then", () => {
    const drawer = new Drawer();
    const memory = remember(drawer);
    memory.setDraft(KEY, { text: "half a", attachments: [] });
    memory.outbox = [newOutgoing(ALEX, "Hello", [], "r1", TIME)];
    const later = remember(drawer);
    expect(later.draft(KEY).text).toBe("half a");
    expect(later.outbox).toMatchObject([{ text: "Hello", requestId: "r1", status: "unknown" }]);
  });

  it("does not send a message without its picture after a reload", () => {
    const drawer = new Drawer();
    const picture = { source: "x".repeat(5000), name: "a.jpg" };
    remember(drawer).outbox = [newOutgoing(ALEX, "Look", [picture], "r1", TIME)];
    expect(remember(drawer).outbox).toEqual([]);
  });

  it("does without a storage, and with a torn one", () => {
    expect(new Memory("key", undefined).outbox).toEqual([]);
    const drawer = new Drawer();
    drawer.setItem("key", "{torn");
    expect(remember(drawer).draft(KEY).text).toBe("");
    const full = {
      getItem: () => null,
      setItem: () => {
        throw new Error("full");
      },
    };
    const memory = new Memory("key", full as unknown as Storage);
    memory.setDraft(KEY, { text: "a", attachments: [] });
    expect(memory.draft(KEY).text).toBe("a");
  });
});
