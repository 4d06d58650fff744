import type { Feature } from '../../feature.ts';
import { handleBatch } from '../../jobs/index.ts';
import { sendJob } from './job.ts';
import { createPump, type Pump, type SenderDeps } from './pump.ts';
import type { OnRecorded } from './record.ts';
import { DELIVERY_RECORDS } from './records.ts';
import { nextDueAt, pruneRates, reviveFor } from './store/upkeep.ts';

/** Sends what the outbox holds. `onRecorded` hears what went out, in the transaction in which that is written down. */
export function deliveries(o: { onRecorded?: OnRecorded } = {}): Feature {
  let pump: Pump | undefined;
  const pumpOf = (deps: SenderDeps): Pump => {
    pump ??= createPump({ ...deps, ...o });
    return pump;
  };
  return {
    name: 'deliveries',
    records: DELIVERY_RECORDS,
    jobs: (deps) => [
      handleBatch(
        sendJob,
        async (signals) => {
          // A process that stops leaves the signal to another one.
          const isTaken = pumpOf(deps).wake();
          const reason = new Error('this process stops');
          return signals.map(() =>
            isTaken
              ? { status: 'fulfilled' as const, value: null }
              : { status: 'rejected' as const, reason },
          );
        },
        { batchSize: 2000 },
      ),
    ],
    sweeps: (deps) => [
      {
        name: 'deliveries.wake',
        isRepair: true,
        run: async () => {
          pumpOf(deps).wake();
          await pruneRates(deps.database.prisma, deps.now());
        },
        nextAt: async () => {
          await pumpOf(deps).settled();
          return await nextDueAt(deps.database.prisma, deps.now());
        },
      },
    ],
    register(app, deps) {
      app.event('member_joined_channel', async ({ event, context }) => {
        const { teamId: workspaceId, botUserId } = context;
        if (!workspaceId || event.user !== botUserId) return;
        const { now, database } = deps;
        await reviveFor(database.prisma, { workspaceId, channelId: event.channel, now: now() });
        pumpOf(deps).wake();
      });
    },
    stop: async () => pump?.stop(),
  };
}
