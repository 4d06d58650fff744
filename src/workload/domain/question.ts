import type { DateTime } from 'luxon';
import type { LocalDate } from '../../time/wall-clock.ts';

export const ANSWERS = ['moved', 'dropped', 'kept'] as const;

export type LoadAnswer = (typeof ANSWERS)[number];

/** One delegation that could give way, lowest priority first. Its title is read when it is shown. */
export type QuestionItem = { delegationId: string; answer: LoadAnswer | null };

export type LoadQuestion = {
  workspaceId: string;
  pairId: string;
  weekOn: LocalDate;
  askedAt: DateTime;
  content: {
    dueMinutes: number;
    availableMinutes: number;
    n: number;
    withoutEstimate: number;
    items: QuestionItem[];
  };
};

/** As many as one message asks about. */
export const MOST_ITEMS = 6;

/** Days by which "Move" puts something off. */
export const MOVE_DAYS = 7;

/** The Monday of the week of `at` on that clock. */
export function weekOf(at: DateTime, zone: string): LocalDate {
  return at.setZone(zone).startOf('week').toISODate() ?? '';
}
