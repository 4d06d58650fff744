import { DateTime } from 'luxon';
import { pino } from 'pino';
import type { Database } from '../../src/database/index.ts';
import type { Pressed } from '../../src/delegations/domain/press.ts';
import { nextNoticeAt, sweepNotices } from '../../src/delegations/flows/notices.ts';
import { saveDelegation } from '../../src/delegations/flows/save.ts';
import { takePress } from '../../src/delegations/flows/step.ts';
import {
  createDelegation,
  type Delegation,
  type NewDelegation,
} from '../../src/delegations/index.ts';
import type { DelegationFields } from '../../src/delegations/views/fields.ts';
import { NO_FIELDS } from '../../src/delegations/views/fields.ts';
import type { Deps } from '../../src/deps.ts';
import { createJobs } from '../../src/jobs/index.ts';
import type { Pair } from '../../src/pairs/index.ts';
import type { Caller } from '../../src/slack/caller.ts';
import { createSlackClients } from '../../src/slack/clients.ts';
import { ANA, createPairFixture, DANA, WORKSPACE } from '../away/pair-fixture.ts';

export { ANA, DANA, WORKSPACE };

export type Fixture = {
  deps: Deps;
  pair: Pair;
  setNow(iso: string): void;
  /** Lets time pass, with everything that is said on the way. */
  until(iso: string): Promise<void>;
  hand(content: Partial<NewDelegation>): Promise<Delegation>;
  press(
    caller: Caller,
    ref: { id: string; version: number },
    ...said: [pressed: Pressed, why?: string]
  ): Promise<Delegation>;
  /** Submits the form with these fields. */
  submit(
    fields: Partial<DelegationFields>,
    seen?: string | null,
  ): ReturnType<typeof saveDelegation>;
  /** As the form of *Change* does. */
  edit(caller: Caller, task: Delegation, fields: Partial<DelegationFields>): Promise<Delegation>;
  told(userId: string): Promise<string[]>;
};

/** Dana in New York and Ana in Manila, both nine to five from Monday to Friday, on Monday 23 November 2026, 08:00 in Manila. */
export async function openFixture(database: Database): Promise<Fixture> {
  const base = await createPairFixture(database);
  const log = pino({ level: 'silent' });
  const deps: Deps = {
    ...base,
    log,
    database,
    jobs: createJobs({ database, log }),
    slack: createSlackClients({
      installations: { find: async () => null },
      apiUrl: 'http://127.0.0.1:9/',
    }),
  };
  const pair = await deps.pairs.find(WORKSPACE, base.pairId);
  if (!pair) throw new Error('no pair');
  let forms = 0;
  return {
    deps,
    pair,
    setNow: base.setNow,
    async until(iso) {
      const end = DateTime.fromISO(iso);
      for (;;) {
        const next = await nextNoticeAt(deps);
        const at = next && next < end ? DateTime.max(next, deps.now()) : end;
        base.setNow(at.toISO() ?? iso);
        await sweepNotices(deps);
        if (at >= end) return;
      }
    },
    async hand(content) {
      const made = await deps.transact((stores) =>
        createDelegation(stores, {
          pair,
          now: deps.now(),
          content: {
            title: 'Book the flights',
            definitionOfDone: '',
            priority: 3,
            dueAt: null,
            dueZone: null,
            level: 'do',
            category: null,
            estimateMinutes: null,
            sopUrl: null,
            createdBy: DANA.userId,
            ...content,
          },
        }),
      );
      if (!made) throw new Error('nothing was made');
      return made;
    },
    press: (caller, ref, ...[pressed, why]) =>
      takePress(deps, { caller, ref, pressed, why: why ?? null }),
    submit(fields, seen = null) {
      forms += 1;
      return saveDelegation(deps, {
        caller: DANA,
        carried: { delegationId: null, version: 0, pairId: pair.id, seen, source: null },
        fields: { ...NO_FIELDS, pairId: pair.id, title: 'Book the flights', ...fields },
        viewId: `V${forms}`,
        canLink: async () => false,
      });
    },
    async edit(caller, { id, version, title }, fields) {
      const saved = await saveDelegation(deps, {
        caller,
        carried: { delegationId: id, version, pairId: pair.id, seen: null, source: null },
        fields: { ...NO_FIELDS, pairId: pair.id, title, ...fields },
        viewId: id,
        canLink: async () => false,
      });
      if (saved.type !== 'saved') throw new Error('it was not saved');
      return saved.delegation;
    },
    told: base.told,
  };
}
