import { mkdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { DateTime } from 'luxon';
import { type Sandbox, startSandbox } from '../../src/sandbox/index.ts';
import { driveClock, type FastClock } from './clock.ts';
import { createFleet, type Fleet } from './fleet.ts';
import { createPeople, type People } from './people.ts';
import { type OwnPostgres, startOwnPostgres } from './postgres.ts';
import { openProxy } from './proxy.ts';
import { createRandom, type Random } from './random.ts';
import { letAMinutePass, readRows, unfinished } from './rows.ts';
import { describe, gather, judge } from './witness.ts';
import { type CrashWorkspace, createCrashWorkspace, dueTimes, writePairs } from './workspace.ts';

/** `LONG=1`: as much as issue 3 asks for, in many minutes; otherwise little, in seconds. */
export const LONG = process.env.LONG === '1';

/** Simulated time passes this much faster than real time, so that Slack's limits of a minute take two seconds. */
export const SPEED = 30;
/** While nothing is under way but waits, of minutes after many failures. */
const SETTLE_SPEED = 200;
const SETTLE_MS = LONG ? 600_000 : 120_000;
const QUIET_MS = 3_000;
/** A replica that starts again and again need not compile again and again. */
const COMPILE_CACHE = join(tmpdir(), 'tandem-compile-cache');
const ARTEFACTS = fileURLToPath(new URL('../artefacts', import.meta.url));

export type CrashStage = {
  random: Random;
  sandbox: Sandbox;
  postgres: OwnPostgres;
  workspace: CrashWorkspace;
  fleet: Fleet;
  clock: FastClock;
  people: People;
  /** Sets the clock to a moment before the next time at which somebody is asked. */
  toNextWave(): void;
  /** Resolves when Slack has answered that many calls from now on, or when none came for a while. */
  calls(count: number): Promise<void>;
  /** Waits, while time passes, until nothing is left to do. */
  settle(): Promise<void>;
  /** Ends every process at once and lets the fleet come back after a minute. */
  blackOut(): Promise<void>;
  /** Stops the clock when all is quiet and says everything that is not as promised; keeps what happened if so. */
  verdict(): Promise<string[]>;
  close(): Promise<void>;
};

export type CrashOptions = {
  name: string;
  pairs: number;
  replicas: number;
  receiver?: 'Socket Mode' | 'signed HTTP';
  historyOfDirectMessages?: boolean;
  startAt?: string;
};

/** A workspace full of pairs, a fleet of replicas on a PostgreSQL of their own, and people; null without PostgreSQL. */
export async function openCrashStage(o: CrashOptions): Promise<CrashStage | null> {
  const server = await startOwnPostgres();
  return server && (await openOn(server, o));
}

async function openOn(postgres: OwnPostgres, o: CrashOptions): Promise<CrashStage> {
  const random = createRandom();
  const startAt = DateTime.fromISO(o.startAt ?? '2026-03-02T00:00', { zone: 'utc' });
  const sandbox = await startSandbox({ startAt, realTime: false, rateLimits: 'off' });
  const isHttp = o.receiver === 'signed HTTP';
  let ports = (): number[] => [];
  const proxy = isHttp ? await openProxy(() => ports()) : null;
  const delivery = proxy
    ? { mode: 'http' as const, requestUrl: `http://127.0.0.1:${proxy.port}/slack/events` }
    : { mode: 'socket' as const };
  const mayReadDirectMessages = o.historyOfDirectMessages ?? true;
  const workspace = await createCrashWorkspace(sandbox, {
    pairs: o.pairs,
    delivery,
    historyOfDirectMessages: mayReadDirectMessages,
  });
  await writePairs({ url: postgres.url, workspace, now: sandbox.now() });
  const { botToken, appToken, signingSecret } = workspace.app;
  const fleet = createFleet({
    size: o.replicas,
    now: () => sandbox.now().toMillis(),
    env: {
      PATH: process.env.PATH,
      NODE_COMPILE_CACHE: COMPILE_CACHE,
      SLACK_BOT_TOKEN: botToken,
      ...(isHttp ? { SLACK_SIGNING_SECRET: signingSecret } : { SLACK_APP_TOKEN: appToken }),
      SLACK_API_URL: sandbox.apiUrl,
      DATABASE_URL: postgres.url,
      PORT: '0',
      LOG_LEVEL: 'info',
      // The people of this test press without a pause.
      LIMIT_PER_PERSON: '100000',
      LIMIT_PER_WORKSPACE: '1000000',
    },
  });
  ports = fleet.ports;
  const clock = driveClock({ sandbox, tell: fleet.tell });
  const people = createPeople({ sandbox, workspace, random });
  const now = () => sandbox.now().toMillis();
  const whatIsLeft = () =>
    unfinished(postgres.url, now()).catch((error: unknown) => `no answer: ${String(error)}`);

  async function settle(): Promise<void> {
    const giveUpAt = performance.now() + SETTLE_MS;
    for (let left = await whatIsLeft(); left !== null; left = await whatIsLeft()) {
      if (performance.now() > giveUpAt) return;
      await setTimeout(100);
    }
  }

  fleet.start();
  await fleet.ready(o.replicas);
  clock.setSpeed(SPEED);
  await settle();
  people.resume();

  let verdicts = 0;

  async function verdict(): Promise<string[]> {
    await people.pause();
    sandbox.clearFaults();
    clock.setSpeed(SETTLE_SPEED);
    await settle();
    clock.setSpeed(0);
    await sandbox.settle();
    await settle();
    const rows = await readRows(postgres.url);
    const { submissions } = people;
    const from = startAt;
    const evidence = gather({ sandbox, workspace, rows, submissions, from, mayReadDirectMessages });
    const findings = judge(evidence);
    verdicts += 1;
    if (fleet.failures() > 0) findings.push(`${fleet.failures()} replicas ended by themselves`);
    if (findings.length > 0) await keep({ ...evidence, findings });
    if (LONG) process.stderr.write(`${o.name} (SEED=${random.seed}): ${describe(evidence)}\n`);
    clock.setSpeed(SPEED);
    people.resume();
    return findings;
  }

  async function keep(evidence: object): Promise<void> {
    const folder = join(ARTEFACTS, `crash-${o.name}-${random.seed}-${verdicts}`);
    await mkdir(folder, { recursive: true });
    const { calls, ...rest } = evidence as { calls: object[] };
    await writeFile(
      join(folder, 'record.ndjson'),
      calls.map((one) => JSON.stringify(one)).join('\n'),
    );
    await writeFile(join(folder, 'evidence.json'), JSON.stringify(rest, null, 1));
    await writeFile(join(folder, 'replicas.log'), fleet.log().join('\n'));
    process.stderr.write(`${o.name} failed; SEED=${random.seed} brings it again; see ${folder}\n`);
  }

  return {
    random,
    sandbox,
    postgres,
    workspace,
    fleet,
    clock,
    people,
    settle,
    verdict,
    toNextWave() {
      const from = sandbox.now();
      const due = dueTimes(workspace.people, { from, until: from.plus({ days: 4 }) });
      const [next] = due.toSorted((a, b) => a.at.toMillis() - b.at.toMillis());
      if (next) clock.jumpTo(next.at.minus({ seconds: 10 }));
    },
    async calls(count) {
      const wanted = sandbox.record().length + count;
      await sandbox.until(() => sandbox.record().length >= wanted, QUIET_MS).catch(() => {});
    },
    async blackOut() {
      await fleet.killAll();
      await letAMinutePass(postgres.url);
      fleet.start();
    },
    async close() {
      clock.stop();
      await people.stop();
      await fleet.killAll();
      await proxy?.close();
      await sandbox.stop();
      await postgres.close();
    },
  };
}
