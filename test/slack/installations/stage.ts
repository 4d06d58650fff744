import { readFile } from 'node:fs/promises';
import { DateTime } from 'luxon';
import { parse } from 'yaml';
import { z } from 'zod';
import {
  type Action,
  type MessageState,
  type Sandbox,
  startSandbox,
  type Workspace,
} from '../../../src/sandbox/index.ts';
import {
  answerConsent,
  type Browser,
  beginInstall,
  openBrowser,
} from '../../../src/sandbox/play/install.ts';
import { startTandem, type Tandem } from '../../../src/tandem.ts';
import { openPlace, type Place } from '../../support/place.ts';
import { findFreePort } from '../../support/stage.ts';

export const KEY = Buffer.alloc(32, 'k').toString('base64');

/** The same people, with the same ids, in both workspaces. */
const PEOPLE = [
  { name: 'Dana', id: 'U00000DANA', zone: 'America/New_York', role: 'owner' as const },
  { name: 'Ana', id: 'U000000ANA', zone: 'Asia/Manila' },
];
export const CHANNEL = { name: 'pair', id: 'C00000PAIR', members: ['Dana', 'Ana'] };

export type InstallStage = {
  sandbox: Sandbox;
  tandem: Tandem;
  url: string;
  client: { clientId: string; clientSecret: string; appId: string; signingSecret: string };
  acme: Workspace;
  beta: Workspace;
  environment: Record<string, string>;
  log: string[];
  /** Opens the install page and says where its button leads. */
  begin(browser: Browser): Promise<string>;
  /** Presses Allow (or Cancel) on Slack's page as Dana of a workspace; says where Slack sends the browser back. */
  allow(authorizeUrl: string, workspace: Workspace, decision?: 'allow' | 'deny'): Promise<string>;
  /** All of it: the page, Slack's page, and back. */
  install(workspace: Workspace): Promise<{ status: number; text: string }>;
  act(workspace: Workspace, who: string, deed: WithoutWho<Action>): Promise<void>;
  setUpPair(workspace: Workspace): Promise<void>;
  /** What Tandem wrote in the pair's channel or in a person's direct messages. */
  read(workspace: Workspace, who: string, place: 'DM' | '#pair'): MessageState[];
  restart(changes?: Record<string, string>): Promise<void>;
  close(): Promise<void>;
};

type WithoutWho<T> = T extends unknown ? Omit<T, 'team' | 'user'> : never;

/** Two workspaces on one local Slack, and Tandem that both can install by themselves. */
export async function openInstallStage(
  o: { place?: Place; tokenRotation?: boolean } = {},
): Promise<InstallStage> {
  const startAt = DateTime.fromISO('2026-03-03T07:30', { zone: 'Asia/Manila' });
  const sandbox = await startSandbox({ startAt, realTime: false });
  const port = await findFreePort();
  const url = `http://127.0.0.1:${port}`;
  const delivery = { mode: 'http', requestUrl: `${url}/slack/events` } as const;
  const manifest = await readManifest(`${url}/slack/oauth_redirect`, o.tokenRotation ?? false);
  const [acme, beta] = ['Acme', 'Beta'].map((name) =>
    sandbox.createWorkspace({ name, users: PEOPLE, channels: [CHANNEL] }),
  );
  if (!acme || !beta) throw new Error('the workspaces were not made');
  const client = sandbox.registerApp({ manifest, delivery });
  const place = o.place ?? (await openPlace());
  const log: string[] = [];
  const environment: Record<string, string> = {
    SLACK_CLIENT_ID: client.clientId,
    SLACK_CLIENT_SECRET: client.clientSecret,
    SLACK_SIGNING_SECRET: client.signingSecret,
    PUBLIC_URL: url,
    ENCRYPTION_KEY: KEY,
    SLACK_API_URL: sandbox.apiUrl,
    ...place.environment,
    PORT: String(port),
    LOG_LEVEL: 'info',
  };
  const start = async () => {
    const tandem = await startTandem({
      environment,
      now: () => sandbox.now(),
      machineTime: () => DateTime.utc(),
      tick: 'manual',
      logTo: { write: (line: string) => void log.push(line) },
    });
    return { tandem, detach: sandbox.attachApp(tandem) };
  };
  let running = await start();
  await sandbox.verifyRequestUrls();

  const stage: InstallStage = {
    sandbox,
    get tandem() {
      return running.tandem;
    },
    url,
    client,
    acme,
    beta,
    environment,
    log,
    begin: (browser) => beginInstall(browser, `${url}/slack/install`),
    allow: (authorizeUrl, workspace, decision = 'allow') =>
      answerConsent(authorizeUrl, {
        who: { team: workspace.id, user: workspace.users['Dana'] ?? '' },
        decision,
      }),
    async install(workspace) {
      const browser = openBrowser();
      const back = await stage.allow(await stage.begin(browser), workspace);
      const page = await browser.open(back);
      const member = { team: workspace.id, user: 'Dana', wait: false };
      await sandbox
        .act({ ...member, do: 'invite', who: 'Tandem', channel: '#pair' })
        .catch(() => undefined);
      return page;
    },
    async act(workspace, user, deed) {
      await sandbox.act({ ...deed, team: workspace.id, user });
      await sandbox.advanceTo(sandbox.now().plus({ seconds: 5 }));
    },
    async setUpPair(workspace) {
      const dana = (deed: WithoutWho<Action>) => stage.act(workspace, 'Dana', deed);
      await dana({ do: 'command', command: '/ea-setup', in: '#pair' });
      const fill = {
        'I am the': 'Executive',
        'The other person': 'Ana',
        'Your shared channel': '#pair',
      };
      await dana({ do: 'submit', fill });
      await dana({ do: 'submit', fill: {} });
      await dana({ do: 'close', all: true });
      await stage.act(workspace, 'Ana', { do: 'click', click: 'Accept' });
    },
    read(workspace, who, place) {
      const [team] = sandbox.state({ team: workspace.id, user: who }).teams;
      return (team?.people[0]?.channels ?? [])
        .filter((one) => (place === 'DM' ? one.kind === 'im' : one.name === place))
        .flatMap((one) => one.messages)
        .filter((one) => one.byBot && one.subtype === null);
    },
    async restart(changes = {}) {
      running.detach();
      await running.tandem.stop();
      Object.assign(environment, changes);
      running = await start();
    },
    async close() {
      await running.tandem.stop();
      await sandbox.stop();
      await place.remove();
    },
  };
  return stage;
}

async function readManifest(redirectUrl: string, tokenRotation: boolean): Promise<unknown> {
  const text = await readFile(new URL('../../../manifest.yml', import.meta.url), 'utf8');
  const manifest = z
    .looseObject({ oauth_config: z.looseObject({}), settings: z.looseObject({}) })
    .parse(parse(text));
  return {
    ...manifest,
    oauth_config: { ...manifest.oauth_config, redirect_urls: [redirectUrl] },
    settings: { ...manifest.settings, token_rotation_enabled: tokenRotation },
  };
}
