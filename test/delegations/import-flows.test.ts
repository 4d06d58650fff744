import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Database } from '../../src/database/index.ts';
import { MAX_LINES } from '../../src/delegations/domain/import/import.ts';
import { confirmImport, undoImport } from '../../src/delegations/flows/import/decide.ts';
import { planLines } from '../../src/delegations/flows/import/plan.ts';
import { writeImport } from '../../src/delegations/flows/import/write.ts';
import { readTable } from '../../src/delegations/views/import/table.ts';
import type { Deps } from '../../src/deps.ts';
import { createTestDatabase } from '../support/databases.ts';
import { ANA, DANA, type Fixture, openFixture, WORKSPACE } from './fixture.ts';

const LINES = 10_000;
const CSV = `title,due\n${Array.from(
  { length: LINES },
  (_, index) => `Task ${index},2026-12-${String((index % 28) + 1).padStart(2, '0')}`,
).join('\n')}`;

const RUN = { signal: new AbortController().signal, attempt: 1, isLastAttempt: false };

let database: Database;
let fixture: Fixture;
beforeAll(async () => {
  database = await createTestDatabase();
  fixture = await openFixture(database);
});
afterAll(() => database.close());

/** A preview as it stands once the file is read; answers with the progress that was shown. */
async function prepare(id: string): Promise<number[]> {
  const { deps, pair } = fixture;
  const shown: number[] = [];
  const { lines } = await planLines(readTable(CSV).lines, {
    pairId: pair.id,
    calendar: pair.ea,
    zone: pair.executive.zone,
    categories: [],
    now: deps.now(),
    onProgress: async (checked) => {
      shown.push(checked);
    },
  });
  await deps.delegations.addImport({
    workspaceId: WORKSPACE,
    id,
    pairId: pair.id,
    createdBy: DANA.userId,
    fileId: 'F1',
    fileName: 'tasks.csv',
    state: 'ready',
    lines,
    skipped: 0,
    firstNumber: null,
    lastNumber: null,
    createdAt: deps.now(),
    finishedAt: null,
  });
  return shown;
}

function count(): Promise<number> {
  return database.prisma.delegation.count();
}

describe(`${LINES} lines`, () => {
  const key = { workspaceId: WORKSPACE, id: 'I1' };

  test('are checked, with progress shown, and written in less than 20 seconds', async () => {
    const began = performance.now();
    expect(await prepare(key.id)).toEqual([2500, 5000, 7500]);
    await confirmImport(fixture.deps, { caller: DANA, id: key.id });
    expect(await count()).toBe(0);
    const paused = await interrupt();
    await writeImport(fixture.deps, key, { ...RUN, attempt: 2 });
    const seconds = (performance.now() - began - paused) / 1000;
    expect(await count()).toBe(LINES);
    expect(seconds).toBeLessThan(20);
    expect(LINES).toBeLessThan(MAX_LINES);
  });

  /** The process is killed after everything is written and before it is committed. Milliseconds that this took. */
  async function interrupt(): Promise<number> {
    const began = performance.now();
    const { deps } = fixture;
    const broken: Deps = {
      ...deps,
      transact: (work) =>
        deps.transact(async (stores) => {
          await work(stores);
          throw new Error('killed');
        }),
    };
    await expect(writeImport(broken, key, RUN)).rejects.toThrow('killed');
    expect(await count()).toBe(0);
    return performance.now() - began;
  }

  test('are written once, also when the job comes again or the button is pressed again', async () => {
    await writeImport(fixture.deps, key, RUN);
    await confirmImport(fixture.deps, { caller: DANA, id: key.id });
    expect(await count()).toBe(LINES);
    const entry = await fixture.deps.delegations.findImport(key);
    expect(entry).toMatchObject({ state: 'done', lines: [], firstNumber: 1, lastNumber: LINES });
  });

  test('say so in one message to each, post no cards, and nag nobody about what is new', async () => {
    await fixture.until('2026-11-25T09:00:00Z');
    const posts = await database.prisma.delivery.findMany({ where: { kind: 'post' } });
    expect(posts.map(({ dedupeKey }) => dedupeKey).toSorted()).toEqual([
      'delegation-import:I1',
      'delegation-import:I1:summary',
    ]);
  });

  test('handed in twice are the same tasks: the second import writes none', async () => {
    await prepare('I2');
    await confirmImport(fixture.deps, { caller: DANA, id: 'I2' });
    await writeImport(fixture.deps, { ...key, id: 'I2' }, RUN);
    expect(await count()).toBe(LINES);
    expect((await fixture.told(DANA.userId)).at(-1)).toContain(
      'There was nothing new in *tasks.csv*.',
    );
  });

  test('can be taken back by whoever imported them, for a day', async () => {
    await expect(undoImport(fixture.deps, { caller: ANA, id: key.id })).rejects.toThrow(
      'This import is not there any more.',
    );
    await expect(undoImport(fixture.deps, { caller: DANA, id: key.id })).rejects.toThrow(
      'more than a day ago',
    );
    fixture.setNow('2026-11-23T01:00:00Z');
    await undoImport(fixture.deps, { caller: DANA, id: key.id });
    expect(await count()).toBe(0);
    expect((await fixture.told(DANA.userId)).join('\n')).toContain('10,000 tasks are removed');
  });
});
