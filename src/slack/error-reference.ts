import { currentRequestId, newId } from '../operation/request.ts';

/** A short id that stands both in the log, on every line of the same request, and in the sentence that a person sees. */
export function newReference(): string {
  return currentRequestId() ?? newId();
}
