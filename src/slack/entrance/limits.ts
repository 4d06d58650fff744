import { RateLimiterMemory } from 'rate-limiter-flexible';

/** What people may do in a minute; each replica counts for itself. */
export type DeedLimits = { perPerson: number; perWorkspace: number };

export type Verdict =
  | { isAllowed: true }
  | {
      isAllowed: false;
      limit: 'person' | 'workspace';
      /** The first refusal of this person within a minute: the one that they are told of. */
      isFirst: boolean;
    };

const SECONDS = 60;
/** Choices are asked for with each letter that somebody types into a menu. */
const SUGGESTIONS_FOR_A_DEED = 5;

/**
 * Counts what people do, in memory: what is refused costs no work of the database, which is what a flood would
 * otherwise take from other workspaces. With several replicas a person can do so many times more, which is still bounded.
 * Real time counts, also where the product's clock is simulated.
 */
export function createDeedCounter(limits: DeedLimits) {
  const counter = (points: number) => new RateLimiterMemory({ points, duration: SECONDS });
  const deeds = counter(limits.perPerson);
  const suggestions = counter(limits.perPerson * SUGGESTIONS_FOR_A_DEED);
  const workspaces = counter(limits.perWorkspace);
  const refusals = counter(1);

  return async (deed: { kind: string; workspaceId: string; userId: string }): Promise<Verdict> => {
    const { workspaceId } = deed;
    const person = `${workspaceId} ${deed.userId}`;
    const own = deed.kind === 'suggestion' ? suggestions : deeds;
    // What the person's own limit refuses takes nothing from the colleagues' share.
    const limit = !(await takes(own, person))
      ? 'person'
      : (await takes(workspaces, workspaceId))
        ? null
        : 'workspace';
    if (limit === null) return { isAllowed: true };
    return { isAllowed: false, limit, isFirst: await takes(refusals, person) };
  };
}

function takes(counter: RateLimiterMemory, key: string): Promise<boolean> {
  return counter.consume(key).then(
    () => true,
    () => false,
  );
}
