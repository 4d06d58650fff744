import type { z } from 'zod';
import type { EncryptionKey } from './encryption-keys.ts';
import { createSecret, type Secret } from './secret.ts';
import { schema } from './variables.ts';

/** How Slack reaches Tandem: over a WebSocket that Tandem opens, or by signed HTTP requests. */
export type SlackConnection =
  | { mode: 'socket'; appToken: Secret }
  | { mode: 'http'; signingSecret: Secret };

/** Where bot tokens come from: one in the environment, or one per workspace that installs the app by itself. */
export type SlackInstall =
  | { mode: 'token'; botToken: Secret }
  | {
      mode: 'oauth';
      clientId: string;
      clientSecret: Secret;
      /** Origin under which browsers reach Tandem, without a slash at the end. */
      publicUrl: string;
      encryptionKeys: EncryptionKey[];
    };

export type Config = {
  slack: { install: SlackInstall; apiUrl: string; connection: SlackConnection };
  /** `url` null: the embedded database in `dataDir`. */
  database: { url: Secret | null; dataDir: string };
  port: number;
  /** Who has it may read `/metrics`; null: nobody may. */
  metricsToken: Secret | null;
  /** What people may do in a minute, for each replica. */
  limits: { perPerson: number; perWorkspace: number };
  logLevel: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'silent';
};

type Environment = Readonly<Record<string, string | undefined>>;

type Variable = keyof typeof schema.shape;

/** The names of all variables that Tandem reads, in the order of the documentation. */
export const variableNames: readonly string[] = Object.keys(schema.shape);

const CREDENTIALS: readonly Variable[] = [
  'SLACK_BOT_TOKEN',
  'SLACK_APP_TOKEN',
  'SLACK_SIGNING_SECRET',
  'SLACK_CLIENT_ID',
  'SLACK_CLIENT_SECRET',
];

/** What installing by OAuth takes; one of the first two says that it is wanted. */
const OAUTH: readonly Variable[] = [
  'SLACK_CLIENT_ID',
  'SLACK_CLIENT_SECRET',
  'PUBLIC_URL',
  'ENCRYPTION_KEY',
];

const HOW_TO_START = `Tandem has no Slack credentials yet.
To try it without a Slack workspace:  npm run sandbox
For a real workspace, create a Slack app from manifest.yml at https://api.slack.com/apps and install it there.
Copy .env.example to .env and fill in SLACK_BOT_TOKEN (xoxb-..., page "OAuth & Permissions") and SLACK_APP_TOKEN
(xapp-..., page "Basic Information", an app-level token with connections:write). Then run:  npm start`;

/**
 * The environment does not say how to run. The message is complete and safe to print as it is;
 * `missing_credentials` means that nothing is wrong but that nobody has set Tandem up yet.
 */
export class ConfigError extends Error {
  readonly kind: 'missing_credentials' | 'invalid';

  constructor(kind: ConfigError['kind'], message: string) {
    super(message);
    this.name = 'ConfigError';
    this.kind = kind;
  }
}

/** The variables of this process, for `readConfig`. */
export function readEnvironment(): Environment {
  return process.env;
}

/** The configuration that the variables describe. Throws one ConfigError that names every problem. */
export function readConfig(env: Environment): Config {
  const { given, parsed, problems } = parse(env);
  if (problems.size === 0 && CREDENTIALS.every((name) => given[name] === undefined)) {
    throw new ConfigError('missing_credentials', HOW_TO_START);
  }
  for (const [name, problem] of installProblems(given))
    if (!problems.has(name)) problems.set(name, problem);
  if (given['SLACK_APP_TOKEN'] === undefined && given['SLACK_SIGNING_SECRET'] === undefined) {
    problems.set(
      'SLACK_APP_TOKEN',
      'is missing (for Socket Mode; set SLACK_SIGNING_SECRET instead to receive HTTP requests)',
    );
  }
  if (!parsed.success || problems.size > 0) throw new ConfigError('invalid', complaint(problems));
  return toConfig(parsed.data);
}

function installProblems(given: Environment): [Variable, string][] {
  const missing = OAUTH.filter((name) => given[name] === undefined);
  const wantsOauth = given['SLACK_CLIENT_ID'] ?? given['SLACK_CLIENT_SECRET'];
  if (wantsOauth === undefined) {
    const problem = `is missing (for one workspace; for many, set ${OAUTH.join(', ')} instead)`;
    return given['SLACK_BOT_TOKEN'] === undefined ? [['SLACK_BOT_TOKEN', problem]] : [];
  }
  const problems = missing.map((name): [Variable, string] => [name, 'is missing']);
  if (given['SLACK_BOT_TOKEN'] !== undefined)
    problems.push([
      'SLACK_BOT_TOKEN',
      'cannot be used together with SLACK_CLIENT_ID: with OAuth each workspace brings its own. Remove it',
    ]);
  return problems;
}

/** Where the database is, for work that needs no Slack. Throws as `readConfig` does, but not for missing credentials. */
export function readDatabaseConfig(env: Environment): Config['database'] {
  const { parsed, problems } = parse(env);
  if (!parsed.success) throw new ConfigError('invalid', complaint(problems));
  return toConfig(parsed.data).database;
}

/** The keys of ENCRYPTION_KEY, none where it is not set. Throws as `readDatabaseConfig` does. */
export function readKeys(env: Environment): EncryptionKey[] {
  const { parsed, problems } = parse(env);
  if (!parsed.success) throw new ConfigError('invalid', complaint(problems));
  return parsed.data.ENCRYPTION_KEY ?? [];
}

function parse(env: Environment) {
  const given = Object.fromEntries(
    variableNames.map((name) => [name, env[name]?.trim() || undefined]),
  );
  const parsed = schema.safeParse(given);
  const problems = new Map(
    parsed.error?.issues.map((issue) => [String(issue.path[0]), issue.message]) ?? [],
  );
  return { given, parsed, problems };
}

function toConfig(values: z.output<typeof schema>): Config {
  const { SLACK_APP_TOKEN: appToken } = values;
  const { SLACK_SIGNING_SECRET: signingSecret = '', DATABASE_URL: url } = values;
  return {
    slack: {
      install: toInstall(values),
      apiUrl: values.SLACK_API_URL,
      connection:
        appToken === undefined
          ? { mode: 'http', signingSecret: createSecret(signingSecret) }
          : { mode: 'socket', appToken: createSecret(appToken) },
    },
    database: { url: url === undefined ? null : createSecret(url), dataDir: values.DATA_DIR },
    port: values.PORT,
    metricsToken: values.METRICS_TOKEN === undefined ? null : createSecret(values.METRICS_TOKEN),
    limits: { perPerson: values.LIMIT_PER_PERSON, perWorkspace: values.LIMIT_PER_WORKSPACE },
    logLevel: values.LOG_LEVEL,
  };
}

function toInstall(values: z.output<typeof schema>): SlackInstall {
  const { SLACK_BOT_TOKEN: botToken = '', SLACK_CLIENT_ID: clientId } = values;
  const { SLACK_CLIENT_SECRET: clientSecret = '', PUBLIC_URL: publicUrl = '' } = values;
  if (clientId === undefined) return { mode: 'token', botToken: createSecret(botToken) };
  return {
    mode: 'oauth',
    clientId,
    clientSecret: createSecret(clientSecret),
    publicUrl,
    encryptionKeys: values.ENCRYPTION_KEY ?? [],
  };
}

function complaint(problems: ReadonlyMap<string, string>): string {
  const lines = Object.entries(schema.shape).flatMap(([name, variable]) => {
    const problem = problems.get(name);
    if (problem === undefined) return [];
    return `  ${name} ${problem}. Example: ${name}=${String(variable.meta()?.['example'])}`;
  });
  const count = lines.length === 1 ? 'One variable is' : `${lines.length} variables are`;
  return [`${count} not right in the environment or in .env:`, ...lines].join('\n');
}
