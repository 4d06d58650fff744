import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { startSandbox } from '../../src/sandbox/index.ts';
import { createDemo } from '../../src/sandbox/play/demo.ts';
import { findFreePort } from '../support/stage.ts';
import type { Measurement } from './measurement.ts';

const MAIN = fileURLToPath(new URL('../../src/main.ts', import.meta.url));
/** As in `npm start`. */
const FLAGS = [
  '--import',
  new URL('../../src/compile-cache.js', import.meta.url).href,
  '--max-semi-space-size=4',
];
const ROUNDS = 5;

type Started = { seconds: number; megabytes: number };

/** From the start of the process to `/readyz`, and its memory then, on a migrated embedded database; the median of five. */
export async function run(): Promise<Measurement[]> {
  const sandbox = await startSandbox();
  const dataDir = await mkdtemp(join(tmpdir(), 'tandem-start-'));
  try {
    const { app } = await createDemo(sandbox);
    const environment = {
      SLACK_BOT_TOKEN: app.botToken,
      SLACK_APP_TOKEN: app.appToken,
      SLACK_API_URL: sandbox.apiUrl,
      DATA_DIR: dataDir,
      LOG_LEVEL: 'error',
    };
    await startOnce(environment);
    const rounds: Started[] = [];
    for (let round = 0; round < ROUNDS; round += 1) rounds.push(await startOnce(environment));
    const bare = await timeBareNode();
    return [
      {
        name: 'start to ready, embedded database already migrated',
        value: median(rounds.map((one) => one.seconds)),
        unit: 's',
        baseline: { name: 'node running an empty program', value: bare },
        goal: 'under 2 s',
        met: median(rounds.map((one) => one.seconds)) < 2,
      },
      {
        name: 'resident memory when ready',
        value: median(rounds.map((one) => one.megabytes)),
        unit: 'MB',
        goal: 'under 250 MB',
        met: median(rounds.map((one) => one.megabytes)) < 250,
      },
    ];
  } finally {
    await sandbox.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}

async function startOnce(environment: Record<string, string>): Promise<Started> {
  const port = await findFreePort();
  const startedAt = performance.now();
  const child = spawn(process.execPath, [...FLAGS, MAIN], {
    env: { ...environment, PORT: String(port), PATH: '' },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  try {
    await untilReady(child, port);
    const seconds = (performance.now() - startedAt) / 1000;
    return { seconds, megabytes: await residentMegabytes(child) };
  } finally {
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    await ended;
  }
}

async function untilReady(child: ChildProcess, port: number): Promise<void> {
  for (;;) {
    if (child.exitCode !== null) throw new Error(`Tandem ended with code ${child.exitCode}`);
    const answer = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => null);
    if (answer?.ok) return;
    await pause(10);
  }
}

async function residentMegabytes(child: ChildProcess): Promise<number> {
  const status = await readFile(`/proc/${child.pid}/status`, 'utf8').catch(() => '');
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1] ?? Number.NaN) / 1024;
}

async function timeBareNode(): Promise<number> {
  const startedAt = performance.now();
  await once(spawn(process.execPath, ['-e', '0']), 'exit');
  return (performance.now() - startedAt) / 1000;
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
