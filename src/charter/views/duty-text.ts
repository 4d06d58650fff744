import type { KnownBlock } from '@slack/types';
import type { Role } from '../../pairs/index.ts';
import { context, literal, section } from '../../slack/blocks.ts';
import { escapeText, shorten } from '../../slack/text.ts';
import { formatInBothZones } from '../../time/format.ts';
import { formatMinutes } from '../../time/minutes.ts';
import { printWhen } from '../../time/phrases/print.ts';
import type { RecurrenceTime } from '../../time/recurrence.ts';
import { zoneCity } from '../../time/zones.ts';
import {
  type Duty,
  type DutyContent,
  type Frequency,
  frequencyOf,
  type HolidayRule,
  type Priority,
} from '../domain/duty.ts';

/** The two people as the charter names them. */
export type CharterPeople = Record<Role, { userId: string; name: string; zone: string }>;

export const FREQUENCY_NAMES: Record<Frequency, string> = {
  daily: 'Daily',
  weekly: 'Weekly',
  monthly: 'Monthly',
};

export const PRIORITY_NAMES: Record<Priority, string> = {
  high: 'High priority',
  normal: 'Normal priority',
  low: 'Low priority',
};

export const HOLIDAY_NAMES: Record<HolidayRule, string> = {
  skip: 'left out on a day off',
  before: 'moved to the working day before a day off',
  after: 'moved to the working day after a day off',
};

/** 'every weekday at 09:00 (Manila time)'. */
export function describeTiming(
  duty: Pick<DutyContent, 'timing' | 'owner'>,
  people: CharterPeople,
): string {
  return `${printWhen(duty.timing)} (${zoneCity(people[duty.owner].zone)} time)`;
}

/** A duty as one line of our own wording, escaped for mrkdwn. */
export function describeDuty(duty: DutyContent, people: CharterPeople): string {
  const parts = [
    PRIORITY_NAMES[duty.priority],
    escapeText(shorten(people[duty.owner].name, 60)),
    escapeText(describeTiming(duty, people)),
    HOLIDAY_NAMES[duty.onDayOff],
    ...(duty.category ? [escapeText(duty.category)] : []),
    duty.estimateMinutes === null ? 'no estimate' : `about ${formatMinutes(duty.estimateMinutes)}`,
    describeSop(duty.sopUrl),
  ];
  return parts.join(' · ');
}

function describeSop(sopUrl: string | null): string {
  if (sopUrl === null) return '*No SOP*';
  return `<${escapeText(sopUrl).replaceAll('|', '%7C')}|SOP>`;
}

/** A duty in a list: what it is, then when, who and how. */
export function buildDuty(
  duty: Duty,
  o: { people: CharterPeople; next?: RecurrenceTime | undefined },
): KnownBlock[] {
  const { people, next } = o;
  const more = [
    ...(duty.doneMeans ? [`Done means: ${escapeText(shorten(duty.doneMeans, 300))}`] : []),
    ...(duty.kpi ? [`KPI: ${escapeText(shorten(duty.kpi, 300))}`] : []),
    ...(next
      ? [`Next: ${escapeText(formatInBothZones(next.at, people.executive.zone, people.ea.zone))}`]
      : []),
  ];
  return [section(literal(shorten(duty.title, 300))), context(describeDuty(duty, people), ...more)];
}

/** 'What changed' between two versions of one duty, in words. */
export function describeChange(before: Duty, after: Duty, people: CharterPeople): string {
  const lines: string[] = [];
  const say = (what: string, was: string, now: string) => {
    if (was !== now) lines.push(`${what}: ${was} → ${now}`);
  };
  const name = (text: string | null) => (text === null ? 'none' : escapeText(shorten(text, 150)));
  say('title', name(before.title), name(after.title));
  say('who', name(people[before.owner].name), name(people[after.owner].name));
  say('priority', before.priority, after.priority);
  say(
    'when',
    escapeText(describeTiming(before, people)),
    escapeText(describeTiming(after, people)),
  );
  say('day off', HOLIDAY_NAMES[before.onDayOff], HOLIDAY_NAMES[after.onDayOff]);
  say('category', name(before.category), name(after.category));
  say('done means', name(before.doneMeans), name(after.doneMeans));
  say('estimate', minutes(before), minutes(after));
  say('SOP', describeSop(before.sopUrl), describeSop(after.sopUrl));
  say('KPI', name(before.kpi), name(after.kpi));
  return `*${escapeText(shorten(before.title, 100))}*: ${lines.join('; ')}`;
}

function minutes({ estimateMinutes }: Duty): string {
  return estimateMinutes === null ? 'none' : formatMinutes(estimateMinutes);
}

/** Groups of a list that is sorted by frequency, each with its heading at the first of it. */
export function headingBefore(duties: readonly Duty[], index: number): string | null {
  const duty = duties[index];
  if (!duty) return null;
  const before = duties[index - 1];
  const frequency = frequencyOf(duty.timing);
  return before && frequencyOf(before.timing) === frequency ? null : FREQUENCY_NAMES[frequency];
}
