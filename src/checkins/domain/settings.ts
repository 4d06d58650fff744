import type { RoutineControls } from '../../routines/index.ts';
import { dayOf, type Weekday } from '../../time/local-date.ts';
import type { RecurrencePattern } from '../../time/recurrence.ts';
import type { LocalDate } from '../../time/wall-clock.ts';

/** How often somebody wants to be asked; 'agreed' is what the working agreement says. */
export type PatternChoice = 'agreed' | 'weekly' | 'everyOtherWeek' | 'monthDay' | 'lastBusinessDay';

/** What somebody asks for about their own check-ins. */
export type SettingsWish = {
  pattern: PatternChoice;
  weekdays: Weekday[];
  monthDay: number | null;
  onNonWorkingDay: 'skip' | 'before' | 'after';
  /** First local date on which to ask again. */
  mutedUntilOn: LocalDate | null;
  skipsNext: boolean;
  skipOn: LocalDate[];
};

/** Days ahead that a pause may last. */
const LONGEST_PAUSE_DAYS = 366;
/** Dates that can be left out at a time. */
const MOST_SKIPPED = 60;

/** The first thing that is wrong with it, in a sentence, at the field that it is about. */
export function checkPattern(
  wish: SettingsWish,
  today: LocalDate,
): { field: string; message: string } | null {
  const { pattern, weekdays, monthDay, mutedUntilOn } = wish;
  if ((pattern === 'weekly' || pattern === 'everyOtherWeek') && weekdays.length === 0)
    return { field: 'weekdays', message: 'Choose at least one day of the week.' };
  if (pattern === 'monthDay' && (monthDay === null || monthDay < 1 || monthDay > 31))
    return { field: 'monthDay', message: 'Write a day of the month, from 1 to 31.' };
  if (mutedUntilOn !== null && mutedUntilOn < today)
    return { field: 'mutedUntilOn', message: 'This day has passed. Choose today or a later day.' };
  if (mutedUntilOn !== null && dayOf(mutedUntilOn) - dayOf(today) > LONGEST_PAUSE_DAYS)
    return { field: 'mutedUntilOn', message: 'Choose a day within the next year.' };
  if (wish.skipOn.length > MOST_SKIPPED)
    return { field: 'skipOn', message: `Write at most ${MOST_SKIPPED} dates.` };
  return null;
}

/** The controls that a checked wish asks for. Every other week is counted from this week, or as it was counted before. */
export function controlsOf(
  wish: SettingsWish,
  o: { today: LocalDate; before: RoutineControls },
): RoutineControls {
  const pattern = patternOf(wish, o);
  const { mutedUntilOn, onNonWorkingDay } = wish;
  const skipOn = [...new Set(wish.skipOn)].filter((on) => on >= o.today).toSorted();
  return {
    ...(pattern && { pattern }),
    ...(onNonWorkingDay !== 'skip' && { onNonWorkingDay }),
    ...(mutedUntilOn !== null && mutedUntilOn > o.today && { mutedUntilOn }),
    ...(skipOn.length > 0 && { skipOn }),
  };
}

function patternOf(
  wish: SettingsWish,
  o: { today: LocalDate; before: RoutineControls },
): RecurrencePattern | null {
  const { weekdays } = wish;
  switch (wish.pattern) {
    case 'agreed':
      return null;
    case 'weekly':
      return { kind: 'weekly', weekdays };
    case 'everyOtherWeek': {
      const { pattern } = o.before;
      const anchorOn = pattern?.kind === 'everyNthWeek' ? pattern.anchorOn : o.today;
      return { kind: 'everyNthWeek', weeks: 2, weekdays, anchorOn };
    }
    case 'monthDay':
      return { kind: 'dayOfMonth', day: wish.monthDay ?? 1 };
    case 'lastBusinessDay':
      return { kind: 'businessDayOfMonth', which: 'last' };
  }
}

/** The choice that leads to these controls. */
export function choiceOf(controls: RoutineControls): PatternChoice {
  switch (controls.pattern?.kind) {
    case 'weekly':
      return 'weekly';
    case 'everyNthWeek':
      return 'everyOtherWeek';
    case 'dayOfMonth':
      return 'monthDay';
    case 'businessDayOfMonth':
      return 'lastBusinessDay';
    default:
      return 'agreed';
  }
}
