import { afterEach, describe, expect, test } from '@jest/globals';
import { type CrashOptions, type CrashStage, LONG, openCrashStage } from './stage.ts';

const KILLS_PER_WAVE = LONG ? 10 : 3;
/** So that a process which dies has calls under way that Slack takes and nobody hears of. */
const SLACK_TAKES_MS = 200;
/** Calls between two kills. */
const CALLS = { least: 4, most: 40 };

let stage: CrashStage | null = null;
afterEach(async () => {
  await stage?.close();
  stage = null;
});

type Variant = { title: string; options: Omit<CrashOptions, 'replicas'>; kills: number };

const SHORT: Variant[] = [
  {
    title: 'over Socket Mode: asked once, what was acknowledged is saved, cards are up to date',
    options: { name: 'kills', pairs: 40 },
    kills: 6,
  },
];
const IN_LONG_FORM: Variant[] = [
  { title: 'over Socket Mode, 100 times', options: { name: 'kills', pairs: 200 }, kills: 100 },
  {
    title: 'over signed HTTP behind a load balancer',
    options: { name: 'kills-http', pairs: 100, receiver: 'signed HTTP' },
    kills: 40,
  },
  {
    title: 'without the permission to read direct messages: not asked twice',
    options: { name: 'kills-blind', pairs: 100, historyOfDirectMessages: false },
    kills: 40,
  },
];

describe('kill -9 of random replicas among four, while people are asked and answer', () => {
  test.each(LONG ? IN_LONG_FORM : SHORT)(
    '$title',
    async ({ options, kills }) => {
      stage = await openCrashStage({ ...options, replicas: 4 });
      if (!stage) return;
      expect(await killThrough(stage, kills)).toEqual([]);
    },
    LONG ? 1_800_000 : 240_000,
  );
});

async function killThrough(on: CrashStage, kills: number): Promise<string[]> {
  const { fleet, random, sandbox } = on;
  sandbox.fault({ method: '*', times: 1_000_000, reply: { delayMs: SLACK_TAKES_MS } });
  for (let killed = 0; killed < kills; ) {
    on.toNextWave();
    for (let n = 0; n < KILLS_PER_WAVE && killed < kills; n += 1, killed += 1) {
      await fleet.ready(2);
      await on.calls(random.between(CALLS.least, CALLS.most));
      if (random.chance(0.2)) sandbox.disconnect('drop');
      await fleet.kill(random.between(0, fleet.ports().length - 1));
    }
    // Also without being helped: what a dead process held is taken over by the others.
    if (LONG) await on.settle();
  }
  await on.blackOut();
  return await on.verdict();
}
