import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Fault } from '../../src/sandbox/index.ts';
import { openStage, PAIR, type Stage, setUpPair } from '../support/stage.ts';

type Reply = Extract<Fault, { method: string }>['reply'];

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
  await setUpPair(stage);
}, 60_000);
afterAll(() => stage.close());

function spoil(method: string, reply: Reply): void {
  stage.sandbox.fault({ method, times: 1, reply });
}

/** What somebody then sees: the title of the form, and what was said. */
async function type(command: string): Promise<{ title: string | null; said: string }> {
  const result = await stage.act('Dana', { do: 'command', command, in: PAIR });
  const { modal, messages } = result;
  return { title: modal?.title ?? null, said: messages.map(({ text }) => text).join('\n') };
}

const closeAll = () => stage.act('Dana', { do: 'close', all: true });

describe('a form that somebody asked for', () => {
  test.each<[string, Reply]>([
    ['the answer of Slack is lost', { acceptThenReset: true }],
    ['the connection is cut', { reset: true }],
    ['Slack fails once', { status: 500 }],
  ])('is there and nothing else is said when %s', async (_, reply) => {
    spoil('views.open', reply);
    expect(await type('/ea-remind')).toEqual({ title: 'New reminder', said: '' });
    await closeAll();
  });

  test('follows when it takes a while and the answer about what stands in for it is lost', async () => {
    spoil('users.info', { delayMs: 1800 });
    spoil('views.open', { acceptThenReset: true });
    spoil('views.update', { acceptThenReset: true });
    expect(await type('/ea-setup')).toEqual({ title: 'Set up Tandem', said: '' });
    await closeAll();
  });

  test.each<[string, Reply]>([
    ['is too busy', { retryAfter: 30 }],
    ['has failed', { error: 'internal_error' }],
  ])(
    'that does not come, because Slack %s, is asked for again by whoever still misses it',
    async (_, reply) => {
      spoil('views.open', reply);
      const { title, said } = await type('/ea-remind');
      expect(title).toBeNull();
      expect(said).toContain('Slack did not answer me in time');
      expect(said).toContain('If you do not see what you asked for');
      expect(said).not.toContain('broke');
    },
  );
});
