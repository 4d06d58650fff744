import { Agent } from 'node:http';
import { createScratchDatabase } from '../support/postgres.ts';
import { runScript } from '../support/processes.ts';
import { BOT_TOKEN, percentile, SECRET, Started, sendCommand, startSlack } from './commands.ts';
import type { Measurement } from './measurement.ts';

const FLOOD_PER_MINUTE = 10_000;
const USUAL_PER_SECOND = 20;
const SECONDS = 10;
const ROUNDS = 3;
const GOAL = 1.5;

type To = { agent: Agent; port: number; slackUrl: string; team?: string };

/** One person floods; what is usual comes from many, none of whom reaches a limit. */
function userOf({ team }: To, n: number): string {
  return team === undefined ? `U0USUAL${n % 500}` : 'U0FLOOD';
}

/** Sends commands at a steady rate, however long the answers take; resolves with the time of each. */
async function send(to: To, perSecond: number, seconds: number): Promise<number[]> {
  const total = Math.round(perSecond * seconds);
  const answers: Promise<number>[] = [];
  const started = performance.now();
  await new Promise<void>((resolve) => {
    const timer = setInterval(() => {
      const due = Math.min(total, ((performance.now() - started) / 1000) * perSecond);
      while (answers.length < due)
        answers.push(sendCommand({ ...to, user: userOf(to, answers.length) }));
      if (answers.length < total) return;
      clearInterval(timer);
      resolve();
    }, 1);
  });
  return await Promise.all(answers);
}

/**
 * What a workspace notices of a person in another one who sends 10,000 commands a minute: its time to the
 * acknowledgement, quiet and during the flood, in turns. The flooding workspace needs no installation, since people are
 * held to their limits before anybody looks for one.
 */
export async function run(): Promise<Measurement[]> {
  const slack = await startSlack();
  const database = await createScratchDatabase();
  const file = new URL('ack-app.process.ts', import.meta.url);
  const args = ['limited', `${slack.url}/api/`, BOT_TOKEN, SECRET, database.url];
  const script = runScript(file, args);
  try {
    const line = await script.line((text) => text.startsWith('{"port"'));
    const { port } = Started.parse(JSON.parse(line));
    const agent = new Agent({ keepAlive: true });
    const usual = { agent, port, slackUrl: slack.url };
    const flood = { ...usual, agent: new Agent({ keepAlive: true }), team: 'T0FLOOD' };
    await send(usual, USUAL_PER_SECOND * 4, 3);
    const times = { quiet: [] as number[], flooded: [] as number[] };
    for (let round = 0; round < ROUNDS; round += 1) {
      times.quiet.push(...(await send(usual, USUAL_PER_SECOND, SECONDS)));
      const [measured] = await Promise.all([
        send(usual, USUAL_PER_SECOND, SECONDS),
        send(flood, FLOOD_PER_MINUTE / 60, SECONDS),
      ]);
      times.flooded.push(...measured);
    }
    agent.destroy();
    flood.agent.destroy();
    const value = percentile(times.flooded, 0.99);
    const baseline = percentile(times.quiet, 0.99);
    return [
      {
        name: `99 of 100 commands of a workspace acknowledged within, while a person elsewhere sends ${FLOOD_PER_MINUTE} a minute`,
        value,
        unit: 'ms',
        baseline: { name: 'without the flood', value: baseline },
        ratio: value / baseline,
        goal: `at most ${GOAL} times`,
        met: value / baseline <= GOAL,
      },
    ];
  } finally {
    await script.kill('SIGTERM');
    await database.drop();
    slack.stop();
  }
}
