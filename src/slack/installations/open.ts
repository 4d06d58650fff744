import { readFile } from 'node:fs/promises';
import type { DateTime } from 'luxon';
import type { Logger } from 'pino';
import { parse } from 'yaml';
import { z } from 'zod';
import type { Config } from '../../config.ts';
import type { Database } from '../../database/index.ts';
import type { Installations, NoteChange } from './domain.ts';
import { createOAuthClient } from './exchange.ts';
import { identifyInstallation } from './identify.ts';
import { createInstallations } from './installations.ts';
import { createInstallRoutes, type InstallRoutes } from './routes.ts';
import { findWrongKeys, markInstalled, readKeyVersions } from './store.ts';
import { createVault } from './vault.ts';

export type OpenInstallations = {
  installations: Installations;
  /** Null where one token in the environment is all. */
  routes: InstallRoutes | null;
  /** The workspace of that token; null where workspaces install the app by themselves. */
  workspaceId: string | null;
};

type OpenDeps = {
  config: Config['slack'];
  database: Database;
  note: NoteChange;
  now: () => DateTime;
  log: Logger;
};

/** The app's installations, as the configuration says. Rejects with a sentence for the operator. */
export async function openInstallations(deps: OpenDeps): Promise<OpenInstallations> {
  const { config, database, now } = deps;
  const { install, apiUrl } = config;
  if (install.mode === 'token') {
    const installation = await identifyInstallation(install.botToken.reveal(), apiUrl);
    const { workspaceId, workspaceName: name, botUserId } = installation;
    await database.prisma.$transaction(async (tx) => {
      const at = now();
      const known = { workspaceId, name, botUserId, installationId: null, now: at };
      const was = await markInstalled(tx, known);
      if (was === 'there') return;
      const what = was === 'new' ? 'installed' : 'reinstalled';
      await deps.note(tx, { workspaceId, what, by: 'operator', at });
    });
    const source = { mode: 'token', installation } as const;
    return { installations: createInstallations({ ...deps, source }), routes: null, workspaceId };
  }
  const { clientId, publicUrl } = install;
  const vault = createVault(install.encryptionKeys);
  const known = new Set(install.encryptionKeys.map(({ version }) => version));
  const missing = (await readKeyVersions(database.prisma)).filter(
    ({ version }) => !known.has(version),
  );
  if (missing.length > 0) {
    const wanted = missing.map(({ version, count }) => `v${version} (for ${count})`).join(', ');
    throw new Error(
      `ENCRYPTION_KEY lacks keys that stored tokens need: ${wanted}. Add them behind a comma, start, and run "npm run admin -- rotate-key" to do without them.`,
    );
  }
  const wrong = await findWrongKeys(database.prisma, vault);
  if (wrong.length > 0)
    throw new Error(
      `ENCRYPTION_KEY has another key than the one that stored tokens were encrypted with: ${wrong.map((version) => `v${version}`).join(', ')}. Set the former key again; a new one is added behind a comma, as v${vault.newest + 1}.`,
    );
  const clientSecret = install.clientSecret.reveal();
  const oauth = createOAuthClient({ clientId, clientSecret, apiUrl });
  const scopes = await readScopes();
  const source = { mode: 'oauth', vault, oauth, publicUrl } as const;
  return {
    installations: createInstallations({ ...deps, source }),
    routes: createInstallRoutes({
      ...deps,
      vault,
      oauth,
      clientId,
      clientSecret,
      publicUrl,
      apiUrl,
      scopes,
    }),
    workspaceId: null,
  };
}

const Manifest = z.object({
  oauth_config: z.object({
    scopes: z.object({ bot: z.array(z.string()) }),
  }),
});

/** What the app asks for is what its manifest says, what may be left out too. */
async function readScopes(): Promise<string[]> {
  const text = await readFile(new URL('../../../manifest.yml', import.meta.url), 'utf8');
  return Manifest.parse(parse(text)).oauth_config.scopes.bot;
}
