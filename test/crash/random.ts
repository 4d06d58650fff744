export type Random = {
  /** The number that brings the same run again. */
  seed: number;
  /** From 0 up to, but not including, 1. */
  next(): number;
  /** A whole number from `low` to `high`, both included. */
  between(low: number, high: number): number;
  pick<T>(from: readonly T[]): T | undefined;
  chance(share: number): boolean;
};

/** Chance that can be repeated: `SEED` in the environment, else a new seed (mulberry32). */
export function createRandom(given = process.env.SEED): Random {
  const seed = given === undefined ? Math.floor(Math.random() * 2 ** 31) : Number(given);
  let state = seed;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const between = (low: number, high: number) => low + Math.floor(next() * (high - low + 1));
  return {
    seed,
    next,
    between,
    pick: (from) => from[between(0, from.length - 1)],
    chance: (share) => next() < share,
  };
}
