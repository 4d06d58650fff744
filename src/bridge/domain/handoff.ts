import type { LocalDate } from '../../time/wall-clock.ts';

/** One thing in a list: what it is, and what came of it. */
export type HandoffLine = { text: string; outcome: string | null };

/** What the partner reported on one of their days. */
export type HandoffReport = { dueOn: LocalDate; parts: { label: string; text: string }[] };

/** What somebody finds when they start work. */
export type Handoff = {
  reports: HandoffReport[];
  /** Delegations that the partner delivered or closed. */
  finished: HandoffLine[];
  decided: HandoffLine[];
  waitsForYou: HandoffLine[];
  waitsForPartner: HandoffLine[];
};

/** Reports of one handoff; older ones are in the history. */
export const MAX_REPORTS = 3;

/**
 * Whether there is anything to say. Questions and answers have come in messages of their own, so that they alone are
 * no news, but for somebody who was away.
 */
export function hasNews(handoff: Handoff, isBack: boolean): boolean {
  const { reports, finished, decided, waitsForYou } = handoff;
  if (reports.length > 0 || finished.length > 0) return true;
  return isBack && (decided.length > 0 || waitsForYou.length > 0);
}
