import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  admit,
  type Candidate,
  limitsOf,
  type Rate,
  rateKey,
  sharedLimitsOf,
} from '../../../src/slack/deliveries/limits.ts';

type Message = Candidate & { at: number };

function post(id: string, recipient: string, workspaceId = 'T1'): Message {
  return {
    workspaceId,
    id,
    kind: 'post',
    recipient,
    targetId: null,
    uncertain: false,
    queued: false,
    at: 0,
  };
}

type Sent = { message: Message; at: number };

const FREE = { freeAt: 0, queuedUntil: 0 };

function keysOf(messages: Message[], limits: typeof limitsOf): string[] {
  return messages.flatMap((one) => limits(one).map(({ scope }) => rateKey(one.workspaceId, scope)));
}

/** Runs messages through the limits as the rows do, looking each time at what is due, until all are out. */
function simulate(
  messages: Message[],
  o: { capacity?: number; late?: () => number } = {},
): {
  sent: Sent[];
  looks: number;
} {
  const sent: Sent[] = [];
  const rates = new Map<string, Rate>();
  let left = [...messages];
  let looks = 0;
  let now = Math.min(...left.map((one) => one.at));
  while (left.length > 0) {
    now = Math.max(now, Math.min(...left.map((one) => one.at))) + (o.late?.() ?? 0);
    const due = left.filter((one) => one.at <= now).toSorted((a, b) => a.at - b.at);
    looks += due.length;
    const to = { candidates: due, now, capacity: o.capacity ?? 100 };
    const look = (keys: string[]) => new Map(keys.map((key) => [key, rates.get(key) ?? FREE]));
    const shared = look(keysOf(due, sharedLimitsOf));
    const first = admit({ ...to, rates: shared, limitsOf: sharedLimitsOf }).send;
    const seen = new Map([...shared, ...look(keysOf(first, limitsOf))]);
    const verdict = admit({ ...to, rates: seen, isSeen: (key) => seen.has(key) });
    for (const key of verdict.rates.keys()) expect(seen.has(key)).toBe(true);
    expect(verdict.send.length + verdict.wait.length).toBeGreaterThan(0);
    for (const [key, rate] of verdict.rates) rates.set(key, rate);
    sent.push(...verdict.send.map((message) => ({ message, at: now })));
    const places = new Map(verdict.wait.map(({ candidate, at }) => [candidate, at]));
    left = left
      .filter((one) => !verdict.send.includes(one))
      .map((one) => {
        const at = places.get(one);
        return at === undefined ? one : { ...one, at, queued: true };
      });
  }
  return { sent, looks };
}

/** The most calls of one scope that fell into any window of that many milliseconds. */
function mostWithin(times: number[], milliseconds: number): number {
  const sorted = times.toSorted((a, b) => a - b);
  return Math.max(
    ...sorted.map((from) => sorted.filter((at) => at >= from && at < from + milliseconds).length),
  );
}

describe('the limits of one workspace', () => {
  test('let five messages to different people out at once, then one each 0.6 seconds', () => {
    const { sent } = simulate(Array.from({ length: 12 }, (_, n) => post(`${n}`, `U${n}`)));
    expect(sent.map((one) => one.at)).toEqual([
      0, 0, 0, 0, 0, 600, 1200, 1800, 2400, 3000, 3600, 4200,
    ]);
  });

  test('let one message a second into a channel', () => {
    const { sent } = simulate(Array.from({ length: 4 }, (_, n) => post(`${n}`, 'C1')));
    expect(sent.map((one) => one.at)).toEqual([0, 1100, 2200, 3300]);
  });

  test('do not let a busy channel hold up the others', () => {
    const crowd = Array.from({ length: 50 }, (_, n) => post(`busy${n}`, 'C1'));
    const { sent } = simulate([...crowd, post('other', 'C2')]);
    expect(sent.find((one) => one.message.id === 'other')?.at).toBe(0);
  });

  test('do not hold up another workspace', () => {
    const crowd = Array.from({ length: 200 }, (_, n) => post(`busy${n}`, `U${n}`));
    const { sent } = simulate([...crowd, post('other', 'U1', 'T2')]);
    expect(sent.find((one) => one.message.workspaceId === 'T2')?.at).toBe(0);
  });

  test('look at each of 40 waiting messages about twice, not once for every turn', () => {
    const { looks } = simulate(Array.from({ length: 40 }, (_, n) => post(`${n}`, `U${n}`)));
    expect(looks).toBeLessThanOrEqual(80);
  });

  test('let newcomers stand behind the line', () => {
    const line = Array.from({ length: 30 }, (_, n) => post(`${n}`, `U${n}`));
    const late = { ...post('late', 'U99'), at: 5000 };
    const { sent } = simulate([...line, late]);
    expect(sent.at(-1)?.message.id).toBe('late');
  });

  test('hold after a pause: nothing before it ends, and no burst right after', () => {
    const rates = new Map([
      ['T1 method:chat.postMessage', { freeAt: 12_400, queuedUntil: 10_000 }],
    ]);
    const candidates = Array.from({ length: 4 }, (_, n) => post(`${n}`, `U${n}`));
    const during = admit({ candidates, rates, now: 9999, capacity: 10 });
    expect(during.send).toEqual([]);
    expect(during.wait.map((one) => one.at)).toEqual([10_000, 10_600, 11_200, 11_800]);
    const queued = candidates.map((one) => ({ ...one, queued: true }));
    expect(admit({ candidates: queued, rates, now: 10_000, capacity: 10 }).send).toHaveLength(1);
  });

  test('are kept, and every message goes out, whatever comes when and however late it is looked at', () => {
    const messages = fc.array(
      fc.record({
        recipient: fc.integer({ min: 0, max: 4 }),
        at: fc.integer({ min: 0, max: 20_000 }),
      }),
      { minLength: 1, maxLength: 60 },
    );
    const latenesses = fc.array(fc.integer({ min: 0, max: 3000 }), { minLength: 1, maxLength: 10 });
    fc.assert(
      fc.property(
        messages,
        latenesses,
        fc.integer({ min: 1, max: 8 }),
        (wishes, late, capacity) => {
          let turn = 0;
          const { sent } = simulate(
            wishes.map(({ recipient, at }, n) => ({ ...post(`${n}`, `C${recipient}`), at })),
            { capacity, late: () => late[turn++ % late.length] ?? 0 },
          );
          expect(sent).toHaveLength(wishes.length);
          const all = sent.map((one) => one.at);
          // The burst of 5, and one for each interval that fits.
          for (const seconds of [1, 10, 60])
            expect(mostWithin(all, seconds * 1000)).toBeLessThanOrEqual(
              5 + Math.ceil(seconds / 0.6),
            );
          for (const recipient of new Set(wishes.map((one) => `C${one.recipient}`))) {
            const times = sent
              .filter((one) => one.message.recipient === recipient)
              .map((one) => one.at);
            expect(mostWithin(times, 1000)).toBe(1);
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});

test('looking for a message in history falls under the limit of history', () => {
  const lookUp = { ...post('1', 'C1'), uncertain: true };
  expect(limitsOf(lookUp).map((one) => one.scope)).toEqual(['method:conversations.history']);
  expect(limitsOf({ ...lookUp, targetId: '0' }).map((one) => one.scope)).toEqual([
    'method:conversations.replies',
  ]);
});
