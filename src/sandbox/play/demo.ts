import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import { z } from 'zod';
import type { InstalledApp, Sandbox, Workspace } from '../index.ts';

/** The people of the demo workspace, by what others call them. */
export const PEOPLE = { executive: 'Dana', ea: 'Ana', manager: 'Marta' } as const;

export const ZONES = {
  executive: 'America/New_York',
  ea: 'Asia/Manila',
  manager: 'Europe/Warsaw',
} as const;

/** The pair's private channel. Tandem is in it. */
export const PAIR_CHANNEL = 'dana-ana';

export type Demo = { workspace: Workspace; app: InstalledApp };

export type Receiving = { mode: 'socket' } | { mode: 'http'; requestUrl: string };

/** An executive in New York, an EA in Manila and an agency manager, with Tandem installed and invited. */
export async function createDemo(
  sandbox: Sandbox,
  delivery: Receiving = { mode: 'socket' },
): Promise<Demo> {
  const workspace = sandbox.createWorkspace({
    name: 'Whitfield Partners',
    users: [
      {
        name: PEOPLE.executive,
        realName: 'Dana Whitfield',
        title: 'Managing partner',
        zone: ZONES.executive,
        role: 'owner',
      },
      { name: PEOPLE.ea, realName: 'Ana Reyes', title: 'Executive assistant', zone: ZONES.ea },
      {
        name: PEOPLE.manager,
        realName: 'Marta Nowak',
        title: 'Agency manager',
        zone: ZONES.manager,
        role: 'guest',
      },
    ],
    channels: [{ name: PAIR_CHANNEL, private: true, members: [PEOPLE.executive, PEOPLE.ea] }],
  });
  const manifest = await readManifest();
  const app = sandbox.installApp({ team: workspace.id, manifest, delivery });
  await sandbox.act({
    team: workspace.id,
    user: PEOPLE.executive,
    do: 'invite',
    who: 'Tandem',
    channel: PAIR_CHANNEL,
    wait: false,
  });
  return { workspace, app };
}

/** Tandem in the workspace that is there already: its token where it still works, else a new one. */
export async function installAgain(sandbox: Sandbox): Promise<InstalledApp> {
  const [team] = sandbox.state().teams;
  return sandbox.installApp({
    team: team?.id ?? '',
    manifest: await readManifest(),
    delivery: { mode: 'socket' },
  });
}

const Manifest = z.looseObject({ oauth_config: z.looseObject({}) });

/** Tandem's own manifest, with addresses to which browsers may be sent back after an installation. */
export async function readManifest(redirectUrls: readonly string[] = []): Promise<unknown> {
  const text = await readFile(new URL('../../../manifest.yml', import.meta.url), 'utf8');
  const manifest = Manifest.parse(parse(text));
  return {
    ...manifest,
    oauth_config: { ...manifest.oauth_config, redirect_urls: redirectUrls },
  };
}
