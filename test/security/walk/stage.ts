import { createHmac, randomUUID } from 'node:crypto';
import type { App, Receiver } from '@slack/bolt';
import type { DateTime } from 'luxon';
import { pino } from 'pino';
import { createApp, listFeatures } from '../../../src/app.ts';
import { readConfig } from '../../../src/config.ts';
import type { Database, Tx } from '../../../src/database/index.ts';
import type { Deps } from '../../../src/deps.ts';
import { createJobs } from '../../../src/jobs/index.ts';
import { createMetrics } from '../../../src/operation/metrics.ts';
import { createSlackClients } from '../../../src/slack/clients.ts';
import { openServer, REQUEST_PATH } from '../../../src/slack/server.ts';
import { createStores, createTransact } from '../../../src/stores.ts';
import { createTestDatabase } from '../../support/databases.ts';
import { findFreePort } from '../../support/stage.ts';
import { listListeners, type Menu, type Registered } from './listeners.ts';
import { type Call, openRecorder } from './recorder.ts';

const SECRET = 'a signing secret of the walk'.replaceAll(' ', '-');

export type Who = { workspaceId: string; userId: string };

/** What a person got back for one thing that they did. */
export type Outcome = { status: number; ack: string; calls: Call[] };

type Pressed = {
  actionId: string;
  value: string;
  view?: object | null;
  triggerId?: string | undefined;
  /** What was used, where it is not a button. */
  as?: 'static_select' | 'overflow' | undefined;
};

export type WalkStage = {
  database: Database;
  deps: Deps;
  registered: Registered;
  /** What can follow `/ea`. */
  words: string[];
  /** Commands, shortcuts, buttons and forms that were used at least once. */
  used: Set<string>;
  press(who: Who, o: Pressed): Promise<Outcome>;
  submit(who: Who, view: object, triggerId?: string): Promise<Outcome>;
  type(
    who: Who,
    o: { command: string; text: string; triggerId?: string | undefined },
  ): Promise<Outcome>;
  /** Types into a menu whose choices the app gives. */
  lookUp(who: Who, o: { menu: Menu; blockId: string; typed: string }): Promise<Outcome>;
  /** Uses a shortcut on a message of the channel. */
  useShortcut(
    who: Who,
    o: { callbackId: string; triggerId?: string | undefined },
  ): Promise<Outcome>;
  /** Opens the Home tab; what it then shows is among the calls. */
  openHome(who: Who): Promise<Outcome>;
  close(): Promise<void>;
};

/** The whole app behind its real receiver, installed in two workspaces; only Slack's own side is a recorder. */
export async function openWalk(now: () => DateTime): Promise<WalkStage> {
  const database = await createTestDatabase();
  const recorder = await openRecorder((token) => token.replace('xoxb-', ''));
  const log = pino({ level: 'silent' });
  const apiUrl = `${recorder.url}/api/`;
  const port = await findFreePort();
  const config = readConfig({
    SLACK_BOT_TOKEN: 'xoxb-T1',
    SLACK_SIGNING_SECRET: SECRET,
    SLACK_API_URL: apiUrl,
    PORT: String(port),
  });
  const metrics = createMetrics({ withProcess: false });
  const installations = {
    find: async (workspaceId: string) => ({
      workspaceId,
      workspaceName: workspaceId,
      botToken: `xoxb-${workspaceId}`,
      botId: 'B0000001',
      botUserId: 'U000BOT',
      scopes: ['commands', 'chat:write', 'files:read', 'files:write'],
    }),
    admit: async () => {},
    remove: async () => [],
    changeAccess: async () => {},
    refuse: async () => false,
    grantAt: { installUrl: null },
  };
  const storesOn = (db: Tx) => createStores({ db, enqueue: async () => {}, now });
  const deps: Deps = {
    ...storesOn(database.prisma),
    now,
    log,
    database,
    jobs: createJobs({ database, log }),
    slack: createSlackClients({ installations, apiUrl, onCall: metrics.calledSlack }),
    transact: createTransact({ database, storesOn, now }),
  };
  const server = openServer({
    config,
    log,
    endpoints: () => false,
    install: null,
    machineTime: undefined,
  });
  const features = listFeatures();
  const { receiver, worked } = watch(server.receiver);
  createApp({
    deps,
    receiver,
    installations,
    apiUrl,
    limits: { perPerson: 1e6, perWorkspace: 1e6 },
    metrics,
    features,
  });
  await server.start();

  async function send(fields: Record<string, string>): Promise<Outcome> {
    return await sendBody(new URLSearchParams(fields).toString());
  }

  async function sendBody(body: string, type = 'x-www-form-urlencoded'): Promise<Outcome> {
    recorder.take();
    const timestamp = String(Math.floor(Date.now() / 1000));
    const signature = createHmac('sha256', SECRET).update(`v0:${timestamp}:${body}`).digest('hex');
    const response = await fetch(`http://127.0.0.1:${port}${REQUEST_PATH}`, {
      method: 'POST',
      body,
      headers: {
        'content-type': `application/${type}`,
        'x-slack-request-timestamp': timestamp,
        'x-slack-signature': `v0=${signature}`,
      },
    });
    const ack = await response.text();
    await worked();
    return { status: response.status, ack, calls: recorder.take() };
  }

  const envelope = ({ workspaceId, userId }: Who, triggerId: string = randomUUID()) => ({
    token: 'x',
    api_app_id: 'A1',
    is_enterprise_install: false,
    team: { id: workspaceId, domain: workspaceId.toLowerCase() },
    user: { id: userId, username: 'x', name: 'x', team_id: workspaceId },
    trigger_id: triggerId,
  });
  const used = new Set<string>();

  return {
    database,
    deps,
    registered: listListeners(features, deps),
    words: features.flatMap((one) => Object.keys(one.words?.(deps) ?? {})),
    used,
    press: (who, { actionId, value, view, triggerId, as: type = 'button' }) => {
      used.add(actionId);
      return send({
        payload: JSON.stringify({
          type: 'block_actions',
          ...envelope(who, triggerId),
          ...(view
            ? {
                container: { type: 'view', view_id: 'V1' },
                view: {
                  state: { values: {} },
                  ...view,
                  id: 'V1',
                  hash: '1',
                  type: 'modal',
                  team_id: who.workspaceId,
                },
              }
            : {
                container: { type: 'message', message_ts: '1.1', channel_id: 'C0000001' },
                channel: { id: 'C0000001', name: 'x' },
                message: { ts: '1.1', text: '' },
                response_url: `${recorder.url}/respond`,
              }),
          actions: [
            {
              type,
              action_id: actionId,
              block_id: 'b',
              action_ts: '1.1',
              ...(type === 'button' ? { value } : { selected_option: { value } }),
            },
          ],
        }),
      });
    },
    submit(who, view, triggerId = randomUUID()) {
      if ('callback_id' in view) used.add(String(view.callback_id));
      return send({
        payload: JSON.stringify({
          type: 'view_submission',
          ...envelope(who),
          view: {
            ...view,
            id: `V${triggerId}`,
            hash: '1',
            type: 'modal',
            team_id: who.workspaceId,
          },
        }),
      });
    },
    lookUp(who, { menu, blockId, typed }) {
      used.add(menu.name);
      return send({
        payload: JSON.stringify({
          type: 'block_suggestion',
          ...envelope(who),
          container: { type: 'view', view_id: 'V1' },
          action_id: 'a',
          block_id: blockId,
          value: typed,
          view: { id: 'V1', type: 'modal', team_id: who.workspaceId, state: { values: {} } },
        }),
      });
    },
    useShortcut(who, { callbackId, triggerId }) {
      used.add(callbackId);
      return send({
        payload: JSON.stringify({
          type: 'message_action',
          ...envelope(who, triggerId),
          callback_id: callbackId,
          action_ts: '1.1',
          message_ts: '1.1',
          channel: { id: 'C0000001', name: 'x' },
          message: { type: 'message', user: who.userId, ts: '1.1', text: 'other words' },
          response_url: `${recorder.url}/respond`,
        }),
      });
    },
    type(who, { command, text, triggerId = randomUUID() }) {
      used.add(command);
      return send({
        command,
        text,
        token: 'x',
        team_id: who.workspaceId,
        team_domain: 'x',
        user_id: who.userId,
        user_name: 'x',
        channel_id: 'C0000009',
        channel_name: 'x',
        api_app_id: 'A1',
        is_enterprise_install: 'false',
        trigger_id: triggerId,
        response_url: `${recorder.url}/respond`,
      });
    },
    async openHome({ workspaceId, userId }) {
      const event = { type: 'app_home_opened', user: userId, tab: 'home', channel: 'D0000001' };
      const body = { type: 'event_callback', team_id: workspaceId, event_id: randomUUID(), event };
      const outcome = await sendBody(JSON.stringify(body), 'json');
      for (const sweep of features.find(({ name }) => name === 'home')?.sweeps?.(deps) ?? [])
        await sweep.run();
      return { ...outcome, calls: [...outcome.calls, ...recorder.take()] };
    },
    async close() {
      await server.stop();
      await recorder.close();
      await database.close();
    },
  };
}

/** The receiver, and a way to wait until all that it handed over has been worked on: it answers before that. */
function watch(receiver: Receiver): { receiver: Receiver; worked: () => Promise<void> } {
  const running = new Set<Promise<void>>();
  const init = receiver.init.bind(receiver);
  receiver.init = (app) => {
    const processEvent: App['processEvent'] = async (event) => {
      const work = app.processEvent(event);
      running.add(work);
      await work.finally(() => running.delete(work));
    };
    init({ processEvent } as App);
  };
  return {
    receiver,
    worked: async () => {
      while (running.size > 0) await Promise.allSettled(running);
    },
  };
}
