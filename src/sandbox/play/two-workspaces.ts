import { type AddressInfo, createServer } from 'node:net';
import type { InstalledApp, Sandbox, Workspace } from '../index.ts';
import { readManifest } from './demo.ts';
import { installByPage } from './install.ts';

/** The same ids in every workspace: what belongs to one would be found in the other if anything leaked. */
const IDS = { executive: 'U00000EXEC', ea: 'U0000000EA', channel: 'C000000PAIR' } as const;

type Place = {
  name: string;
  executive: { name: string; realName: string; zone: string };
  ea: { name: string; realName: string; zone: string };
};

/** Two companies; Tandem is in the first one only. */
export const COMPANIES = [
  {
    name: 'Whitfield Partners',
    executive: { name: 'Dana', realName: 'Dana Whitfield', zone: 'America/New_York' },
    ea: { name: 'Ana', realName: 'Ana Reyes', zone: 'Asia/Manila' },
  },
  {
    name: 'Brightline Studio',
    executive: { name: 'Olivia', realName: 'Olivia Brooks', zone: 'Europe/London' },
    ea: { name: 'Joy', realName: 'Joy Mendoza', zone: 'Asia/Manila' },
  },
] as const satisfies Place[];

/** An app that workspaces install by themselves, and where it will listen. */
export type OAuthApp = Pick<InstalledApp, 'clientId' | 'clientSecret' | 'signingSecret'> & {
  publicUrl: string;
  port: number;
  installUrl: string;
};

/** Creates both workspaces. */
export function createCompanies(sandbox: Sandbox): Workspace[] {
  return COMPANIES.map(({ name, executive, ea }) =>
    sandbox.createWorkspace({
      name,
      users: [
        { ...executive, id: IDS.executive, title: 'Executive', role: 'owner' },
        { ...ea, id: IDS.ea, title: 'Executive assistant' },
      ],
      channels: [
        {
          name: channelOf({ executive, ea }),
          id: IDS.channel,
          private: true,
          members: [IDS.executive, IDS.ea],
        },
      ],
    }),
  );
}

function channelOf({ executive, ea }: Pick<Place, 'executive' | 'ea'>): string {
  return `${executive.name}-${ea.name}`.toLowerCase();
}

/** Registers Tandem for OAuth, on the same port as before if that is free. It has yet to be started there. */
export async function registerForOAuth(sandbox: Sandbox, before?: number): Promise<OAuthApp> {
  const port = (before !== undefined && (await findPort(before))) || (await findPort(0)) || 0;
  const publicUrl = `http://127.0.0.1:${port}`;
  const installUrl = `${publicUrl}/slack/install`;
  const manifest = await readManifest([`${publicUrl}/slack/oauth_redirect`]);
  const delivery = { mode: 'http', requestUrl: `${publicUrl}/slack/events` } as const;
  const client = sandbox.registerApp({ manifest, delivery, installUrl });
  return { ...client, publicUrl, port, installUrl };
}

/** The first company's executive installs Tandem by its page and brings it into the channel of the pair. */
export async function installInFirst(
  sandbox: Sandbox,
  o: { workspace: Workspace; installUrl: string },
): Promise<void> {
  const { workspace, installUrl } = o;
  await installByPage(installUrl, { team: workspace.id, user: IDS.executive });
  await sandbox.act({
    team: workspace.id,
    user: IDS.executive,
    do: 'invite',
    who: 'Tandem',
    channel: IDS.channel,
    wait: false,
  });
}

/** That port, any free one for 0; null where it is in use. */
async function findPort(wanted: number): Promise<number | null> {
  const server = createServer();
  const listening = Promise.withResolvers<boolean>();
  server.once('error', () => listening.resolve(false));
  server.listen(wanted, '127.0.0.1', () => listening.resolve(true));
  if (!(await listening.promise)) return null;
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => {
    server.close(resolve);
  });
  return port;
}
