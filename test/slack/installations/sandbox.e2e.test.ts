import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import type { Action, State } from '../../../src/sandbox/index.ts';
import { answerConsent, beginInstall, openBrowser } from '../../../src/sandbox/play/install.ts';
import { type Live, openLive } from '../../../src/sandbox/play/live.ts';
import { COMPANIES } from '../../../src/sandbox/play/two-workspaces.ts';
import { openPlace } from '../../support/place.ts';

const [FIRST, SECOND] = COMPANIES.map(({ name }) => name);
const place = await openPlace();
const { DATABASE_URL: databaseUrl } = place.environment;
const dataDir = await mkdtemp(join(tmpdir(), 'tandem-sandbox-test-'));
const printed: string[] = [];
let live: Live;

afterAll(async () => {
  await live?.stop();
  await place.remove();
  await rm(dataDir, { recursive: true, force: true });
});

async function open(): Promise<void> {
  printed.length = 0;
  const print = (line: string) => void printed.push(line);
  live = await openLive({ on: '2026-03-03', port: 0, oauth: true, dataDir, databaseUrl, print });
}

async function post(path: string, body: object): Promise<{ ok: boolean; message?: string }> {
  const response = await fetch(`${live.url}/_sandbox/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return (await response.json()) as { ok: boolean; message?: string };
}

/** What a person does on the page, with what the sandbox answers. */
async function act(action: Action) {
  const answer = await post('act', action);
  // Slack takes one message a second in a channel.
  await post('clock', { advance: 'PT5S' });
  return answer;
}

async function workspaces(): Promise<State['teams']> {
  const state = (await (await fetch(`${live.url}/_sandbox/state`)).json()) as State;
  return state.teams;
}

/** Names of the workspaces that have Tandem. */
const installed = async () =>
  (await workspaces()).filter(({ apps }) => apps.length > 0).map(({ name }) => name);

/** Installs Tandem by the printed address; gives the last page. */
async function install(team: string | undefined, without: string[] = []): Promise<string> {
  const url = printed.join('\n').match(/http\S+\/slack\/install/)?.[0] ?? '';
  const found = (await workspaces()).find(({ name }) => name === team);
  const who = { team: found?.id ?? '', user: found?.people[0]?.id ?? '' };
  const browser = openBrowser();
  const back = await answerConsent(await beginInstall(browser, url), { who, without });
  return (await browser.open(back)).text;
}

/** The text of everything that the people of a workspace see. */
async function seenIn(team: string | undefined): Promise<string> {
  return JSON.stringify((await workspaces()).find(({ name }) => name === team)?.people);
}

test('two workspaces with the same ids install Tandem and remove it, and see nothing of each other', async () => {
  await open();
  expect(await installed()).toEqual([FIRST]);
  const [first, second] = await workspaces();
  expect(first?.people.map(({ id }) => id)).toEqual(second?.people.map(({ id }) => id));
  const olivia = { team: SECOND, user: 'Olivia', in: '#olivia-joy' };
  expect(await act({ ...olivia, do: 'command', command: '/ea-setup' })).toMatchObject({
    message: expect.stringContaining('is not a command'),
  });

  const page = await install(SECOND, ['files:read']);
  expect(page).toContain(`Tandem is now in ${SECOND}.`);
  const [, opens = ''] = /href="([^"]+)"/.exec(page) ?? [];
  const opened = await fetch(opens.replaceAll('&amp;', '&'), { redirect: 'manual' });
  expect(opened.headers.get('location')).toBe(`/?team=${second?.id}`);
  await act({ team: SECOND, user: 'Olivia', do: 'invite', who: 'Tandem', channel: '#olivia-joy' });
  await act({ ...olivia, do: 'command', command: '/ea-setup' });
  const fill = {
    'I am the': 'Executive',
    'The other person': 'Joy',
    'Your shared channel': '#olivia-joy',
  };
  const submit = { team: SECOND, user: 'Olivia', do: 'submit' } as const;
  await act({ ...submit, fill });
  await act({ ...submit, fill: {} });
  const proposal = 'proposes a working agreement';
  expect(await seenIn(SECOND)).toContain(proposal);
  expect(await seenIn(FIRST)).not.toContain(proposal);

  await act({ team: FIRST, user: 'Dana', do: 'uninstall' });
  expect(await installed()).toEqual([SECOND]);
});

test('started again in the same folder, both workspaces go on with their messages, their clock and Tandem', async () => {
  await post('clock', { to: '2026-03-05T10:00:00Z' });
  await live.stop();
  await open();
  expect(await installed()).toEqual([SECOND]);
  const joy = (await workspaces())
    .flatMap(({ people }) => people)
    .find((one) => one.name === 'Joy');
  expect(joy?.localTime).toMatch(/^Thu 5 Mar 2026 18:0/);
  await act({ team: SECOND, user: 'Joy', do: 'click', click: 'Accept' });
  expect(await seenIn(SECOND)).toContain('Accepted by you');

  expect(await install(FIRST)).toContain(`Tandem is now in ${FIRST}.`);
  expect(await installed()).toEqual([FIRST, SECOND]);
  await act({ team: FIRST, user: 'Dana', do: 'command', command: '/ea-checkin' });
  expect(await seenIn(FIRST)).toContain('You are not set up with anyone at the moment');
  await live.stop();
  await expect(openLive({ on: '2026-03-03', port: 0, dataDir, print: () => {} })).rejects.toThrow(
    'keeps two workspaces: start it with --oauth.',
  );
});
