import type { Deps } from '../deps.ts';
import type { Feature } from '../feature.ts';
import { handleBatch } from '../jobs/index.ts';
import { publishDue } from './flows/publish.ts';
import { type Recorded, showRecorded } from './flows/refresh.ts';
import { registerHomeListeners } from './listeners.ts';
import { publishJob } from './queues.ts';
import { createHomeStore } from './store.ts';
import { HOME_RECORDS } from './views/records.ts';

export { createHomeStore, type HomeStore } from './store.ts';

/** One page for each person who opens it: what waits for them, and a button for everything that can be done. */
export function home(features: readonly Feature[]): Feature {
  const running = new Set<Promise<void>>();
  const publish = async (deps: Deps): Promise<void> => {
    const run = publishDue(deps, features);
    running.add(run);
    await run.finally(() => running.delete(run));
  };
  return {
    name: 'home',
    records: HOME_RECORDS,
    register: registerHomeListeners,
    jobs: (deps) => [
      handleBatch(
        publishJob,
        async (signals) => {
          await publish(deps);
          return signals.map(() => ({ status: 'fulfilled' as const, value: null }));
        },
        { batchSize: 100 },
      ),
    ],
    sweeps: (deps) => [
      {
        name: 'home.publish',
        run: () => publish(deps),
        // What is being published says nothing about when the next one is due.
        async nextAt() {
          for (;;) {
            await Promise.allSettled(running);
            const at = await deps.home.nextAt();
            if (running.size === 0) return at;
          }
        },
      },
    ],
  };
}

/** Keeps Home in step with the messages that go out. */
export async function showInHomes(o: Recorded): Promise<void> {
  await showRecorded(createHomeStore(o.tx), o);
}
