import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type CrashStage, LONG, openCrashStage, SPEED } from './stage.ts';

const REPLICAS = LONG ? 4 : 2;
const ROUNDS = LONG ? 6 : 1;
const TEST_MS = LONG ? 1_800_000 : 240_000;
/** Past the app's own patience, in real time, so that the clock must not run faster meanwhile. */
const HANGS_MS = 30_000;

let stage: CrashStage | null = null;
beforeAll(async () => {
  stage = await openCrashStage({
    name: 'faults',
    pairs: LONG ? 60 : 24,
    replicas: REPLICAS,
    receiver: 'signed HTTP',
  });
}, TEST_MS);
afterAll(() => stage?.close());

describe('people are asked and answer, and nothing is lost or doubled', () => {
  test(
    'while Slack refuses, fails, hangs, cuts connections and loses answers',
    async () => {
      for (let round = 0; stage && round < ROUNDS; round += 1) {
        const { sandbox, random } = stage;
        const often = () => random.between(2, 6);
        for (const method of ['chat.postMessage', 'chat.update', 'conversations.history']) {
          sandbox.fault({ method, times: often(), reply: { retryAfter: random.between(1, 30) } });
          sandbox.fault({ method, times: often(), reply: { status: 500 } });
          sandbox.fault({ method, times: often(), reply: { reset: true } });
          sandbox.fault({ method, times: often(), reply: { acceptThenReset: true } });
          sandbox.fault({ method, times: 2, reply: { delayMs: 3_000 } });
          sandbox.fault({ method, times: often(), reply: { error: 'fatal_error' } });
        }
        sandbox.fault({ delivery: 'view_submission', times: often(), fault: { twice: true } });
        sandbox.fault({ delivery: 'view_submission', times: often(), fault: { loseAck: true } });
        sandbox.fault({ delivery: 'block_actions', times: often(), fault: { twice: true } });
        sandbox.fault({ method: 'views.open', times: 2, reply: { acceptThenReset: true } });
        stage.toNextWave();
        await stage.calls(60);
        if (LONG) await stage.settle();
      }
      expect(await stage?.verdict()).toEqual(stage ? [] : undefined);
    },
    TEST_MS,
  );

  if (LONG)
    test(
      'while Slack does what it is asked half a minute later, when nobody waits for it any more',
      async () => {
        for (let round = 0; stage && round < 2; round += 1) {
          const { sandbox, clock } = stage;
          stage.toNextWave();
          for (const method of ['chat.postMessage', 'chat.update'])
            sandbox.fault({ method, times: 6, reply: { delayMs: HANGS_MS } });
          clock.setSpeed(1);
          await setTimeout(2.5 * HANGS_MS);
          clock.setSpeed(SPEED);
        }
        expect(await stage?.verdict()).toEqual(stage ? [] : undefined);
      },
      TEST_MS,
    );

  test(
    'while PostgreSQL ends connections, has none left, restarts and crashes',
    async () => {
      for (let round = 0; stage && round < ROUNDS; round += 1) {
        const { postgres } = stage;
        stage.toNextWave();
        await stage.calls(8);
        expect(await postgres.terminateBackends()).toBeGreaterThan(0);
        await stage.calls(8);
        const release = await postgres.exhaust();
        await stage.calls(20);
        await release();
        await stage.calls(8);
        await postgres.restart('restart');
        await stage.calls(8);
        await postgres.restart('crash');
        if (LONG) await stage.settle();
      }
      expect(await stage?.verdict()).toEqual(stage ? [] : undefined);
    },
    TEST_MS,
  );

  test(
    'when the clock jumps in the middle of work',
    async () => {
      for (let round = 0; stage && round < ROUNDS; round += 1) {
        const { clock, sandbox, random } = stage;
        stage.toNextWave();
        await stage.calls(5);
        clock.jumpTo(sandbox.now().plus({ minutes: random.between(20, 400) }));
        await stage.calls(5);
        clock.jumpTo(sandbox.now().plus({ hours: random.between(6, 30) }));
        await stage.calls(5);
      }
      expect(await stage?.verdict()).toEqual(stage ? [] : undefined);
    },
    TEST_MS,
  );

  test(
    'when everything was down for three days: at most one prompt each, the rest not asked with the reason',
    async () => {
      if (!stage) return;
      const { fleet, clock, sandbox } = stage;
      stage.toNextWave();
      await stage.calls(5);
      await fleet.stopAll();
      const before = sandbox.record().length;
      clock.jumpTo(sandbox.now().plus({ days: 3 }));
      fleet.start();
      await fleet.ready(1);
      expect(await stage.verdict()).toEqual([]);
      const asked = sandbox
        .record()
        .slice(before)
        .filter(({ args }) => String(args.text).startsWith('Time for your check-in'));
      expect(new Set(asked.map(({ args }) => args.channel)).size).toBe(asked.length);
    },
    TEST_MS,
  );
});
