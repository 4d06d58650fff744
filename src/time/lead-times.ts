import { formatMinutes, readMinutes } from './minutes.ts';
import type { Checked } from './validate.ts';

/** How long before something: when work starts, so many working days before; or so much working time before. */
export type LeadTime = { days: number } | { minutes: number };

const MOST = 3;
const MOST_DAYS = 10;
/** 40 hours. */
const MOST_MINUTES = 2400;

const EXAMPLE = `Write it such as 1 day, 2 h: at most ${MOST_DAYS} days, or ${formatMinutes(MOST_MINUTES)} of working time.`;

/** Lead times from '1 day, 2 h', the longest first and each once; none from an empty text. Never more than three. */
export function readLeadTimes(text: string): Checked<LeadTime[]> {
  const parts = text
    .toLowerCase()
    .split(/,|;|\n|\band\b/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
  const read = new Map<string, LeadTime>();
  for (const part of parts) {
    const one = readOne(part);
    if (!one)
      return {
        ok: false,
        message: `I do not understand “${part.slice(0, 40)}”. ${EXAMPLE}`,
      };
    read.set(JSON.stringify(one), one);
  }
  if (read.size > MOST) return { ok: false, message: `Choose at most ${MOST} times. ${EXAMPLE}` };
  return { ok: true, value: [...read.values()].toSorted(byLength) };
}

function readOne(text: string): LeadTime | null {
  const days = /^(\d{1,2}|an?|one) ?(?:d|days?|working days?)(?: before)?$/.exec(text)?.[1];
  if (days) {
    const count = /^\d/.test(days) ? Number(days) : 1;
    return count >= 1 && count <= MOST_DAYS ? { days: count } : null;
  }
  // A number alone could be hours or minutes.
  if (/^\d+$/.test(text)) return null;
  const minutes = readMinutes(text.replace(/^an? /, '1 ').replace(/ before$/, ''), MOST_MINUTES);
  return minutes === null ? null : { minutes };
}

function byLength(a: LeadTime, b: LeadTime): number {
  return weightOf(b) - weightOf(a);
}

/** Days come before hours, as people read them. */
function weightOf(one: LeadTime): number {
  return 'days' in one ? one.days * MOST_MINUTES * 2 : one.minutes;
}

/** '1 day, 2 h', which `readLeadTimes` understands; empty without any. */
export function formatLeadTimes(times: readonly LeadTime[]): string {
  return times
    .map((one) =>
      'days' in one ? `${one.days} day${one.days === 1 ? '' : 's'}` : formatMinutes(one.minutes),
    )
    .join(', ');
}
