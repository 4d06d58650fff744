import type { DateTime } from 'luxon';
import type { Logger } from 'pino';
import type { AwayStore } from './away/index.ts';
import type { CharterStore } from './charter/index.ts';
import type { CheckinStore } from './checkins/index.ts';
import type { Database } from './database/index.ts';
import type { DecisionStore } from './decisions/index.ts';
import type { DelegationStore } from './delegations/index.ts';
import type { HomeStore } from './home/index.ts';
import type { JobDefinition, Jobs } from './jobs/index.ts';
import type { OnlookerStore } from './onlookers/index.ts';
import type { PairStore } from './pairs/index.ts';
import type { AuditStore, PrivacyStore } from './privacy/index.ts';
import type { ReminderStore } from './reminders/index.ts';
import type { RepeatStore } from './repeats/index.ts';
import type { RoutineStore } from './routines/index.ts';
import type { SlackClients } from './slack/clients.ts';
import type { Outbox } from './slack/deliveries/outbox.ts';
import type { WorkloadStore } from './workload/index.ts';

/** What reads and writes rows. Inside `transact` all of them share one transaction. */
export type Stores = {
  pairs: PairStore;
  onlookers: OnlookerStore;
  routines: RoutineStore;
  checkins: CheckinStore;
  reminders: ReminderStore;
  away: AwayStore;
  charter: CharterStore;
  workload: WorkloadStore;
  repeats: RepeatStore;
  delegations: DelegationStore;
  audit: AuditStore;
  home: HomeStore;
  decisions: DecisionStore;
  privacy: PrivacyStore;
  outbox: Outbox;
  /** Queues work; nothing runs before the transaction commits. */
  enqueue<T extends object>(job: JobDefinition<T>, items: T[]): Promise<void>;
  /** Deletes jobs that hold one of these words, such as the id of somebody who is erased. */
  forgetJobs(words: readonly string[]): Promise<void>;
};

/** Everything with a side effect. */
export type Deps = Stores & {
  now: () => DateTime;
  log: Logger;
  slack: SlackClients;
  jobs: Jobs;
  database: Database;
  /** All or nothing: the changes and the messages they cause. */
  transact<T>(work: (stores: Stores) => Promise<T>): Promise<T>;
};
