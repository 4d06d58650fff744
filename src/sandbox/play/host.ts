import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DateTime } from 'luxon';
import { startTandem, type Tandem } from '../../tandem.ts';
import type { InstalledApp, Sandbox } from '../index.ts';

export type HostOptions = {
  sandbox: Sandbox;
  app: InstalledApp;
  /** Kept when it is named; else a fresh one that is removed at the end. */
  dataDir?: string | undefined;
  databaseUrl?: string | undefined;
  logLevel?: string;
};

export type Host = { tandem: Tandem; stop(): Promise<void> };

/** Starts Tandem against the sandbox: the same program as in production, only the address of Slack and the clock differ. */
export async function startHost(o: HostOptions): Promise<Host> {
  const { sandbox, app } = o;
  const scratch = o.dataDir === undefined ? await mkdtemp(join(tmpdir(), 'tandem-sandbox-')) : null;
  const now = (): DateTime => sandbox.now();
  const tandem = await startTandem({
    environment: {
      SLACK_BOT_TOKEN: app.botToken,
      SLACK_APP_TOKEN: app.appToken,
      SLACK_API_URL: sandbox.apiUrl,
      DATA_DIR: o.dataDir ?? scratch ?? '',
      DATABASE_URL: o.databaseUrl,
      PORT: '0',
      LOG_LEVEL: o.logLevel ?? 'error',
      // A play does in seconds what people do in days.
      LIMIT_PER_PERSON: '100000',
      LIMIT_PER_WORKSPACE: '1000000',
    },
    now,
    tick: 'manual',
    logTo: process.stderr,
  });
  const detach = sandbox.attachApp(tandem);
  return {
    tandem,
    async stop() {
      detach();
      await tandem.stop();
      if (scratch !== null) await rm(scratch, { recursive: true, force: true });
    },
  };
}
