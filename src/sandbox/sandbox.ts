import type { RequestHandler } from 'express';
import type { DateTime } from 'luxon';
import { createClock } from './clock.ts';
import type { Controls } from './control-routes.ts';
import { createDelayedEvents } from './delivery/delayed.ts';
import { createDispatcher, type DeliveryRecord } from './delivery/dispatcher.ts';
import { connectEvents } from './delivery/events.ts';
import { createTransports, verifyRequestUrls } from './delivery/transports.ts';
import { createFaultPlan, type Fault } from './faults.ts';
import { fileRoutes } from './file-routes.ts';
import {
  type AppSettings,
  credentials,
  describeTeam,
  type InstalledApp,
  type InstallRequest,
  install,
  register,
  revoke,
  type Workspace,
} from './installing.ts';
import { createCodes } from './oauth/codes.ts';
import { oauthRoutes } from './oauth/routes.ts';
import { type ActResult, act } from './people/act.ts';
import type { Action } from './people/action.ts';
import { stateOf } from './people/screen/state.ts';
import type { Problem, Stage } from './people/stage.ts';
import { createRecorder, type RecordedCall } from './record.ts';
import { listen } from './server.ts';
import { readSaved, restoreWorld, type SavedWorld, saveWorld } from './state/saving.ts';
import { addUser, createTeam, type UserSeed, type WorkspaceSeed } from './state/seed.ts';
import { createWorld, findTeam } from './state/world.ts';
import { createTimeline } from './timeline.ts';
import { until } from './waiting.ts';
import { createRateLimits, type RateLimitOptions } from './web-api/rate-limits.ts';
import { createMethods } from './web-api/table.ts';
import { createTickets } from './web-api/tickets.ts';
export type SandboxOptions = {
  /** 0 or nothing: any free port. */
  port?: number;
  startAt?: DateTime;
  /** False: simulated time stands still unless it is moved. Default true. */
  realTime?: boolean;
  /** Slack's limits (default) or none. */
  rateLimits?: 'slack' | 'off';
  burst?: number;
  messagesPerMinute?: number;
  /** How long an app has to acknowledge, in real milliseconds. Default 3000, as Slack. */
  ackTimeoutMs?: number;
  /** How long a `trigger_id` is worth something, in real milliseconds. Default 3000, as Slack. */
  triggerLifeMs?: number;
  /** Real milliseconds before each retry of an event; Slack waits 0, 1 and 5 minutes. */
  retryDelaysMs?: number[];
  /** What serves the page. */
  page?: RequestHandler;
  /** What `save` gave: the workspaces go on from there, at that time. */
  saved?: unknown;
};

/** What the clock needs of an app in the same process. */
export type AppHooks = {
  /** When the app has something to do next; null when nothing is planned. */
  nextEventAt(): Promise<DateTime | null>;
  /** Runs sweeps and jobs until all is quiet. */
  settle(): Promise<void>;
};

export type Sandbox = Pick<
  Controls,
  | 'now'
  | 'nextEventAt'
  | 'advanceTo'
  | 'jumpTo'
  | 'state'
  | 'disconnect'
  | 'subscribe'
  | 'revokeToken'
  | 'clearFaults'
> & {
  url: string;
  apiUrl: string;
  createWorkspace(seed: WorkspaceSeed): Workspace;
  /** Brings one more person into a workspace. */
  addPerson(team: string, seed: UserSeed): void;
  installApp(request: InstallRequest): InstalledApp;
  /** Registers an app without installing it, for OAuth. */
  registerApp(settings: AppSettings): Omit<InstalledApp, 'botToken' | 'botUserId' | 'botId'>;
  /**
   * Asks each app behind a request URL for a challenge, as Slack does when the address is entered. Rejects with what
   * is wrong.
   */
  verifyRequestUrls(): Promise<void>;
  act(action: Action): Promise<ActResult>;
  /** Takes hooks of an app in this process; the returned function takes them back. */
  attachApp(hooks: AppHooks): () => void;
  /** Settles when deliveries are acknowledged and attached apps are quiet. */
  settle(): Promise<void>;
  /** Settles with the first truthy answer, asked again whenever something changes; fails after `timeoutMs`. */
  until<T>(condition: () => T, timeoutMs?: number): Promise<NonNullable<T>>;
  fault(fault: Fault): void;
  record(): RecordedCall[];
  onRecord(listener: (call: RecordedCall) => void): () => void;
  deliveries(): DeliveryRecord[];
  /** What the app did wrong outside of calls: no acknowledgement, an answer that Slack would not take. */
  problems(): Problem[];
  /** Every bot token that works, for who looks where it must not be. */
  tokens(): string[];
  /** The workspaces as they are now, with tokens; for `startSandbox`. */
  save(): SavedWorld;
  /** How many Socket Mode connections the app has. */
  connectionCount(appId: string): number;
  stop(): Promise<void>;
};

/** Starts a local Slack on 127.0.0.1. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const before = options.saved === undefined ? null : readSaved(options.saved);
  const startAt = before?.now ?? options.startAt;
  const clock = createClock({ startAt, running: options.realTime ?? true });
  const world = createWorld({ clock, triggerLifeMs: options.triggerLifeMs ?? 3_000 });
  if (before) restoreWorld(world, before.saved);
  const faults = createFaultPlan();
  const recorder = createRecorder();
  const tickets = createTickets();
  const codes = createCodes(clock);
  const times = {
    ackTimeoutMs: options.ackTimeoutMs ?? 3_000,
    retryDelaysMs: options.retryDelaysMs ?? [20, 200, 500],
  };
  const transports = createTransports(times, () => world.changed('', 'connections'));
  const dispatcher = createDispatcher({ world, times, faults, transportOf: transports.of });
  connectEvents(world, dispatcher);
  const stage: Stage = { world, dispatcher, problems: [] };
  const timeline = createTimeline({ world, dispatcher });
  const delayed = createDelayedEvents({ clock, send: dispatcher.sendLate });
  dispatcher.onGivenUp(delayed.keep);
  timeline.attach(delayed);
  const limits: RateLimitOptions = {
    burst: options.burst ?? 3,
    messagesPerMinute: options.messagesPerMinute ?? 300,
  };

  const controls: Controls = {
    now: clock.now,
    nextEventAt: timeline.nextEventAt,
    advanceTo: timeline.advanceTo,
    jumpTo: timeline.jumpTo,
    act: (action) => act(stage, action, timeline.settle),
    state: (o) => stateOf(world, o),
    addFault: faults.add,
    clearFaults: faults.clear,
    faults: faults.pending,
    disconnect: (how) => transports.disconnect(how),
    revokeToken: (o) => revoke(world, o),
    record: recorder.all,
    deliveries: dispatcher.records,
    problems: () => [...stage.problems],
    subscribe: world.onChange,
  };

  const listening = await listen(options.port ?? 0, {
    controls,
    services: {
      world,
      methods: createMethods({ tickets, codes }),
      rateLimits: options.rateLimits === 'off' ? null : createRateLimits(clock, limits),
      faults,
      recorder,
    },
    connect(ticket) {
      const app = world.apps.get(tickets.redeem(ticket) ?? '');
      return app && ((socket) => transports.socketOf(app)?.connect(socket));
    },
    routes: [fileRoutes(world), oauthRoutes(world, codes), ...(options.page ? [options.page] : [])],
  });
  world.baseUrl = listening.url;

  return {
    ...controls,
    url: listening.url,
    apiUrl: `${listening.url}/api/`,
    createWorkspace: (seed) => describeTeam(createTeam(world, seed)),
    addPerson: (team, seed) => {
      addUser(world, findTeam(world, team), seed);
    },
    registerApp: (settings) => credentials(register(world, settings)),
    installApp: (request) => install(world, request),
    verifyRequestUrls: () => verifyRequestUrls(world.apps.values(), times.ackTimeoutMs),
    act: controls.act,
    attachApp: timeline.attach,
    settle: timeline.settle,
    until: (condition, timeoutMs = 10_000) =>
      until([world.onChange, recorder.onCall, dispatcher.onRecord], { condition, timeoutMs }),
    fault: faults.add,
    onRecord: recorder.onCall,
    tokens: () =>
      [...world.apps.values()].flatMap((app) =>
        [...app.installations.values()].map((installation) => installation.botToken),
      ),
    save: () => saveWorld(world),
    connectionCount: (appId) => {
      const app = world.apps.get(appId);
      return (app && transports.socketOf(app)?.connectionCount()) ?? 0;
    },
    async stop() {
      dispatcher.stop();
      await transports.close();
      await listening.close();
    },
  };
}
