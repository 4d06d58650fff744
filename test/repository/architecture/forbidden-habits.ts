import type { ForbiddenExample } from './example.ts';

/** What no file may do, whatever it imports. */
export const forbiddenHabits: ForbiddenExample[] = [
  {
    sentence: 'an import leaves out the ending',
    path: 'src/a29/flows.ts',
    source: "import { a } from './domain';\nexport const b = a;\n",
    complaint: "write the file's ending",
  },
  {
    sentence: 'a feature has a file of no known kind',
    path: 'src/a30/manager.ts',
    source: 'export const a = 1;\n',
    complaint: 'a feature has domain, store, views',
  },
  {
    sentence: 'shared code has no subject',
    path: 'src/slack/utils.ts',
    source: 'export const a = 1;\n',
    complaint: 'named after its subject',
  },
  {
    sentence: 'a file that is no index re-exports',
    path: 'src/slack/everything.ts',
    source: "export { b } from './blocks.ts';\n",
    complaint: 'only an index.ts re-exports',
  },
  {
    sentence: 'a folder inside a feature is a barrel',
    path: 'src/a31/views/index.ts',
    source: "export { b } from './modal.ts';\n",
    complaint: 'a folder inside a feature has no index.ts',
  },
  {
    sentence: 'an index exports everything',
    path: 'src/a32/index.ts',
    source: "export * from './domain.ts';\n",
    complaint: 'name what is exported',
  },
  {
    sentence: 'a default is exported',
    path: 'src/a33/domain.ts',
    source: 'export default 1;\n',
    complaint: 'no-default-export',
  },
  {
    sentence: 'an import is only for its side effect',
    path: 'src/a34/listeners.ts',
    source: "import './domain.ts';\n",
    complaint: 'no-unassigned-import',
  },
  {
    sentence: 'two files import each other (the first)',
    path: 'src/a35/domain/a.ts',
    source: "import { b } from './b.ts';\nexport const a = () => b;\n",
    complaint: 'no-cycle',
  },
  {
    sentence: 'two files import each other (the second)',
    path: 'src/a35/domain/b.ts',
    source: "import { a } from './a.ts';\nexport const b = () => a;\n",
    complaint: 'no-cycle',
  },
  {
    sentence: 'a class is not an error',
    path: 'src/a36/flows.ts',
    source: 'export class Manager {}\n',
    complaint: 'only errors are classes',
  },
  {
    sentence: 'a flow makes the present with new Date()',
    path: 'src/a37/flows.ts',
    source: 'export const a = () => new Date();\n',
    complaint: 'tandem(clock)',
  },
  {
    sentence: 'a flow reads Date.now()',
    path: 'src/a38/flows.ts',
    source: 'export const a = () => Date.now();\n',
    complaint: 'tandem(clock)',
  },
  {
    sentence: 'a clock is passed on as Date.now',
    path: 'src/app.ts',
    source: 'export const a = { now: Date.now };\n',
    complaint: 'tandem(clock)',
  },
  {
    sentence: "a part of the operator's command reads the clock",
    path: 'src/admin/run.ts',
    source: "import { DateTime } from 'luxon';\nexport const a = () => DateTime.utc();\n",
    complaint: 'tandem(clock)',
  },
  {
    sentence: 'a domain reads DateTime.now()',
    path: 'src/a39/domain.ts',
    source: "import { DateTime } from 'luxon';\nexport const a = () => DateTime.now();\n",
    complaint: 'tandem(clock)',
  },
  {
    sentence: 'time reads DateTime.utc() without a date',
    path: 'src/time/today.ts',
    source: "import { DateTime } from 'luxon';\nexport const a = () => DateTime.utc();\n",
    complaint: 'tandem(clock)',
  },
  {
    sentence: 'time reads DateTime.local() of a zone without a date',
    path: 'src/time/here.ts',
    source:
      "import { DateTime } from 'luxon';\nexport const a = () => DateTime.local({ zone: 'Asia/Manila' });\n",
    complaint: 'tandem(clock)',
  },
  {
    sentence: "SQL reads the server's clock",
    path: 'src/a40/store.ts',
    source: 'export const a = `SELECT id FROM routines WHERE due_at <= now() AND id > ${1}`;\n',
    complaint: 'SQL takes `now` as a parameter',
  },
  {
    sentence: 'a feature measures a lease itself',
    path: 'src/a44/store.ts',
    source: 'export const a = `UPDATE routines SET claimed_until = clock_timestamp()`;\n',
    complaint: 'SQL takes `now` as a parameter',
  },
  {
    sentence: 'a feature reads the environment',
    path: 'src/a41/flows.ts',
    source: "export const a = process.env['PORT'];\n",
    complaint: 'tandem(environment)',
  },
  {
    sentence: 'main reads the environment past config.ts',
    path: 'src/main.ts',
    source: 'const { env } = process;\nexport const a = env;\n',
    complaint: 'tandem(environment)',
  },
  {
    sentence: 'the environment comes in through node:process',
    path: 'src/slack/environment.ts',
    source: "import { env } from 'node:process';\nexport const a = env;\n",
    complaint: 'tandem(environment)',
  },
  {
    sentence: 'the product writes to the console',
    path: 'src/a42/jobs.ts',
    source: "export const a = () => console.log('x');\n",
    complaint: 'no-console',
  },
  {
    sentence: 'a type check is switched off',
    path: 'src/a43/jobs.ts',
    source: '// @ts-ignore\nexport const a: number = 1;\n',
    complaint: 'ban-ts-comment',
  },
];
