import { DateTime } from 'luxon';
import { parseDay } from '../../../time/local-date.ts';
import type { Checked } from '../../../time/validate.ts';
import type { LocalDate } from '../../../time/wall-clock.ts';

/** An instant, or a date on somebody's calendar with or without a time. */
export type WrittenDate = { at: DateTime } | { on: LocalDate; time: string | null };

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})$/;
const LOCAL = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]+(\d{1,2}:\d{2})(?::\d{2})?)?$/;
const DOTTED = /^(\d{1,2})\.(\d{1,2})\.(\d{4})(?: +(\d{1,2}:\d{2}))?$/;

/** Reads '2027-03-09', '2027-03-09 17:00', '9.3.2027' and ISO instants; '03/04/2027' could be two days, so it is refused. */
export function readWrittenDate(due: string, time: string): Checked<WrittenDate> {
  const refuse = (text: string) => ({
    ok: false as const,
    message: `“${text.slice(0, 40)}” is not a date that I can read. Write it like 2027-03-09 or 2027-03-09 17:00.`,
  });
  if (INSTANT.test(due)) {
    const at = DateTime.fromISO(due);
    return at.isValid ? { ok: true, value: { at } } : refuse(due);
  }
  const local = LOCAL.exec(due);
  const dotted = DOTTED.exec(due);
  const [year, month, day, clock] = local
    ? [local[1], local[2], local[3], local[4]]
    : [dotted?.[3], dotted?.[2], dotted?.[1], dotted?.[4]];
  if (!year || !month || !day) return refuse(due);
  const on = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  if (parseDay(on) === null) return refuse(due);
  const written = clock ?? (time === '' ? null : time);
  if (written === null) return { ok: true, value: { on, time: null } };
  const padded = written.padStart(5, '0');
  if (!/^([01]\d|2[0-3]):[0-5]\d$/.test(padded))
    return {
      ok: false,
      message: `“${written.slice(0, 40)}” is not a time. Write it like 09:00 or 17:30.`,
    };
  return { ok: true, value: { on, time: padded } };
}
