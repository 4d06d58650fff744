import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Bench, makeManifest, START, startBench } from './bench.ts';
import { makeWire } from './wire.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await startBench({ options: { rateLimits: 'off', realTime: false } });
});
afterAll(async () => bench.stop());

const client = () => bench.app.client;

test('a message that was posted is found in the history again by its metadata and its block id', async () => {
  const metadata = { event_type: 'delivery', event_payload: { id: 'd1' } };
  const channel = bench.channel('pair');
  const posted = await client().chat.postMessage({
    channel,
    text: 'Card',
    metadata,
    blocks: [{ type: 'section', block_id: 'delivery.d1', text: { type: 'mrkdwn', text: 'Card' } }],
  });
  const without = await client().conversations.history({ channel });
  expect(without.messages?.[0]).toMatchObject({
    ts: posted.ts,
    blocks: [{ block_id: 'delivery.d1' }],
  });
  expect(without.messages?.[0]).not.toHaveProperty('metadata');
  const withIt = await client().conversations.history({ channel, include_all_metadata: true });
  expect(withIt.messages?.[0]?.metadata).toEqual(metadata);
});

test('an update keeps what it leaves out, and takes away what it empties', async () => {
  const channel = bench.channel('pair');
  const metadata = { event_type: 'delivery', event_payload: { id: 'd2' } };
  const posted = await client().chat.postMessage({
    channel,
    text: 'Card',
    metadata,
    blocks: [{ type: 'divider' }],
  });
  const ts = posted.ts ?? '';
  const kept = await client().chat.update({ channel, ts, text: 'New text' });
  expect(kept.message).toMatchObject({
    text: 'New text',
    blocks: [{ type: 'divider' }],
    metadata,
    edited: { ts: expect.any(String) },
  });
  const emptied = await client().chat.update({ channel, ts, text: 'New text', blocks: [] });
  expect(emptied.message).not.toHaveProperty('blocks');
});

test('history is given newest first, in pages, within bounds, without replies and ephemeral messages', async () => {
  const channel = bench.channel('open');
  const stamps: string[] = [];
  for (let n = 1; n <= 5; n += 1) {
    await bench.sandbox.advanceTo(bench.sandbox.now().plus({ seconds: 1 }));
    stamps.push((await client().chat.postMessage({ channel, text: `${n}` })).ts ?? '');
  }
  await client().chat.postMessage({ channel, text: 'reply', thread_ts: stamps[0] });
  await client().chat.postEphemeral({ channel, user: bench.user('Ana'), text: 'whisper' });
  const own = (messages: { text?: string; subtype?: string }[] | undefined) =>
    messages?.filter((message) => message.subtype === undefined).map((message) => message.text);
  const first = await client().conversations.history({ channel, limit: 2 });
  expect(own(first.messages)).toEqual(['5', '4']);
  expect(first.has_more).toBe(true);
  const second = await client().conversations.history({
    channel,
    limit: 2,
    cursor: first.response_metadata?.next_cursor,
  });
  expect(own(second.messages)).toEqual(['3', '2']);
  const between = await client().conversations.history({
    channel,
    oldest: stamps[1],
    latest: stamps[3],
  });
  expect(own(between.messages)).toEqual(['3']);
  const inclusive = await client().conversations.history({
    channel,
    oldest: stamps[1],
    latest: stamps[3],
    inclusive: true,
  });
  expect(own(inclusive.messages)).toEqual(['4', '3', '2']);
  const thread = await client().conversations.replies({ channel, ts: stamps[0] ?? '' });
  expect(own(thread.messages)).toEqual(['1', 'reply']);
  expect(thread.messages?.[0]).toMatchObject({ reply_count: 1, thread_ts: stamps[0] });
});

test('people, channels and members read as Slack shows them', async () => {
  const ana = await client().users.info({ user: bench.user('Ana') });
  expect(ana.user).toMatchObject({
    tz: 'Asia/Manila',
    tz_offset: 28_800,
    is_restricted: true,
    is_bot: false,
    deleted: false,
  });
  expect(ana.user?.profile).not.toHaveProperty('email');
  const gone = await client().users.info({ user: bench.user('Gone') });
  expect(gone.user).toMatchObject({ deleted: true });
  expect(gone.user).not.toHaveProperty('tz');
  const outsider = await client().users.info({ user: bench.user('Outsider') });
  expect(outsider.user).toMatchObject({ is_stranger: true });
  expect(outsider.user?.team_id).not.toBe(bench.workspace.id);
  const pair = await client().conversations.info({ channel: bench.channel('pair') });
  expect(pair.channel).toMatchObject({
    name: 'pair',
    is_private: true,
    is_member: true,
    is_ext_shared: false,
  });
  const members = await client().conversations.members({ channel: bench.channel('pair') });
  expect(members.members).toEqual([
    bench.user('Dana'),
    bench.user('Ana'),
    bench.installed.botUserId,
  ]);
  const list = await client().conversations.list({
    types: 'public_channel,private_channel',
    exclude_archived: true,
  });
  expect(list.channels?.map((channel) => channel.name)).toEqual(['general', 'pair', 'open']);
  const opened = await client().conversations.open({ users: bench.user('Ana'), return_im: true });
  expect(opened.channel).toMatchObject({ is_im: true, user: bench.user('Ana') });
  const link = await client().chat.getPermalink({
    channel: bench.channel('pair'),
    message_ts:
      (await client().chat.postMessage({ channel: bench.channel('pair'), text: 'x' })).ts ?? '',
  });
  expect(link.permalink).toMatch(/^https:\/\/acme\.slack\.com\/archives\/C\w+\/p\d{16}$/);
});

test('timestamps follow the simulated clock', async () => {
  const posted = await client().chat.postMessage({ channel: bench.channel('pair'), text: 'x' });
  expect(Number(posted.ts)).toBeCloseTo(bench.sandbox.now().toSeconds(), 1);
  expect(bench.sandbox.now() >= START).toBe(true);
});

test('the bot reacts, sees reactions and takes its own back', async () => {
  const channel = bench.channel('pair');
  const timestamp = (await client().chat.postMessage({ channel, text: 'x' })).ts ?? '';
  const eyes = { channel, timestamp, name: 'eyes' };
  await client().reactions.add(eyes);
  await expect(client().reactions.add(eyes)).rejects.toMatchObject({
    data: { error: 'already_reacted' },
  });
  const got = await client().reactions.get({ channel, timestamp });
  expect(got.message?.reactions).toEqual([
    { name: 'eyes', count: 1, users: [bench.installed.botUserId] },
  ]);
  await client().reactions.remove(eyes);
  expect((await client().reactions.get({ channel, timestamp })).message).not.toHaveProperty(
    'reactions',
  );
});

test('blocks are judged without a token by the same rules as messages', async () => {
  const wire = makeWire(bench.sandbox.apiUrl, '');
  const judge = (args: Record<string, unknown>) => wire('blocks.validate', args, { token: null });
  expect(await judge({ blocks: [{ type: 'divider' }] })).toEqual({ ok: true });
  expect(await judge({ message: { text: '' } })).toMatchObject({ error: 'no_text' });
  expect(await judge({ view: { type: 'modal' } })).toMatchObject({ error: 'invalid_arguments' });
  expect(await judge({})).toMatchObject({ error: 'invalid_arguments' });
});

test('the app can remove itself, with the right secret', async () => {
  const own = await startBench({ manifest: makeManifest({ events: [] }) });
  try {
    const { clientId: client_id, clientSecret: client_secret } = own.installed;
    const uninstall = (secret: string) =>
      own.app.client.apps.uninstall({ client_id, client_secret: secret });
    await expect(uninstall('wrong')).rejects.toMatchObject({
      data: { error: 'bad_client_secret' },
    });
    // Slack allows this call once a minute.
    await own.sandbox.advanceTo(own.sandbox.now().plus({ minutes: 1 }));
    expect(await uninstall(client_secret)).toMatchObject({ ok: true });
    await expect(own.app.client.auth.test()).rejects.toMatchObject({
      data: { error: 'account_inactive' },
    });
    await own.sandbox.act({ user: 'Dana', do: 'install' });
    expect(own.sandbox.state().teams[0]?.apps).toMatchObject([{ name: 'Probe' }]);
  } finally {
    await own.stop();
  }
});
