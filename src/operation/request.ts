import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';

const current = new AsyncLocalStorage<{ id: string } | undefined>();

/** Does one piece of work, such as a request or a sweep, under an id that all its log lines carry; work inside it shares the id. */
export function asRequest<T>(work: () => T): T {
  if (current.getStore()) return work();
  return current.run({ id: newId() }, work);
}

/** Begins work that outlives the request which caused it, so that later log lines do not carry that request's id. */
export function apartFromRequest<T>(work: () => T): T {
  return current.run(undefined, work);
}

/** The id of the work under way, undefined outside of any. */
export function currentRequestId(): string | undefined {
  return current.getStore()?.id;
}

/** The id by which a person can name what went wrong: it stands in the log as `request`. */
export function newId(): string {
  return randomUUID().slice(0, 8);
}
