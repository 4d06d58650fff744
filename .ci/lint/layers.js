// Who may import whom. Every list names what is allowed; all else is refused.
//   packages       npm packages and node: modules by value or type ('@slack/*' for a scope, '*' for any)
//   own            kinds of file of the same feature
//   areas          folders of src with a fixed subject
//   root           files standing directly in src
//   otherFeatures  'index' (their index.ts), 'types' (only `import type` from it) or 'never'
//   ...Types       the same, but only as `import type`

const AREAS = ['slack', 'jobs', 'database', 'time', 'operation', 'sandbox', 'admin'];
export const STORAGE = [
  '@prisma/*',
  'prisma',
  'pg',
  'pg-boss',
  '@electric-sql/*',
  'pglite-prisma-adapter',
];

/** The kinds of file of a feature: `src/<feature>/<kind>.ts`, or files in a folder of that name. */
const KINDS = {
  domain: {
    packages: ['luxon'],
    own: ['domain'],
    areas: ['time'],
    otherFeatures: 'types',
  },
  store: {
    packages: ['@prisma/*', 'luxon', 'zod', 'node:crypto'],
    own: ['domain', 'store'],
    areas: ['database', 'time'],
    root: ['errors'],
  },
  views: {
    packages: ['@slack/types', 'csv-parse', 'csv-stringify', 'luxon', 'zod'],
    own: ['domain', 'views'],
    areas: ['slack', 'time'],
    rootTypes: ['feature'],
    otherFeatures: 'types',
  },
  queues: {
    packages: ['luxon', 'zod'],
    own: ['domain', 'queues'],
    areas: ['jobs', 'time'],
  },
  flows: {
    packages: ['@slack/types', '@slack/web-api', 'luxon', 'zod', 'node:crypto'],
    own: ['domain', 'views', 'queues', 'flows'],
    ownTypes: ['store'],
    areas: ['slack', 'jobs', 'time'],
    areaTypes: ['database'],
    root: ['errors'],
    rootTypes: ['deps', 'feature'],
    otherFeatures: 'index',
  },
  listeners: {
    packages: ['@slack/*', 'luxon', 'zod', 'node:crypto'],
    own: ['domain', 'views', 'queues', 'flows', 'listeners'],
    ownTypes: ['store'],
    areas: ['slack', 'jobs', 'time'],
    root: ['errors'],
    rootTypes: ['deps', 'feature'],
    otherFeatures: 'index',
  },
  jobs: {
    packages: ['@slack/*', 'luxon', 'zod', 'node:crypto'],
    own: ['domain', 'views', 'queues', 'flows', 'jobs'],
    ownTypes: ['store'],
    areas: ['slack', 'jobs', 'time'],
    root: ['errors'],
    rootTypes: ['deps', 'feature'],
    otherFeatures: 'index',
  },
  index: {
    packages: ['@slack/*', 'luxon', 'zod'],
    own: ['domain', 'store', 'views', 'queues', 'flows', 'listeners', 'jobs'],
    areas: ['slack', 'jobs', 'time'],
    areaTypes: ['database'],
    root: ['errors'],
    rootTypes: ['deps', 'feature'],
    otherFeatures: 'index',
  },
};

const INFRASTRUCTURE = {
  time: { packages: ['luxon', 'date-holidays', 'chrono-node', 'node:module'], areas: ['time'] },
  operation: {
    packages: ['pino', 'prom-client', 'luxon', 'node:*'],
    areas: ['operation'],
    rootTypes: ['config', 'secret'],
  },
  database: {
    packages: ['*'],
    banned: ['@slack/*'],
    areas: ['database', 'time'],
    root: ['errors'],
    rootTypes: ['config'],
  },
  jobs: {
    packages: ['*'],
    banned: ['@slack/*'],
    areas: ['jobs', 'database', 'time', 'operation'],
    root: ['errors'],
    rootTypes: ['config'],
  },
  slack: {
    packages: ['*'],
    banned: ['pg', '@electric-sql/*', 'pglite-prisma-adapter'],
    areas: ['slack', 'jobs', 'database', 'time', 'operation'],
    root: ['errors'],
    rootTypes: ['config', 'encryption-keys', 'secret'],
  },
  sandbox: { packages: ['*'], areas: ['sandbox'] },
  admin: {
    packages: ['*'],
    areas: ['admin', 'slack', 'jobs', 'database', 'time', 'operation'],
    root: ['app', 'stores', 'config', 'encryption-keys', 'errors'],
    rootTypes: ['deps', 'feature'],
    otherFeatures: 'index',
  },
};

/** An index.ts inside src/slack takes part in the app as features do: it may know their contract. */
const SLACK_ENTRIES = {
  ...INFRASTRUCTURE.slack,
  rootTypes: [...INFRASTRUCTURE.slack.rootTypes, 'deps', 'feature'],
};

/** The two places of the sandbox that start the product itself. */
const SANDBOX_STARTERS = { packages: ['*'], areas: ['sandbox'], root: ['tandem'] };

const COMPOSITION = {
  packages: ['*'],
  areas: ['slack', 'jobs', 'database', 'time', 'operation'],
  root: ['tandem', 'app', 'stores', 'config', 'deps', 'feature', 'errors', '*'],
  otherFeatures: 'index',
};

/** Files of src itself; '*' stands for any other. */
export const ROOT_FILES = {
  main: COMPOSITION,
  tandem: COMPOSITION,
  app: COMPOSITION,
  stores: COMPOSITION,
  config: { packages: ['zod', 'node:*'], root: ['encryption-keys', 'secret', 'variables'] },
  variables: { packages: ['zod'], root: ['addresses', 'encryption-keys'] },
  addresses: {},
  secret: { packages: ['node:*'] },
  'encryption-keys': { root: ['secret'] },
  errors: { packages: [] },
  deps: {
    packageTypes: ['*'],
    areaTypes: ['slack', 'jobs', 'database', 'time'],
    rootTypes: ['config'],
    otherFeatures: 'types',
  },
  feature: {
    packageTypes: ['*'],
    areaTypes: ['slack', 'jobs', 'time'],
    rootTypes: ['deps'],
    otherFeatures: 'types',
  },
  '*': {
    packages: ['*'],
    areas: ['slack', 'jobs', 'database', 'time', 'operation'],
    root: ['errors'],
    rootTypes: ['config', 'secret', 'deps', 'feature'],
  },
};

/**
 * Where a file stands, by its path from the repository's root; null outside src.
 * `kind` is null for a file that is none of a feature's kinds.
 */
export function locate(path) {
  const [top, first, ...rest] = path.split('/');
  if (top !== 'src' || first === undefined) return null;
  if (rest.length === 0) return { place: 'root', name: stem(first) };
  if (AREAS.includes(first)) return { place: 'area', area: first, file: rest.join('/') };
  const kind = rest.length === 1 ? stem(rest[0]) : rest[0];
  const known = Object.hasOwn(KINDS, kind) && !(kind === 'index' && rest.length > 1);
  return { place: 'feature', feature: first, kind: known ? kind : null };
}

/** The row of the tables above for a place; null for a file of no known kind. */
export function rulesOf(here) {
  if (here.place === 'root') return ROOT_FILES[here.name] ?? ROOT_FILES['*'];
  if (here.place === 'feature') return here.kind === null ? null : KINDS[here.kind];
  if (here.area === 'sandbox' && /^(main|play)(\.ts$|\/)/.test(here.file)) return SANDBOX_STARTERS;
  if (here.area === 'slack' && /(^|\/)index\.ts$/.test(here.file)) return SLACK_ENTRIES;
  return INFRASTRUCTURE[here.area];
}

function stem(file) {
  return file.replace(/\.tsx?$/, '');
}
