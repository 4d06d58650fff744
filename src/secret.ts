import { inspect } from 'node:util';

/** A value that shows itself as `[redacted]` wherever it is printed; only `reveal` gives it out. */
export type Secret = { reveal(): string; toString(): string; toJSON(): string };

/** Wraps a value so that no log line, error or JSON shows it. */
export function createSecret(value: string): Secret {
  const redacted = () => '[redacted]';
  return Object.freeze({
    reveal: () => value,
    toString: redacted,
    toJSON: redacted,
    [inspect.custom]: redacted,
  });
}
