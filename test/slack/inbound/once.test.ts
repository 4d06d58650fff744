import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { App, type Receiver } from '@slack/bolt';
import { DateTime } from 'luxon';
import { pino } from 'pino';
import type { Database } from '../../../src/database/index.ts';
import { toBoltLogger } from '../../../src/slack/bolt-logger.ts';
import { handleErrors } from '../../../src/slack/error-handler.ts';
import { savingOnce } from '../../../src/slack/inbound/form.ts';
import { handleOnce } from '../../../src/slack/inbound/once.ts';
import { createInboundStore, type InboundStore } from '../../../src/slack/inbound/store.ts';
import { onSubmit } from '../../../src/slack/listen.ts';
import { bothKinds } from '../../support/databases.ts';

const log = pino({ level: 'silent' });
const receiver: Receiver = {
  init: () => undefined,
  start: () => Promise.resolve(),
  stop: () => Promise.resolve(),
};

type Replica = {
  app: App;
  /** Hands over a body as the receiver does; resolves with what was acknowledged, 'unacknowledged' when nothing was. */
  receive(body: Record<string, unknown>): Promise<unknown>;
  /** The same as soon as it is acknowledged, while there is still something to do. */
  answer(body: Record<string, unknown>): Promise<unknown>;
};

function openReplica(store: InboundStore, now: () => DateTime): Replica {
  const app = new App({
    receiver,
    logger: toBoltLogger(log),
    extendedErrorHandler: true,
    authorize: () =>
      Promise.resolve({ teamId: 'T1', botToken: 'xoxb-1', botId: 'B1', botUserId: 'U0' }),
  });
  handleOnce(app, { store, now, log });
  handleErrors(app, { log: log, slack: { refuse: () => Promise.resolve(false) } });
  const process = async (body: Record<string, unknown>, note: (answer: unknown) => void) => {
    const ack = (given?: unknown) => Promise.resolve(note(given ?? 'ok'));
    await app.processEvent({ body, ack }).catch(() => undefined);
  };
  return {
    app,
    async receive(body) {
      let answer: unknown = 'unacknowledged';
      await process(body, (given) => {
        answer = given;
      });
      return answer;
    },
    answer: (body) => new Promise((resolve) => void process(body, resolve)),
  };
}

const event = {
  type: 'event_callback',
  event_id: 'Ev1',
  team_id: 'T1',
  event: { type: 'user_change', user: { id: 'U1' } },
};
const submit = (hash = '1.a', value = 'words') => ({
  type: 'view_submission',
  team: { id: 'T1' },
  user: { id: 'U1' },
  trigger_id: 'x',
  view: {
    id: 'V1',
    hash,
    callback_id: 'a.form',
    state: { values: { text: { a: { type: 'plain_text_input', value } } } },
    private_metadata: '',
  },
});
const press = (trigger: string) => ({
  type: 'block_actions',
  team: { id: 'T1' },
  user: { id: 'U1' },
  trigger_id: trigger,
  actions: [{ type: 'button', action_id: 'a.press', block_id: 'b', action_ts: '1' }],
});
const command = (trigger: string) => ({
  command: '/ea',
  text: '',
  team_id: 'T1',
  user_id: 'U1',
  channel_id: 'C1',
  trigger_id: trigger,
});

for (const { kind, create } of await bothKinds()) {
  describe(`what Slack sends twice, on ${kind}`, () => {
    let database: Database;
    let store: InboundStore;
    let now = DateTime.fromISO('2026-03-03T09:00:00Z');
    let one: Replica;
    let other: Replica;
    let works = 0;

    beforeEach(async () => {
      database = await create();
      works = 0;
      now = DateTime.fromISO('2026-03-03T09:00:00Z');
      store = createInboundStore(database.prisma);
      one = openReplica(store, () => now);
      other = openReplica(store, () => now);
    });
    afterEach(() => database.close());

    const count = () => {
      works += 1;
      return Promise.resolve();
    };

    /** As when the process that began it was killed a while ago. */
    async function killWhoeverHolds(): Promise<void> {
      await database.prisma.inbound.updateMany({ data: { claimedUntil: new Date(0) } });
    }

    test('an event is worked on once by all replicas together, and each copy is acknowledged', async () => {
      for (const { app } of [one, other]) app.event('user_change', count);
      expect(await one.receive(event)).toBe('ok');
      expect(await other.receive(event)).toBe('ok');
      expect(await one.receive(event)).toBe('ok');
      expect(works).toBe(1);
    });

    test('an event is acknowledged only after its work is done', async () => {
      const gate = Promise.withResolvers<void>();
      const begun = Promise.withResolvers<void>();
      one.app.event('user_change', async () => {
        begun.resolve();
        await gate.promise;
        await count();
      });
      const first = one.receive(event);
      await begun.promise;
      expect(await other.receive(event)).toBe('unacknowledged');
      gate.resolve();
      expect(await first).toBe('ok');
      expect(await other.receive(event)).toBe('ok');
      expect(works).toBe(1);
    });

    test('an event whose process was killed is worked on when Slack sends it again', async () => {
      const begun = Promise.withResolvers<void>();
      one.app.event('user_change', () => {
        begun.resolve();
        return new Promise<void>(() => undefined);
      });
      other.app.event('user_change', count);
      void one.receive(event);
      await begun.promise;
      await killWhoeverHolds();
      expect(await other.receive(event)).toBe('ok');
      expect(works).toBe(1);
    });

    test('an event whose work failed is not acknowledged, and done when it comes again', async () => {
      one.app.event('user_change', async () => {
        await count();
        if (works === 1) throw new Error('the database was away');
      });
      expect(await one.receive(event)).toBe('unacknowledged');
      expect(await one.receive(event)).toBe('ok');
      expect(works).toBe(2);
    });

    test('an event that cannot be noted is not acknowledged', async () => {
      one.app.event('user_change', count);
      const away = () => Promise.reject(new Error('the database is away'));
      const broken = openReplica({ ...store, claim: away }, () => now);
      broken.app.event('user_change', count);
      expect(await broken.receive(event)).toBe('unacknowledged');
      expect(await one.receive(event)).toBe('ok');
      expect(works).toBe(1);
    });

    test('a form that is submitted twice is saved once and answered twice alike', async () => {
      const next = {
        type: 'modal',
        title: { type: 'plain_text', text: 'Next' },
        blocks: [],
      } as const;
      for (const { app } of [one, other]) {
        app.view('a.form', async ({ ack }) => {
          await count();
          await ack({ response_action: 'update', view: { ...next, blocks: [] } });
        });
      }
      const [first, second] = await Promise.all([one.receive(submit()), other.receive(submit())]);
      expect(first).toMatchObject({ response_action: 'update' });
      expect(second).toEqual(first);
      expect(works).toBe(1);
    });

    describe('a form that saves', () => {
      /** Writes a row in a transaction, as every listener of a form does, and then fails or waits as told. */
      function save(o: { before?: () => Promise<void>; after?: () => Promise<void> } = {}): void {
        const { prisma } = database;
        for (const { app } of [one, other]) {
          onSubmit(app, {
            callbackId: 'a.form',
            log,
            parse: () => ({ ok: true, value: null }),
            handle: async () => {
              works += 1;
              await savingOnce(
                (note) =>
                  prisma.$transaction(async (tx) => {
                    await o.before?.();
                    const id = `T${randomUUID()}`;
                    await tx.workspace.create({
                      data: { id, name: id, botUserId: 'U0', createdAt: now.toJSDate() },
                    });
                    await note(tx, null);
                  }),
                () => now,
              );
              await o.after?.();
              return undefined;
            },
          });
        }
      }
      const saved = () => database.prisma.workspace.count();

      test('and then dies before it can answer is not saved again by the copy', async () => {
        const waits = Promise.withResolvers<void>();
        const hasSaved = Promise.withResolvers<void>();
        save({
          after: () => {
            hasSaved.resolve();
            return waits.promise;
          },
        });
        const first = one.receive(submit());
        await hasSaved.promise;
        await killWhoeverHolds();
        expect(await other.receive(submit())).toBe('ok');
        waits.resolve();
        expect(await first).toBe('ok');
        expect([works, await saved()]).toEqual([1, 1]);
      });

      test('and then cannot say what came of it closes, and is not saved again', async () => {
        save({ after: () => Promise.reject(new Error('the next form could not be built')) });
        expect(await one.receive(submit())).toBe('ok');
        expect(await other.receive(submit())).toBe('ok');
        expect([works, await saved()]).toEqual([1, 1]);
      });

      test('is saved once although a copy took it for abandoned and works on it too', async () => {
        const waits = Promise.withResolvers<void>();
        const begun = Promise.withResolvers<void>();
        save({
          before: async () => {
            begun.resolve();
            // The embedded database has one connection: there the copy waits for it.
            if (works === 1 && kind === 'PostgreSQL') await waits.promise;
          },
        });
        const first = one.receive(submit());
        await begun.promise;
        await killWhoeverHolds();
        const second = other.receive(submit());
        if (kind === 'PostgreSQL') expect(await second).toBe('ok');
        waits.resolve();
        expect([await first, await second]).toEqual(['ok', 'ok']);
        expect(await saved()).toBe(1);
      });

      test('says so when something else is sent under the same name', async () => {
        save();
        await one.receive(submit('1.a', 'words'));
        const { errors } = (await other.receive(submit('1.a', 'other words'))) as {
          errors: Record<string, string>;
        };
        expect(errors['text']).toContain('saved a moment ago');
        expect([works, await saved()]).toEqual([1, 1]);
      });

      test('in more time than Slack waits stays open, and closes when it is sent again', async () => {
        const waits = Promise.withResolvers<void>();
        save({ before: () => waits.promise });
        const first = (await one.answer(submit())) as { errors: Record<string, string> };
        expect(first.errors['text']).toContain('takes longer than usual');
        const second = other.receive(submit());
        waits.resolve();
        expect(await second).toBe('ok');
        expect([works, await saved()]).toEqual([1, 1]);
      });
    });

    test('a form that simply closes does so for each copy', async () => {
      one.app.view('a.form', async ({ ack }) => {
        await count();
        await ack();
      });
      expect(await one.receive(submit())).toBe('ok');
      expect(await one.receive(submit())).toBe('ok');
      expect(works).toBe(1);
    });

    test('a form with mistakes can be submitted again after they were mended', async () => {
      one.app.view('a.form', async ({ ack }) => {
        await count();
        if (works === 1)
          await ack({ response_action: 'errors', errors: { a: 'Please fill this in.' } });
        else await ack();
      });
      expect(await one.receive(submit())).toMatchObject({ response_action: 'errors' });
      expect(await one.receive(submit())).toBe('ok');
      expect(works).toBe(2);
    });

    test('the next step of a form is another form', async () => {
      one.app.view('a.form', async ({ ack }) => {
        await count();
        await ack();
      });
      await one.receive(submit('1.a'));
      await one.receive(submit('2.b'));
      expect(works).toBe(2);
    });

    test('a button or command that comes twice works once, and each copy is acknowledged', async () => {
      for (const { app } of [one, other]) {
        app.action('a.press', async ({ ack }) => {
          await ack();
          await count();
        });
        app.command('/ea', async ({ ack }) => {
          await ack();
          await count();
        });
      }
      expect(await one.receive(press('1'))).toBe('ok');
      expect(await other.receive(press('1'))).toBe('ok');
      expect(await one.receive(command('2'))).toBe('ok');
      expect(await other.receive(command('2'))).toBe('ok');
      expect(works).toBe(2);
      await one.receive(press('3'));
      await one.receive(command('4'));
      expect(works).toBe(4);
    });

    test('a button that is pressed in two workspaces under one id works in both', async () => {
      one.app.action('a.press', async ({ ack }) => {
        await ack();
        await count();
      });
      await one.receive(press('1'));
      await one.receive({ ...press('1'), team: { id: 'T2' } });
      expect(works).toBe(2);
    });

    test('is forgotten after 26 hours', async () => {
      one.app.event('user_change', count);
      await one.receive(event);
      await store.prune(now.plus({ hours: 25 }).minus({ hours: 26 }));
      await one.receive(event);
      expect(works).toBe(1);
      await store.prune(now.plus({ hours: 27 }).minus({ hours: 26 }));
      expect(await database.prisma.inbound.count()).toBe(0);
    });
  });
}
