import { describe, expect, it } from "vitest";
import { Dates } from "../../src/dates";
import type { HassLocale } from "../../src/hass";

const NAMES = { today: "Today", yesterday: "Yesterday" };
const ENGLISH: HassLocale = {
  language: "en",
  time_format: "language",
  date_format: "language",
  time_zone: "server",
};

function dates(locale: Partial<HassLocale> = {}, zone = "America/Toronto"): Dates {
  return new Dates({ ...ENGLISH, ...locale }, zone, NAMES);
}

const plain = (text: string) => text.replace(/[\u202f\u00a0]/gu, " ");
const NOW = Date.parse("2026-11-25T20:30:00Z");
const ago = (hours: number) => NOW - hours * 3_600_000;

describe("times", () => {
  it("are in the zone of Home Assistant, where the person wants that", () => {
    expect(plain(dates().time(NOW))).toBe("3:30 PM");
    expect(plain(dates({}, "Europe/Paris").time(NOW))).toBe("9:30 PM");
  });

  it("follow the person's clock of 12 or 24 hours", () => {
    expect(dates({ time_format: "24" }).time(NOW)).toBe("15:30");
    expect(dates({ time_format: "24" }).time(Date.parse("2026-11-25T05:05:00Z"))).toBe("00:05");
    expect(plain(dates({ language: "fr", time_format: "12" }).time(NOW))).toMatch(/^3:30/);
    expect(dates({ language: "fr" }).time(NOW)).toBe("15:30");
  });

  it("survive a language or a zone that no browser knows", () => {
    expect(dates({ language: "not a language" }, "Not/AZone").time(NOW)).toMatch(/\d/);
  });
});

describe("days", () => {
  it("have names when they are near", () => {
    expect(dates().day(NOW, NOW)).toBe("Today");
    expect(dates().day(ago(24), NOW)).toBe("Yesterday");
    expect(dates().day(ago(72), NOW)).toBe("Sunday, November 22");
    expect(dates().day(Date.parse("2025-11-25T20:30:00Z"), NOW)).toBe("Tuesday, November 25, 2025");
  });

  it("begin at midnight of the person, not of Greenwich", () => {
    const late = Date.parse("2026-11-25T04:30:00Z"); // 23:30 of the 24th in Toronto
    expect(dates().dayKey(late)).toBe("2026-11-24");
    expect(dates().day(late, NOW)).toBe("Yesterday");
  });

  it("are short in the list", () => {
    const list = (hours: number, locale: Partial<HassLocale> = {}) =>
      plain(dates(locale).short(ago(hours), NOW));
    expect(list(1)).toBe("2:30 PM");
    expect(list(20)).toBe("Yesterday");
    expect(list(24 * 6)).toBe("Thu");
    expect(list(24 * 30)).toBe("Oct 26");
    expect(list(24 * 400)).toBe("10/21/2025");
    expect(list(24 * 400, { date_format: "DMY" })).toBe("21/10/2025");
    expect(list(24 * 400, { date_format: "YMD" })).toBe("2025/10/21");
    expect(dates().short(0, NOW)).toBe("");
  });

  it("are not older when a clock runs ahead", () => {
    expect(dates().day(NOW + 60_000, NOW)).toBe("Today");
    expect(dates().short(NOW + 48 * 3_600_000, NOW)).toBe("Nov 27");
  });

  it("count by the calendar when clocks change", () => {
    const now = Date.parse("2026-11-02T05:10:00Z"); // 00:10 on the day after a day of 25 hours
    expect(dates().day(Date.parse("2026-11-01T04:05:00Z"), now)).toBe("Yesterday");
  });

  it("tell when the next one begins", () => {
    expect(dates().untilTomorrow(NOW)).toBe(3_600_000);
    const late = Date.parse("2026-11-26T04:50:00Z");
    expect(Math.abs(dates().untilTomorrow(late) - 600_000)).toBeLessThan(2000);
  });
});
