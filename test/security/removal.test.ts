import { randomUUID } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { pino } from 'pino';
import { toJson } from '../../src/database/json.ts';
import { createSecret } from '../../src/secret.ts';
import { createSlackClients } from '../../src/slack/clients.ts';
import { createPump } from '../../src/slack/deliveries/pump.ts';
import { createOAuthClient } from '../../src/slack/installations/exchange.ts';
import { createInstallations } from '../../src/slack/installations/installations.ts';
import { markInstalled, saveGrant } from '../../src/slack/installations/store.ts';
import { createVault } from '../../src/slack/installations/vault.ts';
import { message, openBench } from '../slack/deliveries/fixture.ts';
import { KEY } from '../slack/installations/stage.ts';
import { noteInAudit } from '../support/audit.ts';
import { createTestDatabase } from '../support/databases.ts';

const COUNT = 400;

async function openStorm() {
  const database = await createTestDatabase();
  const bench = await openBench({ database });
  const { sandbox, now, workspace } = bench;
  const { id: workspaceId, botToken, channels } = workspace;
  const vault = createVault([{ version: 1, key: createSecret(KEY) }]);
  const granted = {
    ownerId: workspaceId,
    isOrganization: false,
    appId: 'A1',
    botId: 'B1',
    botUserId: 'U0',
    scopes: ['chat:write'],
    botToken,
    refreshToken: null,
    expiresAt: null,
    installedBy: 'UDANA',
  };
  const install = () =>
    database.prisma.$transaction(async (tx) => {
      await saveGrant(tx, { granted, vault, now: now() });
      const change = { name: null, botUserId: 'U0', installationId: workspaceId, now: now() };
      await markInstalled(tx, { workspaceId, ...change });
    });
  await install();
  const { apiUrl } = sandbox;
  const log = pino({ level: 'silent' });
  const oauth = createOAuthClient({ clientId: '1.2', clientSecret: 'secret', apiUrl });
  const source = { mode: 'oauth', vault, oauth, publicUrl: sandbox.url } as const;
  const installations = createInstallations({ database, source, note: noteInAudit, now, log });
  const slack = createSlackClients({ installations, apiUrl });
  const enqueue = () => Promise.resolve();
  const pump = createPump({ database, slack, jobs: { enqueue }, now, log });
  await database.prisma.delivery.createMany({
    data: Array.from({ length: COUNT }, (_, index) => ({
      workspaceId,
      id: randomUUID(),
      dedupeKey: `storm-${index}`,
      kind: 'post' as const,
      purpose: 'card' as const,
      recipient: channels['pair'] ?? '',
      message: toJson(message(`message ${index}`)),
      tell: [],
      notBefore: now()
        .plus({ seconds: index % 60 })
        .toJSDate(),
      createdAt: now().toJSDate(),
    })),
  });
  const posts = () => bench.calls('chat.postMessage');
  const deliver = async (seconds: number) => {
    sandbox.jumpTo(now().plus({ seconds }));
    pump.wake();
    await pump.settled();
  };
  const states = async () => {
    const rows = await database.prisma.delivery.groupBy({
      by: ['state', 'error'],
      where: { workspaceId },
      _count: true,
      _max: { attempts: true },
    });
    return rows.map((row) => ({
      is: `${row.state} ${row.error ?? ''}`.trim(),
      count: row._count,
      attempts: row._max.attempts ?? 0,
    }));
  };
  const close = async () => {
    await pump.stop();
    await bench.close();
  };
  const stateOf = async (dedupeKey: string) =>
    (await database.prisma.delivery.findFirst({ where: { dedupeKey } }))?.state;
  return {
    bench,
    installations,
    install,
    pump,
    posts,
    deliver,
    states,
    stateOf,
    close,
    workspaceId,
    now,
    deliveries: database.prisma.delivery,
  };
}

test('attack 16, removed in the middle of a storm: no further call with that token, no retries, and every message ends', async () => {
  const storm = await openStorm();
  await storm.deliver(1);
  await storm.deliver(1);
  const sent = storm.posts().length;
  expect(sent).toBeGreaterThan(0);
  const { workspaceId: ownerId } = storm;
  expect(await storm.installations.remove({ ownerId, at: storm.now() })).toEqual([ownerId]);
  const calls = storm.posts().length;
  for (const seconds of [1, 10, 60, 600, 86_400]) await storm.deliver(seconds);
  expect(storm.posts()).toHaveLength(calls);
  const states = await storm.states();
  expect(states.map(({ is }) => is).toSorted()).toEqual(['failed not_installed', 'sent']);
  expect(states.reduce((sum, { count }) => sum + count, 0)).toBe(COUNT);
  expect(Math.max(...states.map(({ attempts }) => attempts))).toBeLessThanOrEqual(1);
  // Slack may say it again, and in another order.
  expect(await storm.installations.remove({ ownerId, at: storm.now() })).toEqual([]);
  await storm.close();
});

test('installed again, cards are sent whatever their age, what people are told when it is a day old at most, and nothing is asked late', async () => {
  const storm = await openStorm();
  await storm.deliver(1);
  const { workspaceId, deliveries } = storm;
  await storm.installations.remove({ ownerId: workspaceId, at: storm.now() });
  const kept = await deliveries.findFirstOrThrow({ where: { state: 'failed', attempts: 0 } });
  const there = await deliveries.findFirstOrThrow({ where: { state: 'sent' } });
  await deliveries.deleteMany({ where: { state: 'failed', id: { not: kept.id } } });
  const like = (dedupeKey: string, other: object) =>
    deliveries.create({
      data: {
        ...kept,
        message: toJson(message('as before')),
        id: dedupeKey,
        dedupeKey,
        seq: 1e6,
        ...other,
      },
    });
  await like('an old question', { purpose: 'prompt' });
  await like('its update', { kind: 'update', targetId: 'an old question', seq: 2e6 });
  await like('old news', { purpose: 'alert', seq: 3e6 });
  await like('how things are', { kind: 'update', targetId: there.id, seq: 4e6 });
  await like('may have arrived', { attempts: 1, seq: 5e6 });
  await storm.deliver(2 * 86_400);
  const createdAt = storm.now().minus({ hours: 3 }).toJSDate();
  await like('a new question', { purpose: 'prompt', createdAt, seq: 6e6 });
  await like('news', { purpose: 'alert', createdAt, seq: 7e6 });

  await storm.install();
  const state = async (...keys: string[]) => await Promise.all(keys.map(storm.stateOf));
  expect(await state('an old question', 'its update', 'old news', 'a new question')).toEqual(
    Array.from({ length: 4 }, () => 'failed'),
  );
  expect(await state('how things are', 'news')).toEqual(['pending', 'pending']);
  expect(await state('may have arrived')).toEqual(['uncertain']);
  const sent = storm.posts().length;
  for (let waited = 0; waited < 10; waited += 1) await storm.deliver(60);
  expect(storm.posts().length).toBeGreaterThan(sent);
  expect(await state('how things are', 'news')).toEqual(['sent', 'sent']);
  expect(await deliveries.count({ where: { state: 'failed' } })).toBe(4);
  // Installed once more, nothing is there to be sent again.
  const before = await deliveries.count({ where: { state: 'sent' } });
  await storm.install();
  expect(await deliveries.count({ where: { state: 'sent' } })).toBe(before);
  await storm.close();
});

test.each(['account_inactive', 'token_revoked', 'invalid_auth'])(
  'attack 16, when Slack only says %s to a call, that one is the last',
  async (error) => {
    const storm = await openStorm();
    storm.bench.fault('chat.postMessage', { error }, 1000);
    await storm.deliver(1);
    const calls = storm.posts().length;
    expect(calls).toBeGreaterThan(0);
    for (const seconds of [1, 10, 60, 600, 86_400]) await storm.deliver(seconds);
    expect(storm.posts()).toHaveLength(calls);
    expect((await storm.states()).filter(({ is }) => !is.startsWith('failed'))).toEqual([]);
    await storm.close();
  },
);
