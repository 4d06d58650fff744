import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { App, HTTPReceiver, type Installation } from '@slack/bolt';
import { type Sandbox, startSandbox } from '../../src/sandbox/index.ts';
import { answerConsent } from '../../src/sandbox/play/install.ts';
import { makeManifest, START } from './bench.ts';
import { makeWire, type Wire } from './wire.ts';

let sandbox: Sandbox;
let call: Wire;
let client: { clientId: string; clientSecret: string; appId: string; signingSecret: string };
const REDIRECT = 'http://127.0.0.1:4999/slack/oauth_redirect';

function manifestWith(redirect: string) {
  const manifest = makeManifest();
  const bot = [...manifest.oauth_config.scopes.bot, 'files:read'];
  const scopes = { bot, bot_optional: ['files:read'] };
  return { ...manifest, oauth_config: { scopes, redirect_urls: [redirect] } };
}

beforeEach(async () => {
  sandbox = await startSandbox({ startAt: START });
  for (const name of ['Acme', 'Beta']) {
    sandbox.createWorkspace({
      name,
      users: [
        { name: 'Dana', role: 'admin' },
        { name: 'Guest', role: 'guest' },
      ],
    });
  }
  client = sandbox.registerApp({ manifest: manifestWith(REDIRECT), delivery: { mode: 'socket' } });
  call = makeWire(sandbox.apiUrl, '');
});
afterEach(async () => sandbox.stop());

function authorizeUrl(query: Record<string, string> = {}): string {
  const asked = {
    client_id: client.clientId,
    scope: 'chat:write,commands',
    redirect_uri: REDIRECT,
    state: 's1',
    ...query,
  };
  return `${sandbox.url}/oauth/v2/authorize?${new URLSearchParams(asked).toString()}`;
}

/** Presses Allow (or Cancel) for the person whose choice contains `who`; gives where the browser is sent. */
async function decide(url: string, o: { who: string; decision?: string }): Promise<URL> {
  const html = await (await fetch(url)).text();
  const person =
    [...html.matchAll(/<option value="([^"]+)">([^<]+)/g)].find((match) =>
      match[2]?.includes(o.who),
    )?.[1] ?? '';
  const response = await fetch(url, {
    method: 'POST',
    redirect: 'manual',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ person, decision: o.decision ?? 'allow' }).toString(),
  });
  return new URL(response.headers.get('location') ?? `http://none/${response.status}`);
}

const exchange = (code: string, more: Record<string, string> = {}) =>
  call(
    'oauth.v2.access',
    { code, client_id: client.clientId, client_secret: client.clientSecret, ...more },
    { token: null },
  );

describe('installing through OAuth', () => {
  test('asks a person, sends them back with a code and the state, and the code gives a working token', async () => {
    const back = await decide(authorizeUrl(), { who: 'Beta: Dana' });
    expect(back.href.startsWith(REDIRECT)).toBe(true);
    expect(back.searchParams.get('state')).toBe('s1');
    const installed = await exchange(back.searchParams.get('code') ?? '', {
      redirect_uri: REDIRECT,
    });
    expect(installed).toMatchObject({
      ok: true,
      token_type: 'bot',
      scope: 'chat:write,commands',
      app_id: client.appId,
      team: { name: 'Beta' },
      is_enterprise_install: false,
    });
    const token = String(installed.access_token);
    expect(await call('auth.test', {}, { token })).toMatchObject({ ok: true, team: 'Beta' });
    expect(await call('users.list', {}, { token })).toMatchObject({ error: 'missing_scope' });
    expect(JSON.stringify(sandbox.record())).not.toContain(token);
  });

  test('two workspaces are apart: a token of one sees nothing of the other', async () => {
    const tokens: string[] = [];
    for (const who of ['Acme: Dana', 'Beta: Dana']) {
      const back = await decide(authorizeUrl(), { who });
      tokens.push(String((await exchange(back.searchParams.get('code') ?? '')).access_token));
    }
    const [acme, beta] = sandbox.state().teams;
    const person = (team: typeof acme) => team?.people[0]?.id ?? '';
    const post = (channel: string, token: string) =>
      call('chat.postMessage', { channel, text: 'x' }, { token });
    expect(await post(person(acme), tokens[0] ?? '')).toMatchObject({ ok: true });
    expect(await post(person(acme), tokens[1] ?? '')).toMatchObject({ error: 'channel_not_found' });
    expect(await post(person(beta), tokens[1] ?? '')).toMatchObject({ ok: true });
    const general = beta?.people[0]?.channels[0]?.id ?? '';
    expect(await post(general, tokens[0] ?? '')).toMatchObject({ error: 'channel_not_found' });
  });

  test('with two workspaces a person is looked for in the one that was named', async () => {
    await expect(sandbox.act({ user: 'Dana', do: 'open', channel: '#general' })).rejects.toThrow(
      'Say which workspace with "team"',
    );
    const done = await sandbox.act({
      team: 'Beta',
      user: 'Dana',
      do: 'message',
      in: '#general',
      text: 'x',
    });
    expect(done.messages).toHaveLength(1);
  });

  test('a refusal goes back without a code', async () => {
    const back = await decide(authorizeUrl(), { who: 'Acme: Dana', decision: 'deny' });
    expect(back.searchParams.get('error')).toBe('access_denied');
    expect(back.searchParams.get('code')).toBeNull();
  });

  test('optional permissions are given where they are ticked, and only they can be left out', async () => {
    const url = authorizeUrl({ scope: 'chat:write,files:read' });
    const page = await (await fetch(url)).text();
    expect([...page.matchAll(/<input[^>]+name="([^"]+)"/g)].map(([, name]) => name)).toEqual([
      'scope:files:read',
    ]);
    const who = { team: sandbox.state().teams[1]?.id ?? '', user: '' };
    who.user = sandbox.state().teams[1]?.people[0]?.id ?? '';
    for (const [without, given] of [
      [['files:read', 'chat:write'], 'chat:write'],
      [[], 'chat:write,files:read'],
      // What was given before stays.
      [['files:read'], 'chat:write,files:read'],
    ] as const) {
      const back = new URL(await answerConsent(url, { who, without }));
      expect((await exchange(back.searchParams.get('code') ?? '')).scope).toBe(given);
    }
  });

  test('guests cannot install', async () => {
    expect(await (await fetch(authorizeUrl())).text()).not.toContain('Guest');
  });

  test.each([
    ['an unknown client', { client_id: '1.2' }, 'Invalid client_id'],
    [
      'an address that is not registered',
      { redirect_uri: 'https://evil.example/' },
      'did not match any configured',
    ],
    [
      'an address that only begins like it',
      { redirect_uri: `${REDIRECT}.evil.example/` },
      'did not match any configured',
    ],
    [
      'a scope that the manifest does not have',
      { scope: 'chat:write,admin' },
      'Invalid permissions requested: admin',
    ],
    ['no scope at all', { scope: '' }, 'No scopes'],
    ['user scopes', { user_scope: 'search:read' }, 'user scopes'],
    ['a script in an address', { redirect_uri: '<script>alert(1)</script>' }, '&lt;script&gt;'],
  ])('%s is refused on the page', async (_what, query, says) => {
    const response = await fetch(authorizeUrl(query));
    expect(response.status).toBe(400);
    expect(await response.text()).toContain(says);
  });

  test('a code works once, for its own client and address', async () => {
    const code =
      (await decide(authorizeUrl(), { who: 'Acme: Dana' })).searchParams.get('code') ?? '';
    expect(await exchange('guess')).toMatchObject({ error: 'invalid_code' });
    expect(await exchange(code, { client_secret: 'wrong' })).toMatchObject({
      error: 'bad_client_secret',
    });
    expect(await exchange(code, { grant_type: 'refresh_token' })).toMatchObject({
      error: 'invalid_grant_type',
    });
    expect(await exchange(code)).toMatchObject({ ok: true });
    expect(await exchange(code)).toMatchObject({ error: 'code_already_used' });
    const other =
      (await decide(authorizeUrl(), { who: 'Acme: Dana' })).searchParams.get('code') ?? '';
    expect(await exchange(other, { redirect_uri: 'https://evil.example/' })).toMatchObject({
      error: 'bad_redirect_uri',
    });
  });
});

test('a real Bolt app with an installation store installs itself and then hears of its workspace', async () => {
  const stored = new Map<string, Installation>();
  const heard: string[] = [];
  const clientOptions = { slackApiUrl: sandbox.apiUrl, retryConfig: { retries: 0 } };
  const quiet = {
    debug() {},
    info() {},
    warn() {},
    error() {},
    setLevel() {},
    getLevel: () => 'error' as never,
    setName() {},
  };
  const receiver = new HTTPReceiver({
    signingSecret: client.signingSecret,
    clientId: client.clientId,
    clientSecret: client.clientSecret,
    stateSecret: 'state-secret',
    scopes: ['chat:write', 'commands', 'channels:history', 'channels:read'],
    installationStore: {
      storeInstallation: async (installation) =>
        void stored.set(installation.team?.id ?? '', installation),
      fetchInstallation: async (query) => {
        const installation = stored.get(query.teamId ?? '');
        if (!installation) throw new Error('not installed');
        return installation;
      },
    },
    installerOptions: {
      directInstall: true,
      authorizationUrl: `${sandbox.url}/oauth/v2/authorize`,
      stateVerification: false,
      clientOptions,
    },
    logger: quiet,
  });
  const app = new App({ receiver, clientOptions, logger: quiet });
  app.message(
    async ({ message }) => void heard.push('text' in message ? (message.text ?? '') : ''),
  );
  const server = await app.start(0);
  try {
    const { port } = server.address() as AddressInfo;
    const base = `http://127.0.0.1:${port}`;
    sandbox.registerApp({
      manifest: manifestWith(`${base}/slack/oauth_redirect`),
      delivery: { mode: 'http', requestUrl: `${base}/slack/events` },
    });
    const start = await fetch(`${base}/slack/install`, { redirect: 'manual' });
    const back = await decide(start.headers.get('location') ?? '', { who: 'Acme: Dana' });
    expect((await fetch(back)).status).toBe(200);
    expect([...stored.keys()]).toEqual([sandbox.state().teams[0]?.id]);
    await sandbox.act({
      team: 'Acme',
      user: 'Dana',
      do: 'invite',
      who: 'Probe',
      channel: '#general',
    });
    await sandbox.act({
      team: 'Acme',
      user: 'Dana',
      do: 'message',
      in: '#general',
      text: 'welcome',
    });
    await sandbox.settle();
    expect(heard).toContain('welcome');
  } finally {
    await app.stop();
  }
});
