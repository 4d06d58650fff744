import { DateTime } from 'luxon';
import type { Role, TaskTerms } from '../../pairs/index.ts';
import type { LeadTime } from '../../time/lead-times.ts';
import {
  addWorkingTime,
  nextWorkingInstant,
  type WorkingCalendar,
} from '../../time/working-time.ts';
import { type Delegation, isOpen, isOverdue } from './delegation.ts';
import { workingTimeBefore, workStartAfter, workStartBefore } from './due.ts';

export type NoticeKind =
  | 'handed'
  | 'unaccepted'
  | 'unaccepted_executive'
  | 'question'
  | 'waiting'
  | 'still_waiting'
  | 'delivered'
  | 'reopened'
  | 'dropped'
  | 'news'
  | 'due_day'
  | 'due_hours'
  | 'overdue';

/** Something to be said about one delegation to one of the two. */
export type Notice = {
  kind: NoticeKind;
  to: Role;
  at: DateTime;
  /** Noted once it was said, so that it is not said again. */
  mark: string;
};

export type Calendars = Record<Role, WorkingCalendar>;

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** Working hours of the executive after which they are reminded of what the EA waits for. */
export const ANSWER_HOURS = 8;
/** On how many days at most something overdue is listed. */
export const OVERDUE_DAYS = 5;
/** Marks that are kept; older ones are of states long gone. */
const MARKS_KEPT = 40;

/** What is still to be said about it as it stands, each in the hours of the one who hears it; none when nothing changes. */
export function planNotices(
  delegation: Delegation,
  o: { calendars: Calendars; tasks: TaskTerms; now: DateTime },
): Notice[] {
  if (delegation.deletedAt) return [];
  // Of two about one delegation at one time the later one is said, and it says when it is due.
  const all = [
    ...dueNotices(delegation, o),
    ...newsNotices(delegation),
    ...stateNotices(delegation, o),
  ];
  return all.flatMap((notice) => {
    if (delegation.said.includes(notice.mark)) return [];
    const from = notice.at > o.now ? notice.at : o.now;
    const at = nextWorkingInstant(o.calendars[notice.to], from);
    return at ? [{ ...notice, at }] : [];
  });
}

/** When there is first something to say, null when there is nothing. */
export function firstNoticeAt(notices: readonly Notice[]): DateTime | null {
  return DateTime.min(...notices.map(({ at }) => at)) ?? null;
}

/** The marks with those of what was said now. What comes later of one matter makes what came before it needless. */
export function markSaid(
  delegation: Pick<Delegation, 'said'>,
  notices: readonly Notice[],
): string[] {
  return [...new Set([...delegation.said, ...notices.map(({ mark }) => mark)])].slice(-MARKS_KEPT);
}

/** The marks with which nothing is said of one that is new since `now`, but when it is due. */
export function marksOfBeginning(now: DateTime): string[] {
  const kinds: NoticeKind[] = ['handed', 'unaccepted', 'unaccepted_executive'];
  return kinds.map((kind) => `${kind}@${now.toMillis()}`);
}

/** The marks with which nobody is told of the change that led to `version`, but for `to`. */
export function marksOfChange(version: number, to: Role | null): string[] {
  return ROLES.filter((role) => role !== to).map((role) => newsMark(role, version));
}

/** `said` without the marks of earlier changes: each version has its own. */
export function withoutNews(said: readonly string[]): string[] {
  return said.filter((mark) => !mark.startsWith('news.'));
}

const ROLES: readonly Role[] = ['executive', 'ea'];

function newsMark(role: Role, version: number): string {
  return `news.${role}@${version}`;
}

/** An answer, or a change of what was agreed, to the one of the two who did not make it. */
function newsNotices({ state, stateSinceAt, version }: Delegation): Notice[] {
  if (version === 1 || !isOpen(state)) return [];
  return ROLES.map((to) => ({
    kind: 'news',
    to,
    at: stateSinceAt,
    mark: newsMark(to, version),
  }));
}

type Agreed = { calendars: Calendars; tasks: TaskTerms };

function stateNotices(delegation: Delegation, { calendars, tasks }: Agreed): Notice[] {
  const { executive, ea } = calendars;
  const acceptHours = tasks.acceptMinutes / 60;
  const { state, stateSinceAt: since } = delegation;
  const notice = (kind: NoticeKind, to: Role, at: DateTime | null): Notice[] =>
    at ? [{ kind, to, at, mark: `${kind}@${since.toMillis()}` }] : [];
  switch (state) {
    case 'new':
      return [
        ...notice('handed', 'ea', since),
        ...notice('unaccepted', 'ea', after(ea, since, acceptHours)),
        ...notice('unaccepted_executive', 'executive', after(ea, since, 2 * acceptHours)),
      ];
    case 'question':
    case 'waiting_executive':
      return [
        ...notice(state === 'question' ? 'question' : 'waiting', 'executive', since),
        ...notice('still_waiting', 'executive', after(executive, since, ANSWER_HOURS)),
      ];
    case 'delivered':
      return notice('delivered', 'executive', since);
    case 'reopened':
      return notice('reopened', 'ea', since);
    case 'wont_do':
      return delegation.acceptedAt ? notice('dropped', 'ea', since) : [];
    default:
      return [];
  }
}

function dueNotices(delegation: Delegation, { calendars, tasks }: Agreed): Notice[] {
  const { ea } = calendars;
  const { dueAt, state, said } = delegation;
  if (!dueAt || !isOpen(state) || state === 'delivered') return [];
  const due = String(dueAt.toMillis());
  const listed = said.filter((mark) => mark.startsWith(`overdue@${due}@`));
  const lastListed = Number(listed.at(-1)?.split('@')[2] ?? due);
  const overdueAt =
    listed.length < OVERDUE_DAYS ? workStartAfter(ea, DateTime.fromMillis(lastListed)) : null;
  const before = (leads: readonly LeadTime[]) =>
    leads.flatMap((lead) => noticeBefore(delegation, { ea, dueAt, lead }));
  const heard = before(said.flatMap((mark) => leadOf(mark, due)));
  return [
    // Once a later one was said, an earlier one, such as one agreed on since, says nothing new.
    ...before(tasks.dueBefore).filter(({ at }) => !heard.some((one) => one.at > at)),
    ...(overdueAt
      ? [{ kind: 'overdue' as const, to: 'ea' as const, at: overdueAt, mark: `overdue@${due}@` }]
      : []),
  ];
}

function noticeBefore(
  { createdAt }: Delegation,
  o: { ea: WorkingCalendar; dueAt: DateTime; lead: LeadTime },
): Notice[] {
  const { ea, dueAt, lead } = o;
  const isDays = 'days' in lead;
  const kind = isDays ? 'due_day' : 'due_hours';
  const at = isDays
    ? workStartBefore(ea, dueAt, lead.days)
    : workingTimeBefore(ea, {
        from: createdAt,
        until: dueAt,
        milliseconds: lead.minutes * MINUTE_MS,
      });
  return at && at > createdAt
    ? [{ kind, to: 'ea', at, mark: markOf(lead, String(dueAt.toMillis())) }]
    : [];
}

/** The usual ones, a day and two hours, have marks without an amount: so it was before others could be chosen. */
const USUAL = { due_day: 1, due_hours: 120 };

function markOf(lead: LeadTime, due: string): string {
  const [kind, amount] =
    'days' in lead ? (['due_day', lead.days] as const) : (['due_hours', lead.minutes] as const);
  return `${kind}@${due}${amount === USUAL[kind] ? '' : `@${amount}`}`;
}

/** What `markOf` has made of a lead time before `due`; none from other marks. */
function leadOf(mark: string, due: string): LeadTime[] {
  const [kind, at, amount] = mark.split('@');
  if (at !== due) return [];
  if (kind === 'due_day') return [{ days: Number(amount ?? USUAL.due_day) }];
  return kind === 'due_hours' ? [{ minutes: Number(amount ?? USUAL.due_hours) }] : [];
}

/** Those of the notices whose time has come. */
export function dueNow(notices: readonly Notice[], now: DateTime): Notice[] {
  return notices
    .filter(({ at }) => at <= now)
    .map((notice) =>
      notice.kind === 'overdue' ? { ...notice, mark: `${notice.mark}${now.toMillis()}` } : notice,
    );
}

/** Whether it is still worth saying: what is overdue is not called due soon. */
export function stillHolds(delegation: Delegation, o: { notice: Notice; now: DateTime }): boolean {
  const { kind } = o.notice;
  const isPast = isOverdue(delegation, o.now);
  if (kind === 'due_day' || kind === 'due_hours') return !isPast;
  return kind !== 'overdue' || isPast;
}

/** `addWorkingTime` in hours; null when work never opens again. */
function after(calendar: WorkingCalendar, from: DateTime, hours: number): DateTime | null {
  try {
    return addWorkingTime(calendar, from, hours * HOUR_MS);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}
