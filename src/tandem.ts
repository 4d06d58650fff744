import type { DateTime } from 'luxon';
import { type DestinationStream, pino } from 'pino';
import { createApp, listFeatures } from './app.ts';
import { type Config, readConfig } from './config.ts';
import { openDatabase, type Tx } from './database/index.ts';
import type { Deps, Stores } from './deps.ts';
import type { PlannedSweep } from './feature.ts';
import { createJobs, type Jobs } from './jobs/index.ts';
import { createLog } from './operation/log.ts';
import { createMetrics } from './operation/metrics.ts';
import { createAuditStore, noteInstallation } from './privacy/index.ts';
import { createSlackClients } from './slack/clients.ts';
import type { InFlight } from './slack/in-flight.ts';
import { openInstallations } from './slack/installations/open.ts';
import { openServer, type Server } from './slack/server.ts';
import { createStores, createTransact } from './stores.ts';
import { watchOver } from './watch.ts';

export type Tandem = {
  /** The workspace of SLACK_BOT_TOKEN; null where workspaces install the app by themselves. */
  workspaceId: string | null;
  port: number;
  /** When the clock next has something to do, null when nothing is planned. */
  nextEventAt(): Promise<DateTime | null>;
  /** Looks once for what is due, as every minute does by itself. */
  sweep(): Promise<void>;
  /** Runs what is due now and waits until nothing is left to do. */
  settle(): Promise<void>;
  /** Stops taking work, finishes what is running, closes everything. */
  stop(): Promise<void>;
};

export type StartOptions = {
  /** The variables that the README lists. */
  environment: Readonly<Record<string, string | undefined>>;
  now: () => DateTime;
  /** The machine's clock, by which requests signed for a later time are refused; left out where time is simulated. */
  machineTime?: () => DateTime;
  /** Where log lines go instead of standard output. */
  logTo?: DestinationStream;
  /** 'manual': due work waits for `settle`. */
  tick?: 'cron' | 'manual';
};

/** Opens and connects everything: configuration, database, jobs, Slack. Rejects with a sentence for the operator. */
export async function startTandem(o: StartOptions): Promise<Tandem> {
  const { now } = o;
  const config = readConfig(o.environment);
  const log = createLog({
    level: config.logLevel,
    to: o.logTo ?? pino.destination(1),
    secrets: secretsOf(config),
  });
  const stops: (() => Promise<void>)[] = [];
  const stop = async () => {
    for (const step of stops.splice(0).reverse()) await step();
  };
  try {
    const database = await openDatabase({
      url: config.database.url?.reveal(),
      dataDir: config.database.dataDir,
      log,
      now,
    });
    stops.push(() => database.close());
    const { installations, routes, workspaceId } = await openInstallations({
      config: config.slack,
      database,
      note: (tx, change) => noteInstallation(createAuditStore(tx), change),
      now,
      log,
    });
    const jobs = createJobs({ database, log });
    const metrics = createMetrics({ withProcess: config.metricsToken !== null });
    const { apiUrl } = config.slack;
    const slack = createSlackClients({ installations, apiUrl, onCall: metrics.calledSlack });
    const deps = createDeps({ database, jobs, slack, now, log });
    const features = listFeatures();
    const sweeps = features.flatMap((feature) => feature.sweeps?.(deps) ?? []);
    const handlers = features.flatMap((feature) => feature.jobs?.(deps) ?? []);
    await jobs.start({ handlers, sweeps, tick: o.tick ?? 'cron' });
    stops.push(() => jobs.stop());
    stops.push(async () => {
      for (const feature of features) await feature.stop?.();
    });
    const server: Server = openServer({
      config,
      log,
      endpoints: watchOver({
        database,
        jobs,
        metrics,
        metricsToken: config.metricsToken,
        isConnected: () => server.isConnected(),
        now,
      }),
      install: routes,
      machineTime: o.machineTime,
    });
    const listeners = createApp({
      deps,
      receiver: server.receiver,
      installations,
      apiUrl,
      limits: config.limits,
      metrics,
      features,
    });
    stops.push(() => listeners.idle());
    stops.push(() => server.stop());
    const port = await server.start();
    log.info({ workspace: workspaceId, port, database: database.kind }, 'Tandem is ready');
    return {
      workspaceId,
      port,
      nextEventAt: () => findNext(sweeps),
      sweep: async () => void (await jobs.runSweeps()),
      settle: createSettle({ listeners, jobs, sweeps, now }),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** What no line of the log may hold. */
function secretsOf({ slack, database }: Config): string[] {
  const { connection, install } = slack;
  const secrets = [database.url];
  if (install.mode === 'token') secrets.push(install.botToken);
  else secrets.push(install.clientSecret, ...install.encryptionKeys.map(({ key }) => key));
  secrets.push(connection.mode === 'http' ? connection.signingSecret : connection.appToken);
  return secrets.flatMap((secret) => secret?.reveal() ?? []);
}

function createDeps(o: Pick<Deps, 'database' | 'jobs' | 'slack' | 'now' | 'log'>): Deps {
  const storesOn = (db: Tx): Stores => createStores({ db, enqueue: o.jobs.enqueue, now: o.now });
  return {
    ...o,
    ...storesOn(o.database.prisma),
    transact: createTransact({ database: o.database, storesOn, now: o.now }),
  };
}

/** One after another: what is still being sent plans work of the features after it. */
async function findNext(sweeps: readonly PlannedSweep[]): Promise<DateTime | null> {
  let next: DateTime | null = null;
  for (const sweep of sweeps) {
    const at = (await sweep.nextAt?.()) ?? null;
    if (at && (next === null || at < next)) next = at;
  }
  return next;
}

/**
 * Does what is due until nothing is: work can make more work due at once, such as an update behind a message that was
 * just sent. As the clock does it, all sweeps run once in each minute; in between, those run that say that they are due.
 */
function createSettle(o: {
  listeners: InFlight;
  jobs: Jobs;
  sweeps: readonly PlannedSweep[];
  now: () => DateTime;
}): () => Promise<void> {
  const planned = new Map(o.sweeps.map((sweep) => [sweep.name, sweep]));
  let minute: number | null = null;
  const isDue = async (name: string): Promise<boolean> => {
    const at = (await planned.get(name)?.nextAt?.()) ?? null;
    return at !== null && at <= o.now();
  };
  return async () => {
    await o.listeners.idle();
    await o.jobs.runSweeps(async ({ name }) => planned.get(name)?.isRepair === true);
    for (;;) {
      await o.listeners.idle();
      await o.jobs.idle();
      const current = Math.floor(o.now().toMillis() / 60_000);
      const isNewMinute = current !== minute;
      minute = current;
      const count = await o.jobs.runSweeps(isNewMinute ? undefined : (sweep) => isDue(sweep.name));
      if (count === 0) return;
    }
  };
}
