import type { DateTime } from 'luxon';
import type { LeadTime } from '../time/lead-times.ts';
import { WEEKDAYS, type Weekday } from '../time/local-date.ts';
import type { LocalDate } from '../time/wall-clock.ts';
import type { WorkingCalendar } from '../time/working-time.ts';

export type Role = 'executive' | 'ea';

export type Engagement = 'direct' | 'agency';

export type Member = {
  workspaceId: string;
  userId: string;
  name: string;
  zone: string;
  weekly: WorkingCalendar['weekly'];
};

export type Pair = {
  workspaceId: string;
  id: string;
  executive: Member;
  ea: Member;
  channelId: string;
  startedOn: LocalDate;
  engagement: Engagement;
  hoursPerMonth: number | null;
  tasks: TaskTerms;
  endedAt: DateTime | null;
  endedBy: string | null;
};

/** Hours for which the end of a pair can be taken back. */
export const RESTORE_HOURS = 24;

/** What the agreement says about one person. Times are 'HH:mm' in their own zone. */
export type MemberTerms = {
  userId: string;
  name: string;
  zone: string;
  workdays: Weekday[];
  workStartTime: string;
  workEndTime: string;
  checkinDays: Weekday[];
  checkinTime: string;
};

/** By when the EA takes on a task, in their working time, and when they are reminded that it is due. */
export type TaskTerms = { acceptMinutes: number; dueBefore: LeadTime[] };

/** What holds for pairs that have not chosen. */
export const USUAL_TASK_TERMS: TaskTerms = {
  acceptMinutes: 240,
  dueBefore: [{ days: 1 }, { minutes: 120 }],
};

/** What the two agree on. */
export type Terms = {
  channelId: string;
  startedOn: LocalDate;
  engagement: Engagement;
  hoursPerMonth: number | null;
  executive: MemberTerms;
  ea: MemberTerms;
  /** Missing in agreements that are older than the choice. */
  tasks?: TaskTerms | undefined;
};

export type Agreement = {
  workspaceId: string;
  pairId: string;
  version: number;
  terms: Terms;
  proposedBy: string;
  proposedAt: DateTime;
  acceptedBy: string | null;
  acceptedAt: DateTime | null;
  replacedAt: DateTime | null;
};

/** Null for somebody who is not in the pair. */
export function roleOf(pair: Pick<Pair, 'executive' | 'ea'>, userId: string): Role | null {
  if (pair.executive.userId === userId) return 'executive';
  if (pair.ea.userId === userId) return 'ea';
  return null;
}

export function memberOf(pair: Pick<Pair, 'executive' | 'ea'>, role: Role): Member {
  return role === 'executive' ? pair.executive : pair.ea;
}

/** The other one of the two. */
export function partnerOf(pair: Pick<Pair, 'executive' | 'ea'>, userId: string): Member {
  return pair.executive.userId === userId ? pair.ea : pair.executive;
}

/** The weekly hours that the terms describe: one window on each workday, across midnight when it ends before it starts. */
export function weeklyHours(
  terms: Pick<MemberTerms, 'workdays' | 'workStartTime' | 'workEndTime'>,
): WorkingCalendar['weekly'] {
  const end = terms.workEndTime === '00:00' ? '24:00' : terms.workEndTime;
  return Object.fromEntries(terms.workdays.map((day) => [day, [[terms.workStartTime, end]]]));
}

/** When one works by these terms. */
export function termsCalendar(terms: MemberTerms): WorkingCalendar {
  return { zone: terms.zone, weekly: weeklyHours(terms) };
}

export type TermsProblem = { role: Role; field: keyof MemberTerms; message: string };

/** What is wrong with the hours of one person, in sentences; empty when all is well. */
export function checkMemberTerms(role: Role, terms: MemberTerms): TermsProblem[] {
  const problems: TermsProblem[] = [];
  const say = (field: keyof MemberTerms, message: string) =>
    problems.push({ role, field, message });
  const { workdays, workStartTime: start, workEndTime: end, checkinDays, checkinTime } = terms;
  if (workdays.length === 0) say('workdays', 'Choose at least one working day.');
  if (start === end)
    say('workEndTime', 'Work ends when it starts, so these hours never open. Choose a later end.');
  else if (!isWithin(checkinTime, start, end)) {
    say('checkinTime', `Choose a time inside the working hours, ${start} to ${end}.`);
  }
  const idle = checkinDays.filter((day) => !workdays.includes(day));
  if (checkinDays.length === 0) say('checkinDays', 'Choose at least one day for the check-in.');
  else if (idle.length > 0) {
    say(
      'checkinDays',
      `${idle.map(dayName).join(', ')} is not a working day. Add it to the working days, or leave it out here.`,
    );
  }
  return problems;
}

/** Hours of a working day beyond which a person is asked whether they meant it. */
const LONG_DAY_HOURS = 16;

/** Asks about a working day that is longer than 16 hours; null when it is not. */
export function askAboutLongDay(
  terms: Pick<MemberTerms, 'workStartTime' | 'workEndTime'>,
): string | null {
  const { workStartTime: start, workEndTime: end } = terms;
  const minutesOf = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
  const minutes = (minutesOf(end) - minutesOf(start) + 1440) % 1440;
  if (minutes <= LONG_DAY_HOURS * 60) return null;
  const hours = Math.floor(minutes / 60);
  return `${start} to ${end} is a working day of ${hours} hours. Is that right?`;
}

/** Whether 'HH:mm' lies in [start, end), where a window that ends before it starts crosses midnight. */
function isWithin(time: string, start: string, end: string): boolean {
  return start < end ? time >= start && time < end : time >= start || time < end;
}

const DAY_NAMES: Record<Weekday, string> = {
  mon: 'Monday',
  tue: 'Tuesday',
  wed: 'Wednesday',
  thu: 'Thursday',
  fri: 'Friday',
  sat: 'Saturday',
  sun: 'Sunday',
};

export function dayName(day: Weekday): string {
  return DAY_NAMES[day];
}

/** "Mon to Fri", "Mon, Wed", "every day": days in the order of the week, runs of three or more joined. */
export function describeDays(days: readonly Weekday[]): string {
  const sorted = WEEKDAYS.filter((day) => days.includes(day));
  if (sorted.length === 7) return 'every day';
  const runs: Weekday[][] = [];
  for (const day of sorted) {
    const run = runs.at(-1);
    const last = run?.at(-1);
    if (run && last && WEEKDAYS.indexOf(day) === WEEKDAYS.indexOf(last) + 1) run.push(day);
    else runs.push([day]);
  }
  return runs.map(describeRun).join(', ');
}

function describeRun(run: readonly Weekday[]): string {
  const short = run.map((day) => dayName(day).slice(0, 3));
  return short.length >= 3 ? `${short[0]} to ${short.at(-1)}` : short.join(', ');
}

/** Terms to start from: nine to five, Monday to Friday, asked when the day starts. */
export function defaultMemberTerms(person: {
  userId: string;
  name: string;
  zone: string;
}): MemberTerms {
  return {
    ...person,
    workdays: ['mon', 'tue', 'wed', 'thu', 'fri'],
    workStartTime: '09:00',
    workEndTime: '17:00',
    checkinDays: ['mon', 'tue', 'wed', 'thu', 'fri'],
    checkinTime: '09:00',
  };
}
