import { setTimeout } from 'node:timers/promises';
import { DateTime } from 'luxon';
import { pino } from 'pino';
import { z } from 'zod';
import { createJobs, handleBatch } from '../../src/jobs/index.ts';
import { actions, button, context, mrkdwn, section } from '../../src/slack/blocks.ts';
import { createSlackClients } from '../../src/slack/clients.ts';
import { sendJob } from '../../src/slack/deliveries/job.ts';
import { limitOfMethod } from '../../src/slack/deliveries/limits.ts';
import { createPump } from '../../src/slack/deliveries/pump.ts';
import { createPostgresDatabase } from '../support/databases.ts';
import { runScript } from '../support/processes.ts';
import type { Measurement } from './measurement.ts';

const WORKSPACES = 500;
/** Their people are asked first, unmeasured: a process that has run for a while has its code compiled. */
const WARM_UP_WORKSPACES = 50;
const PEOPLE = 40;
const WARM_UP_PEOPLE = 10;
const GIVE_UP_MS = 180_000;

const SlackSeed = z.object({
  url: z.string(),
  apiUrl: z.string(),
  teams: z.array(
    z.object({
      id: z.string(),
      botToken: z.string(),
      botUserId: z.string(),
      users: z.array(z.string()),
    }),
  ),
});

type Seed = z.infer<typeof SlackSeed>;
type Database = Awaited<ReturnType<typeof createPostgresDatabase>>;

/** As large as a check-in's. */
const PROMPT = {
  text: 'Time for your check-in, Tue 3 Mar 2026.',
  blocks: [
    section(mrkdwn('Time for your check-in with <@U00000000>, Tue 3 Mar 2026.')),
    context('It goes to your shared channel. It takes about two minutes.'),
    actions('checkins.prompt', [
      button({ text: 'Start check-in', actionId: 'checkins.start', value: '{"pair":"018f0e5e"}' }),
      button({ text: 'Snooze', actionId: 'checkins.snooze', value: '{"pair":"018f0e5e"}' }),
      button({ text: 'Skip today', actionId: 'checkins.skip', value: '{"pair":"018f0e5e"}' }),
    ]),
  ],
};

/** Writes one prompt for every person, as the sweep of a busy minute would. */
async function writePrompts(
  database: Database,
  teams: Seed['teams'],
  perTeam: number,
): Promise<void> {
  const at = new Date();
  await database.prisma.workspace.createMany({
    data: teams.map(({ id, botUserId }) => ({ id, name: id, botUserId, createdAt: at })),
  });
  const rows = teams.flatMap(({ id: workspaceId, users }) =>
    users.slice(0, perTeam).map((userId) => {
      return {
        workspaceId,
        id: crypto.randomUUID(),
        dedupeKey: `checkin-prompt:${userId}`,
        kind: 'post' as const,
        purpose: 'prompt' as const,
        recipient: userId,
        message: JSON.parse(JSON.stringify(PROMPT)),
        tell: [],
        notBefore: at,
        createdAt: at,
      };
    }),
  );
  for (let start = 0; start < rows.length; start += 2000)
    await database.prisma.delivery.createMany({ data: rows.slice(start, start + 2000) });
}

/** Milliseconds in which a workspace's limit lets that many messages out. */
function requiredMs(messages: number): number {
  const { interval, burst } = limitOfMethod('chat.postMessage');
  return (messages - 1 - burst / interval) * interval;
}

async function countCalls(
  url: string,
): Promise<{ accepted: Map<string, number>; limited: number }> {
  const lines = (await (await fetch(`${url}/_sandbox/record`)).text()).trim().split('\n');
  const accepted = new Map<string, number>();
  let limited = 0;
  for (const line of lines) {
    const call: { method: string; status: number; args: { channel?: string } } = JSON.parse(line);
    if (call.method !== 'chat.postMessage') continue;
    if (call.status === 429) limited += 1;
    else accepted.set(call.args.channel ?? '', (accepted.get(call.args.channel ?? '') ?? 0) + 1);
  }
  return { accepted, limited };
}

async function untilAllSent(database: Database, started: number): Promise<void> {
  for (;;) {
    const left = await database.prisma.delivery.count({ where: { state: { not: 'sent' } } });
    if (left === 0) return;
    if (performance.now() - started > GIVE_UP_MS) throw new Error(`${left} were not delivered`);
    await setTimeout(200);
  }
}

/** 20,000 check-in prompts due at one minute, from rows that are written to Slack's last answer. */
export async function run(): Promise<Measurement[]> {
  const slackProcess = runScript(new URL('storm-slack.process.ts', import.meta.url), [
    String(WORKSPACES + WARM_UP_WORKSPACES),
    String(PEOPLE),
  ]);
  const database = await createPostgresDatabase();
  const log = pino({ level: 'warn' });
  const jobs = createJobs({ database, log });
  try {
    const seed = SlackSeed.parse(
      JSON.parse(await slackProcess.line((line) => line.startsWith('{'))),
    );
    const tokens = new Map(seed.teams.map((team) => [team.id, team]));
    const slack = createSlackClients({
      apiUrl: seed.apiUrl,
      installations: {
        find: (workspaceId) => {
          const team = tokens.get(workspaceId);
          if (!team) return Promise.resolve(null);
          const { botToken, botUserId } = team;
          return Promise.resolve({
            workspaceId,
            workspaceName: '',
            botToken,
            botId: '',
            botUserId,
            scopes: [],
          });
        },
      },
    });
    const pump = createPump({ database, slack, jobs, now: () => DateTime.utc(), log });
    const handler = handleBatch(
      sendJob,
      async (signals) => signals.map(() => ({ status: 'fulfilled', value: pump.wake() })),
      { batchSize: 2000 },
    );
    await jobs.start({ handlers: [handler], sweeps: [], tick: 'manual' });
    const signal = async (teams: Seed['teams'], perTeam: number) => {
      const signals = teams.flatMap(({ id: workspaceId }) =>
        Array.from({ length: perTeam }, () => ({ workspaceId })),
      );
      await jobs.enqueue(database.prisma, sendJob, signals);
    };
    const warmUp = seed.teams.slice(WORKSPACES);
    await writePrompts(database, warmUp, WARM_UP_PEOPLE);
    await signal(warmUp, WARM_UP_PEOPLE);
    await untilAllSent(database, performance.now());
    const teams = seed.teams.slice(0, WORKSPACES);
    await writePrompts(database, teams, PEOPLE);
    const cpu = process.cpuUsage();
    // In the product the signals are written with the rows, so this is the moment of the commit.
    await signal(teams, PEOPLE);
    const started = performance.now();
    await untilAllSent(database, started);
    const took = performance.now() - started;
    const { user, system } = process.cpuUsage(cpu);
    await pump.stop();
    const { accepted, limited } = await countCalls(seed.url);
    const doubled = [...accepted.values()].filter((count) => count !== 1).length;
    if (accepted.size !== WORKSPACES * PEOPLE + WARM_UP_WORKSPACES * WARM_UP_PEOPLE || doubled > 0)
      throw new Error(`${accepted.size} people were asked, ${doubled} of them twice`);
    const required = requiredMs(PEOPLE);
    const ratio = took / required;
    return [
      {
        name: `${WORKSPACES * PEOPLE} prompts in ${WORKSPACES} workspaces delivered, each once`,
        value: took / 1000,
        unit: 's',
        baseline: {
          name: 'what 100 messages a minute, 5 at once, require',
          value: required / 1000,
        },
        ratio,
        goal: 'at most 1.15 times',
        met: ratio <= 1.15,
      },
      {
        name: 'of which Slack refused at first (429)',
        value: limited,
        unit: 'calls',
        goal: 'none',
        met: limited === 0,
      },
      {
        name: 'processor time of the sending process',
        value: (user + system) / 1000 / (WORKSPACES * PEOPLE),
        unit: 'ms per message',
      },
    ];
  } finally {
    await jobs.stop();
    await database.close();
    await slackProcess.kill('SIGTERM');
  }
}
