import { randomBytes } from 'node:crypto';

export type Ids = {
  /** A Slack-like id: a capital letter or two and ten characters, unique in this sandbox. */
  next(prefix: string): string;
  /** Any whole number, each once, ascending. */
  number(): number;
  /** How many were given out. */
  count(): number;
  /** Gives none out that are among the first `count`. */
  continueFrom(count: number): void;
};

export function createIds(): Ids {
  let count = 0;
  const number = () => (count += 1);
  return {
    number,
    count: () => count,
    continueFrom(given) {
      count = Math.max(count, given);
    },
    next: (prefix) => `${prefix}${number().toString(36).toUpperCase().padStart(10, '0')}`,
  };
}

/** Hexadecimal that nobody guesses, `bytes` long. */
export function makeSecret(bytes = 16): string {
  return randomBytes(bytes).toString('hex');
}
