import type { ForbiddenExample } from './example.ts';

/** What the folders and files below and around the features may not import. */
export const forbiddenInLayers: ForbiddenExample[] = [
  {
    sentence: 'the sandbox imports a feature',
    path: 'src/sandbox/server.ts',
    source: "import { b } from '../b/index.ts';\nexport const a = b;\n",
    complaint: 'src/sandbox may not import src/b',
  },
  {
    sentence: "the sandbox's server starts the product",
    path: 'src/sandbox/api.ts',
    source: "import { start } from '../tandem.ts';\nexport const a = start;\n",
    complaint: 'src/sandbox may not import src/tandem.ts',
  },
  {
    sentence: "the sandbox's script takes more of the product than tandem.ts",
    path: 'src/sandbox/play/week.ts',
    source: "import { build } from '../../slack/blocks.ts';\nexport const a = build;\n",
    complaint: 'src/sandbox may not import src/slack',
  },
  {
    sentence: 'the composition root imports the sandbox',
    path: 'src/tandem.ts',
    source: "import { serve } from './sandbox/server.ts';\nexport const a = serve;\n",
    complaint: 'src/tandem.ts may not import src/sandbox',
  },
  {
    sentence: 'the Slack layer knows a feature',
    path: 'src/slack/a.ts',
    source: "import type { B } from '../b/index.ts';\nexport type A = B;\n",
    complaint: 'src/slack may not import src/b',
  },
  {
    sentence: 'the Slack layer knows what everything is made of',
    path: 'src/slack/deps.ts',
    source: "import type { Deps } from '../deps.ts';\nexport type A = Deps;\n",
    complaint: 'src/slack may not import src/deps.ts',
  },
  {
    sentence: 'an entry of the Slack layer knows a feature',
    path: 'src/slack/home/index.ts',
    source: "import type { B } from '../../b/index.ts';\nexport type A = B;\n",
    complaint: 'src/slack may not import src/b',
  },
  {
    sentence: 'the job layer knows a feature',
    path: 'src/jobs/a.ts',
    source: "import type { B } from '../b/index.ts';\nexport type A = B;\n",
    complaint: 'src/jobs may not import src/b',
  },
  {
    sentence: 'the database layer knows a feature',
    path: 'src/database/a.ts',
    source: "import type { B } from '../b/index.ts';\nexport type A = B;\n",
    complaint: 'src/database may not import src/b',
  },
  {
    sentence: 'the database layer uses Slack',
    path: 'src/database/slack.ts',
    source: "import type { App } from '@slack/bolt';\nexport type A = App;\n",
    complaint: 'src/database may not use @slack/bolt',
  },
  {
    sentence: 'operation knows the database',
    path: 'src/operation/a.ts',
    source: "import type { A } from '../database/client.ts';\nexport type B = A;\n",
    complaint: 'src/operation may not import src/database',
  },
  {
    sentence: 'time uses another library',
    path: 'src/time/zone.ts',
    source: "import { z } from 'zod';\nexport const a = z.string();\n",
    complaint: 'src/time may not use zod',
  },
  {
    sentence: 'time knows the database',
    path: 'src/time/store.ts',
    source: "import type { A } from '../database/client.ts';\nexport type B = A;\n",
    complaint: 'src/time may not import src/database',
  },
  {
    sentence: 'the list of side effects builds something',
    path: 'src/deps.ts',
    source: "import { b } from './b/index.ts';\nexport const a = b;\n",
    complaint: 'may import src/b/index.ts only with `import type`',
  },
];
