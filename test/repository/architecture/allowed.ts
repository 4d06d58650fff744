import type { Example } from './example.ts';

/** Files that the lint must leave alone: what each kind of file needs. */
export const allowedExamples: Example[] = [
  {
    sentence: "a domain knows time and another domain's types",
    path: 'src/b/domain.ts',
    source: `import { DateTime } from 'luxon';
import type { A } from '../c/index.ts';
import { addWorkingTime } from '../time/working-time.ts';
export const dueAt = (a: A, at: Date) => addWorkingTime(a, DateTime.fromJSDate(new Date(at)));
`,
  },
  {
    sentence: 'a store knows the database and its own domain',
    path: 'src/b/store.ts',
    source: `import type { PrismaClient } from '../database/client.ts';
import type { B } from './domain.ts';
export const createBStore = (prisma: PrismaClient) => ({
  due: (now: Date): Promise<B[]> => prisma.$queryRaw\`SELECT * FROM b WHERE due_at <= \${now}\`,
});
export type BStore = ReturnType<typeof createBStore>;
`,
  },
  {
    sentence: 'views know blocks, zod and their own domain',
    path: 'src/b/views/modal.ts',
    source: `import type { ModalView } from '@slack/types';
import { z } from 'zod';
import { header } from '../../slack/blocks.ts';
import type { B } from '../domain.ts';
export const build = (b: B): ModalView => header(z.string().parse(b.name));
`,
  },
  {
    sentence: 'a flow knows its store as a type, the outbox, jobs and other features',
    path: 'src/b/flows.ts',
    source: `import { c } from '../c/index.ts';
import type { Transaction } from '../database/client.ts';
import { UserFacingError } from '../errors.ts';
import type { Enqueue } from '../jobs/queue.ts';
import { enqueueDelivery } from '../slack/deliveries.ts';
import { dueAt } from './domain.ts';
import type { BStore } from './store.ts';
import { build } from './views/modal.ts';
export const flow = (tx: Transaction, store: BStore, enqueue: Enqueue) =>
  tx.ok ? [c, store, enqueue, enqueueDelivery, dueAt, build] : new UserFacingError('No.');
`,
  },
  {
    sentence: 'listeners know Bolt, flows, views and what was handed to them',
    path: 'src/b/listeners.ts',
    source: `import type { App } from '@slack/bolt';
import type { Deps } from '../deps.ts';
import { flow } from './flows.ts';
export const register = (app: App, deps: Pick<Deps, 'b'>) => app.command('/ea', () => flow(deps));
`,
  },
  {
    sentence: 'an index names what its feature offers',
    path: 'src/b/index.ts',
    source: `import type { Feature } from '../feature.ts';
import { register } from './listeners.ts';
export type { B } from './domain.ts';
export { createBStore } from './store.ts';
export const b: Feature = { name: 'b', register };
`,
  },
  {
    sentence: "an operator's command knows the stores and what features offer",
    path: 'src/admin/b.ts',
    source: `import { listFeatures } from '../app.ts';
import type { Stores } from '../deps.ts';
import { b } from '../b/index.ts';
import { createStores } from '../stores.ts';
export const on = (stores: Stores) => [stores, listFeatures, createStores, b];
`,
  },
  {
    sentence: 'a view may be a file for a spreadsheet',
    path: 'src/b/views/file.ts',
    source: `import { stringify } from 'csv-stringify/sync';
export const toCsv = (rows: string[][]) => stringify(rows);
`,
  },
  {
    sentence: 'the Slack layer knows the database, the queue and the configuration as a type',
    path: 'src/slack/deliveries.ts',
    source: `import type { Config } from '../config.ts';
import type { PrismaClient } from '../database/client.ts';
import { send } from '../jobs/queue.ts';
export const enqueueDelivery = (prisma: PrismaClient, config: Config) => [prisma, config, send];
`,
  },
  {
    sentence: 'a layer has an index of what others use, and measures a lease',
    path: 'src/jobs/index.ts',
    source: `export { send } from './queue.ts';
export const claim = 'UPDATE claims SET until = clock_timestamp()';
`,
  },
  {
    sentence: 'the queue gives its work an id for the log',
    path: 'src/jobs/worker.ts',
    source: "import { asRequest } from '../operation/request.ts';\nexport const run = asRequest;\n",
  },
  {
    sentence: 'the outbox takes part in the app like a feature',
    path: 'src/slack/deliveries/index.ts',
    source: `import type { Deps } from '../../deps.ts';
import type { Feature } from '../../feature.ts';
export const register = (deps: Deps): Feature => ({ name: 'deliveries', deps });
`,
  },
  {
    sentence: 'a queue names its job and what it carries',
    path: 'src/b/queues.ts',
    source: `import { z } from 'zod';
import { send } from '../jobs/index.ts';
export const askJob = send({ name: 'b.ask', data: z.object({}) });
`,
  },
  {
    sentence: 'the configuration reads the environment',
    path: 'src/config.ts',
    source:
      "import { z } from 'zod';\nexport const a = () => z.string().parse(process.env['A']);\n",
  },
  {
    sentence: "the sandbox's command starts the product and reads the clock",
    path: 'src/sandbox/main.ts',
    source: `import { start } from '../tandem.ts';
import { serve } from './socket.ts';
await start({ now: () => new Date(), env: process.env });
await serve(Date.now());
console.log('ready');
`,
  },
  {
    sentence: "the operator's command is a composition root and reads the clock",
    path: 'src/admin/main.ts',
    source: `import { DateTime } from 'luxon';
import { run } from './run.ts';
await run({ now: () => DateTime.utc() });
`,
  },
  {
    sentence: "the sandbox's script starts the product",
    path: 'src/sandbox/play/day.ts',
    source: "import { start } from '../../tandem.ts';\nexport const play = () => start();\n",
  },
  {
    sentence: 'an error is a class',
    path: 'src/errors.ts',
    source: 'export class UserFacingError extends Error {}\n',
  },
  {
    sentence: 'a wall clock time is made from its parts',
    path: 'src/time/wall-clock.ts',
    source: `import { DateTime } from 'luxon';
export const a = DateTime.utc(2026, 3, 8);
export const b = DateTime.local(2026, 3, 8, { zone: 'Asia/Manila' });
export const c = new Date(0);
`,
  },
  {
    sentence: 'a test imports the sandbox and reads the clock',
    path: 'test/b/listeners.test.ts',
    source: `import { expect, test } from '@jest/globals';
import { serve } from '../../src/sandbox/socket.ts';
test('a person sees the prompt', () => expect(serve(new Date())).toBeDefined());
`,
  },
];
