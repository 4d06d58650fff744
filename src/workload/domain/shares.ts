/** Days that the shares look back. */
export const SCOPE_DAYS = 28;
export const SCORE_DAYS = 90;
/** Fewer than this are too few to say a share of. */
export const ENOUGH = 5;

/** Time on finished delegations, inside and outside of the charter: logged time, else the estimate. */
export type ScopeTimes = {
  insideMinutes: number;
  outsideMinutes: number;
  /** Finished delegations, and how many of them have neither logged time nor an estimate. */
  n: number;
  withoutTime: number;
};

/** The share of the time that went outside of the charter; null when nothing has a time. */
export function outsideShare({ insideMinutes, outsideMinutes }: ScopeTimes): number | null {
  const all = insideMinutes + outsideMinutes;
  return all > 0 ? outsideMinutes / all : null;
}

/** How well work is handed over: of so many delegations, how many have each. */
export type HandoverCounts = { n: number; withDone: number; withDue: number; withSop: number };

/** From 0 to 100: the mean of the three shares; null without any delegation. */
export function handoverScore({ n, withDone, withDue, withSop }: HandoverCounts): number | null {
  return n === 0 ? null : Math.round(((withDone + withDue + withSop) / (3 * n)) * 100);
}
