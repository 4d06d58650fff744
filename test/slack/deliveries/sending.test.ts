import { afterEach, describe, expect, test } from '@jest/globals';
import { bothKinds } from '../../support/databases.ts';
import { type Bench, message, openBench } from './fixture.ts';

for (const { kind, create } of await bothKinds()) {
  describe(`a message on ${kind}`, () => {
    let bench: Bench;
    afterEach(() => bench.close());

    async function open(options: Omit<Parameters<typeof openBench>[0], 'database'> = {}) {
      bench = await openBench({ database: await create(), ...options });
      const { id: workspaceId, users, channels } = bench.workspace;
      const card = (key: string, text: string) => ({
        workspaceId,
        key,
        purpose: 'card' as const,
        recipient: channels.pair ?? '',
        message: message(text),
      });
      return { workspaceId, users, channels, card, ...bench };
    }

    async function states(): Promise<string[]> {
      const rows = await bench.database.prisma.delivery.findMany({ orderBy: { seq: 'asc' } });
      return rows.map((row) => (row.error ? `${row.state}: ${row.error}` : row.state));
    }

    test('arrives once, however often it is written under one key', async () => {
      const { outbox, card, deliver, read } = await open();
      expect(await outbox.post(card('a', 'Hello'))).toBe(true);
      expect(await outbox.post(card('a', 'Hello again'))).toBe(false);
      await deliver();
      await deliver();
      expect(read('pair')).toEqual(['Hello']);
      expect(await states()).toEqual(['sent']);
    });

    test('to a person arrives in their direct messages', async () => {
      const { outbox, card, users, deliver, read } = await open();
      await outbox.post({ ...card('a', 'For you'), recipient: users.Dana ?? '' });
      await deliver();
      expect(read('DM')).toEqual(['For you']);
    });

    test('that changes before it is sent is posted in its newest form', async () => {
      const { outbox, card, deliver, read, calls } = await open();
      await outbox.show(card('a', 'One'));
      await outbox.show(card('a', 'Two'));
      await deliver();
      expect(read('pair')).toEqual(['Two']);
      expect(calls('chat.update')).toHaveLength(0);
    });

    test('that changes after it was sent is updated in place, by the newest change only', async () => {
      const { outbox, card, deliver, read, calls } = await open();
      await outbox.show(card('a', 'One'));
      await deliver();
      for (const text of ['Two', 'Three', 'Four']) await outbox.show(card('a', text));
      await deliver();
      expect(read('pair')).toEqual(['Four']);
      expect(calls('chat.update')).toHaveLength(1);
      expect(await states()).toEqual(['sent', 'superseded', 'superseded', 'sent']);
    });

    test('that changes while it is being sent is updated after it arrived', async () => {
      const { outbox, card, pump, deliver, read, fault, sandbox } = await open();
      fault('chat.postMessage', { delayMs: 300 });
      await outbox.show(card('a', 'One'));
      pump.wake();
      await waitForState(bench, 'sending');
      await outbox.show(card('a', 'Two'));
      await deliver();
      expect(read('pair')).toEqual(['Two']);
      expect(sandbox.record().map((call) => call.method)).toEqual(
        expect.arrayContaining(['chat.postMessage', 'chat.update']),
      );
    });

    test('in a thread waits for the first message and stands below it', async () => {
      const { outbox, card, deliver, read, fault, later } = await open();
      fault('chat.postMessage', { error: 'rate_limited' });
      await outbox.post(card('first', 'First'));
      await outbox.post({ ...card('reply', 'Reply'), threadOf: 'first' });
      await deliver();
      expect(read('pair')).toEqual([]);
      await later({ seconds: 5 });
      expect(read('pair')).toEqual(['First', '> Reply']);
    });

    test('whose answer was lost is found in the channel and not posted twice', async () => {
      const { outbox, card, deliver, read, fault, later, calls } = await open();
      fault('chat.postMessage', { acceptThenReset: true });
      await outbox.post(card('a', 'Once'));
      await deliver();
      expect(await states()).toEqual(['uncertain: no_answer']);
      await later({ seconds: 46 });
      expect(read('pair')).toEqual(['Once']);
      expect(await states()).toEqual(['sent']);
      expect(calls('chat.postMessage')).toHaveLength(1);
      await outbox.show(card('a', 'Changed'));
      await deliver();
      expect(read('pair')).toEqual(['Changed']);
    });

    test('whose answer was lost is found in its thread too', async () => {
      const { outbox, card, deliver, read, fault, later, calls } = await open();
      await outbox.post(card('first', 'First'));
      await deliver();
      fault('chat.postMessage', { acceptThenReset: true });
      await outbox.post({ ...card('reply', 'Reply'), threadOf: 'first' });
      await later({ seconds: 48 });
      expect(read('pair')).toEqual(['First', '> Reply']);
      expect(calls('conversations.replies')).toHaveLength(1);
    });

    test('that got lost on the way is posted after looking for it', async () => {
      const { outbox, card, deliver, read, fault, later, calls } = await open();
      fault('chat.postMessage', { reset: true });
      await outbox.post(card('a', 'Once'));
      await deliver();
      await later({ seconds: 46 });
      expect(calls('conversations.history')).toHaveLength(1);
      expect(read('pair')).toEqual(['Once']);
    });

    test.each([500, 502, 503])('survives Slack answering %i for a while', async (status) => {
      const { outbox, card, deliver, read, fault, later } = await open();
      fault('chat.postMessage', { status }, 3);
      await outbox.post(card('a', 'At last'));
      await deliver();
      for (const minutes of [1, 2, 3]) await later({ minutes });
      expect(read('pair')).toEqual(['At last']);
    });

    test('that is a prompt is not repeated where direct messages cannot be read', async () => {
      const { outbox, card, users, deliver, read, fault, later } = await open();
      const prompt = { ...card('a', 'How is it going?'), purpose: 'prompt' as const };
      const forDana = { ...prompt, recipient: users.Dana ?? '' };
      await outbox.post({ ...forDana, key: 'earlier' });
      await deliver();
      fault('chat.postMessage', { acceptThenReset: true });
      await outbox.show(forDana);
      await later({ seconds: 48 });
      expect(await states()).toEqual(['sent', 'failed: uncertain_not_repeated']);
      await outbox.show({ ...forDana, message: message('Done.') });
      await later({ minutes: 5 });
      expect(read('DM')).toEqual(['How is it going?', 'How is it going?']);
    });

    test('that is an alert is repeated there and says that it may be a repeat', async () => {
      const { outbox, card, users, deliver, read, fault, later } = await open();
      fault('chat.postMessage', { reset: true });
      const alert = { ...card('a', 'Look!'), purpose: 'alert' as const };
      await outbox.post({ ...alert, recipient: users.Dana ?? '' });
      await deliver();
      await later({ seconds: 46 });
      expect(read('DM')).toEqual([expect.stringContaining('Look!')]);
      expect(read('DM')).toEqual([expect.stringContaining('may have seen this message before')]);
    });

    test('is not posted twice when looking for it has to wait', async () => {
      const { outbox, card, deliver, read, fault, later, calls } = await open();
      fault('chat.postMessage', { acceptThenReset: true });
      fault('conversations.history', { retryAfter: 20 }, 2);
      await outbox.post(card('a', 'Once'));
      await deliver();
      await later({ minutes: 2 });
      expect(await states()).toEqual(['sent']);
      expect(read('pair')).toEqual(['Once']);
      expect(calls('chat.postMessage')).toHaveLength(1);
    });

    test('in a direct message is found where Tandem may read them', async () => {
      const { outbox, card, users, deliver, read, fault, later, calls } = await open({
        historyOfDirectMessages: true,
      });
      const prompt = {
        ...card('a', 'One'),
        purpose: 'prompt' as const,
        recipient: users.Dana ?? '',
      };
      await outbox.post(prompt);
      await deliver();
      fault('chat.postMessage', { acceptThenReset: true });
      await outbox.post({ ...prompt, key: 'b', message: message('Two') });
      await later({ seconds: 48 });
      expect(read('DM')).toEqual(['One', 'Two']);
      expect(await states()).toEqual(['sent', 'sent']);
      expect(calls('chat.postMessage')).toHaveLength(2);
    });

    test('left behind by a killed process is looked up, not doubled', async () => {
      const { outbox, card, deliver, read, later, database, calls } = await open();
      await outbox.post(card('a', 'Once'));
      await deliver();
      // The process died after Slack took the message and before it was written down.
      await database.prisma.delivery.updateMany({
        data: { state: 'sending', channel: null, ts: null, claimedUntil: new Date(0) },
      });
      await later({ seconds: 1 });
      await recovered(bench);
      await later({ seconds: 1 });
      expect(await states()).toEqual(['sent']);
      expect(read('pair')).toEqual(['Once']);
      expect(calls('chat.postMessage')).toHaveLength(1);
    });

    test('update that nobody answered is simply sent again', async () => {
      const { outbox, card, deliver, read, fault, later } = await open();
      await outbox.show(card('a', 'One'));
      await deliver();
      fault('chat.update', { acceptThenReset: true });
      await outbox.show(card('a', 'Two'));
      await deliver();
      await outbox.show(card('a', 'Three'));
      await later({ seconds: 10 });
      // Slack may still be about to show it: what is newer waits.
      expect(read('pair')).toEqual(['Two']);
      await later({ seconds: 40 });
      expect(read('pair')).toEqual(['Three']);
      expect(await states()).toEqual(['sent', 'superseded', 'sent']);
    });
  });
}

/** As when the time after which rows are looked at again has passed. */
async function recovered(bench: Bench): Promise<void> {
  const { recoverAbandoned } = await import('../../../src/slack/deliveries/store/upkeep.ts');
  await recoverAbandoned(bench.database.prisma, { now: bench.now(), ownerIsGone: false });
  await bench.deliver();
}

async function waitForState(bench: Bench, state: 'sending'): Promise<void> {
  for (;;) {
    if ((await bench.database.prisma.delivery.count({ where: { state } })) > 0) return;
  }
}
