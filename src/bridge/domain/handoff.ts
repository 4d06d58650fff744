import type { LocalDate } from '../../time/wall-clock.ts';

/** One thing in a list: what it is, and what came of it. */
export type HandoffLine = { text: string; outcome: string | null };

/** The first of what there is; `more` are not named, and there are others still with `isMore`. */
export type HandoffList = { lines: HandoffLine[]; more: number; isMore: boolean };

/** What the partner reported on one of their days. */
export type HandoffReport = { dueOn: LocalDate; parts: { label: string; text: string }[] };

/** What somebody finds when they start work. */
export type Handoff = {
  reports: HandoffReport[];
  /** Delegations that the partner delivered or closed. */
  finished: HandoffList;
  decided: HandoffList;
  waitsForYou: HandoffList;
  waitsForPartner: HandoffList;
  waitsForOthers: HandoffList;
};

/** Reports of one handoff; older ones are in the history. */
export const MAX_REPORTS = 3;
/** Characters of one answer of a report that are shown. */
export const MAX_TEXT = 600;
/** Lines of one list. */
export const MAX_LINES = 8;

/**
 * Whether there is anything to say. Questions, answers and what waits have come in messages of their own, so that they
 * alone are no news, but for somebody who was away.
 */
export function hasNews(handoff: Handoff, isBack: boolean): boolean {
  const { reports, finished, decided, waitsForYou } = handoff;
  if (reports.length > 0 || finished.lines.length > 0) return true;
  return isBack && (decided.lines.length > 0 || waitsForYou.lines.length > 0);
}

/** The first lines; `beyond` are those that were not even read. */
export function listOf(
  lines: readonly HandoffLine[],
  beyond: { more: number; isMore: boolean } = { more: 0, isMore: false },
): HandoffList {
  const shown = lines.slice(0, MAX_LINES);
  return { lines: shown, more: lines.length - shown.length + beyond.more, isMore: beyond.isMore };
}

/** Whether a shown report names this task already: by its number, or by its title as a line of its own. */
export function isReported(
  reports: readonly HandoffReport[],
  task: { number: number; title: string },
): boolean {
  const mark = new RegExp(`#${task.number}(?!\\d)`);
  const title = wordsOf(task.title);
  return reports.some(({ parts }) =>
    parts.some(({ text }) =>
      text
        .slice(0, MAX_TEXT)
        .split('\n')
        .some((line) => mark.test(line) || wordsOf(line) === title),
    ),
  );
}

function wordsOf(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
