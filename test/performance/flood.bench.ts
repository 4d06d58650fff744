import { Agent } from 'node:http';
import { z } from 'zod';
import { createScratchDatabase } from '../support/postgres.ts';
import { runScript } from '../support/processes.ts';
import {
  BOT_TOKEN,
  percentile,
  SECRET,
  Started,
  sendCommand,
  sendSteadily,
  startSlack,
} from './commands.ts';
import type { Measurement } from './measurement.ts';

const FLOOD_PER_MINUTE = 10_000;
const USUAL_PER_SECOND = 40;
const SECONDS = 10;
const ROUNDS = 4;
const GOAL = 1.5;

const Flooded = z.object({ answered: z.number(), seconds: z.number() });

/**
 * What a workspace notices of a person in another one who sends 10,000 commands a minute: its time to the
 * acknowledgement, quiet and during the flood, in turns. What is usual comes from many people, none of whom reaches a
 * limit, and is sent and timed by this process; the flood comes from another one, because here it would delay the
 * timing itself. The flooding workspace needs no installation, since people are held to their limits before anybody
 * looks for one.
 */
export async function run(): Promise<Measurement[]> {
  const slack = await startSlack();
  const database = await createScratchDatabase();
  const app = runScript(new URL('ack-app.process.ts', import.meta.url), [
    'limited',
    `${slack.url}/api/`,
    BOT_TOKEN,
    SECRET,
    database.url,
  ]);
  const agent = new Agent({ keepAlive: true });
  try {
    const line = await app.line((text) => text.startsWith('{"port"'));
    const { port } = Started.parse(JSON.parse(line));
    const flood = runScript(
      new URL('flood-sender.process.ts', import.meta.url),
      [port, FLOOD_PER_MINUTE / 60, SECONDS, slack.url].map(String),
    );
    const to = { agent, port, slackUrl: slack.url };
    const usual = () =>
      sendSteadily({
        perSecond: USUAL_PER_SECOND,
        seconds: SECONDS,
        send: (n) => sendCommand({ ...to, user: `U0USUAL${n % 500}` }),
      });
    try {
      await flood.line((text) => text === 'ready');
      await usual();
      const times = { quiet: [] as number[], flooded: [] as number[] };
      const floods: z.output<typeof Flooded>[] = [];
      for (let round = 1; round <= ROUNDS; round += 1) {
        times.quiet.push(...(await usual()));
        process.kill(flood.pid, 'SIGUSR2');
        times.flooded.push(...(await usual()));
        await flood.line(() => flood.lines.length > round);
        floods.push(Flooded.parse(JSON.parse(flood.lines.at(-1) ?? '')));
      }
      return report({ ...times, floods });
    } finally {
      await flood.kill('SIGKILL');
    }
  } finally {
    agent.destroy();
    await app.kill('SIGTERM');
    await database.drop();
    slack.stop();
  }
}

function report(o: {
  quiet: readonly number[];
  flooded: readonly number[];
  floods: readonly z.output<typeof Flooded>[];
}): Measurement[] {
  const value = percentile(o.flooded, 0.99);
  const baseline = percentile(o.quiet, 0.99);
  const slowest = Math.min(...o.floods.map(({ answered, seconds }) => (answered / seconds) * 60));
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
    {
      name: 'commands of the flood that were answered, in the slowest round',
      value: slowest,
      unit: 'a minute',
    },
  ];
}
