import type { DateTime, Interval } from 'luxon';
import type { LocalDate } from '../../time/wall-clock.ts';
import { nextWorkingInstant, overlap, type WorkingCalendar } from '../../time/working-time.ts';
import { nextOffsetChange } from '../../time/zone-offsets.ts';

/** The working calendars of one person and of the partner. */
export type TwoCalendars = { mine: WorkingCalendar; theirs: WorkingCalendar };

/** A stretch of time in which both work. */
export type Shared = { start: DateTime; end: DateTime };

/** Days ahead in which the next shared time is looked for. */
const NEXT_DAYS = 31;

/** What is left of the shared time of my local day at `now`, in order. */
export function sharedToday({ mine, theirs }: TwoCalendars, now: DateTime): Shared[] {
  const local = now.setZone(mine.zone);
  return shared({ mine, theirs }, local, local.startOf('day').plus({ days: 1 }));
}

/** The shared time that is on now or comes next; null when there is none within a month. */
export function nextShared(calendars: TwoCalendars, now: DateTime): Shared | null {
  const from = now.setZone(calendars.mine.zone);
  return shared(calendars, from, from.plus({ days: NEXT_DAYS })).at(0) ?? null;
}

function shared({ mine, theirs }: TwoCalendars, from: DateTime, until: DateTime): Shared[] {
  return overlap(mine, theirs, from, until).flatMap(bounds);
}

function bounds({ start, end }: Interval): Shared[] {
  return start && end ? [{ start, end }] : [];
}

/** A usual day: minutes that both work, and when that is on each one's clock, null without any. */
export type UsualDay = { minutes: number; mine: ClockWindow | null; theirs: ClockWindow | null };

export type ClockWindow = { startTime: string; endTime: string };

/** A change of the clocks that changes the shared time of a usual day. */
export type ClockChange = {
  at: DateTime;
  /** My first working day after it. */
  on: LocalDate;
  /** Whose clocks change. */
  zones: string[];
  before: UsualDay;
  after: UsualDay;
};

/** Changes of the clocks in (now, now + days] that make the shared time of a usual day longer, shorter or another. */
export function findClockChanges(
  calendars: TwoCalendars,
  o: { now: DateTime; days: number },
): ClockChange[] {
  // Holidays and leave come and go: what the clocks do shows in usual weeks only.
  const mine = { zone: calendars.mine.zone, weekly: calendars.mine.weekly };
  const theirs = { zone: calendars.theirs.zone, weekly: calendars.theirs.weekly };
  const usual = { mine, theirs };
  const until = o.now.plus({ days: o.days });
  return offsetChanges(usual, o.now, until).flatMap(({ at, zones }) => {
    const before = usualDay(usual, at.minus({ days: 7 }), at);
    const after = usualDay(usual, at, at.plus({ days: 7 }));
    if (isSameDay(before, after)) return [];
    const first = nextWorkingInstant(mine, at) ?? at;
    return [{ at, zones, before, after, on: first.setZone(mine.zone).toISODate() ?? '' }];
  });
}

function offsetChanges(
  { mine, theirs }: TwoCalendars,
  now: DateTime,
  until: DateTime,
): { at: DateTime; zones: string[] }[] {
  const byInstant = new Map<number, { at: DateTime; zones: string[] }>();
  for (const zone of new Set([mine.zone, theirs.zone])) {
    let at = nextOffsetChange(zone, now, until);
    while (at) {
      const known = byInstant.get(at.toMillis());
      if (known) known.zones.push(zone);
      else byInstant.set(at.toMillis(), { at, zones: [zone] });
      at = nextOffsetChange(zone, at, until);
    }
  }
  return [...byInstant.values()].toSorted((a, b) => a.at.toMillis() - b.at.toMillis());
}

/** The day of that time on which both work longest; with several, the first. */
export function usualDay(calendars: TwoCalendars, from: DateTime, until: DateTime): UsualDay {
  const days = new Map<string, Shared[]>();
  for (const one of shared(calendars, from, until)) {
    const on = one.start.setZone(calendars.mine.zone).toISODate() ?? '';
    days.set(on, [...(days.get(on) ?? []), one]);
  }
  const longest = [...days.values()].toSorted((a, b) => minutesOf(b) - minutesOf(a)).at(0) ?? [];
  return {
    minutes: minutesOf(longest),
    mine: windowOf(longest, calendars.mine.zone),
    theirs: windowOf(longest, calendars.theirs.zone),
  };
}

function minutesOf(parts: readonly Shared[]): number {
  return parts.reduce((sum, { start, end }) => sum + end.diff(start).as('minutes'), 0);
}

function windowOf(parts: readonly Shared[], zone: string): ClockWindow | null {
  const [first, last] = [parts.at(0), parts.at(-1)];
  if (!first || !last) return null;
  const time = (at: DateTime) => at.setZone(zone).toFormat('HH:mm');
  return { startTime: time(first.start), endTime: time(last.end) };
}

function isSameDay(a: UsualDay, b: UsualDay): boolean {
  const times = (day: UsualDay) =>
    [day.mine, day.theirs].map((one) => `${one?.startTime}-${one?.endTime}`).join();
  return a.minutes === b.minutes && times(a) === times(b);
}
