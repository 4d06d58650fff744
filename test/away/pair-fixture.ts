import type { WebClient } from '@slack/web-api';
import { DateTime } from 'luxon';
import type { Database, Tx } from '../../src/database/index.ts';
import type { Stores } from '../../src/deps.ts';
import type { Terms } from '../../src/pairs/domain.ts';
import { createStores } from '../../src/stores.ts';

export const WORKSPACE = 'T1';
export const DANA = { workspaceId: WORKSPACE, userId: 'U0000001' };
export const ANA = { workspaceId: WORKSPACE, userId: 'U0000002' };

/** Never asked: the leave of these tests names nobody who stands in. */
export const NO_CLIENT = {} as WebClient;

const NINE_TO_FIVE = {
  workdays: ['mon', 'tue', 'wed', 'thu', 'fri'],
  workStartTime: '09:00',
  workEndTime: '17:00',
  checkinDays: ['mon', 'tue', 'wed', 'thu', 'fri'],
  checkinTime: '09:00',
} satisfies Partial<Terms['ea']>;

export type PairFixture = Stores & {
  pairId: string;
  now: () => DateTime;
  setNow(iso: string): void;
  transact<T>(work: (stores: Stores) => Promise<T>): Promise<T>;
  /** Texts written for somebody, newest version of each message, in order of the first. */
  told(userId: string): Promise<string[]>;
};

/** An executive in New York and an EA in Manila in one pair, and everything that writes rows. */
export async function createPairFixture(database: Database): Promise<PairFixture> {
  let now = DateTime.fromISO('2026-11-23T00:00:00Z', { zone: 'utc' });
  const storesOn = (db: Tx): Stores =>
    createStores({ db, enqueue: async () => {}, now: () => now });
  const createdAt = now.toJSDate();
  await database.prisma.workspace.create({
    data: { id: WORKSPACE, name: 'Acme', botUserId: 'U0000009', createdAt },
  });
  const stores = storesOn(database.prisma);
  const pair = await stores.pairs.ensure({
    workspaceId: WORKSPACE,
    terms: {
      channelId: 'C0000001',
      startedOn: '2026-11-02',
      engagement: 'direct',
      hoursPerMonth: null,
      executive: {
        ...NINE_TO_FIVE,
        userId: DANA.userId,
        name: 'Dana',
        zone: 'America/New_York',
      },
      ea: { ...NINE_TO_FIVE, userId: ANA.userId, name: 'Ana', zone: 'Asia/Manila' },
    },
    now,
  });
  return {
    ...stores,
    pairId: pair.id,
    now: () => now,
    setNow: (iso) => {
      now = DateTime.fromISO(iso, { zone: 'utc' });
    },
    transact: (work) => database.prisma.$transaction((tx) => work(storesOn(tx))),
    told: async (userId) => {
      const rows = await database.prisma.delivery.findMany({
        where: { recipient: userId, kind: 'post' },
        orderBy: { seq: 'asc' },
      });
      return rows.map((row) => (row.message as { text: string }).text);
    },
  };
}
