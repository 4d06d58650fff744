import type { DateTime } from 'luxon';
import { DAY_MS, dayOf, parseDay, WEEKDAYS, weekdayIndex } from './local-date.ts';
import { type LocalDate, parseTime } from './wall-clock.ts';
import type { WorkingCalendar } from './working-time.ts';
import { dayExists, instantShowing, spellAt, WIDEST_OFFSET_MS } from './zone-offsets.ts';

/** Milliseconds from the local midnight that the window's day starts with; `end` passes 24 hours for a night. */
export type WallWindow = { start: number; end: number };

/** Instants in epoch milliseconds, sorted, apart from each other, each [start, end). */
export type Span = { start: number; end: number };

/** A calendar prepared for calculation. Made by `compileCalendar`. */
export type CompiledCalendar = {
  zone: string;
  weekly: readonly WallWindow[][];
  exceptions: ReadonlyMap<number, WallWindow[]>;
  away: readonly Span[];
};

/** A window as times since midnight, or null when it is not one. Equal start and end is an empty window. */
export function parseWindow(start: string, end: string): WallWindow | null {
  const from = parseTime(start);
  const until = end === '24:00' ? DAY_MS : parseTime(end);
  if (from === null || until === null) return null;
  return { start: from, end: until < from ? until + DAY_MS : until };
}

function compileWindows(windows: [string, string][]): WallWindow[] {
  return windows.map(([start, end]) => {
    const window = parseWindow(start, end);
    if (!window) throw new RangeError(`Not a working window: ${start} to ${end}`);
    return window;
  });
}

function areApart(spans: readonly Span[]): boolean {
  let last = Number.NEGATIVE_INFINITY;
  for (const { start, end } of spans) {
    if (start <= last || end <= start) return false;
    last = end;
  }
  return true;
}

/** Sorts spans and joins those that overlap or touch. Empty and reversed ones vanish. */
function mergeSpans(spans: readonly Span[]): readonly Span[] {
  if (areApart(spans)) return spans;
  const sorted = spans
    .filter((span) => span.start < span.end)
    .toSorted((a, b) => a.start - b.start || a.end - b.end);
  const merged: Span[] = [];
  for (const span of sorted) {
    const last = merged.at(-1);
    if (last && span.start <= last.end) last.end = Math.max(last.end, span.end);
    else merged.push({ start: span.start, end: span.end });
  }
  return merged;
}

/** What is left of `spans` outside `holes`. Both sorted and apart. */
function subtractSpans(spans: readonly Span[], holes: readonly Span[]): readonly Span[] {
  if (holes.length === 0) return spans;
  const left: Span[] = [];
  let first = 0;
  for (const span of spans) {
    while (first < holes.length && (holes[first]?.end ?? 0) <= span.start) first += 1;
    let start = span.start;
    for (let index = first; index < holes.length; index += 1) {
      const hole = holes[index];
      if (!hole || hole.start >= span.end) break;
      if (hole.start > start) left.push({ start, end: hole.start });
      start = Math.max(start, hole.end);
    }
    if (start < span.end) left.push({ start, end: span.end });
  }
  return left;
}

/** Epoch milliseconds of a valid DateTime; a RangeError otherwise. */
export function millisecondsOf(at: DateTime): number {
  const milliseconds = at.toMillis();
  if (Number.isNaN(milliseconds)) throw new RangeError('Not an instant');
  return milliseconds;
}

/** Reads a calendar once. Throws a RangeError for a zone, window or date that is none. */
function compileCalendar(calendar: WorkingCalendar): CompiledCalendar {
  spellAt(calendar.zone, 0);
  const exceptions = new Map<number, WallWindow[]>();
  for (const [date, windows] of Object.entries(calendar.exceptions ?? {})) {
    exceptions.set(dayOf(date), compileWindows(windows));
  }
  return {
    zone: calendar.zone,
    weekly: WEEKDAYS.map((weekday) => compileWindows(calendar.weekly[weekday] ?? [])),
    exceptions,
    away: mergeSpans(
      (calendar.away ?? []).map(({ from, until }) => ({
        start: millisecondsOf(from),
        end: millisecondsOf(until),
      })),
    ),
  };
}

function wallWindowsOf(calendar: CompiledCalendar, day: number): readonly WallWindow[] {
  return calendar.exceptions.get(day) ?? calendar.weekly[weekdayIndex(day)] ?? [];
}

/** Adds the windows that start on a local day to `spans`, leave not yet subtracted. */
function pushWindowsOf(calendar: CompiledCalendar, day: number, spans: Span[]): void {
  const windows = wallWindowsOf(calendar, day);
  if (windows.length === 0) return;
  const midnight = day * DAY_MS;
  const spell = spellAt(calendar.zone, midnight - WIDEST_OFFSET_MS);
  if (spell.until > midnight + 2 * DAY_MS + WIDEST_OFFSET_MS) {
    const base = midnight - spell.offset;
    for (const { start, end } of windows) spans.push({ start: base + start, end: base + end });
    return;
  }
  if (!dayExists(calendar.zone, day)) return;
  for (const { start, end } of windows) {
    spans.push({
      start: instantShowing(calendar.zone, midnight + start),
      end: instantShowing(calendar.zone, midnight + end),
    });
  }
}

/** Working spans that start in `days` (first to last, day numbers), merged, leave subtracted. */
export function spansOfDays(
  calendar: CompiledCalendar,
  first: number,
  last: number,
): readonly Span[] {
  const spans: Span[] = [];
  for (let day = first; day <= last; day += 1) pushWindowsOf(calendar, day, spans);
  return subtractSpans(mergeSpans(spans), calendar.away);
}

/** True when some working time of the windows that start on this local day is left after exceptions and leave. */
export function worksOnDay(calendar: CompiledCalendar, day: number): boolean {
  return wallWindowsOf(calendar, day).length > 0 && spansOfDays(calendar, day, day).length > 0;
}

type Identity = Pick<WorkingCalendar, 'zone' | 'weekly' | 'exceptions' | 'away'> & {
  awayCount: number;
};

const compiled = new WeakMap<WorkingCalendar, { identity: Identity; calendar: CompiledCalendar }>();

// A person's calendar is read from the database again and again: equal ones share what was prepared.
const compiledByContent = new Map<string, CompiledCalendar>();
const MAX_BY_CONTENT = 500;

function compileOnce(calendar: WorkingCalendar): CompiledCalendar {
  const away = (calendar.away ?? []).map(({ from, until }) => [from.toMillis(), until.toMillis()]);
  const content = JSON.stringify([calendar.zone, calendar.weekly, calendar.exceptions, away]);
  const known = compiledByContent.get(content) ?? compileCalendar(calendar);
  // The map keeps the order of use, the one longest unused first.
  compiledByContent.delete(content);
  compiledByContent.set(content, known);
  if (compiledByContent.size > MAX_BY_CONTENT) {
    for (const oldest of compiledByContent.keys()) {
      compiledByContent.delete(oldest);
      break;
    }
  }
  return known;
}

/** The compiled form, kept as long as the calendar object lives. A field set anew is seen; a change deep inside one is not. */
export function compiledCalendar(calendar: WorkingCalendar): CompiledCalendar {
  const known = compiled.get(calendar);
  const { zone, weekly, exceptions, away } = calendar;
  const awayCount = away?.length ?? 0;
  if (
    known &&
    known.identity.zone === zone &&
    known.identity.weekly === weekly &&
    known.identity.exceptions === exceptions &&
    known.identity.away === away &&
    known.identity.awayCount === awayCount
  ) {
    return known.calendar;
  }
  const fresh = compileOnce(calendar);
  compiled.set(calendar, {
    identity: { zone, weekly, exceptions, away, awayCount },
    calendar: fresh,
  });
  return fresh;
}

/** Working spans of the windows that start on a local date, leave subtracted. Empty for a date that is none. */
export function workingSpansOn(calendar: WorkingCalendar, on: LocalDate): readonly Span[] {
  const day = parseDay(on);
  return day === null ? [] : spansOfDays(compiledCalendar(calendar), day, day);
}

/** A day with any working time left after exceptions and leave. A night belongs to the day on which it starts. */
export function isWorkingDay(calendar: WorkingCalendar, on: LocalDate): boolean {
  return workingSpansOn(calendar, on).length > 0;
}
