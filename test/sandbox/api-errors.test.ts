import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type InstalledApp, type Sandbox, startSandbox } from '../../src/sandbox/index.ts';
import { makeManifest, START, WORKSPACE } from './bench.ts';
import { makeWire, type Wire } from './wire.ts';

let sandbox: Sandbox;
let installed: InstalledApp;
let call: Wire;
let ids: Record<string, string>;

beforeAll(async () => {
  sandbox = await startSandbox({ startAt: START, rateLimits: 'off' });
  const workspace = sandbox.createWorkspace(WORKSPACE);
  installed = sandbox.installApp({
    team: workspace.id,
    manifest: makeManifest(),
    delivery: { mode: 'socket' },
  });
  call = makeWire(sandbox.apiUrl, installed.botToken);
  for (const channel of ['#pair', '#open']) {
    await sandbox.act({ user: 'Dana', do: 'invite', who: installed.botUserId, channel });
  }
  await sandbox.act({ user: 'Dana', do: 'unarchive', channel: '#closed' });
  await sandbox.act({ user: 'Dana', do: 'invite', who: installed.botUserId, channel: '#closed' });
  const own = await call('chat.postMessage', { channel: workspace.channels.closed, text: 'kept' });
  await sandbox.act({ user: 'Dana', do: 'archive', channel: '#closed' });
  const theirs = await sandbox.act({ user: 'Dana', do: 'message', in: '#pair', text: 'mine' });
  ids = { ...workspace.users, ...workspace.channels, ownTs: String(own.ts) };
  const ours = await call('chat.postMessage', { channel: workspace.channels.pair, text: 'ours' });
  ids.oursTs = String(ours.ts);
  ids.theirsTs = theirs.messages[0]?.ts ?? '';
  await sandbox.act({ user: 'Dana', do: 'create_channel', name: 'unjoined', members: [] });
  const state = sandbox.state({ user: 'Dana' }).teams[0]?.people[0];
  ids.unjoined = state?.channels.find((channel) => channel.name === '#unjoined')?.id ?? '';
});
afterAll(async () => sandbox.stop());

const HELLO = { text: 'hello' };
const id = (name: string) => ids[name] ?? '';

describe('a call is refused with the error name of Slack', () => {
  const cases: [error: string, method: string, args: () => Record<string, unknown>][] = [
    ['unknown_method', 'chat.shout', () => ({})],
    ['channel_not_found', 'chat.postMessage', () => ({ channel: 'C404', ...HELLO })],
    ['channel_not_found', 'chat.postMessage', () => ({ channel: id('secret'), ...HELLO })],
    ['not_in_channel', 'chat.postMessage', () => ({ channel: id('unjoined'), ...HELLO })],
    ['is_archived', 'chat.postMessage', () => ({ channel: id('closed'), ...HELLO })],
    ['channel_not_found', 'chat.postMessage', () => ({ channel: id('Gone'), ...HELLO })],
    ['channel_not_found', 'chat.postMessage', () => ({ channel: id('Outsider'), ...HELLO })],
    ['cannot_dm_bot', 'chat.postMessage', () => ({ channel: id('OtherBot'), ...HELLO })],
    ['invalid_arguments', 'chat.postMessage', () => HELLO],
    ['no_text', 'chat.postMessage', () => ({ channel: id('pair') })],
    ['no_text', 'chat.postMessage', () => ({ channel: id('pair'), text: '' })],
    ['msg_too_long', 'chat.postMessage', () => ({ channel: id('pair'), text: 'x'.repeat(40_001) })],
    [
      'msg_blocks_too_long',
      'chat.postMessage',
      () => ({
        channel: id('pair'),
        text: 'x',
        blocks: Array.from({ length: 5 }, () => section('y'.repeat(2_500))),
      }),
    ],
    [
      'invalid_blocks',
      'chat.postMessage',
      () => ({ channel: id('pair'), text: 'x', blocks: [section('y'.repeat(3_001))] }),
    ],
    [
      'too_many_attachments',
      'chat.postMessage',
      () => ({
        channel: id('pair'),
        text: 'x',
        attachments: Array.from({ length: 101 }, () => ({ text: 'a', fallback: 'a' })),
      }),
    ],
    ['invalid_arguments', 'chat.postMessage', () => ({ channel: id('pair'), blocks: '{' })],
    [
      'thread_not_found',
      'chat.postMessage',
      () => ({ channel: id('pair'), thread_ts: '1.000000', ...HELLO }),
    ],
    [
      'missing_scope',
      'chat.postMessage',
      () => ({ channel: id('pair'), username: 'Boss', ...HELLO }),
    ],
    [
      'user_not_in_channel',
      'chat.postEphemeral',
      () => ({ channel: id('pair'), user: id('Gone'), ...HELLO }),
    ],
    ['message_not_found', 'chat.update', () => ({ channel: id('pair'), ts: '1.000000', ...HELLO })],
    [
      'cant_update_message',
      'chat.update',
      () => ({ channel: id('pair'), ts: id('theirsTs'), ...HELLO }),
    ],
    ['no_text', 'chat.update', () => ({ channel: id('pair'), ts: id('oursTs') })],
    ['is_archived', 'chat.update', () => ({ channel: id('closed'), ts: id('ownTs'), ...HELLO })],
    ['channel_not_found', 'chat.update', () => ({ channel: 'U404', ts: '1.0', ...HELLO })],
    ['message_not_found', 'chat.delete', () => ({ channel: id('pair'), ts: '1.000000' })],
    ['cant_delete_message', 'chat.delete', () => ({ channel: id('pair'), ts: id('theirsTs') })],
    [
      'message_not_found',
      'chat.getPermalink',
      () => ({ channel: id('pair'), message_ts: '1.000000' }),
    ],
    ['channel_not_found', 'conversations.info', () => ({ channel: id('secret') })],
    ['channel_not_found', 'conversations.members', () => ({ channel: 'C404' })],
    ['channel_not_found', 'conversations.history', () => ({ channel: id('secret') })],
    ['not_in_channel', 'conversations.history', () => ({ channel: id('unjoined') })],
    ['thread_not_found', 'conversations.replies', () => ({ channel: id('pair'), ts: '1.0' })],
    ['user_not_found', 'conversations.open', () => ({ users: 'U404' })],
    ['user_disabled', 'conversations.open', () => ({ users: id('Gone') })],
    ['user_not_visible', 'conversations.open', () => ({ users: id('Outsider') })],
    ['missing_scope', 'conversations.list', () => ({ types: 'mpim' })],
    ['invalid_types', 'conversations.list', () => ({ types: 'private' })],
    ['invalid_cursor', 'conversations.list', () => ({ cursor: 'bmV4dA==' })],
    ['invalid_limit', 'conversations.list', () => ({ limit: 5000 })],
    ['user_not_found', 'users.info', () => ({ user: 'U404' })],
    ['invalid_arguments', 'users.info', () => ({})],
    ['missing_scope', 'users.profile.get', () => ({ user: id('Ana') })],
    ['user_not_found', 'dnd.info', () => ({ user: 'U404' })],
    ['missing_scope', 'team.info', () => ({})],
    ['bot_not_found', 'bots.info', () => ({ bot: 'B404' })],
    ['invalid_trigger_id', 'views.open', () => ({ trigger_id: '1.2.3', view: modal() })],
    ['invalid_trigger_id', 'views.push', () => ({ trigger_id: '1.2.3', view: modal() })],
    ['invalid_arguments', 'views.open', () => ({ trigger_id: '1.2.3' })],
    [
      'invalid_arguments',
      'views.open',
      () => ({ trigger_id: '1.2.3', view: { ...modal(), title: plain('x'.repeat(25)) } }),
    ],
    [
      'view_too_large',
      'views.open',
      () => ({ trigger_id: '1.2.3', view: { ...modal(), blocks: manySections() } }),
    ],
    ['not_found', 'views.update', () => ({ view_id: 'V404', view: modal() })],
    ['invalid_arguments', 'views.update', () => ({ view: modal() })],
    ['user_not_found', 'views.publish', () => ({ user_id: 'U404', view: home() })],
    ['invalid_arguments', 'views.publish', () => ({ user_id: id('Ana'), view: modal() })],
    [
      'message_not_found',
      'reactions.add',
      () => ({ channel: id('pair'), timestamp: '1.0', name: 'eyes' }),
    ],
    [
      'invalid_name',
      'reactions.add',
      () => ({ channel: id('pair'), timestamp: id('theirsTs'), name: 'not an emoji' }),
    ],
    [
      'no_reaction',
      'reactions.remove',
      () => ({ channel: id('pair'), timestamp: id('theirsTs'), name: 'eyes' }),
    ],
    ['file_not_found', 'files.completeUploadExternal', () => ({ files: [{ id: 'F404' }] })],
    ['invalid_arguments', 'files.getUploadURLExternal', () => ({ filename: 'a.csv' })],
    [
      'alt_txt_too_large',
      'files.getUploadURLExternal',
      () => ({ filename: 'a.png', length: 1, alt_txt: 'a'.repeat(1001) }),
    ],
    ['invalid_client_id', 'oauth.v2.access', () => ({ client_id: '1', client_secret: '2' })],
    ['invalid_client_id', 'apps.uninstall', () => ({ client_id: '1', client_secret: '2' })],
    ['invalid_blocks', 'blocks.validate', () => ({ blocks: [section('')] })],
    ['not_allowed_token_type', 'apps.connections.open', () => ({})],
  ];

  test.each(cases)('%s from %s', async (error, method, args) => {
    expect(await call(method, args())).toMatchObject({ ok: false, error });
  });
});

test('a call without a token, with a made-up one or with that of the app is refused', async () => {
  const post = { channel: id('pair'), ...HELLO };
  const errorWith = async (token: string | null) =>
    (await call('chat.postMessage', post, { token })).error;
  expect(await errorWith(null)).toBe('not_authed');
  expect(await errorWith('xoxb-made-up')).toBe('invalid_auth');
  expect(await errorWith(installed.appToken)).toBe('not_allowed_token_type');
});

test('a missing scope is named together with those that there are', async () => {
  const reply = await call('users.profile.get', { user: id('Ana') });
  expect(reply).toMatchObject({ error: 'missing_scope', needed: 'users.profile:read' });
  expect(String(reply.provided).split(',')).toContain('chat:write');
});

test('a private channel needs the scope for groups, not that for channels', async () => {
  const narrow = sandbox.installApp({
    team: sandbox.state().teams[0]?.id ?? '',
    manifest: makeManifest({
      name: 'Narrow',
      scopes: ['channels:read', 'channels:history'],
      events: [],
    }),
    delivery: { mode: 'socket' },
  });
  await sandbox.act({ user: 'Dana', do: 'invite', who: narrow.botUserId, channel: '#pair' });
  const args = { channel: id('pair') };
  const o = { token: narrow.botToken };
  expect(await call('conversations.info', args, o)).toMatchObject({
    error: 'missing_scope',
    needed: 'groups:read',
  });
  expect(await call('conversations.history', args, o)).toMatchObject({ needed: 'groups:history' });
  expect(await call('conversations.info', { channel: id('open') }, o)).toMatchObject({ ok: true });
});

test('refused blocks say where they are wrong', async () => {
  const reply = await call('chat.postMessage', {
    channel: id('pair'),
    text: 'x',
    blocks: [section('fine'), section('y'.repeat(3_001))],
  });
  expect(reply.response_metadata).toEqual({
    messages: ['[ERROR] must be less than 3001 characters [json-pointer:/blocks/1/text/text]'],
  });
});

test('a token that was revoked says so', async () => {
  const doomed = sandbox.installApp({
    team: sandbox.state().teams[0]?.id ?? '',
    manifest: makeManifest({ name: 'Doomed', events: [] }),
    delivery: { mode: 'socket' },
  });
  const o = { token: doomed.botToken };
  expect(await call('auth.revoke', {}, o)).toMatchObject({ ok: true, revoked: true });
  expect(await call('auth.test', {}, o)).toMatchObject({ ok: false, error: 'token_revoked' });
});

test('the token of an app that was removed is that of an inactive account', async () => {
  const doomed = sandbox.installApp({
    team: sandbox.state().teams[0]?.id ?? '',
    manifest: makeManifest({ name: 'Leaving', events: [] }),
    delivery: { mode: 'socket' },
  });
  await sandbox.act({ user: 'Dana', do: 'uninstall', app: 'Leaving' });
  const o = { token: doomed.botToken };
  expect(await call('auth.test', {}, o)).toMatchObject({ error: 'account_inactive' });
});

function plain(text: string) {
  return { type: 'plain_text', text };
}

function section(text: string) {
  return { type: 'section', text: { type: 'mrkdwn', text } };
}

function manySections() {
  return Array.from({ length: 100 }, () => ({
    type: 'section',
    fields: Array.from({ length: 10 }, () => plain('z'.repeat(400))),
  }));
}

function modal() {
  return { type: 'modal', title: plain('Title'), blocks: [section('text')] };
}

function home() {
  return { type: 'home', blocks: [section('text')] };
}
