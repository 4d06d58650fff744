import type { DateTime } from 'luxon';
import { atWallClock, type LocalDate } from '../../time/wall-clock.ts';
import { type WorkingCalendar, workingWindows } from '../../time/working-time.ts';

export type SnoozeChoice =
  | { choice: '20m' | '1h' | '3h' | 'work' }
  | { choice: 'pick'; on: LocalDate; time: string };

const MINUTES = { '20m': 20, '1h': 60, '3h': 180 };

/** When a snooze ends, on the clock of the one who snoozes; null for a picked time that is not ahead. */
export function snoozeEnd(
  chosen: SnoozeChoice,
  calendar: WorkingCalendar,
  now: DateTime,
): DateTime | null {
  switch (chosen.choice) {
    case '20m':
    case '1h':
    case '3h':
      return now.plus({ minutes: MINUTES[chosen.choice] });
    case 'work':
      return nextWorkStart(calendar, now);
    case 'pick': {
      const at = atWallClock(chosen.on, chosen.time, calendar.zone);
      return at > now ? at : null;
    }
  }
}

/** The next time that work begins: never the window that is open now. A day from now when none comes in three weeks. */
export function nextWorkStart(calendar: WorkingCalendar, now: DateTime): DateTime {
  const windows = workingWindows(calendar, now, now.plus({ weeks: 3 }));
  const starts = windows.map(({ start }) => start).filter((start) => start !== null);
  return starts.find((start) => start > now) ?? now.plus({ days: 1 });
}
