import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type Bench, type Mode, startBench } from './bench.ts';

let bench: Bench;
type Heard = Record<string, unknown> & { type: string };
const heard: Heard[] = [];
const last = (type: string, subtype?: string) =>
  heard.findLast((event) => event.type === type && event.subtype === subtype);

describe.each<Mode>(['socket', 'http'])('an app hears over %s', (mode) => {
  beforeEach(async () => {
    bench = await startBench({
      mode,
      ignoreSelf: false,
      register: (app) => {
        app.use(async ({ payload, next }) => {
          heard.push({ ...payload } as Heard);
          await next();
        });
      },
    });
    heard.length = 0;
  });
  afterEach(async () => bench.stop());

  test('of messages, their edits and deletions, with names and channels as references', async () => {
    const { sandbox } = bench;
    const said = await sandbox.act({
      user: 'Ana',
      do: 'message',
      in: '#pair',
      text: 'Ask @Dana <now> & in #open @here',
    });
    const ts = said.messages[0]?.ts;
    const text = `Ask <@${bench.user('Dana')}> &lt;now&gt; &amp; in <#${bench.channel('open')}|open> <!here>`;
    expect(last('message')).toMatchObject({
      user: bench.user('Ana'),
      channel: bench.channel('pair'),
      channel_type: 'group',
      ts,
      event_ts: ts,
      client_msg_id: expect.stringMatching(/^[\da-f-]{36}$/),
      text,
      blocks: [{ type: 'rich_text' }],
    });
    await sandbox.act({ user: 'Ana', do: 'edit', message: { ts }, text: 'Never mind' });
    expect(last('message', 'message_changed')).toMatchObject({
      hidden: true,
      message: { ts, text: 'Never mind', edited: { user: bench.user('Ana') } },
      previous_message: { text },
    });
    await sandbox.act({ user: 'Ana', do: 'delete', message: { ts } });
    expect(last('message', 'message_deleted')).toMatchObject({
      deleted_ts: ts,
      previous_message: { text: 'Never mind' },
    });
  });

  test('of its own messages and their updates, with its bot id', async () => {
    const posted = await bench.app.client.chat.postMessage({
      channel: bench.channel('pair'),
      text: 'mine',
    });
    await bench.sandbox.settle();
    expect(last('message')).toMatchObject({
      bot_id: bench.installed.botId,
      app_id: bench.installed.appId,
      user: bench.installed.botUserId,
    });
    await bench.app.client.chat.update({
      channel: bench.channel('pair'),
      ts: posted.ts ?? '',
      text: 'still mine',
    });
    await bench.sandbox.settle();
    const changed = last('message', 'message_changed');
    expect(changed).toMatchObject({
      message: { text: 'still mine', bot_id: bench.installed.botId },
    });
    expect(changed).not.toHaveProperty('user');
  });

  test('of what another bot writes, as a bot message', async () => {
    await bench.sandbox.act({ user: 'Dana', do: 'invite', who: 'OtherBot', channel: '#open' });
    await bench.sandbox.act({ user: 'OtherBot', do: 'message', in: '#open', text: 'beep' });
    expect(last('message', 'bot_message')).toMatchObject({
      bot_id: expect.stringMatching(/^B/),
      username: 'OtherBot',
      text: 'beep',
    });
    expect(last('message', 'bot_message')).not.toHaveProperty('user');
  });

  test('of replies in threads, and of direct messages', async () => {
    const root = await bench.sandbox.act({
      user: 'Dana',
      do: 'message',
      in: '#open',
      text: 'Start',
    });
    await bench.sandbox.act({
      user: 'Ana',
      do: 'message',
      in: '#open',
      text: 'Reply',
      thread: 'Start',
    });
    expect(last('message')).toMatchObject({
      text: 'Reply',
      thread_ts: root.messages[0]?.ts,
      parent_user_id: bench.user('Dana'),
      channel_type: 'channel',
    });
    await bench.sandbox.act({ user: 'Ana', do: 'message', in: '@Probe', text: 'Psst' });
    expect(last('message')).toMatchObject({
      text: 'Psst',
      channel_type: 'im',
      channel: expect.stringMatching(/^D/),
    });
  });

  test('of reactions, given and taken back', async () => {
    await bench.sandbox.act({ user: 'Dana', do: 'message', in: '#pair', text: 'Done?' });
    await bench.sandbox.act({
      user: 'Ana',
      do: 'react',
      emoji: ':white_check_mark:',
      to: { text: 'Done?' },
    });
    const item = { type: 'message', channel: bench.channel('pair'), ts: expect.any(String) };
    expect(last('reaction_added')).toMatchObject({
      user: bench.user('Ana'),
      reaction: 'white_check_mark',
      item_user: bench.user('Dana'),
      item,
    });
    await bench.sandbox.act({
      user: 'Ana',
      do: 'react',
      emoji: 'white_check_mark',
      to: { text: 'Done?' },
      remove: true,
    });
    expect(last('reaction_removed')).toMatchObject({ item });
  });

  test('of people who come and go, of itself being removed, and nothing after that', async () => {
    const { sandbox } = bench;
    await sandbox.act({ user: 'Ana', do: 'leave', channel: '#open' });
    expect(last('member_left_channel')).toMatchObject({
      user: bench.user('Ana'),
      channel_type: 'C',
    });
    await sandbox.act({ user: 'Ana', do: 'join', channel: '#open' });
    expect(last('member_joined_channel')).toMatchObject({ user: bench.user('Ana') });
    expect(last('message', 'channel_join')).toMatchObject({ user: bench.user('Ana') });
    await sandbox.act({ user: 'Dana', do: 'remove', who: 'Probe', channel: '#pair' });
    expect(last('group_left')).toMatchObject({
      channel: bench.channel('pair'),
      actor_id: bench.user('Dana'),
    });
    heard.length = 0;
    await sandbox.act({ user: 'Dana', do: 'message', in: '#pair', text: 'Alone at last' });
    expect(heard).toEqual([]);
  });

  test('of changed profiles and zones', async () => {
    await bench.sandbox.act({
      user: 'Ana',
      do: 'profile',
      zone: 'Europe/Paris',
      statusText: 'Travelling',
    });
    expect(last('user_change')).toMatchObject({
      user: {
        id: bench.user('Ana'),
        tz: 'Europe/Paris',
        tz_offset: 3600,
        is_restricted: true,
        profile: { status_text: 'Travelling' },
      },
    });
    await bench.sandbox.act({ user: 'Ana', do: 'profile', deactivated: true });
    expect(last('user_change')).toMatchObject({ user: { deleted: true } });
    await expect(
      bench.sandbox.act({ user: 'Ana', do: 'message', in: '#pair', text: 'x' }),
    ).rejects.toThrow('deactivated');
  });

  test('of do-not-disturb times', async () => {
    const dnd = { from: '2026-03-09T22:00:00-04:00', until: '2026-03-10T08:00:00-04:00' };
    await bench.sandbox.act({ user: 'Dana', do: 'profile', dnd });
    const status = {
      dnd_enabled: true,
      next_dnd_start_ts: 1773108000,
      next_dnd_end_ts: 1773144000,
    };
    expect(last('dnd_updated_user')).toMatchObject({
      user: bench.user('Dana'),
      dnd_status: status,
    });
    expect(await bench.app.client.dnd.info({ user: bench.user('Dana') })).toMatchObject(status);
  });

  test('of channels that are archived, brought back or renamed', async () => {
    await bench.sandbox.act({ user: 'Dana', do: 'archive', channel: '#pair' });
    expect(last('group_archive')).toMatchObject({
      channel: bench.channel('pair'),
      user: bench.user('Dana'),
    });
    await bench.sandbox.act({ user: 'Dana', do: 'unarchive', channel: '#pair' });
    expect(last('group_unarchive')).toMatchObject({ channel: bench.channel('pair') });
    await bench.sandbox.act({ user: 'Dana', do: 'rename', channel: '#open', name: 'wide-open' });
    expect(last('channel_rename')).toMatchObject({
      channel: { id: bench.channel('open'), name: 'wide-open' },
    });
  });

  test('that it was removed from the workspace, after which its token is dead', async () => {
    await bench.sandbox.act({ user: 'Dana', do: 'uninstall' });
    expect(heard.map((event) => event.type).toSorted()).toEqual([
      'app_uninstalled',
      'tokens_revoked',
    ]);
    await expect(bench.app.client.auth.test()).rejects.toMatchObject({
      data: { error: 'account_inactive' },
    });
    expect(bench.sandbox.state().teams[0]?.apps).toEqual([]);
  });

  test('that its token was revoked', async () => {
    bench.sandbox.revokeToken({});
    await bench.sandbox.settle();
    expect(last('tokens_revoked')).toMatchObject({ tokens: { bot: [bench.installed.botUserId] } });
    await expect(bench.app.client.auth.test()).rejects.toMatchObject({
      data: { error: 'token_revoked' },
    });
  });
});
