import type { DateTime } from 'luxon';

/** 5 is the best. */
export const SCORES = [1, 2, 3, 4, 5] as const;

export type Score = (typeof SCORES)[number];

/** Longest text, in UTF-16 units. */
export const MAX_A_PLUS = 1000;

/** What the executive says about one delivery. */
export type RatingContent = {
  /** Null when they chose not to say. */
  score: Score | null;
  aPlus: string | null;
};

export type Rating = RatingContent & {
  /** Counts from 1. */
  position: number;
  ratedBy: string;
  ratedAt: DateTime;
  /** When the EA first had it before them. */
  seenAt: DateTime | null;
};

/** Days that the average looks back. */
export const RATING_DAYS = 90;

/** Fewer than this are too few for an average. */
export const ENOUGH_RATINGS = 5;

/** `mean` is null without any. */
export type AverageRating = { mean: number | null; n: number };

/**
 * Where the next thing that is said stands: in place of the last one as long as the EA has not seen that, after it
 * from then on. Null when it would say the same again, or skip what was rated already.
 */
export function placeRating(
  last: (RatingContent & Pick<Rating, 'position' | 'seenAt'>) | undefined,
  next: RatingContent,
): { position: number; replaces: boolean } | null {
  if (!last) return { position: 1, replaces: false };
  if (next.score === null) return null;
  if (last.score === next.score && last.aPlus === next.aPlus) return null;
  return last.seenAt
    ? { position: last.position + 1, replaces: false }
    : { position: last.position, replaces: true };
}
