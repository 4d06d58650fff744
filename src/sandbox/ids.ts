import { randomBytes } from 'node:crypto';

export type Ids = {
  /** A Slack-like id: a capital letter or two and ten characters, unique in this sandbox. */
  next(prefix: string): string;
  /** Any whole number, each once, ascending. */
  number(): number;
};

export function createIds(): Ids {
  let count = 0;
  const number = () => (count += 1);
  return {
    number,
    next: (prefix) => `${prefix}${number().toString(36).toUpperCase().padStart(10, '0')}`,
  };
}

/** Hexadecimal that nobody guesses, `bytes` long. */
export function makeSecret(bytes = 16): string {
  return randomBytes(bytes).toString('hex');
}
