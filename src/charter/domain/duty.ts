import type { Role } from '../../pairs/index.ts';
import type { When } from '../../time/phrases/when.ts';
import type { Recurrence } from '../../time/recurrence.ts';

export const PRIORITIES = ['high', 'normal', 'low'] as const;

export type Priority = (typeof PRIORITIES)[number];

/** What happens to a duty on a holiday, on leave, or on another day off of its owner. */
export const HOLIDAY_RULES = ['skip', 'before', 'after'] as const;

export type HolidayRule = (typeof HOLIDAY_RULES)[number];

export type DutyTiming = Extract<When, { kind: 'recurring' }>;

/** What somebody does again and again. Its timing is on the clock of its owner. */
export type DutyContent = {
  title: string;
  owner: Role;
  priority: Priority;
  timing: DutyTiming;
  onDayOff: HolidayRule;
  category: string | null;
  /** What is true when it is done. */
  doneMeans: string | null;
  estimateMinutes: number | null;
  /** An address of the web. */
  sopUrl: string | null;
  kpi: string | null;
};

/** The id stays the same through all versions of the charter. */
export type Duty = DutyContent & { id: string };

export type Frequency = 'daily' | 'weekly' | 'monthly';

export const FREQUENCIES: readonly Frequency[] = ['daily', 'weekly', 'monthly'];

/** As many as a charter can hold. */
export const MAX_DUTIES = 60;
export const MAX_TITLE = 150;
export const MAX_LINE = 300;
/** Two working days: what takes longer is not one piece of work. */
export const MAX_ESTIMATE_MINUTES = 16 * 60;

/** On four or more days of every week it is daily; every week or every few weeks it is weekly. */
export function frequencyOf({ pattern }: Pick<DutyTiming, 'pattern'>): Frequency {
  if (pattern.kind === 'weekly') return pattern.weekdays.length >= 4 ? 'daily' : 'weekly';
  return pattern.kind === 'everyNthWeek' ? 'weekly' : 'monthly';
}

export function recurrenceOf(duty: Pick<Duty, 'timing' | 'onDayOff'>): Recurrence {
  const { pattern, time, from, until } = duty.timing;
  return {
    pattern,
    time,
    onNonWorkingDay: duty.onDayOff,
    ...(from && { from }),
    ...(until && { until }),
  };
}

/** In the order in which a charter lists them: daily before weekly before monthly, then by priority, then by title. */
export function sortDuties<T extends DutyContent>(duties: readonly T[]): T[] {
  return duties.toSorted(
    (a, b) =>
      FREQUENCIES.indexOf(frequencyOf(a.timing)) - FREQUENCIES.indexOf(frequencyOf(b.timing)) ||
      PRIORITIES.indexOf(a.priority) - PRIORITIES.indexOf(b.priority) ||
      a.title.localeCompare(b.title, 'en'),
  );
}

/** How many of the duties have an SOP. */
export function sopCoverage(duties: readonly Pick<Duty, 'sopUrl'>[]): { with: number; n: number } {
  return { with: duties.filter(({ sopUrl }) => sopUrl !== null).length, n: duties.length };
}
