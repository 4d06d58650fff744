import { Agent } from 'node:http';
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

const PER_SECOND = 200;
const WARM_UP_SECONDS = 3;
const SECONDS = 10;
const ROUNDS = 3;

async function load(o: { port: number; slackUrl: string; seconds: number }): Promise<number[]> {
  const agent = new Agent({ keepAlive: true });
  const { seconds } = o;
  const times = await sendSteadily({
    perSecond: PER_SECOND,
    seconds,
    send: () => sendCommand({ ...o, agent }),
  });
  agent.destroy();
  return times;
}

/** Time to the acknowledgement of `/ea help` in Tandem on PostgreSQL, and in an app that does nothing else. */
export async function run(): Promise<Measurement[]> {
  const slack = await startSlack();
  const database = await createScratchDatabase();
  const file = new URL('ack-app.process.ts', import.meta.url);
  const start = async (which: 'bare' | 'tandem') => {
    const script = runScript(file, [which, `${slack.url}/api/`, BOT_TOKEN, SECRET, database.url]);
    const line = await script.line((text) => text.startsWith('{"port"'));
    return { script, port: Started.parse(JSON.parse(line)).port };
  };
  const bare = await start('bare');
  const tandem = await start('tandem');
  try {
    const times = { bare: [] as number[], tandem: [] as number[] };
    for (let round = 0; round <= ROUNDS; round += 1) {
      for (const [name, { port }] of Object.entries({ bare, tandem })) {
        const seconds = round === 0 ? WARM_UP_SECONDS : SECONDS;
        const measured = await load({ port, slackUrl: slack.url, seconds });
        if (round > 0) times[name === 'bare' ? 'bare' : 'tandem'].push(...measured);
      }
    }
    return [
      { name: 'half', share: 0.5, goal: 1.3 },
      { name: '99 of 100', share: 0.99, goal: 2 },
    ].map(({ name, share, goal }) => {
      const value = percentile(times.tandem, share);
      const baseline = percentile(times.bare, share);
      return {
        name: `${name} of the commands acknowledged within, at ${PER_SECOND} a second`,
        value,
        unit: 'ms',
        baseline: { name: 'a Bolt app that only acknowledges', value: baseline },
        ratio: value / baseline,
        goal: `at most ${goal} times`,
        met: value / baseline <= goal,
      };
    });
  } finally {
    await Promise.all([bare.script.kill('SIGKILL'), tandem.script.kill('SIGTERM')]);
    await database.drop();
    slack.stop();
  }
}
