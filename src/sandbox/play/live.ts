import { randomBytes } from 'node:crypto';
import { type Sandbox, startSandbox } from '../index.ts';
import { createPage } from '../page-server.ts';
import { startOfDay } from './day.ts';
import { createDemo, PAIR_CHANNEL, PEOPLE } from './demo.ts';
import { clientOf, type Host, startHost, tokensOf } from './host.ts';
import { COMPANIES, createCompanies, installInFirst, registerForOAuth } from './two-workspaces.ts';

export type LiveOptions = {
  on: string;
  port: number;
  dataDir?: string | undefined;
  databaseUrl?: string | undefined;
  /** Two workspaces that install Tandem by themselves, instead of one that has it. */
  oauth?: boolean;
  print: (line: string) => void;
};

export type Live = { url: string; stop(): Promise<void> };

const LOOK_EVERY_MS = 1000;

/** Opens the demo workspace for people to play in; its clock runs on with real time and can be moved. */
export async function openLive(o: LiveOptions): Promise<Live> {
  const page = await createPage({ print: o.print });
  const sandbox = await startSandbox({ port: o.port, startAt: startOfDay(o.on), page });
  const opened = await (o.oauth ? openTwo(sandbox, o) : openOne(sandbox, o));
  const { host } = opened;
  let settling = false;
  const look = async () => {
    if (settling) return;
    settling = true;
    try {
      const next = await host.tandem.nextEventAt();
      if (next && next <= sandbox.now()) await sandbox.settle();
    } catch (error) {
      o.print(`could not look for due work: ${String(error)}`);
    } finally {
      settling = false;
    }
  };
  const timer = setInterval(() => void look(), LOOK_EVERY_MS);
  for (const line of opened.introduction) o.print(line);
  o.print('\nPress Ctrl+C to stop.');
  return {
    url: sandbox.url,
    async stop() {
      clearInterval(timer);
      await host.stop();
      await sandbox.stop();
    },
  };
}

type Opened = { host: Host; introduction: string[] };

async function openOne(sandbox: Sandbox, o: LiveOptions): Promise<Opened> {
  const { app } = await createDemo(sandbox);
  const host = await startHost({ ...o, sandbox, slack: tokensOf(app) });
  return { host, introduction: introduce(sandbox.url) };
}

async function openTwo(sandbox: Sandbox, o: LiveOptions): Promise<Opened> {
  const [first] = createCompanies(sandbox);
  if (!first) throw new Error('no workspace was made');
  const app = await registerForOAuth(sandbox);
  const encryptionKey = randomBytes(32).toString('base64');
  const host = await startHost({ ...o, sandbox, slack: clientOf(app, encryptionKey) });
  await installInFirst(sandbox, { workspace: first, installUrl: app.installUrl });
  return { host, introduction: introduceBoth(sandbox.url, app.installUrl) };
}

function introduceBoth(url: string, installUrl: string): string[] {
  const [first, second] = COMPANIES;
  return [
    '',
    `The workspaces are open at ${url}`,
    '',
    `  ${first.name} has Tandem: ${first.executive.name} is the executive, ${first.ea.name} the EA.`,
    `  ${second.name} does not yet: choose it at the top, then Install Tandem. ${second.executive.name} and ${second.ea.name}`,
    `  have the ids of ${first.executive.name} and ${first.ea.name}, and see nothing of theirs.`,
    `  The install page: ${installUrl}`,
    '  The menu beside the name of a workspace installs Tandem again, or removes it.',
  ];
}

function introduce(url: string): string[] {
  return [
    '',
    `The workspace is open at ${url}`,
    '',
    `  ${PEOPLE.executive} is the executive, in New York. ${PEOPLE.ea} is the EA, in Manila. Their channel is #${PAIR_CHANNEL}.`,
    `  1. As ${PEOPLE.executive}, type /ea-setup in #${PAIR_CHANNEL} and propose the agreement.`,
    `  2. As ${PEOPLE.ea}, accept it in the direct message from Tandem.`,
    '  3. Move the clock to the next event: the first check-in is asked at 09:00 local time.',
  ];
}
