import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { DateTime } from 'luxon';
import { listFeatures } from '../../src/app.ts';
import type { Database } from '../../src/database/index.ts';
import { isCut, MOST_ROWS, ROWS_PER_FILE } from '../../src/privacy/domain/export.ts';
import { collectFiles, erasePerson } from '../../src/privacy/index.ts';
import { createStores } from '../../src/stores.ts';
import { ANA, createPairFixture, WORKSPACE } from '../away/pair-fixture.ts';
import { createTestDatabase } from '../support/databases.ts';

const kinds = listFeatures().flatMap((feature) => feature.records ?? []);
const NOW = DateTime.fromISO('2026-11-23T12:00:00Z', { zone: 'utc' });
const MORE = 40;

let database: Database;
let pairId: string;
beforeAll(async () => {
  database = await createTestDatabase();
  ({ pairId } = await createPairFixture(database));
  // All at the same moment, which tells none of them apart.
  await database.prisma.$executeRaw`
    INSERT INTO checkins ("workspaceId", "pairId", id, "userId", "dueOn", answers, version, "submittedAt")
    SELECT ${WORKSPACE}, ${pairId}, 'c' || n, p."eaId", to_char(date '1990-01-01' + n, 'YYYY-MM-DD'),
      '{}', 1, ${NOW.toJSDate()}
    FROM pairs p, generate_series(1, ${ROWS_PER_FILE + MORE}) n WHERE p.id = ${pairId}`;
});
afterAll(() => database.close());

describe('a copy of very many records', () => {
  test('comes in several files, each small enough to be written while others wait, with every record once', async () => {
    const stores = createStores({ db: database.prisma, now: () => NOW, enqueue: async () => {} });
    const { files, cut } = await collectFiles(stores, {
      workspaceId: WORKSPACE,
      userId: '',
      pairId,
      kinds,
      format: 'json',
    });
    const parts = files.filter(({ name }) => name.startsWith('checkins'));
    expect(parts.map(({ name, rows }) => [name, rows])).toEqual([
      ['checkins.json', ROWS_PER_FILE],
      ['checkins-2.json', MORE],
    ]);
    const ids = parts.flatMap(({ content }) => JSON.parse(content) as { id: string }[]);
    expect(new Set(ids.map(({ id }) => id)).size).toBe(ROWS_PER_FILE + MORE);
    expect(cut).toBe(false);
  });

  test('is said to be cut when its files hold all that it may hold of one kind', () => {
    const parts = Array.from({ length: MOST_ROWS / ROWS_PER_FILE }, (_, index) => ({
      name: index === 0 ? 'checkins.csv' : `checkins-${index + 1}.csv`,
      rows: ROWS_PER_FILE,
    }));
    expect(isCut(parts)).toBe(true);
    expect(isCut(parts.slice(1))).toBe(false);
  });

  test('is erased in many small steps, so that others get their turn in between', async () => {
    const { checkin } = database.prisma;
    const before = await checkin.count();
    let turns = 0;
    const timer = setInterval(() => {
      turns += 1;
    }, 0);
    const who = {
      workspaceId: WORKSPACE,
      userId: ANA.userId,
      actorId: ANA.userId,
      kinds,
      now: NOW,
    };
    await database.prisma.$transaction((tx) =>
      erasePerson(createStores({ db: tx, now: () => NOW, enqueue: async () => {} }), who),
    );
    clearInterval(timer);
    expect(await checkin.count()).toBe(0);
    expect(turns).toBeGreaterThan(before / 1000);
  });
});
