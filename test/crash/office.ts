import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { DateTime } from 'luxon';
import pg from 'pg';
import {
  type Action,
  type ActResult,
  type Sandbox,
  startSandbox,
} from '../../src/sandbox/index.ts';
import { readManifest } from '../../src/sandbox/play/demo.ts';
import {
  answerConsent,
  type Browser,
  beginInstall,
  openBrowser,
} from '../../src/sandbox/play/install.ts';
import { runSql } from '../support/postgres.ts';
import { findFreePort } from '../support/stage.ts';
import { driveClock } from './clock.ts';
import { createFleet, type Fleet } from './fleet.ts';
import { type OwnPostgres, startOwnPostgres } from './postgres.ts';
import { createRandom, type Random } from './random.ts';
import { letAMinutePass } from './rows.ts';
import { LONG } from './stage.ts';

/** Simulated time passes this much faster than real time. */
const SPEED = 20;
const PATIENCE_MS = 30_000;
const ADMIN = fileURLToPath(new URL('../../src/admin/main.ts', import.meta.url));
const COMPILE_CACHE = join(tmpdir(), 'tandem-compile-cache');
const key = (letter: string) => Buffer.alloc(32, letter).toString('base64');

type WithoutWho<T> = T extends unknown ? Omit<T, 'team' | 'user'> : never;

export type Office = {
  sandbox: Sandbox;
  postgres: OwnPostgres;
  fleet: Fleet;
  random: Random;
  folder: string;
  dana: string;
  ana: string;
  /** Opens the install page and allows it at Slack; gives the browser and where Slack sends it back. */
  beginInstall(): Promise<{ browser: Browser; back: string }>;
  install(): Promise<number>;
  setUpPair(): Promise<void>;
  /** Resolves when somebody has a form of this title in front of them, with something in it. */
  opened(who: 'Dana' | 'Ana', title: string): Promise<void>;
  /** Resolves when no message is left to be sent. */
  quiet(): Promise<void>;
  act(who: 'Dana' | 'Ana', deed: WithoutWho<Action>): Promise<ActResult>;
  /** Presses a button as soon as it is on the screen of somebody: in a form, in Home or in a message. */
  click(who: 'Dana' | 'Ana', label: string): Promise<void>;
  /** What the form in front of somebody is called. */
  title(who: 'Dana' | 'Ana'): string | undefined;
  /** Names of the files in somebody's direct messages. */
  files(who: 'Dana' | 'Ana'): string[];
  /** All that Tandem's messages say that somebody sees, and where. */
  texts(who: 'Dana' | 'Ana', place: 'DM' | '#pair'): string[];
  rows<T = Record<string, unknown>>(sql: string): Promise<T[]>;
  /** The one number that a statement asks for. */
  count(sql: string): Promise<number>;
  /** Waits until a statement finds something. */
  until(sql: string, what: string): Promise<void>;
  /** Holds up whoever wants what `sql` locks, until the returned function is called. */
  hold(sql: string): Promise<() => Promise<void>>;
  /** `kill -9` of Tandem, then what held it up; resolves when it is there again and what the dead one held is free. */
  killTandem(release?: () => Promise<void>): Promise<void>;
  /** As if a minute had passed for what processes hold that lost their database. */
  forgetDead(): Promise<void>;
  /** What /readyz says. */
  readiness(): Promise<{ status: number; text: string }>;
  /** `npm run admin` as a process of its own. */
  admin(
    args: string[],
    env?: Record<string, string>,
  ): { kill(): Promise<void>; ended: Promise<{ code: number | null; said: string }> };
  close(): Promise<void>;
};

/** One workspace that installs Tandem by itself, Tandem as a process, and a PostgreSQL to be ill-treated; null without one. */
export async function openOffice(): Promise<Office | null> {
  const postgres = await startOwnPostgres();
  if (!postgres) return null;
  const random = createRandom();
  const startAt = DateTime.fromISO('2026-03-03T09:30', { zone: 'Asia/Manila' });
  const sandbox = await startSandbox({ startAt, realTime: false });
  const folder = await mkdtemp(join(tmpdir(), 'tandem-office-'));
  const port = await findFreePort();
  const url = `http://127.0.0.1:${port}`;
  const team = sandbox.createWorkspace({
    name: 'Acme',
    users: [
      { name: 'Dana', id: 'U00000DANA', zone: 'Asia/Manila', role: 'owner' },
      { name: 'Ana', id: 'U000000ANA', zone: 'Asia/Manila' },
    ],
    channels: [{ name: 'pair', id: 'C00000PAIR', members: ['Dana', 'Ana'] }],
  });
  const client = sandbox.registerApp({
    manifest: await readManifest([`${url}/slack/oauth_redirect`]),
    delivery: { mode: 'http', requestUrl: `${url}/slack/events` },
  });
  const env = {
    PATH: process.env.PATH,
    NODE_COMPILE_CACHE: COMPILE_CACHE,
    SLACK_CLIENT_ID: client.clientId,
    SLACK_CLIENT_SECRET: client.clientSecret,
    SLACK_SIGNING_SECRET: client.signingSecret,
    PUBLIC_URL: url,
    ENCRYPTION_KEY: key('a'),
    SLACK_API_URL: sandbox.apiUrl,
    DATABASE_URL: postgres.url,
    PORT: String(port),
    LOG_LEVEL: 'info',
    LIMIT_PER_PERSON: '100000',
    LIMIT_PER_WORKSPACE: '1000000',
  };
  const fleet = createFleet({ size: 1, env, now: () => sandbox.now().toMillis() });
  const clock = driveClock({ sandbox, tell: fleet.tell });
  fleet.start();
  await fleet.ready(1);
  clock.setSpeed(SPEED);

  const rows = async <T>(sql: string) => (await runSql(postgres.url, sql)) as T[];
  const screen = (user: string) => {
    const [seen] = sandbox.state({ team: team.id, user }).teams;
    return seen?.people[0];
  };
  const messages = (who: string, place: 'DM' | '#pair') =>
    (screen(who)?.channels ?? [])
      .filter((one) => (place === 'DM' ? one.kind === 'im' : one.name === place))
      .flatMap((one) => one.messages);
  const office: Office = {
    sandbox,
    postgres,
    fleet,
    random,
    folder,
    dana: 'U00000DANA',
    ana: 'U000000ANA',
    async beginInstall() {
      const browser = openBrowser();
      const asked = await beginInstall(browser, `${url}/slack/install`);
      return {
        browser,
        back: await answerConsent(asked, { who: { team: team.id, user: 'U00000DANA' } }),
      };
    },
    async install() {
      const { browser, back } = await office.beginInstall();
      const { status } = await browser.open(back);
      const invite = { do: 'invite', who: 'Tandem', channel: '#pair', wait: false } as const;
      await sandbox.act({ ...invite, team: team.id, user: 'Dana' }).catch(() => undefined);
      return status;
    },
    async setUpPair() {
      await office.act('Dana', { do: 'command', command: '/ea-setup', in: '#pair' });
      await office.opened('Dana', 'Set up Tandem');
      const fill = {
        'I am the': 'Executive',
        'The other person': 'Ana',
        'Your shared channel': '#pair',
      };
      await office.act('Dana', { do: 'submit', fill });
      await office.act('Dana', { do: 'submit', fill: {} });
      await office.act('Dana', { do: 'close', all: true });
      await office.click('Ana', 'Accept');
      await office.until('SELECT 1 FROM agreements WHERE "acceptedAt" IS NOT NULL', 'agreed');
    },
    async opened(who, title) {
      await sandbox.until(() => {
        const form = screen(who)?.modals.at(-1);
        return form?.title === title && form.inputs.length + form.buttons.length > 0;
      }, PATIENCE_MS);
    },
    async quiet() {
      await office.until(
        `SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM deliveries WHERE state IN ('pending', 'sending', 'uncertain'))`,
        'every message is sent',
      );
    },
    act: (user, deed) => sandbox.act({ ...deed, team: team.id, user }),
    async click(who, label) {
      const shown = () =>
        [
          ...(screen(who)?.modals.at(-1)?.buttons ?? []),
          ...(screen(who)?.channels ?? []).flatMap((channel) =>
            channel.messages.flatMap((one) => one.controls),
          ),
        ].map((one) => one.label);
      await sandbox
        .until(() => shown().includes(label), PATIENCE_MS)
        .catch(() => {
          throw new Error(`${who} sees no "${label}" but ${shown().join(', ')}`);
        });
      await office.act(who, { do: 'click', click: label });
    },
    title: (who) => screen(who)?.modals.at(-1)?.title,
    files: (who) => messages(who, 'DM').flatMap((one) => one.files.map(({ name }) => name)),
    texts: (who, place) =>
      messages(who, place)
        .filter((one) => one.byBot && one.subtype === null)
        .map((one) => one.text),
    rows,
    async count(sql) {
      const [row] = await rows<Record<string, unknown>>(sql);
      return Number(Object.values(row ?? {})[0]);
    },
    async until(sql, what) {
      const giveUpAt = performance.now() + PATIENCE_MS;
      while ((await rows(sql)).length === 0) {
        if (performance.now() > giveUpAt)
          throw new Error(`it did not come to this: ${what}\n${fleet.log().slice(-20).join('\n')}`);
        await setTimeout(10);
      }
    },
    async hold(sql) {
      const holder = new pg.Client({ connectionString: postgres.url });
      await holder.connect();
      await holder.query('BEGIN');
      await holder.query(sql);
      return async () => await holder.end();
    },
    async killTandem(release) {
      await fleet.kill(0);
      await release?.();
      await office.forgetDead();
      await fleet.ready(1);
    },
    async forgetDead() {
      await letAMinutePass(postgres.url);
      // In the long form the queue finds them by itself, within a quarter of a minute.
      if (!LONG)
        await rows(
          `UPDATE pgboss.job SET state = 'retry', heartbeat_on = NULL WHERE state = 'active'`,
        );
    },
    async readiness() {
      const response = await fetch(`${url}/readyz`);
      return { status: response.status, text: await response.text() };
    },
    admin(args, changes = {}) {
      const child = spawn(process.execPath, [ADMIN, ...args], {
        env: { ...env, ...changes },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      let said = '';
      for (const stream of [child.stdout, child.stderr])
        stream.on('data', (piece: Buffer) => {
          said += piece.toString();
        });
      const ended = once(child, 'close').then(() => ({ code: child.exitCode, said }));
      return {
        ended,
        async kill() {
          child.kill('SIGKILL');
          await ended;
        },
      };
    },
    async close() {
      clock.stop();
      await fleet.killAll();
      await sandbox.stop();
      await postgres.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
  return office;
}

/** ENCRYPTION_KEY before the change of the key, the one after it, and what is set in between. */
export const KEYS = { first: key('a'), second: key('b'), both: `v2:${key('b')},v1:${key('a')}` };
