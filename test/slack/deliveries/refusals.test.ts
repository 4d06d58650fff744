import { afterEach, describe, expect, test } from '@jest/globals';
import { createPairStore } from '../../../src/pairs/index.ts';
import { MAX_ATTEMPTS } from '../../../src/slack/deliveries/domain.ts';
import { reviveFor } from '../../../src/slack/deliveries/store/upkeep.ts';
import { oneKind } from '../../support/databases.ts';
import { addPair, type Bench, message, openBench } from './fixture.ts';

for (const { kind, create } of await oneKind()) {
  describe(`when Slack refuses, on ${kind}`, () => {
    let bench: Bench;
    afterEach(() => bench.close());

    async function open() {
      bench = await openBench({ database: await create() });
      const { id: workspaceId, users, channels } = bench.workspace;
      const tell = [users.Dana ?? '', users.Ana ?? ''];
      const card = (key: string, recipient = channels.pair ?? '') => ({
        workspaceId,
        key,
        purpose: 'card' as const,
        recipient,
        message: message(key),
        tell,
      });
      return { workspaceId, users, channels, card, ...bench };
    }

    async function refuse(user: string, refusesApps: boolean) {
      const { id: team } = bench.workspace;
      await bench.sandbox.act({ team, user, do: 'profile', refusesApps, wait: false });
    }

    test('with "too many requests", that workspace waits as long as asked and others go on', async () => {
      const { outbox, card, fault, deliver, later, addWorkspace, read, calls } = await open();
      const other = await addWorkspace();
      fault('chat.postMessage', { retryAfter: 30 });
      await outbox.post(card('one'));
      await deliver();
      await outbox.post({
        ...card('two'),
        workspaceId: other.id,
        recipient: other.channels.pair ?? '',
      });
      await outbox.post(card('three'));
      await deliver();
      expect(read('pair', { team: other.id })).toEqual(['two']);
      await later({ seconds: 29 });
      expect(calls('chat.postMessage')).toHaveLength(2);
      await later({ seconds: 5 });
      expect(read('pair').toSorted()).toEqual(['one', 'three']);
    });

    test('a prompt whose time is over by then is not sent, but what became of it is', async () => {
      const { outbox, card, fault, deliver, later, read, calls } = await open();
      fault('chat.postMessage', { retryAfter: 30 });
      const notAfter = bench.now().plus({ seconds: 20 });
      await outbox.show({ ...card('asked'), purpose: 'prompt', notAfter });
      await deliver();
      await later({ seconds: 40 });
      expect(read('pair')).toEqual([]);
      expect(calls('chat.postMessage')).toHaveLength(1);
      await outbox.show({ ...card('asked'), message: message('missed') });
      await deliver();
      expect(read('pair')).toEqual(['missed']);
    });

    test('with "too many requests" for posts, updates still go out', async () => {
      const { outbox, card, fault, deliver, read } = await open();
      await outbox.show(card('one'));
      await deliver();
      fault('chat.postMessage', { retryAfter: 60 });
      await outbox.post(card('two', bench.workspace.users.Dana));
      await deliver();
      await outbox.show({ ...card('one'), message: message('changed') });
      await deliver();
      expect(read('pair')).toEqual(['changed']);
    });

    test.each([
      ['0', 1],
      ['-5', 1],
      ['soon', 30],
      ['999999999', 3600],
    ])('with a Retry-After of %s, it waits %i seconds', async (retryAfter, seconds) => {
      const { outbox, card, fault, deliver, later, calls, read } = await open();
      fault('chat.postMessage', { retryAfter });
      await outbox.post(card('one'));
      await deliver();
      await later({ seconds: seconds - 0.1 });
      expect(calls('chat.postMessage')).toHaveLength(1);
      await later({ seconds: 0.2 });
      expect(read('pair')).toEqual(['one']);
    });

    test('many times, being refused does not use up the attempts', async () => {
      const { outbox, card, fault, later, database } = await open();
      fault('chat.postMessage', { retryAfter: 1 }, 5);
      await outbox.post(card('one'));
      await later({ seconds: 10 });
      expect(await database.prisma.delivery.findFirst()).toMatchObject({
        state: 'sent',
        attempts: 1,
      });
    });

    test('because the bot is not in the channel, both are told once how to invite it', async () => {
      const { outbox, card, channels, later, read } = await open();
      await outbox.post(card('one', channels.elsewhere));
      await outbox.post(card('two', channels.elsewhere));
      await later({ seconds: 5 });
      for (const user of ['Dana', 'Ana'])
        expect(read('DM', { user })).toEqual([expect.stringContaining('/invite @Tandem')]);
    });

    test('and the bot joins later, the newest form of each card is posted', async () => {
      const { outbox, card, channels, workspaceId, sandbox, later, read, database, now } =
        await open();
      await outbox.show(card('one', channels.elsewhere));
      await later({ seconds: 5 });
      await outbox.show({ ...card('one', channels.elsewhere), message: message('newest') });
      await later({ seconds: 5 });
      const invited = { do: 'invite', who: 'Tandem', channel: 'elsewhere', wait: false } as const;
      await sandbox.act({ team: workspaceId, user: 'Dana', ...invited });
      await reviveFor(database.prisma, {
        workspaceId,
        channelId: channels.elsewhere ?? '',
        now: now(),
      });
      await later({ seconds: 5 });
      expect(read('elsewhere')).toEqual(['newest']);
    });

    test('a first message, its replies fail with it and come after it when it can be posted', async () => {
      const { outbox, card, channels, workspaceId, sandbox, later, read, database, now } =
        await open();
      await outbox.post(card('first', channels.elsewhere));
      await outbox.post({ ...card('reply', channels.elsewhere), threadOf: 'first' });
      await later({ seconds: 5 });
      expect(await database.prisma.delivery.count({ where: { state: 'failed' } })).toBe(2);
      await sandbox.act({
        team: workspaceId,
        user: 'Dana',
        do: 'invite',
        who: 'Tandem',
        channel: 'elsewhere',
        wait: false,
      });
      await reviveFor(database.prisma, {
        workspaceId,
        channelId: channels.elsewhere ?? '',
        now: now(),
      });
      await later({ seconds: 5 });
      expect(read('elsewhere')).toEqual(['first', '> reply']);
    });

    test('because the person left, the partner is told', async () => {
      const { outbox, card, users, later, read } = await open();
      await outbox.post({ ...card('one', users.Gone), tell: [users.Dana ?? ''] });
      await later({ seconds: 5 });
      expect(read('DM')).toEqual([expect.stringContaining('account is deactivated')]);
    });

    test('because the person takes no direct messages, what both may read goes to their channel and follows it there', async () => {
      const { outbox, card, users, later, read, database } = await open();
      const pairId = await addPair(bench);
      const prompt = { ...card('prompt', users.Ana), pairId, forBoth: true };
      await refuse('Ana', true);
      await outbox.show(prompt);
      await outbox.post({ ...prompt, key: 'reply', message: message('reply'), threadOf: 'prompt' });
      await outbox.post({ ...card('private', users.Ana), pairId });
      await outbox.post({ ...card('of no pair', users.Ana), forBoth: true });
      await later({ seconds: 10 });
      const name = 'For @Ana, whose direct messages I cannot open:';
      expect(read('pair')).toEqual([`${name}\nprompt`, `> ${name}\nreply`]);
      await outbox.show({ ...prompt, message: message('answered') });
      await later({ seconds: 10 });
      expect(read('pair')[0]).toBe(`${name}\nanswered`);
      // Nobody is told twice of what went to the channel; what only one may read has failed as anything does.
      expect(read('DM').filter((text) => text.includes('#pair instead'))).toHaveLength(1);
      expect(read('DM').filter((text) => text.includes('only they may read could'))).toHaveLength(
        1,
      );
      const failed = await database.prisma.delivery.findMany({ where: { state: 'failed' } });
      expect(failed.map((one) => one.dedupeKey).toSorted()).toEqual(['of no pair', 'private']);
      const { findUnreachable } = createPairStore(database.prisma);
      const ids = [users.Dana ?? '', users.Ana ?? ''];
      expect(await findUnreachable(bench.workspace.id, ids)).toEqual(new Set([users.Ana]));
      await refuse('Ana', false);
      await outbox.post({ ...prompt, key: 'later', message: message('later') });
      await later({ seconds: 10 });
      expect(read('DM', { user: 'Ana' })).toEqual(['later']);
      expect(await findUnreachable(bench.workspace.id, ids)).toEqual(new Set());
    });

    test('because the account is deactivated, nothing goes to the channel', async () => {
      const { outbox, card, users, later, read, database } = await open();
      const pairId = await addPair(bench);
      const { id: workspaceId } = bench.workspace;
      await database.prisma.member.updateMany({
        where: { workspaceId, userId: users.Ana ?? '' },
        data: { deactivatedAt: bench.now().toJSDate() },
      });
      await refuse('Ana', true);
      await outbox.post({ ...card('one', users.Ana), pairId, forBoth: true });
      await later({ seconds: 10 });
      expect(read('pair')).toEqual([]);
    });

    test('for good, it is tried once and nobody is bothered who cannot help', async () => {
      const { outbox, card, fault, later, read, calls, database } = await open();
      fault('chat.postMessage', { error: 'invalid_blocks' });
      await outbox.post(card('one'));
      await later({ hours: 3 });
      expect(calls('chat.postMessage')).toHaveLength(1);
      expect(read('DM')).toEqual([]);
      expect(await database.prisma.delivery.findFirst()).toMatchObject({
        state: 'failed',
        error: 'invalid_blocks',
      });
    });

    test('all day, it is given up in the end', async () => {
      const { outbox, card, fault, deliver, later, database } = await open();
      fault('chat.postMessage', { error: 'accesslimited' }, 3);
      await outbox.post(card('one'));
      await deliver();
      expect(await database.prisma.delivery.findFirst()).toMatchObject({ state: 'pending' });
      await database.prisma.delivery.updateMany({ data: { attempts: MAX_ATTEMPTS - 1 } });
      await later({ hours: 1 });
      expect(await database.prisma.delivery.findFirst()).toMatchObject({
        state: 'failed',
        error: 'accesslimited',
      });
    });

    test('because the app is not installed any more, nothing is sent', async () => {
      const { database, outbox, card, deliver, now } = await open();
      await database.prisma.workspace.create({
        data: { id: 'T0GONE', name: 'Gone', botUserId: 'U0', createdAt: now().toJSDate() },
      });
      await outbox.post({ ...card('one'), workspaceId: 'T0GONE' });
      await deliver();
      expect(await database.prisma.delivery.findFirst()).toMatchObject({
        state: 'failed',
        error: 'not_installed',
      });
    });
  });
}
