import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DateTime } from 'luxon';
import { startTandem, type Tandem } from '../../tandem.ts';
import type { InstalledApp, Sandbox } from '../index.ts';
import type { OAuthApp } from './two-workspaces.ts';

export type HostOptions = {
  sandbox: Sandbox;
  /** The variables that connect Tandem to the workspace. */
  slack: Record<string, string>;
  /** Kept when it is named; else a fresh one that is removed at the end. */
  dataDir?: string | undefined;
  databaseUrl?: string | undefined;
  logLevel?: string;
};

export type Host = { tandem: Tandem; stop(): Promise<void> };

/** How Tandem connects where it is installed in one workspace. */
export function tokensOf(app: InstalledApp): Record<string, string> {
  return { SLACK_BOT_TOKEN: app.botToken, SLACK_APP_TOKEN: app.appToken };
}

/** How Tandem connects where workspaces install it by themselves. */
export function clientOf(app: OAuthApp, encryptionKey: string): Record<string, string> {
  return {
    SLACK_CLIENT_ID: app.clientId,
    SLACK_CLIENT_SECRET: app.clientSecret,
    SLACK_SIGNING_SECRET: app.signingSecret,
    PUBLIC_URL: app.publicUrl,
    ENCRYPTION_KEY: encryptionKey,
    PORT: String(app.port),
  };
}

/** Starts Tandem against the sandbox: the same program as in production, only the address of Slack and the clock differ. */
export async function startHost(o: HostOptions): Promise<Host> {
  const { sandbox } = o;
  const scratch = o.dataDir === undefined ? await mkdtemp(join(tmpdir(), 'tandem-sandbox-')) : null;
  const now = (): DateTime => sandbox.now();
  const clean = async () => {
    if (scratch !== null) await rm(scratch, { recursive: true, force: true });
  };
  const tandem = await startTandem({
    environment: {
      SLACK_API_URL: sandbox.apiUrl,
      DATA_DIR: o.dataDir ?? scratch ?? '',
      DATABASE_URL: o.databaseUrl,
      PORT: '0',
      LOG_LEVEL: o.logLevel ?? 'error',
      // A play does in seconds what people do in days.
      LIMIT_PER_PERSON: '100000',
      LIMIT_PER_WORKSPACE: '1000000',
      ...o.slack,
    },
    now,
    tick: 'manual',
    logTo: process.stderr,
  }).catch(async (error: unknown) => {
    await clean();
    throw error;
  });
  const detach = sandbox.attachApp(tandem);
  return {
    tandem,
    async stop() {
      detach();
      await tandem.stop();
      await clean();
    },
  };
}
