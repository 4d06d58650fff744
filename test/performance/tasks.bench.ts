import { randomUUID } from 'node:crypto';
import { Agent } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { OPEN, refOf } from '../../src/delegations/index.ts';
import { createPostgresDatabase } from '../support/databases.ts';
import { runScript } from '../support/processes.ts';
import {
  BOT_TOKEN,
  percentile,
  SECRET,
  Started,
  sendCommand,
  sendSigned,
  startSlack,
  WORKSPACE,
} from './commands.ts';
import type { Measurement } from './measurement.ts';
import { createPair, type Owner, seedTasks } from './tasks-seed.ts';

const MANY = 50_000;
const FEW = 50;
const WARM_UP = 50;
const ROUNDS = 400;
/** So that what one deed leaves to be done is not counted for the next one. */
const REST_MS = 25;
const GIVE_UP_MS = 10_000;
/** How much longer a full list may take than a short one. */
const GROWTH = 2;

type Times = { acked: number[]; answered: number[] };
type Deed = (triggerId: string) => Promise<number>;

/**
 * What a pair with 50,000 tasks waits for: the acknowledgement of its list and of a card, against an app that does
 * nothing else, and the view itself, against a pair with 50 tasks. One deed after another, in turns.
 */
export async function run(): Promise<Measurement[]> {
  const opened = new Map<string, () => void>();
  const slack = await startSlack(({ path, body }) => {
    if (!path.endsWith('/views.open')) return;
    const triggerId = /trigger_id["=:]+([\w-]+)/.exec(decodeURIComponent(body))?.[1] ?? '';
    opened.get(triggerId)?.();
  });
  const database = await createPostgresDatabase();
  const many = await createPair(database, 'U1');
  const few = await createPair(database, 'U2');
  const manyCard = await seedTasks(database, many, MANY);
  const fewCard = await seedTasks(database, few, FEW);
  const start = async (which: 'bare' | 'tandem') => {
    const script = runScript(new URL('ack-app.process.ts', import.meta.url), [
      which,
      `${slack.url}/api/`,
      BOT_TOKEN,
      SECRET,
      database.url,
    ]);
    const line = await script.line((text) => text.startsWith('{"port"'));
    return { script, port: Started.parse(JSON.parse(line)).port };
  };
  const bare = await start('bare');
  const tandem = await start('tandem');
  const agent = new Agent({ keepAlive: true });
  const to = { agent, port: tandem.port, slackUrl: slack.url };
  const list =
    ({ userId: user }: Owner): Deed =>
    (triggerId) =>
      sendCommand({ ...to, user, command: '/ea-tasks', triggerId });
  const card =
    (owner: Owner, id: string): Deed =>
    (triggerId) =>
      sendSigned(to, pressOpen({ owner, id, triggerId, slackUrl: slack.url }));
  const deeds = {
    list: list(many),
    card: card(many, manyCard),
    shortList: list(few),
    cardOfFew: card(few, fewCard),
  };
  const times: Record<keyof typeof deeds, Times> = {
    list: { acked: [], answered: [] },
    card: { acked: [], answered: [] },
    shortList: { acked: [], answered: [] },
    cardOfFew: { acked: [], answered: [] },
  };
  const bareTimes = { command: [] as number[], press: [] as number[] };
  const bareTo = { ...to, port: bare.port };
  try {
    for (let round = 0; round < WARM_UP + ROUNDS; round += 1) {
      const isMeasured = round >= WARM_UP;
      await pause(REST_MS);
      const command = await sendCommand(bareTo);
      await pause(REST_MS);
      const triggerId = randomUUID();
      const pressed = pressOpen({ owner: many, id: manyCard, triggerId, slackUrl: slack.url });
      const press = await sendSigned(bareTo, pressed);
      if (isMeasured) {
        bareTimes.command.push(command);
        bareTimes.press.push(press);
      }
      for (const [name, deed] of Object.entries(deeds)) {
        await pause(REST_MS);
        const { acked, answered } = await measure(deed, opened);
        if (!isMeasured) continue;
        times[name as keyof typeof deeds].acked.push(acked);
        times[name as keyof typeof deeds].answered.push(answered);
      }
    }
    return [
      ...compareAcks(`the list of ${MANY} tasks`, times.list.acked, bareTimes.command),
      ...compareAcks(`a card of ${MANY} tasks`, times.card.acked, bareTimes.press),
      ...compareAnswers('list', times.list.answered, times.shortList.answered),
      ...compareAnswers('card', times.card.answered, times.cardOfFew.answered),
    ];
  } finally {
    agent.destroy();
    await Promise.all([bare.script.kill('SIGKILL'), tandem.script.kill('SIGTERM')]);
    await database.close();
    slack.stop();
  }
}

/** Milliseconds to the acknowledgement and to the view that opens. */
async function measure(
  deed: Deed,
  opened: Map<string, () => void>,
): Promise<{ acked: number; answered: number }> {
  const triggerId = randomUUID();
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  opened.set(triggerId, resolve);
  const timer = setTimeout(() => reject(new Error('no view was opened')), GIVE_UP_MS);
  const started = performance.now();
  const [acked, answered] = await Promise.all([
    deed(triggerId),
    promise.then(() => performance.now() - started),
  ]);
  clearTimeout(timer);
  opened.delete(triggerId);
  return { acked, answered };
}

function pressOpen(o: { owner: Owner; id: string; triggerId: string; slackUrl: string }): string {
  const { owner, id, triggerId } = o;
  const team = { id: WORKSPACE.team_id, domain: 'bench' };
  const value = refOf({ id, version: 1 });
  const payload = {
    type: 'block_actions',
    team,
    user: { id: owner.userId, username: 'dana', team_id: team.id },
    api_app_id: 'A1BENCH',
    trigger_id: triggerId,
    channel: { id: owner.channelId, name: 'pair' },
    container: { type: 'message', message_ts: '1.1', channel_id: owner.channelId },
    message: { ts: '1.1', text: 'a card' },
    response_url: `${o.slackUrl}/actions/answer`,
    actions: [{ type: 'button', action_id: OPEN, block_id: 'task', value, action_ts: '1.1' }],
  };
  return new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
}

function compareAcks(what: string, times: number[], bare: number[]): Measurement[] {
  return [
    { name: 'half', share: 0.5, goal: 1.3 },
    { name: '99 of 100', share: 0.99, goal: 2 },
  ].map(({ name, share, goal }) => {
    const value = percentile(times, share);
    const baseline = percentile(bare, share);
    return {
      name: `${what}: ${name} acknowledged within`,
      value,
      unit: 'ms',
      baseline: { name: 'a Bolt app that only acknowledges', value: baseline },
      ratio: value / baseline,
      goal: `at most ${goal} times`,
      met: value / baseline <= goal,
    };
  });
}

function compareAnswers(what: string, times: number[], short: number[]): Measurement[] {
  return [
    { name: 'half', share: 0.5 },
    { name: '99 of 100', share: 0.99 },
  ].map(({ name, share }) => {
    const value = percentile(times, share);
    const baseline = percentile(short, share);
    return {
      name: `the ${what} of ${MANY} tasks: ${name} on the screen within`,
      value,
      unit: 'ms',
      baseline: { name: `the same with ${FEW} tasks`, value: baseline },
      ratio: value / baseline,
      goal: `at most ${GROWTH} times`,
      met: value / baseline <= GROWTH,
    };
  });
}
