import { DateTime } from 'luxon';
import type { Dispatcher } from './delivery/dispatcher.ts';
import { SandboxError } from './errors.ts';
import type { AppHooks } from './sandbox.ts';
import type { World } from './state/world.ts';

export type Timeline = {
  attach(hooks: AppHooks): () => void;
  nextEventAt(): Promise<DateTime | null>;
  /** Lets everything happen that is due until `at`, in order, and leaves the clock there. */
  advanceTo(at: DateTime): Promise<void>;
  /** Sets the clock forward at once; what was due in between is late. */
  jumpTo(at: DateTime): void;
  settle(): Promise<void>;
};

const MOST_STEPS = 100_000;

/** Moves the clock through attached apps. */
export function createTimeline(o: { world: World; dispatcher: Dispatcher }): Timeline {
  const { world, dispatcher } = o;
  const apps = new Set<AppHooks>();
  let moving: Promise<void> = Promise.resolve();

  async function settle(): Promise<void> {
    let started: number;
    do {
      await dispatcher.idle();
      started = dispatcher.startedCount();
      for (const app of apps) await app.settle();
      await dispatcher.idle();
    } while (started !== dispatcher.startedCount());
  }

  async function nextEventAt(): Promise<DateTime | null> {
    const times: DateTime[] = [];
    for (const app of apps) {
      const at = await app.nextEventAt();
      if (at) times.push(at);
    }
    return DateTime.min(...times) ?? null;
  }

  async function step(target: DateTime): Promise<void> {
    const release = world.clock.hold();
    try {
      refuseBackwards(target);
      for (let steps = 0; ; steps += 1) {
        const at = await nextEventAt();
        if (!at || at > target) break;
        if (steps === MOST_STEPS) {
          throw new SandboxError(
            'no_progress',
            `An app keeps having something to do at ${at.toISO()}.`,
            409,
          );
        }
        world.clock.moveTo(DateTime.max(world.clock.now(), at));
        world.changed('', 'clock');
        await settle();
      }
      world.clock.moveTo(DateTime.max(world.clock.now(), target));
      world.changed('', 'clock');
      await settle();
    } finally {
      release();
    }
  }

  function refuseBackwards(target: DateTime): void {
    if (!target.isValid) throw new SandboxError('bad_clock', 'That is not a time.');
    // The clock runs while a request is on its way; the same second is not "backwards".
    if (target.toMillis() < world.clock.nowMs() - 1000) world.clock.moveTo(target);
  }

  return {
    attach(hooks) {
      apps.add(hooks);
      return () => apps.delete(hooks);
    },
    nextEventAt,
    settle,
    jumpTo(at) {
      world.clock.moveTo(at);
      world.changed('', 'clock');
    },
    advanceTo(at) {
      const moved = moving.then(() => step(at));
      moving = moved.catch(() => {});
      return moved;
    },
  };
}
