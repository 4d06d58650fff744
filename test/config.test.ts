import { inspect } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { pino } from 'pino';
import { ConfigError, readConfig, readEnvironment, variableNames } from '../src/config.ts';
import { createSecret } from '../src/secret.ts';
import { readRepositoryFile } from './repository/repository-files.ts';

const socketMode = { SLACK_BOT_TOKEN: 'xoxb-bot-1234', SLACK_APP_TOKEN: 'xapp-app-1234' };
const signedHttp = { SLACK_BOT_TOKEN: 'xoxb-bot-1234', SLACK_SIGNING_SECRET: 'signing-1234' };

const KEY = Buffer.alloc(32, 'k').toString('base64');
const oauth = {
  SLACK_APP_TOKEN: 'xapp-app-1234',
  SLACK_CLIENT_ID: '123.456',
  SLACK_CLIENT_SECRET: 'client-secret-1',
  PUBLIC_URL: 'https://tandem.example.com',
  ENCRYPTION_KEY: KEY,
};

function refusal(env: Record<string, string | undefined>): ConfigError {
  try {
    readConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
  throw new Error('the configuration was accepted');
}

describe('a complete environment', () => {
  test('two tokens are enough: Socket Mode, the embedded database, port 3000', () => {
    const config = readConfig(socketMode);
    expect(config).toMatchObject({
      slack: { apiUrl: 'https://slack.com/api/', connection: { mode: 'socket' } },
      database: { url: null, dataDir: './data' },
      port: 3000,
      logLevel: 'info',
    });
    const { install } = config.slack;
    expect(install.mode === 'token' && install.botToken.reveal()).toBe('xoxb-bot-1234');
    const { connection } = config.slack;
    expect(connection.mode === 'socket' && connection.appToken.reveal()).toBe('xapp-app-1234');
  });

  test('a signing secret without an app token means signed HTTP', () => {
    const { connection } = readConfig(signedHttp).slack;
    expect(connection.mode === 'http' && connection.signingSecret.reveal()).toBe('signing-1234');
  });

  test('an app token wins over a signing secret', () => {
    expect(readConfig({ ...signedHttp, ...socketMode }).slack.connection.mode).toBe('socket');
  });

  test('every variable is taken over, and the API address gets its slash', () => {
    const config = readConfig({
      ...socketMode,
      SLACK_API_URL: 'http://127.0.0.1:4000/api',
      DATABASE_URL: 'postgres://tandem:pw@db:5432/tandem',
      DATA_DIR: '/srv/tandem',
      PORT: '8080',
      LOG_LEVEL: 'debug',
    });
    expect(config.slack.apiUrl).toBe('http://127.0.0.1:4000/api/');
    expect(config.database.url?.reveal()).toBe('postgres://tandem:pw@db:5432/tandem');
    expect(config).toMatchObject({
      database: { dataDir: '/srv/tandem' },
      port: 8080,
      logLevel: 'debug',
    });
  });

  test('an empty or blank variable counts as absent', () => {
    const blank = Object.fromEntries(variableNames.map((name) => [name, ' ']));
    const config = readConfig({ ...blank, ...signedHttp, SLACK_APP_TOKEN: '' });
    expect(config).toMatchObject({ slack: { connection: { mode: 'http' } }, port: 3000 });
  });
});

describe('installing by OAuth', () => {
  test('takes the place of the bot token', () => {
    const { install } = readConfig({ ...oauth, PUBLIC_URL: 'https://tandem.example.com/' }).slack;
    expect(install).toMatchObject({ mode: 'oauth', publicUrl: 'https://tandem.example.com' });
    expect(install.mode === 'oauth' && install.encryptionKeys).toHaveLength(1);
  });

  test('the key with the highest version comes first, wherever it stands', () => {
    const keys = `v1:${KEY}, v12:${Buffer.alloc(32, 'n').toString('base64')}`;
    const { install } = readConfig({ ...oauth, ENCRYPTION_KEY: keys }).slack;
    const versions = install.mode === 'oauth' && install.encryptionKeys.map((one) => one.version);
    expect(versions).toEqual([12, 1]);
  });

  test('one variable of the four is told which others it needs', () => {
    const { message } = refusal({ SLACK_APP_TOKEN: 'xapp-1', SLACK_CLIENT_ID: '123.456' });
    for (const name of ['SLACK_CLIENT_SECRET', 'PUBLIC_URL', 'ENCRYPTION_KEY'])
      expect(message).toContain(`\n  ${name} is missing.`);
    expect(message).not.toContain('SLACK_BOT_TOKEN');
  });

  test('a bot token besides is refused, for it would not be used', () => {
    const { message } = refusal({ ...oauth, SLACK_BOT_TOKEN: 'xoxb-bot-1234' });
    expect(message).toContain('SLACK_BOT_TOKEN cannot be used together with SLACK_CLIENT_ID');
  });
});

describe('no credentials at all', () => {
  test('five lines say how to get them and how to try the sandbox instead', () => {
    const { kind, message } = refusal({});
    expect(kind).toBe('missing_credentials');
    expect(message.split('\n')).toHaveLength(5);
    for (const word of [
      'npm run sandbox',
      'manifest.yml',
      'SLACK_BOT_TOKEN',
      'SLACK_APP_TOKEN',
      'npm start',
    ]) {
      expect(message).toContain(word);
    }
  });

  test('the copied but unchanged .env.example leads there too', () => {
    const lines = readRepositoryFile('.env.example').split('\n');
    const env = Object.fromEntries(
      lines.filter((line) => /^[A-Z]/.test(line)).map((line) => line.split('=', 2)),
    );
    expect(refusal(env).kind).toBe('missing_credentials');
  });

  test('another wrong variable is not hidden by the missing credentials', () => {
    const { kind, message } = refusal({ PORT: 'many' });
    expect(kind).toBe('invalid');
    expect(message).toContain('PORT must be');
    expect(message).toContain('SLACK_BOT_TOKEN is missing');
  });
});

describe('a wrong environment', () => {
  test.each([
    ['SLACK_BOT_TOKEN', 'xapp-swapped', 'must start with xoxb-'],
    ['SLACK_BOT_TOKEN', 'xoxb-', 'must start with xoxb-'],
    ['SLACK_BOT_TOKEN', 'xoxb-two words', 'must start with xoxb-'],
    ['SLACK_APP_TOKEN', 'xoxb-swapped', 'must start with xapp-'],
    ['SLACK_SIGNING_SECRET', 'short', 'must be the signing secret'],
    ['SLACK_SIGNING_SECRET', 'xoxb-a-token-by-mistake', 'must be the signing secret'],
    ['ENCRYPTION_KEY', 'short', 'must be 32 random bytes'],
    ['ENCRYPTION_KEY', `v1:${KEY},v1:${KEY}`, 'must be 32 random bytes'],
    ['ENCRYPTION_KEY', `${KEY},`, 'must be 32 random bytes'],
    ['PUBLIC_URL', 'http://tandem.example.com', 'must be the https:// address'],
    ['PUBLIC_URL', 'https://tandem.example.com/app', 'must be the https:// address'],
    ['SLACK_API_URL', 'slack.com/api', 'must be an https:// address'],
    ['SLACK_API_URL', 'http://slack.com/api/', 'must be an https:// address'],
    ['SLACK_API_URL', 'http://127.0.0.1.evil.example/', 'must be an https:// address'],
    ['SLACK_API_URL', 'https://me:pw@slack.com/api/', 'must be an https:// address'],
    ['DATABASE_URL', 'mysql://db/tandem', 'must be a postgres://'],
    ['DATABASE_URL', 'postgres://', 'must be a postgres://'],
    ['DATABASE_URL', 'tandem', 'must be a postgres://'],
    ['PORT', 'http', 'must be a whole number from 0 to 65535'],
    ['PORT', '65536', 'must be a whole number from 0 to 65535'],
    ['PORT', '-1', 'must be a whole number from 0 to 65535'],
    ['PORT', '80.5', 'must be a whole number from 0 to 65535'],
    ['LOG_LEVEL', 'verbose', 'must be one of trace, debug'],
  ])('%s=%s is refused with an example', (name, value, problem) => {
    const { kind, message } = refusal({ ...socketMode, [name]: value });
    expect(kind).toBe('invalid');
    expect(message).toMatch(new RegExp(`^One variable is not right .*\n {2}${name} ${problem}`));
    expect(message).toContain(`Example: ${name}=`);
  });

  test('each example in a complaint would itself be accepted', () => {
    const wrong = Object.fromEntries(
      variableNames.filter((name) => name !== 'DATA_DIR').map((name) => [name, '?']),
    );
    const { message } = refusal(wrong);
    const examples = [...message.matchAll(/Example: (\w+)=(\S+)/g)].map(([, name, value]) => [
      name,
      value,
    ]);
    expect(examples).toHaveLength(variableNames.length - 1);
    const { SLACK_BOT_TOKEN: botToken, ...withOauth } = Object.fromEntries(examples);
    expect(() => readConfig(withOauth)).not.toThrow();
    const { SLACK_CLIENT_ID: _id, SLACK_CLIENT_SECRET: _secret, ...rest } = withOauth;
    expect(() => readConfig({ ...rest, SLACK_BOT_TOKEN: botToken })).not.toThrow();
  });

  test('all problems come in one message', () => {
    const { message } = refusal({ SLACK_BOT_TOKEN: 'nope', PORT: 'nope', LOG_LEVEL: 'nope' });
    expect(message).toContain('4 variables are not right');
    for (const name of ['SLACK_BOT_TOKEN', 'SLACK_APP_TOKEN', 'PORT', 'LOG_LEVEL']) {
      expect(message).toContain(`\n  ${name} `);
    }
  });

  test('a bot token alone is told the two ways to be reached', () => {
    const { message } = refusal({ SLACK_BOT_TOKEN: 'xoxb-bot-1234' });
    expect(message).toMatch(/SLACK_APP_TOKEN is missing .*SLACK_SIGNING_SECRET/);
  });

  test('whatever is typed, the message never repeats it', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...variableNames),
        fc.stringMatching(/^Q[a-z0-9]{12}Q$/),
        (name, typed) => {
          const env = { [name]: typed, SLACK_BOT_TOKEN: `xoxp-${typed}` };
          expect(refusal(env).message).not.toContain(typed);
        },
      ),
    );
  });
});

describe('secrets', () => {
  const config = readConfig({
    ...socketMode,
    DATABASE_URL: 'postgres://tandem:hunter2@db:5432/tandem',
  });
  const { install } = config.slack;
  const token = install.mode === 'token' ? install.botToken : null;
  const shown = (): [string, string][] => {
    const lines: string[] = [];
    const log = pino({ base: undefined }, { write: (line: string) => lines.push(line) });
    log.info({ config, token }, `started with ${String(token)}`);
    return [
      ['JSON', JSON.stringify(config)],
      ['inspect', inspect(config, { depth: null, showHidden: true })],
      ['a template', `${String(token)} ${String(config.database.url)}`],
      ['the log', lines.join('')],
    ];
  };

  test.each(shown())('%s shows that there is a secret, but not which', (_where, text) => {
    expect(text).toContain('[redacted]');
    for (const secret of ['xoxb-bot-1234', 'xapp-app-1234', 'hunter2']) {
      expect(text).not.toContain(secret);
    }
  });

  test('only reveal gives a secret out', () => {
    const secret = createSecret('hunter2');
    expect(secret.reveal()).toBe('hunter2');
    expect({ ...secret }.toString()).toBe('[redacted]');
  });
});

test('the environment of the process is what main reads', () => {
  expect(readEnvironment()['PATH']).toBe(process.env['PATH']);
});
