import { readFile } from 'node:fs/promises';
import type { DateTime } from 'luxon';
import { pino } from 'pino';
import { parse } from 'yaml';
import type { Database } from '../../../src/database/index.ts';
import type { Jobs } from '../../../src/jobs/index.ts';
import { createPairStore } from '../../../src/pairs/index.ts';
import { type Fault, type Sandbox, startSandbox } from '../../../src/sandbox/index.ts';
import { literal, section } from '../../../src/slack/blocks.ts';
import { createSlackClients, type SlackClients } from '../../../src/slack/clients.ts';
import type { OutgoingMessage } from '../../../src/slack/deliveries/domain.ts';
import { createOutbox, type Outbox } from '../../../src/slack/deliveries/outbox.ts';
import { createPump, type Pump } from '../../../src/slack/deliveries/pump.ts';
import { nextDueAt } from '../../../src/slack/deliveries/store/upkeep.ts';

export type TestWorkspace = {
  id: string;
  botToken: string;
  /** Ids of Dana, Ana, and Gone, whose account is deactivated. */
  users: Record<string, string>;
  /** The bot is in `pair`, and not in `elsewhere`. */
  channels: Record<string, string>;
};

export type Bench = {
  database: Database;
  sandbox: Sandbox;
  slack: SlackClients;
  outbox: Outbox;
  pump: Pump;
  now: () => DateTime;
  /** Sends what may go out now and waits until it has. */
  deliver(): Promise<void>;
  /** Lets time pass, and delivers whenever something is due on the way. */
  later(duration: { seconds?: number; minutes?: number; hours?: number }): Promise<void>;
  workspace: TestWorkspace;
  addWorkspace(o?: { historyOfDirectMessages?: boolean }): Promise<TestWorkspace>;
  fault(method: string, reply: Extract<Fault, { method: string }>['reply'], times?: number): void;
  /** What Dana sees in a channel, or in her direct messages with the bot: each message with its replies. */
  read(where: 'pair' | 'elsewhere' | 'DM', o?: { team?: string; user?: string }): string[];
  calls(method: string): ReturnType<Sandbox['record']>;
  close(): Promise<void>;
};

export function message(text: string): OutgoingMessage {
  return { text, blocks: [section(literal(text))] };
}

/** The outbox and its pump on a fresh database, against a local Slack whose clock stands still. */
export async function openBench(o: {
  database: Database;
  rateLimits?: 'slack' | 'off';
  /** The clock runs, for senders in other processes. Default: it stands still. */
  realTime?: boolean;
  historyOfDirectMessages?: boolean;
}): Promise<Bench> {
  const { database } = o;
  const sandbox = await startSandbox({
    realTime: o.realTime ?? false,
    rateLimits: o.rateLimits ?? (o.realTime ? 'slack' : 'off'),
    burst: 1,
    messagesPerMinute: 100,
  });
  const manifest: unknown = parse(
    await readFile(new URL('../../../manifest.yml', import.meta.url), 'utf8'),
  );
  const tokens = new Map<string, string>();
  const now = () => sandbox.now();
  const enqueue: Jobs['enqueue'] = () => Promise.resolve();
  const slack = createSlackClients({
    apiUrl: sandbox.apiUrl,
    installations: {
      find: (workspaceId) => {
        const botToken = tokens.get(workspaceId);
        if (!botToken) return Promise.resolve(null);
        return Promise.resolve({
          workspaceId,
          workspaceName: '',
          botToken,
          botId: '',
          botUserId: '',
          scopes: [],
        });
      },
    },
  });
  const log = pino({ level: 'silent' });
  const pump = createPump({ database, slack, jobs: { enqueue }, now, log });

  async function addWorkspace(wish: { historyOfDirectMessages?: boolean } = {}) {
    const workspace = sandbox.createWorkspace({
      name: 'Whitfield Partners',
      users: [{ name: 'Dana' }, { name: 'Ana' }, { name: 'Gone', deactivated: true }],
      channels: [
        { name: 'pair', members: ['Dana', 'Ana'] },
        { name: 'elsewhere', private: true, members: ['Dana', 'Ana'] },
      ],
    });
    const app = sandbox.installApp({
      team: workspace.id,
      manifest,
      delivery: { mode: 'socket' },
      optionalScopes: wish.historyOfDirectMessages ?? false,
    });
    tokens.set(workspace.id, app.botToken);
    await sandbox.act({
      team: workspace.id,
      user: 'Dana',
      do: 'invite',
      who: 'Tandem',
      channel: 'pair',
      wait: false,
    });
    await database.prisma.workspace.create({
      data: {
        id: workspace.id,
        name: workspace.name,
        botUserId: app.botUserId,
        createdAt: now().toJSDate(),
      },
    });
    return { ...workspace, botToken: app.botToken };
  }

  const deliver = async () => {
    pump.wake();
    await pump.settled();
  };
  const workspace = await addWorkspace(o);
  return {
    database,
    sandbox,
    slack,
    pump,
    now,
    workspace,
    addWorkspace,
    deliver,
    outbox: createOutbox({ db: database.prisma, enqueue, now }),
    async later(duration) {
      const until = now().plus(duration);
      await deliver();
      for (;;) {
        const next = await nextDueAt(database.prisma, now());
        sandbox.jumpTo(next && next < until ? next : until);
        await deliver();
        if (!next || next >= until) return;
      }
    },
    fault: (method, reply, times = 1) => sandbox.fault({ method, reply, times }),
    read: (where, { team = workspace.id, user = 'Dana' } = {}) =>
      readAs({ sandbox, team, user, where }),
    calls: (method) => sandbox.record().filter((call) => call.method === method),
    async close() {
      await pump.stop();
      await sandbox.stop();
      await database.close();
    },
  };
}

/** Makes Dana and Ana of the workspace a pair with its channel; answers with its id. */
export async function addPair({ database, workspace, now }: Bench): Promise<string> {
  const { id: workspaceId, users, channels } = workspace;
  const terms = (userId: string, name: string) => ({
    userId,
    name,
    zone: 'UTC',
    workdays: [],
    workStartTime: '09:00',
    workEndTime: '17:00',
    checkinDays: [],
    checkinTime: '09:00',
  });
  const pair = await createPairStore(database.prisma).ensure({
    workspaceId,
    now: now(),
    terms: {
      channelId: channels.pair ?? '',
      startedOn: '2026-01-01',
      engagement: 'direct',
      hoursPerMonth: null,
      executive: terms(users.Dana ?? '', 'Dana'),
      ea: terms(users.Ana ?? '', 'Ana'),
    },
  });
  return pair.id;
}

function readAs(o: { sandbox: Sandbox; team: string; user: string; where: string }): string[] {
  const [team] = o.sandbox.state({ team: o.team, user: o.user }).teams;
  const channels = team?.people[0]?.channels ?? [];
  const channel = channels.find((one) =>
    o.where === 'DM' ? one.kind === 'im' : one.name.replace('#', '') === o.where,
  );
  return (channel?.messages ?? [])
    .filter((one) => one.byBot && one.subtype === null)
    .flatMap((one) => [one.text, ...one.replies.map((reply) => `> ${reply.text}`)]);
}
