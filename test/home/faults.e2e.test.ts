import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { MANILA, openStage, proposePair, type Stage } from '../support/stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
  await proposePair(stage);
});
afterAll(() => stage.close());

const HOME = { home: true } as const;
const textOf = (who: string) => stage.person(who).homes[0]?.text ?? '';
const wait = (seconds: number) => stage.sandbox.advanceTo(stage.sandbox.now().plus({ seconds }));

test('when Slack asks to wait, Home comes after that', async () => {
  stage.sandbox.fault({ method: 'views.publish', times: 1, reply: { retryAfter: 40 } });
  await stage.act('Ana', { do: 'open_home' });
  expect(textOf('Ana')).toBe('');
  await wait(45);
  expect(textOf('Ana')).toContain('@Dana proposes a working agreement');
});

test('while Slack cannot be reached the old page stays; pressing it twice says why, and it catches up', async () => {
  stage.sandbox.fault({ method: 'views.publish', times: 3, reply: { status: 503 } });
  await stage.act('Ana', { do: 'click', click: 'Accept', in: HOME });
  expect(textOf('Ana')).toContain('Waiting for you (1)');
  const again = await stage.act('Ana', { do: 'click', click: 'Accept', in: HOME });
  expect(again.modal?.text).toContain('This is already accepted.');
  await stage.act('Ana', { do: 'close', all: true });
  await wait(120);
  expect(textOf('Ana')).toContain('Nothing waits for you.');
});

test('a page that somebody else has replaced is built anew from fresh data', async () => {
  stage.sandbox.fault({ method: 'views.publish', times: 1, reply: { error: 'hash_conflict' } });
  await stage.until('2026-03-03', '09:01', MANILA);
  expect(textOf('Ana')).toContain('Your check-in with @Dana for Tue 3 Mar 2026 is still open.');
});

test('an answer that got lost does no harm', async () => {
  stage.sandbox.fault({ method: 'views.publish', times: 1, reply: { acceptThenReset: true } });
  await stage.act('Ana', { do: 'click', click: 'Skip today', in: HOME });
  await stage.act('Ana', { do: 'submit' });
  await wait(120);
  expect(textOf('Ana')).toContain('Nothing waits for you.');
});
