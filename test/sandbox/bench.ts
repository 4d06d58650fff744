import { App, HTTPReceiver, LogLevel, SocketModeReceiver } from '@slack/bolt';
import { DateTime } from 'luxon';
import {
  type InstalledApp,
  type Sandbox,
  type SandboxOptions,
  startSandbox,
  type Workspace,
} from '../../src/sandbox/index.ts';

export const SCOPES = [
  'commands',
  'chat:write',
  'users:read',
  'channels:read',
  'channels:history',
  'groups:read',
  'groups:history',
  'im:history',
  'im:write',
  'app_mentions:read',
  'reactions:read',
  'reactions:write',
  'files:write',
  'dnd:read',
];

export const EVENTS = [
  'app_home_opened',
  'app_mention',
  'app_uninstalled',
  'tokens_revoked',
  'channel_archive',
  'channel_rename',
  'group_archive',
  'group_unarchive',
  'group_left',
  'member_joined_channel',
  'member_left_channel',
  'message.channels',
  'message.groups',
  'message.im',
  'reaction_added',
  'reaction_removed',
  'user_change',
  'dnd_updated_user',
];

/** A manifest of an app that may do nearly everything. */
export function makeManifest(o: { scopes?: string[]; events?: string[]; name?: string } = {}) {
  return {
    display_information: { name: o.name ?? 'Probe' },
    features: {
      bot_user: { display_name: o.name ?? 'Probe', always_online: true },
      app_home: { home_tab_enabled: true, messages_tab_enabled: true },
      slash_commands: [
        { command: '/probe', description: 'Tries something', usage_hint: '[what]' },
        { command: '/escaped', description: 'Takes names', should_escape: true },
      ],
      shortcuts: [
        { name: 'Look around', type: 'global', callback_id: 'look', description: 'Looks' },
        { name: 'Keep this', type: 'message', callback_id: 'keep', description: 'Keeps' },
      ],
    },
    oauth_config: { scopes: { bot: o.scopes ?? SCOPES } },
    settings: {
      event_subscriptions: { bot_events: o.events ?? EVENTS },
      interactivity: { is_enabled: true },
      socket_mode_enabled: true,
    },
  };
}

export const WORKSPACE = {
  name: 'Acme',
  users: [
    { name: 'Dana', zone: 'America/New_York', role: 'admin' as const },
    { name: 'Ana', zone: 'Asia/Manila', role: 'guest' as const },
    { name: 'Gone', deactivated: true },
    { name: 'Outsider', role: 'external' as const },
    { name: 'OtherBot', bot: true },
  ],
  channels: [
    { name: 'pair', private: true, members: ['Dana', 'Ana'] },
    { name: 'open', members: ['Dana', 'Ana'] },
    { name: 'closed', members: ['Dana'], archived: true },
    { name: 'secret', private: true, members: ['Dana'] },
  ],
};

export const START = DateTime.fromISO('2026-03-09T13:00:00Z');

export type Mode = 'socket' | 'http';

export type Bench = {
  sandbox: Sandbox;
  app: App;
  workspace: Workspace;
  installed: InstalledApp;
  channel(name: string): string;
  user(name: string): string;
  stop(): Promise<void>;
};

const QUIET = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  setLevel() {},
  getLevel: () => LogLevel.ERROR,
  setName() {},
};

/** A sandbox with one workspace, and a real Bolt app connected to it. The bot is in #pair and #open. */
export async function startBench(
  o: {
    mode?: Mode;
    options?: SandboxOptions;
    manifest?: unknown;
    register?: (app: App) => void;
    /** Whether Bolt drops events of the app's own making, as it does unless told otherwise. */
    ignoreSelf?: boolean;
    /** How fast Bolt reconnects, in milliseconds; also how fast it doubts a connection. */
    clientPingTimeout?: number;
  } = {},
): Promise<Bench> {
  const sandbox = await startSandbox({ startAt: START, ...o.options });
  try {
    return await connect(sandbox, o);
  } catch (error) {
    await sandbox.stop();
    throw error;
  }
}

async function connect(
  sandbox: Sandbox,
  o: Parameters<typeof startBench>[0] & object,
): Promise<Bench> {
  const mode = o.mode ?? 'socket';
  const workspace = sandbox.createWorkspace(WORKSPACE);
  const manifest = o.manifest ?? makeManifest();
  const install = (delivery: Parameters<Sandbox['installApp']>[0]['delivery']) =>
    sandbox.installApp({ team: workspace.id, manifest, delivery });
  const clientOptions = {
    slackApiUrl: sandbox.apiUrl,
    retryConfig: { retries: 0 },
    timeout: 10_000,
    rejectRateLimitedCalls: true,
    allowAbsoluteUrls: false,
  };
  const first = install(
    mode === 'socket' ? { mode } : { mode, requestUrl: 'http://127.0.0.1:9/slack/events' },
  );
  const receiver =
    mode === 'socket'
      ? new SocketModeReceiver({
          appToken: first.appToken,
          clientPingTimeout: o.clientPingTimeout ?? 5_000,
          installerOptions: { clientOptions },
          logger: QUIET,
        })
      : new HTTPReceiver({ signingSecret: first.signingSecret, logger: QUIET });
  const app = new App({
    token: first.botToken,
    receiver,
    clientOptions,
    logger: QUIET,
    ignoreSelf: o.ignoreSelf ?? true,
  });
  app.error(async () => {});
  o.register?.(app);
  const server = await app.start(0);
  let installed = first;
  if (mode === 'http' && server && 'address' in server) {
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    installed = install({ mode, requestUrl: `http://127.0.0.1:${port}/slack/events` });
  }
  const bench: Bench = {
    sandbox,
    app,
    workspace,
    installed,
    channel: (name) => workspace.channels[name] ?? '',
    user: (name) => workspace.users[name] ?? '',
    async stop() {
      await app.stop();
      await sandbox.stop();
    },
  };
  for (const channel of ['#pair', '#open']) {
    await sandbox.act({ user: 'Dana', do: 'invite', who: installed.botUserId, channel });
  }
  return bench;
}
