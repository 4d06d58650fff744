import { setTimeout } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { pino } from 'pino';
import { z } from 'zod';
import { createJobs, defineJob, handleEach } from '../../src/jobs/index.ts';
import { createEmbeddedDatabase } from '../support/databases.ts';

const greet = defineJob({ name: 'test.greet', data: z.object({ name: z.string() }) });
const log = pino({ level: 'silent' });

test('what a killed process had begun in the embedded database is done after the next start', async () => {
  const database = await createEmbeddedDatabase();
  const begun = Promise.withResolvers<void>();
  const end = Promise.withResolvers<void>();
  const killed = createJobs({ database, log });
  const stuck = handleEach(greet, async () => {
    begun.resolve();
    await end.promise;
  });
  await killed.start({ handlers: [stuck], sweeps: [], tick: 'manual' });
  await killed.enqueue(database.prisma, greet, [{ name: 'Ana' }]);
  await begun.promise;

  const greeted: string[] = [];
  const next = createJobs({ database, log });
  const greeter = handleEach(greet, async ({ name }) => {
    greeted.push(name);
  });
  await next.start({ handlers: [greeter], sweeps: [], tick: 'manual' });
  while (greeted.length === 0) await setTimeout(20);
  expect(greeted).toEqual(['Ana']);
  end.resolve();
  await killed.stop({ within: 1_000 });
  await next.stop({ within: 1_000 });
  await database.close();
});
