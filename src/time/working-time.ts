import { DateTime, Interval } from 'luxon';
import {
  type CompiledCalendar,
  compiledCalendar,
  millisecondsOf,
  type Span,
  spansOfDays,
} from './calendar-windows.ts';
import { DAY_MS } from './local-date.ts';
import type { LocalDate } from './wall-clock.ts';

export type WorkingCalendar = {
  zone: string;
  /** Windows as [start, end], 'HH:mm'. '24:00' ends at midnight; an end before its start is on the next day. */
  weekly: {
    [day in 'mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat' | 'sun']?: [start: string, end: string][];
  };
  /** Replaces that date's windows; [] is a holiday. */
  exceptions?: Record<LocalDate, [string, string][]>;
  /** Leave, half days, pauses: not working time, whatever the windows say. */
  away?: { from: DateTime; until: DateTime }[];
};

const CHUNK_MS = 32 * DAY_MS;
const MAX_CHUNKS = 1024;
const YEAR_MS = 366 * DAY_MS;
const MAX_CLOSED_CHUNKS = 60;

/** The working spans of one stretch of 32 days, cut at its ends, with the working time before each. */
type Chunk = {
  starts: Float64Array;
  ends: Float64Array;
  before: Float64Array;
  total: number;
};

const chunksOf = new WeakMap<CompiledCalendar, Map<number, Chunk>>();

function buildChunk(calendar: CompiledCalendar, index: number): Chunk {
  const from = index * CHUNK_MS;
  const until = from + CHUNK_MS;
  // A window may start two local days before the instant that it ends at.
  const spans = spansOfDays(calendar, from / DAY_MS - 3, until / DAY_MS + 1).filter(
    (span) => span.end > from && span.start < until,
  );
  const chunk: Chunk = {
    starts: new Float64Array(spans.length),
    ends: new Float64Array(spans.length),
    before: new Float64Array(spans.length),
    total: 0,
  };
  for (const [position, span] of spans.entries()) {
    const start = Math.max(span.start, from);
    const end = Math.min(span.end, until);
    chunk.starts[position] = start;
    chunk.ends[position] = end;
    chunk.before[position] = chunk.total;
    chunk.total += end - start;
  }
  return chunk;
}

function chunkAt(calendar: CompiledCalendar, index: number): Chunk {
  let chunks = chunksOf.get(calendar);
  if (!chunks) {
    chunks = new Map();
    chunksOf.set(calendar, chunks);
  }
  let chunk = chunks.get(index);
  if (!chunk) {
    if (chunks.size >= MAX_CHUNKS) chunks.clear();
    chunk = buildChunk(calendar, index);
    chunks.set(index, chunk);
  }
  return chunk;
}

function chunkIndex(at: number): number {
  return Math.floor(at / CHUNK_MS);
}

/** Position of the first span that ends after `at`; the number of spans when there is none. */
function firstEndingAfter(chunk: Chunk, at: number): number {
  let low = 0;
  let high = chunk.ends.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((chunk.ends[middle] ?? 0) > at) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Working time of the chunk that lies before `at`. */
function workedBefore(chunk: Chunk, at: number): number {
  const position = firstEndingAfter(chunk, at);
  const before = chunk.before[position];
  const start = chunk.starts[position];
  if (before === undefined || start === undefined) return chunk.total;
  return at > start ? before + at - start : before;
}

/** Working milliseconds in [from, to). 0 when to <= from. */
export function workingTimeBetween(
  calendar: WorkingCalendar,
  from: DateTime,
  to: DateTime,
): number {
  const start = millisecondsOf(from);
  const end = millisecondsOf(to);
  const compiled = compiledCalendar(calendar);
  if (end <= start) return 0;
  const last = chunkIndex(end);
  let index = chunkIndex(start);
  let worked = -workedBefore(chunkAt(compiled, index), start);
  for (; index < last; index += 1) worked += chunkAt(compiled, index).total;
  return worked + workedBefore(chunkAt(compiled, last), end);
}

/** The instant at which `milliseconds` of working time have passed since `from`, in the zone of `from`. A deadline that falls exactly on a window's end stays there. Throws a RangeError for a negative time, and when the calendar stays closed for more than five years. */
export function addWorkingTime(
  calendar: WorkingCalendar,
  from: DateTime,
  milliseconds: number,
): DateTime {
  const start = millisecondsOf(from);
  if (!(milliseconds >= 0 && milliseconds < Number.POSITIVE_INFINITY)) {
    throw new RangeError(`Working time to add must be zero or more, not ${milliseconds}`);
  }
  const wanted = Math.round(milliseconds);
  const compiled = compiledCalendar(calendar);
  if (wanted === 0) return from;
  let index = chunkIndex(start);
  let left = wanted + workedBefore(chunkAt(compiled, index), start);
  for (let closed = 0; closed <= MAX_CLOSED_CHUNKS; index += 1) {
    const chunk = chunkAt(compiled, index);
    if (left <= chunk.total)
      return DateTime.fromMillis(whenWorked(chunk, left), { zone: from.zone });
    left -= chunk.total;
    closed = chunk.total === 0 ? closed + 1 : 0;
  }
  throw new RangeError('The working calendar does not open for more than five years');
}

/** The first instant of the chunk at which `worked` of its working time has passed. */
function whenWorked(chunk: Chunk, worked: number): number {
  let low = 0;
  let high = chunk.before.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if ((chunk.before[middle] ?? 0) < worked) low = middle;
    else high = middle - 1;
  }
  return (chunk.starts[low] ?? 0) + worked - (chunk.before[low] ?? 0);
}

/** `at` itself when it is working time, else the next window's start; null when the calendar never opens again within a year. */
export function nextWorkingInstant(calendar: WorkingCalendar, at: DateTime): DateTime | null {
  const from = millisecondsOf(at);
  const compiled = compiledCalendar(calendar);
  const until = from + YEAR_MS;
  for (let index = chunkIndex(from); index <= chunkIndex(until); index += 1) {
    const chunk = chunkAt(compiled, index);
    const start = chunk.starts[firstEndingAfter(chunk, from)];
    if (start === undefined) continue;
    if (start <= from) return at;
    return start <= until ? DateTime.fromMillis(start, { zone: at.zone }) : null;
  }
  return null;
}

/** Working spans within [from, until), in order. A span is not cut where a chunk ends. */
function* spansWithin(calendar: CompiledCalendar, from: number, until: number): Generator<Span> {
  let open: Span | null = null;
  for (let index = chunkIndex(from); index <= chunkIndex(until); index += 1) {
    const chunk = chunkAt(calendar, index);
    for (let at = firstEndingAfter(chunk, from); at < chunk.starts.length; at += 1) {
      const start = Math.max(chunk.starts[at] ?? 0, from);
      const end = Math.min(chunk.ends[at] ?? 0, until);
      if (start >= until) break;
      if (open && open.end === start) {
        open.end = end;
        continue;
      }
      if (open) yield open;
      open = { start, end };
    }
  }
  if (open) yield open;
}

function toInterval(span: Span, zone: DateTime['zone']): Interval {
  return Interval.fromDateTimes(
    DateTime.fromMillis(span.start, { zone }),
    DateTime.fromMillis(span.end, { zone }),
  );
}

/** The working windows within [from, to), leave subtracted, in the zone of `from`. */
export function workingWindows(
  calendar: WorkingCalendar,
  from: DateTime,
  to: DateTime,
): Interval[] {
  const spans = spansWithin(compiledCalendar(calendar), millisecondsOf(from), millisecondsOf(to));
  return [...spans].map((span) => toInterval(span, from.zone));
}

/** Shared working windows of two calendars within [from, to), in the zone of `from`. */
// oxlint-disable-next-line max-params -- the signature is the published one
export function overlap(
  a: WorkingCalendar,
  b: WorkingCalendar,
  from: DateTime,
  to: DateTime,
): Interval[] {
  const [start, end] = [millisecondsOf(from), millisecondsOf(to)];
  const mine = spansWithin(compiledCalendar(a), start, end);
  const theirs = spansWithin(compiledCalendar(b), start, end);
  const shared: Interval[] = [];
  let one = mine.next();
  let other = theirs.next();
  while (!one.done && !other.done) {
    const both = {
      start: Math.max(one.value.start, other.value.start),
      end: Math.min(one.value.end, other.value.end),
    };
    if (both.start < both.end) shared.push(toInterval(both, from.zone));
    if (one.value.end <= other.value.end) one = mine.next();
    else other = theirs.next();
  }
  return shared;
}
