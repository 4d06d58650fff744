import { type Checked, checkTime } from '../validate.ts';

/** A phrase cut into its time of day and what is left; `time` null when it names none. */
export type TimeSplit = { rest: string; time: Checked<string> | null };

const NAMED: Record<string, string> = {
  noon: '12:00',
  midday: '12:00',
  midnight: '00:00',
  morning: '09:00',
  afternoon: '14:00',
  evening: '18:00',
  tonight: '20:00',
  night: '20:00',
  eod: '17:00',
  'end of day': '17:00',
  'end of the day': '17:00',
};

const NAME =
  '(?:at |in the |by )?(noon|midday|midnight|morning|afternoon|evening|night|eod|end of (?:the )?day)';
const NUMERIC = "(at |by |@ ?)?(\\d{1,2})(?:([:.h])(\\d{2}))?(?: ?(am|pm|o'?clock))?";
const NAMED_AT_END = new RegExp(`(?:^| )${NAME}$`);
const NAMED_AT_START = new RegExp(`^${NAME}(?=$|[ ,])`);
const NUMERIC_AT_END = new RegExp(`(?:^|[ ,])${NUMERIC}$`);
const NUMERIC_AT_START = new RegExp(`^${NUMERIC}(?=$|[ ,])`);

/** Takes the time of day from the end or the start of a normalised phrase. 'At 1' to 'at 6' mean the afternoon. */
export function splitClockTime(phrase: string): TimeSplit {
  if (phrase === 'tonight') return { rest: 'today', time: { ok: true, value: '20:00' } };
  for (const pattern of [NAMED_AT_END, NAMED_AT_START]) {
    const match = pattern.exec(phrase);
    const time = match?.[1] && NAMED[match[1]];
    if (match && time) return { rest: without(phrase, match), time: { ok: true, value: time } };
  }
  for (const pattern of [NUMERIC_AT_END, NUMERIC_AT_START]) {
    const match = pattern.exec(phrase);
    const time = match && timeOf(match);
    if (match && time) return { rest: without(phrase, match), time };
  }
  return { rest: phrase, time: null };
}

function without(phrase: string, match: RegExpExecArray): string {
  const rest = phrase.slice(0, match.index) + phrase.slice(match.index + match[0].length);
  // 'This afternoon' leaves 'this', which stands for today.
  return rest
    .replace(/^this$/, 'today')
    .replace(/^[ ,]+|[ ,]+$/g, '')
    .replace(/ (?:at|in the)$/, '');
}

/** Null for a number that nothing marks as a time. */
function timeOf(match: RegExpExecArray): Checked<string> | null {
  const [, at, hours = '', separator, minutes, half] = match;
  if (!at && !half && separator !== ':' && separator !== 'h') return null;
  const hour = Number(hours);
  const shown = `${hours}${minutes ? `:${minutes}` : ''}`;
  if (half === 'am' || half === 'pm') {
    if (hour < 1 || hour > 12) {
      return { ok: false, message: `“${shown} ${half}” is not a time. Write 13:00, or 1 pm.` };
    }
    const hour24 = (hour % 12) + (half === 'pm' ? 12 : 0);
    return checkTime(`${hour24}:${minutes ?? '00'}`);
  }
  const isAfternoon = minutes === undefined && !hours.startsWith('0') && hour >= 1 && hour <= 6;
  return checkTime(`${isAfternoon ? hour + 12 : hours}:${minutes ?? '00'}`);
}
