import { describe, expect, it } from "vitest";
import { isolate, oneLine } from "../../src/bidi";
import { countBytes, howItGoes } from "../../src/bytes";
import { linkify } from "../../src/linkify";
import { safePath } from "../../src/media";

const links = (text: string) => linkify(text).flatMap(({ href }) => href ?? []);

describe("how a message goes", () => {
  it.each([
    ["", 0, "sms", 0, 160],
    ["a".repeat(160), 0, "sms", 160, 160],
    ["a".repeat(161), 0, "mms", 161, 2048],
    ["é".repeat(80), 0, "sms", 160, 160],
    ["é".repeat(81), 0, "mms", 162, 2048],
    ["😀".repeat(40), 0, "sms", 160, 160],
    ["Hi", 1, "mms", 2, 2048],
    ["a".repeat(2048), 0, "mms", 2048, 2048],
    ["a".repeat(2049), 3, "too_long", 2049, 2048],
  ])("counts bytes, not letters: %.10s with %i media is %s", (text, media, kind, bytes, limit) => {
    expect(howItGoes(text, media)).toEqual({ kind, bytes, limit });
  });

  it("counts half a pair of surrogates as what it becomes on the wire", () => {
    expect(countBytes("\ud83d")).toBe(3);
  });
});

describe("links", () => {
  it.each([
    ["See https://example.org/a?b=c#d.", ["https://example.org/a?b=c#d"]],
    ["(https://example.org/wiki/A_(b))", ["https://example.org/wiki/A_(b)"]],
    ["http://a.example, http://b.example!", ["http://a.example/", "http://b.example/"]],
    ["HTTPS://EXAMPLE.org/Path", ["https://example.org/Path"]],
    ["<https://example.org>", ["https://example.org/"]],
    ["http://", []],
    ["https://[", []],
    ["javascript:alert(1) data:text/html,x ftp://example.org tel:5551230000 www.example.org", []],
    ["**https://example.org/x**", ["https://example.org/x"]],
  ])("finds the addresses in %s", (text, expected) => {
    expect(links(text)).toEqual(expected);
  });

  it("keeps every character of the text", () => {
    const text = "a (https://example.org/x), b\nhttp://[bad and <b>https://example.org</b>";
    expect(
      linkify(text)
        .map((part) => part.text)
        .join(""),
    ).toBe(text);
  });

  it("ends an address where the direction of writing is turned", () => {
    expect(links("http://good.example\u202E/moc.live")).toEqual(["http://good.example/"]);
    expect(links("http://good.example/\u2067x")).toEqual(["http://good.example/"]);
  });

  it("takes a long text without stumbling", () => {
    const before = performance.now();
    linkify("http://".repeat(3000) + ")".repeat(3000));
    linkify("https://example.org/" + ")".repeat(9000));
    expect(performance.now() - before).toBeLessThan(300);
  });
});

describe("words of strangers", () => {
  it("cannot turn the direction of what stands around them", () => {
    expect(isolate("\u202Eevil\u2069\u2069")).toBe("\u2068evil\u2069");
  });

  it("become one line, and a short one", () => {
    expect(oneLine("  a\n\n b\t c ")).toBe("a b c");
    expect(oneLine("x".repeat(10_000))).toHaveLength(201);
  });
});

describe("addresses of media", () => {
  it.each([
    ["/api/voipms/media/a.jpg?authSig=x", "/api/voipms/media/a.jpg?authSig=x"],
    ["/api/voipms/media/../../secret", undefined],
    ["/api/voipms/media/%2e%2e/%2e%2e/secret", undefined],
    ["//evil.example/api/voipms/media/a", undefined],
    ["/\\evil.example/api/voipms/media/a", undefined],
    ["https://evil.example/api/voipms/media/a", undefined],
    ["javascript:alert(1)", undefined],
    ["data:image/png;base64,AA", undefined],
    ["/api/other/a.jpg", undefined],
    ["", undefined],
    [null, undefined],
    [7, undefined],
  ])("are ours, or they are not asked for: %s", (url, path) => {
    expect(safePath(url)).toBe(path);
  });
});
