import { describe, expect, it } from "vitest";
import { canWriteTo, formatNumber, parseNumber } from "../../src/phone-numbers";

describe("a typed number", () => {
  it.each([
    "5552345678",
    "15552345678",
    "+1 555 234 5678",
    "(555) 234-5678",
    "555.234.5678",
    "555-234‑5678",
    " 1 (555) 234 – 5678 ",
    "５５５２３４５６７８",
    "\u202a(555) 234-5678\u202c",
  ])("is understood in any usual spelling: %s", (text) => {
    expect(parseNumber(text)).toEqual({ number: "5552345678" });
  });

  it.each([
    ["", "short"],
    ["555 234", "short"],
    ["555234567890", "long"],
    ["+49 30 901820", "foreign"],
    ["011 49 30 901820", "foreign"],
    ["1-800-FLOWERS", "letters"],
    ["Alex", "letters"],
    ["0552345678", "invalid"],
    ["5551345678", "invalid"],
    ["555#2345678", "invalid"],
  ])("is refused for a reason: %s", (text, problem) => {
    expect(parseNumber(text)).toEqual({ problem });
  });
});

it("writes a number as people do, and leaves the rest alone", () => {
  expect(formatNumber("5552345678")).toBe("(555) 234-5678");
  expect(formatNumber("15552345678")).toBe("(555) 234-5678");
  expect(formatNumber("72975")).toBe("72975");
  expect(formatNumber("Google")).toBe("Google");
});

it("knows who cannot be written to", () => {
  expect(["5552345678", "72975", "Google"].map(canWriteTo)).toEqual([true, false, false]);
});
