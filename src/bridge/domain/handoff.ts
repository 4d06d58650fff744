import type { LocalDate } from '../../time/wall-clock.ts';

/** One thing in a list: what it is, and what came of it. */
export type HandoffLine = { text: string; outcome: string | null };

/** What the partner reported on one of their days. */
export type HandoffReport = { dueOn: LocalDate; parts: { label: string; text: string }[] };

/** What somebody finds when they start work. */
export type Handoff = {
  reports: HandoffReport[];
  decided: HandoffLine[];
  waitsForYou: HandoffLine[];
  waitsForPartner: HandoffLine[];
  /** How many of what waits were asked since the last handoff. */
  newWaits: number;
};

/** Reports of one handoff; older ones are in the history. */
export const MAX_REPORTS = 3;

/** Whether there is anything to say: what only waits on, as it did before, is no news. */
export function hasNews(handoff: Handoff): boolean {
  const { reports, decided, newWaits } = handoff;
  return reports.length > 0 || decided.length > 0 || newWaits > 0;
}
