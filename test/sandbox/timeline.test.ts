import { afterEach, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { DateTime } from 'luxon';
import { createClock } from '../../src/sandbox/clock.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/index.ts';
import { START } from './bench.ts';

let sandbox: Sandbox;
afterEach(async () => sandbox?.stop());

/** An app that has something to do at these times and notes when it did it. */
function planned(at: DateTime[]) {
  const done: string[] = [];
  const queue = [...at];
  return {
    done,
    hooks: {
      nextEventAt: async () => queue[0] ?? null,
      settle: async () => {
        while (queue[0] && queue[0] <= sandbox.now()) {
          done.push(sandbox.now().toISO());
          queue.shift();
        }
      },
    },
  };
}

describe('advancing the clock', () => {
  test('stops at everything that is due on the way, in order over all apps, and then at the goal', async () => {
    sandbox = await startSandbox({ startAt: START });
    const first = planned([START.plus({ hours: 1 }), START.plus({ hours: 3 })]);
    const second = planned([START.plus({ hours: 2 }), START.plus({ hours: 9 })]);
    sandbox.attachApp(first.hooks);
    const detach = sandbox.attachApp(second.hooks);
    await sandbox.advanceTo(START.plus({ hours: 8 }));
    expect(first.done).toEqual(['2026-03-09T14:00:00.000Z', '2026-03-09T16:00:00.000Z']);
    expect(second.done).toEqual(['2026-03-09T15:00:00.000Z']);
    expect(sandbox.now().diff(START, 'hours').hours).toBeCloseTo(8, 2);
    detach();
    await sandbox.advanceTo(START.plus({ hours: 10 }));
    expect(second.done).toHaveLength(1);
  });

  test('what is already late happens at once and not in the past', async () => {
    sandbox = await startSandbox({ startAt: START, realTime: false });
    const app = planned([START.minus({ hours: 5 })]);
    sandbox.attachApp(app.hooks);
    await sandbox.advanceTo(START.plus({ minutes: 1 }));
    expect(app.done).toEqual(['2026-03-09T13:00:00.000Z']);
  });

  test('two who advance at the same time take turns', async () => {
    sandbox = await startSandbox({ startAt: START, realTime: false });
    const app = planned([1, 2, 3, 4].map((hours) => START.plus({ hours })));
    sandbox.attachApp(app.hooks);
    await Promise.all([
      sandbox.advanceTo(START.plus({ hours: 2 })),
      sandbox.advanceTo(START.plus({ hours: 4 })),
    ]);
    expect(app.done).toHaveLength(4);
    expect(sandbox.now().toISO()).toBe('2026-03-09T17:00:00.000Z');
  });

  test('a jump passes over what is due in between', async () => {
    sandbox = await startSandbox({ startAt: START, realTime: false });
    const app = planned([START.plus({ hours: 1 })]);
    sandbox.attachApp(app.hooks);
    sandbox.jumpTo(START.plus({ hours: 72 }));
    expect(app.done).toEqual([]);
    await sandbox.settle();
    expect(app.done).toEqual(['2026-03-12T13:00:00.000Z']);
  });

  test('an app that is never done is reported instead of hanging for ever', async () => {
    sandbox = await startSandbox({ startAt: START, realTime: false });
    sandbox.attachApp({ nextEventAt: async () => START, settle: async () => {} });
    await expect(sandbox.advanceTo(START.plus({ hours: 1 }))).rejects.toThrow(
      'keeps having something to do',
    );
  });

  test('an error of the app reaches whoever advances, and the clock works on', async () => {
    sandbox = await startSandbox({ startAt: START, realTime: false });
    const detach = sandbox.attachApp({
      nextEventAt: async () => null,
      settle: async () => {
        throw new Error('the app broke');
      },
    });
    await expect(sandbox.advanceTo(START.plus({ hours: 1 }))).rejects.toThrow('the app broke');
    detach();
    await sandbox.advanceTo(START.plus({ hours: 2 }));
    expect(sandbox.now().toISO()).toBe('2026-03-09T15:00:00.000Z');
  });

  test('the past is refused', async () => {
    sandbox = await startSandbox({ startAt: START, realTime: false });
    await expect(sandbox.advanceTo(START.minus({ hours: 1 }))).rejects.toThrow(
      'cannot be set backwards',
    );
    await expect(sandbox.advanceTo(DateTime.invalid('no'))).rejects.toThrow('not a time');
  });
});

test('the clock runs on with real time unless it is held, and never jumps when released', () => {
  let real = 1_000;
  const clock = createClock({ startAt: START, running: true, realMs: () => real });
  const passed = () => clock.nowMs() - START.toMillis();
  real += 250;
  expect(passed()).toBe(250);
  const release = clock.hold();
  real += 60_000;
  expect(passed()).toBe(250);
  clock.moveTo(START.plus({ seconds: 1 }));
  release();
  release();
  expect(passed()).toBe(1_000);
  real += 30;
  expect(passed()).toBe(1_030);
});

test('message timestamps ascend and never repeat, however many there are in one millisecond', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 1, maxLength: 40 }),
      async (waits) => {
        const own = await startSandbox({ startAt: START, realTime: false });
        try {
          own.createWorkspace({ name: 'A', users: [{ name: 'Dana' }] });
          const all: string[] = [];
          for (const milliseconds of waits) {
            own.jumpTo(own.now().plus({ milliseconds }));
            const said = await own.act({ user: 'Dana', do: 'message', in: '#general', text: 'x' });
            all.push(said.messages[0]?.ts ?? '');
          }
          expect(all.every((ts) => /^\d{10}\.\d{6}$/.test(ts))).toBe(true);
          expect(all).toEqual([...new Set(all)].toSorted());
        } finally {
          await own.stop();
        }
      },
    ),
    { numRuns: 20 },
  );
});
