/** Days and times as the person writes them, in the person's zone. */

import type { HassLocale } from "./hass";

export interface DayNames {
  today: string;
  yesterday: string;
}

export class Dates {
  private readonly _formats = new Map<string, Intl.DateTimeFormat>();

  private readonly _days: Intl.DateTimeFormat;

  readonly timeZone: string | undefined;

  constructor(
    private readonly _locale: HassLocale,
    serverZone: string,
    private readonly _names: DayNames,
  ) {
    this.timeZone = _locale.time_zone === "server" ? knownZone(serverZone) : undefined;
    this._days = new Intl.DateTimeFormat("en-CA", {
      timeZone: this.timeZone,
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
    });
  }

  /** Return what is the same for all times of one day, and sorts. */
  dayKey(time: number): string {
    return this._days.format(time);
  }

  time(time: number): string {
    return this._format("time", { hour: "numeric", minute: "2-digit", ...this._clock() }).format(time);
  }

  /** Return the day as a heading: "Today", "Tuesday, 3 November", and the year where it is another. */
  day(time: number, now: number): string {
    const named = this._named(time, now);
    if (named) return named;
    const sameYear = this._sameYear(time, now);
    return this._format(sameYear ? "day" : "day-year", {
      weekday: "long",
      day: "numeric",
      month: "long",
      ...(sameYear ? {} : { year: "numeric" }),
    }).format(time);
  }

  /** Return the shortest that tells when: the time today, the weekday this week, else the date. */
  short(time: number, now: number): string {
    if (!time) return "";
    const days = this._daysBetween(time, now);
    if (days === 0) return this.time(time);
    if (days === 1) return this._names.yesterday;
    if (days > 0 && days < 7) return this._format("weekday", { weekday: "short" }).format(time);
    if (this._sameYear(time, now)) {
      return this._format("date", { day: "numeric", month: "short" }).format(time);
    }
    return this._numeric(time);
  }

  full(time: number): string {
    return this._format("full", {
      weekday: "long",
      year: "numeric",
      month: "long",
      day: "numeric",
      hour: "numeric",
      minute: "2-digit",
      ...this._clock(),
    }).format(time);
  }

  /** Return how long it is until another day begins, at most an hour: clocks change. */
  untilTomorrow(now: number): number {
    const hour = 3_600_000;
    if (this.dayKey(now) === this.dayKey(now + hour)) return hour;
    let [early, late] = [now, now + hour];
    while (late - early > 1000) {
      const middle = (early + late) / 2;
      if (this.dayKey(middle) === this.dayKey(now)) early = middle;
      else late = middle;
    }
    return late - now;
  }

  private _named(time: number, now: number): string | undefined {
    const days = this._daysBetween(time, now);
    if (days === 0) return this._names.today;
    return days === 1 ? this._names.yesterday : undefined;
  }

  private _daysBetween(time: number, now: number): number {
    return Math.round((Date.parse(this.dayKey(now)) - Date.parse(this.dayKey(time))) / 86_400_000);
  }

  private _sameYear(time: number, now: number): boolean {
    return this.dayKey(time).slice(0, 4) === this.dayKey(now).slice(0, 4);
  }

  private _numeric(time: number): string {
    const format = this._format("numeric", { year: "numeric", month: "numeric", day: "numeric" });
    const order = this._locale.date_format;
    if (order === "language" || order === "system") return format.format(time);
    const parts = new Map(format.formatToParts(time).map(({ type, value }) => [type as string, value]));
    const separator = parts.get("literal") ?? "/";
    const names: Record<string, string> = { D: "day", M: "month", Y: "year" };
    return Array.from(order, (letter) => parts.get(names[letter] ?? "")).join(separator);
  }

  private _clock(): { hourCycle?: "h12" | "h23" } {
    const { time_format } = this._locale;
    if (time_format === "12") return { hourCycle: "h12" };
    return time_format === "24" ? { hourCycle: "h23" } : {};
  }

  private _format(name: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
    let format = this._formats.get(name);
    if (!format) {
      const { language, time_format, date_format } = this._locale;
      const system =
        name === "time" ? time_format === "system" : name === "numeric" && date_format === "system";
      format = new Intl.DateTimeFormat(system ? undefined : knownLanguage(language), {
        timeZone: this.timeZone,
        ...options,
      });
      this._formats.set(name, format);
    }
    return format;
  }
}

function knownZone(zone: string): string | undefined {
  try {
    new Intl.DateTimeFormat("en", { timeZone: zone });
    return zone;
  } catch {
    return undefined;
  }
}

export function knownLanguage(language: string): string | undefined {
  try {
    return Intl.getCanonicalLocales(language)[0];
  } catch {
    return undefined;
  }
}
