import { randomBytes } from 'node:crypto';

/** A short id that stands both in the log and in the sentence that a person sees. */
export function newReference(): string {
  return randomBytes(4).toString('hex');
}
