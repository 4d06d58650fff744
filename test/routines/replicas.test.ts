import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Database } from '../../src/database/index.ts';
import { sweepRoutines, sweepSteps } from '../../src/routines/flows/sweep.ts';
import { createPostgresDatabase } from '../support/databases.ts';
import { findPostgres } from '../support/postgres.ts';
import { startEngine } from './engine.ts';

const server = await findPostgres();
if ('missing' in server) process.stderr.write(`not run: ${server.missing}\n`);
const suite = 'url' in server ? describe : describe.skip;

const ROUTINES = 2500;

suite('on PostgreSQL', () => {
  let database: Database;
  beforeEach(async () => {
    database = await createPostgresDatabase();
  });
  afterEach(() => database.close());

  test('several sweeps at once take each routine and each step once', async () => {
    const engine = await startEngine(database, { startAt: '2026-03-03T08:00' });
    await engine.plan();
    await database.prisma.$executeRaw`
    INSERT INTO routines ("workspaceId", id, "pairId", "userId", kind, subject, recurrence, "nextDueAt", "nextDueOn", "createdAt")
    SELECT "workspaceId", 'R' || i, "pairId", "userId", kind, i::text, recurrence, "nextDueAt", "nextDueOn", "createdAt"
    FROM routines, generate_series(1, ${ROUTINES - 1}::int) i`;
    engine.setNow('2026-03-03T09:00');
    const taken: string[] = [];
    const deps = {
      ...engine.deps,
      transact: (work: Parameters<typeof engine.deps.transact>[0]) =>
        engine.deps.transact((stores) =>
          work({
            ...stores,
            enqueue: async (_, items) => {
              for (const { steps } of items as { steps: { routineId: string; step: string }[] }[])
                taken.push(...steps.map((one) => `${one.step} ${one.routineId}`));
            },
          }),
        ),
    } as typeof engine.deps;
    await Promise.all([1, 2, 3, 4].map(() => sweepRoutines(deps)));
    expect(taken).toHaveLength(ROUTINES);
    expect(new Set(taken).size).toBe(ROUTINES);
    expect(await database.prisma.occurrence.count()).toBe(ROUTINES);

    taken.length = 0;
    await database.prisma.occurrence.updateMany({
      data: { state: 'asked', nextStep: 'remind', nextStepAt: engine.now().toJSDate() },
    });
    await Promise.all([1, 2, 3, 4].map(() => sweepSteps(deps)));
    expect(taken).toHaveLength(ROUTINES);
    expect(new Set(taken).size).toBe(ROUTINES);
  });

  test('a step that two processes were given is taken by one of them', async () => {
    const engine = await startEngine(database, { startAt: '2026-03-03T09:00' });
    await engine.plan();
    await database.prisma.routine.updateMany({
      data: { nextDueAt: engine.now().toJSDate(), nextDueOn: '2026-03-03' },
    });
    await sweepRoutines(engine.deps);
    const [occurrence] = await database.prisma.occurrence.findMany();
    expect(occurrence).toMatchObject({ nextStep: 'ask', nextStepAt: null });
    const other = await startCopy();
    await Promise.all([engine.run(), other()]);
    expect(engine.calls).toEqual(['ask 2026-03-03']);

    async function startCopy(): Promise<() => Promise<void>> {
      const { takeSteps } = await import('../../src/routines/flows/step.ts');
      const step = {
        workspaceId: 'T1',
        routineId: occurrence?.routineId ?? '',
        dueOn: '2026-03-03',
        step: 'ask' as const,
        plannedAt: engine.now(),
      };
      const ask = async () => {
        engine.calls.push('ask 2026-03-03');
        return 'asked' as const;
      };
      return () =>
        takeSteps(
          engine.deps,
          [{ kind: 'test', ask, windowEndsAt: () => engine.now().plus({ hours: 8 }) }],
          [step, step],
        );
    }
  });
});
