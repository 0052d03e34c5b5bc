import { describe, expect, it } from "vitest";
import { toApiError } from "../../src/api";
import { parseConfig } from "../../src/config";
import { localizer } from "../../src/localize";
import { fixedRange, Heights } from "../../src/windowing";

describe("windowing", () => {
  const heights = (count: number, estimate = 50) => {
    const rows = new Heights();
    rows.setRows(
      Array.from({ length: count }, (_, index) => `k${index}`),
      Array.from({ length: count }, () => estimate),
    );
    return rows;
  };

  it("draws what is seen and a little more", () => {
    expect(heights(10_000).range(5000, 500, 100)).toEqual([98, 113]);
    expect(heights(10_000).range(0, 500, 100)).toEqual([0, 13]);
    expect(heights(10_000).range(499_700, 500, 100)).toEqual([9992, 10_000]);
    expect(heights(0).range(0, 500, 100)).toEqual([0, 0]);
    expect(heights(1).range(900, 500, 100)).toEqual([0, 1]);
  });

  it("learns how high rows are, and keeps it when others come before them", () => {
    const rows = heights(4);
    expect(rows.measure([["k1", 80]])).toBe(true);
    expect(
      rows.measure([
        ["k1", 80.2],
        ["gone", 9],
      ]),
    ).toBe(false);
    expect([rows.total, rows.offsetOf("k2")]).toEqual([230, 130]);
    rows.setRows(["new", "k0", "k1"], [10, 50, 50]);
    expect([rows.total, rows.offsetOf("k1")]).toEqual([140, 60]);
    rows.forget();
    expect(rows.total).toBe(110);
  });

  it("finds the row at a place", () => {
    const rows = heights(5);
    expect([-10, 0, 49, 50, 249, 900].map((place) => rows.at(place))).toEqual([0, 0, 0, 1, 4, 4]);
  });

  it("of equal rows is mere counting", () => {
    expect(fixedRange(720, 400, 72, 1000, 2)).toEqual([8, 18]);
    expect(fixedRange(0, 400, 72, 3, 2)).toEqual([0, 3]);
    expect(fixedRange(9000, 400, 72, 3, 2)).toEqual([3, 3]);
  });
});

describe("the configuration", () => {
  const parse = (config: Record<string, unknown>) =>
    parseConfig({ type: "custom:voipms-conversations", ...config });

  it("needs nothing", () => {
    expect(parse({})).toMatchObject({ layout: "full", numbers: undefined, limit: undefined });
    expect(parse({ title: "", numbers: [], limit: null, config_entry_id: "" })).toMatchObject({
      numbers: undefined,
    });
  });

  it("takes numbers as people write them, also those that YAML made numbers of", () => {
    expect(parse({ numbers: [5551230000, "+1 (555) 123-0001"] }).numbers).toEqual([
      "5551230000",
      "5551230001",
    ]);
    expect(parse({ numbers: "5551230000" }).numbers).toEqual(["5551230000"]);
  });

  it.each([
    [{ numbers: ["Kitchen"] }, "config.numbers"],
    [{ numbers: [{}] }, "config.numbers"],
    [{ limit: 0 }, "config.limit"],
    [{ limit: 2.5 }, "config.limit"],
    [{ limit: "many" }, "config.limit"],
    [{ layout: "huge" }, "config.layout"],
    [{ title: 5 }, "config.title"],
    [{ config_entry_id: 5 }, "config.config_entry_id"],
  ])("says what is wrong with %o", (config, word) => {
    expect(() => parse(config)).toThrow(word);
    expect(localizer("en")(word as "config.limit")).toMatch(/`\w+` is/);
  });

  it("refuses what is none", () => {
    expect(() => parseConfig(undefined)).toThrow("config.no_object");
  });
});

describe("words", () => {
  it("count", () => {
    const t = localizer("en");
    expect(t("list.unread", { count: 1 })).toBe("1 unread message");
    expect(t("list.unread", { count: 1200 })).toBe("1,200 unread messages");
  });

  it("are English in a language that has none, whatever it is called", () => {
    expect(localizer("xx")("day.today")).toBe("Today");
    expect(localizer("en-GB")("day.today")).toBe("Today");
    expect(localizer("not a language")("list.unread", { count: 2 })).toBe("2 unread messages");
  });

  it("do not take what a stranger wrote for a place to fill", () => {
    expect(localizer("en")("message.received_from", { name: "{text}", text: "{name}" })).toBe(
      "{text} wrote: {name}",
    );
  });
});

describe("errors", () => {
  it.each([
    [3, "connection_lost", true],
    [
      { type: "result", success: false, error: { code: 3, message: "Connection lost" } },
      "connection_lost",
      true,
    ],
    [{ code: "home_assistant_error", message: "No." }, "home_assistant_error", false],
    [{ code: "unknown_outcome", message: "?" }, "unknown_outcome", true],
    [new TypeError("broken"), "unknown_error", true],
    [undefined, "unknown_error", true],
  ])("are told apart: %o", (err, code, unknown) => {
    expect(toApiError(err)).toMatchObject({ code, outcomeUnknown: unknown });
  });
});
