import type { ForbiddenExample } from './example.ts';

/** What the files of a feature may not import. */
export const forbiddenInFeatures: ForbiddenExample[] = [
  {
    sentence: 'a domain uses Slack',
    path: 'src/a1/domain.ts',
    source: "import type { KnownBlock } from '@slack/types';\nexport type A = KnownBlock;\n",
    complaint: 'domain of a feature may not use @slack/types',
  },
  {
    sentence: 'a domain uses zod',
    path: 'src/a2/domain.ts',
    source: "import { z } from 'zod';\nexport const a = z.string();\n",
    complaint: 'domain of a feature may not use zod',
  },
  {
    sentence: 'a domain uses the database',
    path: 'src/a3/domain.ts',
    source:
      "import type { PrismaClient } from '../database/client.ts';\nexport type A = PrismaClient;\n",
    complaint: 'domain of a feature may not import src/database',
  },
  {
    sentence: 'a domain imports its own store',
    path: 'src/a4/domain/rules.ts',
    source: "import type { AStore } from '../store.ts';\nexport type A = AStore;\n",
    complaint: 'domain of a feature may not import store',
  },
  {
    sentence: "a domain runs another feature's code",
    path: 'src/a5/domain.ts',
    source: "import { b } from '../b/index.ts';\nexport const a = b;\n",
    complaint: 'may import src/b/index.ts only with `import type`',
  },
  {
    sentence: 'a domain reads a file',
    path: 'src/a6/domain.ts',
    source: "import { readFileSync } from 'node:fs';\nexport const a = readFileSync;\n",
    complaint: 'domain of a feature may not use node:fs',
  },
  {
    sentence: 'a store uses Slack',
    path: 'src/a7/store.ts',
    source: "import { escape } from '../slack/escape.ts';\nexport const a = escape;\n",
    complaint: 'store of a feature may not import src/slack',
  },
  {
    sentence: 'a store uses a Slack package',
    path: 'src/a8/store.ts',
    source: "import type { WebClient } from '@slack/web-api';\nexport type A = WebClient;\n",
    complaint: 'store of a feature may not use @slack/web-api',
  },
  {
    sentence: 'a store knows another feature',
    path: 'src/a9/store.ts',
    source: "import type { B } from '../b/index.ts';\nexport type A = B;\n",
    complaint: 'store of a feature may not import src/b',
  },
  {
    sentence: 'a store imports its own views',
    path: 'src/a10/store.ts',
    source: "import { a } from './views.ts';\nexport const b = a;\n",
    complaint: 'store of a feature may not import views',
  },
  {
    sentence: 'views import a store',
    path: 'src/a11/views/modal.ts',
    source: "import type { AStore } from '../store.ts';\nexport type A = AStore;\n",
    complaint: 'views of a feature may not import store',
  },
  {
    sentence: 'views use the queue',
    path: 'src/a12/views.ts',
    source: "import { enqueue } from '../jobs/queue.ts';\nexport const a = enqueue;\n",
    complaint: 'views of a feature may not import src/jobs',
  },
  {
    sentence: 'a flow opens the database itself',
    path: 'src/a13/flows.ts',
    source: "import { open } from '../database/client.ts';\nexport const a = open;\n",
    complaint: 'may import src/database only with `import type`',
  },
  {
    sentence: 'a flow makes its own store',
    path: 'src/a14/flows.ts',
    source: "import { createAStore } from './store.ts';\nexport const a = createAStore;\n",
    complaint: 'may import store only with `import type`',
  },
  {
    sentence: 'a flow calls a listener',
    path: 'src/a15/flows.ts',
    source: "import { register } from './listeners.ts';\nexport const a = register;\n",
    complaint: 'flows of a feature may not import listeners',
  },
  {
    sentence: 'a queue runs its own flow',
    path: 'src/a45/queues.ts',
    source: "import { flow } from './flows.ts';\nexport const a = flow;\n",
    complaint: 'queues of a feature may not import flows',
  },
  {
    sentence: 'listeners use Prisma',
    path: 'src/a16/listeners.ts',
    source: "import type { Prisma } from '@prisma/client';\nexport type A = Prisma.Sql;\n",
    complaint: 'listeners of a feature may not use @prisma/client',
  },
  {
    sentence: 'listeners use the database',
    path: 'src/a17/listeners.ts',
    source:
      "import type { PrismaClient } from '../database/client.ts';\nexport type A = PrismaClient;\n",
    complaint: 'listeners of a feature may not import src/database',
  },
  {
    sentence: 'jobs use the database',
    path: 'src/a18/jobs.ts',
    source:
      "import type { PrismaClient } from '../database/client.ts';\nexport type A = PrismaClient;\n",
    complaint: 'jobs of a feature may not import src/database',
  },
  {
    sentence: 'jobs use pg-boss past src/jobs',
    path: 'src/a19/jobs.ts',
    source: "import type { PgBoss } from 'pg-boss';\nexport type A = PgBoss;\n",
    complaint: 'only stores, src/database and src/jobs know the database',
  },
  {
    sentence: "listeners reach into another feature's files",
    path: 'src/a20/listeners.ts',
    source: "import type { BStore } from '../b/store.ts';\nexport type A = BStore;\n",
    complaint: 'of src/b only its index.ts may be imported',
  },
  {
    sentence: "a re-export reaches into another feature's files",
    path: 'src/a21/index.ts',
    source: "export { b } from '../b/domain.ts';\n",
    complaint: 'of src/b only its index.ts may be imported',
  },
  {
    sentence: "a dynamic import reaches into another feature's files",
    path: 'src/a22/jobs.ts',
    source: "export const a = () => import('../b/domain.ts');\n",
    complaint: 'of src/b only its index.ts may be imported',
  },
  {
    sentence: "an inline type reaches into another feature's files",
    path: 'src/a23/flows.ts',
    source: "export type A = import('../b/domain.ts').B;\n",
    complaint: 'of src/b only its index.ts may be imported',
  },
  {
    sentence: 'a feature imports its own index',
    path: 'src/a24/jobs.ts',
    source: "import { a } from './index.ts';\nexport const b = a;\n",
    complaint: 'does not import its own index.ts',
  },
  {
    sentence: 'a feature imports the sandbox',
    path: 'src/a25/listeners.ts',
    source: "import { serve } from '../sandbox/server.ts';\nexport const a = serve;\n",
    complaint: 'listeners of a feature may not import src/sandbox',
  },
  {
    sentence: 'a feature reads the configuration',
    path: 'src/a26/flows.ts',
    source: "import type { Config } from '../config.ts';\nexport type A = Config;\n",
    complaint: 'flows of a feature may not import src/config.ts',
  },
  {
    sentence: 'a feature imports the composition root',
    path: 'src/a27/listeners.ts',
    source: "import { createApp } from '../app.ts';\nexport const a = createApp;\n",
    complaint: 'listeners of a feature may not import src/app.ts',
  },
  {
    sentence: 'a feature imports test code',
    path: 'src/a28/flows.ts',
    source: "import { a } from '../../test/support/a.ts';\nexport const b = a;\n",
    complaint: 'src imports nothing from outside src',
  },
];
