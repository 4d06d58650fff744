import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { DateTime } from 'luxon';
import { startSandbox } from '../index.ts';
import { createPage } from '../page-server.ts';
import { playDay, startOfDay } from './day.ts';
import { createDemo, PEOPLE } from './demo.ts';
import { startHost, tokensOf } from './host.ts';
import { keepIn } from './keeping.ts';
import { createScript } from './script.ts';
import { createTranscript } from './transcript.ts';
import { playWeek } from './week/story.ts';

/** The stories that can be played, by name. */
export const PLAYS = { day: playDay, week: playWeek } as const;

export type PlayName = keyof typeof PLAYS;

/** Until somebody has opened the page. */
const TIME_TO_OPEN_MS = 5000;

export type PlayOptions = {
  name: PlayName;
  on: string;
  dataDir?: string | undefined;
  databaseUrl?: string | undefined;
  recordTo?: string | undefined;
  /** Opens the page as well and goes through the story at this pace, for somebody to watch. */
  watch?: { port: number; stepsPerMinute: number } | undefined;
  print: (line: string) => void;
};

/** Plays a story from beginning to end; false when a call was rejected or the story went differently. */
export async function play(o: PlayOptions): Promise<boolean> {
  const sandbox = await startSandbox({
    startAt: startOf(o.name, o.on),
    realTime: false,
    ...(o.watch && { port: o.watch.port, page: await createPage({ print: o.print }) }),
  });
  const record = o.recordTo === undefined ? null : createWriteStream(o.recordTo);
  sandbox.onRecord((call) => record?.write(`${JSON.stringify(call)}\n`));
  const demo = await createDemo(sandbox);
  const keeper = await keepIn(o.dataDir, { sandbox, setting: { kind: 'one workspace' } });
  const host = await startHost({ ...o, sandbox, slack: tokensOf(demo.app) });
  try {
    const team = demo.workspace.id;
    const transcript = createTranscript({
      sandbox,
      team,
      readers: [PEOPLE.ea, PEOPLE.executive],
      print: o.print,
    });
    const pauseMs = o.watch ? 60_000 / o.watch.stepsPerMinute : 0;
    const script = createScript({ sandbox, team, transcript, pauseMs });
    if (o.watch) {
      o.print(`Watch it at ${sandbox.url}`);
      await pause(Math.max(pauseMs, TIME_TO_OPEN_MS));
    }
    await PLAYS[o.name](script, o.on);
    return summarise(sandbox, script.failures(), o.print);
  } finally {
    await host.stop();
    await keeper.stop();
    await sandbox.stop();
    if (record) {
      record.end();
      await finished(record);
    }
  }
}

/** A week begins on the Monday of the week that was asked for. */
function startOf(name: PlayName, on: string): DateTime {
  const first = name === 'week' ? (DateTime.fromISO(on).startOf('week').toISODate() ?? on) : on;
  return startOfDay(first);
}

function summarise(
  sandbox: Awaited<ReturnType<typeof startSandbox>>,
  failures: readonly string[],
  print: (line: string) => void,
): boolean {
  const calls = sandbox.record();
  const rejected = calls.filter((call) => !isOk(call.reply));
  const problems = sandbox.problems();
  const count = (method: string) => calls.filter((call) => call.method === method).length;
  print('');
  print(
    `Messages posted: ${count('chat.postMessage')}, updated in place: ${count('chat.update')}, forms opened: ${count('views.open')}.`,
  );
  print(
    `Calls to Slack: ${calls.length}, rejected: ${rejected.length}. Expectations that failed: ${failures.length}.`,
  );
  for (const call of rejected) print(`  rejected: ${call.method} ${JSON.stringify(call.reply)}`);
  for (const problem of problems)
    print(`  not as Slack wants it: ${problem.about}: ${problem.message}`);
  for (const failure of failures) print(`  not as expected: ${failure}`);
  return rejected.length + problems.length + failures.length === 0;
}

function isOk(reply: unknown): boolean {
  return typeof reply === 'object' && reply !== null && 'ok' in reply && reply.ok === true;
}
