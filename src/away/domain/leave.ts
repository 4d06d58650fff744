import { DateTime } from 'luxon';
import { workingSpansOn } from '../../time/calendar-windows.ts';
import { formatLocalDate } from '../../time/format.ts';
import { dayOf, formatDay } from '../../time/local-date.ts';
import { type Checked, checkDateRange } from '../../time/validate.ts';
import type { LocalDate } from '../../time/wall-clock.ts';
import { addWorkingTime, type WorkingCalendar } from '../../time/working-time.ts';

export const LEAVE_TYPES = ['vacation', 'sick', 'public_duty', 'training', 'other'] as const;

export type LeaveType = (typeof LEAVE_TYPES)[number];

const TYPE_NAMES: Record<LeaveType, string> = {
  vacation: 'Holiday or vacation',
  sick: 'Sick leave',
  public_duty: 'Public duty',
  training: 'Training',
  other: 'Other leave',
};

export function leaveTypeName(type: LeaveType): string {
  return TYPE_NAMES[type];
}

/** Days of leave, both ends included, in the person's own local dates. */
export type LeaveRange = {
  firstOn: LocalDate;
  lastOn: LocalDate;
  /** The first day counts from midday only. */
  startsAtMidday: boolean;
  /** The last day counts until midday only. */
  endsAtMidday: boolean;
};

export type LeavePlan = LeaveRange & {
  type: LeaveType;
  coverId: string | null;
  reason: string | null;
};

export type Leave = LeavePlan & {
  workspaceId: string;
  id: string;
  userId: string;
  createdAt: DateTime;
  changedAt: DateTime;
  cancelledAt: DateTime | null;
};

export const MAX_LEAVE_DAYS = 366;
const MAX_DAYS_AHEAD = 2 * 366;
const MAX_DAYS_BACK = 31;

export type RangeField = 'firstOn' | 'lastOn' | 'endsAtMidday';

/** The range as it may be saved on the person's local date `today`, or what is wrong and at which field. */
export function checkLeaveRange(
  range: LeaveRange,
  today: LocalDate,
  /** The first day of leave that is changed: it may lie as far back as it did. */
  startedOn?: LocalDate,
): Checked<LeaveRange> | { ok: false; field: RangeField; message: string } {
  const refuse = (field: RangeField, message: string) => ({ ok: false as const, field, message });
  const checked = checkDateRange(range.firstOn, range.lastOn);
  if (!checked.ok) return refuse('lastOn', checked.message);
  const [first, last] = [dayOf(range.firstOn), dayOf(range.lastOn)];
  if (range.lastOn < today) {
    return refuse(
      'lastOn',
      `These days are over: the last one is ${formatLocalDate(range.lastOn)} and today is ${formatLocalDate(today)}. Choose today or a later day.`,
    );
  }
  if (range.firstOn !== startedOn && first < dayOf(today) - MAX_DAYS_BACK)
    return refuse('firstOn', 'Leave can start at most a month back. Choose a later first day.');
  if (first > dayOf(today) + MAX_DAYS_AHEAD) {
    return refuse('firstOn', 'Leave can be planned two years ahead. Choose an earlier first day.');
  }
  if (last - first + 1 > MAX_LEAVE_DAYS) {
    return refuse(
      'lastOn',
      `These are ${last - first + 1} days, and a leave can have at most ${MAX_LEAVE_DAYS}. Choose an earlier last day.`,
    );
  }
  if (first === last && range.startsAtMidday && range.endsAtMidday) {
    return refuse(
      'endsAtMidday',
      'This leave starts and ends at midday of one day, so nothing is left of it. Choose the morning or the afternoon.',
    );
  }
  return { ok: true, value: range };
}

/** First and last half day, counted so that ranges can be compared. */
function halfDays(range: LeaveRange): { first: number; last: number } {
  return {
    first: dayOf(range.firstOn) * 2 + (range.startsAtMidday ? 1 : 0),
    last: dayOf(range.lastOn) * 2 + (range.endsAtMidday ? 0 : 1),
  };
}

/** Whether two ranges share at least half a day. */
export function isOverlapping(a: LeaveRange, b: LeaveRange): boolean {
  const [one, other] = [halfDays(a), halfDays(b)];
  return one.first <= other.last && other.first <= one.last;
}

/** Whether both plans say the same, such as a form that was sent twice. */
export function isSamePlan(a: LeavePlan, b: LeavePlan): boolean {
  const [one, other] = [halfDays(a), halfDays(b)];
  return (
    one.first === other.first &&
    one.last === other.last &&
    a.type === b.type &&
    a.coverId === b.coverId &&
    a.reason === b.reason
  );
}

/** 'Fri 27 Nov 2026, afternoon', 'Thu 24 Dec 2026 to Sat 2 Jan 2027 (until midday)'. */
export function describeRange(range: LeaveRange): string {
  const { firstOn, lastOn, startsAtMidday, endsAtMidday } = range;
  const first = formatLocalDate(firstOn);
  if (firstOn === lastOn) {
    if (startsAtMidday) return `${first}, afternoon`;
    return endsAtMidday ? `${first}, morning` : first;
  }
  const from = startsAtMidday ? `${first} (from midday)` : first;
  return `${from} to ${formatLocalDate(lastOn)}${endsAtMidday ? ' (until midday)' : ''}`;
}

/** Whether some of the range lies before the person's local date `today`. */
export function hasStarted(range: LeaveRange, today: LocalDate): boolean {
  return range.firstOn < today;
}

/**
 * From when until when somebody is away. A night shift belongs to the day on which it starts, so a range begins
 * after the night before it and ends after the night of its last day. `calendar` is the person's without leave.
 */
export function leaveInstants(
  range: LeaveRange,
  calendar: WorkingCalendar,
): { from: DateTime; until: DateTime } {
  return {
    from: range.startsAtMidday
      ? middayOf(range.firstOn, calendar)
      : startOfWorkDay(range.firstOn, calendar),
    until: range.endsAtMidday
      ? middayOf(range.lastOn, calendar)
      : startOfWorkDay(formatDay(dayOf(range.lastOn) + 1), calendar),
  };
}

/** Local midnight, or the end of the night shift that runs past it. */
function startOfWorkDay(on: LocalDate, calendar: WorkingCalendar): DateTime {
  const midnight = DateTime.fromISO(on, { zone: calendar.zone }).startOf('day');
  const nightEnd = workingSpansOn(calendar, formatDay(dayOf(on) - 1)).at(-1)?.end ?? 0;
  return nightEnd > midnight.toMillis()
    ? DateTime.fromMillis(nightEnd, { zone: calendar.zone })
    : midnight;
}

/** The instant that halves the day's working time; local noon on a day without any. */
function middayOf(on: LocalDate, calendar: WorkingCalendar): DateTime {
  const spans = workingSpansOn(calendar, on);
  const [first] = spans;
  if (!first) return DateTime.fromISO(`${on}T12:00`, { zone: calendar.zone });
  const worked = spans.reduce((sum, span) => sum + span.end - span.start, 0);
  const start = DateTime.fromMillis(first.start, { zone: calendar.zone });
  return addWorkingTime(calendar, start, worked / 2);
}

const KEPT_DAYS = 400;

/** The leave that the working calendar needs: not cancelled, and not over for longer than response times look back. */
export function awayInstants(
  leaves: readonly Leave[],
  calendar: WorkingCalendar,
  now: DateTime,
): { from: DateTime; until: DateTime }[] {
  const oldest = now.minus({ days: KEPT_DAYS });
  return leaves
    .filter((leave) => !leave.cancelledAt)
    .map((leave) => leaveInstants(leave, calendar))
    .filter(({ until }) => until > oldest)
    .toSorted((a, b) => a.from.toMillis() - b.from.toMillis());
}

const TYPE_WORDS: [LeaveType, RegExp][] = [
  ['sick', /\b(?:i(?:'|’)?m |i am )?(?:sick(?: leave| day)?|ill)\b/i],
  ['public_duty', /\b(?:jury|public|military|civic) (?:duty|service)\b/i],
  ['training', /\b(?:training|course|conference)\b/i],
  ['vacation', /\b(?:on )?(?:vacation|holidays?|annual leave|pto)\b/i],
];

/** The type of leave that the words name, null when they name none, and the words without it. */
export function readLeaveType(text: string): { type: LeaveType | null; rest: string } {
  const plain = text.replaceAll(/\b(?:on leave|day off|out of office|ooo|away|off)\b/gi, ' ');
  for (const [type, words] of TYPE_WORDS) {
    if (words.test(plain)) return { type, rest: tidy(plain.replace(words, ' ')) };
  }
  return { type: null, rest: tidy(plain) };
}

function tidy(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}
