import type { DateTime } from 'luxon';
import { createAwayStore } from './away/index.ts';
import { createCharterStore } from './charter/index.ts';
import { createCheckinStore } from './checkins/index.ts';
import type { Database, Tx } from './database/index.ts';
import { createDecisionStore } from './decisions/index.ts';
import { createDelegationStore } from './delegations/index.ts';
import type { Deps, Stores } from './deps.ts';
import { createHomeStore } from './home/index.ts';
import { forgetJobs } from './jobs/forget.ts';
import type { Enqueue } from './jobs/index.ts';
import { createOnlookerStore } from './onlookers/index.ts';
import { createPairStore } from './pairs/index.ts';
import { createAuditStore, createPrivacyStore } from './privacy/index.ts';
import { createReminderStore } from './reminders/index.ts';
import { createRepeatStore } from './repeats/index.ts';
import { createRoutineStore } from './routines/index.ts';
import { createOutbox } from './slack/deliveries/outbox.ts';
import { savingOnce } from './slack/inbound/index.ts';
import { createWorkloadStore } from './workload/index.ts';

/** All that reads and writes rows, on one connection or transaction. */
export function createStores(o: { db: Tx; enqueue: Enqueue; now: () => DateTime }): Stores {
  const { db, enqueue, now } = o;
  return {
    pairs: createPairStore(db),
    onlookers: createOnlookerStore(db),
    routines: createRoutineStore(db),
    checkins: createCheckinStore(db),
    reminders: createReminderStore(db),
    away: createAwayStore(db),
    charter: createCharterStore(db),
    workload: createWorkloadStore(db),
    repeats: createRepeatStore(db),
    decisions: createDecisionStore(db),
    delegations: createDelegationStore(db),
    audit: createAuditStore(db),
    home: createHomeStore(db),
    privacy: createPrivacyStore(db),
    outbox: createOutbox({ db, enqueue, now }),
    enqueue: (job, items) => enqueue(db, job, items),
    forgetJobs: (words) => forgetJobs(db, words),
  };
}

/** All or nothing, and where a person sent a form: once. */
export function createTransact(o: {
  database: Pick<Database, 'prisma'>;
  storesOn: (db: Tx) => Stores;
  now: () => DateTime;
}): Deps['transact'] {
  const { database, storesOn, now } = o;
  return (work) =>
    savingOnce(
      (note) =>
        database.prisma.$transaction(async (tx) => {
          const result = await work(storesOn(tx));
          await note(tx, result);
          return result;
        }),
      now,
    );
}
