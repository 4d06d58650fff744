import type { DateTime } from 'luxon';
import { nextWorkingInstant, type WorkingCalendar } from '../../time/working-time.ts';
import { endOfWorkOn } from './window.ts';

/** How long to put off: a preset, the next work start, or an instant that a person picked. */
export type SnoozeChoice = '20m' | '1h' | '3h' | 'nextWorkStart';

const MINUTES: Record<Exclude<SnoozeChoice, 'nextWorkStart'>, number> = {
  '20m': 20,
  '1h': 60,
  '3h': 180,
};

/** When a snooze chosen at `now` ends, before quiet hours. */
export function snoozeEnd(
  choice: SnoozeChoice,
  o: { calendar: WorkingCalendar; now: DateTime },
): DateTime {
  if (choice === 'nextWorkStart') return nextWorkStart(o.calendar, o.now);
  return o.now.plus({ minutes: MINUTES[choice] });
}

/** Today's work start while it lies ahead, else that of the next working day; a day ahead when there is none. */
export function nextWorkStart(calendar: WorkingCalendar, now: DateTime): DateTime {
  const opensAt = nextWorkingInstant(calendar, now);
  const ended = opensAt !== null && opensAt > now ? null : endOfWorkOn(calendar, now);
  const next = ended ? nextWorkingInstant(calendar, ended) : opensAt;
  return next && next > now ? next : now.plus({ days: 1 });
}
