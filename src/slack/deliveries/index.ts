import type { App } from '@slack/bolt';
import { handleEach } from '../../jobs/index.ts';
import { sendJob } from './job.ts';
import { type SenderDeps, sendDelivery } from './send.ts';
import { createDeliveryStore } from './store.ts';

const BATCH = 500;

/** Sends what the outbox holds. */
export const deliveries = {
  name: 'deliveries',
  jobs: (deps: SenderDeps) => [handleEach(sendJob, (key) => sendDelivery(deps, key))],
  sweeps: (deps: SenderDeps) => [
    {
      name: 'deliveries.wake',
      run: () => wakeDeliveries(deps),
      nextAt: () => createDeliveryStore(deps.database.prisma).nextWakeAt(),
    },
    { name: 'deliveries.recover', run: () => recoverDeliveries(deps) },
  ],
  register: registerDeliveryListeners,
};

async function wakeDeliveries(deps: SenderDeps): Promise<void> {
  const keys = await createDeliveryStore(deps.database.prisma).wake(deps.now(), BATCH);
  await deps.jobs.enqueue(deps.database.prisma, sendJob, keys);
}

async function recoverDeliveries(deps: SenderDeps): Promise<void> {
  const keys = await createDeliveryStore(deps.database.prisma).recoverAbandoned(BATCH);
  await deps.jobs.enqueue(deps.database.prisma, sendJob, keys);
}

function registerDeliveryListeners(app: App, deps: SenderDeps): void {
  app.event('member_joined_channel', async ({ event, context }) => {
    const { teamId, botUserId } = context;
    if (!teamId || event.user !== botUserId) return;
    const keys = await createDeliveryStore(deps.database.prisma).reviveFor(
      teamId,
      event.channel,
      deps.now(),
    );
    await deps.jobs.enqueue(deps.database.prisma, sendJob, keys);
  });
}
